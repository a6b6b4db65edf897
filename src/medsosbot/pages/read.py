"""A page into its releases.

Sure signs come first: a title stands before a body that opens with a dateline; a byline ends a body. A title without a
dateline behind it is believed only where the body before it has ended. What fits nowhere is named, never swallowed:
a body without a title, a second dateline inside a body, what follows a byline and is no note.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from medsosbot.decoding import refuse_forbidden
from medsosbot.errors import QueueItemError
from medsosbot.pages.marks import Line, could_be_title, is_prose, is_title_case, lines
from medsosbot.pages.page import Page, PageRelease, Unread
from medsosbot.text.dateline import split_byline, split_dateline
from medsosbot.text.dates import mentions
from medsosbot.text.rules import Rules

LEAST_TITLE_WORDS = 4  # of a title that no dateline follows; fewer is a heading or a label
LEAST_TITLE_WORDS_INSIDE = 6  # of one that no byline stands before; fewer may be a subhead
LONG_PROSE_WORDS = 25
FULL_LINE = 50  # characters; a shorter line wasn't broken for want of space


def read_page(text: str, rules: Rules, *, latest: date | None = None) -> Page:
    """Read a page (LF line ends). latest: no news is dated after this day."""
    found = lines(text, rules)
    reader = _Reader(found, rules)
    blocks = reader.read()
    releases: list[PageRelease] = []
    unread: list[Unread] = []
    for block in blocks:
        release = _release(block, rules, latest)
        if release:
            releases.append(release)
        else:
            unread.append(_unread([*block.title, *block.body]))
    if not releases and not unread and found:
        unread = [_unread(found)]
    return Page(tuple(releases), tuple(unread))


@dataclass
class _Block:
    """A title with its body, or, without a title, what could not be read. ended: its byline was seen."""

    title: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    ended: bool = False

    def add(self, line: Line) -> None:
        self.body.append(line)
        self.ended = self.ended or line.closes


class _Reader:
    """Walks the lines once, with a look ahead for the titles."""

    def __init__(self, found: list[Line], rules: Rules) -> None:
        self._lines = found
        self._rules = rules
        self._titles = self._sure_titles()  # index of the first line -> behind the last
        self._has_bylines = any(line.closes for line in found)
        self._anchored = bool(self._titles) or self._has_bylines

    def read(self) -> list[_Block]:
        blocks: list[_Block] = []
        n = 0
        while n < len(self._lines):
            end = self._titles.get(n) or self._soft_title(n, blocks[-1] if blocks else None)
            if end:
                blocks.append(_Block(title=self._lines[n:end]))
                n = self._take_opening(blocks[-1], end)
                continue
            self._place(self._lines[n], n, blocks)
            n += 1
        return blocks

    def _take_opening(self, block: _Block, n: int) -> int:
        """The body's first line goes in whatever it looks like; the index behind it."""
        if n < len(self._lines) and n not in self._titles:
            block.add(self._lines[n])
            return n + 1
        return n

    def _place(self, line: Line, n: int, blocks: list[_Block]) -> None:
        if not blocks:
            if self._is_lost_release(n):
                blocks.append(_Block(body=[line]))
            return  # the page's heading
        last = blocks[-1]
        lost = line.opens or (last.ended and not line.note) or self._could_begin_another(n, last)
        if lost and (last.title or line.opens):
            if not self._repeats_next_title(n):
                blocks.append(_Block(body=[line], ended=line.closes))
        else:
            last.add(line)

    def _sure_titles(self) -> dict[int, int]:
        found = {}
        for n, line in enumerate(self._lines):
            if line.opens and (start := self._title_before(n)) is not None:
                found[start] = n
        return found

    def _title_before(self, n: int) -> int | None:
        """Where the title of a body that opens at line n begins: the line before it, with those that it continues."""
        if n == 0:
            return None
        start = n - 1
        while self._lines[n].fresh and start > 0 and self._continues(start):
            start -= 1
        if self._is_title(start, n):
            return start
        return n - 1 if self._is_title(n - 1, n) else None

    def _continues(self, n: int) -> bool:
        """Whether a title's line was broken here: it goes on in small letters, or the line above it is full."""
        line, above = self._lines[n], self._lines[n - 1]
        return not line.fresh and (line.text[0].islower() or len(above.text) >= FULL_LINE)

    def _is_title(self, start: int, end: int) -> bool:
        title = self._lines[start:end]
        if any(line.opens or line.closes for line in title[:-1]) or title[-1].opens or title[-1].note:
            return False
        if not could_be_title(_joined(title), self._rules):
            return False
        # Inside a body that hasn't ended, what ends in a stop is its next sentence, unless its capitals say otherwise.
        goes_on = start > 0 and not self._lines[start - 1].closes and any(line.opens for line in self._lines[:start])
        return not (goes_on and title[-1].text.endswith(".") and not is_title_case(_joined(title)))

    def _soft_title(self, n: int, last: _Block | None) -> int | None:
        """Behind the last line of a title without a dateline; None if there is none at line n."""
        end = self._end_of_title(n) if self._lines[n].fresh else None
        if end is None or (last is not None and not last.ended and not self._stands_out(n, end)):
            return None
        if last is None:  # at the page's start it could be the heading over an introduction
            has_byline = any(line.closes for line in self._until_title(end))
            return end if has_byline or not self._titles else None
        return end

    def _stands_out(self, n: int, end: int) -> bool:
        """Whether a title without a dateline may end a body, on a page where no byline does."""
        title = _joined(self._lines[n:end])
        long_enough = len(title.split()) >= LEAST_TITLE_WORDS_INSIDE
        follows = self._lines[end].text.split()
        return (
            not self._has_bylines
            and long_enough
            and len(follows) >= LONG_PROSE_WORDS
            and is_title_case(title)
            and not title.endswith(".")
        )

    def _end_of_title(self, n: int) -> int | None:
        """Behind the last line of what looks like a title and has prose behind it."""
        end = n + 1
        while end < len(self._lines) and self._continues(end):
            end += 1
        for stop in (end, n + 1):
            title = self._lines[n:stop]
            text = _joined(title)
            if stop >= len(self._lines) or stop in self._titles or any(line.closes or line.opens for line in title):
                continue
            if len(text.split()) >= LEAST_TITLE_WORDS and could_be_title(text, self._rules):
                follows = self._lines[stop]
                if is_prose(follows.text) and not follows.opens:
                    return stop
        return None

    def _until_title(self, n: int) -> list[Line]:
        end = min((start for start in self._titles if start >= n), default=len(self._lines))
        return self._lines[n:end]

    def _is_lost_release(self, n: int) -> bool:
        """Before the first title: what looks like a whole release, but without a sure sign."""
        if self._lines[n].opens:
            return True
        end = self._end_of_title(n) if self._lines[n].fresh else None
        return end is not None and len(self._lines[end].text.split()) >= LONG_PROSE_WORDS

    def _could_begin_another(self, n: int, last: _Block) -> bool:
        """On a page without datelines and bylines nothing tells a title from a subhead."""
        if self._anchored or not last.title or not self._lines[n].fresh or self._lines[n].text.endswith("."):
            return False
        end = self._end_of_title(n)
        return end is not None and len(self._lines[end].text.split()) >= LONG_PROSE_WORDS

    def _repeats_next_title(self, n: int) -> bool:
        end = self._titles.get(n + 1)
        return end is not None and _joined(self._lines[n + 1 : end]).casefold() == self._lines[n].text.casefold()


def _release(block: _Block, rules: Rules, latest: date | None) -> PageRelease | None:
    if not block.title or not block.body:
        return None
    title, body = _joined(block.title), _body(block.body)
    try:
        refuse_forbidden(f"{title}\n{body}")
    except QueueItemError:
        return None
    first = block.body[0].text
    dateline, _ = split_dateline(first, rules)
    return PageRelease(
        title=title,
        body=body,
        line=block.title[0].number,
        date=_news_date((title, first), rules, latest),
        city=dateline.city if dateline else None,
        byline=split_byline(body, rules)[1],
    )


def _news_date(texts: tuple[str, ...], rules: Rules, latest: date | None) -> date | None:
    """The first full date of the title, else of the first paragraph; of a range its first day."""
    found = (mention.days[0].whole for text in texts for mention in mentions(text, rules))
    return next((day for day in found if day and (latest is None or day <= latest)), None)


def _joined(title: list[Line]) -> str:
    return " ".join(" ".join(line.text for line in title).split())


def _body(body: list[Line]) -> str:
    return "".join(("\n\n" if line.fresh else "\n") + line.text for line in body).strip()


def _unread(block: list[Line]) -> Unread:
    return Unread(block[0].number, _body(block))
