"""The office's own words for a destination: they go as they are; what is wrong with them holds, what is new is told."""

from __future__ import annotations

import re

from medsosbot.model import Composition, Objection, Piece, PostStyle, Release
from medsosbot.text.dates import weekday_conflicts
from medsosbot.text.measure import measure
from medsosbot.text.normalise import plain
from medsosbot.text.phrases import words_of
from medsosbot.text.reading import read
from medsosbot.text.rules import Rules
from medsosbot.text.telegram_html import plain_of


def own_text(text: str, release: Release, style: PostStyle, rules: Rules) -> Composition:
    """The text as one part. Objections: empty, too long, broken markup, a weekday that contradicts its date.

    remarks: what it says that the release doesn't; the preview tells, nothing is held.
    """
    objections: list[Objection] = []
    shown = text
    if style.markup == "HTML":
        try:
            shown = plain_of(text)
        except ValueError as e:
            objections.append(
                Objection("bad_html", f"Tanda HTML di teks ini rusak ({e}); tulis < sebagai &lt; dan & sebagai &amp;.")
            )
    if not shown.strip():
        objections.append(Objection("empty", "Teksnya kosong."))
    length = measure(text, style)
    if length > style.limit:
        objections.append(Objection("over_limit", f"Teksnya {length} karakter, batasnya {style.limit}: pendekkan."))
    for c in weekday_conflicts(shown, rules, written=release.date):
        objections.append(
            Objection("bad_weekday", f"“{c.printed}” tidak cocok: {c.date:%-d/%-m/%Y} adalah hari {c.true_weekday}.")
        )
    new = _news(plain(shown), release, rules)
    remarks = (f"Tidak ada di rilis: {', '.join(new)}.",) if new else ()
    return Composition(
        parts=(text,), trace=(Piece(shown, text, -1, -1),), objections=tuple(objections), remarks=remarks
    )


def _news(text: str, release: Release, rules: Rules) -> list[str]:
    """Words of the text that the release has neither as printed nor after licensed rewrites; links and tags apart."""
    reading = read(release, rules)
    source = f"{reading.title}\n{reading.normal.text}"
    known = {w.low for w in words_of(source)}
    for tier in (0, 1, 2):
        known |= {w.low for w in words_of(reading.rewriter.apply(source, tier))}
    known |= {_number(w) for w in known}
    shown = re.sub(r"https?://\S+|#\w+", " ", text)
    found = [w.text for w in words_of(shown) if w.low not in known and _number(w.low) not in known]
    return list(dict.fromkeys(found))[:20]


def _number(word: str) -> str:
    """Dates without leading zeros."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", word)
