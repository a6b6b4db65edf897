"""What is never to go out any more: expiry ends a hold as it ends a wait."""

from __future__ import annotations

import logging

from medsosbot.model import DeliveryState
from medsosbot.publishing.newsroom import Newsroom
from medsosbot.storage import deliveries, holds

log = logging.getLogger(__name__)
State = DeliveryState
WAITS = frozenset({State.SCHEDULED, State.HELD})


def expire(newsroom: Newsroom) -> bool:
    """Expire what waits behind its `expires_at`; whether there was any. Writes only where there is."""
    now = newsroom.clock.now()
    with newsroom.store.read() as tx:
        found = deliveries.past_expiry(tx, now)
    if not found:
        return False
    with newsroom.store.write() as tx:
        for delivery in found:
            deliveries.move(tx, delivery.id, WAITS, State.EXPIRED, slot=None)
            log.info("delivery %s to %s expired", delivery.id, delivery.destination)
        for number in {d.item for d in found}:
            if not any(d.state is State.HELD for d in deliveries.of_item(tx, number)):
                holds.lift(tx, number, "expiry", now)
    return True
