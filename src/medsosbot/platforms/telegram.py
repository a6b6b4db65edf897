"""Telegram, by python-telegram-bot: a channel (or group) as a destination."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from medsosbot.errors import CannotTell, PublishError
from medsosbot.model import Intent, Part, Receipt
from medsosbot.platforms.asking import Asking
from medsosbot.platforms.base import Surroundings
from medsosbot.platforms.comparing import Likeness, as_sent, liken
from medsosbot.platforms.links import telegram_link
from medsosbot.platforms.styles import LOOKS
from medsosbot.platforms.telegram_answers import Chat, Sent
from medsosbot.platforms.telegram_check import check_channel, check_staff
from medsosbot.platforms.telegram_client import READ, TelegramSender
from medsosbot.platforms.telegram_errors import PROTECTED

log = logging.getLogger(__name__)
MISSES = 20  # missing ids in a row that are the channel's end
HITS = 50  # posts behind the anchor, beyond which a person is quicker
PROBES = 400  # ids in all
REMEMBERED = 500

NO_STAFF = "Grup staf belum ada di konfigurasi, jadi bot tidak dapat memeriksa kanal; lihat kanalnya sendiri."
NO_ANCHOR = "Belum ada kiriman terdahulu sebagai patokan, jadi bot tidak dapat memeriksa; lihat kanalnya sendiri."
TOO_MANY = "Terlalu banyak kiriman lain sesudahnya, jadi bot berhenti memeriksa; lihat kanalnya sendiri."
NO_ANSWER = "Telegram tidak menjawab waktu ditanya; ditanya lagi nanti."
VIA_STAFF = "Kanal tidak dapat diperiksa lewat grup staf: "
ASKING_REFUSED = "Telegram menolak pemeriksaan kanal oleh bot; lihat kanalnya sendiri."
ALIKE = "Ada kiriman yang mirip tetapi tidak sama ({link}); lihat kanalnya sendiri."


@dataclass(frozen=True)
class Seen:
    """One post of the channel, as its forward showed it; text None: it can't be forwarded or is no text."""

    number: int
    text: str | None
    links: tuple[str, ...] = ()
    at: datetime | None = None
    foreign: bool = False  # a forward of another channel's post, or words under a picture


