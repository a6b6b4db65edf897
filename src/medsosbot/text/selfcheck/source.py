"""The release as the self-check sees it: each sentence as words, each licensed rewrite as a second way to say them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from medsosbot.model import Release
from medsosbot.text.dates import Day
from medsosbot.text.phrases import Word
from medsosbot.text.reading import Reading, Told, read
from medsosbot.text.rewrite import quoted_spans
from medsosbot.text.rules import Rules
from medsosbot.text.selfcheck.words import Days, date_words, is_verb, key, tokens

TIERS = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Edge:
    """The source's words [start, end) may read as these keys."""

    start: int
    end: int
    keys: tuple[str, ...]


@dataclass
class Unit:
    """One sentence of the release (number -1: the title) with all that the gates ask of it."""

    told: Told
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    edges: dict[str, list[Edge]]
    rules: Rules
    places: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for i, k in enumerate(self.keys):
            self.places.setdefault(k, []).append(i)

    @property
    def number(self) -> int:
        return self.told.number

    @property
    def text(self) -> str:
        return self.told.text

    def between(self, i: int) -> str:
        """What stands between word i - 1 and word i, without spaces; also before the first and behind the last."""
        start = self.words[i - 1].end if i > 0 else 0
        end = self.words[i].start if i < len(self.words) else len(self.text)
        return "".join(self.text[start:end].split())

    def border(self, i: int) -> bool:
        """Does a comma or its like part word i - 1 from word i? Not inside a name that holds commas."""
        if i <= 0 or i >= len(self.words):
            return True
        between = self.between(i)
        if any(c in ".!?" for c in between) and self._ends(i):
            return True
        return any(c in ",;:–—(" for c in between) and not any(a < i < b for a, b in self.names)

    def _ends(self, i: int) -> bool:
        """Does a sentence end before word i? (A row of several is one unit.)"""
        before, short = self.words[i - 1].text, self.rules.abbreviations
        known = before in short.never or before in short.before_number or before in short.maybe_final
        return not known and len(before) > 1 and not self.words[i].text[0].islower()

    @cached_property
    def names(self) -> tuple[tuple[int, int], ...]:
        """[first, behind last) word of each name that holds commas."""
        return self.found("protected.names_with_commas")

    @cached_property
    def days(self) -> dict[Days, list[tuple[int, int]]]:
        """Days to the [first, behind last) words of their dates, in order."""
        found: dict[Days, list[tuple[int, int]]] = {}
        for start, behind, days in date_words(self.words, self.told.dates):
            found.setdefault(days, []).append((start, behind))
        return found

    @cached_property
    def verbs(self) -> frozenset[int]:
        return frozenset(i for i, w in enumerate(self.words) if is_verb(w, self.rules))

    @cached_property
    def quotes(self) -> tuple[tuple[int, int], ...]:
        """[first, behind last) word of each closed quotation."""
        starts = [w.start for w in self.words]
        return tuple((bisect_left(starts, a), bisect_left(starts, b)) for a, b in quoted_spans(self.text))

    def at(self, name: str, i: int) -> int:
        """How many words the list's phrase has that begins at word i; 0 where none does."""
        return self.rules[name].at(self.words, i)

    def found(self, name: str) -> tuple[tuple[int, int], ...]:
        return tuple(self.rules[name].find(self.words))


@dataclass
class Source:
    """The whole release; units[0] is the title."""

    reading: Reading
    rules: Rules
    units: tuple[Unit, ...]

    @cached_property
    def known(self) -> frozenset[str]:
        """Every key that the release or a licensed rewrite of it prints."""
        found: set[str] = set()
        for unit in self.units:
            found.update(unit.keys)
            found.update(k for edges in unit.edges.values() for edge in edges for k in edge.keys)
        return frozenset(found)

    @cached_property
    def whole(self) -> dict[tuple[str, ...], list[int]]:
        """A sentence's keys, as printed or in tier 0, to the places of such sentences in `units`."""
        found: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for n, unit in enumerate(self.units):
            found[unit.keys].append(n)
            short = tuple(key(w.low) for w in tokens(self.reading.rewriter.apply(unit.text, 0)))
            if short != unit.keys:
                found[short].append(n)
        return dict(found)

    @cached_property
    def holders(self) -> dict[str, list[int]]:
        """A key to the places of the units that print it, themselves or in a rewrite."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for n, unit in enumerate(self.units):
            keys = set(unit.keys)
            for edges in unit.edges.values():
                keys.update(k for edge in edges for k in edge.keys)
            for k in keys:
                found[k].append(n)
        return dict(found)

    @property
    def title(self) -> Unit:
        return self.units[0]

    @cached_property
    def body(self) -> tuple[Unit, ...]:
        return self.units[1:]

    @cached_property
    def all_days(self) -> frozenset[tuple[Day, Day]]:
        return frozenset(m.days for u in self.units for m in u.told.dates)

    @cached_property
    def doubtful_days(self) -> frozenset[tuple[Day, Day]]:
        """The dates that contradict their weekday somewhere: a draft may leave them out."""
        return frozenset(
            m.days for u in self.units for m in u.told.dates if m.start in {c.start for c in u.told.conflicts}
        )

    @cached_property
    def wrong_days(self) -> frozenset[tuple[Day, Day]]:
        """Of these the ones that stand nowhere without that: a post must leave them out."""
        right = {m.days for u in self.units for m in u.told.dates if m.start not in {c.start for c in u.told.conflicts}}
        return self.doubtful_days - right


def source_of(release: Release, rules: Rules) -> Source:
    """The release read for the self-check; the last few readings are kept."""
    return _source(release.title, release.body, release.date, rules)


@lru_cache(maxsize=8)
def _source(title: str, body: str, written: date | None, rules: Rules) -> Source:
    reading = read(Release(title=title, body=body, date=written), rules)
    units = tuple(_unit(told, reading, rules) for told in (reading.head, *reading.sentences))
    return Source(reading=reading, rules=rules, units=units)


def _unit(told: Told, reading: Reading, rules: Rules) -> Unit:
    words = told.words
    return Unit(
        told=told,
        words=words,
        keys=tuple(key(w.low) for w in words),
        edges=_edges(told, words, reading),
        rules=rules,
    )


def _edges(told: Told, words: tuple[Word, ...], reading: Reading) -> dict[str, list[Edge]]:
    """First key of the short form to the rewrites that write it, in order."""
    starts = [w.start for w in words]
    found: set[tuple[int, int, tuple[str, ...]]] = set()
    for tier in TIERS:
        for swap in reading.rewriter.swaps(told.text, tier, words):
            short = tuple(key(w.low) for w in tokens(swap.short))
            if short:
                found.add((bisect_left(starts, swap.start), bisect_left(starts, swap.end), short))
    edges: dict[str, list[Edge]] = {}
    for start, end, short in sorted(found):
        edges.setdefault(short[0], []).append(Edge(start, end, short))
    return edges
