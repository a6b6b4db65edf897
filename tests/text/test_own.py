"""The office's own words for a destination go as they are."""

from __future__ import annotations

import pytest

from medsosbot.platforms.styles import TELEGRAM, X
from medsosbot.text.own import own_text
from medsosbot.text.rules import default_rules
from tests.text.corpus import named

RULES = default_rules()
RELEASE = named("Koordinasi Penyusunan Kesimpulan")


def test_they_go_as_they_are() -> None:
    text = "KPU Kaltim menyelenggarakan koordinasi,\nSelasa (27/9/2022).  "
    made = own_text(text, RELEASE, X, RULES)
    assert (made.parts, made.objections, made.remarks) == ((text,), (), ())


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("", "empty"),
        ("x " * 200, "over_limit"),
        ("KPU Kaltim, Rabu (27/9/2022)", "bad_weekday"),
    ],
)
def test_what_is_unsound_holds(text: str, gate: str) -> None:
    assert [o.gate for o in own_text(text, RELEASE, X, RULES).objections] == [gate]


def test_broken_markup_holds_where_there_is_markup() -> None:
    assert [o.gate for o in own_text("<b>KPU", RELEASE, TELEGRAM, RULES).objections] == ["bad_html"]
    assert own_text("<b>KPU", RELEASE, X, RULES).objections == ()


def test_what_the_release_does_not_say_is_told_and_holds_nothing() -> None:
    made = own_text("KPU Kaltim menyelenggarakan koordinasi di Hotel Mesra, 300 peserta.", RELEASE, X, RULES)
    assert made.objections == ()
    assert "Mesra" in made.remarks[0] and "300" in made.remarks[0]
    assert "Kaltim" not in made.remarks[0]


def test_links_and_tags_are_no_news() -> None:
    assert own_text("KPU Kaltim https://a.id/x #Tagar", RELEASE, X, RULES).remarks == ()
