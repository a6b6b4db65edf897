"""What an attempt's end means for the record: each function is one transaction's worth of RELIABILITY's transitions."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from medsosbot.errors import PublishError
from medsosbot.model import DeliveryState, PartState, Receipt
from medsosbot.publishing import notices as tell
from medsosbot.publishing.claim import Claim
from medsosbot.publishing.newsroom import Newsroom, Target
from medsosbot.publishing.retry import Retry
from medsosbot.storage import attempts, deliveries, items, pauses

log = logging.getLogger(__name__)
State = DeliveryState
OPEN = frozenset({State.PUBLISHING, State.UNCERTAIN})


def published(
    tx: Connection,
    newsroom: Newsroom,
    target: Target,
    claim: Claim,
    receipt: Receipt,
    decided_by: str,
    now: datetime,
    *,
    seen: bool = True,
) -> bool:
    """A part is out; True if its whole delivery is. An answer that comes after a settlement changes nothing.

    seen: False for an id that a person typed: it is no anchor, for a slip of the finger would hide a lost post.
    """
    top = max((int(i) for i in receipt.ids if i.isdigit()), default=None) if seen else None
    if not attempts.end(tx, claim.attempt, "published", decided_by, now, top_id=top):
        log.error("attempt %s has an outcome already, its receipt %s is not recorded", claim.attempt, receipt.ids)
        return False
    at = receipt.at or now
    part = {"remote_ids": list(receipt.ids), "url": receipt.url, "raw_text": receipt.raw_text, "published_at": at}
    deliveries.set_part(tx, claim.part_id, PartState.PUBLISHED, **part)
    settled: dict[str, Any] = {"error": None, "uncertain_since": None, "check_first": False}
    if claim.last:
        url = receipt.url if claim.part.seq == 1 else _first_url(tx, claim.delivery)
        done = deliveries.move(tx, claim.delivery, OPEN, State.PUBLISHED, published_at=at, url=url, **settled)
        items.mark_published(tx, claim.item, at)
    else:
        done = deliveries.move(tx, claim.delivery, OPEN, State.SCHEDULED, **settled)
    if not done:
        log.error("delivery %s was in no state to be published", claim.delivery)
    _lift_refusal(tx, target, now)
    if decided_by != "answer":
        tell.over(tx, f"doubt:{claim.attempt}")
    return claim.last and done


def _first_url(tx: Connection, delivery: int) -> str | None:
    return next((p.url for p in deliveries.parts_of(tx, delivery) if p.url), None)


def refused(
    tx: Connection,
    newsroom: Newsroom,
    target: Target,
    claim: Claim,
    error: PublishError,
    retry: Retry,
    now: datetime,
) -> list[Target]:
    """The platform, or the way to it, said no, or nothing was heard. The targets that are newly paused by it."""
    detail: dict[str, Any] = {"status": error.status, "error": error.detail or error.reason}
    if retry.state is State.UNCERTAIN:
        doubt(tx, claim.attempt, claim.part_id, claim.delivery, error.reason, now, duplicate=retry.duplicate, **detail)
        return []
    if retry.state is State.FAILED:
        attempts.end(tx, claim.attempt, "rejected", "answer", now, **detail)
        deliveries.set_part(tx, claim.part_id, PartState.FAILED)
        deliveries.move(tx, claim.delivery, {State.PUBLISHING}, State.FAILED, error=error.reason)
        tell.failed(tx, claim.item, claim.delivery, target.name, error.reason, now)
        return []
    kind = "refused" if retry.pause else "paced" if retry.whole_destination else "not_sent"
    attempts.end(tx, claim.attempt, kind, "answer", now, **detail)
    deliveries.set_part(tx, claim.part_id, PartState.WAITING)
    own = None if retry.whole_destination else retry.not_before
    deliveries.move(tx, claim.delivery, {State.PUBLISHING}, State.SCHEDULED, error=error.reason, not_before=own)
    if retry.whole_destination:
        pauses.set_not_before(tx, target.name, retry.not_before)
    return _pause(tx, newsroom, target, retry, now) if retry.pause else []


def doubt(
    tx: Connection,
    attempt: int,
    part: int,
    delivery: int,
    reason: str,
    now: datetime,
    *,
    duplicate: bool = False,
    status: int | None = None,
    error: str | None = None,
) -> None:
    """Perhaps sent: nothing but evidence or a person moves it now; the asking delay counts from `now`."""
    attempts.doubt(tx, attempt, now, duplicate=duplicate, status=status, error=error)
    deliveries.set_part(tx, part, PartState.UNCERTAIN)
    deliveries.move(tx, delivery, {State.PUBLISHING}, State.UNCERTAIN, error=reason, uncertain_since=now)


def recover(newsroom: Newsroom, destination: str | None = None) -> list[int]:
    """At start, under the lock: what was with a platform when the last process ended is in doubt. The deliveries.

    destination: only what is left there by its worker, which the disk or the database stopped between call and record.
    """
    now = newsroom.clock.now()
    found = []
    with newsroom.store.write() as tx:
        for delivery in deliveries.in_state(tx, State.PUBLISHING, destination):
            attempt = attempts.open_of_delivery(tx, delivery.id)
            if attempt is None:
                log.error("delivery %s was publishing without an intent; it goes back in line", delivery.id)
                deliveries.move(tx, delivery.id, {State.PUBLISHING}, State.SCHEDULED)
                continue
            reason = "Proses terhenti saat mengirim; belum diketahui apakah sudah terbit."
            doubt(tx, attempt.id, attempt.part, delivery.id, reason, now, error="the process ended during the call")
            found.append(delivery.id)
    return found


def _pause(tx: Connection, newsroom: Newsroom, target: Target, retry: Retry, now: datetime) -> list[Target]:
    """Pause this destination, or all of its account; each is told once, while it stands."""
    hit: Sequence[Target] = [target]
    if retry.pause_account:
        hit = [t for t in newsroom.targets if t.platform == target.platform]
    assert retry.pause is not None
    new = [t for t in hit if pauses.add(tx, t.name, pauses.REFUSED, retry.pause, "platform", now, probe=retry.probe)]
    if new:
        tell.paused(tx, [t.name for t in new], retry.pause, now)
    return new


def _lift_refusal(tx: Connection, target: Target, now: datetime) -> None:
    """It took a post: whatever it refused is mended."""
    stood = [p.id for p in pauses.over(tx, target.name) if p.kind == pauses.REFUSED]
    if stood:
        pauses.lift(tx, stood, "a post that went out", now)
        tell.over(tx, f"paused:{target.name}")
