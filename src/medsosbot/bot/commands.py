"""Which command a message is, and the commands that the bot has, with their Indonesian descriptions."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import BotCommand, Message, MessageEntity

PUBLIC = {
    "terkini": "Rilis terbaru; /terkini 3 untuk tiga rilis",
    "bantuan": "Apa yang dapat ditanyakan ke bot ini",
    "id": "Nomor id percakapan ini dan nomor id Anda",
    "start": "Tentang bot ini",
}
STAFF = {
    "status": "Apa yang menunggu, ditahan, atau bermasalah",
    "lepas": "Lepas yang ditahan: /lepas NOMOR [sekarang]",
    "tahan": "Tahan yang terjadwal: /tahan NOMOR",
    "batal": "Batalkan: /batal NOMOR [TUJUAN]",
    "ulangi": "Coba lagi yang gagal: /ulangi NOMOR [TUJUAN]",
    "terbit": "Kiriman ragu ternyata ada: /terbit NOMOR TUJUAN TAUTAN",
    "belum": "Kiriman ragu ternyata tidak ada: /belum NOMOR TUJUAN",
    "jeda": "Hentikan semua terbitan: /jeda [TUJUAN]",
    "lanjut": "Lanjutkan terbitan: /lanjut [TUJUAN]",
}


@dataclass(frozen=True)
class Command:
    """A command as typed: its name in small letters, without "/" and "@bot", and the words behind it."""

    name: str
    words: tuple[str, ...]


def read(message: Message, username: str) -> Command | None:
    """The command that a message opens with, if it is for this bot (`/terkini`, `/terkini@username`)."""
    if not message.text or not message.entities:
        return None
    first = message.entities[0]
    if first.type != MessageEntity.BOT_COMMAND or first.offset != 0:
        return None
    name, _, bot = message.text[1 : first.length].partition("@")
    if bot and bot.lower() != username.lower():
        return None
    return Command(name.lower(), tuple(message.text[first.length :].split()))


def menu(staff: bool) -> list[BotCommand]:
    """What Telegram shows behind "/", for the public or for the staff chat."""
    shown = STAFF | {"terkini": PUBLIC["terkini"], "id": PUBLIC["id"]} if staff else PUBLIC
    return [BotCommand(name, description) for name, description in shown.items()]
