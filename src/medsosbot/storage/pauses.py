"""Pauses: nothing goes out at a destination, or anywhere; and what a platform asked of a whole destination."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from medsosbot.storage.schema import destinations, pauses

PERSON, REFUSED = "person", "refused"
_STANDING = select(pauses).where(pauses.c.lifted_at.is_(None)).order_by(pauses.c.destination.is_not(None), pauses.c.id)
_NOT_BEFORE = select(destinations.c.not_before).where(destinations.c.name == bindparam("b_name"))


@dataclass(frozen=True)
class Pause:
    """A pause that stands. destination None: everywhere. kind: person | refused. probe: a reading call can end it."""

    id: int
    destination: str | None
    kind: str
    reason: str
    probe: bool
    at: datetime
    by: str


def standing(tx: Connection) -> list[Pause]:
    """All pauses now, the general ones first."""
    return [Pause(r.id, r.destination, r.kind, r.reason, r.probe, r.at, r.by) for r in tx.execute(_STANDING)]


def over(tx: Connection, destination: str) -> list[Pause]:
    """The pauses that stop this destination."""
    return [p for p in standing(tx) if p.destination in (None, destination)]


def add(
    tx: Connection, destination: str | None, kind: str, reason: str, by: str, now: datetime, *, probe: bool = True
) -> bool:
    """Begin a pause; False if one of this kind and place stands already (its reason is renewed)."""
    for pause in standing(tx):
        if (pause.destination, pause.kind) == (destination, kind):
            tx.execute(update(pauses).where(pauses.c.id == pause.id).values(reason=reason, probe=probe))
            return False
    values = {"destination": destination, "kind": kind, "reason": reason, "by": by, "at": now, "probe": probe}
    tx.execute(insert(pauses).values(**values))
    return True


def lift(tx: Connection, ids: list[int], who: str, now: datetime) -> None:
    """End these pauses."""
    tx.execute(update(pauses).where(pauses.c.id.in_(ids)).values(lifted_at=now, lifted_by=who))


def not_before(tx: Connection, destination: str) -> datetime | None:
    """Until when the platform wants no post of this destination."""
    found: datetime | None = tx.execute(_NOT_BEFORE, {"b_name": destination}).scalar()
    return found


def set_not_before(tx: Connection, destination: str, at: datetime | None) -> None:
    """What the platform asked of the whole destination."""
    row = upsert(destinations).values(name=destination, not_before=at)
    tx.execute(row.on_conflict_do_update(index_elements=[destinations.c.name], set_={"not_before": at}))


def ids_since(tx: Connection, destination: str) -> int | None:
    """The highest id known here when an older database was put back: from there on the platform is asked."""
    query = select(destinations.c.ids_since).where(destinations.c.name == destination)
    found: int | None = tx.execute(query).scalar()
    return found


def set_ids_since(tx: Connection, destination: str, remote_id: int | None) -> None:
    """Where the lookups of a restored database begin."""
    row = upsert(destinations).values(name=destination, ids_since=remote_id)
    tx.execute(row.on_conflict_do_update(index_elements=[destinations.c.name], set_={"ids_since": remote_id}))
