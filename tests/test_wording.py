from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from medsosbot import wording
from medsosbot.model import DeliveryState

WITA = ZoneInfo("Asia/Makassar")


def test_a_time_is_told_with_weekday_and_zone() -> None:
    at = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    assert wording.when(at, WITA) == "Selasa, 24 November 2026, 09.00 WITA"


def test_seconds_are_told_only_when_there_are_any() -> None:
    at = datetime(2026, 11, 24, 1, 0, 5, tzinfo=UTC)
    assert wording.when(at, WITA) == "Selasa, 24 November 2026, 09.00.05 WITA"


@pytest.mark.parametrize(
    ("zone", "name"), [("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT"), ("UTC", "UTC")]
)
def test_a_zone_has_the_name_that_indonesians_use(zone: str, name: str) -> None:
    assert wording.zone_name(datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo(zone)) == name


def test_a_time_without_a_zone_is_not_told() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        wording.when(datetime(2026, 11, 24, 1, 0), WITA)  # noqa: DTZ001


def test_a_day_is_told_with_its_weekday() -> None:
    assert wording.day(date(2022, 9, 27)) == "Selasa, 27 September 2022"


def test_every_state_has_a_word() -> None:
    assert {wording.state_word(s) for s in DeliveryState} == set(wording.STATE_WORDS.values())


def test_a_rehearsal_is_called_one_only_when_it_was_published() -> None:
    assert wording.state_word("published", real=False) == "terbit (latihan)"
    assert wording.state_word("held", real=False) == "ditahan"


def test_a_quotation_stays_on_one_line_and_inside_its_marks() -> None:
    assert wording.quote("Rapat\n «Pleno» \u202e2022") == "«Rapat “Pleno” 2022»"
    assert len(wording.quote("kata " * 100, most=40)) == 42
    assert wording.quote("kata " * 100, most=40).endswith("…»")


def test_numbers_and_lists_read_as_in_indonesian() -> None:
    assert wording.count("rilis", 1234) == "1.234 rilis"
    assert wording.listing(["kanal"]) == "kanal"
    assert wording.listing(["kanal", "x"]) == "kanal dan x"
    assert wording.listing(["a", "b", "c"]) == "a, b, dan c"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=45), "45 detik"),
        (timedelta(minutes=5), "5 menit"),
        (timedelta(hours=2, minutes=10, seconds=3), "2 jam 10 menit"),
        (timedelta(days=3), "3 hari"),
        (timedelta(seconds=-3), "0 detik"),
    ],
)
def test_a_duration_is_told_in_at_most_two_units(span: timedelta, words: str) -> None:
    assert wording.duration(span) == words
