"""A post's text as its platform shows it, and as «Salin» takes it along."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsosbot.preview.runs import Run, for_whatsapp, host_of, plain, runs, safe_href

LINK = "https://kaltim.kpu.go.id/a"


def test_markup_becomes_looks_and_entities_become_signs() -> None:
    assert runs("<b>Rapat &amp; Kerja</b>\n\nIsi &lt;b&gt;", "HTML") == (
        Run("Rapat & Kerja", ("bold",)),
        Run("\n\nIsi <b>"),
    )


def test_a_link_behind_words_keeps_its_address() -> None:
    found = runs(f'<a href="{LINK}?a=1&amp;b=2">Selengkapnya</a> #KPUKaltim', "HTML")
    assert found[0] == Run("Selengkapnya", ("link",), f"{LINK}?a=1&b=2")
    assert found[-1] == Run("#KPUKaltim", ("tag",)) and host_of(found) == "kaltim.kpu.go.id"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//lain.id", "", "http://", "http://[", "/a"]
)
def test_an_address_that_is_no_web_address_leads_nowhere(address: str) -> None:
    assert safe_href(address) is None
    assert all(r.href is None for r in runs(f'<a href="{address}">klik</a>', "HTML"))


def test_text_without_markup_is_never_read_as_markup() -> None:
    assert runs("<b>tebal</b>", None) == (Run("<b>tebal</b>"),)


def test_broken_markup_is_shown_as_it_stands() -> None:
    assert runs("<b>tebal", "HTML") == (Run("<b>tebal"),)


def test_a_bare_host_is_coloured_but_leads_nowhere() -> None:
    assert Run("kpu.go.id", ("link",)) in runs("lihat kpu.go.id ya", None)


def test_copying_takes_the_address_behind_the_words() -> None:
    assert plain(runs(f'<a href="{LINK}">Selengkapnya</a>', "HTML")) == f"Selengkapnya: {LINK}"


def test_copying_does_not_repeat_an_address_that_is_shown() -> None:
    assert plain(runs(f"Baca {LINK}", None)) == f"Baca {LINK}"


def test_whatsapp_gets_its_own_signs_on_each_line() -> None:
    found = runs("<b>Judul satu\nbaris * dua </b>isi <i>miring</i>", "HTML")
    assert for_whatsapp(found) == "*Judul satu*\n*baris  dua* isi _miring_"


def test_a_hashtag_inside_the_title_does_not_part_its_stars() -> None:
    assert for_whatsapp(runs("<b>Rapat #KPU hari ini</b>", "HTML")) == "*Rapat #KPU hari ini*"


@given(st.text(max_size=200))
def test_the_runs_joined_are_always_the_text(text: str) -> None:
    assert "".join(r.text for r in runs(text, None)) == text


@given(
    st.lists(
        st.sampled_from(["<b>", "</b>", "<a href=x>", "</a>", "&amp;", "&", "<", ">", '"', "a b", "\n", "<i", "</"]),
        max_size=20,
    )
)
def test_no_markup_ever_raises(pieces: list[str]) -> None:
    runs("".join(pieces), "HTML")