class TelegramPlatform:
    """Publishes as a bot that is admin there; looks for evidence by forwarding into the staff chat."""

    def __init__(self, surroundings: Surroundings, read: float = READ) -> None:
        self.style = LOOKS["telegram"]
        self._chat: str | int = surroundings.destination.chat or ""
        self._staff = surroundings.staff.chat
        self._clock = surroundings.clock
        self.sender = TelegramSender(
            surroundings.secrets.telegram_token, surroundings.telegram.api_url, surroundings.clock, read
        )
        self._asking = Asking(surroundings.clock, NO_ANSWER, ASKING_REFUSED)
        self._seen: OrderedDict[int, Seen] = OrderedDict()

    async def publish(self, part: Part, after: Receipt | None) -> Receipt:
        """Send one part; after another part as a reply to its last message."""
        reply_to = int(after.ids[-1]) if after and after.ids else None
        sent = await self.sender.send(self._chat, part.text, parse_mode=part.markup, reply_to=reply_to)
        if not as_sent(part, sent.text or ""):
            log.warning(
                "Telegram shows another text than was sent.",
                extra={"event": "text_differs", "item": part.item_id, "remote_id": sent.id},
            )
        return self._receipt(sent.id, sent.text, sent.at, sent.username)

    async def find(self, part: Part, since: Intent) -> Receipt | None:
        """Forward the ids behind the anchor into the staff chat, compare, delete the forwards.

        20 missing ids in a row (beyond every known one) are the channel's end.
        """
        staff, anchor = self._evidence_from(since)
        chat = await self._open_chat()
        known = {int(number) for number in since.known if number.isdecimal()}
        number, misses, hits, highest = anchor, 0, 0, max(known, default=anchor)
        alike: Seen | None = None
        while misses < MISSES or number < highest:
            number += 1
            if number in known:
                misses = 0
                continue
            seen = await self._probe(staff, chat.id, number)
            if seen is None:
                misses += 1
            else:
                misses, hits = 0, hits + 1
                likeness = self._liken(part, seen)
                if likeness is Likeness.SAME:
                    return self._receipt(number, seen.text, seen.at, chat.username)
                alike = seen if likeness is Likeness.NEAR else alike
            if hits > HITS or number - anchor > PROBES:
                raise CannotTell(TOO_MANY)
        if alike:
            raise CannotTell(ALIKE.format(link=telegram_link(self._chat, alike.number, chat.username)))
        return None

    async def look(self, remote_id: str) -> Receipt | None:
        """The post of this id, None if there is none. Raises CannotTell, TransientError, as `find` does."""
        if self._staff is None:
            raise CannotTell(NO_STAFF)
        chat = await self._open_chat()
        if not remote_id.isdecimal():
            return None
        seen = await self._probe(self._staff, chat.id, int(remote_id), fresh=True)
        return self._receipt(seen.number, seen.text, seen.at, chat.username) if seen else None

    async def check(self, known: str | None = None) -> tuple[str, ...]:
        """Who the bot is, what it may do in the channel and in the staff chat. known: a post to test the probe on."""
        notes = await check_channel(self.sender, self._chat, self._clock)
        if self._staff is None:
            return (*notes, "tanpa grup staf: kiriman yang ragu harus diperiksa orang")
        try:
            notes += await check_staff(self.sender, self._staff)
            if known:
                found = await self.look(known)
                notes += (f"pemeriksaan kiriman {known}: " + ("ditemukan" if found else "TIDAK ditemukan"),)
        except PublishError as error:
            notes += (f"grup staf: {error.reason}",)
        return notes

    async def server_time(self) -> datetime | None:
        """Telegram's clock."""
        return await self.sender.server_time()

    async def aclose(self) -> None:
        """Close the client."""
        await self.sender.aclose()

    def _evidence_from(self, since: Intent) -> tuple[int, int]:
        if self._staff is None:
            raise CannotTell(NO_STAFF)
        if since.anchor is None or not since.anchor.isdecimal():
            raise CannotTell(NO_ANCHOR)
        return self._staff, int(since.anchor)

    async def _open_chat(self) -> Chat:
        """The channel, if its posts can be forwarded."""
        chat = await self._asking.ask(lambda: self.sender.chat(self._chat))
        if chat.protected:
            raise CannotTell(PROTECTED)
        return chat

    async def _probe(self, staff: int, channel: int | str, number: int, fresh: bool = False) -> Seen | None:
        """One id of the channel; None if there is nothing. What was seen once is not forwarded again."""
        if not fresh and number in self._seen:
            return self._seen[number]
        forward = await self._asking.ask(lambda: self.sender.forward(staff, self._chat, number), VIA_STAFF)
        if forward is False:
            return None
        if isinstance(forward, Sent):
            seen = _seen(forward, number, channel)
            try:
                await self.sender.call(lambda bot: bot.delete_message(staff, forward.id))
            except PublishError as error:
                log.warning("A forward was left in the staff chat: %s", error.detail, extra={"event": "forward_left"})
        else:
            seen = Seen(number, None)
        self._seen[number] = seen
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return seen

    def _liken(self, part: Part, seen: Seen) -> Likeness:
        if seen.text is None:
            return Likeness.OTHER
        likeness = liken(part, seen.text, seen.links)
        return Likeness.NEAR if seen.foreign and likeness is Likeness.SAME else likeness

    def _receipt(self, number: int, text: str | None, at: datetime | None, username: str | None) -> Receipt:
        return Receipt((str(number),), telegram_link(self._chat, number, username), text, at)


def _seen(forward: Sent, number: int, ours: int | str) -> Seen:
    """What a forward shows of the post `number`. ours: the channel's id."""
    foreign = forward.origin_chat is not None and forward.origin_chat != ours
    # The same words under a picture are another post.
    foreign = foreign or forward.text is None
    return Seen(number, forward.text or forward.caption, forward.links, forward.origin_at, foreign)
