"""What is kept for the record alone: refused files and people's decisions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from medsosbot.storage.schema import decisions, refusals


def refuse(tx: Connection, file: str, reason: str, now: datetime) -> None:
    """A file was refused; an older refusal of the same name is over."""
    clear(tx, file, now)
    tx.execute(insert(refusals).values(file=file, reason=reason, at=now))


def clear(tx: Connection, file: str, now: datetime) -> None:
    """A file of this name was accepted."""
    open_ones = update(refusals).where(refusals.c.file == file, refusals.c.cleared_at.is_(None))
    tx.execute(open_ones.values(cleared_at=now))


def refused_since(tx: Connection, since: datetime) -> list[tuple[str, str]]:
    """(file, reason) of what was refused since and isn't cleared, oldest first."""
    query = select(refusals.c.file, refusals.c.reason).where(refusals.c.cleared_at.is_(None), refusals.c.at >= since)
    return [(r[0], r[1]) for r in tx.execute(query.order_by(refusals.c.id))]


def decide(
    tx: Connection,
    who: str,
    what: str,
    now: datetime,
    *,
    item: int | None = None,
    destination: str | None = None,
    detail: str | None = None,
) -> None:
    """Put a person's decision on record."""
    values = {"who": who, "what": what, "at": now, "item": item, "destination": destination, "detail": detail}
    tx.execute(insert(decisions).values(**values))
