"""What every face shows: the same read-only look at the record for status, /terkini, STATUS.txt and the bot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, func, select

from medsosbot.model import ITEM_STATE_ORDER, DeliveryState
from medsosbot.storage.schema import attempts, deliveries, holds, items, parts

OVER = (DeliveryState.PUBLISHED, DeliveryState.CANCELLED, DeliveryState.EXPIRED)


@dataclass(frozen=True)
class DeliveryView:
    """One delivery for people. text: the parts as they go over the wire. due_at is the earliest moment."""

    id: int
    destination: str
    platform: str
    state: DeliveryState
    due_at: datetime
    not_before: datetime | None
    published_at: datetime | None
    uncertain_since: datetime | None
    attempts: int
    remote_ids: tuple[str, ...]
    url: str | None
    error: str | None
    texts: tuple[str, ...]
    markup: str | None


@dataclass(frozen=True)
class ItemView:
    """One item with all that people ask of it."""

    number: int
    id: str
    title: str
    url: str | None
    news_date: date
    file: str
    state: DeliveryState
    held_because: tuple[str, ...]
    withdrawn: bool
    publish_at: datetime | None
    line: str
    deliveries: tuple[DeliveryView, ...]


@dataclass(frozen=True)
class Latest:
    """One entry of /terkini: its line (HTML without the link) and where it leads."""

    id: str
    title: str
    date: date
    url: str | None
    line: str


def state_of(states: Collection[DeliveryState]) -> DeliveryState:
    """An item's state: the first of CONTRACT's order that any of its deliveries has."""
    return next((s for s in ITEM_STATE_ORDER if s in states), DeliveryState.CANCELLED)


def every(tx: Connection) -> list[ItemView]:
    """Every item, newest first."""
    return _views(tx, select(items))


def recent(tx: Connection, last: int = 20) -> list[ItemView]:
    """What is open, and the last items, newest first."""
    newest = select(items.c.number).order_by(items.c.number.desc()).limit(last)
    return _views(tx, select(items).where(_open() | items.c.number.in_(newest)))


def open_ones(tx: Connection) -> list[ItemView]:
    """What is open, newest first."""
    return _views(tx, select(items).where(_open()))


def one(tx: Connection, number: int) -> ItemView | None:
    """One item."""
    return next(iter(_views(tx, select(items).where(items.c.number == number))), None)


def latest(tx: Connection, limit: int, platforms: Collection[str], order: Sequence[str]) -> list[Latest]:
    """The newest published items: by the news' date, then the later first publication, then the later intake.

    platforms: whose publications count. order: destinations, whose first public link serves an item without one.
    """
    shown = exists().where(
        deliveries.c.item == items.c.number,
        deliveries.c.state == DeliveryState.PUBLISHED,
        deliveries.c.platform.in_(platforms),
    )
    query = select(items).where(shown, items.c.withdrawn_at.is_(None))
    query = query.order_by(items.c.news_date.desc(), items.c.first_published_at.desc(), items.c.number.desc())
    rows = tx.execute(query.limit(limit)).all()
    links = _links(tx, [r.number for r in rows if r.url is None], order)
    return [Latest(r.id, r.title, r.news_date, r.url or links.get(r.number), r.line) for r in rows]


def _open() -> Any:
    return exists().where(deliveries.c.item == items.c.number, deliveries.c.state.not_in(OVER))


def _links(tx: Connection, numbers: list[int], order: Sequence[str]) -> dict[int, str]:
    query = select(deliveries.c.item, deliveries.c.destination, deliveries.c.url).where(
        deliveries.c.item.in_(numbers), deliveries.c.url.is_not(None)
    )
    place = {name: n for n, name in enumerate(order)}
    rows = sorted(tx.execute(query), key=lambda r: place.get(r.destination, len(place)), reverse=True)
    return {r.item: r.url for r in rows}


def _views(tx: Connection, query: Select[Any]) -> list[ItemView]:
    rows = tx.execute(query.order_by(items.c.number.desc())).all()
    views: list[ItemView] = []
    for start in range(0, len(rows), 500):  # SQLite takes a limited number of values in one IN
        views += _page(tx, rows[start : start + 500])
    return views


def _page(tx: Connection, rows: Sequence[Row[Any]]) -> list[ItemView]:
    numbers = [r.number for r in rows]
    reasons: dict[int, list[str]] = defaultdict(list)
    held = select(holds).where(holds.c.item.in_(numbers), holds.c.lifted_at.is_(None))
    for r in tx.execute(held.order_by(holds.c.delivery.is_not(None), holds.c.id)):
        reasons[r.item].append(r.reason)
    of_item: dict[int, list[DeliveryView]] = defaultdict(list)
    for number, view in _deliveries(tx, numbers):
        of_item[number].append(view)
    return [_item(r, reasons[r.number], of_item[r.number]) for r in rows]


def _item(row: Row[Any], reasons: list[str], views: list[DeliveryView]) -> ItemView:
    state = state_of({v.state for v in views})
    return ItemView(
        number=row.number,
        id=row.id,
        title=row.title,
        url=row.url,
        news_date=row.news_date,
        file=row.file,
        state=state,
        held_because=tuple(dict.fromkeys(reasons)) if state is DeliveryState.HELD else (),
        withdrawn=row.withdrawn_at is not None,
        publish_at=row.publish_at,
        line=row.line,
        deliveries=tuple(views),
    )


def _deliveries(tx: Connection, numbers: list[int]) -> list[tuple[int, DeliveryView]]:
    calls = (
        select(parts.c.delivery, func.count())
        .join(attempts, attempts.c.part == parts.c.id)
        .join(deliveries, deliveries.c.id == parts.c.delivery)
        .where(deliveries.c.item.in_(numbers))
        .group_by(parts.c.delivery)
    )
    tries: dict[int, int] = {r[0]: r[1] for r in tx.execute(calls)}
    of_delivery: dict[int, list[Row[Any]]] = defaultdict(list)
    query = select(parts).join(deliveries, deliveries.c.id == parts.c.delivery).where(deliveries.c.item.in_(numbers))
    for r in tx.execute(query.order_by(parts.c.delivery, parts.c.seq)):
        of_delivery[r.delivery].append(r)
    rows = tx.execute(select(deliveries).where(deliveries.c.item.in_(numbers)).order_by(deliveries.c.id))
    return [(r.item, _delivery(r, tries.get(r.id, 0), of_delivery[r.id])) for r in rows]


def _delivery(row: Row[Any], tries: int, of_delivery: list[Row[Any]]) -> DeliveryView:
    return DeliveryView(
        id=row.id,
        destination=row.destination,
        platform=row.platform,
        state=DeliveryState(row.state),
        due_at=row.due_at,
        not_before=row.not_before,
        published_at=row.published_at,
        uncertain_since=row.uncertain_since,
        attempts=tries,
        remote_ids=tuple(i for p in of_delivery for i in p.remote_ids),
        url=row.url,
        error=row.error,
        texts=tuple(p.text for p in of_delivery),
        markup=of_delivery[0].markup if of_delivery else None,
    )
