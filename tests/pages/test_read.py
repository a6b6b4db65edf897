from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medsosbot.pages.page import Page
from medsosbot.pages.read import read_page
from medsosbot.text.rules import default_rules
from tests.pages.shapes import BYLINE, BYLINES, DATELINES, PROSE, page

SEEDS = Path(__file__).parents[2] / "seeds" / "berita-terkini.txt"
RULES = default_rules()
DATELINE = DATELINES[0]


def read(text: str) -> Page:
    return read_page(text, RULES)


def titles(found: Page) -> list[str]:
    return [release.title for release in found.releases]


def test_the_real_page_holds_six_releases_with_their_dates() -> None:
    found = read(SEEDS.read_text("utf-8"))
    assert [str(release.date) for release in found.releases] == [
        *("2022-09-27", "2022-09-21", "2022-09-12", "2022-09-09", "2022-09-09", "2022-09-06"),
    ]
    assert found.unread == ()


def test_the_real_page_is_split_where_its_releases_end() -> None:
    for release in read(SEEDS.read_text("utf-8")).releases:
        assert release.body.startswith("Samarinda, kaltim.kpu.go.id")
        assert release.body.endswith("(Tim Medsos KPU Kaltim)")
        assert (release.city, release.byline) == ("Samarinda", "Tim Medsos KPU Kaltim")
        assert "\n" not in release.title


def test_the_heading_of_a_page_is_not_told_as_unread() -> None:
    found = read(page("Berita Terkini", "KPU Kota Bontang", "Sosialisasi Pemilih Pemula", DATELINE + PROSE + BYLINE))
    assert titles(found) == ["Sosialisasi Pemilih Pemula"]
    assert found.unread == ()


@pytest.mark.parametrize("dateline", DATELINES)
@pytest.mark.parametrize("byline", BYLINES)
def test_every_dateline_and_byline_that_offices_use_is_understood(dateline: str, byline: str) -> None:
    body = f"{dateline}{PROSE} {byline}".strip().replace(" \n", "\n")
    found = read(page("Berita", "Sosialisasi Pemilih Pemula", body, "Rapat Pleno Terbuka di Bontang", body))
    assert titles(found) == ["Sosialisasi Pemilih Pemula", "Rapat Pleno Terbuka di Bontang"]
    assert found.unread == ()
    assert all(release.body == body for release in found.releases)


def test_lines_without_blank_ones_between_them_are_understood() -> None:
    body = DATELINE + PROSE + BYLINE
    found = read("\n".join(["Sosialisasi Pemilih Pemula", body, "Rapat Pleno Terbuka", body]))
    assert titles(found) == ["Sosialisasi Pemilih Pemula", "Rapat Pleno Terbuka"]
    assert [release.line for release in found.releases] == [1, 3]


def test_a_title_over_two_lines_is_one_title() -> None:
    found = read(page("Sosialisasi Pemilih Pemula\ndi Kota Bontang", DATELINE + PROSE))
    assert titles(found) == ["Sosialisasi Pemilih Pemula di Kota Bontang"]


def test_a_heading_right_above_a_title_is_no_part_of_it() -> None:
    assert titles(read(page("Berita Terkini\nSosialisasi Pemilih Pemula", DATELINE + PROSE))) == [
        "Sosialisasi Pemilih Pemula"
    ]


def test_a_body_keeps_all_its_paragraphs() -> None:
    body = page(DATELINE + PROSE, "Materi Sosialisasi", "1. Tahapan\n2. Syarat pemilih", PROSE + BYLINE).strip()
    found = read(page("Sosialisasi Pemilih Pemula", body, "Rapat Pleno Terbuka", DATELINE + PROSE))
    assert found.releases[0].body == body
    assert found.unread == ()


