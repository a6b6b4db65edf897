"""When a delivery is due, and who of those that wait may go."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from medsosbot.model import Urgency
from medsosbot.options import Pace, Quiet, Timetable
from medsosbot.publishing.timetable import (
    Due,
    Line,
    Standing,
    choose,
    due_at,
    gap_until,
    has_expired,
    is_late,
    order_key,
    quiet_until,
)

WITA = ZoneInfo("Asia/Makassar")
MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)
OFF = Timetable(zone=WITA)
NIGHT = replace(OFF, quiet=Quiet(time(21), time(6)))
NOON = replace(OFF, quiet=Quiet(time(12), time(13)))
SLOTS = replace(NIGHT, slots=(time(8), time(12), time(16)))
GAP = replace(OFF, gap=timedelta(minutes=10))
FREE = Standing()
URGENT = Urgency.URGENT


def wita(hour: int, minute: int = 0, second: int = 0, day: int = 24) -> datetime:
    """A moment of November 2026, as the clocks in Samarinda show it, in UTC."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=WITA).astimezone(UTC)


NOW = wita(10)


def due(
    now: datetime,
    timetable: Timetable,
    publish_at: datetime | None = None,
    urgency: Urgency = Urgency.NORMAL,
    taken: frozenset[datetime] = frozenset(),
    slot: bool = True,
) -> Due:
    return due_at(now=now, publish_at=publish_at, urgency=urgency, timetable=timetable, taken=taken, slot=slot)


def line(number: int = 1, **given: object) -> Line:
    base = Line(
        id=number,
        due_at=NOW - MINUTE,
        publish_at=None,
        expires_at=None,
        late_from=NOW - MINUTE,
        not_before=None,
        urgency=Urgency.NORMAL,
        news_date=date(2026, 11, 20),
        name=f"rilis-{number}",
    )
    return replace(base, **given)  # type: ignore[arg-type]


class TestDue:
    def test_an_item_is_due_at_once_where_nothing_is_set(self) -> None:
        assert due(NOW, OFF) == Due(NOW, None, NOW)

    def test_it_is_due_at_its_publish_at(self) -> None:
        assert due(NOW, OFF, publish_at=wita(15, 0, 7)).at == wita(15, 0, 7)

    def test_a_past_publish_at_is_due_now_and_counts_from_then(self) -> None:
        assert due(NOW, OFF, publish_at=wita(9)) == Due(NOW, None, wita(9))

    def test_it_takes_the_next_free_slot(self) -> None:
        assert due(NOW, SLOTS) == Due(wita(12), wita(12), wita(12))

    def test_a_slot_that_begins_now_is_still_free(self) -> None:
        assert due(wita(12), SLOTS).slot == wita(12)

    def test_a_slot_that_has_just_begun_is_not_taken_any_more(self) -> None:
        assert due(wita(12) + INSTANT, SLOTS).slot == wita(16)

    def test_a_taken_slot_is_not_given_twice(self) -> None:
        assert due(NOW, SLOTS, taken=frozenset({wita(12), wita(16)})).slot == wita(8, day=25)

    def test_the_slots_of_weeks_can_be_taken(self) -> None:
        taken: set[datetime] = set()
        for _ in range(60):
            slot = due(NOW, SLOTS, taken=frozenset(taken)).slot
            assert slot is not None and slot not in taken
            taken.add(slot)
        assert max(taken) == datetime(2026, 12, 14, 8, tzinfo=WITA)

    def test_publish_at_replaces_the_slot(self) -> None:
        assert due(NOW, SLOTS, publish_at=wita(15)) == Due(wita(15), None, wita(15))

    def test_publish_at_does_not_replace_the_quiet_hours(self) -> None:
        assert due(NOW, SLOTS, publish_at=wita(22)).at == wita(6, day=25)

    def test_what_came_in_the_quiet_hours_is_due_at_their_end(self) -> None:
        assert due(wita(23), NIGHT).at == wita(6, day=25)
        assert due(wita(3), NIGHT).at == wita(6)

    def test_what_waits_for_the_morning_is_not_late_because_of_the_night(self) -> None:
        assert due(NOW, NIGHT, publish_at=wita(22)).late_from == wita(6, day=25)

    def test_urgent_goes_at_once_without_slot_and_through_the_night(self) -> None:
        assert due(wita(23), SLOTS, urgency=URGENT) == Due(wita(23), None, wita(23))

    def test_urgent_does_not_go_before_its_publish_at(self) -> None:
        assert due(NOW, SLOTS, publish_at=wita(23), urgency=URGENT).at == wita(23)

    def test_evergreen_behaves_as_normal(self) -> None:
        assert due(NOW, SLOTS, urgency=Urgency.EVERGREEN) == due(NOW, SLOTS)

    def test_release_now_skips_the_slot_and_takes_none(self) -> None:
        assert due(NOW, SLOTS, slot=False) == Due(NOW, None, NOW)

    def test_release_now_does_not_skip_publish_at_or_the_quiet_hours(self) -> None:
        assert due(NOW, SLOTS, publish_at=wita(15), slot=False).at == wita(15)
        assert due(wita(23), SLOTS, slot=False).at == wita(6, day=25)

    def test_a_slot_keeps_its_wall_time_where_the_clocks_change(self) -> None:
        paris = ZoneInfo("Europe/Paris")
        winter = datetime(2026, 10, 25, 8, tzinfo=paris)
        timetable = Timetable(zone=paris, slots=(time(8),))
        assert due(winter.astimezone(UTC) - timedelta(hours=20), timetable).at == winter


