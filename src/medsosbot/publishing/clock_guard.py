"""Is the wall clock to be trusted? While it isn't, nothing is published and no item changes state.

Two signs: a wall time over a minute behind the highest that was seen, and a platform's own clock over 30 s apart.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from medsosbot import wording
from medsosbot.errors import PublishError
from medsosbot.platforms.base import Platform
from medsosbot.publishing.newsroom import Newsroom
from medsosbot.storage import marks, notices

HIGHEST = "clock_high"
APART = "clock_apart"
BACK_BY = timedelta(seconds=60)
APART_BY = timedelta(seconds=30)
ASK_AGAIN = timedelta(minutes=10)
STEP = timedelta(seconds=1)  # the highest time seen is written this often at most
KEY = "clock"


def behind(tx: Connection, newsroom: Newsroom, now: datetime) -> str | None:
    """Why publishing waits, in Indonesian; None if the clock is trusted. Puts the highest time seen on record."""
    apart = marks.get(tx, APART)
    highest = marks.get_time(tx, HIGHEST)
    zone = newsroom.timetable.zone
    reason = apart
    if highest is not None and now < highest - BACK_BY:
        seen = wording.when(highest, zone)
        reason = f"Jam komputer menunjukkan {wording.when(now, zone)}, padahal sebelumnya sudah {seen}"
    if reason is not None:
        text = f"<b>Jam komputer tidak wajar</b>. {reason}. Penerbitan menunggu; betulkan jamnya, atau bila jam sudah "
        notices.add(tx, KEY, "clock", text + "benar: medsosbot resume --clock", now)
        return f"{reason}; penerbitan menunggu sampai jam dibetulkan, atau medsosbot resume --clock"
    if highest is None or now >= highest + STEP:
        marks.put_time(tx, HIGHEST, now)
    return None


def trust(tx: Connection, now: datetime) -> None:
    """A platform's clock agrees, or a person says so: the wall clock is right."""
    marks.put_time(tx, HIGHEST, now)
    marks.put(tx, APART, None)
    notices.forget(tx, KEY)


class PlatformClock:
    """Asks a platform for its time now and then: every ten minutes, sooner while the clock is wrong."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}

    def is_due(self, newsroom: Newsroom, name: str) -> bool:
        """Is it time to ask this destination's platform?"""
        return newsroom.clock.monotonic() >= self._next.get(name, float("-inf"))

    async def ask(self, newsroom: Newsroom, name: str, platform: Platform) -> timedelta | None:
        """How far the platform's clock is ahead of ours; None where it can't be asked (the call itself will tell)."""
        before = newsroom.clock.now()
        try:
            theirs = await platform.server_time()
        except PublishError:
            return None
        difference = timedelta(0)
        if theirs is not None:
            # A Date header has whole seconds, and the answer took its time: neither makes a clock wrong.
            late, early = theirs - newsroom.clock.now(), theirs + STEP - before
            difference = late if late > timedelta(0) else min(timedelta(0), early)
        wait = ASK_AGAIN if abs(difference) <= APART_BY else APART_BY
        self._next[name] = newsroom.clock.monotonic() + wait.total_seconds()
        return None if theirs is None else difference


def judge(tx: Connection, newsroom: Newsroom, difference: timedelta) -> None:
    """Put a platform's verdict on record."""
    now = newsroom.clock.now()
    if abs(difference) <= APART_BY:
        trust(tx, now)
        return
    word = "terlambat" if difference > timedelta(0) else "terlalu cepat"
    marks.put(tx, APART, f"Jam komputer {word} {wording.duration(abs(difference))} dibanding jam platform")
