"""Clauses that may fall, in the order of worth: companions, purpose, "tentang …", a last "yang …", an opening."""

from __future__ import annotations

from medsosbot.text.cuts import Cut, apart, gap_before
from medsosbot.text.shape import Shape


def companions(shape: Shape) -> tuple[Cut, ...]:
    """Accompanying officials: from "didampingi" to the end of what hangs on it."""
    found = []
    for list_name in ("clauses.companions", "protected.drop_after"):
        for a, b in shape.rules[list_name].find(shape.words):
            if shape.words[a].low in shape.rules["grammar.results"] or not a:
                continue
            found += [Cut(s, e, "companions") for s, e in reach(shape, a, b, verb_inside=True)]
    return apart(found)


def purpose(shape: Shape) -> tuple[Cut, ...]:
    """Purpose and result clauses, unless what is asked or granted stands before them."""
    found = []
    for a, b in shape.rules["clauses.purpose"].find(shape.words):
        if not a or _asked(shape, a) or not any(v < a for v in shape.verbs):
            continue
        found += [Cut(s, e, "purpose") for s, e in reach(shape, a, b, verb_inside=False)]
    return apart(found)


def _asked(shape: Shape, a: int) -> bool:
    """Is "agar/untuk" what was said, asked or granted? A word of asking before it, in the same sentence."""
    return shape.rules["clauses.asking"].within(shape.words[max(0, a - 14) : a])


def about(shape: Shape) -> tuple[Cut, ...]:
    """ "tentang …" up to the end."""
    found = []
    for a, b in shape.rules["clauses.about"].find(shape.words):
        if a and any(v < a for v in shape.verbs):
            found += [Cut(s, e, "about") for s, e in reach(shape, a, b, verb_inside=False)]
    return apart(found)


def relative(shape: Shape) -> tuple[Cut, ...]:
    """ ", yang …" behind a comma, up to the sentence's end."""
    for i, word in enumerate(shape.words):
        if i and word.low in shape.rules["grammar.which"] and shape.text[: word.start].rstrip().endswith(","):
            comma = shape.text.rfind(",", 0, word.start)
            if comma in shape.commas:
                return (Cut(comma, shape.closing_start, "relative"),)
    return ()


def closing_relative(shape: Shape) -> tuple[Cut, ...]:
    """A last "yang di…" without a comma, up to the sentence's end: how it was put down, held, led."""
    words, rules = shape.words, shape.rules
    if shape.closing is not None or rules["clauses.asking"].within(words):
        return ()
    for i in range(len(words) - 3, 1, -1):
        if words[i].low in rules["grammar.which"]:
            passive = (i + 1) in shape.verbs and words[i + 1].low.startswith(tuple(rules["grammar.passive"].phrases))
            tail = words[i:]
            bare = not rules["protected.before"].within(tail) and not any(w.text[0].isdigit() for w in tail)
            if passive and bare and shape.verbs[0] < i - 1:
                return (Cut(gap_before(shape, words[i].start), shape.end, "relative"),)
            return ()
    return ()


def second_verb(shape: Shape) -> tuple[tuple[int, int], ...]:
    """(place of " dan"/"serta"/comma, place of the verb) of each coordinated verb phrase behind the first verb."""
    found = []
    words = shape.words
    first = shape.verbs[0] if shape.verbs else len(words)
    for i in range(first + 2, len(words)):
        verb = i in shape.verbs and words[i].low.startswith(tuple(shape.rules["grammar.phrase_verbs"].phrases))
        if verb and words[i - 1].low in shape.rules["grammar.joins"] and shape.is_open(words[i].start):
            found.append((gap_before(shape, words[i - 1].start), words[i].start))
    return tuple(found)


def preamble(shape: Shape) -> Cut | None:
    """The opening before ", SUBJECT verb", where it is background, law, an occasion or a frame."""
    n = shape.rules["clauses.preamble"].at(shape.words, 0)
    if not n:
        return None
    for comma in shape.commas:
        i = shape.word_at(comma)
        if i >= len(shape.words):
            return None
        if _subject_and_verb(shape, i):
            return Cut(0, shape.words[i].start, "preamble")
    if n == 3:  # "Dalam kegiatan tersebut setiap KPU …", without a comma
        return Cut(0, shape.words[3].start, "preamble") if len(shape.words) > 5 else None
    return None


def _subject_and_verb(shape: Shape, i: int) -> bool:
    """Does a subject (office, role with its name, event) begin at this word, and its verb before another comma?

    One comma pair round a name may stand in between: "Ketua KPU X, Budi, membuka".
    """
    words, rules = shape.words, shape.rules
    if not any(words[i].text in rules[name] for name in ("facts.offices", "facts.roles", "facts.events")):
        return False
    commas = 0
    for k in range(i + 1, min(i + 16, len(words))):
        if shape.text[words[k - 1].end : words[k].start].startswith(","):
            commas += 1
        if k in shape.verbs:
            return commas in (0, 2)
        if commas and words[k].low in rules["grammar.lists"]:
            return False
    return False


def reach(shape: Shape, a: int, b: int, *, verb_inside: bool) -> list[tuple[int, int]]:
    """How far a clause that begins at word a goes: to the sentence's end or its closing date; else up to a border.

    A border is a comma before the main verb, or, where no verb stands inside, a place or date that follows.
    """
    start = gap_before(shape, shape.words[a].start)
    if start and shape.text[start - 1] == ",":
        start -= 1
    if not shape.is_open(shape.words[a].start):
        return []
    border = _border(shape, a, b, verb_inside=verb_inside)
    end = border if border is not None else shape.closing_start
    if end <= start:
        return []
    if end < shape.end and any(w.low in shape.rules["grammar.which"] for w in shape.between(start, end)):
        end = shape.end
        if shape.closing is not None:
            return []
    return [(start, end)]


def _border(shape: Shape, a: int, b: int, *, verb_inside: bool) -> int | None:
    words = shape.words
    for i in range(b, len(words)):
        behind_comma = (
            shape.text[words[i - 1].end : words[i].start].startswith(",") and words[i - 1].end in shape.commas
        )
        if (
            behind_comma
            and i in shape.verbs
            and words[i].low.startswith(tuple(shape.rules["grammar.acting_verbs"].phrases))
        ):
            return words[i - 1].end
        if not verb_inside and not shape.has_verb(words[a].start, words[i].start) and _is_place_or_date(shape, i):
            return gap_before(shape, words[i].start)
    return None


def _is_place_or_date(shape: Shape, i: int) -> bool:
    words = shape.words
    if words[i].low in shape.rules["grammar.at"] and i + 1 < len(words):
        return words[i + 1].text in shape.rules["facts.venues"]
    if words[i].low in shape.rules["grammar.held_at"]:
        return True
    if words[i].low in shape.rules["grammar.upon"] and i + 1 < len(words):
        return any(m.start <= words[i + 1].end and m.start >= words[i].start for m in shape.told.dates)
    return False
