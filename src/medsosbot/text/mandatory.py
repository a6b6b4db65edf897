"""What must be said wherever its subject is: a denial, a status, a deadline, a correction's right figure."""

from __future__ import annotations

from medsosbot.text.reading import Reading
from medsosbot.text.rules import Rules


def mandatory(reading: Reading, rules: Rules) -> tuple[tuple[int, ...], ...]:
    """Groups of sentence numbers; each group goes in whole before anything else is chosen."""
    return ()
