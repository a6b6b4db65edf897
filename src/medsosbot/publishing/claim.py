"""Claiming: the one transaction that chooses what goes next at a destination, and puts the intent on record.

Two guards lie here: the intent is committed, and the counter fsynced, before any call; and only the process whose
conditional UPDATE changed a row owns it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from medsosbot import wording
from medsosbot.errors import StorageError
from medsosbot.model import DeliveryState, Part, PartState, Receipt
from medsosbot.options import Pace
from medsosbot.publishing import clock_guard
from medsosbot.publishing import notices as tell
from medsosbot.publishing.newsroom import Newsroom, Target
from medsosbot.publishing.timetable import Choice, Line, Standing, choose
from medsosbot.storage import attempts, deliveries, holds, pauses
from medsosbot.storage.deliveries import StoredPart, Waiting

State = DeliveryState
HEAD = 8  # rows of the line that a claim looks at first, where nothing limits it
LOOK_AT = 200  # rows of the line that one claim looks at; the rest waits behind them anyway
CALL_WITHIN = timedelta(seconds=10)  # an intent that is older when its call would begin is given up: a paused process


@dataclass(frozen=True)
class Claim:
    """What this process now owns: it may call the platform once for this part, before `deadline`.

    look_first: nothing may be sent; an older database was put back, so the platform is asked first.
    """

    attempt: int
    delivery: int
    item: int
    item_id: str
    part: Part
    part_id: int
    after: Receipt | None
    deadline: datetime
    tries: int
    last: bool
    look_first: bool = False


@dataclass(frozen=True)
class Turn:
    """The outcome of one look at a destination.

    waits_for_pace: nothing but pace or a retry keeps the next one back. odd_clock: why nothing may go at all.
    more: time ended what was looked at, and behind it others wait to be looked at.
    """

    claim: Claim | None = None
    wake_at: datetime | None = None
    waits_for_pace: bool = False
    held: tuple[str, ...] = ()
    odd_clock: str | None = None
    more: bool = False


def next_turn(newsroom: Newsroom, target: Target, owner: str) -> Turn:
    """Choose and claim what goes next at this destination; expire and hold what time has done to the others."""
    now = newsroom.clock.now()
    with newsroom.store.write() as tx:
        if odd := clock_guard.behind(tx, newsroom, now):
            return Turn(odd_clock=odd)
        # Where neither gap nor pace keeps the others back, the head of the line is all that is needed.
        limited = bool(newsroom.timetable.gap) or target.pace != Pace()
        rows = deliveries.waiting(tx, target.name, target.platform, now, LOOK_AT if limited else HEAD)
        if not rows:
            return Turn()
        standing = _standing(tx, target, rows, now, limited)
        lines = [_line(r) for r in rows]
        choice = choose(now, lines, standing, newsroom.timetable, target.pace)
        if choice.claim is None and len(rows) == HEAD:
            rows = deliveries.waiting(tx, target.name, target.platform, now, LOOK_AT)
            lines = [_line(r) for r in rows]
            choice = choose(now, lines, standing, newsroom.timetable, target.pace)
        by_id = {r.id: r for r in rows}
        held = _settle_time(tx, newsroom, target, by_id, choice, now)
        if choice.claim is None:
            patient = _but_for_pace(now, lines, standing, newsroom, target)
            more = len(rows) == LOOK_AT and bool(choice.expired or choice.late)
            return Turn(wake_at=choice.wake_at, waits_for_pace=patient, held=held, more=more)
        claim = _claim(tx, newsroom, target, by_id[choice.claim], owner, now)
    if claim is not None:
        _count(newsroom, claim)
    return Turn(claim=claim, held=held)


def anything_due(newsroom: Newsroom, target: Target) -> bool:
    """A cheap look: does anything wait here whose time has come?"""
    with newsroom.store.read() as tx:
        return bool(deliveries.count_due(tx, newsroom.clock.now()).get((target.name, target.platform)))


def _standing(tx: Connection, target: Target, rows: list[Waiting], now: datetime, limited: bool) -> Standing:
    stops = pauses.over(tx, target.name)
    # A refusal that no reading call can see mended is tried with one post.
    paused = any(p.kind == pauses.PERSON or p.probe for p in stops)
    busy = deliveries.busy(tx, target.name, target.platform)
    window = now - max(target.pace.window, target.pace.spacing)
    return Standing(
        paused=paused,
        not_before=pauses.not_before(tx, target.name),
        publishing=any(state is State.PUBLISHING for state, _ in busy),
        uncertain_since=min((since or now for state, since in busy if state is State.UNCERTAIN), default=None),
        last_post=attempts.last(tx, target.address) if limited else None,
        recent=attempts.recent(tx, target.address, window) if target.pace != Pace() else (),
        retrying=next((r.id for r in rows if r.not_before is not None), None),
    )


def _line(row: Waiting) -> Line:
    return Line(
        id=row.id,
        due_at=row.due_at,
        publish_at=row.publish_at,
        expires_at=row.expires_at,
        late_from=row.late_from,
        not_before=row.not_before,
        urgency=row.urgency,
        news_date=row.news_date,
        name=row.item_id,
        started=row.started,
    )


def _but_for_pace(now: datetime, lines: list[Line], standing: Standing, newsroom: Newsroom, target: Target) -> bool:
    """Would something go now if no pace and no retry kept it back? Then it is worth waiting for."""
    free = Standing(**(vars(standing) | {"not_before": None, "recent": (), "retrying": None}))
    eager = [Line(**(vars(line) | {"not_before": None})) for line in lines]
    return choose(now, eager, free, newsroom.timetable, Pace()).claim is not None


def _settle_time(
    tx: Connection, newsroom: Newsroom, target: Target, rows: dict[int, Waiting], choice: Choice, now: datetime
) -> tuple[str, ...]:
    for delivery_id in choice.expired:
        deliveries.move(tx, delivery_id, {State.SCHEDULED}, State.EXPIRED)
    for delivery_id in choice.passed_over:
        deliveries.set_values(tx, delivery_id, late_from=now)
    late_after = newsroom.timetable.late
    if choice.passed_over and late_after is not None and len(rows) == LOOK_AT:  # a long line waits behind these
        deliveries.pass_over(tx, target.name, target.platform, now, now - late_after)
    late = {rows[i].item: rows[i] for i in choice.late}
    for number, row in late.items():
        since = wording.when(row.late_from, newsroom.timetable.zone)
        reason = f"Seharusnya terbit {since}, tetapi terlewat terlalu lama; periksa apakah masih layak terbit."
        hold_item(tx, number, "late", reason, now)
        tell.held_later(tx, number, reason, now)
    return tuple(r.item_id for r in late.values())


def hold_item(tx: Connection, number: int, kind: str, reason: str, now: datetime) -> bool:
    """Hold an item: every delivery of it that is still scheduled waits for a person."""
    moved = [
        deliveries.move(tx, d.id, {State.SCHEDULED}, State.HELD, slot=None)
        for d in deliveries.of_item(tx, number)
        if d.state is State.SCHEDULED
    ]
    if any(moved):
        holds.add(tx, number, None, kind, reason, now)
    return any(moved)


def _claim(tx: Connection, newsroom: Newsroom, target: Target, row: Waiting, owner: str, now: datetime) -> Claim | None:
    if not deliveries.move(tx, row.id, {State.SCHEDULED}, State.PUBLISHING, not_before=None):
        return None
    parts = [p for p in deliveries.parts_of(tx, row.id) if p.state is not PartState.FAILED]
    part = next(p for p in parts if p.state is not PartState.PUBLISHED)
    deadline = now + CALL_WITHIN
    attempt = attempts.begin(
        tx,
        part.id,
        number=newsroom.store.next_attempt(tx),
        address=target.address,
        owner=owner,
        text_sha256=part.sha256,
        now=now,
        deadline=deadline,
    )
    if row.check_first:  # an older database was put back: what came since lies behind what it knew then
        attempts.set_values(tx, attempt.id, anchor=pauses.ids_since(tx, target.name))
    deliveries.set_part(tx, part.id, PartState.PUBLISHING)
    return Claim(
        attempt=attempt.id,
        delivery=row.id,
        item=row.item,
        item_id=row.item_id,
        part=Part(row.item_id, part.seq, part.text, part.markup),
        part_id=part.id,
        after=_receipt_before(parts, part),
        deadline=deadline,
        tries=attempt.n,
        last=part is parts[-1],
        look_first=row.check_first,
    )


def _count(newsroom: Newsroom, claim: Claim) -> None:
    """Raise the counter; a disk that refuses it forbids the call, and the intent is taken back."""
    try:
        newsroom.store.counter.write(claim.attempt)
    except StorageError:
        with newsroom.store.write() as tx:
            give_back(tx, claim, newsroom.clock.now(), "the counter can't be written")
        raise


def give_back(tx: Connection, claim: Claim, now: datetime, why: str) -> None:
    """No call was made: back in line, at once."""
    attempts.end(tx, claim.attempt, "not_called", "clock", now, error=why)
    deliveries.set_part(tx, claim.part_id, PartState.WAITING)
    deliveries.move(tx, claim.delivery, {State.PUBLISHING}, State.SCHEDULED)


def _receipt_before(parts: list[StoredPart], part: StoredPart) -> Receipt | None:
    before = [p for p in parts if p.seq < part.seq]
    return Receipt(before[-1].remote_ids, before[-1].url) if before else None
