"""The release with the words marked that a post uses, and struck through what fell inside its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from medsosbot.model import Piece

Spans = list[tuple[int, int]]
HIDDEN = re.compile("•+")  # what a hold doesn't repeat of somebody's number or address


@dataclass(frozen=True)
class Segment:
    """A run of the release. used: its sentence is in the post; cut: these words fell; doubted: a hold names them."""

    text: str
    used: bool = False
    cut: bool = False
    doubted: bool = False


def segments(body: str, trace: Sequence[Piece], doubts: Iterable[str] = ()) -> tuple[Segment, ...]:
    """The whole body in runs, in order; joined they are the body again. doubts: words that a hold quotes."""
    doubted = [span for words in doubts for span in places_of(body, words)]
    used: Spans = []
    kept: Spans = []
    for piece in trace:
        if 0 <= piece.start < piece.end <= len(body):
            used.append((piece.start, piece.end))
            kept += _kept(body, piece, doubted)
    return _joined(_swept(body, used, kept, doubted))


def _swept(body: str, *layers: Spans) -> Iterator[Segment]:
    """From edge to edge, with how many spans of each layer (used, kept, doubted) are open: linear in all of them."""
    steps: dict[int, list[int]] = {0: [0, 0, 0], len(body): [0, 0, 0]}
    for n, spans in enumerate(layers):
        for start, end in spans:
            steps.setdefault(start, [0, 0, 0])[n] += 1
            steps.setdefault(end, [0, 0, 0])[n] -= 1
    open_spans = [0, 0, 0]
    for start, end in pairwise(sorted(steps)):
        open_spans = [a + b for a, b in zip(open_spans, steps[start], strict=True)]
        used, kept, doubted = (n > 0 for n in open_spans)
        text = body[start:end]
        used = used and not (kept and text.isspace())  # a blank between two deletions is no word that is used
        yield Segment(text, used, used and not kept, doubted)


def share(body: str, runs: Iterable[Segment]) -> float:
    """How much of the release is used, from 0 to 1."""
    return sum(len(s.text) for s in runs if s.used and not s.cut) / max(1, len(body))


def places_of(text: str, words: str) -> Spans:
    """Where these words stand in a text, whatever its white space; dots stand for what isn't told."""
    pattern = _pattern(words)
    return [m.span() for m in pattern.finditer(text)] if pattern else []


def place_after(text: str, words: str, start: int) -> tuple[int, int] | None:
    """The first of these places from `start` on."""
    pattern = _pattern(words)
    found = pattern.search(text, start) if pattern else None
    return found.span() if found else None


def _pattern(words: str) -> re.Pattern[str] | None:
    tokens = words.split()
    if not tokens:
        return None
    head = r"(?<!\w)" if tokens[0][0].isalnum() else ""
    tail = r"(?!\w)" if tokens[-1][-1].isalnum() else ""
    return re.compile(HIDDEN.sub(r"\\S+?", head + r"\s*".join(map(re.escape, tokens)) + tail))


def _kept(body: str, piece: Piece, doubted: Spans) -> Spans:
    """The piece's place without what fell inside it. A doubted date that the piece doesn't print fell too."""
    source = body[piece.start : piece.end]
    fell = _fallen(source, piece)
    for start, end in doubted:
        if piece.start <= start and end <= piece.end and not places_of(piece.text, body[start:end]):
            fell.append((start - piece.start, end - piece.start))
    kept, at = [], 0
    for start, end in sorted(fell):
        if start > at:
            kept.append((piece.start + at, piece.start + start))
        at = max(at, end)
    return [*kept, (piece.start + at, piece.end)] if at < len(source) else kept


def _fallen(source: str, piece: Piece) -> Spans:
    """Where the deleted words stand. Of several places the one that the post doesn't need, the first of equals."""
    found: Spans = []
    needed: Spans | None = None
    for words, _ in piece.deleted:
        places = [p for p in places_of(source, words) if not any(p[0] < b and a < p[1] for a, b in found)]
        if len(places) > 1:
            needed = needed if needed is not None else _needed(source, piece.text)
            places.sort(key=lambda p: (_overlap(p, needed or []), p[0]))
        found += places[:1]
    return found


def _needed(source: str, text: str) -> Spans:
    """The words of the source that the post's text has too, in order."""
    words = list(re.finditer(r"\S+", source))
    matcher = SequenceMatcher(None, [w[0].lower() for w in words], text.lower().split(), autojunk=False)
    return [words[i].span() for block in matcher.get_matching_blocks() for i in range(block.a, block.a + block.size)]


def _overlap(place: tuple[int, int], spans: Spans) -> int:
    return sum(max(0, min(place[1], b) - max(place[0], a)) for a, b in spans)


def _joined(runs: Iterable[Segment]) -> tuple[Segment, ...]:
    joined: list[Segment] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and (last.used, last.cut, last.doubted) == (run.used, run.cut, run.doubted):
            joined[-1] = Segment(last.text + run.text, run.used, run.cut, run.doubted)
        elif run.text:
            joined.append(run)
    return tuple(joined)
