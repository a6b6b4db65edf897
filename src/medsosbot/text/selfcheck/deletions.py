"""Gates on what fell inside one sentence: what is left must hang where it hung, and nothing may look whole that isn't.

A gap is lawful where it opens and ends at a joint of the sentence: a comma, a preposition, "yang", a clause of
companions, purpose or scope; and takes with it neither a verb nor a word by which the rest means something else.
"""

from __future__ import annotations

from collections.abc import Iterator

from medsosbot.model import Objection
from medsosbot.text.dateline import split_dateline
from medsosbot.text.selfcheck.align import Aligned, Gap, is_degree
from medsosbot.text.selfcheck.case import Case, objection, some
from medsosbot.text.selfcheck.source import Unit
from medsosbot.text.selfcheck.words import date_words, has_digit, is_name_part

CLAUSES = ("clauses.companions", "clauses.purpose", "clauses.scope", "clauses.about")
JOINTS = (*CLAUSES, "clauses.cut_before", "clauses.preamble", "clauses.scope_words")
AND = frozenset({"dan", "serta", "atau", "maupun", "beserta"})
CONDITIONS = frozenset({"kecuali", "hanya", "jika", "apabila", "bila", "asalkan", "sebagian", "paling", "minimal"})
SELF = frozenset({"kegiatan", "acara", "ini", "tersebut", "itu"})
CAUSES = frozenset({"karena", "sebab", "akibat"})
TIMES = frozenset({"pukul", "pkl", "jam"})
ANCHORS = frozenset({"di", "pada", "secara", "mulai", "hingga", "sampai", "selama", "sejak", "oleh", "bertempat"})
PURPOSES = frozenset({"agar", "untuk", "supaya", "guna", "bahwa"})
BACK = 4  # words in front of a purpose clause in which an asking word governs it


def opens(unit: Unit, i: int) -> bool:
    """May a deletion begin at this word: at a joint of the sentence?"""
    if i >= len(unit.words) or unit.border(i):
        return True
    word = unit.words[i]
    if word.low == "yang" or word.low in TIMES or any(unit.at(name, i) for name in JOINTS) or _opens_scope(unit, i):
        return True
    return (word.low in AND and i + 1 < len(unit.words) and _verb_near(unit, i + 1)) or unit.at(
        "clauses.companions", i
    ) > 0


def _opens_scope(unit: Unit, i: int) -> bool:
    """An office's name behind an event's: whose event it is, or who takes part, may fall; not whose chair or hall."""
    if i == 0 or unit.words[i].text not in unit.rules["facts.offices"]:
        return False
    before = unit.words[i - 1].text
    return before[:1].isupper() and before not in unit.rules["facts.roles"] and before not in unit.rules["facts.venues"]


def _verb_near(unit: Unit, i: int) -> bool:
    """A verb at this word, or behind one small word before it ("dan telah dibuka")."""
    return i in unit.verbs or (i + 1 in unit.verbs and unit.words[i].low in ("telah", "akan", "juga", "turut", "sudah"))


def deletions(case: Case) -> Iterator[Objection]:
    """scope_lost, status_lost, name_cut, list_cut, reattached, stranded_object, fact_moved: one for each sentence."""
    for aligned in case.found:
        for gate, message in _faults(aligned, case):
            yield objection(gate, message)
            break


def _faults(aligned: Aligned, case: Case) -> Iterator[tuple[str, str]]:
    if not aligned.gaps:
        return
    yield from _protected(aligned)
    yield from _half_dates(aligned, case)
    for gap in aligned.cuts:
        if case.source.doubtful_days and _is_wrong_day(aligned.unit, gap, case):
            continue
        yield from _scope(aligned, gap)
        yield from _asked(aligned, gap)
        if gap.start == 0:
            yield from _beginning(aligned, gap, case)
        elif gap.end == len(aligned.unit.words):
            yield from _ending(aligned, gap)
        else:
            yield from _inside(aligned, gap)
    yield from _moved(aligned)


def _is_wrong_day(unit: Unit, gap: Gap, case: Case) -> bool:
    """A date that contradicts its weekday falls, with the words that only lead up to it."""
    for mention in unit.told.dates:
        if mention.days not in case.source.doubtful_days:
            continue
        inside = [w for w in unit.words[gap.start : gap.end] if not mention.start <= w.start < mention.end]
        if all(w.low in ("pada", "hari", "tanggal", "di", "tgl", "yakni", "yaitu") for w in inside):
            return True
    return False


