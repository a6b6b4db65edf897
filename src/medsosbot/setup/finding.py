"""From updates to chats and people: where the bot was made a member, what was forwarded to it, who typed /id."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from medsosbot.clock import Clock
from medsosbot.errors import PublishError, SetupError, UnauthorizedError
from medsosbot.platforms.telegram_client import TelegramSender
from medsosbot.setup import taps
from medsosbot.setup.asking import Asker
from medsosbot.wording import duration, quote

Json = dict[str, Any]
WANTED = ["message", "channel_post", "my_chat_member"]
LONG_POLL = 20  # seconds
STRANGERS = 20  # of whom it is told that they wrote
PAUSE = 2.0  # seconds behind a poll that failed
ANONYMOUS = 1087968824  # @GroupAnonymousBot: an admin who writes as the group itself


@dataclass(frozen=True)
class Person:
    """Somebody on Telegram. id None: an anonymous admin, so nobody can tell who it is."""

    id: int | None
    name: str
    username: str | None = None

    @property
    def shown(self) -> str:
        """Name and id, for the screen."""
        at = f", @{self.username}" if self.username else ""
        return f"{quote(self.name, 60)}{at} (id {self.id})" if self.id is not None else "seorang admin anonim"


@dataclass(frozen=True)
class Sighting:
    """Something that the bot saw. how: member (or its rights changed), gone, forward, post, id or talk."""

    how: str
    chat: int
    kind: str
    title: str
    person: Person | None = None


def sightings(update: Json, username: str) -> Iterator[Sighting]:
    """What an update shows; nothing where it is of no use here. username: the bot's own."""
    change, message, post = (update.get(k) for k in ("my_chat_member", "message", "channel_post"))
    if isinstance(change, dict):
        status = (change.get("new_chat_member") or {}).get("status")
        yield _in_chat("gone" if status in ("left", "kicked") else "member", change["chat"], _person(change))
    elif isinstance(post, dict):
        yield _in_chat("post", post["chat"], None)
    elif isinstance(message, dict):
        yield from _message(message, username)


def _message(message: Json, username: str) -> Iterator[Sighting]:
    chat, person = message["chat"], _person(message)
    origin = message.get("forward_origin") or {}
    source = origin.get("chat") or message.get("forward_from_chat")
    if chat.get("type") == "private" and isinstance(source, dict) and source.get("type") == "channel":
        yield _in_chat("forward", source, person)
    elif _asks_id(str(message.get("text") or ""), username):
        yield _in_chat("id", chat, person)
    elif chat.get("type") == "private" and person is not None:
        yield _in_chat("talk", chat, person)


def _asks_id(text: str, username: str) -> bool:
    """`/id` or `/id@username` opens it."""
    word, _, bot = (text.split() or [""])[0].partition("@")
    return word.lower() == "/id" and bot.lower() in ("", username.lower())


def _in_chat(how: str, chat: Json, person: Person | None) -> Sighting:
    title = str(chat.get("title") or chat.get("first_name") or chat["id"])
    return Sighting(how, int(chat["id"]), str(chat.get("type") or ""), title, person)


def _person(message: Json) -> Person | None:
    user = message.get("from")
    if not isinstance(user, dict) or not isinstance(user.get("id"), int):
        return None
    if user["id"] == ANONYMOUS:
        return Person(None, "")
    if user.get("is_bot"):
        return None
    name = " ".join(str(user[k]) for k in ("first_name", "last_name") if user.get(k))
    return Person(user["id"], name or str(user["id"]), user.get("username"))


