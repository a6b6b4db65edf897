"""What was found on a page, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PageRelease:
    """One release. body: paragraphs separated by blank lines, with dateline and byline as printed.

    line: of the title, from 1. date: of the news, None where no full date is printed. city: of the dateline.
    byline: without its brackets.
    """

    title: str
    body: str
    line: int
    date: date | None = None
    city: str | None = None
    byline: str | None = None


@dataclass(frozen=True)
class Unread:
    """A block that belongs to no release for sure. line: where it begins, from 1; text: all of it."""

    line: int
    text: str


@dataclass(frozen=True)
class Page:
    """A page in its own order."""

    releases: tuple[PageRelease, ...]
    unread: tuple[Unread, ...]


@dataclass(frozen=True)
class ImportReport:
    """What an import did. written: names of new queue files. known: names of releases that were there already."""

    written: tuple[str, ...]
    known: tuple[str, ...]
    unread: tuple[Unread, ...]

    def as_json(self) -> dict[str, object]:
        """CONTRACT's JSON of `import`."""
        unread = [{"line": u.line, "text": u.text} for u in self.unread]
        return {"written": list(self.written), "known": list(self.known), "unread": unread}
