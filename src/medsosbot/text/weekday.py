"""Where weekday and date contradict each other, a draft prints neither."""

from __future__ import annotations

import re

from medsosbot.text.reading import Told

LEAD_IN = re.compile(
    r"[,;]?\s*\b(?:(?:pada|di)(?:\s+hari)?(?:\s+(?:tanggal|tgl\.?))?|hari(?:\s+tanggal)?|tanggal|tgl\.?)\s*$|[,;]?\s*$",
    re.IGNORECASE,
)
SEAM = re.compile(r"\s+([,.;:!?)])|([,;])\s*(?=[,.;])|\(\s*\)")


def conflict_spans(told: Told) -> tuple[tuple[int, int], ...]:
    """[start, end) of each contradicting mention in the sentence, with the words that only led up to it.

    The same date elsewhere in the release goes too.
    """
    found = [(lead_in(told.text, m.start), m.end) for m in told.doubtful]
    return tuple(found)


def lead_in(text: str, start: int) -> int:
    """Back over "pada", "hari" and a comma, so that no preposition stays without its date."""
    m = LEAD_IN.search(text[:start])
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
