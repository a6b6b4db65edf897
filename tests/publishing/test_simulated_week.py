"""Whole days and a whole week on the pure functions alone: what went when, with no waiting and no real clock."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from medsosbot.errors import PublishError, RejectedError, TransientError, UncertainError
from medsosbot.model import Urgency
from medsosbot.options import Pace, Quiet, Timetable
from medsosbot.publishing.timetable import Line, quiet_until
from medsosbot.wording import DAYS
from tests.publishing.simulation import MONDAY, Arrival, Sent, World

WITA = ZoneInfo("Asia/Makassar")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
NIGHT = Quiet(time(21), time(6))
GOLDEN = Path(__file__).parent / "golden" / "week.txt"
CHAT = Pace(per_window=20, window=MINUTE, spacing=timedelta(seconds=1))
OFFICE = Timetable(
    zone=WITA,
    slots=tuple(time(hour) for hour in range(7, 21, 2)),
    gap=timedelta(minutes=10),
    quiet=NIGHT,
)


def the_week() -> list[Arrival]:
    """60 items: most in office hours and without a time, some with one, some urgent, some that run out."""
    dice = random.Random(60)
    arrivals = []
    for number in range(60):
        at = MONDAY + timedelta(days=number % 5, minutes=dice.randrange(7 * 60, 20 * 60), seconds=dice.randrange(60))
        kind = number % 10
        arrivals.append(
            Arrival(
                at=at,
                name=f"rilis-{number:02}",
                news_date=(at.astimezone(WITA) - timedelta(days=dice.randrange(3))).date(),
                urgency=Urgency.URGENT if kind == 3 else Urgency.EVERGREEN if kind == 8 else Urgency.NORMAL,
                publish_at=at + dice.randrange(1, 30) * HOUR if kind in (1, 6) else None,
                expires_at=at + 12 * HOUR if kind == 5 else None,
            )
        )
    night = MONDAY + timedelta(days=2, hours=22, minutes=30)
    arrivals[23] = replace(arrivals[23], at=night)
    arrivals[33] = replace(arrivals[33], at=night)
    return arrivals


def told(world: World) -> str:
    """The list of what went when, and what became of the rest, for people's eyes."""
    rows = [(s.at, "terbit", _about(s.line)) for s in world.sent]
    rows += [(at, "kedaluwarsa", name) for at, name in world.expired]
    rows += [(at, "ditahan", name) for at, name in world.held]
    lines = []
    for at, what, who in sorted(rows):
        local = at.astimezone(WITA)
        lines.append(f"{DAYS[local.weekday()]:<7}{local:%Y-%m-%d %H.%M.%S} WITA  {what:<12} {who}".rstrip())
    return "\n".join(lines) + "\n"


def _about(line: Line) -> str:
    why = [] if line.urgency is Urgency.NORMAL else [line.urgency.value]
    if line.publish_at is not None:
        why.append(f"publish_at {line.publish_at.astimezone(WITA):%d/%m %H.%M.%S}")
    return f"{line.name}  {', '.join(why)}".rstrip()


def test_a_week_of_sixty_items_goes_as_the_golden_file_says() -> None:
    world = World(OFFICE, CHAT)
    world.run(the_week())
    assert told(world) == GOLDEN.read_text(encoding="utf-8")
    assert len(world.sent) + len(world.expired) == 60
    assert not world.held


def test_the_week_keeps_every_promise_of_the_clock() -> None:
    world = World(OFFICE, CHAT)
    world.run(the_week())
    assert_promises(world)


def test_a_week_that_is_asked_every_five_minutes_goes_just_the_same() -> None:
    world = World(OFFICE, CHAT)
    world.run(the_week(), ticks=[MONDAY + n * 5 * MINUTE for n in range(7 * 24 * 12)])
    assert told(world) == GOLDEN.read_text(encoding="utf-8")


def test_after_an_outage_of_thirty_hours_the_old_ones_are_held_and_not_flooded() -> None:
    world = World(replace(OFFICE, slots=(), quiet=None), CHAT)
    noon = MONDAY + 12 * HOUR
    for number in range(8):  # taken in before the outage; nobody ticks until 30 hours later
        world.take_in(Arrival(noon + number * HOUR, f"lama-{number}"))
    world.run([Arrival(noon + 30 * HOUR, "baru")])
    assert [name for _, name in world.held] == [f"lama-{n}" for n in range(6)]
    assert [s.line.name for s in world.sent] == ["baru", "lama-6", "lama-7"]
    assert_promises(world)


def test_a_backlog_that_takes_longer_than_the_limit_is_not_late_by_its_own_gap() -> None:
    world = World(Timetable(zone=WITA, gap=timedelta(minutes=40)), CHAT)
    world.run([Arrival(MONDAY + n * timedelta(seconds=1), f"rilis-{n:02}") for n in range(60)])
    assert len(world.sent) == 60 and not world.held
    assert world.sent[-1].at - world.sent[0].at > timedelta(hours=39)


