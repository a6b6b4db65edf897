"""The line of /terkini: the event's own date, the title, at most 120 characters."""

from __future__ import annotations

import pytest
from hypothesis import given

from medsosbot.model import Release
from medsosbot.text.line import terkini_line, terkini_plain
from medsosbot.text.measure import plain_of
from medsosbot.text.rules import default_rules
from medsosbot.text.selfcheck.line import judge_line
from tests.text.corpus import URL, linked, named
from tests.text.strategies import releases

RULES = default_rules()


@given(releases)
def test_it_is_one_line_of_at_most_120_characters(release: Release) -> None:
    shown = terkini_plain(release, RULES)
    assert len(shown) <= 120
    assert "\n" not in shown
    assert plain_of(terkini_line(release, RULES)) == shown


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("Koordinasi Penyusunan Kesimpulan", "27/9/2022"),
        ("Konsultasi dan Koordinasi", "21–22/9/2022"),
        ("Konsolidasi Data Pemilih", "9–11/9/2022"),
        ("Pembukaan Rapat Kerja", "9/9/2022"),
        ("AUDIENSI", "4/3"),
        ("Monitoring Coklit", "6–7/7/2024"),
    ],
)
def test_it_opens_with_the_events_date(title: str, date: str) -> None:
    assert terkini_plain(named(title), RULES).startswith(f"{date} · ")


@pytest.mark.parametrize(
    "title",
    [
        "Bulan Agustus Tahun 2022",
        "Debat Publik Kedua",
        "KPU Paser Gelar",
        "Jangan Golput",
        "Ralat: Jumlah",
        "Doa Bersama",
        "Upacara Hari",
    ],
)
def test_it_has_no_date_where_none_is_sure(title: str) -> None:
    assert " · " not in terkini_plain(named(title), RULES)


def test_the_title_is_the_link() -> None:
    assert f'<a href="{URL}">Pembukaan' in terkini_line(linked(named("Pembukaan Rapat Kerja")), RULES)


def test_without_a_link_it_is_plain() -> None:
    assert "<a" not in terkini_line(named("Pembukaan Rapat Kerja"), RULES)


def test_a_title_too_long_is_cut_before_a_preposition() -> None:
    assert terkini_plain(named("Bimtek Sirekap bagi"), RULES).endswith("se-Kabupaten Kutai Barat…")


def test_markup_in_a_title_is_escaped() -> None:
    assert "&lt;b&gt;" in terkini_line(Release("<b>Judul", ""), RULES)


def test_an_event_that_only_the_text_calls_off_is_marked_so() -> None:
    line = terkini_line(linked(named("KPU Paser Gelar Jalan Sehat")), RULES)
    assert "(dibatalkan)" in line
    assert judge_line(linked(named("KPU Paser Gelar Jalan Sehat")), line, RULES) == ()


def test_a_title_that_says_so_itself_is_not_marked() -> None:
    assert not terkini_plain(named("Debat Publik Kedua"), RULES).endswith(")")
