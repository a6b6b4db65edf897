"""What a gap leaves behind: at a sentence's beginning, at its end, and at the seam inside it."""

from __future__ import annotations

from collections.abc import Iterator

from medsosbot.text.dateline import split_dateline
from medsosbot.text.selfcheck.align import Aligned, Gap, is_degree
from medsosbot.text.selfcheck.case import Case, quote
from medsosbot.text.selfcheck.joints import JOINTS, is_day, opens, verb_near
from medsosbot.text.selfcheck.lists import adds_name, goes_on, heads_list, is_member, joins_names, list_ending
from medsosbot.text.selfcheck.source import Unit
from medsosbot.text.selfcheck.words import has_digit, is_name_part


def at_beginning(aligned: Aligned, gap: Gap, case: Case) -> Iterator[tuple[str, str]]:
    """What fell before the first kept word: a preamble up to a comma, or a subject that the post knows already."""
    unit, following = aligned.unit, gap.end
    if _is_dateline(unit, following, case):
        return
    if unit.border(following):
        if joins_names(unit, following):
            yield "list_cut", f"Awal daftar hilang: “{quote(unit, 0, gap.end)}”."
        return
    last = unit.words[gap.end - 1]
    if following in unit.verbs or verb_near(unit, following):
        if not _is_occasion(unit, gap) and not _subject_is_known(aligned, gap, case):
            yield "fact_moved", f"Pokok kalimat “{quote(unit, 0, gap.end)}” hilang."
    elif last.low in unit.rules["gates.and"] or any(unit.at(n, following) for n in JOINTS):
        yield "reattached", f"Awal kalimat “{quote(unit, 0, gap.end)}” hilang."
    elif is_name_part(last) and is_name_part(unit.words[following]) and gap.end > 1:
        yield "name_cut", f"Nama terpotong: “{last.text} {unit.words[following].text}”."
    else:
        yield "reattached", f"Awal kalimat “{quote(unit, 0, gap.end)}” hilang."


def _is_dateline(unit: Unit, following: int, case: Case) -> bool:
    """A dateline that opens a later paragraph."""
    line, rest = split_dateline(unit.text, case.rules)
    return line is not None and unit.words[following].start >= len(unit.text) - len(rest)


def _is_occasion(unit: Unit, gap: Gap) -> bool:
    """ "Dalam kegiatan tersebut hadir …": where or when, and the subject stands behind the verb."""
    words = unit.words[gap.start : gap.end]
    verbless = not any(gap.start <= v < gap.end for v in unit.verbs)
    return words[0].low in unit.rules["gates.occasions"] and verbless and not any(has_digit(w) for w in words)


def _subject_is_known(aligned: Aligned, gap: Gap, case: Case) -> bool:
    """The subject fell: it was Kegiatan or Acara (ini), or the very noun of the post's sentence before."""
    unit = aligned.unit
    stop = next((v for v in sorted(unit.verbs) if v < gap.end), gap.end)
    subject = [w for w in unit.words[:stop] if w.low not in unit.rules["gates.with_subject"]]
    while subject and subject[-1].low in unit.rules["gates.and"]:
        subject.pop()
    if all(w.low in unit.rules["gates.itself"] for w in subject):
        return case.before(aligned) is not None or bool(aligned.line.place == 0 and not subject)
    keys = [
        k
        for k, w in zip(unit.keys, unit.words, strict=True)
        if w in subject and w.low not in unit.rules["gates.itself"]
    ]
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
            if (
                before is None
                or not is_name_part(before)
                or before.low in earlier.unit.rules["gates.any_event"]
                or earlier.unit.border(i)
            ):
                return True
    return False


def at_ending(aligned: Aligned, gap: Gap) -> Iterator[tuple[str, str]]:
    unit, start = aligned.unit, gap.start
    before, first = unit.words[start - 1], unit.words[start]
    if any(a < start < b for a, b in unit.names):
        yield "name_cut", f"Nama terpotong setelah “{before.text}”."
    elif first.low in unit.rules["gates.as"] and any(
        w.low in unit.rules["gates.making"] for w, k in zip(unit.words, aligned.kept, strict=True) if k
    ):
        yield "stranded_object", f"“{quote(unit, start, gap.end)}” hilang, padahal itu yang ditetapkan."
    elif goes_on(unit, gap) or adds_name(unit, start):
        yield "list_cut", f"Daftar terpotong setelah “{before.text}”: “{quote(unit, start, gap.end)}” hilang."
    elif unit.border(start):
        yield from list_ending(unit, gap)
    elif not opens(unit, start):
        if is_name_part(before) and is_name_part(first):
            yield "name_cut", f"Nama terpotong: “{before.text} {first.text}”."
        else:
            yield "stranded_object", f"“{before.text}” kehilangan lanjutannya “{quote(unit, start, gap.end)}”."


def inside(aligned: Aligned, gap: Gap) -> Iterator[tuple[str, str]]:
    unit, start, end = aligned.unit, gap.start, gap.end
    before, first, following = unit.words[start - 1], unit.words[start], unit.words[end]
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
            yield "stranded_object", f"“{before.text}” kehilangan “{quote(unit, start, end)}”."
    elif adds_name(unit, start):
        yield "list_cut", f"Daftar terpotong: “{quote(unit, start, end)}” hilang."
    else:
        yield from _at_closing(aligned, gap)


