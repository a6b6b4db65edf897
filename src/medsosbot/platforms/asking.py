"""Asking a platform for evidence: what its refusals and failures mean there, and that its 429 is obeyed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from medsosbot.clock import Clock
from medsosbot.errors import CannotTell, PublishError, RejectedError, TransientError, UncertainError

T = TypeVar("T")


class Asking:
    """Runs reading calls. Raises CannotTell (a person must look) or TransientError (ask again), nothing else.

    no_answer, refused: the Indonesian reasons for a call without an answer, and for one that the platform finds wrong.
    """

    def __init__(self, clock: Clock, no_answer: str, refused: str) -> None:
        self._clock, self._no_answer, self._refused = clock, no_answer, refused
        self._not_before: datetime | None = None

    async def ask(self, call: Callable[[], Awaitable[T]], through: str = "") -> T:
        """Make one call, unless an earlier one was told to wait longer. through: before the reason of a refusal."""
        if self._not_before and self._clock.now() < self._not_before:
            raise TransientError(self._no_answer, detail="told to wait by an earlier 429", not_before=self._not_before)
        try:
            return await call()
        except TransientError as e:
            self._not_before = e.not_before
            raise TransientError(e.reason, detail=e.detail, status=e.status, not_before=e.not_before) from None
        except UncertainError as e:
            raise TransientError(self._no_answer, detail=e.detail, status=e.status) from None
        except CannotTell:
            raise
        except RejectedError as e:
            raise CannotTell(self._refused, detail=e.detail, status=e.status) from None
        except PublishError as e:
            raise CannotTell(through + e.reason, detail=e.detail, status=e.status) from None