def _half_dates(aligned: Aligned, case: Case) -> Iterator[tuple[str, str]]:
    """Half a date, half a range, or a weekday whose date fell."""
    unit, kept = aligned.unit, aligned.kept
    for start, end, (days, _) in date_words(unit.words, unit.told.dates):
        core = kept[start:end]
        whole = unit.words[start - 1].low in unit.rules.calendar.days and kept[start - 1] if start else False
        if days not in case.source.doubtful_days and ((any(core) and not all(core)) or (whole and not any(core))):
            yield "fact_moved", f"Tanggal “{_quote(unit, start, end)}” terpotong."


def _quote(unit: Unit, start: int, end: int) -> str:
    return some(unit.words[start:end])


def _protected(aligned: Aligned) -> Iterator[tuple[str, str]]:
    unit, kept = aligned.unit, aligned.kept
    last = aligned.last
    for start, end in unit.found("protected.before"):
        fell = not all(kept[start:end])
        governed = _next_word(unit, end)
        if fell and governed is not None and kept[governed] and not unit.border(end):
            yield "scope_lost", f"“{_quote(unit, start, end)}” hilang, padahal “{unit.words[governed].text}” tetap ada."
        elif not fell and governed is not None and not kept[governed] and governed < last and not unit.border(end):
            yield "reattached", f"“{_quote(unit, start, end)}” sekarang menerangkan kata yang lain."
    for start, end in unit.found("protected.after"):
        if not all(kept[start:end]) and start and kept[start - 1] and not _is_meanwhile(unit, end):
            yield "status_lost", f"“{_quote(unit, start, end)}” hilang di belakang “{unit.words[start - 1].text}”."


def _is_meanwhile(unit: Unit, end: int) -> bool:
    return end < len(unit.words) and unit.words[end].low == "itu"


def _next_word(unit: Unit, i: int) -> int | None:
    return i if i < len(unit.words) else None


def _scope(aligned: Aligned, gap: Gap) -> Iterator[tuple[str, str]]:
    """A condition or an exception fell and its clause stayed. One inside a clause that falls whole goes with it."""
    unit = aligned.unit
    whole_clause = any(unit.at(name, gap.start) for name in CLAUSES) or unit.words[gap.start].low == "yang"
    for start, end in unit.found("clauses.scope_words"):
        if not gap.start <= start < gap.end:
            continue
        low = unit.words[start].low
        inside = start > gap.start and (whole_clause or _clause_between(unit, gap.start, start))
        opening = gap.start == 0 and low not in CONDITIONS
        if not inside and not opening and (low in CONDITIONS or start == gap.start or not unit.border(gap.start)):
            yield "scope_lost", f"Syarat atau batas “{_quote(unit, start, min(end + 4, gap.end))}” hilang."


def _clause_between(unit: Unit, start: int, stop: int) -> bool:
    """Does another clause's verb stand between the gap's beginning and the word?"""
    return any(start <= v < stop for v in unit.verbs)


def _asked(aligned: Aligned, gap: Gap) -> Iterator[tuple[str, str]]:
    """ "mengajak warga untuk …": what was asked for is no purpose and may not fall."""
    unit = aligned.unit
    if gap.start == 0 or unit.words[gap.start].low not in PURPOSES:
        return
    for i in range(gap.start - 1, max(-1, gap.start - 1 - BACK), -1):
        if unit.border(i + 1) and i + 1 != gap.start:
            return
        if unit.at("clauses.asking", i) and aligned.kept[i]:
            yield "stranded_object", f"Isi dari “{unit.words[i].text}” hilang: “{_quote(unit, gap.start, gap.end)}”."
            return


def _beginning(aligned: Aligned, gap: Gap, case: Case) -> Iterator[tuple[str, str]]:
    """What fell before the first kept word: a preamble up to a comma, or a subject that the post knows already."""
    unit, following = aligned.unit, gap.end
    if _is_dateline(unit, following, case):
        return
    if unit.border(following):
        if _joins_names(unit, following):
            yield "list_cut", f"Awal daftar hilang: “{_quote(unit, 0, gap.end)}”."
        return
    last = unit.words[gap.end - 1]
    if following in unit.verbs or _verb_near(unit, following):
        if not _is_occasion(unit, gap) and not _subject_is_known(aligned, gap, case):
            yield "fact_moved", f"Pokok kalimat “{_quote(unit, 0, gap.end)}” hilang."
    elif last.low in AND or any(unit.at(n, following) for n in JOINTS):
        yield "reattached", f"Awal kalimat “{_quote(unit, 0, gap.end)}” hilang."
    elif is_name_part(last) and is_name_part(unit.words[following]) and gap.end > 1:
        yield "name_cut", f"Nama terpotong: “{last.text} {unit.words[following].text}”."
    else:
        yield "reattached", f"Awal kalimat “{_quote(unit, 0, gap.end)}” hilang."


