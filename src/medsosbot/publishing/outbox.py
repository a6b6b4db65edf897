"""Sending the notices to the staff chat: in order, at the chat's pace, each once.

Marked before the call, settled after it: what was being sent when the process ended is in doubt and isn't repeated;
what is proved not sent is. Nothing here holds up publishing.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from html import escape
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from medsosbot import wording
from medsosbot.errors import PublishError, RejectedError, TransientError, UnauthorizedError
from medsosbot.options import Pace
from medsosbot.publishing.newsroom import Newsroom
from medsosbot.publishing.pace import allowed_at
from medsosbot.publishing.troubles import Troubles
from medsosbot.storage import attempts, notices
from medsosbot.storage.notices import DROPPED, SENDING, SENT, UNCERTAIN, WAITING, Notice
from medsosbot.text.telegram_html import plain_of

log = logging.getLogger(__name__)
T = TypeVar("T")
LONGEST = 4096  # characters of one message, after parsing
AT_ONCE = 500  # waiting notices that one look takes in, so that the same matter is found among them
COUNTED = ("failed", "paused")  # the same many times over becomes one message; drafts and holds never do
SAME_AGAIN = timedelta(seconds=60)  # how long the same is gathered behind one that was told
FIRST_BACKOFF, LONGEST_BACKOFF = timedelta(seconds=5), timedelta(minutes=10)
_ONE_ITEM = re.compile(r"nomor (\d+) «[^»]*»")
_COMMAND = re.compile(r"(/[a-z]+) \d+")


class Sender(Protocol):
    """Sends HTML to a chat as one bot; raises PublishError."""

    async def send_text(self, chat_id: int, html: str) -> int:
        """The message's id."""
        ...


@dataclass(frozen=True)
class Message:
    """One message, made of one notice or of several of the same. pieces: what is too long for one goes as several."""

    ids: tuple[int, ...]
    pieces: tuple[str, ...]
    matter: str = ""