def assert_promises(world: World) -> None:
    """Never early, never in quiet hours, gap and pace kept, never expired, nothing twice, nothing lost."""
    for sent in world.sent:
        _assert_in_time(sent, world.timetable)
    times = sorted(s.at for s in world.sent)
    assert all(b - a >= world.timetable.gap for a, b in pairwise(times))
    assert all(b - a >= world.pace.spacing for a, b in pairwise(times))
    if world.pace.per_window:
        for n, at in enumerate(times):
            assert sum(t < at + world.pace.window for t in times[n:]) <= world.pace.per_window
    ends = Counter([s.line.name for s in world.sent])
    ends.update([name for _, name in world.held + world.expired])
    ends.update(world.ended)
    assert set(ends.values()) <= {1}, "an item came to two ends"
    assert len(ends) == len(world.tries) and not world.rows, "an item came to no end"


def _assert_in_time(sent: Sent, timetable: Timetable) -> None:
    line = sent.line
    assert sent.at >= line.due_at
    assert line.publish_at is None or sent.at >= line.publish_at
    assert line.expires_at is None or sent.at < line.expires_at
    assert line.urgency is Urgency.URGENT or quiet_until(sent.at, timetable) is None


moments = st.integers(0, 3 * 24 * 3600).map(lambda s: MONDAY + timedelta(seconds=s))
clocks = st.integers(0, 24 * 60 - 1).map(lambda m: time(m // 60, m % 60))


@st.composite
def weeks(draw: st.DrawFn) -> list[Arrival]:
    arrivals = []
    for number in range(draw(st.integers(1, 14))):
        at = draw(moments)
        arrivals.append(
            Arrival(
                at=at,
                name=f"rilis-{number:02}",
                news_date=date(2026, 11, draw(st.integers(1, 20))),
                publish_at=draw(st.none() | moments),
                expires_at=draw(st.none() | moments),
                urgency=draw(st.sampled_from(Urgency)),
            )
        )
    return arrivals


@st.composite
def timetables(draw: st.DrawFn) -> Timetable:
    start, length = draw(clocks), draw(st.integers(0, 11 * 60))
    end = (datetime.combine(date(2026, 1, 1), start, UTC) + length * MINUTE).time()
    return Timetable(
        zone=ZoneInfo(draw(st.sampled_from(["Asia/Makassar", "Asia/Jayapura", "Europe/Paris"]))),
        slots=tuple(sorted(draw(st.sets(clocks, max_size=4)))),
        gap=draw(st.integers(0, 200)) * MINUTE,
        quiet=draw(st.none() | st.just(Quiet(start, end))),
    )


paces = st.builds(
    Pace,
    per_window=st.integers(0, 3),
    window=st.integers(1, 900).map(lambda s: timedelta(seconds=s)),
    spacing=st.integers(0, 3).map(lambda s: timedelta(seconds=s)),
)
faults = st.lists(st.sampled_from(["ok", "ok", "ok", "transient", "paced", "unsure", "rejected"]), max_size=30)


def platform(answers: list[str]) -> World:
    """A world whose platform gives these answers, one a try, and accepts everything afterwards."""
    left = iter(answers)

    def call(line: Line, tries: int) -> PublishError | None:
        match next(left, "ok"):
            case "transient":
                return TransientError("tidak tersambung")
            case "paced":
                return TransientError("terlalu cepat", paced=True)
            case "unsure":
                return UncertainError("tidak ada jawaban")
            case "rejected":
                return RejectedError("terlalu panjang")
            case _:
                return None

    return World(OFFICE, call=call)


@settings(max_examples=200, deadline=None)
@given(arrivals=weeks(), timetable=timetables(), pace=paces, answers=faults)
def test_whatever_comes_the_clock_keeps_its_promises(
    arrivals: list[Arrival], timetable: Timetable, pace: Pace, answers: list[str]
) -> None:
    world = platform(answers)
    world.timetable, world.pace = timetable, pace
    world.run(arrivals)
    assert_promises(world)


@settings(max_examples=200, deadline=None)
@given(arrivals=weeks(), timetable=timetables(), pace=paces, ticks=st.lists(moments, max_size=40), answers=faults)
def test_a_restart_or_a_tick_at_any_moment_changes_nothing(
    arrivals: list[Arrival], timetable: Timetable, pace: Pace, ticks: list[datetime], answers: list[str]
) -> None:
    quiet_world, asked_world = platform(answers), platform(answers)
    for world in (quiet_world, asked_world):
        world.timetable, world.pace = timetable, pace
    quiet_world.run(arrivals)
    asked_world.run(arrivals, [t for t in ticks if t >= min(a.at for a in arrivals)])
    assert told(asked_world) == told(quiet_world)


@settings(max_examples=200, deadline=None)
@given(arrivals=weeks(), timetable=timetables(), pace=paces)
def test_nothing_gets_late_without_an_outage(arrivals: list[Arrival], timetable: Timetable, pace: Pace) -> None:
    # Longer than any of these nights and the gap before it: this world looks only when it is told to wake.
    world = World(replace(timetable, late=24 * HOUR), pace)
    world.run([replace(a, publish_at=None if a.publish_at is None else max(a.publish_at, a.at)) for a in arrivals])
    assert not world.held
