"""Gaps in enumerations inside a sentence, by which half a list would look whole."""

from __future__ import annotations

from collections.abc import Iterator

from medsosbot.text.selfcheck.align import Gap
from medsosbot.text.selfcheck.case import quote
from medsosbot.text.selfcheck.joints import CLAUSES, JOINTS, is_day, verb_near
from medsosbot.text.selfcheck.source import Unit
from medsosbot.text.selfcheck.words import has_digit


def adds_name(unit: Unit, i: int) -> bool:
    """ "dan X" that adds one more to what stands before it, and no second verb, no companion."""
    return (
        unit.words[i].low in unit.rules["gates.and"]
        and not verb_near(unit, i + 1)
        and not unit.at("clauses.companions", i)
    )


def joins_names(unit: Unit, i: int) -> bool:
    """Is the word behind a comma just one more in a list of names?"""
    return unit.between(i) == "," and unit.words[i].low in unit.rules["gates.and"] and not verb_near(unit, i + 1)


def goes_on(unit: Unit, gap: Gap) -> bool:
    """Was something being listed ("yaitu", "terdiri dari") that goes on in what fell?"""
    lister = next((i for i in range(gap.start - 1, -1, -1) if unit.words[i].low in unit.rules["gates.listers"]), None)
    if lister is None or any(
        lister < v < gap.start and unit.words[v].low not in unit.rules["gates.listers"] for v in unit.verbs
    ):
        return False
    for i in range(gap.start, gap.end):
        if i in unit.verbs or (i == gap.start and any(unit.at(n, i) for n in CLAUSES)):
            return False
        if unit.words[i].low in unit.rules["gates.and"]:
            return not verb_near(unit, i + 1)
    return False


def list_ending(unit: Unit, gap: Gap) -> Iterator[tuple[str, str]]:
    """Behind a comma a list goes on: "A, B, C dan D" cut to "A, B"."""
    first = unit.words[gap.start]
    if first.low in unit.rules["gates.and"] and (_third_verb(unit, gap.start) or _last_of_list(unit, gap.start)):
        yield "list_cut", f"Daftar terpotong: “{quote(unit, gap.start, gap.end)}” hilang."
        return
    if unit.between(gap.start) != "," or gap.start in unit.verbs or first.low in unit.rules["grammar.which"]:
        return
    if any(unit.at(name, gap.start) for name in JOINTS) or first.low in unit.rules.calendar.days or has_digit(first):
        return
    for i in range(gap.start, gap.end):
        if i in unit.verbs or (i > gap.start and any(unit.at(name, i) for name in CLAUSES)):
            return
        if unit.words[i].low in unit.rules["gates.and"] and i > gap.start and _in_list(unit, gap.start, i):
            yield "list_cut", f"Daftar terpotong: “{quote(unit, gap.start, gap.end)}” hilang."
            return


def _last_of_list(unit: Unit, i: int) -> bool:
    """ "sakit, tugas, atau menjalani …": a comma before "atau" and another a few small words before that."""
    if unit.between(i) != ",":
        return False
    earlier = [k for k in range(max(1, i - 4), i) if unit.between(k) == "," and unit.words[k].text[0].islower()]
    return bool(earlier) and earlier[-1] not in unit.verbs


def _third_verb(unit: Unit, i: int) -> bool:
    """ "menulis berita, memotret, dan menyunting": the last of three that are done."""
    earlier = [k for k in range(max(1, i - 6), i) if unit.between(k) == "," and k in unit.verbs]
    return unit.between(i) == "," and bool(earlier) and verb_near(unit, i + 1)


def _in_list(unit: Unit, start: int, stop: int) -> bool:
    """Is "dan" the last joint of a list of the kind "X, Y dan Z", with a comma or nothing but names before it?"""
    return stop - start <= 12


def is_member(unit: Unit, gap: Gap) -> bool:
    """One of several between commas, before the list's "dan": "komisioner, sekretaris, kasubbag dan staf"."""
    if unit.between(gap.start) != "," or unit.between(gap.end) != "," or gap.end - gap.start > 6:
        return False
    if any(gap.start <= v < gap.end + 4 for v in unit.verbs) or any(unit.at(n, gap.start) for n in JOINTS):
        return False
    if any(has_digit(w) or w.low in unit.rules.calendar.days for w in unit.words[gap.start : gap.end + 1]):
        return False
    ahead = unit.words[gap.end : gap.end + 5]
    return any(w.low in unit.rules["gates.and"] and not unit.border(gap.end + k) for k, w in enumerate(ahead) if k)


def heads_list(unit: Unit, i: int) -> bool:
    """Is the comma before word i one of a list's ("…, tugas, atau rehabilitasi")?"""
    if unit.between(i) != "," or is_day(unit, i) or i in unit.verbs:
        return False
    for k in range(i + 1, min(i + 5, len(unit.words) - 1)):
        if k in unit.verbs:
            return False
        if unit.words[k].low in unit.rules["gates.and"]:
            return unit.between(k) == "," and not verb_near(unit, k + 1)
    return False
