"""Troubles that last: each is told in the log when it begins or changes and when it is over, not once per try."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class _Trouble:
    at: float
    told: set[str] = field(default_factory=set)


class Troubles:
    """What is wrong now, by matter ("storage", "polling" …)."""

    def __init__(self, log: logging.Logger, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._log, self._monotonic = log, monotonic
        self._standing: dict[str, _Trouble] = {}

    def say(self, matter: str, text: str, level: int = logging.ERROR) -> bool:
        """Tell it, unless this was told since the trouble began. Whether it is new."""
        trouble = self._standing.setdefault(matter, _Trouble(0.0))
        trouble.at = self._monotonic()
        if text in trouble.told:
            return False
        trouble.told.add(text)
        self._log.log(level, "%s", text, extra={"event": f"{matter}_trouble"})
        return True

    def over(self, matter: str, text: str, *, quiet: float = 0.0) -> bool:
        """It works again; said only where it didn't. quiet: seconds without that trouble that prove it."""
        trouble = self._standing.get(matter)
        if trouble is None or self._monotonic() - trouble.at < quiet:
            return False
        del self._standing[matter]
        self._log.info("%s", text, extra={"event": f"{matter}_mended"})
        return True

    def stands(self, matter: str) -> bool:
        """Is there trouble of this kind now?"""
        return matter in self._standing
