"""Holds: why an item, or one delivery of it, waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from medsosbot.storage.schema import holds


@dataclass(frozen=True)
class StoredHold:
    """A hold that nobody has lifted. delivery None: it holds the whole item."""

    id: int
    item: int
    delivery: int | None
    kind: str
    reason: str


def add(tx: Connection, item: int, delivery: int | None, kind: str, reason: str, now: datetime) -> None:
    """Put a hold on record."""
    tx.execute(insert(holds).values(item=item, delivery=delivery, kind=kind, reason=reason, at=now))


def standing(tx: Connection, item: int) -> list[StoredHold]:
    """What holds this item and its deliveries now, the item's own first."""
    query = select(holds).where(holds.c.item == item, holds.c.lifted_at.is_(None))
    rows = tx.execute(query.order_by(holds.c.delivery.is_not(None), holds.c.id))
    return [StoredHold(r.id, r.item, r.delivery, r.kind, r.reason) for r in rows]


def lift_these(tx: Connection, ids: list[int], who: str, now: datetime) -> None:
    """End these holds alone."""
    tx.execute(update(holds).where(holds.c.id.in_(ids)).values(lifted_at=now, lifted_by=who))


def lift(tx: Connection, item: int, who: str, now: datetime, delivery: int | None = None) -> None:
    """End all holds of an item, or with `delivery` those of that one alone."""
    done = update(holds).where(holds.c.item == item, holds.c.lifted_at.is_(None))
    if delivery is not None:
        done = done.where(holds.c.delivery == delivery)
    tx.execute(done.values(lifted_at=now, lifted_by=who))
