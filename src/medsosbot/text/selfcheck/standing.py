"""Gates on whether a sentence stands by itself: its list, its verb, its end, and what it points at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from medsosbot.model import Objection
from medsosbot.text.graphemes import is_border
from medsosbot.text.rewrite import QUOTES, quoted_spans
from medsosbot.text.rules import Rules
from medsosbot.text.selfcheck.align import Aligned, is_free
from medsosbot.text.selfcheck.case import Case, follows, is_short, objection, some
from medsosbot.text.selfcheck.rumours import has_claim_label, is_claim
from medsosbot.text.selfcheck.source import Unit
from medsosbot.text.selfcheck.words import has_digit, is_name_part, is_verb
from medsosbot.text.signs import ENUMERATION

FEW = 6  # words
MUCH = 15  # words of the body: enough to have something to tell
GLUED_STOPS = re.compile(r"[.,;:!?)]\.+[A-Z]|\w\.\.[A-Z]")
BRACKETS = (("(", ")"), ("“", "”"), ("[", "]"))


def list_cut(case: Case) -> Iterator[Objection]:
    """Rows without their list, a list without its rows, an enumeration of which a part fell."""
    for aligned in case.found:
        unit = aligned.unit
        rest = [g for g in aligned.cuts if ENUMERATION.search(unit.text) and g.end > _enumeration(unit)]
        if rest and any(aligned.kept[_enumeration(unit) :]):
            yield objection("list_cut", f"Daftar terpotong: “{some(unit.words[rest[0].start : rest[0].end])}” hilang.")
            return
        if any(not case.whole(other) for other in _rows(unit, case) if aligned.last == len(unit.words) - 1):
            yield objection("list_cut", f"Daftar terpotong di “{some(aligned.line.words)}”.")
            return


def _enumeration(unit: Unit) -> int:
    """The first word of an inline enumeration."""
    found = ENUMERATION.search(unit.text)
    at = found.start() if found else 0
    return next((i for i, w in enumerate(unit.words) if w.start >= at), len(unit.words))


def _rows(unit: Unit, case: Case) -> Iterator[Unit]:
    """The rows that belong with this sentence: those of its list, those behind the sentence that announces them."""
    body = case.source.body
    if unit.number < 0 or not (unit.told.sentence.heads_list or _is_row(unit)):
        return
    n = unit.number + 1
    while n < len(body) and _is_row(body[n]):
        yield body[n]
        n += 1
    n = unit.number - 1
    while _is_row(unit) and n >= 0 and (_is_row(body[n]) or body[n].told.sentence.heads_list):
        yield body[n]
        n -= 1


def _is_row(unit: Unit) -> bool:
    return unit.told.sentence.row and unit.text[:1] in "-–—•▪●○*·>✓✔➢0123456789(abcdefghABCDEFGH" and _marked(unit)


def _marked(unit: Unit) -> bool:
    head = unit.text.split(" ", 1)[0]
    return len(head) <= 4 and (head.endswith((".", ")")) or not head[-1:].isalnum())


def fragment(case: Case) -> Iterator[Objection]:
    """No verb is left where the release has one; a title may do without."""
    for aligned in case.found:
        unit = aligned.unit
        if is_short(case) and unit.number >= 0 and not unit.verbs and unit.told.sentence.row and not _is_row(unit):
            yield objection("fragment", f"“{some(aligned.line.words)}” bukan kalimat utuh.")
            return
        if is_short(case) and unit.number >= 0 and unit.text[:1] in "(,;)" and aligned.first == 0:
            yield objection("fragment", f"“{some(aligned.line.words)}” adalah sisa kalimat di depannya.")
            return
        if unit.number < 0 or not aligned.cuts or not unit.verbs:
            continue
        verbs = [w for w in aligned.line.words if is_verb(w, unit.rules)]
        if (not any(aligned.kept[v] for v in unit.verbs) and not verbs) or _main_verb_fell(aligned):
            yield objection("fragment", f"“{some(aligned.line.words)}” bukan kalimat utuh.")
            return


def says_nothing(case: Case) -> Iterator[Objection]:
    """fragment: a few words of the title without a verb are the whole post, though the release has more to say."""
    if not is_short(case) or len(case.lines) != 1 or len(case.found) != 1 or case.found[0].unit.number >= 0:
        return
    words, rules = case.lines[0].words, case.rules
    told = any(has_digit(w) or rules["clauses.verbs"].within([w]) or _looks_like_verb(w.low, rules) for w in words)
    more = sum(len(unit.words) for unit in case.source.units if unit.number >= 0) >= MUCH
    if len(words) < FEW and not told and more:
        yield objection("fragment", f"“{some(words)}” saja belum mengabarkan apa-apa.")


def _looks_like_verb(low: str, rules: Rules) -> bool:
    prefixes = rules["clauses.verb_prefixes"].phrases
    return len(low) > 4 and low not in rules["clauses.no_verbs"] and any(low.startswith(p) for p in prefixes)


def _main_verb_fell(aligned: Aligned) -> bool:
    """ "Rapat yang dipimpin Ketua KPU": the only verb left belongs to "yang"."""
    unit, kept = aligned.unit, aligned.kept
    verbs = [v for v in sorted(unit.verbs) if kept[v]]
    if len(verbs) != 1 or aligned.last >= max(unit.verbs, default=0):
        return False
    that = [i for i in range(verbs[0]) if kept[i] and unit.words[i].low in unit.rules["grammar.which"]]
    later = [v for v in unit.verbs if v > aligned.last and not unit.at("clauses.companions", v)]
    return (
        bool(that)
        and bool(later)
        and not any(w.low in unit.rules["grammar.which"] for w in unit.words[aligned.last + 1 : later[0]])
    )


def bad_closure(case: Case) -> Iterator[Objection]:
    """It ends in a preposition or an abbreviation, with a bracket open, or its marks collide."""
    for aligned in case.found:
        text, words, unit = aligned.line.text, aligned.line.words, aligned.unit
        cut = aligned.last < len(unit.words) - 1
        last = words[-1]
        short = case.rules.abbreviations
        wanting = last.low in case.rules["gates.wanting"] or last.low in case.rules["clauses.open_end"]
        if cut and (wanting or last.low in case.rules["protected.before"]):
            yield objection("bad_closure", f"Kalimat berhenti di “{last.text}”.")
        elif cut and (last.text in short.before_number or last.text in short.never) and len(last.text) > 1:
            yield objection("bad_closure", f"Kalimat berhenti di singkatan “{last.text}”.")
        elif any(text.count(a) != text.count(b) and unit.text.count(a) == unit.text.count(b) for a, b in BRACKETS):
            yield objection("bad_closure", f"Kurung atau tanda kutip tidak tertutup: “{some(words)}”.")
        elif is_torn(text, unit.text):
            yield objection("bad_closure", f"Sebuah huruf atau emoji terpotong di akhir “{some(words)}”.")
        elif is_short(case) and GLUED_STOPS.search(text):
            yield objection("bad_closure", f"Spasi di belakang titik hilang: “{some(words)}”.")
        elif text != unit.text and _collides(text) and not _collides(unit.text):
            yield objection("bad_closure", f"Tanda baca bertabrakan di “{some(words)}”.")
        elif _stop_inside(aligned) or _comma_left(aligned) or (text[:1].islower() and unit.text[:1].isupper()):
            yield objection("bad_closure", f"Tanda baca atau huruf besar salah di “{some(words)}”.")
        elif is_short(case) and text.rstrip()[-1:] in (",", ";", ":", "…") and cut:
            yield objection("bad_closure", f"Kalimat belum selesai: “{some(words)}”.")


def is_torn(text: str, told: str) -> bool:
    """Is the text a beginning of the release's sentence that ends inside one of its signs?"""
    bare = text.rstrip(" .…")
    return told.startswith(bare) and not is_border(told, len(bare))


