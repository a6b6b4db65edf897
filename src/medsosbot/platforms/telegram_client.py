"""One bot's own client for sending: nothing is repeated, nothing limited, every answer classified.

python-telegram-bot hides the status, the headers and whether a request left at all; the thin request class below
writes them down per call.
"""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

import httpx
from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.request import HTTPXRequest

from medsosbot.clock import Clock
from medsosbot.errors import CannotTell, PublishError, UnauthorizedError
from medsosbot.logs import Redactor
from medsosbot.platforms import telegram_answers as answers
from medsosbot.platforms.calls import CURRENT, Call
from medsosbot.platforms.telegram_answers import Chat, Sent
from medsosbot.platforms.telegram_errors import NOT_GIVEN, PROTECTED, REVOKED, classify, description

# Else python-telegram-bot warns of its own future at each RetryAfter.
os.environ.setdefault("PTB_TIMEDELTA", "true")

T = TypeVar("T")
CONNECT, READ, WRITE, MEDIA_WRITE = 10.0, 35.0, 30.0, 120.0  # seconds; a short wait only makes uncertainty
CONNECTIONS = 16
TOKEN_SHAPE = re.compile(r"[\w:.-]+", re.ASCII)
MISSING = "message to forward not found"
RESTRICTED = "forwards_restricted"
TAKEN = ("can't be forwarded", "message_id_invalid")


class WatchedRequest(HTTPXRequest):
    """PTB's transport, keeping nothing alive, that writes status, headers and trace into the current Call."""

    def __init__(self, read: float = READ) -> None:
        super().__init__(
            connection_pool_size=CONNECTIONS,
            connect_timeout=CONNECT,
            read_timeout=read,
            write_timeout=WRITE,
            media_write_timeout=MEDIA_WRITE,
            pool_timeout=CONNECT,
            httpx_kwargs={
                "verify": _trust(),
                # A peer that closes an idle connection at the worst moment would make a send uncertain.
                "limits": httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=0),
                "event_hooks": {"request": [_watch], "response": [_note]},
            },
        )

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(*args, **kwargs)
        if call := CURRENT.get():
            call.status, call.body = status, body
        return status, body


@cache
def _trust() -> ssl.SSLContext:
    """Reading the certificates costs more than all the rest of a client: once for all of them."""
    return httpx.create_ssl_context()


async def _watch(request: httpx.Request) -> None:
    call = CURRENT.get()
    if call:
        call.started = False

    async def trace(event: str, info: Any) -> None:
        if call and event.endswith("send_request_headers.started"):
            call.started = True

    request.extensions["trace"] = trace


async def _note(response: httpx.Response) -> None:
    if call := CURRENT.get():
        call.status = response.status_code
        call.headers = {name.lower(): value for name, value in response.headers.items()}


class PlainBot(Bot):
    """PTB's bot that also gives answers as they came: its classes refuse objects of an older or newer Bot API."""

    async def ask(self, endpoint: str, **params: Any) -> dict[str, Any]:
        """Call an endpoint; its `result`, which must be an object."""
        result = await self._post(endpoint, params)
        if not isinstance(result, dict):
            raise TypeError(f"the result of {endpoint} is no object")
        return result

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """getUpdates, each update as it came."""
        result = await self._post("getUpdates", params)
        if not isinstance(result, list):
            raise TypeError("the result of getUpdates is no list")
        return [update for update in result if isinstance(update, dict)]


class TelegramSender:
    """Sends as one bot. Every method raises PublishError and nothing else; none sleeps or tries again.

    read: seconds to wait for an answer.
    """

    def __init__(self, token: str | None, api_url: str, clock: Clock, read: float = READ) -> None:
        self._token, self._clock, self._read = token, clock, read
        self._base, self._redact = api_url.rstrip("/"), Redactor([token] if token else [])
        self._client: PlainBot | None = None

    def __repr__(self) -> str:
        return f"TelegramSender({self._base})"

    async def send_text(self, chat_id: str | int, html: str, silent: bool = False, markup: Any = None) -> int:
        """Send a notice or an answer in HTML; its message id. markup: an inline keyboard, as PTB's object."""
        return (await self.send(chat_id, html, silent=silent, keyboard=markup)).id

    async def send(
        self,
        chat_id: str | int,
        text: str,
        *,
        parse_mode: str | None = "HTML",
        reply_to: int | None = None,
        silent: bool = False,
        keyboard: Any = None,
    ) -> Sent:
        """Send one message, once; what Telegram made of it. Only an answer with an id is a success."""

        async def action(bot: PlainBot) -> object:
            return await bot.send_message(
                chat_id,
                text,
                parse_mode=parse_mode,
                link_preview_options=LinkPreviewOptions(prefer_small_media=True),
                reply_parameters=ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None,
                disable_notification=silent or None,
                reply_markup=keyboard,
            )

        call, _, error = await self._run(action)
        if (sent := answers.sent(call)) is None:
            raise self._verdict(call, error)
        return sent

    async def forward(self, to: int, source: str | int, number: int) -> Sent | bool:
        """Forward one message silently. The forward; True: the id is taken but can't be forwarded; False: missing."""
        call, _, error = await self._run(lambda bot: bot.forward_message(to, source, number, disable_notification=True))
        if (sent := answers.sent(call)) is not None:
            return sent
        if call.status == 400:
            told = description(call).lower()
            if MISSING in told:
                return False
            if any(words in told for words in TAKEN):
                return True
            if RESTRICTED in told:
                raise CannotTell(PROTECTED, detail=f"HTTP 400: {told}", status=400)
        raise self._verdict(call, error)

    async def call(self, action: Callable[[PlainBot], Awaitable[T]]) -> T:
        """Run one Bot API call of python-telegram-bot; what it gave, or the classified error."""
        call, result, error = await self._run(action)
        if error is not None:
            raise self._verdict(call, error)
        return result  # type: ignore[return-value]  # there is one, since there is no error

    async def chat(self, chat_id: str | int) -> Chat:
        """getChat: what of it matters here."""
        return answers.chat(await self.call(lambda bot: bot.ask("getChat", chat_id=chat_id)), chat_id)

    async def server_time(self) -> datetime | None:
        """Telegram's own clock, by the Date header of a getMe made now."""
        call, _, error = await self._run(lambda bot: bot.get_me())
        if error is not None:
            raise self._verdict(call, error)
        return call.date()

    async def aclose(self) -> None:
        """Close the client."""
        if self._client:
            await self._client.request.shutdown()
            self._client = None

    async def _run(self, action: Callable[[PlainBot], Awaitable[T]]) -> tuple[Call, T | None, Exception | None]:
        call = Call()
        bot = self._bot()
        token = CURRENT.set(call)
        try:
            return call, await action(bot), None
        except Exception as error:  # noqa: BLE001  PTB raises KeyError and its like for odd answers: all are verdicts
            return call, None, error
        finally:
            CURRENT.reset(token)

    def _bot(self) -> PlainBot:
        if self._client is None:
            if not self._token:
                raise UnauthorizedError(NOT_GIVEN, detail="no token", account=True)
            if not TOKEN_SHAPE.fullmatch(self._token):
                raise UnauthorizedError(REVOKED, detail="the token has characters that none can have", account=True)
            request = WatchedRequest(self._read)
            self._client = PlainBot(self._token, f"{self._base}/bot", request=request, get_updates_request=request)
        return self._client

    def _verdict(self, call: Call, error: Exception | None) -> PublishError:
        verdict = classify(call, error, self._clock.now())
        verdict.detail, verdict.reason = self._redact(verdict.detail), self._redact(verdict.reason)
        return verdict
