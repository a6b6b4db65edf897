"""The answers to everybody's commands, as HTML."""

from __future__ import annotations

from html import escape

from telegram import Message

from medsosbot.bot import answers
from medsosbot.bot.commands import Command
from medsosbot.bot.desk import Desk
from medsosbot.bot.who import Writer
from medsosbot.options import Office

HELP = (
    "Yang dapat ditanyakan:\n"
    "/terkini – rilis terbaru (5); /terkini 3 untuk tiga, paling banyak 10\n"
    "/id – nomor id percakapan ini\n"
    "/bantuan – pesan ini"
)


async def answer(command: Command, message: Message, writer: Writer, desk: Desk, office: Office) -> str | None:
    """What the bot says to this command; None to one that it doesn't know."""
    match command.name:
        case "terkini":
            return await desk.terkini(answers.how_many(_number(command.words)))
        case "start":
            return f"{about(office)}\n\n{HELP}"
        case "bantuan":
            return HELP
        case "id":
            return ids(message, writer)
    return None


def about(office: Office) -> str:
    """Whose bot this is, and where a citizen can make sure of it."""
    whose = f"<b>Bot rilis resmi {escape(office.name)}</b>" if office.name else "<b>Bot rilis resmi</b>"
    if not office.site:
        return f"{whose}."
    return f"{whose}.\nSitus resmi: {escape(office.site)}"


def ids(message: Message, writer: Writer) -> str:
    """The numbers that the config asks for."""
    chat = f"Id percakapan ini: <code>{message.chat.id}</code>"
    if writer.id is None:
        return f"{chat}\nId Anda tidak tampak karena Anda menulis sebagai admin anonim."
    return f"{chat}\nId Anda: <code>{writer.id}</code>"


def _number(words: tuple[str, ...]) -> int | None:
    if not words or not words[0].isdecimal() or len(words[0]) > 6:
        return None
    return int(words[0])
