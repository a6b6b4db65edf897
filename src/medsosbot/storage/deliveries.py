"""Deliveries and their parts: one item at one destination, and its messages."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, case, exists, func, insert, select, update

from medsosbot.model import DeliveryState, PartState, Urgency
from medsosbot.storage.schema import deliveries, items, parts

State = DeliveryState


@dataclass(frozen=True)
class NewDelivery:
    """What intake hands over for one destination. parts: the texts as they go over the wire."""

    destination: str
    platform: str
    state: DeliveryState
    due_at: datetime
    slot: datetime | None
    late_from: datetime
    parts: tuple[str, ...]
    markup: str | None


@dataclass(frozen=True)
class Delivery:
    """A delivery on record."""

    id: int
    item: int
    destination: str
    platform: str
    state: DeliveryState
    due_at: datetime
    slot: datetime | None
    late_from: datetime
    not_before: datetime | None
    uncertain_since: datetime | None
    published_at: datetime | None
    url: str | None
    error: str | None
    check_first: bool


@dataclass(frozen=True)
class StoredPart:
    """A part on record."""

    id: int
    delivery: int
    seq: int
    text: str
    markup: str | None
    sha256: str
    state: PartState
    remote_ids: tuple[str, ...]
    url: str | None
    resends: int


@dataclass(frozen=True)
class Waiting:
    """One scheduled delivery in line, with what decides its turn. tries: attempts that were proved not sent."""

    id: int
    item: int
    item_id: str
    due_at: datetime
    publish_at: datetime | None
    expires_at: datetime | None
    late_from: datetime
    not_before: datetime | None
    urgency: Urgency
    news_date: date
    started: bool
    check_first: bool


_LINE = (
    deliveries.c.id,
    deliveries.c.item,
    items.c.id.label("item_id"),
    deliveries.c.due_at,
    items.c.publish_at,
    items.c.expires_at,
    deliveries.c.late_from,
    deliveries.c.not_before,
    items.c.urgency,
    items.c.news_date,
    deliveries.c.check_first,
)


# Statements of the claim and its outcome are built once: building costs more than running them.
_GET = select(deliveries).where(deliveries.c.id == bindparam("b_id"))
_PARTS_OF = select(parts).where(parts.c.delivery == bindparam("b_delivery")).order_by(parts.c.seq)
_SET = update(deliveries).where(deliveries.c.id == bindparam("b_id"))
_MOVE = _SET.where(deliveries.c.state.in_(bindparam("b_origin", expanding=True))).values(
    version=deliveries.c.version + 1
)
_SET_PART = update(parts).where(parts.c.id == bindparam("b_id"))
_BUSY = select(deliveries.c.state, deliveries.c.uncertain_since).where(
    deliveries.c.destination == bindparam("b_destination"),
    deliveries.c.platform == bindparam("b_platform"),
    deliveries.c.state.in_((State.PUBLISHING, State.UNCERTAIN)),
)
_IN_STATE = select(deliveries).where(deliveries.c.state == bindparam("b_state")).order_by(deliveries.c.id)
_IN_STATE_AT = _IN_STATE.where(deliveries.c.destination == bindparam("b_destination"))
_STARTED = exists().where(parts.c.delivery == deliveries.c.id, parts.c.state == PartState.PUBLISHED)
_WAITING = (
    select(*_LINE, _STARTED.label("started"))
    .join(items, items.c.number == deliveries.c.item)
    .where(
        deliveries.c.destination == bindparam("b_destination"),
        deliveries.c.platform == bindparam("b_platform"),
        deliveries.c.state == State.SCHEDULED,
        deliveries.c.due_at <= bindparam("b_now"),
    )
    # What keeps the head of the line must be among the rows that are looked at.
    .order_by(
        _STARTED.desc(),
        deliveries.c.not_before.is_(None),
        case((items.c.urgency == Urgency.URGENT, 0), else_=1),
        items.c.news_date,
        items.c.id,
    )
    .limit(bindparam("b_limit"))
)


def sha256(text: str) -> str:
    """The fingerprint of a part's text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def of_item(tx: Connection, number: int) -> list[Delivery]:
    """All deliveries of an item, in the order in which they were made."""
    query = select(deliveries).where(deliveries.c.item == number).order_by(deliveries.c.id)
    return [_delivery(r) for r in tx.execute(query)]