def _collides(text: str) -> bool:
    return any(pair in text for pair in (" ,", ",,", ", .", ",.", "()", "( ", " )", " .", ",;", " ;", ", ("))


def _stop_inside(aligned: Aligned) -> bool:
    """A full stop before a small letter that the release hasn't: "KPU Paser. merencanakan"."""
    text, short = aligned.line.text, aligned.unit.rules.abbreviations
    if ". " not in text or text == aligned.unit.text:
        return False
    known = short.never | short.before_number | short.maybe_final
    for one, two in pairwise(aligned.line.words):
        between = text[one.end : two.start]
        if between.startswith(".") and two.text[0].islower() and one.text not in known and len(one.text) > 1:
            told = f"{one.text}{between}{two.text}"
            if told not in aligned.unit.text and not short.degree.fullmatch(one.text):
                return True
    return False


def _comma_left(aligned: Aligned) -> bool:
    """The name between two commas fell and one comma stayed: "Ketua KPU, menjelaskan"."""
    unit, line = aligned.unit, aligned.line
    for one, two in pairwise(aligned.nodes):
        fell = two.start > one.end and unit.between(one.end) == "," and unit.between(two.start) == ","
        left = line.text[line.words[one.upto - 1].end : line.words[two.at].start].strip()
        if (
            fell
            and left == ","
            and not is_free(unit, one.end, two.start)
            and two.start in unit.verbs
            and not any(v < one.end for v in unit.verbs)
        ):
            return True
    return False


