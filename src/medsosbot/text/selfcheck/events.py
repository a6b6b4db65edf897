"""Gates on releases that tell of two events: what belongs to the second may not stand under the first."""

from __future__ import annotations

from collections.abc import Iterator

from medsosbot.model import Objection
from medsosbot.text.selfcheck.align import Aligned
from medsosbot.text.selfcheck.case import Case, is_short, objection
from medsosbot.text.selfcheck.source import Unit

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
