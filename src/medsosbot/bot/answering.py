"""From an update to an answer: who may be answered, by which bot, and how often. Nothing here waits for a disk."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Bot, ChatMember, ChatMemberUpdated, LinkPreviewOptions, Message, ReplyParameters, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from medsosbot.bot import commands, public, staff
from medsosbot.bot.client import CONNECTIONS, seconds
from medsosbot.bot.commands import Command
from medsosbot.bot.desk import Desk
from medsosbot.bot.limits import Limits
from medsosbot.bot.who import Writer, writer_of
from medsosbot.errors import StorageError
from medsosbot.options import Office, Staff
from medsosbot.publishing.troubles import Troubles

log = logging.getLogger(__name__)
LATE = timedelta(minutes=2)
REMEMBERED = 2000  # messages that were answered: an edit of one is not answered again
SORRY = "Maaf, sedang ada gangguan. Coba lagi sebentar lagi."
ONLY_IN_STAFF_CHAT = "Perintah ini hanya berlaku di grup staf."
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True)
class Duty:
    """What a bot answers now: the public (everywhere but in the staff chat), the staff chat, or both."""

    public: Callable[[], bool]
    staff: Callable[[], bool]


class Answering:
    """One bot's answers."""

    def __init__(
        self, bot: Bot, desk: Desk, office: Office, team: Staff, duty: Duty, limits: Limits, troubles: Troubles
    ) -> None:
        self._bot, self._desk, self._office, self._staff = bot, desk, office, team
        self._duty, self._limits, self._troubles = duty, limits, troubles
        self.gone_from_staff_chat = False
        self._connections = asyncio.Semaphore(CONNECTIONS)
        self._answered: OrderedDict[tuple[int, int], None] = OrderedDict()

    async def handle(self, update: Update, arrived: datetime) -> None:
        """Answer one update, or not. arrived: by the platform's clock. Raises nothing but what is unexpected."""
        if update.my_chat_member is not None:
            self._note_membership(update.my_chat_member)
        message = update.message or update.edited_message
        if message is None or message.text is None:
            return
        late = arrived - (message.edit_date or message.date) > LATE
        writer = writer_of(message, self._staff)
        if writer is None or (update.edited_message and not self._is_first_sight(message, arrived)):
            return
        if message.chat.id == self._staff.chat:
            self.gone_from_staff_chat = False
            if self._duty.staff():
                await self._in_staff_chat(message, writer, late=late)
        elif self._duty.public() and not late:
            await self._in_public(message, writer)

    def _note_membership(self, change: ChatMemberUpdated) -> None:
        """Out of the staff chat this bot hears nothing there: then the other one answers."""
        if change.chat.id == self._staff.chat:
            self.gone_from_staff_chat = change.new_chat_member.status in (ChatMember.LEFT, ChatMember.BANNED)

    async def _in_staff_chat(self, message: Message, writer: Writer, *, late: bool) -> None:
        """A decision of a member is never dropped: nobody could see that it wasn't taken."""
        command = commands.read(message, self._bot.username)
        if command is None:
            return
        decides = staff.is_staff(command) and writer.role is not None
        if not decides and not self._takes(message, writer, bounded=writer.role is None):
            return
        if staff.is_staff(command):
            await self._say(message, await self._guarded(staff.answer(command, writer, self._desk, late=late)))
        elif not late:
            await self._say(message, await self._public_answer(command, message, writer))

    async def _in_public(self, message: Message, writer: Writer) -> None:
        command = commands.read(message, self._bot.username)
        private = message.chat.type == ChatType.PRIVATE
        known = command is not None and command.name in commands.PUBLIC
        if not (known or private) or not self._takes(message, writer, bounded=not private):
            return
        if known and command is not None:
            await self._say(message, await self._public_answer(command, message, writer))
        elif command is not None and staff.is_staff(command) and writer.role is not None:
            await self._say(message, ONLY_IN_STAFF_CHAT)
        else:
            await self._say(message, public.HELP)

    async def _public_answer(self, command: Command, message: Message, writer: Writer) -> str | None:
        return await self._guarded(public.answer(command, message, writer, self._desk, self._office))

    async def _guarded(self, answer: Awaitable[str | None]) -> str | None:
        try:
            said = await answer
        except StorageError as e:
            self._troubles.say("reading", f"The bot can't read the record: {e}")
            return SORRY
        self._troubles.over("reading", "The bot reads the record again.")
        return said

    def _takes(self, message: Message, writer: Writer, *, bounded: bool) -> bool:
        """Is there room for one more answer to this person, and in this chat? Drops before anything is read or sent."""
        return self._limits.person.take(writer.key) and self._limits.chat_takes(message.chat.id, group=bounded)

    def _is_first_sight(self, message: Message, arrived: datetime) -> bool:
        """An edit counts only where the message itself is new and was no command that has been answered."""
        return (message.chat.id, message.message_id) not in self._answered and arrived - message.date <= LATE

    async def _say(self, message: Message, html: str | None) -> None:
        """Send the answer, once. A failure is told by the log; nothing is sent again."""
        if html is None:
            return
        self._answered[(message.chat.id, message.message_id)] = None
        if len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)
        wait = self._limits.turns.wait()
        if wait is None:
            return
        if wait:
            await asyncio.sleep(wait)
        async with self._connections:
            await self._send(message, html)

    async def _send(self, message: Message, html: str) -> None:
        chat = message.chat
        reply = None
        if chat.type != ChatType.PRIVATE:
            reply = ReplyParameters(message.message_id, allow_sending_without_reply=True)
        try:
            await self._bot.send_message(
                chat.id, html, ParseMode.HTML, link_preview_options=NO_PREVIEW, reply_parameters=reply,
                message_thread_id=message.message_thread_id if message.is_topic_message else None,
            )  # fmt: skip
        except RetryAfter as e:
            self._limits.silence(chat.id, seconds(e))
        except Forbidden:
            log.debug("Somebody who asked doesn't take our answer.")
        except BadRequest as e:
            log.warning("Telegram refused an answer: %s", e.message)
        except TelegramError as e:
            self._troubles.say("answers", f"An answer couldn't be sent ({type(e).__name__}); it isn't sent again.")
        else:
            self._troubles.over("answers", "Answers are sent again.")
