"""The short form: the shortened text, a blank line, the link, the hashtags."""

from __future__ import annotations

from medsosbot.model import Composition, Objection, Piece, PostStyle, Release
from medsosbot.text.hashtags import tags_of
from medsosbot.text.line import cut_title
from medsosbot.text.markup import link_of, tail
from medsosbot.text.measure import measure
from medsosbot.text.reading import Reading
from medsosbot.text.rules import Rules
from medsosbot.text.weekday import without_conflicts


def compose_post(release: Release, reading: Reading, style: PostStyle, rules: Rules) -> Composition:
    """The lead or the title, whichever fits whole."""
    brand, _ = tags_of(release, reading, style, rules)
    end = tail(link_of(release, style), brand, style, rules)
    for told in (*reading.sentences[:1], reading.head):
        for tier in (0, 1, 2):
            text = reading.rewriter.apply(without_conflicts(told), tier)
            if text and measure(text + end, style) <= style.limit:
                return Composition(parts=(text + end,), trace=(Piece(text, told.text, -1, -1),))
    title = cut_title(reading.title, max(style.limit - measure(end, style) - 2, 1), rules)
    return Composition(
        parts=((title + end).strip(),),
        objections=(
            Objection("over_limit", "Tidak ada kalimat utuh yang muat: tulis sendiri teksnya di kunci `text`."),
        ),
    )
