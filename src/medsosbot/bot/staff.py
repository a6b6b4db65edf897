"""The staff chat: a person's decisions, by editors alone. The same decisions as on the command line, the same words."""

from __future__ import annotations

import logging
from functools import partial
from html import escape

from medsosbot.bot.commands import STAFF, Command
from medsosbot.bot.desk import Decision, Desk
from medsosbot.bot.who import Writer
from medsosbot.errors import DecisionError, StorageError
from medsosbot.publishing import decisions, settling
from medsosbot.publishing.person import Person

log = logging.getLogger(__name__)
ANONYMOUS = (
    "Anda menulis sebagai admin anonim, jadi bot tidak tahu siapa Anda. Matikan «Tetap anonim» di pengaturan admin "
    "grup ini, lalu ulangi."
)
NOT_RUN = "Perintah /{name} tidak dijalankan karena terlambat sampai; ulangi bila masih perlu."
BUSY = "Disk atau basis data sedang menolak, jadi belum dijalankan; coba lagi sebentar lagi."
USAGE = {
    "tahan": "/tahan NOMOR",
    "lepas": "/lepas NOMOR, atau /lepas NOMOR sekarang",
    "batal": "/batal NOMOR, atau /batal NOMOR TUJUAN",
    "ulangi": "/ulangi NOMOR, atau /ulangi NOMOR TUJUAN",
    "terbit": "/terbit NOMOR TUJUAN, lalu nomor kiriman atau tautannya",
    "belum": "/belum NOMOR TUJUAN",
    "jeda": "/jeda, atau /jeda TUJUAN",
    "lanjut": "/lanjut, atau /lanjut TUJUAN",
}
SAFE_WHEN_LATE = ("jeda", "tahan", "batal")


def is_staff(command: Command) -> bool:
    """Does this command belong to the staff chat?"""
    return command.name in STAFF


async def answer(command: Command, writer: Writer, desk: Desk, *, late: bool) -> str | None:
    """What the bot says in the staff chat, as HTML. late: it was written over two minutes before it arrived."""
    if late and not writer.is_editor:
        return None
    if writer.id is None:
        return ANONYMOUS
    if command.name == "status" and writer.role is not None:
        return NOT_RUN.format(name="status") if late else await desk.status()
    if not writer.is_editor:
        return (
            f"Perintah /{command.name} hanya untuk editor. Id Anda <code>{writer.id}</code>; bila Anda editor, minta "
            "teknisi menambahkannya di staff.members."
        )
    return escape(await _decide(command, writer, desk, late=late))


async def _decide(command: Command, writer: Writer, desk: Desk, *, late: bool) -> str:
    if late and command.name not in SAFE_WHEN_LATE:
        return NOT_RUN.format(name=command.name)
    # Yesterday's /batal must not end anything today: it holds, and a person decides anew.
    name, words = ("tahan", command.words[:1]) if late and command.name == "batal" else (command.name, command.words)
    decision = decision_of(name, words, Person(writer.on_record, chat=True))
    if decision is None:
        return f"Tulis begini: {USAGE[name]}"
    try:
        said = await desk.decide(decision)
    except DecisionError as e:
        return str(e)
    except StorageError as e:
        log.error("A decision couldn't be recorded: %s", e)
        return BUSY
    log.info("%s decided: %s %s", writer.on_record, name, " ".join(words), extra={"event": "decided"})
    return said


def decision_of(name: str, words: tuple[str, ...], who: Person) -> Decision | None:
    """The decision that the words ask for; None where they don't fit the command."""
    match name, words:
        case ("jeda", () | (_,)):
            return partial(decisions.pause, who=who, destination=words[0] if words else None)
        case ("lanjut", ("jam",)):
            return partial(decisions.trust_clock, who=who)
        case ("lanjut", () | (_,)):
            return partial(decisions.resume, who=who, destination=words[0] if words else None)
        case ("tahan", (item,)):
            return partial(decisions.hold, who=who, item_id=item)
        case ("lepas", (item,)):
            return partial(decisions.release, who=who, item_id=item)
        case ("lepas", (item, now)) if now.lower() == "sekarang":
            return partial(decisions.release, who=who, item_id=item, at_once=True)
        case ("batal", (item, *place)) if len(place) <= 1:
            return partial(decisions.cancel, who=who, item_id=item, destination=place[0] if place else None)
        case ("ulangi", (item, *place)) if len(place) <= 1:
            return partial(decisions.retry, who=who, item_id=item, destination=place[0] if place else None)
        case ("terbit", (item, place, posted)):
            return partial(settling.settle, who=who, item_id=item, destination=place, posted=posted)
        case ("belum", (item, place)):
            return partial(settling.settle, who=who, item_id=item, destination=place, posted=None)
    return None
