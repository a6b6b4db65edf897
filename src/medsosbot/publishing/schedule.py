"""From a release to its deliveries: held or scheduled, when, and with which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from medsosbot import wording
from medsosbot.model import DeliveryState, Release, Urgency
from medsosbot.publishing import checks, timetable
from medsosbot.publishing.newsroom import Newsroom, Target
from medsosbot.publishing.prepare import Draft
from medsosbot.storage import deliveries, holds, records
from medsosbot.storage.deliveries import NewDelivery

TWIN_DAYS = 30  # how long a published post's text must not stand again at one destination: text is the evidence


@dataclass(frozen=True)
class Timing:
    """What a file says of when."""

    publish_at: datetime | None
    expires_at: datetime | None
    urgency: Urgency


def due(
    tx: Connection, newsroom: Newsroom, target: Target, timing: Timing, now: datetime, *, item: int, slot: bool = True
) -> timetable.Due:
    """When a delivery may go at the earliest, with the next free slot of its destination; its own counts as free."""
    taken = deliveries.slots_taken(tx, target.name, now, item) if newsroom.timetable.slots and slot else ()
    return timetable.due_at(
        now=now,
        publish_at=timing.publish_at,
        urgency=timing.urgency,
        timetable=newsroom.timetable,
        taken=taken,
        slot=slot,
    )


def make(
    tx: Connection,
    newsroom: Newsroom,
    draft: Draft,
    timing: Timing,
    now: datetime,
    *,
    item: int,
    item_held: bool,
) -> tuple[NewDelivery, tuple[str, ...]]:
    """One delivery and the reasons that hold it alone (gate, length, twin)."""
    reasons = tuple(o.message for o in draft.objections) + _own_words(newsroom, draft) + _twins(tx, draft, item, now)
    expired = timetable.has_expired(now, timing.expires_at)
    state = DeliveryState.SCHEDULED
    if expired:
        state = DeliveryState.EXPIRED
    elif item_held or reasons:
        state = DeliveryState.HELD
    # What is held takes no slot: it gets one when it is released.
    at = due(tx, newsroom, draft.target, timing, now, item=item, slot=state is DeliveryState.SCHEDULED)
    new = NewDelivery(
        destination=draft.target.name,
        platform=draft.target.platform,
        state=state,
        due_at=at.at,
        slot=at.slot,
        late_from=at.late_from,
        parts=draft.parts,
        markup=draft.target.style.markup,
    )
    return new, () if expired else reasons


def put(
    tx: Connection,
    newsroom: Newsroom,
    drafts: Sequence[Draft],
    timing: Timing,
    now: datetime,
    *,
    item: int,
    item_held: bool,
) -> bool:
    """Put the deliveries of an item on record, new or renewed; True if any of them is held by itself."""
    known = {(d.destination, d.platform): d for d in deliveries.of_item(tx, item)}
    ended_by_a_person = records.cancelled(tx, item)
    any_held = False
    for draft in drafts:
        old = known.pop((draft.target.name, draft.target.platform), None)
        if old is not None and old.state is DeliveryState.CANCELLED and old.destination in ended_by_a_person:
            continue  # a mended file doesn't undo that
        new, reasons = make(tx, newsroom, draft, timing, now, item=item, item_held=item_held)
        if old is None:
            delivery_id = deliveries.add(tx, item, new)
        else:
            delivery_id = old.id
            deliveries.renew(tx, delivery_id, new)
        for reason in reasons:
            holds.add(tx, item, delivery_id, "post", reason, now)
        any_held = any_held or bool(reasons)
    for old in known.values():  # the new version doesn't name them any more
        deliveries.move(tx, old.id, tuple(DeliveryState), DeliveryState.CANCELLED, error=None)
    return any_held


def _own_words(newsroom: Newsroom, draft: Draft) -> tuple[str, ...]:
    """Personal data in the office's own words for this destination; the rest is the composer's to object to."""
    own = draft.own
    if own is None:
        return ()
    release = Release("", "", texts={draft.target.name: own})
    found = checks.own_text_holds(release, newsroom.checks, rules=newsroom.rules, written_date=None)
    return tuple(h.reason for h in found.get(draft.target.name, ()) if h.kind == "personal_data")


def _twins(tx: Connection, draft: Draft, item: int, now: datetime) -> tuple[str, ...]:
    since = now - timedelta(days=TWIN_DAYS)
    found = {t for text in draft.parts for t in deliveries.twins(tx, draft.target.name, text, item, since)}
    return tuple(
        f"Teks di {draft.target.name} sama persis dengan rilis nomor {number} {wording.quote(title, 60)}; ubah judul "
        f"atau isinya, atau tulis kata-kata sendiri dengan text: untuk {draft.target.name}, atau lepas bila memang "
        "dimaksud sama."
        for number, title in sorted(found)
    )
