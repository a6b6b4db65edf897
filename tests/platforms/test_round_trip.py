"""Whatever a platform makes of a text, it is recognised: against the stand-ins' own reading of HTML and links."""

from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st

from medsosbot.platforms.comparing import Likeness, as_sent, expand, liken
from tests.platforms.conftest import post
from tests.servers.base import Journal
from tests.servers.telegram_html import parse
from tests.servers.x import XStandIn

PIECES = (
    *("KPU", "Kaltim", "rapat", "pleno", "&", "<", ">", '"', "S.Ag,", "M.Si", "(kpu.go.id)", "https://kpu.go.id/a/"),
    *("http://Kaltim.KPU.go.id", "#KPUKaltim", "27/9/2022", "16.00wita", "Rp5.000.000,-", "\n\n", "–", "2024,Jumat"),
    *("https://kpu.go.id/?a=1&b=2", "kpu.go.id/berita.", "é", "e\u0301", "👨‍👩‍👧", "\u00a0", "@KPU_ID", "dst…"),
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), min_size=1, max_size=25).map(" ".join)


@given(TEXTS.filter(str.strip))
def test_telegram_shows_the_same_text(text: str) -> None:
    sent = post(f"<b>{html.escape(text)}</b>", "HTML")
    shown, _ = parse(sent.text, "HTML")
    assert liken(sent, shown) is Likeness.SAME
    assert as_sent(sent, shown)


@given(TEXTS.filter(str.strip))
def test_x_shows_the_same_text(text: str) -> None:
    kept = XStandIn(Journal(None)).put(text)
    assert liken(post(text), expand(kept["text"], {"urls": kept["urls"]})) is Likeness.SAME
    assert as_sent(post(text), kept["text"])


@given(TEXTS.filter(str.strip), TEXTS.filter(str.strip))
def test_two_texts_of_other_words_are_never_the_same(one: str, other: str) -> None:
    words = [[w for w in t.replace("\u00a0", " ").split() if w.isascii() and w.isalnum()] for t in (one, other)]
    if words[0] != words[1]:
        assert liken(post(one), other) is not Likeness.SAME