def _is_dateline(unit: Unit, following: int, case: Case) -> bool:
    """A dateline that opens a later paragraph."""
    line, rest = split_dateline(unit.text, case.rules)
    return line is not None and unit.words[following].start >= len(unit.text) - len(rest)


def _is_occasion(unit: Unit, gap: Gap) -> bool:
    """ "Dalam kegiatan tersebut hadir …": where or when, and the subject stands behind the verb."""
    words = unit.words[gap.start : gap.end]
    verbless = not any(gap.start <= v < gap.end for v in unit.verbs)
    return words[0].low in ("dalam", "pada", "di") and verbless and not any(has_digit(w) for w in words)


def _joins_names(unit: Unit, i: int) -> bool:
    """Is the word behind a comma just one more in a list of names?"""
    return unit.between(i) == "," and unit.words[i].low in AND and not _verb_near(unit, i + 1)


def _subject_is_known(aligned: Aligned, gap: Gap, case: Case) -> bool:
    """The subject fell: it was Kegiatan or Acara (ini), or the very noun of the post's sentence before."""
    unit = aligned.unit
    stop = next((v for v in sorted(unit.verbs) if v < gap.end), gap.end)
    subject = [w for w in unit.words[:stop] if w.low not in ("telah", "akan", "juga", "turut", "pun", "yang")]
    while subject and subject[-1].low in AND:
        subject.pop()
    if all(w.low in SELF for w in subject):
        return case.before(aligned) is not None or bool(aligned.line.place == 0 and not subject)
    keys = [k for k, w in zip(unit.keys, unit.words, strict=True) if w in subject and w.low not in SELF]
    return any(_names(keys, e) for e in (case.before(aligned), case.found[0]) if e is not None and e is not aligned)


def _names(keys: list[str], earlier: Aligned) -> bool:
    """Does that sentence of the post name the thing?"""
    known = set(earlier.line.keys) | {k for i, k in enumerate(earlier.unit.keys) if earlier.kept[i]}
    return all(k in known for k in keys) and _is_head(keys, earlier)


def _is_head(keys: list[str], earlier: Aligned) -> bool:
    """Do the words stand side by side in the earlier sentence, not as the end of a longer name of an event?"""
    if not keys:
        return True
    told = list(earlier.unit.keys)
    for i in range(len(told) - len(keys) + 1):
        if told[i : i + len(keys)] == keys:
            before = earlier.unit.words[i - 1] if i else None
            if before is None or not is_name_part(before) or before.low == "kegiatan" or earlier.unit.border(i):
                return True
    return False


def _ending(aligned: Aligned, gap: Gap) -> Iterator[tuple[str, str]]:
    unit, start = aligned.unit, gap.start
    before, first = unit.words[start - 1], unit.words[start]
    if any(a < start < b for a, b in unit.names):
        yield "name_cut", f"Nama terpotong setelah “{before.text}”."
    elif first.low in AND and not _verb_near(unit, start + 1) and not unit.at("clauses.companions", start):
        yield "list_cut", f"Daftar terpotong setelah “{before.text}”: “{_quote(unit, start, gap.end)}” hilang."
    elif unit.border(start):
        yield from _list_ending(unit, gap)
    elif not opens(unit, start):
        if is_name_part(before) and is_name_part(first):
            yield "name_cut", f"Nama terpotong: “{before.text} {first.text}”."
        else:
            yield "stranded_object", f"“{before.text}” kehilangan lanjutannya “{_quote(unit, start, gap.end)}”."


def _list_ending(unit: Unit, gap: Gap) -> Iterator[tuple[str, str]]:
    """Behind a comma a list goes on: "A, B, C dan D" cut to "A, B"."""
    first = unit.words[gap.start]
    if unit.between(gap.start) != "," or gap.start in unit.verbs or first.low == "yang":
        return
    if any(unit.at(name, gap.start) for name in JOINTS) or first.low in unit.rules.calendar.days or has_digit(first):
        return
    for i in range(gap.start, gap.end):
        if i in unit.verbs or (i > gap.start and any(unit.at(name, i) for name in CLAUSES)):
            return
        if unit.words[i].low in AND and i > gap.start and _in_list(unit, gap.start, i):
            yield "list_cut", f"Daftar terpotong: “{_quote(unit, gap.start, gap.end)}” hilang."
            return


