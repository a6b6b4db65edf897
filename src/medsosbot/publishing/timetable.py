"""When a delivery is due, and which of those that wait at one destination may go now.

Pure functions of values: the time is passed in, rows come from the database, options from the config. So a restart
at any point changes nothing, and a week can be simulated in a moment. All moments are aware UTC; slots and quiet
hours are wall times of the timetable's zone. A limit includes its start and excludes its end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from medsosbot.model import Urgency
from medsosbot.options import Pace, Quiet, Timetable
from medsosbot.publishing.pace import allowed_at

URGENT_PASSES_DOUBT = timedelta(minutes=10)  # how old a doubt is before an urgent item may pass it
LATE_STEP = timedelta(minutes=1)  # `late_from` of a waiting row moves at most this often: a tick a second writes less
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Due:
    """When a delivery may go at the earliest.

    slot: the slot that it took, to be kept with the delivery, or None. late_from: from when on its lateness counts;
    only a `publish_at` that was past already makes it earlier than `at`.
    """

    at: datetime
    slot: datetime | None
    late_from: datetime


@dataclass(frozen=True)
class Line:
    """One scheduled delivery in the line of its destination.

    not_before: of this delivery alone (backoff). name: the item's ID. started: some of its parts are out already, so
    it goes first, and the gap doesn't part what belongs together.
    """

    id: int
    due_at: datetime
    publish_at: datetime | None
    expires_at: datetime | None
    late_from: datetime
    not_before: datetime | None
    urgency: Urgency
    news_date: date
    name: str
    started: bool = False


@dataclass(frozen=True)
class Standing:
    """How things stand at one destination.

    not_before: of the whole destination (429). publishing: a delivery is with the platform now. uncertain_since: the
    begin of the oldest open doubt. last_post: when the latest post went, or may have gone, for the gap. recent: posts
    and notices that the chat took or may have taken, for the pace. retrying: the delivery that was proved not sent
    and keeps the head of the line.
    """

    paused: bool = False
    not_before: datetime | None = None
    publishing: bool = False
    uncertain_since: datetime | None = None
    last_post: datetime | None = None
    recent: tuple[datetime, ...] = ()
    retrying: int | None = None


@dataclass(frozen=True)
class Choice:
    """What to do at a destination now.

    claim: the delivery that may go. expired, late: to be expired, to be held. passed_over: they wait for gap or pace
    alone, also behind the claim, so their `late_from` moves to now; at most once a minute and once a post, for the
    database's sake. wake_at: before it nothing changes by time alone; None: never.
    """

    claim: int | None = None
    expired: tuple[int, ...] = ()
    late: tuple[int, ...] = ()
    passed_over: tuple[int, ...] = ()
    wake_at: datetime | None = None


def due_at(
    *,
    now: datetime,
    publish_at: datetime | None,
    urgency: Urgency,
    timetable: Timetable,
    taken: Collection[datetime] = (),
    slot: bool = True,
) -> Due:
    """The earliest moment by `publish_at`, else by the next free slot, else at once; quiet hours push it to their end.

    taken: the slots already given at this destination. slot=False (`release --now`) skips the slot, never a
    `publish_at`. Urgent: no slot and no quiet hours.
    """
    start = now if publish_at is None else max(now, publish_at)
    if urgency is Urgency.URGENT:
        return Due(start, None, publish_at or now)
    if publish_at is not None:
        return Due(after_quiet(start, timetable), None, after_quiet(publish_at, timetable))
    given = next((s for s in _slots(now, timetable) if s not in taken), None) if slot else None
    at = after_quiet(given or now, timetable)
    return Due(at, given, at)


def quiet_until(now: datetime, timetable: Timetable) -> datetime | None:
    """When the quiet hours end that `now` lies in; None outside of them."""
    if timetable.quiet is None or not _is_quiet(now, timetable.quiet, timetable.zone):
        return None
    ends = _moments(now, timetable.quiet.end, timetable.zone)
    return min(m for m in ends if m > now and not _is_quiet(m, timetable.quiet, timetable.zone))


def after_quiet(at: datetime, timetable: Timetable) -> datetime:
    """`at`, or the end of the quiet hours that it lies in."""
    return quiet_until(at, timetable) or at


def gap_until(last_post: datetime | None, timetable: Timetable) -> datetime | None:
    """Until when the gap behind the last post lasts (past or not); None without a post or a gap."""
    return None if last_post is None or not timetable.gap else last_post + timetable.gap


def is_late(now: datetime, late_from: datetime, timetable: Timetable) -> bool:
    """Is it over `late` since then? Exactly `late` is not: the contract says "longer ago than this".

    Intake asks this of a file's `publish_at`, the ticks (through `choose`) of a delivery's `late_from`.
    """
    return timetable.late is not None and now - late_from > timetable.late


def has_expired(now: datetime, expires_at: datetime | None) -> bool:
    """Is the time over in which it may go? `expires_at` itself is outside."""
    return expires_at is not None and now >= expires_at


def order_key(urgency: Urgency, news_date: date, name: str) -> tuple[bool, date, str]:
    """Sorts what is due together: urgent first, then by the news' date, oldest first, then by name."""
    return (urgency is not Urgency.URGENT, news_date, name)