def _at_closing(aligned: Aligned, gap: Gap) -> Iterator[tuple[str, str]]:
    """The gap opens at a joint; does it close at one?"""
    unit, start, end = aligned.unit, gap.start, gap.end
    before, last, following = unit.words[start - 1], unit.words[end - 1], unit.words[end]
    if _is_preposition(unit, gap):
        yield "reattached", f"Kata depan “{quote(unit, start, end)}” hilang di depan “{following.text}”."
    elif _subject_fell(unit, gap):
        yield "fact_moved", f"Pokok kalimat “{quote(unit, start, end)}” hilang."
    elif _other_holder(unit, gap):
        yield "entity_swapped", f"“{following.text}” di rilis bukan milik “{before.text}”."
    elif _list_of_verb(unit, gap):
        yield "stranded_object", f"“{following.text}” di rilis milik kata yang dihapus."
    elif unit.border(end):
        joined = unit.border(start) and adds_name(unit, end)
        if joined or is_member(unit, gap) or heads_list(unit, end):
            yield "list_cut", f"Daftar terpotong: “{quote(unit, start, end)}” hilang."
    elif is_name_part(last) and is_name_part(following):
        yield "name_cut", f"Nama terpotong: “{last.text} {following.text}”."
    else:
        yield from _seam(aligned, gap)


def _is_preposition(unit: Unit, gap: Gap) -> bool:
    """Nothing but small words fell, and not just "pada" before a day."""
    fell = unit.words[gap.start : gap.end]
    if not all(w.low in unit.rules["clauses.open_end"] for w in fell):
        return False
    return not (is_day(unit, gap.end) and all(w.low in unit.rules["gates.before_date"] for w in fell))


def _subject_fell(unit: Unit, gap: Gap) -> bool:
    """ "Hingga Jumat, [coklit] mencapai 87 persen": behind an opening, the subject right before its verb."""
    if not unit.border(gap.start) or gap.end not in unit.verbs or unit.border(gap.end):
        return False
    return not any(v < gap.end for v in unit.verbs)


def _list_of_verb(unit: Unit, gap: Gap) -> bool:
    """ "… disaksikan A], B dan C": the rest of what the deleted verb had behind it."""
    following = unit.words[gap.end]
    if unit.between(gap.end) != "," or not is_name_part(following) or is_day(unit, gap.end):
        return False
    ahead = range(gap.end + 1, min(gap.end + 6, len(unit.words)))
    goes_on = any(unit.words[k].low in unit.rules["gates.and"] and not verb_near(unit, k + 1) for k in ahead)
    return goes_on and any(gap.start <= v < gap.end for v in unit.verbs) and not any(k in unit.verbs for k in ahead)


def _other_holder(unit: Unit, gap: Gap) -> bool:
    """An office's holder fell, and what follows is somebody else's name, or the acronym of another thing."""
    following, fell = unit.words[gap.end], unit.words[gap.start : gap.end]
    if unit.between(gap.end).endswith("(") and following.text.isupper() and len(following.text) > 1:
        return True
    roles = any(w.text in unit.rules["facts.roles"] for w in fell)
    named = unit.between(gap.end) == "," and is_name_part(following) and not is_day(unit, gap.end)
    plain = not any(following.text in unit.rules[name] for name in ("facts.roles", "facts.offices", "facts.events"))
    return roles and named and plain


def _second_verb(unit: Unit, gap: Gap) -> bool:
    """The first of two coordinated verb phrases fell, up to "dan" and the second verb: the subject stays."""
    last = unit.words[gap.end - 1]
    ber = unit.words[gap.end].low.startswith("ber") and not unit.at("clauses.event_verbs", gap.end)
    joined = last.low in unit.rules["gates.then"] and verb_near(unit, gap.end)
    return gap.start in unit.verbs and joined and not ber


def _seam(aligned: Aligned, gap: Gap) -> Iterator[tuple[str, str]]:
    """No comma ends the gap: what follows must be a verb of the main clause, or a place, a day, a doer."""
    unit, end = aligned.unit, gap.end
    following = unit.words[end]
    if (
        unit.words[end - 1].low in unit.rules["gates.itself"]
        and unit.words[gap.start].low in unit.rules["gates.occasions"]
    ):
        return  # "hadir dalam rapat tersebut Bawaslu": only where
    if unit.words[gap.start].low in unit.rules["gates.causes"]:
        yield "reattached", f"“{quote(unit, end, min(end + 5, len(unit.words)))}” di rilis milik kata yang dihapus."
        return
    verbs = [v for v in unit.verbs if gap.start <= v < end]
    has_that = any(w.low in unit.rules["grammar.which"] for w in unit.words[gap.start : end])
    coordinated = following.low in unit.rules["gates.and"] and verb_near(unit, end + 1)
    if coordinated or (end in unit.verbs and not has_that and not any(v < gap.start for v in unit.verbs)):
        return
    if verbs or has_that:
        gate = "fact_moved" if any(has_digit(w) for w in unit.words[end : end + 6]) else "stranded_object"
        yield gate, f"“{quote(unit, end, min(end + 6, len(unit.words)))}” di rilis milik kata yang dihapus."
    elif (
        following.low not in unit.rules["gates.anchors"]
        and following.low not in unit.rules.calendar.days
        and not unit.at("clauses.companions", end)
    ):
        yield "reattached", f"“{quote(unit, end, min(end + 5, len(unit.words)))}” sekarang menerangkan kata yang lain."
