"""What the bot says, as pure text (HTML, Indonesian)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from medsosbot.storage.views import Latest

MOST = 10
USUAL = 5
DOT = " · "
NOTHING_YET = "Belum ada rilis yang terbit."


def terkini(latest: Sequence[Latest]) -> str:
    """The answer to /terkini: one line per release, newest first, each linked where there is a link."""
    if not latest:
        return NOTHING_YET
    return "\n\n".join(["<b>Rilis terkini</b>", *(_linked(each) for each in latest)])


def how_many(asked: int | None) -> int:
    """5 by default, 10 at most, 1 at least."""
    return USUAL if asked is None else max(1, min(asked, MOST))


def _linked(latest: Latest) -> str:
    """A release without its own link gets that of its first public post."""
    if latest.url is None or "<a " in latest.line:
        return latest.line
    date, dot, title = latest.line.partition(DOT)
    if not dot:
        date, title = "", latest.line
    return f'{date}{dot}<a href="{escape(latest.url)}">{title}</a>'
