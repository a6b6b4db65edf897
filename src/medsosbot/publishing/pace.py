"""How fast posts may follow each other at one chat or account: a sliding window and a spacing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from medsosbot.options import Pace


def allowed_at(now: datetime, recent: Iterable[datetime], pace: Pace) -> datetime:
    """The earliest moment from `now` on at which one more post keeps the pace; `now` itself if it may go at once.

    recent: when the chat took, or may have taken, its latest posts and notices, in any order; of the window's
    posts none may be missing. A post leaves the window exactly `pace.window` after it.
    """
    taken = sorted(recent)
    allowed = now
    if taken and pace.spacing:
        allowed = max(allowed, taken[-1] + pace.spacing)
    if 0 < pace.per_window <= len(taken):
        allowed = max(allowed, taken[-pace.per_window] + pace.window)
    return allowed