class TestQuiet:
    @pytest.mark.parametrize(("at", "end"), [(wita(21), 25), (wita(23, 59, 59), 25), (wita(0), 24), (wita(5, 59), 24)])
    def test_the_night_spans_midnight(self, at: datetime, end: int) -> None:
        assert quiet_until(at, NIGHT) == wita(6, day=end)

    @pytest.mark.parametrize("at", [wita(6), wita(12), wita(20, 59, 59)])
    def test_its_end_is_not_quiet_any_more_nor_is_the_day(self, at: datetime) -> None:
        assert quiet_until(at, NIGHT) is None

    def test_quiet_hours_may_lie_within_a_day(self) -> None:
        assert quiet_until(wita(12), NOON) == wita(13)
        assert quiet_until(wita(13), NOON) is None
        assert quiet_until(wita(11, 59, 59), NOON) is None

    def test_there_are_none_where_none_are_set(self) -> None:
        assert quiet_until(wita(23), OFF) is None

    @pytest.mark.parametrize("month_and_day", [(3, 29), (10, 25)])
    def test_they_end_on_a_day_on_which_the_clocks_change(self, month_and_day: tuple[int, int]) -> None:
        paris = ZoneInfo("Europe/Paris")
        timetable = Timetable(zone=paris, quiet=Quiet(time(1), time(2, 30)))
        start = datetime(2026, *month_and_day, 0, tzinfo=paris).astimezone(UTC)
        for minutes in range(0, 300, 7):
            end = quiet_until(start + minutes * MINUTE, timetable)
            if end is not None:
                assert quiet_until(end, timetable) is None
                assert timedelta(0) < end - (start + minutes * MINUTE) <= timedelta(hours=3)


class TestGapAndLateness:
    def test_the_gap_is_counted_from_the_last_post(self) -> None:
        assert gap_until(NOW, GAP) == NOW + 10 * MINUTE

    def test_there_is_no_gap_before_the_first_post_or_where_none_is_set(self) -> None:
        assert gap_until(None, GAP) is None
        assert gap_until(NOW, OFF) is None

    def test_what_was_due_longer_ago_than_the_limit_is_late(self) -> None:
        assert is_late(NOW, NOW - timedelta(hours=24) - INSTANT, OFF)

    def test_what_was_due_exactly_as_long_ago_as_the_limit_is_not_late(self) -> None:
        assert not is_late(NOW, NOW - timedelta(hours=24), OFF)

    def test_nothing_is_late_where_no_limit_is_set(self) -> None:
        assert not is_late(NOW, NOW - timedelta(days=999), replace(OFF, late=None))

    def test_an_item_expires_exactly_at_its_time(self) -> None:
        assert has_expired(NOW, NOW)
        assert not has_expired(NOW, NOW + INSTANT)
        assert not has_expired(NOW, None)


class TestOrder:
    def test_urgent_goes_first_then_the_oldest_news_then_the_name(self) -> None:
        keys = [
            order_key(Urgency.NORMAL, date(2026, 11, 2), "a"),
            order_key(Urgency.EVERGREEN, date(2026, 11, 1), "c"),
            order_key(Urgency.NORMAL, date(2026, 11, 1), "b"),
            order_key(Urgency.URGENT, date(2026, 11, 9), "z"),
        ]
        assert [key[2] for key in sorted(keys)] == ["z", "b", "c", "a"]


