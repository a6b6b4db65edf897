"""A post taken apart as its readers see it: the text, its sentences, the link and the hashtags at its end."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from medsosbot.model import PostStyle, Release
from medsosbot.text.dates import Mention, mentions
from medsosbot.text.normalise import plain
from medsosbot.text.phrases import Word
from medsosbot.text.rules import Rules
from medsosbot.text.selfcheck.words import Days, date_words, key, tokens
from medsosbot.text.sentences import split
from medsosbot.text.telegram_html import links_of, plain_of

_TAGS = re.compile(r"(?:#\w+\s*)+")


@dataclass(frozen=True, eq=False)
class Line:
    """One sentence of the post. place: counted from 0."""

    place: int
    text: str
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    dates: tuple[Mention, ...]

    @cached_property
    def days(self) -> dict[int, tuple[int, Days]]:
        """The word at which a date begins to the word behind it and its days."""
        return {start: (behind, days) for start, behind, days in date_words(self.words, self.dates)}


@dataclass(frozen=True)
class Post:
    """parts: as over the wire. shown: as read, one for each part. body: the text without link line and hashtags.

    links: addresses that are marked up. sound: False where the markup is broken and `shown` is the raw text.
    """

    parts: tuple[str, ...]
    shown: tuple[str, ...]
    body: str
    lines: tuple[Line, ...]
    links: tuple[str, ...]
    sound: bool


def take_apart(parts: Sequence[str], style: PostStyle, release: Release, rules: Rules) -> Post:
    """Any text will do."""
    shown, links, sound = [], [], True
    for part in parts:
        if style.markup != "HTML":
            shown.append(part)
            continue
        try:
            shown.append(plain_of(part))
            links += [address for address, _ in links_of(part)]
        except ValueError:
            sound = False
            shown.append(part)
    body = "\n\n".join(_body(text, release, rules) for text in shown)
    return Post(tuple(parts), tuple(shown), body, lines_of(body, rules), tuple(links), sound)


def lines_of(body: str, rules: Rules) -> tuple[Line, ...]:
    """The sentences of a post's text."""
    return tuple(line_of(n, s.text, rules) for n, s in enumerate(split(plain(body), rules)))


def line_of(place: int, text: str, rules: Rules) -> Line:
    words = tokens(text)
    return Line(place, text, words, tuple(key(w.low) for w in words), mentions(text, rules))


def pieces(line: Line, rules: Rules) -> tuple[Line, ...]:
    """A sentence cut once more at every stop, for a seam that the reader of sentences took for an abbreviation."""
    cuts = [m.end() for m in re.finditer(r"[.!?]\s+(?=[A-Z\d“\"])", line.text)]
    ends = [0, *cuts, len(line.text)]
    texts = [line.text[a:b].strip() for a, b in itertools.pairwise(ends)]
    return tuple(line_of(line.place, text, rules) for text in texts if text)


def _body(text: str, release: Release, rules: Rules) -> str:
    lines = text.split("\n")
    while lines and _is_end(lines[-1].strip(), release, rules):
        lines.pop()
    return "\n".join(lines).strip()


def _is_end(line: str, release: Release, rules: Rules) -> bool:
    """Is this line the link, its words, hashtags, or nothing?"""
    if not line or line == (release.url or "").strip() or _TAGS.fullmatch(line):
        return True
    low = line.rstrip(".:… ").lower()
    return low == rules.more.lower() or (
        len(low) < 40 and all(word in rules["gates.link_words"] for word in low.split())
    )
