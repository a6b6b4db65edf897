"""When two texts are the same post, nearly the same, or not at all."""

from __future__ import annotations

import unicodedata

import pytest

from medsosbot.platforms.comparing import Likeness, as_sent, expand, liken, normal
from tests.platforms.conftest import post

LINKED = '<b>Rapat</b> pleno <a href="https://kpu.go.id">Selengkapnya</a>'


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Rapat pleno", "  Rapat\u00a0pleno \n"),
        ("Kafé", unicodedata.normalize("NFD", "Kafé")),
        ("H. Basir, S.Ag hadir", "H. Basir, http://s.ag hadir"),
        ("Baca https://kpu.go.id/a/ segera", "Baca kpu.go.id/a segera"),
        ("Baca kpu.go.id.", "Baca http://kpu.go.id/."),
        ("Baca (https://kpu.go.id/)", "Baca (kpu.go.id)"),
        ("Baca Kaltim.KPU.go.id", "Baca https://kaltim.kpu.go.id"),
    ],
)
def test_spelling_that_platforms_change_is_the_same(sent: str, shown: str) -> None:
    assert liken(post(sent), shown) is Likeness.SAME


@pytest.mark.parametrize(
    "shown",
    [
        "Rapat pleno KPU Kaltim pukul 10 di Samarinda",
        "Rapat pleno KPU Kaltim pukul 09 di Samarinda.",
        "rapat pleno kpu kaltim pukul 09 di samarinda",
    ],
)
def test_a_changed_word_number_or_capital_is_near(shown: str) -> None:
    assert liken(post("Rapat pleno KPU Kaltim pukul 09 di Samarinda"), shown) is Likeness.NEAR


@pytest.mark.parametrize("shown", ["", "x", "Sosialisasi tahapan pemilu bagi pemilih pemula di Balikpapan"])
def test_another_post_is_another(shown: str) -> None:
    assert liken(post("Rapat pleno KPU Kaltim pukul 09 di Samarinda"), shown) is Likeness.OTHER


def test_a_long_text_with_a_changed_number_is_near_and_its_neighbour_another() -> None:
    words = [f"kata{n % 97}" for n in range(600)]
    ours = post(" ".join(words))
    assert liken(ours, " ".join([*words[:-1], "lain"])) is Likeness.NEAR
    assert liken(ours, " ".join(f"beda{n}" for n in range(600))) is Likeness.OTHER


def test_html_is_compared_as_readers_see_it() -> None:
    assert liken(post("<b>Rapat &amp; pleno</b> &lt;KPU&gt;", "HTML"), "Rapat & pleno <KPU>") is Likeness.SAME


@pytest.mark.parametrize(
    ("links", "likeness"),
    [
        (("https://kpu.go.id/",), Likeness.SAME),
        ((), Likeness.SAME),
        (("https://hoaks.example/",), Likeness.NEAR),
    ],
)
def test_the_same_words_with_another_hidden_link_are_near(links: tuple[str, ...], likeness: Likeness) -> None:
    assert liken(post(LINKED, "HTML"), "Rapat pleno Selengkapnya", links) is likeness


def test_xs_links_are_expanded_and_its_ampersand_undone() -> None:
    urls = [{"url": "https://t.co/a", "expanded_url": "http://s.ag"}, {"url": "https://t.co/b"}, "odd", None]
    assert expand("Basir, https://t.co/a &amp; &lt;KPU&gt; https://t.co/b", {"urls": urls}) == (
        "Basir, http://s.ag & <KPU> https://t.co/b"
    )


@pytest.mark.parametrize("entities", [None, [], {}, {"urls": None}, {"urls": {}}, "x"])
def test_odd_entities_expand_nothing(entities: object) -> None:
    assert expand("https://t.co/a", entities) == "https://t.co/a"


def test_in_the_answer_each_short_link_stands_for_one_of_ours() -> None:
    sent = post("Basir, S.Ag & rapat. https://kpu.go.id/a (kpu.go.id)")
    assert as_sent(sent, "Basir, https://t.co/a &amp; rapat. https://t.co/b (https://t.co/c)")
    assert not as_sent(sent, "Basir, https://t.co/a &amp; rapat. https://t.co/b")
    assert not as_sent(sent, "Basar, https://t.co/a &amp; rapat. https://t.co/b (https://t.co/c)")


def test_a_short_link_that_nobody_expands_is_near_not_same() -> None:
    assert liken(post("Rapat. https://kpu.go.id/a"), "Rapat. https://t.co/a") is Likeness.NEAR


def test_normal_spelling_is_stable() -> None:
    text = "KPU  Kaltim\nhttps://Kaltim.KPU.go.id/berita/1/ S.Ag."
    assert normal(normal(text)) == normal(text)
