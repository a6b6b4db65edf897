"""How a post's sentence comes out of one sentence of the release: kept words in order, with licensed rewrites.

Of all ways the one with the fewest gaps is taken. A few best states are carried from word to word, so that it stays
linear; the state that has used least of the source is always among them, so that a way is found where there is one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from medsosbot.text.selfcheck.post import Line
from medsosbot.text.selfcheck.source import Source, Unit
from medsosbot.text.selfcheck.words import has_digit

WIDTH = 6
REACH = 3
CANDIDATES = 6
COMMON = 64  # a word that more sentences hold than this says nothing about which one it is


@dataclass(frozen=True, slots=True)
class Node:
    """The post's words [at, upto) stand for the source's [start, end). rewritten: by a licence, or as a date."""

    at: int
    upto: int
    start: int
    end: int
    rewritten: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """The source's words [start, end) fell. at: the post's word behind them."""

    start: int
    end: int
    at: int


@dataclass(frozen=True, eq=False)
class Aligned:
    """One sentence of the post and the sentence of the release that it comes from."""

    line: Line
    unit: Unit
    nodes: tuple[Node, ...]

    @cached_property
    def kept(self) -> tuple[bool, ...]:
        found = [False] * len(self.unit.words)
        for node in self.nodes:
            found[node.start : node.end] = [True] * (node.end - node.start)
        return tuple(found)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Every gap, the one before the first and the one behind the last kept word included."""
        found, end = [], 0
        for node in self.nodes:
            if node.start > end:
                found.append(Gap(end, node.start, node.at))
            end = node.end
        if end < len(self.unit.words):
            found.append(Gap(end, len(self.unit.words), len(self.line.words)))
        return tuple(found)

    @cached_property
    def cuts(self) -> tuple[Gap, ...]:
        """The gaps that aren't free everywhere."""
        return tuple(gap for gap in self.gaps if not is_free(self.unit, gap.start, gap.end))

    @property
    def first(self) -> int:
        """The first kept word of the source."""
        return self.nodes[0].start if self.nodes else 0

    @property
    def last(self) -> int:
        """The last kept word of the source."""
        return self.nodes[-1].end - 1 if self.nodes else 0


def is_free(unit: Unit, start: int, end: int) -> bool:
    """May these words fall anywhere? "oleh, telah, langsung, hari, tanggal", Kegiatan before a name, a degree."""
    i = start
    while i < end:
        n = _free_at(unit, i, end)
        if n == 0:
            return False
        i += n
    return True


def _is_free_here(unit: Unit, i: int) -> bool:
    """Kegiatan before a name but not inside one; "hari" and "tanggal" before a day alone."""
    low = unit.words[i].low
    following = unit.words[i + 1] if i + 1 < len(unit.words) else None
    if low in unit.rules["gates.any_event"]:
        inside = i > 0 and unit.words[i - 1].text[:1].isupper() and not unit.border(i)
        return following is not None and following.text[:1].isupper() and not inside
    if low in unit.rules["grammar.day"] or low in unit.rules["grammar.date"]:
        return following is not None and (has_digit(following) or following.low in unit.rules.calendar.days)
    return True


def is_degree(unit: Unit, i: int) -> bool:
    """Is this word an academic degree?"""
    degree, text = unit.rules.abbreviations.degree, unit.words[i].text
    return bool(degree.fullmatch(text) or degree.fullmatch(text + "."))


def _free_at(unit: Unit, i: int, end: int) -> int:
    word = unit.words[i]
    if word.low in unit.rules["grammar.manner"] and i + 1 < end:
        return 2
    if word.low in unit.rules["gates.free"]:
        return 1 if _is_free_here(unit, i) else 0
    if is_degree(unit, i):
        return 1
    if word.text in unit.rules["facts.titles_of_people"] and unit.text[word.end : word.end + 1] in (".", " "):
        return 1
    in_brackets = unit.text[max(0, word.start - 1)] == "(" and unit.text[word.end : word.end + 1] == ")"
    return 1 if in_brackets and not has_digit(word) and i < end else 0


