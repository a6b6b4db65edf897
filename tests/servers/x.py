"""A stand-in for X's API v2 with one account: posts, the account, its timeline."""

from __future__ import annotations

import html
import re
import time
from datetime import UTC, datetime
from typing import Any

from tests.servers.base import Answer, Journal, Refusal, Request, StandIn
from tests.servers.x_oauth import fault_of
from tests.servers.x_text import CASHTAG, urls, weight

USER_ID = "1550001234567890123"
KEYS = {
    "api_key": "FAKEapiKEYofTheStandIn000",
    "api_secret": "FAKEapiSECRETofTheStandIn00000000000000000000000000",
    "access_token": f"{USER_ID}-FAKEaccessTOKENofTheStandIn",
    "access_secret": "FAKEaccessSECRETofTheStandIn000000000000000000",
}
EPOCH_MS = 1288834974657  # X's ids count milliseconds from here
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
NO_PERMISSION = "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint."
NO_CREDITS = "Your enrolled account does not have any credits to fulfill this request."
TIMELINE = re.compile(r"/2/users/(\d+)/tweets")


def problem(status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> Refusal:
    """An error as API v2 gives it."""
    body = {"title": title, "detail": detail, "type": "about:blank", "status": status}
    return Refusal(Answer(status, body, headers or {}, error=detail))


def moment(text: str) -> float:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


class XStandIn(StandIn):
    """Routes /2/…; every call must be signed for the URL that it called."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal)
        self.posts: dict[int, dict[str, Any]] = {}
        self.nonces: set[str] = set()
        self.links: dict[str, str] = {}
        self.revoked = self.read_only = False
        self.credits: int | None = None
        self.lag = 0.0
        self.limit, self.used, self.reset = 100, 0, 0

    def name_of(self, request: Request) -> tuple[str, dict[str, Any]]:
        path = re.sub(r"(?<=\w)/\d+", "/:id", request.path)
        try:
            return f"{request.verb} {path}", request.fields()
        except ValueError:
            return f"{request.verb} {path}", {}

    def answer(self, request: Request, name: str, params: dict[str, Any]) -> Answer:
        with self.lock:
            fault = "revoked" if self.revoked else fault_of(request, KEYS, self.nonces)
            if fault:
                refused = problem(401, "Unauthorized", "Unauthorized")
                refused.answer.error = f"Unauthorized: {fault}"
                raise refused
            if name == "POST /2/tweets":
                return self.create(request, params)
            if name == "GET /2/users/me":
                user = {"id": USER_ID, "name": "KPU Kaltim", "username": "kpu_kaltim"}
                return Answer(200, {"data": user}, result=USER_ID)
            if name == "GET /2/users/:id/tweets":
                return self.timeline(request.path, params)
            if name in ("GET /2/tweets/:id", "DELETE /2/tweets/:id"):
                return self.one(request.verb, int(request.path.rpartition("/")[2]), params)
            raise problem(404, "Not Found", "Not Found")

    # Posting

    def create(self, request: Request, params: dict[str, Any]) -> Answer:
        if not request.headers.get("content-type", "").startswith("application/json"):
            raise problem(400, "Invalid Request", "One or more parameters to your request was invalid.")
        text = params.get("text")
        if not isinstance(text, str) or not text.strip():
            raise problem(400, "Invalid Request", "One or more parameters to your request was invalid.")
        self.may_post()
        self.judge(text, params)
        self.used += 1
        if self.credits is not None:
            self.credits -= 1
        post = self.put(text, (params.get("reply") or {}).get("in_reply_to_tweet_id"))
        data = {"id": str(post["id"]), "text": post["text"], "edit_history_tweet_ids": [str(post["id"])]}
        return Answer(201, {"data": data}, self.rate(), result=str(post["id"]))

    def may_post(self) -> None:
        now = int(time.time())
        if now >= self.reset:
            self.used, self.reset = 0, now + 900
        if self.used >= self.limit:
            answer = Answer(
                429, {"title": "Too Many Requests", "detail": "Too Many Requests", "status": 429}, self.rate()
            )
            answer.error = "Too Many Requests"
            raise Refusal(answer)
        if self.read_only:
            raise problem(403, "Forbidden", NO_PERMISSION)
        if self.credits is not None and self.credits <= 0:
            raise problem(402, "CreditsDepleted", NO_CREDITS)

    def judge(self, text: str, params: dict[str, Any]) -> None:
        if weight(text) > 280:
            raise problem(403, "Forbidden", "Your Tweet text is too long. It needs to be a bit shorter.")
        if len(CASHTAG.findall(text)) > 1:
            raise problem(403, "Forbidden", "A Tweet may have a maximum of one cashtag.")
        if any(p["source"] == text.strip() for p in self.posts.values() if p["at"] > time.time() - 86400):
            raise problem(403, "Forbidden", DUPLICATE)
        reply = (params.get("reply") or {}).get("in_reply_to_tweet_id")
        if reply is not None and int(reply) not in self.posts:
            detail = "You attempted to reply to a Tweet that is deleted or not visible to you."
            raise problem(403, "Forbidden", detail)

    def put(self, source: str, reply: str | None = None) -> dict[str, Any]:
        """Keep a post as X shows it: links as t.co, & < > escaped."""
        now = time.time()
        number = (int(now * 1000) - EPOCH_MS) << 22
        number = max([number, *(i + 1 for i in self.posts)])
        text, found, at = "", [], 0
        source = source.strip()
        for match in urls(source):
            text += html.escape(source[at : match.start()], quote=False)
            short = self.short(match.group())
            whole = match.group() if "://" in match.group() else "http://" + match.group()
            host, slash, rest = whole.partition("://")[2].partition("/")
            spelled = f"{whole.partition('://')[0]}://{host.lower()}{slash}{rest}"
            entity = {"start": len(text), "end": len(text) + len(short), "url": short, "expanded_url": spelled}
            found.append(entity | {"display_url": match.group()})
            text, at = text + short, match.end()
        text += html.escape(source[at:], quote=False)
        post = {"id": number, "text": text, "source": source, "at": now, "urls": found, "reply": reply}
        self.posts[number] = post
        return post

    def short(self, url: str) -> str:
        return self.links.setdefault(f"{url}#{len(self.links)}", f"https://t.co/{len(self.links) + 1:010d}")

    def rate(self) -> dict[str, str]:
        left = max(0, self.limit - self.used)
        names = {"limit": self.limit, "remaining": left, "reset": self.reset}
        return {f"x-rate-limit-{k}": str(v) for k, v in names.items()}

    # Reading

    def timeline(self, path: str, params: dict[str, Any]) -> Answer:
        match = TIMELINE.fullmatch(path)
        if match is None or match[1] != USER_ID:
            raise problem(404, "Not Found Error", "Could not find user")
        size = int(params.get("max_results") or 10)
        if not 5 <= size <= 100:
            detail = f"The `max_results` query parameter value [{size}] is not between 5 and 100"
            raise problem(400, "Invalid Request", detail)
        seen = [p for p in sorted(self.posts.values(), key=lambda p: -p["id"]) if self.shows(p, params)]
        start = int(params["pagination_token"].removeprefix("page")) if params.get("pagination_token") else 0
        page = seen[start : start + size]
        meta: dict[str, Any] = {"result_count": len(page)}
        if page:
            meta |= {"newest_id": str(page[0]["id"]), "oldest_id": str(page[-1]["id"])}
        if start + size < len(seen):
            meta["next_token"] = f"page{start + size}"
        fields = str(params.get("tweet.fields", "")).split(",")
        body = ({"data": [shown(p, fields) for p in page]} if page else {}) | {"meta": meta}
        return Answer(200, body, self.rate(), result=len(page))

    def shows(self, post: dict[str, Any], params: dict[str, Any]) -> bool:
        if post["at"] > time.time() - self.lag:
            return False
        if params.get("since_id") and post["id"] <= int(params["since_id"]):
            return False
        if params.get("until_id") and post["id"] >= int(params["until_id"]):
            return False
        return not (params.get("start_time") and post["at"] < moment(params["start_time"]))

    def one(self, verb: str, number: int, params: dict[str, Any]) -> Answer:
        post = self.posts.get(number)
        if verb == "DELETE":
            self.posts.pop(number, None)
            return Answer(200, {"data": {"deleted": post is not None}}, result=str(number))
        if post is None:
            detail = f"Could not find tweet with id: [{number}]."
            return Answer(200, {"errors": [{"title": "Not Found Error", "detail": detail}]}, result=None)
        fields = str(params.get("tweet.fields", "")).split(",")
        return Answer(200, {"data": shown(post, fields)}, result=str(number))

    # Orders of a test

    def control_stranger(self, text: str, times: int = 1) -> str:
        """A person posts from the same account by hand; the id."""
        return [str(self.put(text)["id"]) for _ in range(times)][-1]

    def control_forget(self, number: str) -> None:
        """A post is deleted by hand."""
        del self.posts[int(number)]

    def control_stale(self, seconds: float) -> None:
        """The timeline shows only what is older than this."""
        self.lag = seconds

    def control_credits(self, left: int | None) -> None:
        """402 when none are left; None: no end of them."""
        self.credits = left

    def control_revoke(self, on: bool = True) -> None:
        """The keys are no longer good: 401."""
        self.revoked = on

    def control_read_only(self, on: bool = True) -> None:
        """The app lost its right to write: 403."""
        self.read_only = on

    def control_limit(self, posts: int, seconds: int = 900) -> None:
        """So many posts until the window ends in `seconds`."""
        self.limit, self.used, self.reset = posts, 0, int(time.time()) + seconds

    def control_messages(self) -> list[dict[str, Any]]:
        """All posts that stand there, oldest first: id, text (as shown), source (as sent), at, urls, reply."""
        return [p | {"id": str(p["id"])} for _, p in sorted(self.posts.items())]


def shown(post: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    """A post as a reading call gives it, with the fields that were asked for."""
    data: dict[str, Any] = {"id": str(post["id"]), "text": post["text"], "edit_history_tweet_ids": [str(post["id"])]}
    if "entities" in fields and post["urls"]:
        data["entities"] = {"urls": post["urls"]}
    if "created_at" in fields:
        at = datetime.fromtimestamp(post["at"], UTC)
        data["created_at"] = at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
    return data
