"""The rulers: X's against vectors of the reference, Telegram's against its own parser's rules."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsosbot.platforms.styles import TELEGRAM, X
from medsosbot.text.links import Span, links, utf16
from medsosbot.text.measure import (
    cashtags_in,
    hashtags_in,
    measure,
    mentions_in,
    parsed_length,
    plain_of,
    urls_in,
    utf16_length,
    weighted_length,
)

VECTORS = Path(__file__).parent / "vectors" / "vectors.jsonl"


def rows() -> list[Any]:
    return [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()]


def test_there_are_at_least_four_thousand_vectors() -> None:
    assert len(rows()) >= 4000


def test_every_weighted_length_is_the_references() -> None:
    wrong = [(text, weight, weighted_length(text)) for text, weight, *_ in rows() if weighted_length(text) != weight]
    assert wrong == []


def test_every_link_is_the_references() -> None:
    wrong = []
    for text, _, urls, *_rest in rows():
        found = [[link.start, link.end] for link in links(utf16(text))]
        if found != [url[:2] for url in urls]:
            wrong.append((text, urls, found))
    assert wrong == []


@pytest.mark.parametrize(("find", "column"), [(mentions_in, 3), (hashtags_in, 4), (cashtags_in, 5)])
def test_every_mark_is_the_references(find: Callable[[str], tuple[Span, ...]], column: int) -> None:
    wrong = []
    for row in rows():
        found = [[len(utf16(row[0][:end])) for end in span[:2]] for span in find(row[0])]
        if found != row[column]:
            wrong.append((row[0], row[column], found))
    assert wrong == []


@given(st.text(), st.text())
def test_lengths_of_texts_apart_add_up(one: str, two: str) -> None:
    assert weighted_length(f"{one}\n \n{two}") == weighted_length(one) + 3 + weighted_length(two)


@given(st.text(st.sampled_from("ab.-_/:?#@(é😀1️⃣‍👩 \u0301idcom")))
def test_any_text_has_a_length(text: str) -> None:
    assert weighted_length(text) >= 0
    for span in urls_in(text):
        assert text[span.start : span.end] == span.text


def test_a_degree_is_a_link_on_x() -> None:
    assert [span.text for span in urls_in("Dr. H. Basir, S.Ag, M.Si hadir")] == ["S.Ag", "M.Si"]


def test_a_degree_that_is_no_domain_is_no_link() -> None:
    assert urls_in("Dr. H. Basir, S.H, M.Pd hadir.") == ()


def test_offsets_count_code_points_behind_an_emoji() -> None:
    assert urls_in("😀😀 kpu.go.id")[0] == (3, 12, "kpu.go.id")


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<b>Judul</b>\n\nIsi &amp; lain", "Judul\n\nIsi & lain"),
        ('<a href="https://kpu.go.id/?a=1&amp;b=2">Selengkapnya</a>', "Selengkapnya"),
        ("&lt;b&gt; &quot;x&quot; &#39; &#x27;", "<b> \"x\" ' '"),
        ("A &nbsp; B & C > D", "A &nbsp; B & C > D"),
        ('<span class="tg-spoiler">x</span><blockquote expandable>y</blockquote>', "xy"),
        ("<b><i>x</i></b>", "x"),
    ],
)
def test_it_reads_html_as_telegram_does(html: str, plain: str) -> None:
    assert plain_of(html) == plain
    assert parsed_length(html) == len(plain)


@pytest.mark.parametrize(
    "html", ["a < b", "<b>x", "x</b>", "<b><i>x</b></i>", "<p>x</p>", "<br>", "<span>x</span>", '<a href="x>y</a>', "<"]
)
def test_it_refuses_html_that_telegram_refuses(html: str) -> None:
    with pytest.raises(ValueError):
        plain_of(html)
    assert parsed_length(html) == len(html)


def test_each_platform_is_measured_by_its_own_rule() -> None:
    text = "<b>…</b> https://kaltim.kpu.go.id/berita/baca/123"
    assert measure(text, TELEGRAM) == len("… https://kaltim.kpu.go.id/berita/baca/123")
    assert measure(text, X) == len("<b>") + 2 + len("</b> ") + 23


def test_utf16_counts_a_sign_outside_the_basic_plane_twice() -> None:
    assert utf16_length("a😀é") == 4
    assert utf16_length("abc") == 3


@pytest.mark.parametrize("piece", ["a.", "é.", "x.com/((", "(a)", "a.co/(a", "_.", "1️⃣", "@a", "#a", "http://", "😀.co"])
def test_a_hundred_thousand_signs_are_no_trouble(piece: str) -> None:
    text = "x.com/" + piece * (100_000 // len(piece))
    assert weighted_length(text) > 0
