"""The task that empties the outbox when a tick finds something in it. Its troubles end neither it nor publishing."""

from __future__ import annotations

import asyncio
import logging

from medsosbot.daemon.workers import STORAGE, STORAGE_REFUSED
from medsosbot.errors import StorageError
from medsosbot.publishing.outbox import Outbox
from medsosbot.publishing.troubles import Troubles

log = logging.getLogger(__name__)


class Telling:
    """Sends notices whenever it is woken."""

    def __init__(self, outbox: Outbox, troubles: Troubles) -> None:
        self._outbox, self._troubles = outbox, troubles
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """There may be something to tell."""
        self._wake.set()

    def stop(self) -> None:
        """End after the message that is under way."""
        self._stopping = True
        self._outbox.stop()
        self._wake.set()

    async def run(self) -> None:
        """Until `stop`."""
        while not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self._outbox.drain()
            except StorageError as e:
                self._troubles.say(STORAGE, STORAGE_REFUSED.format(e))
            except Exception as e:
                self._troubles.say("telling", f"Unexpected {type(e).__name__} while telling the staff: {e}")
                log.debug("Where it came from:", exc_info=True)