def get(tx: Connection, delivery_id: int) -> Delivery:
    """One delivery."""
    return _delivery(tx.execute(_GET, {"b_id": delivery_id}).one())


def parts_of(tx: Connection, delivery_id: int) -> list[StoredPart]:
    """A delivery's parts, in order."""
    return [_part(r) for r in tx.execute(_PARTS_OF, {"b_delivery": delivery_id})]


def add(tx: Connection, number: int, new: NewDelivery) -> int:
    """Put a delivery and its parts on record; its id."""
    values = {"item": number, "destination": new.destination, "platform": new.platform, "late_from": new.late_from}
    values |= {"state": new.state, "due_at": new.due_at, "slot": new.slot}
    delivery_id: int = tx.execute(insert(deliveries).values(**values).returning(deliveries.c.id)).scalar_one()
    for seq, text in enumerate(new.parts, 1):
        _add_part(tx, delivery_id, seq, text, new.markup)
    return delivery_id


def renew(tx: Connection, delivery_id: int, new: NewDelivery) -> None:
    """A new version of a delivery of which nothing went out: its state, its time and its texts anew."""
    tx.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id)
        .values(
            state=new.state,
            due_at=new.due_at,
            slot=new.slot,
            late_from=new.late_from,
            not_before=None,
            error=None,
            version=deliveries.c.version + 1,
        )
    )
    known = {p.seq: p for p in parts_of(tx, delivery_id)}
    for seq, text in enumerate(new.parts, 1):
        if seq in known:
            fresh = {"text": text, "markup": new.markup, "sha256": sha256(text), "state": PartState.WAITING}
            tx.execute(update(parts).where(parts.c.id == known[seq].id).values(**fresh))
        else:
            _add_part(tx, delivery_id, seq, text, new.markup)
    for seq in sorted(known.keys() - range(1, len(new.parts) + 1)):
        tx.execute(update(parts).where(parts.c.id == known[seq].id).values(state=PartState.FAILED))


def move(tx: Connection, delivery_id: int, origin: Collection[State], to: State, **values: Any) -> bool:
    """Compare and set: False if the delivery isn't in one of `origin` any more; nothing is changed then."""
    done = tx.execute(_MOVE, {"b_id": delivery_id, "b_origin": tuple(origin), "state": to} | values)
    return done.rowcount == 1


def set_values(tx: Connection, delivery_id: int, **values: Any) -> None:
    """Change what isn't the state."""
    tx.execute(_SET, {"b_id": delivery_id} | values)


def set_part(tx: Connection, part_id: int, state: PartState, **values: Any) -> None:
    """A part's new state, with what the platform answered."""
    tx.execute(_SET_PART, {"b_id": part_id, "state": state} | values)


def waiting(tx: Connection, destination: str, platform: str, now: datetime, limit: int) -> list[Waiting]:
    """The scheduled deliveries of one destination whose time has come, in the order of CONTRACT's line."""
    given = {"b_destination": destination, "b_platform": platform, "b_now": now, "b_limit": limit}
    return [Waiting(**dict(r._mapping) | {"urgency": Urgency(r.urgency)}) for r in tx.execute(_WAITING, given)]


def count_due(tx: Connection, now: datetime) -> dict[tuple[str, str], int]:
    """How many deliveries are due, by (destination, platform)."""
    due = and_(deliveries.c.state == State.SCHEDULED, deliveries.c.due_at <= now)
    query = select(deliveries.c.destination, deliveries.c.platform, func.count()).where(due)
    return {(r[0], r[1]): r[2] for r in tx.execute(query.group_by(deliveries.c.destination, deliveries.c.platform))}


