"""Gates on sentences that lean on one left out, though no word of theirs points back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from medsosbot.model import Objection
from medsosbot.text.selfcheck.align import Aligned
from medsosbot.text.selfcheck.case import Case, follows, is_short, objection, some
from medsosbot.text.selfcheck.source import Unit
from medsosbot.text.selfcheck.words import has_digit, root

OPENING = 4  # words in which "juga" says that something of the kind was told before


def leaning(case: Case) -> Iterator[Objection]:
    """dangling: "Kekurangan akan dikirim", "Jika tidak dilengkapi, …", "memberi waktu hingga", a threat alone."""
    if not is_short(case):
        return
    for aligned in case.found:
        if aligned.unit.number < 1:
            continue
        if _threatens(aligned) and not _forbids(case):
            yield objection("dangling", f"“{some(aligned.line.words)}”: apa yang dilarang tidak disebut.")
            return
        if not follows(aligned, case) and (
            _takes_up(aligned, case)
            or _without_more(aligned)
            or _grants(aligned)
            or _adds_rule(aligned)
            or _still_may(aligned, case)
            or _counts_events(aligned)
        ):
            yield objection("dangling", f"“{some(aligned.line.words)}” bergantung pada kalimat yang tidak ikut.")
            return


def _takes_up(aligned: Aligned, case: Case) -> bool:
    """ "Laporan diterima …": a bare noun takes up the verb of the sentence before, which is left out."""
    unit = aligned.unit
    first = unit.words[0].low
    event = unit.words[0].text in unit.rules["facts.events"]  # events has its own gates
    if event or not _is_derived(first) or aligned.first or not _stands_bare(unit):
        return False
    roots = {root(w.low) for line in case.lines if line.place < aligned.line.place for w in line.words}
    before = {root(w.low) for w in case.source.body[unit.number - 1].words}
    return root(first) in before - roots


def _is_derived(low: str) -> bool:
    """A noun made of a verb or an adjective: "laporan", "kekurangan", "pelanggaran"."""
    return len(low) > 6 and low.endswith("an")


def _stands_bare(unit: Unit) -> bool:
    """Is the first word all of the subject: does a verb follow, perhaps behind "akan" or "dapat"?"""
    if len(unit.words) < 3:
        return False
    second = unit.words[1].low
    if second in unit.rules["gates.consisting"]:
        return False
    return 1 in unit.verbs or second in unit.rules["gates.before_verb"] or second in unit.rules["gates.negations"]


def _without_more(aligned: Aligned) -> bool:
    """ "Jika tidak dilengkapi, …": if what isn't?"""
    words, rules = aligned.line.words, aligned.unit.rules
    return (
        len(words) > 2
        and words[0].low in rules["gates.conditions"]
        and words[1].low in rules["gates.negations"]
        and words[2].low.startswith(("di", "ter"))
    )


def _grants(aligned: Aligned) -> bool:
    """ "KPU memberi waktu hingga 21 hari": time for what?"""
    words, rules = aligned.line.words, aligned.unit.rules
    return any(
        end < len(words) and words[end].low in rules["gates.until"] for _, end in rules["gates.granting"].find(words)
    )


def _adds_rule(aligned: Aligned) -> bool:
    """ "Pemilih juga dilarang …": the first thing that is forbidden was left out."""
    words, rules = aligned.line.words[: OPENING + 1], aligned.unit.rules
    return any(a.low in rules["gates.also"] and b.low in rules["gates.ruling"] for a, b in pairwise(words))


def _still_may(aligned: Aligned, case: Case) -> bool:
    """ "Pemilih yang sakit masih bisa mengurus hingga 7 hari": an exception whose rule was left out."""
    before = case.source.body[aligned.unit.number - 1]
    ruled = before.rules["status.deadline"].within(before.words) or any(
        w.low in before.rules["gates.ruling"] for w in before.words
    )
    return ruled and aligned.unit.rules["gates.still"].within(aligned.line.words)


def _counts_events(aligned: Aligned) -> bool:
    """ "hadir di kedua kegiatan": which two?"""
    rules = aligned.unit.rules
    return any(
        a.low in rules["gates.both"] and b.low in rules["gates.events"] and b.text[:1].islower()
        for a, b in pairwise(aligned.line.words)
    )


def _threatens(aligned: Aligned) -> bool:
    """ "Pelanggaran dapat dikenai pidana penjara paling lama 1 tahun"."""
    words, rules = aligned.line.words, aligned.unit.rules
    return words[0].low in rules["gates.breaches"] and any(w.low in rules["gates.sanctions"] for w in words)


def _forbids(case: Case) -> bool:
    """Does the post say what may not be done: "dilarang membawa", "agar tidak membawa"?"""
    for line in case.lines:
        for i, _ in case.rules["gates.forbidding"].find(line.words):
            if any(w.text[:1].islower() and not has_digit(w) for w in line.words[i + 1 : i + 3]):
                return True
    return False