class TestChoose:
    def claim(
        self, *rows: Line, standing: Standing = FREE, timetable: Timetable = OFF, now: datetime = NOW
    ) -> int | None:
        return choose(now, rows, standing, timetable, Pace()).claim

    def test_it_claims_what_is_due(self) -> None:
        assert self.claim(line()) == 1

    def test_it_claims_at_exactly_the_time_and_not_an_instant_before(self) -> None:
        row = line(due_at=wita(9), publish_at=NOW)
        assert self.claim(row) == 1
        assert self.claim(row, now=NOW - INSTANT) is None

    def test_it_claims_nothing_from_an_empty_line_and_has_nothing_to_wake_for(self) -> None:
        assert choose(NOW, (), FREE, GAP, Pace()).wake_at is None

    def test_it_keeps_the_contracts_order(self) -> None:
        rows = [line(1), line(2, news_date=date(2026, 11, 1)), line(3, news_date=date(2026, 11, 1), name="a")]
        assert self.claim(*rows) == 3
        assert self.claim(*rows, line(4, urgency=URGENT)) == 4

    def test_nothing_goes_while_the_destination_is_paused_not_even_urgent(self) -> None:
        assert self.claim(line(urgency=URGENT), standing=Standing(paused=True)) is None

    def test_nothing_goes_beside_a_delivery_that_is_with_the_platform(self) -> None:
        assert self.claim(line(urgency=URGENT), standing=Standing(publishing=True)) is None

    def test_a_429_holds_back_all_until_the_platforms_time(self) -> None:
        standing = Standing(not_before=NOW + MINUTE)
        choice = choose(NOW, [line(urgency=URGENT)], standing, OFF, Pace())
        assert (choice.claim, choice.wake_at) == (None, NOW + MINUTE)
        assert self.claim(line(), standing=standing, now=NOW + MINUTE) == 1

    def test_a_doubt_lets_urgent_pass_after_ten_minutes_and_nothing_else(self) -> None:
        rows = (line(1), line(2, urgency=URGENT))
        assert self.claim(*rows, standing=Standing(uncertain_since=NOW - 10 * MINUTE)) == 2
        assert self.claim(*rows, standing=Standing(uncertain_since=NOW - 10 * MINUTE + INSTANT)) is None
        assert self.claim(line(1), standing=Standing(uncertain_since=NOW - timedelta(hours=5))) is None

    def test_only_urgent_goes_in_the_quiet_hours(self) -> None:
        late_evening = wita(22)
        assert self.claim(line(), timetable=NIGHT, now=late_evening) is None
        assert self.claim(line(), line(2, urgency=URGENT), timetable=NIGHT, now=late_evening) == 2
        assert choose(late_evening, [line()], FREE, NIGHT, Pace()).wake_at == wita(6, day=25)

    def test_the_gap_holds_back_urgent_too(self) -> None:
        standing = Standing(last_post=NOW - 9 * MINUTE)
        assert self.claim(line(urgency=URGENT), standing=standing, timetable=GAP) is None
        assert choose(NOW, [line()], standing, GAP, Pace()).wake_at == NOW + MINUTE
        assert self.claim(line(), standing=standing, timetable=GAP, now=NOW + MINUTE) == 1

    def test_the_gap_does_not_part_what_belongs_together(self) -> None:
        standing = Standing(last_post=NOW - MINUTE)
        assert self.claim(line(1), line(2, started=True), standing=standing, timetable=GAP) == 2

    def test_the_pace_holds_back_all_also_what_is_started(self) -> None:
        pace = Pace(spacing=timedelta(seconds=1))
        choice = choose(NOW, [line(started=True)], Standing(recent=(NOW,)), OFF, pace)
        assert (choice.claim, choice.wake_at) == (None, NOW + timedelta(seconds=1))

    def test_what_is_partly_out_goes_before_everything(self) -> None:
        assert self.claim(line(1, urgency=URGENT), line(2, started=True)) == 2

    def test_nothing_but_urgent_overtakes_what_waits_for_its_backoff(self) -> None:
        rows = (line(1), line(2, not_before=NOW + MINUTE))
        assert self.claim(*rows, standing=Standing(retrying=2)) is None
        assert self.claim(*rows, line(3, urgency=URGENT), standing=Standing(retrying=2)) == 3

    def test_what_was_not_sent_goes_first_once_its_backoff_is_over(self) -> None:
        rows = (line(1, news_date=date(2020, 1, 1)), line(2, not_before=NOW))
        assert self.claim(*rows, standing=Standing(retrying=2)) == 2

    def test_a_retry_that_ended_otherwise_holds_nobody_back(self) -> None:
        assert self.claim(line(1), standing=Standing(retrying=2)) == 1
        expired = line(2, not_before=NOW + MINUTE, expires_at=NOW)
        assert self.claim(line(1), expired, standing=Standing(retrying=2)) == 1

    def test_what_waits_only_for_itself_lets_the_others_pass(self) -> None:
        assert self.claim(line(1), line(2, not_before=NOW + MINUTE, news_date=date(2020, 1, 1))) == 1

    def test_an_expired_row_is_told_and_never_claimed(self) -> None:
        choice = choose(NOW, [line(1, expires_at=NOW)], FREE, OFF, Pace())
        assert (choice.claim, choice.expired, choice.late) == (None, (1,), ())

    def test_a_row_expires_also_before_it_is_due_and_while_paused(self) -> None:
        row = line(1, due_at=NOW + MINUTE, expires_at=NOW)
        assert choose(NOW, [row], Standing(paused=True), OFF, Pace()).expired == (1,)

    def test_a_late_row_is_held_and_never_claimed(self) -> None:
        yesterday = NOW - timedelta(hours=30)
        choice = choose(NOW, [line(1, due_at=yesterday, late_from=yesterday), line(2)], FREE, OFF, Pace())
        assert (choice.claim, choice.late) == (2, (1,))

    @pytest.mark.parametrize(
        "standing", [Standing(paused=True), Standing(uncertain_since=NOW - MINUTE), Standing(not_before=NOW + MINUTE)]
    )
    def test_a_pause_or_a_doubt_makes_late(self, standing: Standing) -> None:
        yesterday = NOW - timedelta(hours=30)
        choice = choose(NOW, [line(1, due_at=yesterday, late_from=yesterday)], standing, OFF, Pace())
        assert (choice.late, choice.passed_over) == ((1,), ())

    def test_waiting_for_the_gap_alone_moves_what_lateness_counts_from(self) -> None:
        choice = choose(NOW, [line(1)], Standing(last_post=NOW - MINUTE / 2), GAP, Pace())
        assert choice.passed_over == (1,)

    @pytest.mark.parametrize(
        "standing",
        [
            Standing(paused=True, last_post=NOW),
            Standing(publishing=True, last_post=NOW),
            Standing(uncertain_since=NOW - MINUTE, last_post=NOW),
            Standing(not_before=NOW + MINUTE, last_post=NOW),
            Standing(retrying=2, last_post=NOW),
        ],
    )
    def test_waiting_for_anything_else_does_not_move_it(self, standing: Standing) -> None:
        rows = [line(1), line(2, not_before=NOW + MINUTE)]
        assert choose(NOW, rows, standing, GAP, Pace()).passed_over == ()

    def test_whoever_waits_behind_the_one_that_goes_does_not_get_late_by_it(self) -> None:
        rows = [line(1), line(2)]
        assert choose(NOW, rows, FREE, GAP, Pace()).passed_over == (2,)
        assert choose(NOW, rows, FREE, OFF, Pace()).passed_over == ()

    def test_a_tick_a_second_does_not_write_each_second(self) -> None:
        standing = Standing(last_post=NOW - 2 * MINUTE)
        assert choose(NOW, [line(1, late_from=NOW - MINUTE / 2)], standing, GAP, Pace()).passed_over == ()

    def test_a_long_gap_that_nobody_watched_makes_nothing_late(self) -> None:
        timetable = replace(OFF, gap=timedelta(hours=40))
        last = NOW - timedelta(hours=40)
        row = line(1, due_at=last + MINUTE, late_from=last + MINUTE)
        assert self.claim(row, standing=Standing(last_post=last), timetable=timetable) == 1

    def test_a_gap_that_ends_in_the_night_makes_nothing_late_in_the_morning(self) -> None:
        timetable = replace(NIGHT, gap=10 * MINUTE, late=timedelta(hours=2))
        row = line(1, due_at=wita(20, 56), late_from=wita(20, 56))
        assert self.claim(row, standing=Standing(last_post=wita(20, 55)), timetable=timetable, now=wita(6, day=25)) == 1
        assert (
            self.claim(row, standing=Standing(last_post=wita(20, 40)), timetable=timetable, now=wita(6, day=25)) is None
        )

    def test_a_gap_that_ended_before_an_outage_does_not_excuse_it(self) -> None:
        last = NOW - timedelta(hours=30)
        row = line(1, due_at=last + MINUTE, late_from=last + MINUTE)
        assert choose(NOW, [row], Standing(last_post=last), GAP, Pace()).late == (1,)

    def test_each_post_moves_those_that_wait_behind_it(self) -> None:
        standing = Standing(last_post=NOW - MINUTE / 6)
        assert choose(NOW, [line(1, late_from=NOW - MINUTE / 2)], standing, GAP, Pace()).passed_over == (1,)

    def test_it_wakes_when_a_doubt_is_old_enough_for_urgent(self) -> None:
        choice = choose(NOW, [line(urgency=URGENT)], Standing(uncertain_since=NOW - 9 * MINUTE), OFF, Pace())
        assert choice.wake_at == NOW + MINUTE

    def test_it_wakes_when_the_next_row_is_due_expires_or_gets_late(self) -> None:
        paused = Standing(paused=True)
        day = timedelta(hours=24)
        assert choose(NOW, [line(due_at=NOW + MINUTE)], FREE, OFF, Pace()).wake_at == NOW + MINUTE
        assert choose(NOW, [line(expires_at=NOW + MINUTE)], paused, OFF, Pace()).wake_at == NOW + MINUTE
        assert choose(NOW, [line()], paused, OFF, Pace()).wake_at == NOW - MINUTE + day + INSTANT
