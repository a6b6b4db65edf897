"""What becomes of a delivery whose platform raised: a pure decision from the error and the tries so far.

TransientError            scheduled, again after a backoff or when the platform says
  … paced (429)           the same for the whole destination
RejectedError             failed, its further parts stop
UnauthorizedError         scheduled, and the destination is paused (of the whole account on 401 and 404)
UncertainError, the rest  uncertain: it may have been sent
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from medsosbot.errors import RejectedError, TransientError, UnauthorizedError
from medsosbot.model import DeliveryState

FIRST_BACKOFF = timedelta(seconds=5)
LONGEST_BACKOFF = timedelta(minutes=10)


@dataclass(frozen=True)
class Retry:
    """The decision.

    state: scheduled, failed or uncertain.
    not_before: aware UTC, of this delivery, or of all at this destination if `whole_destination`.
    pause: why the destination is paused (Indonesian), None if it isn't; `pause_account`: and with it every destination
    of the same token; `probe`: `Platform.check` can show when it is mended, else only a post can.
    duplicate: the platform says that it has this text already, so that two "absent" mean failed.
    """

    state: DeliveryState
    not_before: datetime | None = None
    whole_destination: bool = False
    pause: str | None = None
    pause_account: bool = False
    probe: bool = True
    duplicate: bool = False


def decide(error: Exception, tries: int, now: datetime, rng: random.Random) -> Retry:
    """What to do after the try number `tries` (from 1) of one part ended in `error`.

    What is no error that proves the post unsent leaves it uncertain, also an error of our own.
    """
    match error:
        case TransientError(not_before=wish) if wish is not None and wish > now:
            return Retry(DeliveryState.SCHEDULED, wish, whole_destination=error.paced)
        case TransientError():
            return Retry(DeliveryState.SCHEDULED, now + backoff(tries, rng), whole_destination=error.paced)
        case RejectedError():
            return Retry(DeliveryState.FAILED)
        case UnauthorizedError():
            return Retry(DeliveryState.SCHEDULED, pause=error.reason, pause_account=error.account, probe=error.probe)
        case _:
            return Retry(DeliveryState.UNCERTAIN, duplicate=bool(getattr(error, "duplicate", False)))


def backoff(tries: int, rng: random.Random) -> timedelta:
    """Full jitter: anything up to a ceiling that doubles from 5 s to 10 min with the tries (from 1)."""
    doublings = min(max(tries, 1) - 1, 20)  # far beyond the ceiling; a bound, so that the shift stays small
    return min(FIRST_BACKOFF * (1 << doublings), LONGEST_BACKOFF) * rng.random()
