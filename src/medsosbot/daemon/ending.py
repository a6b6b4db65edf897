"""The end: a signal asks for it, what is in flight gets its time, and nothing is cancelled that may have been sent."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

log = logging.getLogger(__name__)
IN_FLIGHT = 8.0  # seconds that calls which are with a platform get
AT_ALL = 9.5  # seconds from the signal to the end of the process
SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Ending:
    """Set by SIGTERM or SIGINT, also by one that comes before there is an event loop."""

    def __init__(self) -> None:
        self._asked = False
        self._event: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take the signals as long as the block lasts."""
        old = {number: signal.signal(number, self._on_signal) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in old.items():
                signal.signal(number, handler)

    async def wait(self) -> None:
        """Until the end is asked for."""
        self._event, self._loop = asyncio.Event(), asyncio.get_running_loop()
        if not self._asked:
            await self._event.wait()

    def ask(self) -> None:
        """End, from any thread."""
        self._asked = True
        if self._loop is not None and self._event is not None:
            self._loop.call_soon_threadsafe(self._event.set)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.ask()


def leave_now() -> None:
    """End the process although a thread still waits for a platform: its intent stands, and is found at the next start.

    Nothing is written about what is in flight: nobody knows what becomes of it.
    """
    log.warning("A platform hasn't answered; what is with it is found uncertain at the next start.")
    for handler in logging.getLogger().handlers:
        handler.flush()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
