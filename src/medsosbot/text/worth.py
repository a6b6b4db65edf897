"""What a version is worth: facts first, the title's words, then capped content; length and repetition cost.

Everything a version says is a bit: facts, the title's words, content words, pairs of content words. So the worth of
several together is a union of bits, and what is said twice counts once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from medsosbot.text.candidates import Version
from medsosbot.text.facts import Fact, Kind
from medsosbot.text.mandatory import Duty
from medsosbot.text.rewrite import Rewriter
from medsosbot.text.rules import Rules
from medsosbot.text.shape import Shape

WEIGHTS = {
    Kind.DATE: 7.0,
    Kind.VENUE: 6.5,
    Kind.PERSON: 5.0,
    Kind.NUMBER: 4.5,
    Kind.ORGANISER: 3.5,
    Kind.RESULT: 1.0,
    Kind.MORE: 0.9,
    Kind.OTHER_DATE: 1.5,
}
TITLE = 9.0  # for all of the title's words
WORD = 0.16  # for a content word
MOST_WORDS = 45
REPEATED = 0.8  # for a pair of content words said twice
CHARACTER = 0.012
TIER = (0.0, 0.0, 2.6)  # what the rewrites of a tier cost
NO_DATE = 6.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One or more versions that stand together, and what they say. first, last: sentence numbers.

    hangs: one of these sentences must stand before it, since its subject fell or it points back; None for none.
    """

    versions: tuple[Version, ...]
    length: int
    facts: int
    title: int
    words: int
    pairs: int
    duty: Duty
    own: float
    first: int
    last: int
    hangs: frozenset[int] | None = None

    @property
    def text(self) -> str:
        return " ".join(v.text for v in self.versions)


@dataclass
class Scale:
    """Weighs the versions of one release."""

    rewriter: Rewriter
    rules: Rules
    facts: Sequence[Fact]
    title: Shape
    _numbers: dict[str, int] = field(default_factory=dict)
    _pairs: dict[tuple[int, int], int] = field(default_factory=dict)
    _bits: dict[int, tuple[list[list[int]], list[tuple[int, int, int]]]] = field(default_factory=dict)
    _fact_bits: dict[tuple[Kind, str], int] = field(default_factory=dict)
    weights: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        for fact in self.facts:
            key = (fact.kind, fact.key)
            if key not in self._fact_bits:
                self._fact_bits[key] = len(self._fact_bits)
                self.weights.append(WEIGHTS[fact.kind])
        self._title = 0
        for bits in self._words(self.title)[0]:
            for bit in bits:
                self._title |= 1 << bit
        self.has_date = any(f.kind is Kind.DATE for f in self.facts)
        self.date_bit = self._fact_bits.get((Kind.DATE, "date"), -1)

    def _words(self, shape: Shape) -> tuple[list[list[int]], list[tuple[int, int, int]]]:
        """Per word of the source the numbers of its content words; the facts as (bit, start, end)."""
        number = shape.told.number
        if number in self._bits:
            return self._bits[number]
        tokens: list[list[str]] = [[w.low] for w in shape.words]
        for swap in self.rewriter.swaps(shape.text, 2, shape.words):
            inside = [i for i, w in enumerate(shape.words) if swap.start <= w.start < swap.end]
            for i in inside:
                tokens[i] = []
            if inside:
                tokens[inside[0]] = swap.short.lower().split()
        empty = self.rules["facts.empty"]
        found = [
            [self._numbers.setdefault(t, len(self._numbers)) for t in some if t not in empty and len(t) > 1]
            for some in tokens
        ]
        facts = [(self._fact_bits[f.kind, f.key], f.start, f.end) for f in self.facts if f.number == number]
        self._bits[number] = found, facts
        return found, facts

    def said(self, shape: Shape, version: Version) -> tuple[int, int, int, int]:
        """(facts, title words, content words, pairs) as bits."""
        words, facts = self._words(shape)
        content, pairs, before = 0, 0, -1
        for word, bits in zip(shape.words, words, strict=True):
            if any(c.start <= word.start < c.end for c in version.cuts):
                continue
            for bit in bits:
                content |= 1 << bit
                if before >= 0:
                    pairs |= 1 << self._pairs.setdefault((before, bit), len(self._pairs))
                before = bit
        told = 0
        for bit, start, end in facts:
            if not any(
                c.start < end and start < c.end and c.rule not in ("free", "degree", "sign") for c in version.cuts
            ):
                told |= 1 << bit
        return told, content & self._title, content, pairs

    def total(self, facts: int, title: int, words: int) -> float:
        """The worth of what is said, each thing once."""
        worth = sum(w for i, w in enumerate(self.weights) if facts >> i & 1)
        if self.has_date and not facts >> self.date_bit & 1:
            worth -= NO_DATE
        if self._title:
            worth += TITLE * title.bit_count() / self._title.bit_count()
        return worth + WORD * min(words.bit_count(), MOST_WORDS)
