"""Where weekday and date contradict each other, a draft prints neither."""

from __future__ import annotations

import re

from medsosbot.text.reading import Told

SEAM = re.compile(r"\s+([,.;:!?)])|([,;])\s*(?=[,.;])|\(\s*\)")


def conflict_spans(told: Told) -> tuple[tuple[int, int], ...]:
    """[start, end) of each contradicting mention in the sentence, with the words that only led up to it."""
    found = []
    for mention in told.dates:
        if any(c.start == mention.start for c in told.conflicts):
            found.append((_lead_in(told.text, mention.start), mention.end))
    return tuple(found)


def _lead_in(text: str, start: int) -> int:
    """Back over "pada", "hari" and a comma, so that no preposition stays without its date."""
    m = re.search(r"(?:[,;]?\s*\b(?:pada|di|hari|tanggal|tgl)\b|[,;])*\s*$", text[:start], re.IGNORECASE)
    return m.start() if m else start


def without_conflicts(told: Told) -> str:
    """The sentence without any weekday that contradicts its date, and without that date."""
    return without(told.text, conflict_spans(told))


def without(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """The text without these spans, its seams closed."""
    if not spans:
        return text
    pieces, last = [], 0
    for start, end in spans:
        pieces.append(text[last:start].rstrip())
        last = end
    joined = pieces[0]
    for piece in [*pieces[1:], text[last:]]:
        joined += ("" if not joined or piece[:1] in (".", ",", ";", ":", ")", "!", "?", "") else " ") + piece.lstrip()
    return SEAM.sub(lambda m: m[1] or "", joined)
