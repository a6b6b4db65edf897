"""What is kept for the record alone: people's decisions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from medsosbot.storage.schema import decisions


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


def cancelled(tx: Connection, item: int) -> frozenset[str]:
    """The destinations of an item that a person ended one by one."""
    query = select(decisions.c.destination).where(
        decisions.c.item == item, decisions.c.what == "cancel", decisions.c.destination.is_not(None)
    )
    return frozenset(r[0] for r in tx.execute(query))
