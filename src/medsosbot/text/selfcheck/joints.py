"""The joints of a sentence: where a deletion may open."""

from __future__ import annotations

from medsosbot.text.selfcheck.source import Unit
from medsosbot.text.selfcheck.words import has_digit

CLAUSES = ("clauses.companions", "clauses.purpose", "clauses.scope", "clauses.about")
JOINTS = (*CLAUSES, "clauses.cut_before", "clauses.preamble", "clauses.scope_words")


def opens(unit: Unit, i: int) -> bool:
    """May a deletion begin at this word: at a joint of the sentence?"""
    if i >= len(unit.words) or unit.border(i):
        return True
    word = unit.words[i]
    if (
        word.low in unit.rules["grammar.which"]
        or word.low in unit.rules["gates.times"]
        or any(unit.at(name, i) for name in JOINTS)
        or _opens_scope(unit, i)
    ):
        return True
    return (word.low in unit.rules["gates.and"] and i + 1 < len(unit.words) and verb_near(unit, i + 1)) or unit.at(
        "clauses.companions", i
    ) > 0


def _opens_scope(unit: Unit, i: int) -> bool:
    """An office's name behind an event's: whose event it is, or who takes part, may fall; not whose chair or hall."""
    if i == 0 or unit.number < 0:
        return False
    before, word = unit.words[i - 1].text, unit.words[i]
    if word.text in unit.rules["grammar.division"] or (word.low.startswith("se-") and before[:1].isupper()):
        return True
    if not word.text.isupper() or word.text not in unit.rules["facts.offices"]:
        return False
    if not before.strip("IVX"):
        return False
    return before[:1].isupper() and before not in unit.rules["facts.roles"] and before not in unit.rules["facts.venues"]


def verb_near(unit: Unit, i: int) -> bool:
    """A verb at this word, or behind one small word before it ("dan telah dibuka")."""
    return i in unit.verbs or (i + 1 in unit.verbs and unit.words[i].low in unit.rules["gates.before_verb"])


def is_day(unit: Unit, i: int) -> bool:
    return has_digit(unit.words[i]) or unit.words[i].low in unit.rules.calendar.days