def test_a_release_without_dateline_is_found_behind_a_byline() -> None:
    found = read(page("Sosialisasi Pemilih Pemula", DATELINE + PROSE + BYLINE, "Rapat Pleno Terbuka Hari Rabu", PROSE))
    assert titles(found) == ["Sosialisasi Pemilih Pemula", "Rapat Pleno Terbuka Hari Rabu"]
    assert found.releases[1].city is None


def test_one_release_without_dateline_and_byline_is_found() -> None:
    found = read(page("Rapat Pleno Terbuka Kota Bontang", PROSE, PROSE))
    assert titles(found) == ["Rapat Pleno Terbuka Kota Bontang"]
    assert found.unread == ()


def test_a_second_dateline_inside_a_body_is_told_and_not_swallowed() -> None:
    second = DATELINE + "Rapat lain digelar oleh KPU Kota Bontang di kantor sendiri pada hari yang sama."
    found = read(page("Sosialisasi Pemilih Pemula", DATELINE + PROSE, PROSE, second, "Lanjutannya."))
    assert found.releases[0].body == f"{DATELINE}{PROSE}\n\n{PROSE}"
    assert [(u.line, u.text) for u in found.unread] == [(7, f"{second}\n\nLanjutannya.")]


def test_a_sentence_before_a_second_dateline_is_no_title() -> None:
    second = DATELINE + PROSE
    found = read(page("Sosialisasi Pemilih Pemula", DATELINE + PROSE, "Acara ditutup dengan doa.", second))
    assert titles(found) == ["Sosialisasi Pemilih Pemula"]
    assert found.releases[0].body.endswith("Acara ditutup dengan doa.")
    assert [u.text for u in found.unread] == [second]


def test_a_title_that_ends_in_a_stop_is_a_title_behind_a_byline() -> None:
    found = read(page("Satu Judul", DATELINE + PROSE + BYLINE, "Pemilih Pemula Siap.", DATELINE + PROSE))
    assert titles(found) == ["Satu Judul", "Pemilih Pemula Siap."]


def test_a_title_that_ends_in_a_stop_is_known_by_its_capitals_where_no_byline_helps() -> None:
    found = read(page("Satu Judul", DATELINE + PROSE, "Pemilih Pemula Siap ke TPS.", DATELINE + PROSE))
    assert titles(found) == ["Satu Judul", "Pemilih Pemula Siap ke TPS."]
    assert found.unread == ()


def test_a_body_without_a_title_is_told_with_its_line() -> None:
    found = read(
        page("Satu Judul", DATELINE + PROSE + BYLINE, DATELINE + PROSE + BYLINE, "Dua Judul", DATELINE + PROSE)
    )
    assert titles(found) == ["Satu Judul", "Dua Judul"]
    assert [u.line for u in found.unread] == [5]


def test_a_title_without_a_body_is_told() -> None:
    found = read(page("Satu Judul", DATELINE + PROSE + BYLINE, "Judul Yang Kehilangan Isi"))
    assert [(u.line, u.text) for u in found.unread] == [(5, "Judul Yang Kehilangan Isi")]


def test_a_note_behind_the_byline_belongs_to_its_release() -> None:
    found = read(page("Satu Judul", DATELINE + PROSE + BYLINE, "Foto: Dewi", "Dua Judul", DATELINE + PROSE))
    assert found.releases[0].body.endswith("Foto: Dewi")
    assert found.unread == ()


def test_an_acronym_in_brackets_at_the_end_of_a_paragraph_is_no_byline() -> None:
    first = DATELINE + PROSE + " Hasilnya adalah Daftar Pemilih Berkelanjutan (DPB)."
    found = read(page("Satu Judul", first, PROSE + BYLINE))
    assert found.releases[0].body == f"{first}\n\n{PROSE}{BYLINE}"
    assert found.unread == ()


