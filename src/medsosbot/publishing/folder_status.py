"""STATUS.txt: what the record and the folder together say, put into the folder whenever it changed."""

from __future__ import annotations

import logging
from datetime import timedelta

from medsosbot import wording
from medsosbot.errors import StorageError
from medsosbot.model import DeliveryState
from medsosbot.publishing.newsroom import Newsroom
from medsosbot.queue_folder.status_text import (
    FolderStatus,
    ForeignFile,
    HeldItem,
    RefusedFile,
    TroubledItem,
    WaitingItem,
    render,
)
from medsosbot.storage import holds, pauses, views
from medsosbot.storage.views import DeliveryView, ItemView

log = logging.getLogger(__name__)
State = DeliveryState
REFUSED_STAYS = timedelta(days=7)


def write(newsroom: Newsroom) -> None:
    """Bring STATUS.txt up to date. A folder that can't be written is told in the log; it stops nothing."""
    try:
        newsroom.folder.write_status(render(gather(newsroom), newsroom.timetable.zone))
    except StorageError as e:
        log.warning("STATUS.txt can't be written: %s", e)


def gather(newsroom: Newsroom) -> FolderStatus:
    """All that STATUS.txt tells."""
    now = newsroom.clock.now()
    with newsroom.store.read() as tx:
        found = views.open_ones(tx)
        stops = pauses.standing(tx)
        held = {
            i.number: holds.standing(tx, i.number) for i in found if any(d.state is State.HELD for d in i.deliveries)
        }
    refused = newsroom.folder.refused(now - REFUSED_STAYS)
    return FolderStatus(
        waiting=[w for i in found if (w := _waiting(newsroom, i))],
        held=[_held(i, held[i.number]) for i in found if i.number in held],
        troubled=[t for i in found if (t := _troubled(i))],
        refused=[RefusedFile(r.name, r.file, r.why) for r in refused],
        foreign=[ForeignFile(f.name, f.why) for f in newsroom.folder.foreign()],
        unread=[f.name for f in newsroom.folder.look()],
        notes=[f"{'Semua tujuan' if p.destination is None else p.destination} dijeda: {p.reason}" for p in stops],
    )


def _waiting(newsroom: Newsroom, item: ItemView) -> WaitingItem | None:
    now = newsroom.clock.now()
    due = [
        (d.destination, d.due_at if d.due_at > now else None)
        for d in item.deliveries
        if d.state in (State.SCHEDULED, State.PUBLISHING)
    ]
    return WaitingItem(item.number, item.title, tuple(due)) if due else None


def _held(item: ItemView, standing: list[holds.StoredHold]) -> HeldItem:
    whole = any(h.delivery is None for h in standing)
    only = () if whole else tuple(d.destination for d in item.deliveries if d.state is State.HELD)
    return HeldItem(item.number, item.title, item.file, tuple(dict.fromkeys(h.reason for h in standing)), only)


def _troubled(item: ItemView) -> TroubledItem | None:
    said = [t for d in item.deliveries if (t := _trouble(item, d))]
    return TroubledItem(item.number, item.title, tuple(said)) if said else None


def _trouble(item: ItemView, delivery: DeliveryView) -> str | None:
    if delivery.state is State.FAILED:
        return f"{delivery.destination}: gagal. {delivery.error or ''} Coba lagi: medsosbot retry {item.number}".strip()
    if delivery.state is State.UNCERTAIN:
        word = wording.state_word(delivery.state)
        return (
            f"{delivery.destination}: {word}, mungkin sudah terbit; sedang diperiksa, jangan kirim manual. Bila tampak "
            f"di sana: medsosbot settle {item.number} {delivery.destination} --posted TAUTAN"
        )
    return None
