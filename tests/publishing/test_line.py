"""Who goes now: order, gap, pace, quiet hours, pauses, lateness, and a clock that can't be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from medsosbot.errors import DecisionError
from medsosbot.model import DeliveryState
from medsosbot.options import Pace, Quiet, Timetable
from medsosbot.publishing import decisions
from medsosbot.storage import deliveries
from tests.publishing.fake_platform import LOST
from tests.publishing.office import DAY, HOUR, MINUTE, WITA, Office, open_office, target

State = DeliveryState
LITTLE = timedelta(microseconds=1)
GAP = 10 * MINUTE


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as one:
        yield one


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path, target("kanal"), target("x")) as one:
        yield one


def three(office: Office) -> None:
    for name in "abc":
        office.file(name)


def late_from(office: Office, item_id: str) -> datetime:
    with office.store.read() as tx:
        return deliveries.get(tx, office.delivery(item_id).id).late_from


class TestOrder:
    def test_urgent_first_then_by_date_oldest_first_then_by_name(self, office: Office) -> None:
        office.file("c", date="2026-11-20")
        office.file("b", date="2026-11-20")
        office.file("a", date="2026-11-21")
        office.file("lama", date="2026-11-01")
        office.file("darurat", date="2026-11-24", urgency="urgent")
        office.publish()
        assert office.kanal.items == ["darurat", "lama", "b", "c", "a"]

    def test_evergreen_behaves_as_normal(self, office: Office) -> None:
        office.file("a", urgency="evergreen")
        office.file("b")
        office.publish()
        assert office.kanal.items == ["a", "b"]

    def test_whoever_waits_for_the_gap_far_behind_does_not_become_late(self, office: Office) -> None:
        office.change(timetable=Timetable(zone=WITA, gap=GAP))
        for n in range(205):
            office.file(f"n{n:03}")
        office.publish()
        office.move(GAP / 2)
        office.publish()
        assert late_from(office, "n001") == late_from(office, "n204") == office.clock.now()

    def test_what_an_outage_made_late_is_not_rescued_by_a_gap(self, office: Office) -> None:
        office.change(timetable=Timetable(zone=WITA, gap=GAP))
        for n in range(205):
            office.file(f"n{n:03}")
        office.take_in()
        office.move(2 * DAY)
        office.publish()
        assert {office.state("n000"), office.state("n204")} == {State.HELD}

    def test_a_long_line_is_worked_off_whole(self, office: Office) -> None:
        for n in range(230):
            office.file(f"n{n:03}")
        assert len(office.publish().published) == 230
        assert office.kanal.items == [f"n{n:03}" for n in range(230)]

    def test_what_is_late_by_the_hundred_does_not_hide_what_is_not(self, office: Office) -> None:
        for n in range(205):
            office.file(f"n{n:03}", publish_at="2026-11-24 10:00")
        office.take_in()
        office.move(3 * DAY)
        office.file("baru")
        report = office.publish()
        assert (len(report.held), office.kanal.items) == (205, ["baru"])


class TestSlots:
    def test_a_slot_takes_one_item_per_destination(self, two: Office) -> None:
        two.change(timetable=Timetable(WITA, slots=(time(12), time(16))))
        three(two)
        two.take_in()
        due = [[d.due_at.astimezone(WITA) for d in two.item(n).deliveries] for n in "abc"]
        assert [(d[0].day, d[0].hour) for d in due] == [(24, 12), (24, 16), (25, 12)]
        assert all(d[0] == d[1] for d in due)
        two.move(3 * HOUR)
        two.publish()
        assert two.kanal.items == ["a"]

    def test_a_slot_that_a_cancel_frees_goes_to_newcomers(self, office: Office) -> None:
        office.change(timetable=Timetable(WITA, slots=(time(12), time(16))))
        three(office)
        office.take_in()
        office.decide(decisions.cancel, "a")
        office.file("d")
        office.take_in()
        assert office.delivery("d").due_at.astimezone(WITA).hour == 12
        assert office.delivery("b").due_at.astimezone(WITA).hour == 16

    def test_publish_at_takes_no_slot(self, office: Office) -> None:
        office.change(timetable=Timetable(WITA, slots=(time(12), time(16))))
        office.file("a", publish_at="2026-11-24 12:00")
        office.file("b")
        office.take_in()
        assert office.delivery("b").due_at.astimezone(WITA).hour == 12


class TestGapAndPace:
    def test_the_gap_lies_between_two_posts_at_one_destination(self, two: Office) -> None:
        two.change(timetable=Timetable(WITA, gap=GAP))
        three(two)
        two.publish()
        assert two.kanal.items == two.platforms["x"].items == ["a"]
        two.move(GAP - LITTLE)
        two.publish()
        assert two.kanal.items == ["a"]
        two.move(LITTLE)
        two.publish()
        assert two.kanal.items == ["a", "b"]

    def test_the_gap_applies_to_urgent_too(self, office: Office) -> None:
        office.change(timetable=Timetable(WITA, gap=GAP))
        office.file("a")
        office.publish()
        office.file("darurat", urgency="urgent")
        office.publish()
        assert office.kanal.items == ["a"]

    def test_a_doubt_counts_for_the_gap_also_when_it_was_cancelled(self, office: Office) -> None:
        office.change(timetable=Timetable(WITA, gap=HOUR))
        office.kanal.script = [LOST]
        office.file("a")
        office.publish()
        office.decide(decisions.cancel, "a")
        office.file("b")
        office.move(HOUR - LITTLE)
        office.publish()
        assert office.kanal.items == []
        office.move(LITTLE)
        office.publish()
        assert office.kanal.items == ["b"]

    def test_the_pace_is_a_sliding_window(self, office: Office) -> None:
        office.change(targets=(target("kanal", pace=Pace(2, window=MINUTE)),))
        three(office)
        report = office.publish()
        assert office.kanal.items == ["a", "b"]
        assert not report.needs_a_person()  # waiting out a pace is no trouble
        office.move(MINUTE - LITTLE)
        office.publish()
        assert office.kanal.items == ["a", "b"]
        office.move(LITTLE)
        office.publish()
        assert office.kanal.items == ["a", "b", "c"]

    def test_waiting_for_a_gap_makes_nothing_late(self, office: Office) -> None:
        office.change(timetable=Timetable(WITA, gap=10 * HOUR, late=HOUR))
        three(office)
        for _ in range(60):
            office.publish()
            office.move(30 * MINUTE)
        assert (office.kanal.items, office.told("held")) == (["a", "b", "c"], [])


class TestQuiet:
    def test_it_waits_for_the_end_of_quiet_and_no_longer(self, office: Office) -> None:
        office.change(timetable=Timetable(WITA, quiet=Quiet(time(21), time(6))))
        office.move(12 * HOUR)  # 21.00
        office.file()
        office.publish()
        assert office.kanal.items == []
        office.move(9 * HOUR - LITTLE)
        office.publish()
        assert office.kanal.items == []
        office.move(LITTLE)
        office.publish()
        assert office.kanal.items == ["rapat"]

    def test_urgent_passes_but_never_before_its_publish_at(self, office: Office) -> None:
        office.change(timetable=Timetable(WITA, quiet=Quiet(time(21), time(6))))
        office.move(12 * HOUR)
        office.file("nanti", urgency="urgent", publish_at="2026-11-24 22:00")
        office.file("kini", urgency="urgent")
        office.publish()
        assert office.kanal.items == ["kini"]
        office.move(HOUR)
        office.publish()
        assert office.kanal.items == ["kini", "nanti"]


class TestLate:
    def test_what_an_outage_left_over_for_too_long_is_held_and_told(self, two: Office) -> None:
        two.file()
        two.take_in()
        two.move(DAY + LITTLE)
        report = two.publish()
        assert (report.held, two.state(), two.state(destination="x")) == (["rapat"], State.HELD, State.HELD)
        assert two.kanal.items == []
        assert "terlewat terlalu lama" in two.item().held_because[0]
        assert len(two.told("held")) == 1

    def test_what_was_due_exactly_that_long_ago_still_goes(self, office: Office) -> None:
        office.file()
        office.take_in()
        office.move(DAY)
        office.publish()
        assert office.state() == State.PUBLISHED

    def test_released_it_goes_and_is_not_late_again(self, office: Office) -> None:
        office.file()
        office.take_in()
        office.move(3 * DAY)
        office.publish()
        office.decide(decisions.release, "rapat")
        office.move(HOUR)
        office.publish()
        assert office.state() == State.PUBLISHED

    def test_a_pause_makes_late(self, office: Office) -> None:
        office.file()
        office.take_in()
        office.decide(decisions.pause)
        office.move(2 * DAY)
        office.publish()
        assert office.state() == State.HELD

    def test_without_late_hours_nothing_is_late(self, office: Office) -> None:
        office.change(timetable=Timetable(WITA, late=None))
        office.file()
        office.take_in()
        office.move(300 * DAY)
        office.publish()
        assert office.state() == State.PUBLISHED


class TestPauses:
    def test_nothing_goes_out_anywhere_until_a_person_resumes(self, two: Office) -> None:
        two.file("darurat", urgency="urgent")
        said = two.decide(decisions.pause)
        assert said == "Semua tujuan dijeda: tidak ada yang terbit sampai dilanjutkan dengan: medsosbot resume."
        report = two.publish()
        assert (two.kanal.items, report.needs_a_person()) == ([], False)
        assert two.decide(decisions.resume) == "Semua tujuan dilanjutkan."
        two.publish()
        assert two.kanal.items == two.platforms["x"].items == ["darurat"]

    def test_a_pause_of_one_destination_leaves_the_other(self, two: Office) -> None:
        two.file()
        two.decide(decisions.pause, "x")
        two.publish()
        assert (two.kanal.items, two.platforms["x"].items) == (["rapat"], [])

    def test_two_layers(self, two: Office) -> None:
        two.decide(decisions.pause)
        two.decide(decisions.pause, "x")
        with pytest.raises(DecisionError, match="Semua tujuan sedang dijeda"):
            two.decide(decisions.resume, "x")
        two.decide(decisions.resume)
        two.file()
        two.publish()
        assert two.kanal.items == two.platforms["x"].items == ["rapat"]

    def test_twice_is_once(self, office: Office) -> None:
        office.decide(decisions.pause, "kanal")
        with pytest.raises(DecisionError, match="sudah dijeda"):
            office.decide(decisions.pause, "kanal")
        office.decide(decisions.resume, "kanal")
        with pytest.raises(DecisionError, match="tidak sedang dijeda"):
            office.decide(decisions.resume, "kanal")
        with pytest.raises(DecisionError, match="Tidak ada tujuan bernama"):
            office.decide(decisions.pause, "kanel")

    def test_a_post_does_not_end_a_persons_pause(self, office: Office) -> None:
        office.file()
        office.kanal.before = lambda part: print(office.decide(decisions.pause, "kanal"))
        office.publish()
        office.kanal.before = lambda part: None
        assert office.state() == State.PUBLISHED
        office.file("b")
        office.publish()
        assert office.kanal.items == ["rapat"]

    def test_a_destination_that_is_paused_settles_its_doubts_all_the_same(self, office: Office) -> None:
        office.kanal.script = [LOST]
        office.file()
        office.publish()
        office.decide(decisions.pause)
        for _ in range(3):
            office.move(MINUTE)
            office.publish()
        assert (office.state(), office.kanal.items) == (State.SCHEDULED, [])


class TestClock:
    def test_a_clock_that_was_set_back_stops_publishing_and_changes_no_item(self, office: Office) -> None:
        office.file("a")
        office.publish()
        office.move(-DAY)
        office.file("b")
        report = office.publish()
        assert (office.kanal.items, office.state("b")) == (["a"], State.SCHEDULED)
        assert report.stopped is not None and "Jam komputer" in report.stopped and report.needs_a_person()
        assert len(office.told("clock")) == 1
        office.publish()
        assert len(office.told("clock")) == 1

    def test_a_minute_back_is_nothing(self, office: Office) -> None:
        office.file("a")
        office.publish()
        office.move(-MINUTE)
        office.file("b")
        office.publish()
        assert office.kanal.items == ["a", "b"]

    def test_a_person_can_say_that_the_clock_is_right(self, office: Office) -> None:
        office.file("a")
        office.publish()
        office.move(-DAY)
        assert "dipercaya lagi" in office.decide(decisions.trust_clock)
        office.file("b")
        office.publish()
        assert office.kanal.items == ["a", "b"]
