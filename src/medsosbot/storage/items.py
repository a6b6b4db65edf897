"""Items: what was taken in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, insert, select, update

from medsosbot.model import ENDED, DeliveryState, Release, Urgency
from medsosbot.storage.schema import deliveries, items

_MARK_PUBLISHED = update(items).where(items.c.number == bindparam("b_number"), items.c.first_published_at.is_(None))


@dataclass(frozen=True)
class NewItem:
    """What intake hands over: the file's fields, with the news' date found and the /terkini line made."""

    id: str
    explicit_id: bool
    file: str
    sha256: str
    release: Release
    news_date: date
    publish_at: datetime | None
    expires_at: datetime | None
    urgency: Urgency
    line: str


@dataclass(frozen=True)
class Item:
    """An item on record. number: the short one that people type."""

    number: int
    version: int
    id: str
    explicit_id: bool
    file: str
    sha256: str
    release: Release
    news_date: date
    publish_at: datetime | None
    expires_at: datetime | None
    urgency: Urgency
    line: str
    accepted_at: datetime
    withdrawn_at: datetime | None


def text_sha256(title: str, body: str) -> str:
    """The fingerprint of a release: the same title and body under any name; white space doesn't count."""
    words = "\n".join(re.sub(r"\s+", " ", text).strip() for text in (title, body))
    return hashlib.sha256(words.encode()).hexdigest()


def by_id(tx: Connection, item_id: str) -> Item | None:
    """The newest item of this id or this short number (`12`, `#12`)."""
    plain = item_id.removeprefix("#")
    if plain.isascii() and plain.isdigit() and len(plain) < 19:
        return by_number(tx, int(plain))
    found = tx.execute(select(items).where(items.c.id == item_id).order_by(items.c.number.desc()).limit(1)).first()
    return None if found is None else _item(found)


def by_number(tx: Connection, number: int) -> Item | None:
    """The item of this short number."""
    found = tx.execute(select(items).where(items.c.number == number)).first()
    return None if found is None else _item(found)


def by_bytes(tx: Connection, sha256: str) -> Item | None:
    """The newest item that came from exactly these bytes."""
    found = tx.execute(select(items).where(items.c.sha256 == sha256).order_by(items.c.number.desc()).limit(1)).first()
    return None if found is None else _item(found)


def of_same_text(tx: Connection, title: str, body: str, since: datetime | None = None) -> Item | None:
    """The newest item of this title and body that is neither cancelled nor expired."""
    living = exists().where(deliveries.c.item == items.c.number, deliveries.c.state.not_in(ENDED))
    query = select(items).where(items.c.text_sha256 == text_sha256(title, body), living)
    if since is not None:
        query = query.where(items.c.accepted_at >= since)
    found = tx.execute(query.order_by(items.c.number.desc()).limit(1)).first()
    return None if found is None else _item(found)


def known_text(tx: Connection, title: str, body: str) -> bool:
    """Was this release ever taken in?"""
    query = select(items.c.number).where(items.c.text_sha256 == text_sha256(title, body)).limit(1)
    return tx.execute(query).first() is not None


def open_items(tx: Connection) -> Sequence[Item]:
    """Every item that has a delivery which isn't over, newest first."""
    over = (DeliveryState.PUBLISHED, *ENDED)
    living = exists().where(deliveries.c.item == items.c.number, deliveries.c.state.not_in(over))
    return [_item(r) for r in tx.execute(select(items).where(living).order_by(items.c.number.desc()))]


def add(tx: Connection, new: NewItem, now: datetime) -> int:
    """Put a new item on record; its short number."""
    number: int = tx.execute(
        insert(items).values(version=1, accepted_at=now, **_values(new)).returning(items.c.number)
    ).scalar_one()
    return number


def renew(tx: Connection, number: int, new: NewItem) -> None:
    """A new version of an item of which nothing went out."""
    tx.execute(update(items).where(items.c.number == number).values(version=items.c.version + 1, **_values(new)))


def mark_published(tx: Connection, number: int, at: datetime) -> None:
    """The item's first publication, from which on /terkini shows it."""
    tx.execute(_MARK_PUBLISHED, {"b_number": number, "first_published_at": at})


def withdraw(tx: Connection, number: int, at: datetime) -> None:
    """Take a published item out of every answer of the bot."""
    tx.execute(update(items).where(items.c.number == number).values(withdrawn_at=at))


def _values(new: NewItem) -> dict[str, Any]:
    release = new.release
    return {
        "id": new.id,
        "explicit_id": new.explicit_id,
        "file": new.file,
        "sha256": new.sha256,
        "title": release.title,
        "body": release.body,
        "text_sha256": text_sha256(release.title, release.body),
        "news_date": new.news_date,
        "date_written": release.date,
        "url": release.url,
        "hashtags": list(release.hashtags),
        "texts": dict(release.texts),
        "publish_at": new.publish_at,
        "expires_at": new.expires_at,
        "urgency": new.urgency,
        "line": new.line,
    }


def _item(row: Row[Any]) -> Item:
    release = Release(
        title=row.title,
        body=row.body,
        date=row.date_written,
        url=row.url,
        hashtags=tuple(row.hashtags),
        texts=row.texts,
    )
    return Item(
        number=row.number,
        version=row.version,
        id=row.id,
        explicit_id=row.explicit_id,
        file=row.file,
        sha256=row.sha256,
        release=release,
        news_date=row.news_date,
        publish_at=row.publish_at,
        expires_at=row.expires_at,
        urgency=Urgency(row.urgency),
        line=row.line,
        accepted_at=row.accepted_at,
        withdrawn_at=row.withdrawn_at,
    )
