"""A check of the release itself: its title and its lead count the same thing and disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from medsosbot.model import Objection
from medsosbot.text.selfcheck.case import Case
from medsosbot.text.selfcheck.source import Source, Unit
from medsosbot.text.selfcheck.words import has_digit

PLAIN = re.compile(r"\d{1,3}(?:\.\d{3})*")
ALIKE = 2  # words behind a number that say what is counted


def disagreeing(case: Case) -> Iterator[Objection]:
    """fact_moved: its posts, its line and its page tell two numbers, and only the office knows which is right."""
    found = disagreement(case.source)
    if found is not None:
        title, lead = found
        yield Objection(
            "fact_moved", f"Judul menyebut “{title}”, isi menyebut “{lead}”: betulkan salah satunya di rilis."
        )


def disagreement(source: Source) -> tuple[str, str] | None:
    """(the title's words, the lead's) where both count one thing differently, and nothing explains the title's."""
    titles = list(_counted(source.title))
    if not source.body or not titles:
        return None
    lead: dict[str, list[tuple[int, str]]] = {}
    for value, noun, said in _counted(source.body[0]):
        lead.setdefault(noun[0], []).append((value, said))
    printed = {_value(source.title, i) for i in range(len(source.title.words))}
    told = {_value(unit, i) for unit in source.body for i in range(len(unit.words))}
    words = set(source.body[0].keys)
    sums = {noun: sum(v for v, _ in same) for noun, same in lead.items()}
    agreed = {noun for noun, same in lead.items() if any(v in printed for v, _ in same)}
    for value, noun, said in titles:
        head = noun[0]
        explained = value in told or head in agreed or sums.get(head) == value
        # "anggota PPS" is told of "anggota Panitia Pemungutan Suara (PPS)" too
        if head in lead and not explained and all(low in words for low in noun[1:]):
            return said, lead[head][0][1]
    return None


def _counted(unit: Unit) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Each plain number with the words behind it that say what is counted, and how it reads."""
    dates = [(m.start, m.end) for m in unit.told.dates]
    for i, word in enumerate(unit.words):
        value = _value(unit, i)
        inside = any(a <= word.start < b for a, b in dates)
        if value is None or inside or (i and unit.words[i - 1].text in unit.rules["facts.no_number"]):
            continue
        noun: list[str] = []
        stop = i + 1
        while stop < len(unit.words) and len(noun) < ALIKE and not unit.border(stop):
            low = unit.words[stop].low
            if has_digit(unit.words[stop]) or low in unit.rules["facts.empty"]:
                break
            if low not in unit.rules["gates.counters"]:
                noun.append(low)
            stop += 1
        if noun and noun[0] not in unit.rules["gates.measures"]:
            yield value, tuple(noun), " ".join(w.text for w in unit.words[i:stop])


def _value(unit: Unit, i: int) -> int | None:
    """The number that this word tells; years, shares and rounded amounts are none."""
    word = unit.words[i]
    counting = unit.rules["gates.counting"]
    if word.low in counting:
        return counting.phrases.index(word.low) + 1
    if not PLAIN.fullmatch(word.text):
        return None
    return int(word.text.replace(".", ""))
