"""Taking the queue folder in: each file is accepted, known, or refused with its reason; nothing is lost in between.

The database commits first, then the file moves. A process that dies in between finds the same bytes known, or the
same refusal, and moves the file then.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from medsosbot.errors import Fault, QueueItemError
from medsosbot.publishing import checks, known, schedule, timetable
from medsosbot.publishing import notices as tell
from medsosbot.publishing.checks import Hold
from medsosbot.publishing.newsroom import Newsroom
from medsosbot.publishing.prepare import Draft, prepare
from medsosbot.publishing.report import PassReport, Refused
from medsosbot.publishing.schedule import Timing
from medsosbot.queue_folder.folder import Seen
from medsosbot.queue_folder.item import QueueItem
from medsosbot.queue_folder.news_date import news_date
from medsosbot.queue_folder.read import read
from medsosbot.queue_folder.reasons import summary
from medsosbot.storage import holds, items
from medsosbot.storage.items import NewItem
from medsosbot.text.line import terkini_line

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Handed:
    """One file to take in. seen: how it looked, so that only that very file is moved; None: it stays where it is."""

    path: Path
    seen: Seen | None = None


@dataclass
class Batch:
    """The files of one look, read: each is either an item or refused."""

    read: list[tuple[Handed, QueueItem]] = field(default_factory=list)
    refused: list[tuple[Handed, tuple[Fault, ...]]] = field(default_factory=list)


def take_in(newsroom: Newsroom, files: Sequence[Handed], report: PassReport) -> dict[str, str]:
    """Take these files in; the IDs that they got or had, by file. Raises StorageError."""
    batch = read_all(newsroom, files)
    ids: dict[str, str] = {}
    for file, item in batch.read:
        try:
            ids[item.file] = _take(newsroom, file, item, report)
        except QueueItemError as e:
            batch.refused.append((file, e.faults))
    for file, faults in batch.refused:
        _refuse(newsroom, file, faults, report)
    return ids


def read_all(newsroom: Newsroom, files: Sequence[Handed]) -> Batch:
    """Read the files; two of one ID with two titles are both refused."""
    batch = Batch()
    names = [t.name for t in newsroom.targets]
    for file in files:
        try:
            item = read(file.path, zone=newsroom.timetable.zone, destination_names=names, rules=newsroom.rules)
            batch.read.append((file, item))
        except FileNotFoundError:
            log.info("%s was gone before it could be read", file.path.name)
        except QueueItemError as e:
            batch.refused.append((file, e.faults))
    titles: dict[str, set[str]] = {}
    for _, item in batch.read:
        titles.setdefault(item.id, set()).add(item.release.title)
    batch.refused += [(f, (known.two_titles(i),)) for f, i in batch.read if len(titles[i.id]) > 1]
    batch.read = [(f, i) for f, i in batch.read if len(titles[i.id]) == 1]
    return batch


def holds_of(newsroom: Newsroom, item: QueueItem, now: datetime) -> tuple[Hold, ...]:
    """What holds this item as a whole: the checks of the release, and a `publish_at` that is long past."""
    today = now.astimezone(newsroom.timetable.zone).date()
    found = checks.holds(
        item.release,
        newsroom.checks,
        due=max(now, item.publish_at or now),
        news_date=news_date(item, newsroom.rules, today),
        zone=newsroom.timetable.zone,
        rules=newsroom.rules,
        second_dateline=item.second_dateline,
        written_date=item.release.date,
    )
    if item.publish_at is not None and timetable.is_late(now, item.publish_at, newsroom.timetable):
        found = (*found, checks.late(item.publish_at, now, newsroom.timetable))
    return found


def drafts_of(newsroom: Newsroom, item: QueueItem) -> tuple[Draft, ...]:
    """The posts of an item at its destinations."""
    wanted = item.destinations
    targets = [t for t in newsroom.targets if wanted is None or t.name in wanted]
    return prepare(item.release, targets, newsroom.rules)


def _take(newsroom: Newsroom, file: Handed, item: QueueItem, report: PassReport) -> str:
    now = newsroom.clock.now()
    held = holds_of(newsroom, item, now)
    drafts = drafts_of(newsroom, item)
    with newsroom.store.write() as tx:
        meaning = known.meaning(tx, item, now)
        if not meaning.known:
            _store(tx, newsroom, item, meaning, held, drafts, report)
    report.remarks += [(item.file, remark) for remark in item.remarks]
    if file.seen is not None:
        newsroom.folder.accept(item.file, seen=file.seen)
    return meaning.id


def _store(
    tx: Connection,
    newsroom: Newsroom,
    item: QueueItem,
    meaning: known.Meaning,
    held: tuple[Hold, ...],
    drafts: tuple[Draft, ...],
    report: PassReport,
) -> None:
    now = newsroom.clock.now()
    new = _new_item(newsroom, item, meaning.id, now)
    if meaning.renews is None:
        number = items.add(tx, new, now)
    else:
        number = meaning.renews.number
        items.renew(tx, number, new)
        holds.lift(tx, number, "a new version", now)
    if timetable.has_expired(now, item.expires_at):
        held = ()
    for hold in held:
        holds.add(tx, number, None, hold.kind, hold.reason, now)
    timing = Timing(item.publish_at, item.expires_at, item.urgency)
    one_held = schedule.put(tx, newsroom, drafts, timing, now, item=number, item_held=bool(held))
    report.accepted.append(meaning.id)
    if meaning.id != item.id:
        report.remarks.append((item.file, f"nama {item.id} sudah terbit dengan judul lain; ID rilis ini {meaning.id}"))
    if held or one_held:
        report.hold(meaning.id)
        tell.held(tx, number, drafts, now)
    log.info("%s taken in as number %s", item.file, number)


def _new_item(newsroom: Newsroom, item: QueueItem, item_id: str, now: datetime) -> NewItem:
    today = now.astimezone(newsroom.timetable.zone).date()
    return NewItem(
        id=item_id,
        explicit_id=item.explicit_id,
        file=item.file,
        sha256=item.sha256,
        release=item.release,
        news_date=news_date(item, newsroom.rules, today),
        publish_at=item.publish_at,
        expires_at=item.expires_at,
        urgency=item.urgency,
        line=terkini_line(item.release, newsroom.rules),
    )


def _refuse(newsroom: Newsroom, file: Handed, faults: tuple[Fault, ...], report: PassReport) -> None:
    name = file.path.name
    report.rejected.append(Refused(name, summary(faults), faults))
    with newsroom.store.write() as tx:
        tell.refused(tx, name, faults, newsroom.clock.now())
    if file.seen is not None:  # a trial's refusals are its caller's to tell
        log.warning("%s refused", name)
    if file.seen is not None:
        newsroom.folder.refuse(name, faults, seen=file.seen)