def choose(now: datetime, rows: Sequence[Line], standing: Standing, timetable: Timetable, pace: Pace) -> Choice:
    """Which of the waiting rows of one destination may be claimed now, and what time did to the others."""
    expired = [r for r in rows if has_expired(now, r.expires_at)]
    ends = {r.id for r in expired}
    late = [r for r in rows if r.id not in ends and is_late(now, _counts_from(now, r, standing, timetable), timetable)]
    ends.update(r.id for r in late)
    waiting = [r for r in rows if r.id not in ends]

    ready = [] if _closed(now, standing) else _ready(now, waiting, standing, timetable)
    gap = gap_until(standing.last_post, timetable)
    paced = allowed_at(now, standing.recent, pace)
    free = [r for r in ready if paced <= now and (r.started or gap is None or gap <= now)]
    claim = min(free, key=lambda r: _place(r, standing.retrying), default=None)
    limited = bool(timetable.gap or pace.per_window or pace.spacing)  # else the others wait for no gap or pace
    return Choice(
        claim=None if claim is None else claim.id,
        expired=tuple(r.id for r in expired),
        late=tuple(r.id for r in late),
        passed_over=tuple(r.id for r in ready if limited and r is not claim and _moves(now, r, standing)),
        wake_at=min((m for m in _changes(now, waiting, standing, timetable, (gap, paced)) if m > now), default=None),
    )


def _closed(now: datetime, standing: Standing) -> bool:
    """Does this destination take nothing at all now, not even what is urgent?"""
    wait = standing.not_before is not None and standing.not_before > now
    doubt = standing.uncertain_since is not None and now < standing.uncertain_since + URGENT_PASSES_DOUBT
    return standing.paused or standing.publishing or wait or doubt


def _ready(now: datetime, waiting: Sequence[Line], standing: Standing, timetable: Timetable) -> list[Line]:
    """The due rows that only gap and pace can still keep back."""
    ready = [r for r in waiting if _ready_at(r) <= now]
    heads = [r for r in waiting if r.started or r.id == standing.retrying]
    behind = any(_ready_at(r) > now for r in heads)
    if standing.uncertain_since is not None or quiet_until(now, timetable) is not None or behind:
        return [r for r in ready if r.urgency is Urgency.URGENT]
    return ready


def _ready_at(row: Line) -> datetime:
    return max(m for m in (row.due_at, row.publish_at, row.not_before) if m is not None)


def _place(row: Line, retrying: int | None) -> tuple[bool, bool, bool, tuple[bool, date, str]]:
    key = order_key(row.urgency, row.news_date, row.name)
    return (not row.started, row.urgency is not Urgency.URGENT, row.id != retrying, key)


def _counts_from(now: datetime, row: Line, standing: Standing, timetable: Timetable) -> datetime:
    """From when on its lateness counts: where `late_from` lies in a gap or in quiet hours, from their end."""
    if not is_late(now, row.late_from, timetable):
        return row.late_from  # it only gets later: not worth asking the zone's data
    start, last, gap = row.late_from, standing.last_post, gap_until(standing.last_post, timetable)
    if last is not None and gap is not None and last <= start < gap:
        start = gap
    return start if row.urgency is Urgency.URGENT else after_quiet(start, timetable)


def _moves(now: datetime, row: Line, standing: Standing) -> bool:
    """Is it time to move the `late_from` of a row that waits for gap or pace alone? Each minute, and with each post."""
    last = standing.last_post
    return now - row.late_from >= LATE_STEP or (last is not None and row.late_from < last <= now)


def _changes(
    now: datetime,
    waiting: Sequence[Line],
    standing: Standing,
    timetable: Timetable,
    waits: tuple[datetime | None, ...],
) -> Iterator[datetime]:
    """The moments, past ones too, at which a choice could come out differently."""
    if not waiting:
        return
    doubt = standing.uncertain_since
    own = (standing.not_before, doubt and doubt + URGENT_PASSES_DOUBT, quiet_until(now, timetable))
    yield from (m for m in own + waits if m is not None)
    for row in waiting:
        yield _ready_at(row)
        if row.expires_at is not None:
            yield row.expires_at
        if timetable.late is not None:
            yield row.late_from + timetable.late + INSTANT
            yield _counts_from(now, row, standing, timetable) + timetable.late + INSTANT


def _slots(now: datetime, timetable: Timetable) -> Iterator[datetime]:
    """The slots from `now` on, ascending, without end; none where the timetable has none."""
    day = now.astimezone(timetable.zone).date()
    while timetable.slots:
        for slot in timetable.slots:
            moment = datetime.combine(day, slot, timetable.zone).astimezone(UTC)
            if moment >= now:
                yield moment
        day += timedelta(days=1)


def _is_quiet(at: datetime, quiet: Quiet, zone: ZoneInfo) -> bool:
    clock = at.astimezone(zone).time()
    if quiet.start <= quiet.end:
        return quiet.start <= clock < quiet.end
    return clock >= quiet.start or clock < quiet.end


def _moments(now: datetime, clock: time, zone: ZoneInfo) -> Iterator[datetime]:
    """Where `clock` is shown today and tomorrow; twice in the night in which a zone sets its clocks back."""
    today = now.astimezone(zone).date()
    for day in (today, today + timedelta(days=1)):
        for fold in (0, 1):
            yield datetime.combine(day, clock.replace(fold=fold), zone).astimezone(UTC)
