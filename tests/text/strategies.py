"""What the property tests feed the composer: any text, and texts that look like releases but were shaken."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from medsosbot.model import Form, PostStyle, Release
from medsosbot.platforms.styles import TELEGRAM, X
from tests.text.corpus import URL, everything

WORDS = sorted({word for release in everything() for word in f"{release.title} {release.body}".split()})
ODD = (
    *('"', "“", "”", "'", "(", ")", "[", "]", "\n", "\n\n", "1.", "a.", "-", "•", "…", "...", "?!", "&", "<b>", "</b>"),
    *(
        "😀",
        "👩‍👩‍👧",
        "日本語",
        "עברית",
        "é",
        "न्दी",
        "@36",
        "@kpu",
        "$ABC",
        "#Tag",
        "https://a.b/c",
        "S.Ag",
        "kpu.go.id",
    ),
    *(
        "Rp5.000.000,-",
        "29/2/2023",
        "31/31/2022",
        "0/0/0",
        "(6/9/2022)",
        "Kamis",
        "x" * 300,
        "\u200b",
        "\u00a0",
        "\u202e",
    ),
)
anything = st.text(max_size=400)
wordy = st.lists(st.sampled_from([*WORDS, *ODD]), max_size=120).map(" ".join)


@st.composite
def shaken(draw: st.DrawFn) -> Release:
    """A release of the corpus in which some words fell and some odd ones came in."""
    release = draw(st.sampled_from(everything()))
    words = release.body.split(" ")
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(words)))
        if draw(st.booleans()):
            del words[at : at + draw(st.integers(1, 5))]
        else:
            words.insert(at, draw(st.sampled_from([*WORDS, *ODD])))
    return replace(release, body=" ".join(words), url=draw(st.sampled_from([None, URL])))


@st.composite
def any_release(draw: st.DrawFn) -> Release:
    """Any title over any text."""
    title, body = draw(st.one_of(anything, wordy)), draw(st.one_of(anything, wordy))
    return Release(title=title, body=body, url=draw(st.sampled_from([None, URL, f"{URL}?a=1&b=2"])))


releases = st.one_of(shaken(), any_release())


@st.composite
def styles(draw: st.DrawFn) -> PostStyle:
    """Every form, with the usual limits and tight ones, with and without link."""
    base = draw(st.sampled_from([X, TELEGRAM, replace(TELEGRAM, form=Form.CAPTION, limit=1024)]))
    limit = draw(st.sampled_from([base.limit, base.limit, 60, 120, 200, 500]))
    return replace(base, limit=limit, link=draw(st.sampled_from(["always", "never"])))
