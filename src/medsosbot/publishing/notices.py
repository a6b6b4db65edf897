"""What the staff is told, in plain Indonesian: one matter once, with the one thing to do. Text is HTML.

Each function puts its notice into the outbox, in the transaction of what happened; sending is another matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from sqlalchemy import Connection

from medsosbot import wording
from medsosbot.errors import Fault
from medsosbot.publishing.prepare import Draft
from medsosbot.storage import holds, items, notices
from medsosbot.storage.items import Item


def held(tx: Connection, number: int, drafts: Sequence[Draft], now: datetime) -> None:
    """An item was taken in and held: the reasons, and each draft exactly as it will go after a release."""
    item = _item(tx, number)
    reasons = "\n".join(f"• {escape(r)}" for r in dict.fromkeys(h.reason for h in holds.standing(tx, number)))
    text = f"<b>Ditahan</b>: nomor {number} {_title(item)}\n{reasons}\nLepas: /lepas {number} · Batal: /batal {number}"
    key = f"held:{number}:{item.version}"
    if notices.add(tx, key, "held", text, now):
        for draft in drafts:
            notices.add(tx, f"{key}:{draft.target.name}", "draft", _draft(number, draft), now)


def held_later(tx: Connection, number: int, reason: str, now: datetime) -> None:
    """An item that was scheduled is held."""
    item = _item(tx, number)
    text = (
        f"<b>Ditahan</b>: nomor {number} {_title(item)}\n• {escape(reason)}\n"
        f"Lepas: /lepas {number} · Batal: /batal {number}"
    )
    notices.add(tx, f"late:{number}:{now.date()}", "held", text, now)


def refused(tx: Connection, file: str, faults: Sequence[Fault], now: datetime) -> None:
    """A queue file was refused."""
    first = faults[0]
    line = f" baris {first.line}" if first.line else ""
    more = f" (dan {len(faults) - 1} hal lain)" if len(faults) > 1 else ""
    text = (
        f"<b>Berkas ditolak</b>: {escape(file)}{line}: {escape(first.message)}{more}. "
        f"{escape(first.hint[:1].upper() + first.hint[1:])}"
    )
    notices.add(tx, f"refused:{file}:{now.date()}:{first.message}", "refused", text, now)


def failed(tx: Connection, number: int, delivery: int, destination: str, reason: str, now: datetime) -> None:
    """A delivery failed for good."""
    text = (
        f"<b>Gagal</b> di {escape(destination)}: nomor {number} {_title(_item(tx, number))}. {escape(reason)} "
        f"Setelah diperbaiki: /ulangi {number} {escape(destination)}"
    )
    notices.forget(tx, f"failed:{delivery}")
    notices.add(tx, f"failed:{delivery}", "failed", text, now)


def looked_into(tx: Connection, number: int, attempt: int, destination: str, now: datetime) -> None:
    """A doubt lasts: nobody may send by hand meanwhile."""
    text = (
        f"<b>Ragu</b> di {escape(destination)}: nomor {number} {_title(_item(tx, number))} mungkin sudah "
        "terbit, mungkin belum; masih diperiksa, jangan kirim manual."
    )
    notices.add(tx, f"looked-into:{attempt}", "doubt", text, now)


def doubt(tx: Connection, number: int, attempt: int, destination: str, post: str, now: datetime) -> None:
    """A person is needed: what to look for, and what to type."""
    place = escape(destination)
    text = (
        f"<b>Ragu, perlu Anda</b> di {place}: nomor {number} {_title(_item(tx, number))}. Cari di {place} kiriman yang "
        f"berbunyi {escape(wording.quote(_plain(post), 160))}.\n"
        f"Ada: /terbit {number} {place} NOMOR atau tautannya\nTidak ada: /belum {number} {place}"
    )
    notices.add(tx, f"doubt:{attempt}", "doubt", text, now)


def paused(tx: Connection, destinations: Sequence[str], reason: str, now: datetime) -> None:
    """Destinations refuse us; their deliveries are kept."""
    names = escape(wording.listing(destinations))
    first = escape(destinations[0])
    text = f"<b>Dijeda</b>: {names}. {escape(reason)} Kiriman tetap disimpan; lanjutkan: /lanjut {first}"
    notices.add(tx, f"paused:{destinations[0]}", "paused", text, now)


def rival(tx: Connection, now: datetime) -> None:
    """Another process polls with our token: an old server that was left running posts everything twice."""
    text = (
        "<b>Ada program lain yang memakai token bot ini</b>, mungkin server lama yang masih menyala: semua bisa terbit "
        "dua kali. Matikan yang lama, atau hentikan terbitan dulu: /jeda"
    )
    notices.add(tx, "rival", "rival", text, now)


def no_rival(tx: Connection, now: datetime) -> None:
    """Nobody else polls any more."""
    notices.forget(tx, "rival")


def over(tx: Connection, key: str) -> None:
    """A matter is over: should it come again, it is told again."""
    notices.forget(tx, key)


def _draft(number: int, draft: Draft) -> str:
    body = "\n\n".join(p if draft.target.style.markup else escape(p) for p in draft.parts)
    dropped = "; ".join(wording.quote(d.text, 80) for d in draft.composition.dropped[:8])
    left = f"\n\n<i>Tidak ikut: {escape(dropped)}</i>" if dropped else ""
    return f"<b>Draf nomor {number} untuk {escape(draft.target.name)}</b>\n\n{body}{left}"


def _item(tx: Connection, number: int) -> Item:
    item = items.by_number(tx, number)
    assert item is not None  # the caller has just written or read it
    return item


def _title(item: Item) -> str:
    return escape(wording.quote(item.release.title, 80))


def _plain(post: str) -> str:
    return " ".join(post.replace("<b>", " ").replace("</b>", " ").split())
