"""A release as read: its title, its text without dateline and byline, and its sentences with what is known of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from medsosbot.model import Release
from medsosbot.text.dateline import Dateline, split_byline, split_dateline
from medsosbot.text.dates import Day, Mention, WeekdayConflict, mentions, weekday_conflicts
from medsosbot.text.normalise import Normal, normalise
from medsosbot.text.phrases import Word, words_of
from medsosbot.text.rewrite import Rewriter
from medsosbot.text.rules import Rules
from medsosbot.text.sentences import Sentence, split
from medsosbot.text.signs import Sign, signs_of


@dataclass(frozen=True)
class Told:
    """One sentence of a release. number: its place among the body's sentences, -1 for the title.

    signs: what may not be done with it, or must (see signs.Sign). conflicts: weekdays that contradict their date.
    doubtful: the dates that no draft prints: those that contradict their weekday, here or in another sentence.
    """

    number: int
    sentence: Sentence
    words: tuple[Word, ...]
    dates: tuple[Mention, ...]
    conflicts: tuple[WeekdayConflict, ...]
    signs: Sign
    doubtful: tuple[Mention, ...] = ()

    @property
    def text(self) -> str:
        return self.sentence.text


@dataclass(frozen=True)
class Reading:
    """title: normalised. normal: the whole body, normalised. start, end: what stays without dateline and byline."""

    title: str
    normal: Normal
    start: int
    end: int
    dateline: Dateline | None
    byline: str | None
    sentences: tuple[Told, ...]
    head: Told
    rewriter: Rewriter
    written: date | None

    @property
    def text(self) -> str:
        """The body without dateline and byline."""
        return self.normal.text[self.start : self.end]


def read(release: Release, rules: Rules) -> Reading:
    """Read a release. Any text will do; where nothing is found there is nothing."""
    return _read(release.title, release.body, release.date, rules)


@lru_cache(maxsize=16)  # each form of one release reads it anew
def _read(printed_title: str, body: str, written: date | None, rules: Rules) -> Reading:
    title = " ".join(normalise(printed_title).text.split())
    normal = normalise(body)
    rest, byline = split_byline(normal.text, rules)
    end = len(rest)
    start = _behind_title(normal.text[:end], title)
    paragraph_end = normal.text.find("\n\n", start, end)
    first = normal.text[start : paragraph_end if paragraph_end >= 0 else end]
    dateline, kept = split_dateline(first, rules)
    start += len(first) - len(kept)
    text = normal.text[start:end]
    found = [_shifted(s, start) for s in split(text, rules)]
    told = [_told(n, s, rules, written) for n, s in enumerate(found)]
    signs = signs_of([(t.sentence, t.words) for t in told], rules)
    head = _told(-1, Sentence(title, 0, len(title)), rules, written)
    head = replace(head, signs=signs_of([(head.sentence, head.words)], rules)[0] & ~Sign.SPEECH)
    foreign = _second_dateline(found, rules)
    told = [
        replace(t, signs=sign | Sign.FOREIGN if t.sentence.paragraph >= foreign else sign)
        for t, sign in zip(told, signs, strict=True)
    ]
    wrong = {m.days for t in (head, *told) for m in t.dates if any(c.start == m.start for c in t.conflicts)}
    if wrong:
        head, told = _doubted(head, wrong), [_doubted(t, wrong) for t in told]
    return Reading(
        title=title,
        normal=normal,
        start=start,
        end=end,
        dateline=dateline,
        byline=byline,
        sentences=tuple(told),
        head=head,
        rewriter=Rewriter(rules, title, text[:20_000]),
        written=written,
    )


def _behind_title(body: str, title: str) -> int:
    """Where the body begins behind a repeated title, if it opens with one on a line of its own."""
    if title and body.lower().startswith(title.lower()):
        rest = body[len(title) :]
        if rest.startswith("\n"):
            return len(title) + len(rest) - len(rest.lstrip("\n"))
    return 0


def _second_dateline(sentences: list[Sentence], rules: Rules) -> int:
    """The number of the first later paragraph that opens with a dateline with its host; a huge one where none does."""
    for before, s in pairwise(sentences):
        if s.paragraph != before.paragraph and not s.row:
            dateline, _ = split_dateline(s.text, rules)
            if dateline is not None and dateline.host is not None:
                return s.paragraph
    return 1 << 30


def _shifted(s: Sentence, by: int) -> Sentence:
    return Sentence(s.text, s.start + by, s.end + by, s.paragraph, s.row, s.heads_list)


def _doubted(told: Told, wrong: set[tuple[Day, Day]]) -> Told:
    """With the dates that no draft prints; one that is part of a name ("Hari Pancasila 1 Juni 2024") stays."""
    conflicts = {c.start for c in told.conflicts}
    found = [m for m in told.dates if m.start in conflicts or (m.days in wrong and not _in_name(told.text, m.start))]
    return replace(told, doubtful=tuple(found)) if found else told


def _in_name(text: str, start: int) -> bool:
    before = words_of(text[max(0, start - 40) : start])
    return bool(before) and before[-1].text[0].isupper() and not before[-1].text.isupper() and text[start - 1] == " "


def _told(number: int, sentence: Sentence, rules: Rules, written: date | None) -> Told:
    text = sentence.text
    return Told(
        number=number,
        sentence=sentence,
        words=tuple(words_of(text)),
        dates=mentions(text, rules),
        conflicts=weekday_conflicts(text, rules, written=written),
        signs=Sign(0),
    )
