"""Rows for tests: an item with its deliveries, put on record the way intake does it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection

from medsosbot.model import DeliveryState, PartState, Release, Urgency
from medsosbot.storage import attempts, deliveries, items
from medsosbot.storage.attempts import Attempt
from medsosbot.storage.deliveries import NewDelivery
from medsosbot.storage.items import NewItem

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def new_item(
    name: str = "rapat",
    *,
    title: str = "Rapat Pleno",
    body: str | None = None,
    news_date: date = date(2026, 11, 20),
    urgency: Urgency = Urgency.NORMAL,
) -> NewItem:
    return NewItem(
        id=name,
        explicit_id=False,
        file=f"{name}.md",
        sha256=f"bytes of {name}",
        release=Release(title=title, body=body or f"Isi {name}.", hashtags=("Pleno",), texts={"x": "Singkat."}),
        news_date=news_date,
        publish_at=None,
        expires_at=None,
        urgency=urgency,
        line=f"<b>{title}</b>",
    )


def new_delivery(
    destination: str = "kanal",
    *,
    state: DeliveryState = DeliveryState.SCHEDULED,
    due_at: datetime = NOW,
    slot: datetime | None = None,
    parts: tuple[str, ...] = ("Teks.",),
    platform: str = "mock",
) -> NewDelivery:
    return NewDelivery(destination, platform, state, due_at, slot, due_at, parts, "HTML")


def put(tx: Connection, item: NewItem | None = None, *new: NewDelivery, at: datetime = NOW) -> tuple[int, list[int]]:
    """An item with its deliveries; its number and their ids."""
    number = items.add(tx, item or new_item(), at)
    return number, [deliveries.add(tx, number, n) for n in (new or (new_delivery(),))]


def begin(tx: Connection, part: int, number: int, *, at: datetime = NOW, address: str = "mock kanal") -> Attempt:
    return attempts.begin(
        tx, part, number=number, address=address, owner="test", text_sha256="-", now=at, deadline=at + MINUTE
    )


def publish(tx: Connection, delivery: int, number: int, remote_id: int, *, at: datetime = NOW) -> None:
    """Every step of a publication that the record keeps."""
    (part,) = deliveries.parts_of(tx, delivery)
    attempt = begin(tx, part.id, number, at=at)
    attempts.end(tx, attempt.id, "published", "answer", at, top_id=remote_id)
    deliveries.set_part(tx, part.id, PartState.PUBLISHED, remote_ids=[str(remote_id)])
    deliveries.move(tx, delivery, {DeliveryState.SCHEDULED}, DeliveryState.PUBLISHED, published_at=at)
    items.mark_published(tx, deliveries.get(tx, delivery).item, at)
