"""Dates as releases print them, and the weekday that contradicts its date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsosbot.text.dates import first_full_date, mentions, newest_full_date, short, weekday_conflicts
from medsosbot.text.rules import default_rules

RULES = default_rules()


@pytest.mark.parametrize(
    ("text", "found", "line"),
    [
        ("Selasa (27/09/2022)", "Selasa (27/09/2022)", "27/9/2022"),
        ("pada hari Selasa tanggal 27 September 2022 dan", "pada hari Selasa tanggal 27 September 2022", "27/9/2022"),
        ("Rabu – Kamis (21-22/09/2022)", "Rabu – Kamis (21-22/09/2022)", "21–22/9/2022"),
        ("Sabtu – Minggu (6-7/7/2024)", "Sabtu – Minggu (6-7/7/2024)", "6–7/7/2024"),
        ("9 sampai dengan 11 September 2022", "9 sampai dengan 11 September 2022", "9–11/9/2022"),
        (
            "hari Rabu dan Kamis tanggal 21 dan 22 September 2022",
            "hari Rabu dan Kamis tanggal 21 dan 22 September 2022",
            "21–22/9/2022",
        ),
        ("29 Januari – 2 Februari 2024", "29 Januari – 2 Februari 2024", "29/1–2/2/2024"),
        ("(29/1-2/2/2024)", "(29/1-2/2/2024)", "29/1–2/2/2024"),
        ("30 Desember 2024 – 2 Januari 2025", "30 Desember 2024 – 2 Januari 2025", "30/12/2024–2/1/2025"),
        ("Selasa (4/3)", "Selasa (4/3)", "4/3"),
        ("Jum'at, 9 September 2022", "Jum'at, 9 September 2022", "9/9/2022"),
        ("Ahad, 1 Nopember 2020", "Ahad, 1 Nopember 2020", "1/11/2020"),
        ("5/4/2023", "5/4/2023", "5/4/2023"),
        ("05 April 2023", "05 April 2023", "5/4/2023"),
        ("3 Pebruari 2021", "3 Pebruari 2021", "3/2/2021"),
        ("Senin s.d. Rabu, 5 s.d. 7 Mei 2025", "Senin s.d. Rabu, 5 s.d. 7 Mei 2025", "5–7/5/2025"),
    ],
)
def test_it_finds_a_date_whole_and_prints_it_short(text: str, found: str, line: str) -> None:
    (mention,) = mentions(text, RULES)
    assert text[mention.start : mention.end] == found
    assert short(mention) == line


@pytest.mark.parametrize(
    "text",
    [
        "Nomor 17 Tahun 2022",
        "Rp 5.000.000,-",
        "pukul 16.00wib",
        "3/4 suara",
        "PKPU 8/2024",
        "31/31/2022",
        "0/0/0",
        "TPS 14",
        "1.234,5",
        "30 Februari 2024",
    ],
)
def test_it_takes_nothing_else_for_a_date(text: str) -> None:
    assert mentions(text, RULES) == ()


def test_two_dates_with_their_own_months_are_two() -> None:
    assert [short(m) for m in mentions("24 Juni 2018 dan 3 Juli 2018", RULES)] == ["24/6/2018", "3/7/2018"]


def test_it_holds_the_sixth_release_and_names_the_true_day() -> None:
    (conflict,) = weekday_conflicts("… Kalimantan Timur, Kamis (6/9/2022).", RULES)
    assert (conflict.printed, conflict.weekday, conflict.true_weekday) == ("Kamis (6/9/2022)", "Kamis", "Selasa")
    assert conflict.date == date(2022, 9, 6)


@pytest.mark.parametrize(
    "text",
    [
        "Selasa (27/09/2022)",
        "Rabu – Kamis (21-22/09/2022)",
        "hari jumat tanggal 23 September 2022",
        "Senin (12/09/2022)",
    ],
)
def test_it_does_not_hold_what_agrees(text: str) -> None:
    assert weekday_conflicts(text, RULES) == ()


def test_it_looks_at_both_ends_of_a_range() -> None:
    assert len(weekday_conflicts("Rabu – Jumat (21-22/09/2022)", RULES)) == 1


def test_a_date_without_a_year_is_checked_in_the_year_nearest_to_the_written_date() -> None:
    assert weekday_conflicts("Selasa (4/3)", RULES, written=date(2025, 3, 5)) == ()
    assert len(weekday_conflicts("Senin (4/3)", RULES, written=date(2025, 3, 5))) == 1
    assert weekday_conflicts("Selasa (31/12)", RULES, written=date(2025, 1, 2)) == ()


def test_a_date_without_a_year_is_not_checked_without_a_written_date() -> None:
    assert weekday_conflicts("Senin (4/3)", RULES) == ()


def test_first_and_newest_full_date() -> None:
    text = "Rabu – Kamis (21-22/09/2022) menjelang sidang 23 September 2022, Selasa (4/3)"
    assert first_full_date(text, RULES) == date(2022, 9, 21)
    assert newest_full_date(text, RULES) == date(2022, 9, 23)
    assert first_full_date("Selasa (4/3)", RULES) is None
    assert newest_full_date("", RULES) is None


@given(st.dates(date(1990, 1, 1), date(2039, 12, 31)), st.booleans())
def test_every_day_is_read_as_it_was_printed(day: date, numeric: bool) -> None:
    name = RULES.calendar.day_names[day.weekday()]
    months = list(RULES.calendar.months)
    printed = (
        f"({day.day}/{day.month}/{day.year})" if numeric else f"{day.day} {months[day.month - 1].title()} {day.year}"
    )
    (mention,) = mentions(f"digelar {name} {printed} di Aula", RULES)
    assert mention.days[0].whole == day
    assert weekday_conflicts(f"{name} {printed}", RULES) == ()


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    for mention in mentions(text, RULES):
        assert 0 <= mention.start <= mention.core < mention.core_end <= mention.end <= len(text)
