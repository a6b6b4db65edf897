"""Gates on claims: no claim without its denial, no false figure without the right one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from medsosbot.model import Objection
from medsosbot.text.phrases import Word
from medsosbot.text.rules import Rules
from medsosbot.text.selfcheck.align import Aligned
from medsosbot.text.selfcheck.case import Case, objection, some
from medsosbot.text.selfcheck.source import Unit
from medsosbot.text.selfcheck.words import has_digit
from medsosbot.text.signs import Sign

BEHIND = 3  # sentences behind a claim in which its right figure stands


def labels(words: Sequence[Word], rules: Rules) -> list[tuple[int, int]]:
    """Where a label stands: "[HOAKS]", "RALAT", or "Ralat:" as the first word."""
    found = rules["status.labels"].find(words)
    return [(a, b) for a, b in found if a == 0 or all(w.text.isupper() for w in words[a:b])]


def is_claim(words: Sequence[Word], rules: Rules) -> bool:
    """Does the sentence tell what others claim: by its words, or as a title with the label of a claim?"""
    return has_claim_label(words, rules) or rules["status.rumour"].within(words)


def has_claim_label(words: Sequence[Word], rules: Rules) -> bool:
    """ "[HOAKS] …", "Cek Fakta: …"."""
    return any(rules["gates.claim_labels"].at(words, a) for a, _ in labels(words, rules))


def rumour_as_fact(case: Case) -> Iterator[Objection]:
    """A claim without its denial, a label alone, a wrong figure or date without the right one."""
    yield from _undenied(case) or _label_alone(case)
    wrong, right = _corrected(case)
    said = {k for line in case.lines for k in line.keys}
    if said & wrong and not said & right:
        yield objection("rumour_as_fact", f"Angka yang salah ({', '.join(sorted(said & wrong))}) tanpa yang benar.")
        return
    for aligned in case.found:
        lost = _right_one(aligned, case)
        if lost is not None:
            yield objection("rumour_as_fact", f"Yang benar hilang: “{some(lost.words)}”.")
            return


def _undenied(case: Case) -> list[Objection]:
    if case.says("status.denial") or any(labels(line.words, case.rules) for line in case.lines):
        return []
    head = [u for u in (case.source.title, *case.source.body[:1]) if _denies(u)]
    claims = [a for a in case.found if a.unit.rules["status.rumour"].within(a.line.words)]
    if not head and not (claims and any(_denies(u) for u in case.source.body)):
        return []
    what = some((claims[0].line if claims else case.found[0].line).words) if case.found else ""
    return [objection("rumour_as_fact", f"“{what}” berdiri tanpa bantahannya.")]


def _label_alone(case: Case) -> list[Objection]:
    """ "Cek Fakta: Foto Kotak Suara Dibuka", "memberikan klarifikasi terkait isu X": is it true or not?"""
    rules = case.rules
    open_lines = [line for line in case.lines if _leaves_open(line.words, rules)]
    answered = any(
        says_false(n.words, rules) or (n not in open_lines and _says_how(n.words, rules)) for n in case.lines
    )
    if not open_lines or answered:
        return []
    usable = [u for u in case.source.body if not u.told.signs & Sign.PART and not _leaves_open(u.words, rules)]
    lost = next((u for u in usable if says_false(u.words, rules)), None)
    if lost is None and not any(_explains(n.words, rules) for n in case.lines if n not in open_lines):
        lost = next((u for u in usable if _explains(u.words, rules)), None)
    if lost is None:
        return []
    return [objection("rumour_as_fact", f"Bantahannya hilang: “{some(lost.words)}”.")]


def _leaves_open(words: Sequence[Word], rules: Rules) -> bool:
    """A label, or a word that only tells that something is said about a claim."""
    told_of = rules["gates.weak_denials"].within(words) and rules["status.rumour"].within(words)
    return told_of or has_claim_label(words, rules)


def _says_how(words: Sequence[Word], rules: Rules) -> bool:
    """ "Pemungutan suara tetap dilaksanakan pada Rabu": that answers the claim too."""
    return any(w.low in rules["gates.answering"] for w in words)


def _explains(words: Sequence[Word], rules: Rules) -> bool:
    """How it really was: somebody says so, or something isn't, or has a reason."""
    claim = words[0].low in rules["gates.claims"] and not says_false(words, rules) if words else True
    told = any(w.low in rules[name] for name in ("gates.negations", "gates.explaining") for w in words)
    return not claim and (told or rules["speech.verbs"].within(words))


def says_false(words: Sequence[Word], rules: Rules) -> bool:
    """Does the sentence itself say that something is false, beyond a label?"""
    marks = {i for a, b in labels(words, rules) for i in range(a, b)}
    strong = any(
        a not in marks and not rules["gates.weak_denials"].at(words, a) for a, _ in rules["status.denial"].find(words)
    )
    return strong or rules["gates.denying"].at(words, 0) > 0


def _denies(unit: Unit) -> bool:
    return unit.rules["status.denial"].within(unit.words)


def _corrected(case: Case) -> tuple[set[str], set[str]]:
    """(the wrong numbers, the right ones) of a release that corrects something."""
    wrong: set[str] = set()
    right: set[str] = set()
    units = case.source.units
    marked = {u.number for u in units if u.rules["status.correction"].within(u.words)}
    for unit in units:
        if not any(unit.number + n in marked for n in (-2, -1, 0, 1)):
            continue
        into: set[str] | None = None
        for i, word in enumerate(unit.words):
            if word.low in unit.rules["gates.instead_of"] or unit.at("status.wrong", i):
                into = wrong
            elif unit.at("status.right", i):
                into = right
            if into is not None and has_digit(word):
                into.add(unit.keys[i])
    return wrong - right, right - wrong


def _right_one(aligned: Aligned, case: Case) -> Unit | None:
    """The sentence behind a denied claim that gives the right figure or day, where the post has only the false one."""
    unit, body = aligned.unit, case.source.body
    if unit.number < 0 or not unit.rules["status.rumour"].within(aligned.line.words):
        return None
    near = body[unit.number : unit.number + 1 + BEHIND]
    if not any(says_false(u.words, u.rules) for u in near):
        return None
    false = {k for k in aligned.line.keys if k[:1].isdigit()}
    dated = bool(aligned.line.dates)
    if not false:
        return None
    for other in near[1:]:
        figures = {k for k in other.keys if k[:1].isdigit()} - false
        if _is_right(other, unit, dated=dated) and figures:
            said = any(case.last_places.get(k, -1) > aligned.line.place for k in figures)
            return None if said else other
    return None


def _is_right(other: Unit, claim: Unit, *, dated: bool) -> bool:
    """Does this sentence tell of the same thing as the claim: "Pendaftaran ditutup …", "Jumlah kursi tetap 55"?"""
    if other.told.signs & Sign.CLAIM or not other.words:
        return False
    firmly = any(w.low in other.rules["gates.firmly"] for w in other.words)
    subject = {w.low for w in other.words[:3] if len(w.low) > 3 and w.low not in other.rules["facts.empty"]}
    same = bool(subject & {w.low for w in claim.words})
    return same and firmly and (bool(other.told.dates) or not dated)