class Watch:
    """Looks at the updates of one bot while a person at the terminal is waited for too.

    What isn't wanted yet is kept, so that chats and people may come in any order.
    """

    def __init__(self, sender: TelegramSender, username: str, asker: Asker, clock: Clock, patience: float) -> None:
        """patience: seconds to wait for one thing before it is asked whether to go on."""
        self._sender, self._username, self._asker, self._clock = sender, username, asker, clock
        self._patience, self._offset = patience, 0
        self._kept: list[Sighting] = []
        self._told: set[object] = set()
        self._waited = False

    async def next(self, how: str, wanted: Callable[[Sighting], bool]) -> Sighting | str:
        """The next sighting that is wanted, or the line that was typed meanwhile. Raises SetupError.

        how: what to do in order to be seen, for whom nothing happens.
        """
        self._waited = True
        typing = asyncio.ensure_future(self._asker.line())
        until = self._clock.monotonic() + self._patience
        try:
            while True:
                if (found := self._take(wanted)) is not None:
                    return found
                left = until - self._clock.monotonic()
                if left <= 0:
                    break
                polling = asyncio.ensure_future(self._poll(max(1, min(LONG_POLL, int(left)))))
                await asyncio.wait({polling, typing}, return_when=asyncio.FIRST_COMPLETED)
                if typing.done():
                    await _given_up(polling)
                    return typing.result()
                polling.result()
        finally:
            await _given_up(typing)
        return await self._go_on(how, wanted)

    def put_back(self, sighting: Sighting) -> None:
        """It is of use once more."""
        self._kept.insert(0, sighting)

    async def look(self) -> None:
        """One short look, where none was taken yet: does somebody else poll this bot? Raises SetupError."""
        if self._waited:
            return
        try:
            await self._ask(1)
        except PublishError as e:
            raise self._fatal(e) or SetupError(taps.RIVAL if e.status == 409 else taps.NETWORK_ONCE) from None

    async def confirm(self) -> None:
        """What was waited for and seen is not shown to the service again."""
        if self._waited and self._offset:
            with suppress(PublishError):
                await self._ask(0)

    def _take(self, wanted: Callable[[Sighting], bool]) -> Sighting | None:
        for sighting in self._kept:
            if wanted(sighting):
                self._kept.remove(sighting)
                return sighting
        return None

    async def _go_on(self, how: str, wanted: Callable[[Sighting], bool]) -> Sighting | str:
        waited = duration(timedelta(seconds=self._patience))
        if not await self._asker.yes(f"{taps.NOBODY.format(waited=waited, how=how)}\nTunggu lagi?", default=True):
            raise SetupError(taps.GIVEN_UP)
        return await self.next(how, wanted)

    async def _poll(self, wait: int) -> None:
        try:
            await self._ask(wait)
        except PublishError as e:
            if fatal := self._fatal(e):
                raise fatal from None
            self._tell("rival" if e.status == 409 else "network", taps.RIVAL if e.status == 409 else taps.NETWORK)
            await asyncio.sleep(PAUSE)
            return
        for matter in self._told & {"rival", "network"}:
            self._told.discard(matter)
            self._asker.say("Telegram menjawab lagi.", "green")

    async def _ask(self, wait: int) -> None:
        updates = await self._sender.call(
            lambda bot: bot.updates(offset=self._offset, timeout=wait, allowed_updates=WANTED)
        )
        numbers = [u["update_id"] for u in updates if isinstance(u.get("update_id"), int)]
        self._offset = max([self._offset, *(n + 1 for n in numbers)])
        for update in updates:
            self._keep(update)

    def _keep(self, update: Json) -> None:
        try:
            found = list(sightings(update, self._username))
        except (KeyError, TypeError, ValueError):  # of another shape than any known: no use here
            return
        for sighting in found:
            if sighting.how == "talk":
                if sighting.person and len(self._told) < STRANGERS:
                    who = sighting.person
                    self._tell(who.id, taps.STRANGER.format(who=who.shown))
            else:
                self._kept.append(sighting)

    def _tell(self, matter: object, text: str) -> None:
        """Once for each matter."""
        if matter not in self._told:
            self._told.add(matter)
            self._asker.say(text, "yellow")

    @staticmethod
    def _fatal(error: PublishError) -> SetupError | None:
        """What waiting doesn't mend."""
        if error.status == 409 and "webhook" in error.detail.lower():
            return SetupError(taps.WEBHOOK.format(where=""))
        if isinstance(error, UnauthorizedError):
            return SetupError(error.reason)
        return None


async def _given_up(task: asyncio.Future[Any]) -> None:
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled():
        task.exception()  # it is of no interest any more
