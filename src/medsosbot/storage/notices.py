"""Notices: the outbox of what the staff is told. One matter (`key`) is told once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, String, cast, func, select, update
from sqlalchemy.dialects.sqlite import insert

from medsosbot.storage.schema import notices

WAITING, SENDING, SENT, UNCERTAIN, DROPPED = "waiting", "sending", "sent", "uncertain", "dropped"


@dataclass(frozen=True)
class Notice:
    """A notice on record; text is HTML."""

    id: int
    key: str
    kind: str
    text: str
    at: datetime
    not_before: datetime | None


def add(tx: Connection, key: str, kind: str, text: str, now: datetime) -> bool:
    """Put a notice in the outbox; False if this matter was told already."""
    row = insert(notices).values(key=key, kind=kind, text=text, at=now, state=WAITING)
    return tx.execute(row.on_conflict_do_nothing(index_elements=[notices.c.key])).rowcount == 1


def waiting(tx: Connection, now: datetime, limit: int = 20) -> list[Notice]:
    """What is to be told, oldest first."""
    ready = notices.c.not_before.is_(None) | (notices.c.not_before <= now)
    query = select(notices).where(notices.c.state == WAITING, ready).order_by(notices.c.id).limit(limit)
    return [Notice(r.id, r.key, r.kind, r.text, r.at, r.not_before) for r in tx.execute(query)]


def set_state(tx: Connection, ids: list[int], state: str, **values: object) -> None:
    """Move notices on: sending before the call, sent or waiting after it."""
    tx.execute(update(notices).where(notices.c.id.in_(ids)).values(state=state, **values))


def forget(tx: Connection, key: str) -> None:
    """The matter is over: the next time it happens it is told again. The old row keeps its text under another key."""
    number = select(func.coalesce(func.max(notices.c.id), 0)).scalar_subquery()
    tx.execute(update(notices).where(notices.c.key == key).values(key=notices.c.key + " until " + cast(number, String)))


def sent_since(tx: Connection, since: datetime) -> tuple[datetime, ...]:
    """When notices went out, or may have, since then."""
    took = notices.c.state.in_((SENT, SENDING, UNCERTAIN))
    query = select(notices.c.sent_at).where(took, notices.c.sent_at > since).order_by(notices.c.sent_at)
    return tuple(r[0] for r in tx.execute(query))


def recover(tx: Connection) -> None:
    """What was being sent when the process ended may be out: it isn't told a second time."""
    tx.execute(update(notices).where(notices.c.state == SENDING).values(state=UNCERTAIN))
