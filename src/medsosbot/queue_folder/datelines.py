"""Datelines inside a queue file: a second one means that two releases may have run into one."""

from __future__ import annotations

from medsosbot.queue_folder.values import LONGEST_TITLE
from medsosbot.text.dateline import split_dateline
from medsosbot.text.rules import Rules

ENOUGH_WORDS = 12  # behind a dateline without a host; a table's row ("Samarinda – 1.204 TPS") has fewer


def second_dateline(body: str, rules: Rules) -> str | None:
    """The first dateline that opens a paragraph behind the first one, as printed."""
    lines = [line for line in body.split("\n") if line.strip()]
    return next((found for line in lines[1:] if (found := _dateline(line, rules))), None)


def second_title(text: str, rules: Rules) -> int | None:
    """The line of a page's second release: a title by its looks whose next paragraph opens with a dateline."""
    lines = [(n, line.strip()) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    opens = [bool(_dateline(line, rules)) for _, line in lines]
    first = next((n for n, opened in enumerate(opens) if opened), len(lines))
    for n in range(first + 2, len(lines)):
        number, before = lines[n - 1]
        if opens[n] and not opens[n - 1] and len(before) <= LONGEST_TITLE and not before.endswith((".", ")")):
            return number
    return None


def _dateline(line: str, rules: Rules) -> str | None:
    found, rest = split_dateline(line, rules)
    if found is None or (found.host is None and len(rest.split()) < ENOUGH_WORDS):
        return None
    return found.printed
