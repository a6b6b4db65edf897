"""Of which event something is told: what belongs to a second may not stand under the first."""

from __future__ import annotations

from collections.abc import Iterator

from medsosbot.model import Objection
from medsosbot.text.dates import Mention
from medsosbot.text.selfcheck.align import Aligned
from medsosbot.text.selfcheck.case import Case, is_short, objection
from medsosbot.text.selfcheck.source import Unit

NEAR = 8  # words before a date in which "hingga", "memperingati" and their like still govern it
OPENING = 6  # words in which a date dates the whole sentence


def another_event(case: Case) -> Iterator[Objection]:
    """A later sentence is about an event that only a sentence left out named."""
    if not is_short(case) or not case.found:
        return
    for aligned in case.found[1:]:
        noun = _subject(aligned.unit)
        if (
            noun
            and _shifted(aligned, case)
            and (noun in case.rules["gates.any_event"] or not _named_before(noun, aligned, case))
        ):
            yield objection("fact_moved", f"“{aligned.line.text}” di rilis tentang acara lain, yang tidak disebut.")
            return


def _subject(unit: Unit) -> str:
    """The event that the sentence opens with, in lower case; empty where it opens with something else."""
    return unit.words[0].low if unit.words and unit.words[0].text in unit.rules["facts.events"] else ""


def _named_before(noun: str, aligned: Aligned, case: Case) -> bool:
    earlier = case.found[: case.found.index(aligned)]
    return any(noun in a.unit.keys for a in earlier)


def _shifted(aligned: Aligned, case: Case) -> bool:
    """Does a sentence that was left out lead over to another event, between the post's sentence before and this one?"""
    before = max((n for n in case.used if n < aligned.unit.number), default=-1)
    days = {m.days for a in case.found for m in a.unit.told.dates}
    for unit in case.source.body[max(before, 0) + 1 : aligned.unit.number]:
        opening = unit.words[min(len(unit.words), OPENING) - 1].end if unit.words else 0
        dated = any(m.days not in days and m.start < opening for m in unit.told.dates)
        if case.rules["gates.shifts"].at(unit.words, 0) or (
            dated and _subject(unit) not in case.rules["gates.any_event"]
        ):
            return True
    return False


def is_another(unit: Unit, mention: Mention) -> bool:
    """A deadline, an anniversary, the date of something in a *yang* clause, or one that is corrected."""
    before = [i for i, w in enumerate(unit.words) if w.end <= mention.start]
    clause = before
    for i in reversed(before):
        if unit.border(i + 1) and i + 1 < len(unit.words):
            clause = [k for k in before if k > i]
            break
    words = [unit.words[i] for i in (clause or before[-2:])]
    if before and unit.words[before[-1]].low in unit.rules["gates.from"] and _becomes(unit, mention):
        return True
    if any(w.low in unit.rules["grammar.which"] for w in words) or unit.rules["status.other_dates"].at(words, 0):
        return True
    asked = next((i for i in range(len(words)) if unit.rules["clauses.asking"].at(words, i)), len(words))
    if any(w.low in unit.rules["gates.purposes"] for w in words[asked:]):
        return True
    return unit.rules["status.other_dates"].within(words[-NEAR:])


def _becomes(unit: Unit, mention: Mention) -> bool:
    """ "dari 13 Desember menjadi 11 Desember": the first is no longer true."""
    behind = next((w.low for w in unit.words if w.start >= mention.end), "")
    return behind in unit.rules["gates.becoming"]