class Outbox:
    """Empties the outbox whenever it is asked to."""

    def __init__(
        self,
        newsroom: Newsroom,
        chat: int | None,
        senders: Sequence[Sender],
        pace: Pace,
        run: Callable[[Callable[[], object]], Awaitable[object]],
        troubles: Troubles,
        first_refused: Callable[[], None] = lambda: None,
    ) -> None:
        """senders: the bots that may tell it, the first that isn't refused does. run: in the database's thread.
        first_refused: called when the first of several is refused.
        """
        self._first_refused = first_refused
        self._newsroom, self._chat, self._senders, self._pace = newsroom, chat, senders, pace
        self._run, self._troubles = run, troubles
        self._not_before: datetime | None = None
        self._backoff = timedelta(0)
        self._told: dict[str, datetime] = {}
        self._sent_pieces: dict[int, int] = {}
        self._stopping = False

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopping = True

    async def drain(self) -> None:
        """Send what may go now. Raises StorageError; whatever else happens, the rest waits for the next call."""
        if self._chat is None or not self._senders:
            await self._run(self._to_the_log)
            return
        while not self._stopping and not self._waits():
            message = await self._run(self._take)
            if not isinstance(message, Message):
                return
            await self._send(self._chat, message)

    def _waits(self) -> bool:
        return self._not_before is not None and self._newsroom.clock.now() < self._not_before

    def _take(self) -> Message | None:
        """The next message, marked as being sent; None if nothing may go now."""
        now = self._newsroom.clock.now()
        with self._newsroom.store.write() as tx:
            if allowed_at(now, self._recent(tx, now), self._pace) > now:
                return None
            message = self._choose(notices.waiting(tx, now, AT_ONCE), now)
            if message is not None:
                notices.set_state(tx, list(message.ids), SENDING, sent_at=now)
        return message

    def _recent(self, tx: Connection, now: datetime) -> tuple[datetime, ...]:
        """When this chat took a notice, or a post where it is a destination too."""
        since = now - max(self._pace.window, self._pace.spacing)
        posts: tuple[datetime, ...] = ()
        for target in self._newsroom.targets:
            if target.destination.chat == self._chat:
                posts = attempts.recent(tx, target.address, since)
        return notices.sent_since(tx, since) + posts

    def _choose(self, waiting: Sequence[Notice], now: datetime) -> Message | None:
        for first in waiting:
            if first.kind not in COUNTED:
                return Message((first.id,), pieces_of(first))
            matter = matter_of(first)
            told = self._told.get(matter)
            if told is not None and now < told + SAME_AGAIN:
                continue
            same = [n for n in waiting if n.kind == first.kind and matter_of(n) == matter]
            return Message(tuple(n.id for n in same), (counted(same),), matter)
        return None

    async def _send(self, chat: int, message: Message) -> None:
        remote_id = 0
        for n, piece in enumerate(message.pieces):
            if n < self._sent_pieces.get(message.ids[0], 0):
                continue
            try:
                remote_id = await self._say(chat, piece)
            except PublishError as e:
                await self._run(partial(self._not_told, message, piece, e))
                return
            self._sent_pieces[message.ids[0]] = n + 1
        self._sent_pieces.pop(message.ids[0], None)
        self._backoff, self._not_before = timedelta(0), None
        now = self._newsroom.clock.now()
        self._told = {m: at for m, at in self._told.items() if now < at + SAME_AGAIN}
        if message.matter:
            self._told[message.matter] = now
        self._troubles.over("notices", "Notices reach the staff chat again.")
        await self._run(partial(self._settle, message, SENT, remote_id=str(remote_id)))

    async def _say(self, chat: int, html: str) -> int:
        """By the first bot that isn't refused. Raises the last one's error."""
        *others, last = self._senders
        for sender in others:
            try:
                return await sender.send_text(chat, html)
            except UnauthorizedError as e:
                self._first_refused()
                self._troubles.say("notices_first", f"Notices go by the public bot's token: {e.detail or e.reason}")
        return await last.send_text(chat, html)

    def _not_told(self, message: Message, piece: str, error: PublishError) -> None:
        """In the database's thread: what a call that gave no message means for the notice."""
        detail = error.detail or error.reason
        if isinstance(error, RejectedError):
            log.error("A notice was refused (%s): %s", detail, plain(piece), extra={"event": "notice_dropped"})
            self._settle(message, DROPPED)
        elif isinstance(error, TransientError | UnauthorizedError):
            self._wait_for(error)
            mending = f" ({error.reason})" if isinstance(error, UnauthorizedError) else ""
            self._troubles.say("notices", f"Notices can't be sent, they are kept: {detail}{mending}")
            self._settle(message, WAITING, sent_at=None)
        else:
            self._troubles.say("notices", f"A notice may not have arrived, it isn't repeated: {detail}")
            self._settle(message, UNCERTAIN)

    def _wait_for(self, error: PublishError) -> None:
        now = self._newsroom.clock.now()
        self._backoff = min(LONGEST_BACKOFF, max(FIRST_BACKOFF, 2 * self._backoff))
        wish = error.not_before if isinstance(error, TransientError) else None
        self._not_before = wish or now + self._backoff

    def _settle(self, message: Message, state: str, **values: object) -> None:
        with self._newsroom.store.write() as tx:
            notices.set_state(tx, list(message.ids), state, **values)

    def _to_the_log(self) -> None:
        """Nobody can be told by chat: the log is told, and this once."""
        with self._newsroom.store.write() as tx:
            waiting = notices.waiting(tx, self._newsroom.clock.now(), AT_ONCE)
            notices.set_state(tx, [n.id for n in waiting], DROPPED)
        if waiting:
            why = "there is no staff.chat" if self._chat is None else "there is no token"
            self._troubles.say("no_staff_chat", f"Notices go to this log: {why}.", logging.INFO)
        for notice in waiting:  # what happened was logged, as loud as it deserved, when it happened
            log.info("%s", plain(notice.text), extra={"event": "notice", "kind": notice.kind})


def matter_of(notice: Notice) -> str:
    """What is the same in notices of the same failure or pause: all but the item."""
    return _COMMAND.sub(r"\1", _ONE_ITEM.sub("nomor", notice.text))


def counted(same: Sequence[Notice]) -> str:
    """One text for several notices of one matter: the first of them, and how many there are."""
    text = same[0].text
    if len(same) == 1:
        return text
    numbers = list(dict.fromkeys(n for notice in same for n in _ONE_ITEM.findall(notice.text)))
    if not numbers:
        return f"{text}\n\nHal yang sama terjadi {len(same)} kali."
    shown = wording.listing(numbers[1:31])
    more = f", dan {wording.number(len(numbers) - 31)} lagi" if len(numbers) > 31 else ""
    return f"{text}\n\nHal yang sama terjadi pada {wording.count('rilis', len(numbers))}, juga nomor {shown}{more}."


def pieces_of(notice: Notice) -> tuple[str, ...]:
    """The notice as messages that fit: a draft that fills a message goes by itself, exactly as it will go out."""
    if _fits(notice.text):
        return (notice.text,)
    head, gap, body = notice.text.partition("\n\n")
    body, mark, left = body.rpartition("\n\n<i>") if "\n\n<i>" in body else (body, "", "")
    pieces = [p for p in (head, body, f"<i>{left}" if mark else "") if p] if gap else [notice.text]
    return tuple(p if _fits(p) else escape(plain(p)[: LONGEST // 2 - 1]) + "…" for p in pieces)


def plain(html: str) -> str:
    """A notice for the log."""
    try:
        return plain_of(html)
    except ValueError:
        return html


def _fits(html: str) -> bool:
    return len(plain(html).encode("utf-16-le")) // 2 <= LONGEST
