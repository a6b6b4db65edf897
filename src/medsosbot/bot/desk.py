"""What the bot may ask of the office; `daemon` puts it together, so that no answer waits for disk or database here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from medsosbot.publishing.newsroom import Newsroom

Decision = Callable[[Newsroom], str]


@dataclass(frozen=True)
class Desk:
    """terkini: the answer for so many releases, HTML. status: the staff's overview, HTML. decide: run a person's
    decision and wake who must act on it; plain text. Each raises StorageError, decide also DecisionError.
    """

    terkini: Callable[[int], Awaitable[str]]
    status: Callable[[], Awaitable[str]]
    decide: Callable[[Decision], Awaitable[str]]
