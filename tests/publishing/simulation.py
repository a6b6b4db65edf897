"""A destination without database, platform or waiting: a loop around `choose` in which time jumps to what comes next.

It keeps what the real records would keep, and nothing between two ticks but them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from medsosbot.errors import PublishError
from medsosbot.model import DeliveryState, Urgency
from medsosbot.options import Pace, Timetable
from medsosbot.publishing.retry import decide
from medsosbot.publishing.timetable import Line, Standing, choose, due_at

MONDAY = datetime(2026, 11, 22, 16, tzinfo=UTC)  # Monday 23 November 2026, 00.00 WITA


@dataclass(frozen=True)
class Arrival:
    """An item that the queue folder takes in at `at`."""

    at: datetime
    name: str
    news_date: date = date(2026, 11, 20)
    publish_at: datetime | None = None
    expires_at: datetime | None = None
    urgency: Urgency = Urgency.NORMAL


@dataclass(frozen=True)
class Sent:
    """One post that went out."""

    at: datetime
    line: Line


@dataclass
class World:
    """One destination. call: what the platform does with a try, an error or None; doubts: how long each one lasts."""

    timetable: Timetable
    pace: Pace = field(default_factory=Pace)
    call: Callable[[Line, int], PublishError | None] = lambda line, tries: None
    duration: timedelta = timedelta(seconds=1)
    doubt: timedelta = timedelta(minutes=3)
    rng: random.Random = field(default_factory=lambda: random.Random(0))
    rows: dict[int, Line] = field(default_factory=dict)
    standing: Standing = field(default_factory=Standing)
    sent: list[Sent] = field(default_factory=list)
    held: list[tuple[datetime, str]] = field(default_factory=list)
    expired: list[tuple[datetime, str]] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    tries: dict[int, int] = field(default_factory=dict)
    slots: set[datetime] = field(default_factory=set)
    in_doubt: Line | None = None

    def take_in(self, arrival: Arrival) -> None:
        due = due_at(
            now=arrival.at,
            publish_at=arrival.publish_at,
            urgency=arrival.urgency,
            timetable=self.timetable,
            taken=self.slots,
        )
        if due.slot is not None:
            self.slots.add(due.slot)
        number = len(self.tries) + 1
        self.tries[number] = 0
        self.rows[number] = Line(
            id=number,
            due_at=due.at,
            publish_at=arrival.publish_at,
            expires_at=arrival.expires_at,
            late_from=due.late_from,
            not_before=None,
            urgency=arrival.urgency,
            news_date=arrival.news_date,
            name=arrival.name,
        )

    def run(self, arrivals: Sequence[Arrival], ticks: Sequence[datetime] = ()) -> None:
        """Until nothing is to come. ticks: moments at which it is asked although nothing could have changed."""
        events = sorted({a.at for a in arrivals} | set(ticks))
        coming = sorted(arrivals, key=lambda a: (a.at, a.name))
        now = events[0]
        while True:
            while coming and coming[0].at <= now:
                self.take_in(coming.pop(0))
            self._settle(now)
            took, wake = self._tick(now)
            if took:
                now += self.duration
                continue
            later = [e for e in events if e > now] + [w for w in (wake, self._doubt_ends()) if w is not None]
            if not later:
                return
            assert min(later) > now, "time stands still"
            now = min(later)

    def _tick(self, now: datetime) -> tuple[bool, datetime | None]:
        choice = choose(now, list(self.rows.values()), self.standing, self.timetable, self.pace)
        self.held += [(now, self.rows.pop(n).name) for n in choice.late]
        self.expired += [(now, self.rows.pop(n).name) for n in choice.expired]
        for n in choice.passed_over:
            self.rows[n] = replace(self.rows[n], late_from=now)
        if choice.claim is None:
            return False, choice.wake_at
        self._publish(now, self.rows[choice.claim])
        return True, None

    def _publish(self, now: datetime, line: Line) -> None:
        self.tries[line.id] += 1
        error = self.call(line, self.tries[line.id])
        if error is None:
            self._went(now, self.rows.pop(line.id))
            return
        retry = decide(error, self.tries[line.id], now + self.duration, self.rng)
        if retry.state is DeliveryState.FAILED:
            self.ended.append(self.rows.pop(line.id).name)
        elif retry.state is DeliveryState.UNCERTAIN:
            self.in_doubt = self.rows.pop(line.id)
            self._went(now, None)
            self.standing = replace(self.standing, uncertain_since=now)
        elif retry.whole_destination:
            self.standing = replace(self.standing, not_before=retry.not_before, retrying=line.id)
        else:
            self.rows[line.id] = replace(line, not_before=retry.not_before)
            self.standing = replace(self.standing, retrying=line.id)

    def _went(self, now: datetime, line: Line | None) -> None:
        recent = (*self.standing.recent, now)[-200:]
        retrying = None if line is not None and line.id == self.standing.retrying else self.standing.retrying
        self.standing = replace(self.standing, last_post=now, recent=recent, retrying=retrying)
        if line is not None:
            self.sent.append(Sent(now, line))

    def _doubt_ends(self) -> datetime | None:
        since = self.standing.uncertain_since
        return None if since is None else since + self.doubt

    def _settle(self, now: datetime) -> None:
        ends = self._doubt_ends()
        if ends is not None and ends <= now and self.in_doubt is not None:
            self.sent.append(Sent(self.standing.uncertain_since or now, self.in_doubt))
            self.in_doubt = None
            self.standing = replace(self.standing, uncertain_since=None)
