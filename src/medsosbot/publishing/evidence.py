"""Did an uncertain send land? When the platform is asked, and what its answers decide.

Nothing is sent again by a guess: only evidence (a mock's file at once; else two "absent", an asking delay apart) or
a person moves an uncertain delivery.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from medsosbot.errors import CannotTell, PublishError
from medsosbot.model import DeliveryState, Intent, Part, PartState, Receipt
from medsosbot.platforms.base import Platform
from medsosbot.publishing import notices as tell
from medsosbot.publishing import outcome
from medsosbot.publishing.claim import Claim
from medsosbot.publishing.newsroom import Newsroom, Target
from medsosbot.storage import attempts, deliveries, items
from medsosbot.storage.attempts import Attempt

log = logging.getLogger(__name__)
State = DeliveryState
ABSENTS = 2  # an index may lag: one "absent" proves nothing
PATIENCE = timedelta(minutes=30)  # no verdict for this long after the first asking: the staff is asked too
SELDOM = timedelta(minutes=10)  # how often a platform is asked once a person was
LONGEST = timedelta(days=1)  # after that only a person decides
OLDER_POST = "Platform menolaknya sebagai ulangan: kiriman lama memuat teks yang sama; ubah teksnya."
TOLD_AFTER = timedelta(minutes=5)  # a doubt this old is told as being looked into


class Verdict(StrEnum):
    """What one asking brought."""

    PRESENT = "present"
    ABSENT = "absent"
    NONE = "none"  # the platform couldn't be asked
    CANNOT_TELL = "cannot_tell"  # there is no evidence to be had


@dataclass(frozen=True)
class Doubt:
    """One uncertain part and what was on record before its call. due: when it is to be asked next; None: not by us."""

    claim: Claim
    attempt: Attempt
    intent: Intent
    resends: int
    restored: bool
    due: datetime | None


def doubts(newsroom: Newsroom, target: Target) -> list[Doubt]:
    """The uncertain deliveries of one destination, oldest first."""
    with newsroom.store.read() as tx:
        found = [
            doubt_of(tx, newsroom, target, d.id)
            for d in deliveries.in_state(tx, State.UNCERTAIN, target.name)
            if d.platform == target.platform
        ]
    return [d for d in found if d is not None]


async def ask(platform: Platform, target: Target, doubt: Doubt) -> tuple[Verdict, Receipt | None, str | None]:
    """Ask the platform once. Never raises: whatever it says is a verdict."""
    if doubt.attempt.address != target.address:
        return Verdict.CANNOT_TELL, None, f"it was sent to {doubt.attempt.address}, which the config no longer names"
    try:
        receipt = await platform.find(doubt.claim.part, doubt.intent)
    except CannotTell as e:
        return Verdict.CANNOT_TELL, None, e.detail or e.reason
    except PublishError as e:
        return Verdict.NONE, None, e.detail or e.reason
    except Exception as e:
        log.exception("the client of %s raised what it should have classified", target.name)
        return Verdict.NONE, None, type(e).__name__
    return (Verdict.ABSENT, None, None) if receipt is None else (Verdict.PRESENT, receipt, None)


def settle(
    newsroom: Newsroom, target: Target, doubt: Doubt, verdict: Verdict, receipt: Receipt | None, detail: str | None
) -> State:
    """Put a verdict on record and draw its conclusion; the delivery's state afterwards."""
    now = newsroom.clock.now()
    with newsroom.store.write() as tx:
        delivery = deliveries.get(tx, doubt.claim.delivery)
        if delivery.state is not State.UNCERTAIN:
            return delivery.state  # a person was faster
        attempts.ask(tx, doubt.attempt.id, now, verdict, detail)
        if verdict is Verdict.PRESENT and receipt is not None:
            outcome.published(tx, newsroom, target, doubt.claim, receipt, "evidence", now)
        elif verdict is Verdict.ABSENT and _surely_absent(tx, target, doubt):
            _absent(tx, target, doubt, now)
        else:
            _stay(tx, target, doubt, verdict, now)
        return deliveries.get(tx, doubt.claim.delivery).state


def _surely_absent(tx: Connection, target: Target, doubt: Doubt) -> bool:
    """A mock's file is proof at once. Once a person was asked, only "present" counts: that person may be at work."""
    if not target.real:
        return True
    return doubt.attempt.person_asked_at is None and attempts.askings_of(tx, doubt.attempt.id).absents >= ABSENTS