def test_a_page_without_datelines_and_bylines_is_split_at_titles_that_stand_out() -> None:
    long_title = "Sosialisasi Pemilih Pemula di Tiga Sekolah"
    found = read(page("Rapat Pleno Terbuka Kota Bontang", PROSE, long_title, PROSE))
    assert titles(found) == ["Rapat Pleno Terbuka Kota Bontang", long_title]
    assert found.unread == ()


def test_a_subhead_does_not_split_a_body_that_its_byline_ends() -> None:
    body = page(DATELINE + PROSE, "Materi Sosialisasi Pemilih Pemula di Tiga Sekolah", PROSE + BYLINE).strip()
    found = read(page("Sosialisasi Pemilih Pemula", body))
    assert [release.body for release in found.releases] == [body]


def test_two_stories_that_nothing_tells_apart_are_told() -> None:
    found = read(page("Rapat Pleno Terbuka Kota Bontang", PROSE, "Sosialisasi Pemilih Pemula di Sekolah", PROSE))
    assert titles(found) == ["Rapat Pleno Terbuka Kota Bontang"]
    assert [u.line for u in found.unread] == [5]


def test_a_page_without_any_release_is_told_whole() -> None:
    assert [(u.line, u.text) for u in read("\nBerita Terkini\n").unread] == [(2, "Berita Terkini")]


def test_an_empty_page_has_nothing_to_tell() -> None:
    assert read("\n \n") == Page((), ())


def test_a_release_with_a_hidden_character_is_told_and_the_others_are_read() -> None:
    bad = DATELINE + PROSE + "\u202e"
    found = read(page("Satu Judul", bad + BYLINE, "Dua Judul", DATELINE + PROSE))
    assert titles(found) == ["Dua Judul"]
    assert [u.line for u in found.unread] == [1]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Kamis (6/9/2022)", date(2022, 9, 6)),
        ("Rabu – Kamis (21-22/09/2022)", date(2022, 9, 21)),
        ("tanggal 9 sampai dengan 11 September 2022", date(2022, 9, 9)),
        ("Selasa (4/3)", None),
        ("hari ini", None),
    ],
)
def test_the_date_of_the_news_is_read_day_first(printed: str, day: date | None) -> None:
    body = f"{DATELINE}KPU Kota Bontang melaksanakan rapat koordinasi bersama para camat, {printed}. {BYLINE}"
    assert read(page("Satu Judul", body)).releases[0].date == day


def test_no_release_is_dated_after_the_day_of_the_import() -> None:
    body = f"{DATELINE}Pemungutan suara 27 November 2024 dibahas KPU Kota Bontang dalam rapat bersama para camat."
    assert read_page(page("Satu Judul", body), RULES, latest=date(2024, 3, 1)).releases[0].date is None


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("Berita Terkini", "Satu Judul", "Dua Judul Yang Panjang Sekali", PROSE, DATELINE + PROSE),
                *(DATELINE + PROSE + BYLINE, PROSE + BYLINE, BYLINE, "Foto: Dewi", "1. Satu", "BALIKPAPAN—" + PROSE),
            ]
        ),
        max_size=10,
    ),
    st.sampled_from(["\n", "\n\n"]),
)
def test_behind_the_first_title_nothing_is_lost(blocks: list[str], gap: str) -> None:
    given_ = once(blocks)
    told = once(in_order(read(gap.join(blocks))))
    assert given_[len(given_) - len(told) :] == told
    assert not any(DATELINE in block for block in given_[: len(given_) - len(told)])


def in_order(found: Page) -> list[str]:
    """All that was read or told, line by line as it stood on the page."""
    parts = [(r.line, f"{r.title}\n{r.body}") for r in found.releases] + [(u.line, u.text) for u in found.unread]
    return [line for _, text in sorted(parts) for line in text.split("\n") if line]


def once(blocks: list[str]) -> list[str]:
    """A title that stands twice in a row may be told once."""
    return [block for n, block in enumerate(blocks) if n == 0 or blocks[n - 1] != block]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_a_page(text: str) -> None:
    read_page(text, RULES)
