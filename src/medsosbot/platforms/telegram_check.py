"""Are the bot's credentials and rights good? What is found is told in Indonesian, what is wrong with its mending."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from telegram import User

from medsosbot.clock import Clock
from medsosbot.errors import PublishError, TransientError, UnauthorizedError, UncertainError
from medsosbot.platforms.telegram_answers import Chat
from medsosbot.platforms.telegram_client import TelegramSender

NOT_ADMIN = "Bot @{bot} bukan admin di {title}; jadikan admin dengan hak mengirim pesan."
NO_RIGHT = "Bot @{bot} admin di {title} tetapi tanpa hak mengirim pesan; beri hak itu."
NOT_MEMBER = "Bot @{bot} bukan anggota {title}; undang ke sana."
NO_ANSWER = "Telegram tidak menjawab waktu ditanya; coba lagi nanti."
PRIVACY = "mode privasi menyala (tidak apa-apa): di grup staf bot hanya melihat perintah dan balasan"
ADMIN = ("administrator", "creator")
PRESENT = (*ADMIN, "member", "restricted")


async def check_channel(sender: TelegramSender, chat_id: str | int, clock: Clock) -> tuple[str, ...]:
    """Notes on bot, channel, rights and clock. Raises UnauthorizedError (with what mends it) or TransientError."""
    try:
        me: User = await sender.call(lambda bot: bot.get_me())
        chat = await sender.chat(chat_id)
        member = await _membership(sender, chat, me)
        at = await sender.server_time()
    except UncertainError as error:
        raise TransientError(NO_ANSWER, detail=error.detail, status=error.status) from None
    except (TransientError, UnauthorizedError):
        raise
    except PublishError as error:
        raise UnauthorizedError(error.reason, detail=error.detail, status=error.status) from None
    names, status = {"bot": me.username, "title": chat.title}, member.get("status")
    if chat.kind == "channel":
        if status not in ADMIN:
            raise UnauthorizedError(NOT_ADMIN.format(**names), detail=f"status {status}")
        if member.get("can_post_messages") is False:
            raise UnauthorizedError(NO_RIGHT.format(**names), detail="can_post_messages is false")
    elif status not in PRESENT or member.get("can_send_messages") is False:
        raise UnauthorizedError(NOT_MEMBER.format(**names), detail=f"status {status}")
    notes = [f"bot @{me.username}", f"{'kanal' if chat.kind == 'channel' else 'grup'} {chat.title}"]
    notes.append("boleh mengirim pesan")
    if chat.protected:
        notes.append("isi kanal dilindungi dari penerusan: kiriman yang ragu harus diperiksa orang")
    return (*notes, *clock_note(at, clock.now()))


async def check_staff(sender: TelegramSender, chat_id: int) -> tuple[str, ...]:
    """Notes on the staff chat. Raises UnauthorizedError where the bot isn't in it, or what the call raised."""
    me: User = await sender.call(lambda bot: bot.get_me())
    chat = await sender.chat(chat_id)
    member = await _membership(sender, chat, me)
    status = member.get("status")
    if status not in PRESENT or member.get("can_send_messages") is False:
        raise UnauthorizedError(NOT_MEMBER.format(bot=me.username, title=chat.title), detail=f"status {status}")
    notes = (f"grup staf {chat.title}",)
    return notes if me.can_read_all_group_messages or status in ADMIN else (*notes, PRIVACY)


def clock_note(server: datetime | None, ours: datetime) -> tuple[str, ...]:
    """How far this machine's clock is from the platform's."""
    if server is None:
        return ()
    return (f"selisih jam {round((ours - server).total_seconds())} detik",)


async def _membership(sender: TelegramSender, chat: Chat, me: User) -> dict[str, Any]:
    """Our own membership; Telegram refuses to tell it where we aren't in."""
    try:
        return await sender.call(lambda bot: bot.ask("getChatMember", chat_id=chat.id, user_id=me.id))
    except PublishError as error:
        if error.status not in (400, 403):
            raise
        reason = NOT_ADMIN.format(bot=me.username, title=chat.title)
        raise UnauthorizedError(reason, detail=error.detail, status=error.status) from None