def _in_list(unit: Unit, start: int, stop: int) -> bool:
    """Is "dan" the last joint of a list of the kind "X, Y dan Z", with a comma or nothing but names before it?"""
    return stop - start <= 12


def _inside(aligned: Aligned, gap: Gap) -> Iterator[tuple[str, str]]:
    unit, start, end = aligned.unit, gap.start, gap.end
    before, first, last, following = unit.words[start - 1], unit.words[start], unit.words[end - 1], unit.words[end]
    if any(a < start < b or a < end < b for a, b in unit.names):
        yield "name_cut", f"Nama terpotong setelah “{before.text}”."
    elif not opens(unit, start) and _second_verb(unit, gap):
        return
    elif unit.border(start) and is_degree(unit, end):
        yield "name_cut", f"Gelar “{following.text}” kehilangan namanya."
    elif not opens(unit, start):
        if is_name_part(before) and is_name_part(first):
            yield "name_cut", f"Nama terpotong: “{before.text} {first.text}”."
        else:
            yield "stranded_object", f"“{before.text}” kehilangan “{_quote(unit, start, end)}”."
    elif first.low in AND and not _verb_near(unit, start + 1) and not unit.at("clauses.companions", start):
        yield "list_cut", f"Daftar terpotong: “{_quote(unit, start, end)}” hilang."
    elif unit.border(end):
        if following.low in AND and not _verb_near(unit, end + 1) and unit.border(start):
            yield "list_cut", f"Daftar terpotong: “{_quote(unit, start, end)}” hilang."
    elif is_name_part(last) and is_name_part(following):
        yield "name_cut", f"Nama terpotong: “{last.text} {following.text}”."
    else:
        yield from _seam(aligned, gap)


def _second_verb(unit: Unit, gap: Gap) -> bool:
    """The first of two coordinated verb phrases fell, up to "dan" and the second verb: the subject stays."""
    last = unit.words[gap.end - 1]
    ber = unit.words[gap.end].low.startswith("ber") and not unit.at("clauses.event_verbs", gap.end)
    joined = last.low in (*AND, "lalu", "kemudian") and _verb_near(unit, gap.end)
    return gap.start in unit.verbs and joined and not ber


def _seam(aligned: Aligned, gap: Gap) -> Iterator[tuple[str, str]]:
    """No comma ends the gap: what follows must be a verb of the main clause, or a place, a day, a doer."""
    unit, end = aligned.unit, gap.end
    following = unit.words[end]
    if unit.words[end - 1].low in SELF and unit.words[gap.start].low in ("dalam", "pada", "di"):
        return  # "hadir dalam rapat tersebut Bawaslu": only where
    if unit.words[gap.start].low in CAUSES:
        yield "reattached", f"“{_quote(unit, end, min(end + 5, len(unit.words)))}” di rilis milik kata yang dihapus."
        return
    verbs = [v for v in unit.verbs if gap.start <= v < end]
    has_that = any(w.low == "yang" for w in unit.words[gap.start : end])
    coordinated = following.low in AND and _verb_near(unit, end + 1)
    if coordinated or (end in unit.verbs and not has_that and not any(v < gap.start for v in unit.verbs)):
        return
    if verbs or has_that:
        gate = "fact_moved" if any(has_digit(w) for w in unit.words[end : end + 6]) else "stranded_object"
        yield gate, f"“{_quote(unit, end, min(end + 6, len(unit.words)))}” di rilis milik kata yang dihapus."
    elif following.low not in ANCHORS and following.low not in unit.rules.calendar.days:
        yield "reattached", f"“{_quote(unit, end, min(end + 5, len(unit.words)))}” sekarang menerangkan kata yang lain."


def _moved(aligned: Aligned) -> Iterator[tuple[str, str]]:
    """Each number keeps the verb that stands nearest before it in the release."""
    unit, kept = aligned.unit, aligned.kept
    verb: int | None = None
    for i, word in enumerate(unit.words):
        if i in unit.verbs:
            verb = i
        if verb is None or verb == i or not kept[i] or kept[verb] or not has_digit(word):
            continue
        gap = next(g for g in aligned.gaps if g.start <= verb < g.end)
        if gap.start > 0 and not unit.border(gap.end):
            yield "fact_moved", f"“{word.text}” di rilis milik “{unit.words[verb].text}”, yang dihapus."
            return
