"""Gates on words: nothing invented, nothing moved, no question made, nothing said twice."""

from __future__ import annotations

from collections.abc import Iterator

from medsosbot.model import Objection
from medsosbot.text.phrases import Word
from medsosbot.text.selfcheck.align import Aligned
from medsosbot.text.selfcheck.case import Case, objection, some
from medsosbot.text.selfcheck.post import Line
from medsosbot.text.selfcheck.words import has_digit, is_name_part

ENDS = "\"”’')]»"


def untraced(case: Case) -> Iterator[Objection]:
    """invented_token, invented_entity, word_moved, entity_swapped, fact_moved: no one sentence holds this in order."""
    for line, aligned in zip(case.lines, case.aligned, strict=True):
        if aligned is None:
            yield from _why(line, case)


def _why(line: Line, case: Case) -> Iterator[Objection]:
    new = [w for w, k in zip(line.words, line.keys, strict=True) if k not in case.source.known]
    new = [w for w in new if not _in_a_date(w, line, case)]
    if new:
        named = [w for w in new if has_digit(w) or (is_name_part(w) and w is not line.words[0])]
        gate = "invented_entity" if named else "invented_token"
        yield objection(gate, f"“{some(named or new)}” tidak ada di rilis.")
        return
    home = _home(line, case)
    moved = [w for w, k in zip(line.words, line.keys, strict=True) if k not in home]
    if any(has_digit(w) for w in moved):
        yield objection("fact_moved", f"“{some(moved)}” di rilis berada di kalimat lain.")
    elif not moved and any(is_name_part(w) or has_digit(w) for w in line.words[1:]):
        yield objection("entity_swapped", f"Urutan nama atau angka di “{some(line.words)}” tidak seperti di rilis.")
    else:
        yield objection("word_moved", f"“{some(moved or line.words)}” tidak berasal dari satu kalimat rilis.")


def _in_a_date(word: Word, line: Line, case: Case) -> bool:
    """A date in another shape is known if the release tells the same days."""
    return any(m.core <= word.start < m.core_end and m.days in case.source.all_days for m in line.dates)


def _home(line: Line, case: Case) -> frozenset[str]:
    """The keys of the sentence of the release that holds most of this one."""
    count: dict[int, int] = {}
    for k in set(line.keys):
        for n in case.source.holders.get(k, ())[:64]:
            count[n] = count.get(n, 0) + 1
    if not count:
        return frozenset()
    unit = case.source.units[min(count, key=lambda n: (-count[n], n))]
    return frozenset(unit.keys) | {k for edges in unit.edges.values() for e in edges for k in e.keys}


def mood_changed(case: Case) -> Iterator[Objection]:
    for aligned in case.found:
        asks, asked = _end(aligned.line.text), _end(aligned.unit.text)
        if ("?" in asks) != ("?" in asked) and aligned.last == len(aligned.unit.words) - 1:
            yield objection("mood_changed", f"“{some(aligned.line.words)}”: tanda tanyanya tidak seperti di rilis.")
        elif "?" in asks and "?" not in aligned.unit.text:
            yield objection("mood_changed", f"“{some(aligned.line.words)}” menjadi pertanyaan.")
        elif "!" in asks and "!" not in aligned.unit.text:
            yield objection("mood_changed", f"“{some(aligned.line.words)}” menjadi seruan.")


def _end(text: str) -> str:
    """The marks at a sentence's end."""
    bare = text.rstrip(ENDS + " ")
    return bare[len(bare.rstrip(".!?…")) :]


def stutter(case: Case) -> Iterator[Objection]:
    for aligned in case.found:
        doubled = _doubled(aligned)
        if doubled is not None:
            yield objection("stutter", f"Kata “{doubled.text}” berdiri dua kali berturut-turut.")
    seen: dict[tuple[str, ...], Aligned] = {}
    for aligned in case.found:
        keys = aligned.line.keys
        if keys in seen and seen[keys].unit is aligned.unit and len(keys) > 2:
            yield objection("stutter", f"Kalimat “{some(aligned.line.words)}” muncul dua kali.")
        seen[keys] = aligned


def _doubled(aligned: Aligned) -> Word | None:
    """A word twice in a row where the release has something in between."""
    words, keys = aligned.line.words, aligned.line.keys
    for one, two in zip(aligned.nodes, aligned.nodes[1:], strict=False):
        if keys[one.upto - 1] == keys[two.at] and two.start > one.end and not has_digit(words[two.at]):
            return words[two.at]
    return None
