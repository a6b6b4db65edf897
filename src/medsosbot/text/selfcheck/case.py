"""What every gate looks at: the release, the post, and which sentence of the release each of the post's comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from medsosbot.model import Form, Objection, PostStyle, Release
from medsosbot.text.phrases import Word
from medsosbot.text.rules import Rules
from medsosbot.text.selfcheck.align import Aligned, align
from medsosbot.text.selfcheck.post import Line, Post, line_of, pieces, take_apart
from medsosbot.text.selfcheck.source import Source, Unit, source_of

WRITE = "Tulis sendiri teksnya di kunci `text:` untuk tujuan ini."


@dataclass
class Case:
    """One post against its release. lines and aligned go together; None where no sentence of the release fits."""

    release: Release
    style: PostStyle
    rules: Rules
    source: Source
    post: Post
    lines: tuple[Line, ...]
    aligned: tuple[Aligned | None, ...]

    @cached_property
    def found(self) -> tuple[Aligned, ...]:
        """The sentences that could be traced, in the post's order."""
        return tuple(a for a in self.aligned if a is not None)

    @cached_property
    def used(self) -> frozenset[int]:
        """The numbers of the release's sentences that the post draws on; -1 is the title."""
        return frozenset(a.unit.number for a in self.found)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the post's text."""
        return tuple(w for line in self.lines for w in line.words)

    @cached_property
    def last_places(self) -> dict[str, int]:
        """Each word's key and the place of the last sentence of the post that holds it."""
        return {k: line.place for line in self.lines for k in line.keys}

    def says(self, name: str) -> bool:
        """Does the post's text hold a phrase of that list?"""
        return any(self.rules[name].within(line.words) for line in self.lines)

    def before(self, aligned: Aligned) -> Aligned | None:
        """The post's sentence in front of this one, where it could be traced."""
        at = self.places[id(aligned)]
        return self.found[at - 1] if at else None

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each traced sentence in `found`."""
        return {id(aligned): n for n, aligned in enumerate(self.found)}

    def whole(self, unit: Unit) -> bool:
        """Is this sentence of the release in the post?"""
        return unit.number in self.used


Gate = Callable[[Case], Iterator[Objection]]


def case_of(release: Release, parts: Sequence[str], style: PostStyle, rules: Rules) -> Case:
    """Read, take apart, align."""
    source = source_of(release, rules)
    post = take_apart(parts, style, release, rules)
    lines, aligned = traced(post.lines, source, rules)
    return Case(release, style, rules, source, post, lines, aligned)


def traced(lines: Sequence[Line], source: Source, rules: Rules) -> tuple[tuple[Line, ...], tuple[Aligned | None, ...]]:
    """Each sentence with its own; one that fits nowhere is tried cut at every stop, then together with the next."""
    kept: list[Line] = []
    found: list[Aligned | None] = []
    after, i = -1, 0
    while i < len(lines):
        line = lines[i]
        i += 1
        if not line.words:
            continue
        first = align(line, source, after)
        group = [(line, first)]
        if first is None:
            group, taken = _otherwise(line, lines[i] if i < len(lines) else None, source, after, rules)
            i += taken
        for one, aligned in group:
            kept.append(one)
            found.append(aligned)
            if aligned is not None:
                after = aligned.unit.number + 1
    return tuple(kept), tuple(found)


def _otherwise(
    line: Line, following: Line | None, source: Source, after: int, rules: Rules
) -> tuple[list[tuple[Line, Aligned | None]], int]:
    parts = pieces(line, rules)
    if 1 < len(parts) <= 20:
        group = [(part, align(part, source, after)) for part in parts]
        if all(aligned is not None for _, aligned in group):
            return group, 0
    if following is not None and len(line.words) + len(following.words) <= 200:
        both = line_of(line.place, f"{line.text} {following.text}", rules)
        aligned = align(both, source, after)
        if aligned is not None:
            return [(both, aligned)], 1
    return [(line, None)], 0


def follows(aligned: Aligned, case: Case) -> bool:
    """Does the post's sentence before this one come from the release's sentence before it?"""
    before = case.before(aligned)
    return before is not None and before.unit.number == aligned.unit.number - 1 and aligned.unit.number > 0


def is_short(case: Case) -> bool:
    """Is this the short form, where sentences stand apart from their neighbours?"""
    return case.style.form is Form.POST


def objection(gate: str, message: str) -> Objection:
    """An objection whose sentence ends with what to do."""
    return Objection(gate, f"{message} {WRITE}")


def some(words: Sequence[Word]) -> str:
    """A few words as they are quoted to the press officer."""
    texts = [w.text for w in words]
    return " ".join(texts if len(texts) <= 8 else [*texts[:4], "…", *texts[-3:]])


def quote(unit: Unit, start: int, end: int) -> str:
    """Some words of the release as they are quoted to the press officer."""
    return some(unit.words[start:end])
