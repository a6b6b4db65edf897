"""Gates on what a post may not keep back: an exception, the rest of what is shared out, the other half, an end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medsosbot.model import Objection
from medsosbot.text.phrases import Word
from medsosbot.text.selfcheck.align import Aligned
from medsosbot.text.selfcheck.case import Case, is_short, objection, some
from medsosbot.text.selfcheck.source import Unit
from medsosbot.text.selfcheck.words import has_digit
from medsosbot.text.signs import Sign

BEHIND = 3  # sentences behind a rule in which its exception stands
FIRST = 5  # sentences from the start in which a time that is granted is the release's own matter
SHARE = 3  # numbers by which a sentence shares something out
OPENING = 4


def missing(case: Case) -> Iterator[Objection]:
    """scope_lost, list_cut, deadline_lost."""
    if not is_short(case):
        return
    for aligned in case.found:
        lost = _exception(aligned, case)
        if lost is not None:
            yield objection("scope_lost", f"Pengecualiannya hilang: “{some(lost.words)}”.")
            return
        rest = _rest(aligned, case)
        if rest is not None:
            yield objection("list_cut", f"Sisa pembagiannya hilang: “{some(rest.words)}”.")
            return
    yield from _other_half(case)
    end = _granted(case)
    if end is not None:
        yield objection("deadline_lost", f"Batas waktu hilang: “{some(end.words)}”.")


def _exception(aligned: Aligned, case: Case) -> Unit | None:
    """ "Pemilih yang tidak menerima surat itu tetap dapat memilih" behind "Pemilih membawa KTP dan surat itu"."""
    unit, rules = aligned.unit, aligned.unit.rules
    if unit.number < 0 or not any(w.low in rules["gates.ruling"] for w in unit.words):
        return None
    told = {w.low for w in aligned.line.words if len(w.low) > 3 and w.low not in rules["facts.empty"]}
    for other in case.source.body[unit.number + 1 : unit.number + 1 + BEHIND]:
        if case.whole(other) or not _excepts(other):
            continue
        wanting = next(i for i, w in enumerate(other.words) if w.low in rules["gates.negations"])
        if any(w.low in told for w in other.words[wanting + 1 :]):
            return other
    return None


def _excepts(unit: Unit) -> bool:
    """A negation, and behind it what may be done all the same."""
    lacks = next((i for i, w in enumerate(unit.words) if w.low in unit.rules["gates.negations"]), None)
    return lacks is not None and unit.rules["gates.all_the_same"].within(unit.words[lacks:])


def _rest(aligned: Aligned, case: Case) -> Unit | None:
    """ "PKB 12 kursi, PDIP 11 kursi, dan PKS 6 kursi." [Enam kursi sisanya diraih PPP dan PAN.]"""
    unit = aligned.unit
    body = case.source.body
    if unit.number < 0 or unit.number + 1 >= len(body) or sum(map(has_digit, aligned.line.words)) < SHARE:
        return None
    rest = body[unit.number + 1]
    left = any(w.low in unit.rules["gates.left_over"] for w in rest.words[:OPENING])
    return rest if left and not case.whole(rest) else None


def _other_half(case: Case) -> Iterator[Objection]:
    """The number of the men alone, under a title on the women or on nobody; beside the total it may stand."""
    for one, other in (("gates.men", "gates.women"), ("gates.women", "gates.men")):
        halves = [line for line in case.lines if _numbers(line.words, one, case)]
        title = case.source.title.words
        apart = any(w.low in case.rules[one] for w in title) or any(_numbers(n.words, one, case) > 1 for n in halves)
        if not halves or apart or any(_numbers(line.words, other, case) for line in case.lines):
            continue
        lost = next((u for u in case.source.body if _numbers(u.words, other, case)), None)
        if lost is not None:
            yield objection("list_cut", f"Hanya sebagian jumlahnya yang disebut; hilang: “{some(lost.words)}”.")
            return


def _numbers(words: Sequence[Word], name: str, case: Case) -> int:
    """How many numbers the sentence has, if it names those."""
    return sum(map(has_digit, words)) if any(w.low in case.rules[name] for w in words) else 0


def _granted(case: Case) -> Unit | None:
    """ "diberi kesempatan melengkapi berkas sampai dengan pukul 23.59", left out of what it belongs to."""
    used = {a.unit.number for a in case.found}  # with -1, the title, which stands before the lead
    if case.says("status.deadline"):
        return None
    for unit in case.source.body[:FIRST]:
        before = used & set(range(unit.number - BEHIND, unit.number))
        if before and not case.whole(unit) and not unit.told.signs & (Sign.SPEECH | Sign.PART) and _grants(unit):
            return unit
    return None


def _grants(unit: Unit) -> bool:
    """Time or the right to something, up to a day or an hour."""
    rules = unit.rules
    for _, end in rules["gates.granted"].find(unit.words):
        for i in range(end, len(unit.words)):
            until = unit.words[i].low in rules["gates.until"] or unit.at("status.deadline", i)
            if until and any(has_digit(w) for w in unit.words[i : i + 6]):
                return True
    return False
