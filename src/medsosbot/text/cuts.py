"""What falls everywhere on X without a licence, and what a cut is: a span of the source that falls by a rule.

Rules only propose; `sound` in candidates.py decides whether what is left may stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from medsosbot.text.shape import Shape
from medsosbot.text.verbs import is_verb
from medsosbot.text.weekday import conflict_spans, lead_in


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """text[start:end] falls, by this rule."""

    start: int
    end: int
    rule: str


def free(shape: Shape) -> tuple[Cut, ...]:
    """What falls everywhere on X: contradicting dates, "oleh", "telah", "langsung", "hari", "tanggal", degrees …"""
    found = [Cut(a, b, "weekday") for a, b in conflict_spans(shape.told)]
    words = shape.words
    for i, word in enumerate(words):
        if _is_free(shape, i) and shape.is_open(word.start):
            follows = words[i + 1].start if i + 1 < len(words) else word.end
            found.append(Cut(word.start, follows, "free"))
    found += [*degrees(shape), *_today(shape)]
    found += [Cut(m.start(), m.end(), "sign") for m in re.finditer(r"@(?=\d)", shape.text)]
    return apart(found)


def _today(shape: Shape) -> list[Cut]:
    """ "mulai hari ini, Selasa (19/8/2025)": the day itself says it."""
    starts = {m.start for m in shape.told.dates}
    found = []
    for a, b in shape.rules["calendar.relative"].find(shape.words):
        if not a or b >= len(shape.words):
            continue
        day = shape.words[b].start
        if day in starts and shape.text[shape.words[b - 1].end : day] == ", " and shape.is_open(day):
            found.append(Cut(shape.words[a].start, day, "free"))
    return found


def _is_free(shape: Shape, i: int) -> bool:
    words, rules = shape.words, shape.rules
    low = words[i].low
    following = words[i + 1] if i + 1 < len(words) else None
    if following is None or i == 0:
        return False
    if shape.text[words[i].end : following.start] != " ":
        return False
    if low in rules["grammar.agent"]:
        return _passive_before(shape, i)
    if low in rules["grammar.before_verb"]:  # what is said to be done is done: "menegaskan dokumen telah diperiksa"
        said = any(rules[name].within(words[:i]) for name in ("gates.saying", "speech.verbs"))
        return is_verb(following, rules) and not said
    if low in rules["grammar.directly"]:
        if words[i - 1].low in rules["grammar.manner"]:
            return (i - 2) in shape.verbs
        return _passive(shape, i - 1)
    if low in rules["grammar.manner"]:
        return following.low in rules["grammar.directly"] and (i - 1) in shape.verbs
    if low in rules["grammar.day"]:
        return following.low in rules.calendar.days
    if low in rules["grammar.date"]:
        return any(m.start <= words[i].start < m.core for m in shape.told.dates) or any(
            m.core == following.start for m in shape.told.dates
        )
    if low in rules["grammar.this_event"]:
        return following.text[0].isupper() and (following.text in rules["facts.events"] or (i - 1) in shape.verbs)
    return False


def _passive_before(shape: Shape, i: int) -> bool:
    """ "dibuka oleh", "dibuka langsung oleh": directly behind a passive verb."""
    k = i - 1
    while k > 0 and shape.words[k].low in shape.rules["grammar.adverbs"]:
        k -= 1
    return _passive(shape, k)


def _passive(shape: Shape, i: int) -> bool:
    """Is this word a passive verb?"""
    return i in shape.verbs and shape.words[i].low.startswith(tuple(shape.rules["grammar.passive"].phrases))


def degrees(shape: Shape) -> list[Cut]:
    """All degrees behind a name: half of them is worse than none, and some become links."""
    degree = shape.rules.abbreviations.degree.pattern
    bare = "|".join(shape.rules["facts.bare_degrees"].phrases)
    one = rf"(?:{degree}|(?:{bare})\b\.?|[SM]\.?\s?[A-Z][A-Za-z]{{0,3}}\.|Ph\.\s?D\.?|LL\.M\.?)"
    pattern = _pattern(rf"(?<=[^\W\d_]),?\s+{one}(?:,?\s*{one})*(?=[\s,;)]|$|\.$)")
    return [
        Cut(m.start(), m.end(), "degree")
        for m in pattern.finditer(shape.text)
        if m.group().lstrip(" ,").startswith(tuple("SMADBPL")) and ("," in m.group() or "." in m.group())
    ]


_PATTERNS: dict[str, re.Pattern[str]] = {}


def _pattern(source: str) -> re.Pattern[str]:
    if source not in _PATTERNS:
        _PATTERNS[source] = re.compile(source)
    return _PATTERNS[source]


def repeated_dates(shape: Shape, known: frozenset[object]) -> tuple[Cut, ...]:
    """Dates that the post has already, with what only led up to them."""
    found = []
    for mention in shape.told.dates:
        if mention.days in known:
            found.append(Cut(lead_in(shape.text, mention.start), mention.end, "date"))
            if not mention.single:
                found += _lasting(shape, mention.start)
    return apart(found)


def _lasting(shape: Shape, end: int) -> list[Cut]:
    """ "selama dua hari, " before the days themselves."""
    words, rules = shape.words, shape.rules
    for i in range(len(words) - 2):
        counted = next((k for k in (i + 2, i + 3) if k < len(words) and words[k].low in rules["grammar.day"]), None)
        if words[i].low in rules["gates.lasting"] and counted is not None and words[counted].end <= end:
            return [Cut(gap_before(shape, words[i].start), words[counted].end, "date")]
    return []


def leading_zeros(shape: Shape) -> list[int]:
    """The places of the zeros that fall from dates: 27/09/2022."""
    found = []
    for mention in shape.told.dates:
        if shape.is_open(mention.start):
            piece = shape.text[mention.start : mention.end]
            found += [mention.start + m.start() for m in re.finditer(r"(?<![\d.,])0(?=[1-9](?!\d))", piece)]
    return found


def times(shape: Shape) -> tuple[Cut, ...]:
    """Times of day, "pukul 09.00 – 12.00 WITA"; not where something ends or counts up to then."""
    if any(w.low in shape.rules["grammar.until"] for w in shape.words) or shape.rules["status.deadline"].within(
        shape.words
    ):
        return ()
    clock = r"\d{1,2}[.:]\d{2}(?!\d)(?:\s*(?:wib|wita|wit))?"
    pattern = _pattern(
        rf"(?i)\s*,?\s*(?:\bmulai\s+)?\b(?:pukul|pkl\.?|jam)\s+{clock}(?:\s*(?:-|–|s\.?d\.?|sampai|hingga)\s*(?:{clock}|selesai))?"
    )
    return apart([Cut(m.start(), m.end(), "time") for m in pattern.finditer(shape.text) if _spare(shape, m.start())])


def _spare(shape: Shape, start: int) -> bool:
    """Not the very thing that is told: "dimulai pukul 08.00", "ditutup pukul 16.00"."""
    before = shape.word_at(start) - 1
    return before < 0 or shape.words[before].low not in shape.rules["grammar.bounds"]


def gap_before(shape: Shape, start: int) -> int:
    """Back over the space before this place."""
    while start and shape.text[start - 1] == " ":
        start -= 1
    return start


def apart(found: list[Cut]) -> tuple[Cut, ...]:
    """In order, without those that another one holds; overlapping ones become one."""
    out: list[Cut] = []
    for cut in sorted(found, key=lambda c: (c.start, -c.end)):
        if out and cut.start < out[-1].end:
            if cut.end > out[-1].end:
                out[-1] = Cut(out[-1].start, cut.end, out[-1].rule)
        else:
            out.append(cut)
    return tuple(out)


def joined(*groups: tuple[Cut, ...]) -> tuple[Cut, ...]:
    """Several groups of cuts as one, in order, not overlapping."""
    return apart([cut for group in groups for cut in group])