def _absent(tx: Connection, target: Target, doubt: Doubt, now: datetime) -> None:
    """It surely isn't there: failed if the platform has an older one, else again, but only so often by ourselves."""
    claim = doubt.claim
    if doubt.attempt.duplicate:
        attempts.end(tx, doubt.attempt.id, "rejected", "evidence", now)
        deliveries.set_part(tx, claim.part_id, PartState.FAILED)
        deliveries.move(tx, claim.delivery, {State.UNCERTAIN}, State.FAILED, error=OLDER_POST, uncertain_since=None)
        tell.failed(tx, claim.item, claim.delivery, target.name, OLDER_POST, now)
    elif target.real and not doubt.restored and doubt.resends <= 0:
        _ask_person(tx, target, doubt, now)
    else:
        resend(tx, doubt.attempt.id, claim, now, "evidence", counted=target.real and not doubt.restored)


def resend(tx: Connection, attempt: int, claim: Claim, now: datetime, decided_by: str, *, counted: bool) -> None:
    """The part is not there: back in line, due now."""
    attempts.end(tx, attempt, "absent", decided_by, now)
    part = next(p for p in deliveries.parts_of(tx, claim.delivery) if p.id == claim.part_id)
    deliveries.set_part(tx, claim.part_id, PartState.WAITING, resends=part.resends + int(counted))
    values = {"error": None, "uncertain_since": None, "late_from": now, "not_before": None, "check_first": False}
    deliveries.move(tx, claim.delivery, {State.UNCERTAIN}, State.SCHEDULED, **values)
    tell.over(tx, f"doubt:{attempt}")


def _stay(tx: Connection, target: Target, doubt: Doubt, verdict: Verdict, now: datetime) -> None:
    """No conclusion: a person is asked where there is no evidence, or none came for too long."""
    first = attempts.askings_of(tx, doubt.attempt.id).first or now
    if verdict is Verdict.CANNOT_TELL or now - first >= PATIENCE:
        _ask_person(tx, target, doubt, now)
    elif doubt.attempt.ended_at is not None and now - doubt.attempt.ended_at >= TOLD_AFTER:
        tell.looked_into(tx, doubt.claim.item, doubt.attempt.id, target.name, now)


def _ask_person(tx: Connection, target: Target, doubt: Doubt, now: datetime) -> None:
    if doubt.attempt.person_asked_at is None:
        attempts.set_values(tx, doubt.attempt.id, person_asked_at=now)
        tell.doubt(tx, doubt.claim.item, doubt.attempt.id, target.name, doubt.claim.part.text, now)


def doubt_of(tx: Connection, newsroom: Newsroom, target: Target, delivery_id: int) -> Doubt | None:
    """The open doubt of one delivery; None where it has no open attempt."""
    attempt = attempts.open_of_delivery(tx, delivery_id)
    if attempt is None:
        return None
    delivery = deliveries.get(tx, delivery_id)
    parts = deliveries.parts_of(tx, delivery_id)
    part = next(p for p in parts if p.id == attempt.part)
    item = items.by_number(tx, delivery.item)
    assert item is not None  # a foreign key
    living = [p for p in parts if p.state is not PartState.FAILED]
    claim = Claim(
        attempt=attempt.id,
        delivery=delivery_id,
        item=delivery.item,
        item_id=item.id,
        part=Part(item.id, part.seq, part.text, part.markup),
        part_id=part.id,
        after=None,
        deadline=attempt.deadline,
        tries=attempt.n,
        last=part.id == living[-1].id,
    )
    known = attempts.known_ids(tx, attempt.address, attempt.anchor, part.id)
    anchor = None if attempt.anchor is None else str(attempt.anchor)
    return Doubt(
        claim=claim,
        attempt=attempt,
        intent=Intent(_first_intent(tx, part.id, attempt), anchor, known),
        resends=newsroom.reconcile.resends - part.resends,
        restored=delivery.check_first,
        due=_due(tx, newsroom, target, attempt),
    )


def _first_intent(tx: Connection, part: int, attempt: Attempt) -> datetime:
    """When the part was first tried without a proof that it wasn't sent."""
    unproved = [a.intent_at for a in attempts.of_part(tx, part) if a.outcome in (None, "absent")]
    return min(unproved, default=attempt.intent_at)


def _due(tx: Connection, newsroom: Newsroom, target: Target, attempt: Attempt) -> datetime | None:
    """When to ask next: after the asking delay, then each asking delay; seldom once a person was asked."""
    ended = attempt.ended_at or attempt.intent_at
    if not target.real:
        return ended
    asked = attempts.askings_of(tx, attempt.id)
    if asked.first is None or asked.last is None:
        return ended + newsroom.reconcile.after
    if attempt.person_asked_at is not None:
        seldom = asked.last + SELDOM
        return seldom if seldom < asked.first + LONGEST else None
    return asked.last + newsroom.reconcile.after