def busy(tx: Connection, destination: str, platform: str) -> list[tuple[DeliveryState, datetime | None]]:
    """What is with the platform or in doubt at one destination: the states, and since when each doubt lasts."""
    return [(State(r[0]), r[1]) for r in tx.execute(_BUSY, {"b_destination": destination, "b_platform": platform})]


def in_state(tx: Connection, state: State, destination: str | None = None) -> list[Delivery]:
    """All deliveries in a state, oldest first."""
    query = _IN_STATE if destination is None else _IN_STATE_AT
    given = {"b_state": state} if destination is None else {"b_state": state, "b_destination": destination}
    return [_delivery(r) for r in tx.execute(query, given)]


def pass_over(tx: Connection, destination: str, platform: str, now: datetime, after: datetime) -> None:
    """All that is due here waited for gap or pace alone: lateness counts from now. after: what was late already isn't
    rescued."""
    tx.execute(
        update(deliveries)
        .where(
            deliveries.c.destination == destination,
            deliveries.c.platform == platform,
            deliveries.c.state == State.SCHEDULED,
            deliveries.c.due_at <= now,
            deliveries.c.late_from >= after,
        )
        .values(late_from=now)
    )


def past_expiry(tx: Connection, now: datetime) -> list[Delivery]:
    """What waits, for its time or for a person, though its item's `expires_at` is reached."""
    query = select(deliveries).join(items, items.c.number == deliveries.c.item)
    waits = deliveries.c.state.in_((State.SCHEDULED, State.HELD))
    return [_delivery(r) for r in tx.execute(query.where(waits, items.c.expires_at <= now))]


def slots_taken(tx: Connection, destination: str, since: datetime, but_item: int) -> set[datetime]:
    """The slots from `since` on that an open or published delivery of another item has at this destination."""
    gone = (State.CANCELLED, State.EXPIRED, State.HELD)
    query = select(deliveries.c.slot).where(
        deliveries.c.destination == destination, deliveries.c.slot >= since, deliveries.c.state.not_in(gone)
    )
    query = query.where(deliveries.c.item != but_item)
    return {r[0] for r in tx.execute(query)}


def twins(tx: Connection, destination: str, text: str, but_item: int, since: datetime) -> list[tuple[int, str]]:
    """Items open at this destination, or published there since, with exactly this text: (number, title)."""
    over = (State.CANCELLED, State.EXPIRED, State.FAILED, State.PUBLISHED)
    recent = and_(deliveries.c.state == State.PUBLISHED, deliveries.c.published_at >= since)
    query = (
        select(items.c.number, items.c.title)
        .join(deliveries, deliveries.c.item == items.c.number)
        .join(parts, parts.c.delivery == deliveries.c.id)
        .where(parts.c.sha256 == sha256(text), deliveries.c.destination == destination)
        .where(items.c.number != but_item, deliveries.c.state.not_in(over) | recent)
        .order_by(items.c.number)
    )
    return [(r[0], r[1]) for r in tx.execute(query)]


def _add_part(tx: Connection, delivery_id: int, seq: int, text: str, markup: str | None) -> None:
    values = {"delivery": delivery_id, "seq": seq, "text": text, "markup": markup, "sha256": sha256(text)}
    tx.execute(insert(parts).values(state=PartState.WAITING, remote_ids=[], **values))


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        item=row.item,
        destination=row.destination,
        platform=row.platform,
        state=State(row.state),
        due_at=row.due_at,
        slot=row.slot,
        late_from=row.late_from,
        not_before=row.not_before,
        uncertain_since=row.uncertain_since,
        published_at=row.published_at,
        url=row.url,
        error=row.error,
        check_first=row.check_first,
    )


def _part(row: Row[Any]) -> StoredPart:
    return StoredPart(
        id=row.id,
        delivery=row.delivery,
        seq=row.seq,
        text=row.text,
        markup=row.markup,
        sha256=row.sha256,
        state=PartState(row.state),
        remote_ids=tuple(row.remote_ids),
        url=row.url,
        resends=row.resends,
    )
