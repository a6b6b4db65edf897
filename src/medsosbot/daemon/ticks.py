"""What happens each second: a look at the queue folder, and a look at what is due. APScheduler only ticks.

A tick claims nothing itself: it wakes workers. Its work runs in the database's thread; a tick that fails is told once
and tried again with the next.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from medsosbot.daemon.workers import STORAGE, STORAGE_REFUSED
from medsosbot.errors import QueueItemError, StorageError
from medsosbot.model import DeliveryState
from medsosbot.publishing import expiry, folder_status, intake
from medsosbot.publishing.intake import Handed
from medsosbot.publishing.newsroom import Newsroom
from medsosbot.publishing.report import PassReport
from medsosbot.publishing.troubles import Troubles
from medsosbot.queue_folder.folder import Seen, stable
from medsosbot.queue_folder.read import UnfinishedError, read
from medsosbot.storage import deliveries, marks, notices

log = logging.getLogger(__name__)
EVERY = 1  # second
RECORDED_EVERY = 5.0  # seconds between two records of the last tick: each is an fsync
STATUS_EVERY = 60.0  # STATUS.txt also changes with time alone
UNFINISHED = 60.0  # how long an empty or headless .md is left alone after its last change
LONGEST_PAUSE = 30.0  # between two tries at a folder or disk that refuses
LOOKED_AT_EVERY = 5.0  # seconds between two looks at the scheduler itself

Tick = Callable[[], Awaitable[None]]


@dataclass
class Due:
    """What one look at the record found. destinations: where something is due or in doubt."""

    destinations: set[str] = field(default_factory=set)
    notices: bool = False


class QueueLook:
    """The intake's tick: what looks the same in two looks is taken in. Runs in the database's thread."""

    def __init__(self, newsroom: Newsroom, troubles: Troubles) -> None:
        self._newsroom, self._troubles = newsroom, troubles
        self._before: tuple[Seen, ...] = ()
        self._first_seen: dict[Seen, float] = {}
        self._pause, self._not_before = 0.0, 0.0
        self._status_at = -STATUS_EVERY
        self._dirty = True

    def mark_changed(self) -> None:
        """STATUS.txt may say something else now."""
        self._dirty = True

    def __call__(self) -> bool:
        """One look; whether anything was accepted. Never raises StorageError."""
        now = self._newsroom.clock.monotonic()
        if now < self._not_before:
            return False
        try:
            accepted = self._look(now)
        except StorageError as e:
            self._pause = min(LONGEST_PAUSE, max(1.0, 2 * self._pause))
            self._not_before = now + self._pause
            self._troubles.say(STORAGE, STORAGE_REFUSED.format(e))
            return False
        self._pause = 0.0
        return accepted

    def _look(self, now: float) -> bool:
        folder = self._newsroom.folder
        self._dirty = expiry.expire(self._newsroom) or self._dirty
        seen = folder.look()
        self._first_seen = {s: self._first_seen.get(s, now) for s in seen}
        ready = [s for s in stable(self._before, seen) if not self._is_unfinished(s, now)]
        self._dirty = self._dirty or seen != self._before
        self._before = seen
        report = PassReport()
        if ready:
            intake.take_in(self._newsroom, [Handed(folder.path / s.name, s) for s in ready], report)
            self._before = folder.look()
            self._dirty = True
        for name, remark in report.remarks:
            log.info("%s: %s", name, remark)
        if self._dirty or now - self._status_at >= STATUS_EVERY:
            folder_status.write(self._newsroom)
            self._dirty, self._status_at = False, now
        return bool(report.accepted)

    def _is_unfinished(self, seen: Seen, now: float) -> bool:
        """An empty or headless .md that changed within the last minute: perhaps somebody is still writing it.

        Both clocks count, so that a file from the future isn't left alone for ever.
        """
        if not seen.name.lower().endswith(".md") or now - self._first_seen[seen] >= UNFINISHED:
            return False
        age = (self._newsroom.clock.now() - seen.changed_at).total_seconds()
        return age < UNFINISHED and self._reads_unfinished(seen.name)

    def _reads_unfinished(self, name: str) -> bool:
        room = self._newsroom
        names = [t.name for t in room.targets]
        try:
            read(room.folder.path / name, zone=room.timetable.zone, destination_names=names, rules=room.rules)
        except UnfinishedError:
            return True
        except (QueueItemError, FileNotFoundError):
            return False
        return False


class DueLook:
    """The publishing tick: a cheap look at what is due. Runs in the database's thread."""

    def __init__(self, newsroom: Newsroom, troubles: Troubles) -> None:
        self._newsroom, self._troubles = newsroom, troubles
        self._recorded_at = -RECORDED_EVERY

    def __call__(self) -> Due:
        """Raises StorageError where even reading is refused."""
        now = self._newsroom.clock.now()
        with self._newsroom.store.read() as tx:
            due = {name for name, _ in deliveries.count_due(tx, now)}
            doubtful = {d.destination for d in deliveries.in_state(tx, DeliveryState.UNCERTAIN)}
            found = Due(due | doubtful, bool(notices.waiting(tx, now, 1)))
        if self._newsroom.clock.monotonic() - self._recorded_at >= RECORDED_EVERY:
            self._record(now)
        return found

    def _record(self, now: datetime) -> None:
        self._recorded_at = self._newsroom.clock.monotonic()
        try:
            with self._newsroom.store.write() as tx:
                marks.put_time(tx, "last_tick", now)
        except StorageError as e:
            self._troubles.say(STORAGE, STORAGE_REFUSED.format(e))
        else:
            self._troubles.over(STORAGE, "Disk and database work again.", quiet=LONGEST_PAUSE + EVERY)


def scheduler(ticks: Sequence[tuple[Tick, float]]) -> AsyncIOScheduler:
    """A scheduler that calls each tick at once and then every so many seconds; not started yet."""
    defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    made = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
    for n, (tick, seconds) in enumerate(ticks):
        first = datetime.now(UTC) + timedelta(seconds=0 if seconds <= EVERY else seconds)
        made.add_job(tick, IntervalTrigger(seconds=seconds, timezone=UTC), next_run_time=first, id=str(n))
    return made


async def keep_ticking(ticks: AsyncIOScheduler) -> None:
    """APScheduler waits by the wall clock: set back by an hour, it would not tick for an hour."""
    while True:
        await asyncio.sleep(LOOKED_AT_EVERY)
        now = datetime.now(UTC)
        for job in ticks.get_jobs():
            if job.next_run_time - now > job.trigger.interval + timedelta(seconds=LOOKED_AT_EVERY):
                job.modify(next_run_time=now)
