"""Attempts: one row per call, written before it; and the askings about those whose end isn't known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, Row, bindparam, func, insert, select, update

from medsosbot.storage.columns import UtcTime
from medsosbot.storage.schema import askings, attempts, parts

LONGEST_CALL = timedelta(minutes=10)  # far above every client's time limit: how far before its end a call began
_AT = func.coalesce(attempts.c.ended_at, attempts.c.intent_at)
_TOOK = attempts.c.outcome.is_(None) | attempts.c.outcome.in_(("published", "cancelled"))

# Statements of the claim and its outcome are built once: building costs more than running them.
_BEGIN = insert(attempts).returning(attempts)
_END = (
    update(attempts)
    .where(attempts.c.id == bindparam("b_id"), attempts.c.outcome.is_(None))
    .values(ended_at=func.coalesce(attempts.c.ended_at, bindparam("b_now", type_=UtcTime())))
)
_OF_PART = select(attempts).where(attempts.c.part == bindparam("b_part")).order_by(attempts.c.n)
_LAST = select(_AT).where(attempts.c.address == bindparam("b_address"), _TOOK)
_LAST = _LAST.order_by(attempts.c.intent_at.desc()).limit(5)
_HIGHEST = select(func.max(attempts.c.id))
_HIGHEST_ID = select(func.max(attempts.c.top_id)).where(attempts.c.address == bindparam("b_address"))


@dataclass(frozen=True)
class Attempt:
    """An attempt on record. id is also its number in the counter. outcome None: not known (yet)."""

    id: int
    part: int
    n: int
    address: str
    intent_at: datetime
    deadline: datetime
    anchor: int | None
    ended_at: datetime | None
    duplicate: bool
    outcome: str | None
    person_asked_at: datetime | None


@dataclass(frozen=True)
class Askings:
    """What the platform was asked about one attempt so far. absents: answers "absent" at a decent distance."""

    first: datetime | None
    last: datetime | None
    absents: int


def begin(
    tx: Connection,
    part_id: int,
    *,
    number: int,
    address: str,
    owner: str,
    text_sha256: str,
    now: datetime,
    deadline: datetime,
) -> Attempt:
    """The intent. Its anchor: that of the first attempt that isn't proved unsent, else the highest known id.

    number: the next of the counter, which becomes the attempt's id.
    """
    earlier = of_part(tx, part_id)
    values: dict[str, Any] = {
        "id": number,
        "part": part_id,
        "n": 1 + max((a.n for a in earlier), default=0),
        "address": address,
        "owner": owner,
        "text_sha256": text_sha256,
    }
    values |= {"intent_at": now, "deadline": deadline, "anchor": _anchor(tx, earlier, address)}
    return _attempt(tx.execute(_BEGIN, values).one())


def end(tx: Connection, attempt_id: int, outcome: str, decided_by: str, now: datetime, **values: Any) -> bool:
    """Write the outcome, once: False if one is written already."""
    given = {"b_id": attempt_id, "b_now": now, "outcome": outcome, "decided_by": decided_by}
    return tx.execute(_END, given | values).rowcount == 1


def doubt(tx: Connection, attempt_id: int, now: datetime, **values: Any) -> None:
    """No outcome is known: from `now` the asking delay is counted."""
    tx.execute(
        update(attempts).where(attempts.c.id == attempt_id, attempts.c.outcome.is_(None)).values(ended_at=now, **values)
    )


def set_values(tx: Connection, attempt_id: int, **values: Any) -> None:
    """Change what isn't the outcome."""
    tx.execute(update(attempts).where(attempts.c.id == attempt_id).values(**values))


def of_part(tx: Connection, part_id: int) -> list[Attempt]:
    """A part's attempts, in order."""
    return [_attempt(r) for r in tx.execute(_OF_PART, {"b_part": part_id})]


def open_of_delivery(tx: Connection, delivery_id: int) -> Attempt | None:
    """The attempt of this delivery whose outcome isn't known."""
    query = select(attempts).join(parts, parts.c.id == attempts.c.part)
    found = tx.execute(query.where(parts.c.delivery == delivery_id, attempts.c.outcome.is_(None))).first()
    return None if found is None else _attempt(found)


def known_ids(tx: Connection, address: str, behind: int | None, but_part: int) -> frozenset[str]:
    """The ids behind an anchor that are other posts of ours."""
    query = select(parts.c.remote_ids).join(attempts, attempts.c.part == parts.c.id)
    query = query.where(attempts.c.address == address, attempts.c.part != but_part, attempts.c.top_id > (behind or 0))
    return frozenset(str(i) for (ids,) in tx.execute(query) for i in ids)


def recent(tx: Connection, address: str, since: datetime) -> tuple[datetime, ...]:
    """When posts reached this chat or account, or may have, since then: the calls' ends, for a call takes its time."""
    begun = attempts.c.intent_at > since - LONGEST_CALL
    query = select(_AT).where(attempts.c.address == address, begun, _TOOK, since < _AT)
    return tuple(r[0] for r in tx.execute(query.order_by(_AT)))


def last(tx: Connection, address: str) -> datetime | None:
    """When the last post reached this chat or account, or may have."""
    return max((r[0] for r in tx.execute(_LAST, {"b_address": address})), default=None)


def highest(tx: Connection) -> int:
    """The number of the last attempt; 0 where there is none."""
    return tx.execute(_HIGHEST).scalar() or 0


def highest_id(tx: Connection, address: str) -> int | None:
    """The highest remote id that was seen at this chat or account."""
    found: int | None = tx.execute(_HIGHEST_ID, {"b_address": address}).scalar()
    return found


def ask(tx: Connection, attempt_id: int, at: datetime, verdict: str, detail: str | None = None) -> None:
    """Put one asking on record. verdict: present | absent | none | cannot_tell."""
    tx.execute(insert(askings).values(attempt=attempt_id, at=at, verdict=verdict, detail=detail))


def askings_of(tx: Connection, attempt_id: int) -> Askings:
    """What was asked so far."""
    query = select(
        func.min(askings.c.at), func.max(askings.c.at), func.sum((askings.c.verdict == "absent").cast(Integer))
    )
    first, last, absents = tx.execute(query.where(askings.c.attempt == attempt_id)).one()
    return Askings(first, last, absents or 0)


def _anchor(tx: Connection, earlier: list[Attempt], address: str) -> int | None:
    unproved = [a for a in earlier if a.address == address and a.outcome in (None, "published", "absent")]
    return unproved[0].anchor if unproved else highest_id(tx, address)


def _attempt(row: Row[Any]) -> Attempt:
    return Attempt(
        id=row.id,
        part=row.part,
        n=row.n,
        address=row.address,
        intent_at=row.intent_at,
        deadline=row.deadline,
        anchor=row.anchor,
        ended_at=row.ended_at,
        duplicate=row.duplicate,
        outcome=row.outcome,
        person_asked_at=row.person_asked_at,
    )
