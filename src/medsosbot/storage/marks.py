"""Single facts that outlive the process."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from medsosbot.clock import in_utc
from medsosbot.storage.schema import marks

_GET = select(marks.c.value).where(marks.c.key == bindparam("b_key"))


def get(tx: Connection, key: str) -> str | None:
    """The value, or None."""
    value = tx.execute(_GET, {"b_key": key}).scalar()
    return None if value is None else str(value)


def put(tx: Connection, key: str, value: str | None) -> None:
    """Set it; None takes it away."""
    if value is None:
        tx.execute(delete(marks).where(marks.c.key == key))
    else:
        row = insert(marks).values(key=key, value=value)
        tx.execute(row.on_conflict_do_update(index_elements=[marks.c.key], set_={"value": value}))


def get_time(tx: Connection, key: str) -> datetime | None:
    """A time that `put_time` set, in UTC."""
    value = get(tx, key)
    return None if value is None else in_utc(datetime.fromisoformat(value))


def put_time(tx: Connection, key: str, at: datetime | None) -> None:
    """Set a time; None takes it away."""
    put(tx, key, None if at is None else in_utc(at).isoformat())
