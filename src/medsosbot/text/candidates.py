"""The ways in which one sentence may stand in a post: nested sets of cuts times tiers of rewrites, each checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from medsosbot.text import clauses, cuts
from medsosbot.text.cuts import Cut
from medsosbot.text.rewrite import Rewriter, Swap
from medsosbot.text.scopes import scope as scope_cuts
from medsosbot.text.shape import Shape
from medsosbot.text.signs import Sign

TIERS = (0, 1, 2)
SPACES = re.compile(r"\s+")
SEAMS = re.compile(r"\s+(?=[,.;:!?)])|[,;]\s*(?=[,.;])|\(\s*\)|(?<=\()\s+")
FINAL = tuple(".!?…")


@dataclass(frozen=True)
class Version:
    """One way to say one sentence. number: the sentence's. cuts: what fell; tier: how far it is rewritten.

    subject: False where the subject fell, so that it only stands behind the lead.
    """

    number: int
    text: str
    cuts: tuple[Cut, ...]
    tier: int
    subject: bool = True


def versions(
    shape: Shape, rewriter: Rewriter, heads: Sequence[tuple[Cut, ...]], known: frozenset[object] = frozenset()
) -> Iterator[Version]:
    """Every sound version. heads: the openings that may fall here (the first is nothing). known: dates told already."""
    zeros = tuple(Swap(place, place + 1, "", "zero") for place in cuts.leading_zeros(shape))
    swaps = [tuple(sorted((*rewriter.swaps(shape.text, tier, shape.words), *zeros), key=_place)) for tier in TIERS]
    seen: set[str] = set()
    for chosen, subject in cut_sets(shape, heads, known):
        if not sound(shape, chosen):
            continue
        for tier in TIERS:
            if tier and swaps[tier] == swaps[tier - 1]:
                continue
            text = render(shape.text, chosen, swaps[tier])
            if text and text not in seen:
                seen.add(text)
                yield Version(shape.told.number, text, chosen, tier, subject)


def _place(swap: Swap) -> tuple[int, int]:
    return swap.start, swap.end


def cut_sets(
    shape: Shape, heads: Sequence[tuple[Cut, ...]], known: frozenset[object]
) -> Iterator[tuple[tuple[Cut, ...], bool]]:
    """(cuts, does the subject stay?) from the fewest cuts on."""
    free = cuts.joined(cuts.free(shape), cuts.repeated_dates(shape, known))
    if shape.told.signs & (
        Sign.LIST | Sign.QUOTE | Sign.SAID | Sign.CLAIM | Sign.DENIAL | Sign.CORRECTION | Sign.DEADLINE | Sign.TEMPORARY
    ):
        yield free, True  # whole or not at all
        for head in heads[1:]:
            yield cuts.joined(free, head), not _drops_subject(head)
        return
    companions, purpose = clauses.companions(shape), clauses.purpose(shape)
    scope, about = scope_cuts(shape), clauses.about(shape)
    first = cuts.joined(companions, clauses.relative(shape))
    nested = [(), first, companions, purpose, scope, cuts.joined(first, purpose), cuts.joined(first, scope)]
    last = clauses.closing_relative(shape)
    if last:
        nested += [last, cuts.joined(first, last)]
    nested += [cuts.joined(first, purpose, scope), cuts.joined(first, purpose, scope, about)]
    ends: list[tuple[Cut, ...]] = [()]
    ends += [(Cut(start, shape.closing_start, "second"),) for start, _ in clauses.second_verb(shape)[:2]]
    times = cuts.times(shape)
    done: set[tuple[Cut, ...]] = set()
    for head in heads:
        for end in ends:
            for group in nested:
                for clock in ((), times) if times else ((),):
                    chosen = cuts.joined(free, head, end, group, clock)
                    if chosen not in done:
                        done.add(chosen)
                        yield chosen, not _drops_subject(head)


def _drops_subject(head: tuple[Cut, ...]) -> bool:
    return any(cut.rule in ("subject", "first") for cut in head)


def render(text: str, chosen: Sequence[Cut], swaps: Sequence[Swap]) -> str:
    """The source without the cuts and with the swaps that they leave whole; capital, seams and final stop in order."""
    pieces: list[str] = []
    last = 0
    waiting = list(swaps)
    for cut in [*chosen, Cut(len(text), len(text), "end")]:
        while waiting and waiting[0].start < cut.start:
            swap = waiting.pop(0)
            if swap.start < last or swap.end > cut.start:
                continue
            pieces += [text[last : swap.start], swap.short]
            last = swap.end
        if cut.start >= last:
            pieces += [text[last : cut.start], "" if cut.rule in ("degree", "sign") else " "]
        last = max(last, cut.end)
    return finished("".join(pieces))


def finished(text: str) -> str:
    """One sentence with its seams closed, a capital at its start and a mark at its end."""
    text = SEAMS.sub("", SPACES.sub(" ", text)).strip(" ,;:-–—")
    if not text:
        return ""
    capital = text[0].upper()
    # An address stays as it is printed, and so does a letter that would become another one.
    if "." not in text.split(" ", 1)[0].rstrip(".") and capital.lower() == text[0]:
        text = capital + text[1:]
    if text.endswith(FINAL) or (text[-1] in '”"’»' and text[-2:-1] in FINAL):
        return text
    return text + "."


def sound(shape: Shape, chosen: Sequence[Cut]) -> bool:
    """May what these cuts leave stand? Nothing governed without its word, no verb gone from what hung on it."""
    kept = [not any(c.start <= w.start and w.end <= c.end for c in chosen) for w in shape.words]
    if not any(kept):
        return False
    return (
        _borders(shape, chosen)
        and _verb_stays(shape, kept)
        and _protected_stay(shape, kept, chosen)
        and _scope_stays(shape, kept, chosen)
        and _facts_keep_verbs(shape, kept)
        and _closes(shape, kept)
    )


def _borders(shape: Shape, chosen: Sequence[Cut]) -> bool:
    return all(
        shape.is_open(c.start) and shape.is_open(c.end) for c in chosen if c.rule not in ("free", "weekday", "date")
    )


def _verb_stays(shape: Shape, kept: list[bool]) -> bool:
    return not shape.verbs or any(kept[i] for i in shape.verbs)


def _protected_stay(shape: Shape, kept: list[bool], chosen: Sequence[Cut]) -> bool:
    """dugaan, tidak, akan …: what they govern (the next word) falls with them or not at all; a status never falls."""
    words, rules = shape.words, shape.rules
    for a, b in rules["protected.before"].find(words):
        if not kept[a] and b < len(words) and kept[b]:
            return False
    for a, _ in rules["protected.after"].find(words):
        if not kept[a] and a and kept[a - 1]:
            return False
    return not any(not kept[a] for a, _ in rules["status.status"].find(words))


def _scope_stays(shape: Shape, kept: list[bool], chosen: Sequence[Cut]) -> bool:
    """kecuali, hanya, jika, paling lambat: never cut away; "selama dua hari" may fall with the days that it counts."""
    told = [c for c in chosen if c.rule == "date"]
    return all(
        kept[a] or any(c.start <= shape.words[a].start < c.end for c in told)
        for a, _ in shape.rules["clauses.scope_words"].find(shape.words)
    )


def _facts_keep_verbs(shape: Shape, kept: list[bool]) -> bool:
    """A date, number or place stays with the nearest verb before it; only a closing date hangs on the whole."""
    words = shape.words
    places = [m.start for m in shape.told.dates if m is not shape.closing]
    places += [
        w.start
        for i, w in enumerate(words)
        if w.low in shape.rules["grammar.at_or_to"] or (w.text[0].isdigit() and not _in_closing(shape, w.start))
    ]
    for place in places:
        i = shape.word_at(place)
        if i >= len(words) or not kept[i]:
            continue
        verb = shape.verb_before(place)
        if verb is not None and not kept[verb]:
            return False
    return True


def _in_closing(shape: Shape, place: int) -> bool:
    return shape.closing is not None and shape.closing.start <= place < shape.closing.end


def _closes(shape: Shape, kept: list[bool]) -> bool:
    """The last word that stays may end a sentence, and the first isn't left hanging."""
    words, rules = shape.words, shape.rules
    last = max(i for i, k in enumerate(kept) if k)
    if last == len(words) - 1:
        return True
    low = words[last].low
    return (
        low not in rules["clauses.open_end"]
        and low not in rules["protected.before"]
        and words[last].text not in rules["facts.titles_of_people"]
    )
