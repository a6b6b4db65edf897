"""X, by tweepy: one account as a destination, in OAuth 1.0a user context."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
import tweepy

from medsosbot.errors import CannotTell, PublishError, TransientError, UnauthorizedError, UncertainError
from medsosbot.logs import Redactor
from medsosbot.model import Intent, Part, Receipt
from medsosbot.platforms.asking import Asking
from medsosbot.platforms.base import Surroundings
from medsosbot.platforms.calls import CURRENT, Call
from medsosbot.platforms.comparing import Likeness, as_sent, expand, liken
from medsosbot.platforms.links import x_link
from medsosbot.platforms.styles import LOOKS
from medsosbot.platforms.x_errors import UNKNOWN, classify

log = logging.getLogger(__name__)
TIMEOUT = (5.0, 35.0)  # seconds to connect and to read; a short wait only makes uncertainty
BUILT_IN = "https://api.twitter.com"  # tweepy's own host
PAGE, PAGES = 100, 33  # a timeline holds 3,200 posts
BEFORE = timedelta(minutes=1)  # how far before the intent a timeline is read where there is no anchor
FIELDS = ["entities", "created_at"]
EPOCH_MS, ID_SHIFT = 1288834974657, 22  # X's ids count milliseconds from here, above 22 other bits

NOT_GIVEN = "Kunci X belum lengkap; isi keempat MEDSOSBOT_X_… (API_KEY, API_SECRET, ACCESS_TOKEN, ACCESS_SECRET)."
READ_ONLY = "Akun @{name} hanya boleh membaca; beri izin tulis di konsol pengembang X, lalu buat token akses baru."
OTHER_ACCOUNT = "Token akses milik akun lain daripada @{name}; pasang kunci dari satu akun."
NO_ANSWER = "X tidak menjawab waktu ditanya; ditanya lagi nanti."
TOO_MANY = "Terlalu banyak kiriman lain sesudahnya, jadi bot berhenti memeriksa; lihat lini masanya sendiri."
ASKING_REFUSED = "X menolak pemeriksaan lini masa oleh bot; lihat lini masanya sendiri."
ALIKE = "Ada kiriman yang mirip tetapi tidak sama ({link}); lihat lini masanya sendiri."


class DirectedSession(requests.Session):
    """Calls the host that it is given, before tweepy's request is signed; never waits for ever, never redirected.

    Each call has a line of its own: a peer that closes an idle one at the worst moment would make doubt.
    """

    def __init__(self, api_url: str, timeout: tuple[float, float]) -> None:
        super().__init__()
        self._base, self._timeout = api_url.rstrip("/"), timeout

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs |= {"timeout": self._timeout, "allow_redirects": False}
        there = self._base + str(url).removeprefix(BUILT_IN)
        with requests.Session() as line:
            line.headers["Connection"] = "close"
            line.hooks["response"] = [_note]
            response = line.request(method, there, *args, **kwargs)
        if call := CURRENT.get():
            call.body = response.content
        return response


def _note(response: requests.Response, *args: Any, **kwargs: Any) -> None:
    """Before the body is read: it may break off."""
    if call := CURRENT.get():
        call.status = response.status_code
        call.headers = {name.lower(): value for name, value in response.headers.items()}


class XPlatform:
    """Publishes on the account whose access token it has; looks for evidence in that account's timeline."""

    def __init__(self, surroundings: Surroundings, timeout: tuple[float, float] = TIMEOUT) -> None:
        self.style = LOOKS["x"]
        self._clock = surroundings.clock
        self._secrets = surroundings.secrets
        self._redact = Redactor(key for key in self._keys() if key)
        self._api_url, self._timeout = surroundings.x.api_url, timeout
        self._asking = Asking(surroundings.clock, NO_ANSWER, ASKING_REFUSED)
        self._client: tweepy.Client | None = None
        self._skew: timedelta | None = None  # X's clock less ours

    def __repr__(self) -> str:
        return f"XPlatform({self._api_url})"

    async def publish(self, part: Part, after: Receipt | None) -> Receipt:
        """Post one part; after another part as a reply to it. Only an answer with an id is a success."""
        reply_to = after.ids[-1] if after and after.ids else None
        call, answer = await self._call(lambda x: x.create_tweet(text=part.text, in_reply_to_tweet_id=reply_to))
        data = answer.get("data") if isinstance(answer, dict) else None
        number = str(data.get("id") or "") if isinstance(data, dict) else ""
        if not isinstance(data, dict) or not number.isdecimal():
            raise UncertainError(UNKNOWN, detail=f"HTTP {call.status} without a post's id", status=call.status)
        text = str(data.get("text") or "")
        if not as_sent(part, text):
            extra = {"event": "text_differs", "item": part.item_id, "remote_id": number}
            log.warning("X shows another text than was sent.", extra=extra)
        return Receipt((number,), x_link(number), text, _moment(number, None) or call.date())

    async def find(self, part: Part, since: Intent) -> Receipt | None:
        """Read the own timeline back to the anchor; without one, to a minute before the intent by X's clock."""
        anchor = int(since.anchor) if since.anchor and since.anchor.isdecimal() else None
        start = None if anchor is not None else await self._at_x(since.at) - BEFORE
        alike, token = None, None
        for _ in range(PAGES):
            page = await self._page(anchor, start, token)
            for post in page.get("data") or ():
                number = str(post["id"])
                if number in since.known or (anchor is not None and int(number) <= anchor):
                    continue
                at = _moment(number, post.get("created_at"))
                if start is not None and at is not None and at < start.replace(microsecond=0):
                    continue
                text = expand(str(post.get("text") or ""), post.get("entities"))
                likeness = liken(part, text)
                if likeness is Likeness.SAME:
                    return Receipt((number,), x_link(number), text, at)
                alike = number if likeness is Likeness.NEAR else alike
            token = (page.get("meta") or {}).get("next_token")
            if not token:
                break
        else:
            raise CannotTell(TOO_MANY)
        if alike:
            raise CannotTell(ALIKE.format(link=x_link(alike)))
        return None

    async def look(self, remote_id: str) -> Receipt | None:
        """The post of this id, None if there is none. Raises CannotTell, TransientError, as `find` does."""
        if not remote_id.isdecimal():
            return None
        answer = await self._ask(lambda x: x.get_tweet(remote_id, tweet_fields=FIELDS, user_auth=True))
        post = answer.get("data")
        if not isinstance(post, dict) or str(post.get("id")) != remote_id:
            return None
        text = expand(str(post.get("text") or ""), post.get("entities"))
        return Receipt((remote_id,), x_link(remote_id), text, _moment(remote_id, post.get("created_at")))

    async def check(self, known: str | None = None) -> tuple[str, ...]:
        """Whose account it is, whether it may write (where X tells), and the clocks. known: a post to look up."""
        try:
            call, answer = await self._call(lambda x: x.get_me())
            user = answer["data"]
            name, number = str(user["username"]), str(user["id"])
        except UncertainError as error:
            raise TransientError(NO_ANSWER, detail=error.detail, status=error.status) from None
        except TransientError:
            raise
        except PublishError as error:
            if isinstance(error, UnauthorizedError):
                raise
            raise UnauthorizedError(error.reason, detail=error.detail, status=error.status) from None
        except (KeyError, TypeError) as error:
            raise TransientError(NO_ANSWER, detail=f"no user in the answer: {type(error).__name__}") from None
        if self._user.isdecimal() and number != self._user:
            raise UnauthorizedError(OTHER_ACCOUNT.format(name=name), detail="the token's prefix is another user")
        if call.headers.get("x-access-level") == "read":
            raise UnauthorizedError(READ_ONLY.format(name=name), detail="x-access-level: read")
        notes: tuple[str, ...] = (f"akun @{name} ({user.get('name') or name})",)
        if self._skew is not None:
            notes += (f"selisih jam {round(-self._skew.total_seconds())} detik",)
        if known:
            found = await self.look(known)
            notes += (f"pemeriksaan kiriman {known}: " + ("ditemukan" if found else "TIDAK ditemukan"),)
        return notes

    async def server_time(self) -> datetime | None:
        """X's own clock, by the Date header of an answer asked for now."""
        call, _ = await self._call(lambda x: x.get_me())
        return call.date()

    async def aclose(self) -> None:
        """Close the session."""
        if self._client:
            self._client.session.close()
            self._client = None

    @property
    def _user(self) -> str:
        """The account's id: it stands before the access token's hyphen."""
        return str(self._secrets.x_access_token or "").partition("-")[0]

    def _keys(self) -> tuple[str | None, ...]:
        """In tweepy's order."""
        own = self._secrets
        return own.x_api_key, own.x_api_secret, own.x_access_token, own.x_access_secret

    async def _at_x(self, at: datetime) -> datetime:
        """A time of ours, by X's clock."""
        if self._skew is None:
            await self._ask(lambda x: x.get_me())
        return at + (self._skew or timedelta())

    async def _page(self, anchor: int | None, start: datetime | None, token: str | None) -> dict[str, Any]:
        """One page of the own timeline, newest first."""
        since = {"since_id": anchor, "start_time": start, "pagination_token": token}
        page = await self._ask(
            lambda x: x.get_users_tweets(self._user, max_results=PAGE, tweet_fields=FIELDS, user_auth=True, **since)
        )
        posts = page.get("data") or []
        sound = isinstance(posts, list) and all(isinstance(p, dict) and str(p.get("id")).isdecimal() for p in posts)
        if not sound or ("data" not in page and "meta" not in page):
            raise TransientError(NO_ANSWER, detail="no timeline in the answer")
        return page

    async def _ask(self, action: Callable[[tweepy.Client], Any]) -> dict[str, Any]:
        """A call that looks for evidence: what refuses it is a person's case, what fails is asked again."""
        _, answer = await self._asking.ask(lambda: self._call(action))
        if not isinstance(answer, dict):
            raise TransientError(NO_ANSWER, detail="the answer is no object")
        return answer

    async def _call(self, action: Callable[[tweepy.Client], Any]) -> tuple[Call, Any]:
        """Run one call of tweepy in a thread. Raises PublishError and nothing else."""
        call, client = Call(), self._open()
        mark = CURRENT.set(call)
        try:
            answer = await asyncio.to_thread(action, client)
        except Exception as error:  # noqa: BLE001  tweepy raises ValueError and its like for odd answers: all verdicts
            verdict = classify(call, error, self._clock.now())
            verdict.detail, verdict.reason = self._redact(verdict.detail), self._redact(verdict.reason)
            raise verdict from None
        finally:
            CURRENT.reset(mark)
            if date := call.date():
                self._skew = date - self._clock.now()
        return call, answer

    def _open(self) -> tweepy.Client:
        if not all(self._keys()):
            raise UnauthorizedError(NOT_GIVEN, detail="keys are missing", account=True)
        if self._client is None:
            names = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
            self._client = tweepy.Client(**dict(zip(names, self._keys(), strict=True)), return_type=dict)
            self._client.session = DirectedSession(self._api_url, self._timeout)
        return self._client


def _moment(number: str, created_at: Any) -> datetime | None:
    """When X took a post: as it says, else as the id counts; None for an id that is no such count."""
    try:
        return datetime.fromisoformat(str(created_at)).astimezone(UTC)
    except ValueError:
        at = (int(number) >> ID_SHIFT) + EPOCH_MS
    return datetime.fromtimestamp(at / 1000, UTC) if EPOCH_MS + 10**10 < at < 4 * 10**12 else None
