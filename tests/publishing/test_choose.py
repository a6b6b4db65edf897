"""Whatever rows, standing and options there are: what `choose` may never do, and when it must be asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from medsosbot.model import Urgency
from medsosbot.options import Pace, Quiet, Timetable
from medsosbot.publishing.pace import allowed_at
from medsosbot.publishing.timetable import Line, Standing, choose, quiet_until

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
WITA = ZoneInfo("Asia/Makassar")
seconds = st.integers(-4000, 4000) | st.integers(-5, 5) | st.sampled_from([-600, -86_400, -90_000, 0, 600])
moments = seconds.map(lambda s: NOW + timedelta(seconds=s))
pasts = seconds.map(lambda s: NOW - timedelta(seconds=abs(s)))
spans = st.sampled_from([0, 1, 60, 600, 3600]).map(lambda s: timedelta(seconds=s))
lines = st.builds(
    Line,
    id=st.just(0),
    due_at=pasts | moments,
    publish_at=st.none() | pasts | moments,
    expires_at=st.none() | st.none() | moments,
    late_from=moments,
    not_before=st.none() | pasts | moments,
    urgency=st.sampled_from(Urgency),
    news_date=st.dates(date(2026, 11, 1), date(2026, 11, 3)),
    name=st.sampled_from("abc"),
    started=st.booleans(),
)
rows_of = st.lists(lines, max_size=6).map(lambda rows: [replace(row, id=n) for n, row in enumerate(rows)])
standings = st.builds(
    Standing,
    paused=st.sampled_from([False, False, False, True]),
    not_before=st.none() | pasts | moments,
    publishing=st.sampled_from([False, False, False, True]),
    uncertain_since=st.none() | st.none() | pasts,
    last_post=st.none() | pasts,
    recent=st.lists(pasts, max_size=3).map(tuple),
    retrying=st.none() | st.integers(0, 5),
)
quiets = st.none() | st.sampled_from(
    [Quiet(time(9), time(10)), Quiet(time(8, 59, 59), time(9, 0, 1)), Quiet(time(23), time(9, 0, 5))]
)
timetables = st.builds(
    Timetable, zone=st.just(WITA), gap=spans, quiet=quiets, late=st.none() | st.just(timedelta(hours=24))
)
paces = st.builds(Pace, per_window=st.integers(0, 3), window=st.just(timedelta(seconds=60)), spacing=spans)


@settings(max_examples=300, deadline=None)
@given(rows=rows_of, standing=standings, timetable=timetables, pace=paces)
def test_a_claim_breaks_no_rule(rows: list[Line], standing: Standing, timetable: Timetable, pace: Pace) -> None:
    choice = choose(NOW, rows, standing, timetable, pace)
    if choice.claim is None:
        return
    row = next(r for r in rows if r.id == choice.claim)
    urgent = row.urgency is Urgency.URGENT
    assert row.id not in choice.expired + choice.late + choice.passed_over
    assert max(m for m in (row.due_at, row.publish_at, row.not_before) if m is not None) <= NOW
    assert row.expires_at is None or row.expires_at > NOW
    assert not standing.paused and not standing.publishing
    assert standing.not_before is None or standing.not_before <= NOW
    assert urgent or quiet_until(NOW, timetable) is None
    assert row.started or standing.last_post is None or NOW - standing.last_post >= timetable.gap
    assert allowed_at(NOW, standing.recent, pace) == NOW
    if standing.uncertain_since is not None:
        assert urgent and NOW - standing.uncertain_since >= timedelta(minutes=10)
    if not urgent and not row.started and standing.retrying not in (None, row.id):
        assert standing.retrying not in {r.id for r in rows} - {*choice.expired, *choice.late}


@settings(max_examples=150, deadline=None)
@given(rows=rows_of, standing=standings, timetable=timetables, pace=paces)
def test_each_row_has_one_fate_at_most(rows: list[Line], standing: Standing, timetable: Timetable, pace: Pace) -> None:
    choice = choose(NOW, rows, standing, timetable, pace)
    fates = [*choice.expired, *choice.late, *choice.passed_over]
    assert len(fates) == len(set(fates))
    assert {r.id for r in rows if r.expires_at is not None and r.expires_at <= NOW} == set(choice.expired)
    for row in rows:
        if row.id in choice.late:
            assert timetable.late is not None and NOW - row.late_from > timetable.late
        if row.id in choice.passed_over:
            assert row.due_at <= NOW and row.late_from < NOW


@settings(max_examples=300, deadline=None)
@given(rows=rows_of, standing=standings, timetable=timetables, pace=paces, part=st.floats(0, 1))
def test_nothing_changes_before_it_wakes(
    rows: list[Line], standing: Standing, timetable: Timetable, pace: Pace, part: float
) -> None:
    choice = choose(NOW, rows, standing, timetable, pace)
    if choice.claim is not None:
        return
    gone = {*choice.expired, *choice.late}
    rest = [replace(r, late_from=NOW) if r.id in choice.passed_over else r for r in rows if r.id not in gone]
    end = choice.wake_at or NOW + timedelta(days=400)
    assert end > NOW
    between = NOW + part * (end - NOW - timedelta(microseconds=1))
    again = choose(between, rest, standing, timetable, pace)
    assert (again.claim, again.expired, again.late) == (None, (), ())


@settings(max_examples=300, deadline=None)
@given(rows=rows_of, standing=standings, timetable=timetables, pace=paces)
def test_whoever_wakes_as_told_comes_to_an_end_with_every_row(
    rows: list[Line], standing: Standing, timetable: Timetable, pace: Pace
) -> None:
    """Nothing is starved: without a pause and a doubt each row is claimed, expires or is held as late."""
    now, left = NOW, {r.id: r for r in rows}
    standing = replace(standing, paused=False, publishing=False, uncertain_since=None)
    for _ in range(400):
        choice = choose(now, list(left.values()), standing, timetable, pace)
        left = {n: replace(r, late_from=now) if n in choice.passed_over else r for n, r in left.items()}
        for n in (*choice.expired, *choice.late):
            del left[n]
        if choice.claim is not None:
            del left[choice.claim]
            standing = replace(standing, last_post=now, recent=(*standing.recent, now))
        elif choice.wake_at is not None:
            now = choice.wake_at
        else:
            break
    assert not left
