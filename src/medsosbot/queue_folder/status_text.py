"""STATUS.txt: the folder's answer to whoever looks into it. Pure: the same values give the same text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from medsosbot import wording

WIDTH = 80


@dataclass(frozen=True)
class WaitingItem:
    """An item that will go out. number: the short one that people type. due: (destination, aware time or None for
    as soon as possible)."""

    number: int
    title: str
    due: tuple[tuple[str, datetime | None], ...]


@dataclass(frozen=True)
class HeldItem:
    """An item that waits for a person. file: the name under which a mended version is taken. destinations: those
    that are held, empty where the whole item is. reasons: Indonesian."""

    number: int
    title: str
    file: str
    reasons: tuple[str, ...]
    destinations: tuple[str, ...] = ()


@dataclass(frozen=True)
class TroubledItem:
    """An item with a delivery that failed or is in doubt. what: Indonesian, with the one thing to do."""

    number: int
    title: str
    what: tuple[str, ...]


@dataclass(frozen=True)
class RefusedFile:
    """A file that was refused. name: as handed in; kept_as: in rejected/; why: one Indonesian sentence."""

    name: str
    kept_as: str
    why: str


@dataclass(frozen=True)
class ForeignFile:
    """Something that is no queue file, and why. Indonesian."""

    name: str
    why: str


@dataclass(frozen=True)
class FolderStatus:
    """All that STATUS.txt tells. unread: names of files that lie there and weren't taken yet. notes: sentences."""

    waiting: Sequence[WaitingItem] = ()
    held: Sequence[HeldItem] = ()
    troubled: Sequence[TroubledItem] = ()
    refused: Sequence[RefusedFile] = ()
    foreign: Sequence[ForeignFile] = ()
    unread: Sequence[str] = ()
    notes: Sequence[str] = ()


def render(status: FolderStatus, zone: ZoneInfo) -> str:
    """The whole text, without a time of writing, so that it changes only when something does."""
    sections = [
        _section("MENUNGGU TERBIT", [_waiting(item, zone) for item in status.waiting]),
        _section("DITAHAN, MENUNGGU KEPUTUSAN", [_held(item) for item in status.held]),
        _section("GAGAL ATAU RAGU", [_troubled(item) for item in status.troubled]),
        _section("DITOLAK", [_refused(file) for file in status.refused]),
        _section("BUKAN BERKAS ANTREAN", [_bullet(f"{file.name}: {file.why}") for file in status.foreign]),
        _section("BELUM DIBACA", [_bullet(name) for name in status.unread]),
        _section("CATATAN", [_bullet(note) for note in status.notes]),
    ]
    told = [section for section in sections if section]
    head = "STATUS FOLDER ANTREAN\nBerkas ini ditulis otomatis; perubahan di sini tidak dibaca.\n"
    return "\n".join([head, *(told or ["Tidak ada yang menunggu.\n"])])


def _section(title: str, entries: Iterable[str]) -> str:
    body = "".join(entries)
    return f"{title}\n{body}" if body else ""


def _waiting(item: WaitingItem, zone: ZoneInfo) -> str:
    times: dict[str, list[str]] = {}
    for destination, at in item.due:
        words = f"paling cepat {wording.when(at, zone)}" if at else "secepatnya"
        times.setdefault(words, []).append(destination)
    lines = [f"{wording.listing(names)}: {words}" for words, names in times.items()]
    return _entry(item.number, item.title, lines)


def _held(item: HeldItem) -> str:
    where = f"hanya di {wording.listing(item.destinations)}: " if item.destinations else ""
    ways = (
        f"Lepas: medsosbot release {item.number}. "
        f"Atau perbaiki: taruh {item.file} yang sudah dibetulkan di folder ini, dengan judul yang sama."
    )
    return _entry(item.number, item.title, [*(f"{where}{reason}" for reason in item.reasons), ways])


def _troubled(item: TroubledItem) -> str:
    return _entry(item.number, item.title, item.what)


def _refused(file: RefusedFile) -> str:
    return _bullet(f"{file.name}: {file.why} Selengkapnya di rejected/{file.kept_as}.reason.txt")


def _entry(number: int, title: str, lines: Iterable[str]) -> str:
    head = textwrap.wrap(f"{number}. {wording.quote(title, 300)}", WIDTH, subsequent_indent="   ")
    return "\n".join([*head, *(part for line in lines for part in _wrap(line, "   - ", "     "))]) + "\n"


def _bullet(text: str) -> str:
    return "\n".join(_wrap(text, " - ", "   ")) + "\n"


def _wrap(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
