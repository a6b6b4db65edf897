"""How many answers go out: a bound per person and per chat that drops before anything is sent, and one for all.

A flood in one chat costs the others nothing: what is dropped was never read from the record and never sent.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable

PERSON, PERSON_SECONDS = 5, 10.0  # commands
CHAT_SECONDS = 60.0
LONGEST_WAIT = 10.0  # seconds that an answer waits for its turn among all; then it is dropped
MOST_KEPT = 20_000  # keys; a bound on memory


class Window:
    """At most `most` takings per key in any `seconds`; 0 = no bound."""

    def __init__(self, most: int, seconds: float, monotonic: Callable[[], float]) -> None:
        self._most, self._seconds, self._monotonic = most, seconds, monotonic
        self._taken: dict[Hashable, deque[float]] = {}

    def take(self, key: Hashable) -> bool:
        """Is there room? Then it is taken."""
        if not self._most:
            return True
        now = self._monotonic()
        taken = self._taken.setdefault(key, deque(maxlen=self._most))
        if len(taken) == self._most and now - taken[0] < self._seconds:
            return False
        taken.append(now)
        if len(self._taken) > MOST_KEPT:
            self._forget(now)
        return True

    def _forget(self, now: float) -> None:
        self._taken = {k: t for k, t in self._taken.items() if now - t[-1] < self._seconds}


class Turns:
    """At most so many answers in any second, in all; 0 = no bound."""

    def __init__(self, per_second: int, monotonic: Callable[[], float]) -> None:
        self._most, self._monotonic = per_second, monotonic
        self._taken: deque[float] = deque(maxlen=per_second)

    def wait(self) -> float | None:
        """Seconds until this answer's turn, which is taken; None if it would wait too long, and is dropped."""
        if not self._most:
            return 0.0
        now = self._monotonic()
        at = max(now, self._taken[0] + 1.0) if len(self._taken) == self._most else now
        if at - now > LONGEST_WAIT:
            return None
        self._taken.append(at)
        return at - now


class Limits:
    """All bounds of one bot."""

    def __init__(self, per_minute: int, per_second: int, monotonic: Callable[[], float]) -> None:
        """per_minute: answers in one group; per_second: in all."""
        self.person = Window(PERSON, PERSON_SECONDS, monotonic)
        self._group = Window(per_minute, CHAT_SECONDS, monotonic)
        self._silent: dict[int, float] = {}
        self._monotonic = monotonic
        self.turns = Turns(per_second, monotonic)

    def chat_takes(self, chat: int, *, group: bool) -> bool:
        """Does this chat take one more answer? Then it is counted."""
        until = self._silent.get(chat)
        if until is not None:
            if self._monotonic() < until:
                return False
            del self._silent[chat]
        return self._group.take(chat) if group else True

    def silence(self, chat: int, seconds: float) -> None:
        """Telegram wants nothing more there for so long."""
        self._silent[chat] = self._monotonic() + seconds