def dangling(case: Case) -> Iterator[Objection]:
    """It opens with, or holds, what only an earlier sentence explains."""
    if not is_short(case):
        return
    for aligned in case.found:
        if follows(aligned, case):
            continue
        words = aligned.line.words
        if _is_unnamed(aligned, case):
            yield objection("dangling", f"“{words[0].text}” tanpa kalimat yang menyebut acaranya.")
            return
        start = case.rules["clauses.dangling"].at(words, 0)
        fixed = _is_fixed(words, start - 1, case) or words[0].low in case.rules["gates.calendar"]
        fixed = fixed or _answers(aligned, case)
        if start and not fixed and aligned.line.text[0] not in QUOTES and not _this_event(aligned, case):
            yield objection("dangling", f"“{some(words[:start])}” menunjuk kalimat yang tidak ikut.")
            return
        lost = _points_back(aligned, case)
        if lost:
            yield objection("dangling", f"“{lost}” menunjuk kalimat yang tidak ikut.")
            return


def _is_unnamed(aligned: Aligned, case: Case) -> bool:
    """ "Kegiatan dilaksanakan …" as the first sentence: nobody knows which."""
    words = aligned.line.words
    nameless = words[0].low in case.rules["gates.any_event"] and not (len(words) > 1 and is_name_part(words[1]))
    return nameless and case.before(aligned) is None and aligned.unit.number > 0


def _this_event(aligned: Aligned, case: Case) -> bool:
    words = aligned.line.words
    return len(words) > 1 and words[0].low in case.rules["gates.events"] and case.before(aligned) is not None


def _answers(aligned: Aligned, case: Case) -> bool:
    """ "Faktanya, …" behind the claim that it answers."""
    return aligned.line.words[0].low in case.rules["gates.answers"] and _behind_claim(aligned, case)


def _behind_claim(aligned: Aligned, case: Case) -> bool:
    """Does a claim stand before it in the post, or a title whose label makes all behind it one?"""
    before = case.before(aligned)
    if before is None:
        return False
    first = case.found[0].line.words
    return is_claim(before.line.words, case.rules) or has_claim_label(first, case.rules)


def _is_named(noun: str, earlier: set[str], aligned: Aligned, case: Case) -> bool:
    """Do earlier words name it: by the word itself, one of its root, or as a claim?"""
    if any(w.startswith(noun) or (len(w) > 4 and noun.startswith(w)) for w in earlier):
        return True
    return noun in case.rules["gates.claims"] and _behind_claim(aligned, case)


def _points_back(aligned: Aligned, case: Case) -> str:
    """ "rapat tersebut" where no earlier words of the post name the thing."""
    words, quotes = aligned.line.words, quoted_spans(aligned.line.text)
    earlier = {w.low for line in case.lines if line.place < aligned.line.place for w in line.words}
    for i, word in enumerate(words):
        if any(a <= word.start < b for a, b in quotes):
            continue
        if word.low in case.rules["gates.pronouns"] and not any(is_name_part(w) for w in words[1:i]):
            return word.text
        if word.low not in case.rules["gates.this"] or not i or _is_fixed(words, i, case):
            continue
        that = next((k for k in range(1, i) if words[k].low in case.rules["grammar.which"]), 0)
        noun = words[that - 1].low if that else words[i - 1].low
        own = {w.low for w in words[: i - 1]}
        if (
            noun in case.rules["gates.calendar"]
            or noun in own
            or _is_named(noun, earlier, aligned, case)
            or (noun in case.rules["gates.events"] and earlier)
        ):
            continue
        return f"{words[i - 1].text} {word.text}"
    return ""


def _is_fixed(words: object, i: int, case: Case) -> bool:
    """ "hari ini", "tahun ini": these point at the calendar, not at a sentence."""
    found = case.rules["calendar.relative"].find(words)  # type: ignore[arg-type]
    return any(a <= i < b for a, b in found)
