"""Whom and what an event takes in: "Tingkat …", members behind an event's name, a province, a division."""

from __future__ import annotations

from collections.abc import Iterator

from medsosbot.text.clauses import reach
from medsosbot.text.cuts import Cut, apart, gap_before
from medsosbot.text.shape import Shape


def scope(shape: Shape) -> tuple[Cut, ...]:
    """Whom it takes in: "Tingkat …", "di Lingkungan …", "KPU Kabupaten/Kota se-…", "di Kaltim", a division."""
    found = []
    words = shape.words
    for a, b in shape.rules["clauses.scope"].find(words):
        if a:
            found += [Cut(s, e, "scope") for s, e in reach(shape, a, b, verb_inside=False)]
    for a, b in shape.rules["grammar.members"].find(words):
        end = b
        while (
            end < len(words)
            and (words[end].low.startswith("se-") or words[end].text[0].isupper())
            and _side(shape, end)
        ):
            end += 1
        if a and _names_event(shape, a - 1):
            found.append(Cut(gap_before(shape, words[a].start), words[end - 1].end, "scope"))
    found += [*_wide(shape), *_divisions(shape)]
    return apart(found)


def _names_event(shape: Shape, i: int) -> bool:
    """Does this word end an event's capitalised name, side by side with the next? No role's ("Kasubbag Informasi")."""
    rules, words = shape.rules, shape.words
    if not words[i].text[0].isupper() or words[i].text.isupper() or not _side(shape, i + 1):
        return False
    named = False
    while i >= 0 and (words[i].text[0].isupper() or words[i].low in rules["grammar.and"]):
        if words[i].text in rules["facts.roles"] or words[i].text in rules["facts.offices"]:
            return False
        named = named or words[i].text in rules["facts.events"]
        i -= 1
    return named


def _side(shape: Shape, i: int) -> bool:
    """Nothing but a space stands before this word."""
    return shape.text[shape.words[i - 1].end : shape.words[i].start] == " "


def _divisions(shape: Shape) -> Iterator[Cut]:
    """ "Anggota KPU X Divisi Y, Name": the division between an office's member and the name."""
    for i, word in enumerate(shape.words):
        if (
            word.text not in shape.rules["grammar.division"]
            or not i
            or shape.words[i - 1].text in shape.rules["facts.roles"]
        ):
            continue
        comma = next((c for c in shape.commas if c > word.start), -1)
        inside = shape.between(word.start, comma) if comma > 0 else ()
        name = shape.words[shape.word_at(comma)] if comma > 0 and shape.word_at(comma) < len(shape.words) else None
        if (
            name is not None
            and name.text[0].isupper()
            and inside
            and len(inside) < 16
            and not shape.has_verb(word.start, comma)
        ):
            yield Cut(gap_before(shape, word.start), comma, "scope")


def _wide(shape: Shape) -> Iterator[Cut]:
    """ "di Provinsi Kalimantan Timur" at a clause's end: no venue, a scope."""
    words = shape.words
    for i, word in enumerate(words):
        start = i
        if (
            word.low not in shape.rules["grammar.at"]
            or i + 1 >= len(words)
            or words[i + 1].text not in shape.rules["grammar.wide_places"]
        ):
            continue
        end = start + 1
        while end < len(words) and words[end].text[0].isupper() and _side(shape, end):
            end += 1
        behind = shape.text[words[end - 1].end :].lstrip()
        ends = not behind or behind[0] in ".," or bool(shape.rules["clauses.companions"].at(words, end))
        if start and ends and words[start - 1].low not in shape.rules["grammar.lies"]:
            yield Cut(gap_before(shape, word.start), words[end - 1].end, "scope")
