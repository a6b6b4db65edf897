"""What a file means whose ID, bytes or text are known already: CONTRACT's table, as one pure decision per file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import Connection

from medsosbot import wording
from medsosbot.errors import Fault, QueueItemError
from medsosbot.model import ENDED, DeliveryState
from medsosbot.queue_folder import reasons
from medsosbot.queue_folder.item import QueueItem
from medsosbot.storage import deliveries, items
from medsosbot.storage.deliveries import Delivery
from medsosbot.storage.items import Item

SAME_TEXT_DAYS = 30
OUT = frozenset({DeliveryState.PUBLISHED, DeliveryState.UNCERTAIN, DeliveryState.PUBLISHING})


@dataclass(frozen=True)
class Meaning:
    """What to do with the file. known: move it quietly. renews: the item of which it is a new version.

    id: the ID that it gets; another than the file's own where that name has gone out with another title.
    """

    id: str
    known: bool = False
    renews: Item | None = None


def meaning(tx: Connection, item: QueueItem, now: datetime) -> Meaning:
    """Raises QueueItemError (Indonesian) where a person must say what is meant."""
    item_id = item.id
    for n in range(2, 1000):
        known = items.by_id(tx, item_id)
        if known is None or _over(standing := deliveries.of_item(tx, known.number)):
            _refuse_same_text(tx, item, item_id, now)
            return Meaning(item_id)
        if known.sha256 == item.sha256:
            return Meaning(item_id, known=True)
        out = gone_out(tx, standing)
        if item.explicit_id or known.release.title == item.release.title:
            if out:
                raise QueueItemError(_already_out(tx, item, known, out))
            _refuse_same_text(tx, item, item_id, now)
            return Meaning(item_id, renews=known)
        if not out:
            raise QueueItemError(_two_ways(item, known))
        item_id = f"{item.id[:76]}-{n}"
    raise QueueItemError(Fault("nama berkas ini sudah terlalu sering dipakai", "Pakai nama lain.", file=item.file))


def gone_out(tx: Connection, standing: Collection[Delivery]) -> list[str]:
    """The destinations at which something of an item is out, or may be."""
    return [
        d.destination
        for d in standing
        if d.state in OUT or any(p.state == "published" for p in deliveries.parts_of(tx, d.id))
    ]


def two_titles(item: QueueItem) -> Fault:
    """Two files of one pass have one ID and two titles: both are refused."""
    return Fault(
        f"dua berkas memakai ID yang sama, {wording.quote(item.id)}, dengan judul yang berbeda",
        "Beri salah satunya nama berkas lain, lalu taruh keduanya lagi di folder antrean.",
        file=item.file,
        key=reasons.NAME,
    )


def _over(standing: Collection[Delivery]) -> bool:
    return all(d.state in ENDED for d in standing)


def _refuse_same_text(tx: Connection, item: QueueItem, item_id: str, now: datetime) -> None:
    since = now - timedelta(days=SAME_TEXT_DAYS)
    twin = items.of_same_text(tx, item.release.title, item.release.body, since)
    if twin is not None and twin.id != item_id and _meet(tx, item, twin):
        raise QueueItemError(
            Fault(
                f"judul dan isinya sama persis dengan rilis nomor {twin.number} ({twin.id}), yang masuk "
                f"{wording.plain_day(twin.accepted_at.date())}",
                f"Bila memang rilis lain, ubah judul atau isinya; bila nomor {twin.number} tidak jadi, batalkan dulu.",
                file=item.file,
                key=reasons.OUT,
            )
        )


def _meet(tx: Connection, item: QueueItem, twin: Item) -> bool:
    """Do both go to one destination? A release that is sent on, as `_already_out` advises, is no twin: to another
    destination, or to one where it is stuck (held, failed) while it is out elsewhere.
    """
    standing = deliveries.of_item(tx, twin.number)
    stuck = ENDED | {DeliveryState.HELD, DeliveryState.FAILED} if gone_out(tx, standing) else ENDED
    there = {d.destination for d in standing if d.state not in stuck}
    return item.destinations is None or not there.isdisjoint(item.destinations)


def _already_out(tx: Connection, item: QueueItem, known: Item, out: Collection[str]) -> Fault:
    free = next(i for n in count(2) if items.by_id(tx, i := f"{known.id[:76]}-{n}") is None)
    missing = f"id: {free}"
    return Fault(
        f"sudah terbit di {wording.listing(out)} (nomor {known.number}, {wording.quote(known.release.title, 60)}); "
        "yang sudah terbit tidak dikirim ulang",
        "Untuk ralat, pakai judul dan nama berkas yang baru. Untuk mengirimnya ke tujuan lain, tambahkan di kepala "
        f"berkas baris «{missing}» dan «destinations: [nama-tujuan]»; yang masih tertahan atau gagal di sana batalkan: "
        f"/batal {known.number} NAMA-TUJUAN.",
        file=item.file,
        key=reasons.OUT,
    )


def _two_ways(item: QueueItem, known: Item) -> Fault:
    return Fault(
        f"nama {wording.quote(known.id)} masih dipakai rilis nomor {known.number} "
        f"{wording.quote(known.release.title, 60)} yang belum terbit, sedangkan judul berkas ini lain",
        f"Bila ini perbaikannya, tambahkan di kepala berkas baris «id: {known.id}»; bila ini rilis lain, "
        f"ganti nama berkasnya, misalnya {item.id}-baru.md.",
        file=item.file,
        key=reasons.NAME,
    )
