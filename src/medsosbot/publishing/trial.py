"""What would happen if these files were taken in now: the real intake, on a throw-away copy of the record.

`check`, `preview` and the dry run all ask this, so none of them can promise what intake wouldn't do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from medsosbot.model import DeliveryState, Release
from medsosbot.publishing import intake
from medsosbot.publishing.intake import Handed
from medsosbot.publishing.newsroom import Newsroom, Target
from medsosbot.publishing.prepare import Draft, prepare
from medsosbot.publishing.report import PassReport
from medsosbot.storage import holds, items, views
from medsosbot.storage.items import Item
from medsosbot.storage.views import DeliveryView, ItemView
from medsosbot.text.measure import measure


@dataclass(frozen=True)
class PartShown:
    """One message as it goes over the wire; length by the platform's own rule."""

    text: str
    markup: str | None
    length: int
    limit: int


@dataclass(frozen=True)
class PostShown:
    """What one destination would get of one item. draft: how it was made; None where the record holds the text."""

    item: ItemView
    release: Release
    delivery: DeliveryView
    target: Target | None
    held_because: tuple[str, ...]
    held_kinds: frozenset[str]
    parts: tuple[PartShown, ...]
    draft: Draft | None

    @property
    def due_at(self) -> datetime:
        """The earliest moment at which it may go."""
        return self.delivery.due_at

    def as_json(self) -> dict[str, object]:
        """One member of CONTRACT's `posts`."""
        return {
            "id": self.item.id,
            "number": self.item.number,
            "destination": self.delivery.destination,
            "platform": self.delivery.platform,
            "state": self.delivery.state,
            "held_because": list(self.held_because),
            "due_at": self.due_at,
            "parts": [{"text": p.text, "markup": p.markup, "length": p.length, "limit": p.limit} for p in self.parts],
            "terkini": self.item.line,
        }


@dataclass(frozen=True)
class Trial:
    """report: what intake did. items: what it took in now, by file. posts: of the items that were asked for."""

    report: PassReport
    files: dict[str, str]
    posts: tuple[PostShown, ...]


def try_out(newsroom: Newsroom, handed: Sequence[Handed], also: Sequence[int] | None = ()) -> Trial:
    """Take files in, on `newsroom.store`, which must be a throw-away one; nothing is moved.

    also: numbers of further items to show; None: all that are open.
    """
    report = PassReport()
    files = intake.take_in(newsroom, handed, report)
    with newsroom.store.read() as tx:
        found = [i for item_id in dict.fromkeys(files.values()) if (i := items.by_id(tx, item_id))]
        if also is None:
            found += list(items.open_items(tx))
        else:
            found += [i for n in also if (i := items.by_number(tx, n))]
        shown = {i.number: i for i in found}
        posts = [p for item in shown.values() for p in _posts(tx, newsroom, item)]
    return Trial(report, files, tuple(posts))


def _posts(tx: Connection, newsroom: Newsroom, item: Item) -> list[PostShown]:
    view = views.one(tx, item.number)
    assert view is not None
    standing = holds.standing(tx, item.number)
    drafts = {d.target.name: d for d in prepare(item.release, newsroom.targets, newsroom.rules)}
    posts = []
    for delivery in view.deliveries:
        target = newsroom.target(delivery.destination)
        held = delivery.state is DeliveryState.HELD
        mine = [h for h in standing if h.delivery in (None, delivery.id)] if held else []
        reasons = tuple(dict.fromkeys(h.reason for h in mine))
        draft = drafts.get(delivery.destination)
        same = draft is not None and draft.parts == delivery.texts
        parts = tuple(_part(t, delivery.markup, target) for t in delivery.texts)
        kinds = frozenset(h.kind for h in mine)
        shown = draft if same else None
        posts.append(PostShown(view, item.release, delivery, target, reasons, kinds, parts, shown))
    return posts


def _part(text: str, markup: str | None, target: Target | None) -> PartShown:
    if target is None:  # its destination left the config
        return PartShown(text, markup, len(text), len(text))
    return PartShown(text, markup, measure(text, target.style), target.style.limit)
