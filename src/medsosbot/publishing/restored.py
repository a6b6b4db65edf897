"""Was an older copy of the database put back? The counter beside it tells; what may have gone out since is asked first.

Residual risk: a counter that was restored together with its database tells nothing.
"""

from __future__ import annotations

import hashlib
import logging
from html import escape

from sqlalchemy import Connection

from medsosbot import wording
from medsosbot.model import DeliveryState
from medsosbot.publishing.newsroom import Newsroom
from medsosbot.queue_folder.folder import ACCEPTED
from medsosbot.storage import attempts, deliveries, items, notices, pauses

log = logging.getLogger(__name__)
State = DeliveryState


def look(newsroom: Newsroom) -> bool:
    """At start, under the lock. True if an older database was found; its open deliveries are then marked."""
    now = newsroom.clock.now()
    counter = newsroom.store.counter.read()
    with newsroom.store.write() as tx:
        top = attempts.highest(tx)
        if counter is None and top == 0:
            newsroom.store.counter.write(0)  # from now on a missing counter means something, also after a crash
            return False
        if counter is not None and counter <= top:
            return False
        for target in newsroom.targets:
            pauses.set_ids_since(tx, target.name, attempts.highest_id(tx, target.address))
        waiting = [d for d in deliveries.in_state(tx, State.SCHEDULED) if d.due_at <= now]
        for d in (*waiting, *deliveries.in_state(tx, State.HELD), *deliveries.in_state(tx, State.FAILED)):
            deliveries.set_values(tx, d.id, check_first=True)
        unknown = _unknown_files(tx, newsroom)
        notices.add(tx, f"restored:{counter}:{top}", "restored", _text(unknown), now)
    if counter is None:
        newsroom.store.counter.write(top)
    log.error(
        "the database is older than the counter beside it (%s, counter %s): what may have gone out is asked first; "
        "files of accepted/ that it doesn't know: %s",
        top,
        counter,
        ", ".join(unknown) or "none",
    )
    return True


def _unknown_files(tx: Connection, newsroom: Newsroom) -> list[str]:
    """What was taken in after the copy was made: a person decides, for it may be public."""
    folder = newsroom.folder.path / ACCEPTED
    found = []
    for name in newsroom.folder.accepted():
        try:
            digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError:
            digest = ""
        if items.by_bytes(tx, digest) is None:
            found.append(name)
    return found


def _text(unknown: list[str]) -> str:
    said = (
        "<b>Basis data lama terpasang kembali</b>. Yang mungkin sudah terbit ditanyakan dulu ke platform, tidak "
        "dikirim ulang begitu saja."
    )
    if unknown:
        names = escape(wording.listing(unknown[:20]))
        said += f" Berkas di accepted/ yang tidak ada dalam catatan, mungkin sudah terbit, periksa sendiri: {names}."
    return said
