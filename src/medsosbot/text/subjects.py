"""Openings that may fall from a later sentence: its subject, where that is the post's own event, or a frame."""

from __future__ import annotations

import re
from collections.abc import Sequence

from medsosbot.text.clauses import preamble, second_verb
from medsosbot.text.cuts import Cut
from medsosbot.text.shape import Shape

FRAME = re.compile(
    r"(?:^|,\s*|\s+)\b(?:[Dd]alam|[Pp]ada|[Dd]i)\s+(?:(?:kegiatan|acara|rapat|kesempatan|forum|pertemuan|agenda)\s+)?"
    r"(?:(?:[A-Z][\w’'-]*)\s+){0,4}(?:tersebut|ini|dimaksud|itu)\b,?\s*"
)


def frames(shape: Shape) -> tuple[Cut, ...]:
    """ "dalam kegiatan tersebut", "Dalam kegiatan Rapat Kerja dimaksud": points back and says nothing."""
    found = []
    for m in FRAME.finditer(shape.text):
        inner = m.group().strip(" ,").lower().split()
        if len(inner) < 3 or not shape.is_open(m.start() + 1) or shape.has_verb(m.start(), m.end()):
            continue
        start = 0 if m.start() == 0 else m.start()
        if m.group().startswith(",") and not m.group().rstrip().endswith(","):
            start += 1  # the comma of another clause stays
        end = m.end() if start == 0 else m.end() - (len(m.group()) - len(m.group().rstrip()))
        found.append(Cut(start, end, "frame"))
    return tuple(found)


def heads(shape: Shape, lead: Shape, between: Sequence[Shape]) -> list[tuple[Cut, ...]]:
    """Nothing, a preamble, the subject, or the subject with its first verb phrase."""
    found: list[tuple[Cut, ...]] = [()]
    opening = preamble(shape)
    if opening is not None:
        found.append((opening,))
    verb = _verb_behind_subject(shape, lead, between)
    if verb is not None:
        if shape.words[verb].low in shape.rules["clauses.event_verbs"] or _typo(shape, verb):
            found.append((Cut(0, shape.words[verb].start, "subject"),))
        for _, place in second_verb(shape):
            low = shape.words[shape.word_at(place)].low
            if (
                low.startswith(tuple(shape.rules["grammar.passive"].phrases))
                and low in shape.rules["clauses.event_verbs"]
            ):
                found.append((Cut(0, place, "first"),))
    return found


def _typo(shape: Shape, i: int) -> bool:
    word = shape.words[i]
    return shape.rules.typos.get(word.text, word.low) in shape.rules["clauses.event_verbs"]


def _verb_behind_subject(shape: Shape, lead: Shape, between: Sequence[Shape]) -> int | None:
    """The number of the verb behind a subject that may fall; None where the subject stays."""
    words = shape.words
    if not words or not shape.verbs:
        return None
    verb = shape.verbs[0] if shape.verbs[0] else (shape.verbs[1] if len(shape.verbs) > 1 else 0)
    if not verb or verb > 9:
        return None
    subject = [w.low for w in words[:verb] if w.low not in shape.rules["grammar.small"]]
    if len(subject) == 1 and subject[0] in shape.rules["grammar.this_event"]:
        return verb
    if (
        not shape.rules["facts.events"].at(words, 0)
        or len(subject) < 1
        or any(_other_event(b, subject) for b in between)
    ):
        return None
    if subject[0] in shape.rules["grammar.this_event"]:
        subject = subject[1:]
    return verb if subject and _is_object_of(lead, subject) else None


def _other_event(shape: Shape, subject: list[str]) -> bool:
    """Does a sentence in between open with another event?"""
    first = shape.words[0] if shape.words else None
    return (
        first is not None
        and shape.rules["facts.events"].at(shape.words, 0) > 0
        and first.low not in shape.rules["grammar.this_event"]
        and first.low != subject[0]
    )


def _is_object_of(lead: Shape, subject: list[str]) -> bool:
    """Is this very noun what the lead's verb is about (or its subject)?"""
    lows = [w.low for w in lead.words]
    n = len(subject)
    if lows[:n] == subject:
        return True
    if not lead.verbs:
        return False
    at = lead.verbs[0] + 1
    while at < len(lows) and (
        lows[at] in lead.rules["grammar.this_event"] or lows[at] in lead.rules["grammar.resumed"]
    ):
        at += 1
    return lows[at : at + n] == subject