def align(line: Line, source: Source, after: int) -> Aligned | None:
    """The sentence of the release of which this one is a subsequence; `after`: the unit that the last one came from."""
    if not line.words:
        return None
    same = source.whole.get(line.keys)
    if same:
        n = bisect_left(same, after + 1)
        unit = source.units[same[n] if n < len(same) else same[0]]
        if unit.keys == line.keys:
            return Aligned(line, unit, tuple(Node(i, i + 1, i, i + 1, rewritten=False) for i in range(len(line.keys))))
        found = embed(line, unit)
        if found is not None:
            return found
    best: tuple[int, int, Aligned] | None = None
    for n in _candidates(line, source, after):
        aligned, cost = _embedded(line, source.units[n])
        if aligned is not None and (best is None or cost < best[0]):
            best = (cost, n, aligned)
    return best[2] if best else None


def _candidates(line: Line, source: Source, after: int) -> list[int]:
    count: dict[int, int] = {}
    for k in dict.fromkeys(line.keys):
        holders = source.holders.get(k, ())
        for n in holders if len(holders) <= COMMON else holders[:4]:
            count[n] = count.get(n, 0) + 1
    return sorted(count, key=lambda n: (-count[n], n <= after, n))[:CANDIDATES]


def embed(line: Line, unit: Unit) -> Aligned | None:
    """The line as a subsequence of this one sentence, or None."""
    return _embedded(line, unit)[0]


@dataclass(frozen=True, slots=True)
class _State:
    end: int
    cost: int
    before: _State | None
    node: Node | None


def _embedded(line: Line, unit: Unit) -> tuple[Aligned | None, int]:
    count = len(line.words)
    waiting: dict[int, list[_State]] = {0: [_State(0, 0, None, None)]}
    for at in range(count):
        for state in _best(waiting.pop(at, [])):
            for node in _steps(line, unit, at, state.end):
                cost = state.cost + _price(unit, state.end, node, at)
                waiting.setdefault(node.upto, []).append(_State(node.end, cost, state, node))
    ends = waiting.get(count, [])
    if not ends:
        return None, 0
    best = min(ends, key=lambda s: (s.cost + (0 if s.end == len(unit.words) else 4), s.end))
    nodes: list[Node] = []
    step: _State | None = best
    while step is not None and step.node is not None:
        nodes.append(step.node)
        step = step.before
    return Aligned(line, unit, tuple(reversed(nodes))), best.cost


def _best(states: list[_State]) -> list[_State]:
    if len(states) <= 1:
        return states
    ranked = sorted(states, key=lambda s: (s.cost, s.end))[:WIDTH]
    least = min(states, key=lambda s: (s.end, s.cost))
    return ranked if least in ranked else [*ranked, least]


def _price(unit: Unit, end: int, node: Node, at: int) -> int:
    if node.start == end:
        return 0
    if node.start - end < 12 and is_free(unit, end, node.start):
        return 1
    return 6 if at == 0 else 10


def _steps(line: Line, unit: Unit, at: int, end: int) -> Iterator[Node]:
    k = line.keys[at]
    places = unit.places.get(k, ())
    i = bisect_left(places, end) if places else 0
    for start in places[i : i + REACH]:
        yield Node(at, at + 1, start, start + 1, rewritten=False)
    seen = 0
    for edge in unit.edges.get(k, ()):
        if edge.start >= end and seen < REACH and line.keys[at : at + len(edge.keys)] == edge.keys:
            seen += 1
            yield Node(at, at + len(edge.keys), edge.start, edge.end, rewritten=True)
    yield from _dates(line, unit, at, end)


def _dates(line: Line, unit: Unit, at: int, end: int) -> Iterator[Node]:
    """A date may be written as another shape of the same days: "27/9/2022" for "27 September 2022"."""
    said = line.days.get(at)
    if said is None:
        return
    upto, days = said
    places = unit.days.get(days, ())
    i = bisect_left(places, (end, 0)) if places else 0
    for start, stop in places[i : i + REACH]:
        yield Node(at, upto, start, stop, rewritten=True)
