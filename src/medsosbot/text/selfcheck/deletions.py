"""Gates on what fell inside one sentence: what is left must hang where it hung, and nothing may look whole that isn't.

A gap is lawful where it opens and ends at a joint of the sentence: a comma, a preposition, "yang", a clause of
companions, purpose or scope; and takes with it neither a verb nor a word by which the rest means something else.
"""

from __future__ import annotations

from collections.abc import Iterator

from medsosbot.model import Objection
from medsosbot.text.phrases import Word
from medsosbot.text.selfcheck.align import Aligned, Gap
from medsosbot.text.selfcheck.case import Case, objection, quote
from medsosbot.text.selfcheck.events import is_another
from medsosbot.text.selfcheck.joints import CLAUSES
from medsosbot.text.selfcheck.seams import at_beginning, at_ending, inside
from medsosbot.text.selfcheck.source import Unit
from medsosbot.text.selfcheck.words import date_words, has_digit

BACK = 4  # words in front of a purpose clause in which an asking word governs it


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
    yield from _wrong_date(aligned, case)
    for gap in aligned.cuts:
        if (case.source.doubtful_days and _is_wrong_day(aligned.unit, gap, case)) or _is_same_day(aligned.unit, gap):
            continue
        yield from _scope(aligned, gap, case)
        yield from _asked(aligned, gap)
        if gap.start == 0:
            yield from at_beginning(aligned, gap, case)
        elif gap.end == len(aligned.unit.words):
            yield from at_ending(aligned, gap)
        else:
            yield from inside(aligned, gap)
    yield from _moved(aligned)


def _half_dates(aligned: Aligned, case: Case) -> Iterator[tuple[str, str]]:
    """Half a date, half a range, or a weekday whose date fell."""
    unit, kept = aligned.unit, aligned.kept
    for start, end, (days, _) in date_words(unit.words, unit.told.dates):
        core = kept[start:end]
        whole = unit.words[start - 1].low in unit.rules.calendar.days and kept[start - 1] if start else False
        doubtful = days in case.source.doubtful_days
        if (any(core) and not all(core)) or (whole and not any(core) and not doubtful):
            yield "fact_moved", f"Tanggal “{quote(unit, start, end)}” terpotong."


def _is_wrong_day(unit: Unit, gap: Gap, case: Case) -> bool:
    """A date that contradicts its weekday falls, with the words that only lead up to it."""
    for mention in unit.told.dates:
        if mention.days not in case.source.doubtful_days:
            continue
        inside = [w for w in unit.words[gap.start : gap.end] if not mention.start <= w.start < mention.end]
        if all(w.low in unit.rules["gates.before_date"] for w in inside):
            return True
    return False


def _is_same_day(unit: Unit, gap: Gap) -> bool:
    """ "mulai [hari ini,] Selasa (19/8/2025)": the day is still told."""
    n = unit.at("calendar.relative", gap.start)
    return n > 0 and gap.start + n == gap.end < len(unit.words) and unit.words[gap.end].low in unit.rules.calendar.days


def _wrong_date(aligned: Aligned, case: Case) -> Iterator[tuple[str, str]]:
    """The event's own date fell and another day's, as of "memperingati … 21 April", is the only one left."""
    unit = aligned.unit
    told = [(m, m.days) for m in unit.told.dates]
    kept = {days for start, _, (days, _) in date_words(unit.words, unit.told.dates) if aligned.kept[start]}
    fell = [m for m, days in told if days not in kept and days not in case.source.doubtful_days]
    if kept and any(not is_another(unit, m) for m in fell) and all(is_another(unit, m) for m, d in told if d in kept):
        yield "fact_moved", "Tanggal acaranya hilang, dan tanggal yang lain tampak sebagai tanggalnya."


def _protected(aligned: Aligned) -> Iterator[tuple[str, str]]:
    unit, kept = aligned.unit, aligned.kept
    last = aligned.last
    for start, end in unit.found("protected.before"):
        fell = not all(kept[start:end])
        governed = _next_word(unit, end)
        if fell and governed is not None and kept[governed] and not unit.border(end):
            yield "scope_lost", f"“{quote(unit, start, end)}” hilang, padahal “{unit.words[governed].text}” tetap ada."
        elif not fell and governed is not None and not kept[governed] and governed < last and not unit.border(end):
            yield "reattached", f"“{quote(unit, start, end)}” sekarang menerangkan kata yang lain."
    for start, end in unit.found("protected.after"):
        if not all(kept[start:end]) and start and kept[start - 1] and not _is_meanwhile(unit, end):
            yield "status_lost", f"“{quote(unit, start, end)}” hilang di belakang “{unit.words[start - 1].text}”."


def _is_meanwhile(unit: Unit, end: int) -> bool:
    return end < len(unit.words) and unit.words[end].low in unit.rules["gates.this"]


def _next_word(unit: Unit, i: int) -> int | None:
    return i if i < len(unit.words) else None


def _scope(aligned: Aligned, gap: Gap, case: Case) -> Iterator[tuple[str, str]]:
    """A condition or an exception fell and its clause stayed. One inside a clause that falls whole goes with it."""
    unit = aligned.unit
    whole_clause = (
        any(unit.at(name, gap.start) for name in CLAUSES) or unit.words[gap.start].low in unit.rules["grammar.which"]
    )
    for start, end in unit.found("clauses.scope_words"):
        if not gap.start <= start < gap.end:
            continue
        low = unit.words[start].low
        inside = start > gap.start and (whole_clause or _clause_between(unit, gap.start, start))
        opening = (gap.start == 0 and low not in unit.rules["gates.conditions"]) or _is_told_by_days(
            unit.words[start], case
        )
        if (
            not inside
            and not opening
            and (low in unit.rules["gates.conditions"] or start == gap.start or not unit.border(gap.start))
        ):
            yield "scope_lost", f"Syarat atau batas “{quote(unit, start, min(end + 4, gap.end))}” hilang."


def _is_told_by_days(word: Word, case: Case) -> bool:
    """ "selama dua hari", where the post tells from which day to which."""
    return word.low in case.rules["gates.lasting"] and any(not m.single for line in case.lines for m in line.dates)


def _clause_between(unit: Unit, start: int, stop: int) -> bool:
    """Does another clause's verb stand between the gap's beginning and the word?"""
    return any(start <= v < stop for v in unit.verbs)


def _asked(aligned: Aligned, gap: Gap) -> Iterator[tuple[str, str]]:
    """ "mengajak warga untuk …": what was asked for is no purpose and may not fall."""
    unit = aligned.unit
    if gap.start == 0 or unit.words[gap.start].low not in unit.rules["gates.purposes"]:
        return
    for i in range(gap.start - 1, max(-1, gap.start - 1 - BACK), -1):
        if unit.border(i + 1) and i + 1 != gap.start:
            return
        if unit.at("clauses.asking", i) and aligned.kept[i]:
            yield "stranded_object", f"Isi dari “{unit.words[i].text}” hilang: “{quote(unit, gap.start, gap.end)}”."
            return


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
