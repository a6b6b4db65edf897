"""One worker per destination, each woken by the ticks: a platform that hangs delays no other destination."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from functools import partial

from medsosbot.errors import StorageError
from medsosbot.publishing import outcome
from medsosbot.publishing.newsroom import Newsroom, Target
from medsosbot.publishing.publisher import Publisher
from medsosbot.publishing.report import PassReport
from medsosbot.publishing.troubles import Troubles

log = logging.getLogger(__name__)
STORAGE, STORAGE_REFUSED = "storage", "Disk or database refused, nothing goes out meanwhile: {}"


class Worker:
    """Drains one destination each time it is woken. Its troubles never end it."""

    def __init__(
        self, newsroom: Newsroom, target: Target, publisher: Publisher, troubles: Troubles, changed: Callable[[], None]
    ) -> None:
        """changed: called after anything was done, from the event loop.

        interrupted: it was stopped by disk or database, perhaps between a call and its record.
        """
        self._newsroom, self._target, self._publisher = newsroom, target, publisher
        self._troubles, self._changed = troubles, changed
        self._wake = asyncio.Event()
        self._stopping = self.interrupted = False

    def wake(self) -> None:
        """Something may be due; harmless while it works."""
        self._wake.set()

    def stop(self) -> None:
        """End after what is in flight."""
        self._stopping = True
        self._wake.set()

    async def run(self) -> None:
        """Until `stop`."""
        while not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            if not self._stopping:
                await self._drain()

    async def _drain(self) -> None:
        name, report = self._target.name, PassReport()
        try:
            if self.interrupted:
                await self._publisher.in_database_thread(partial(outcome.recover, self._newsroom, name))
                self.interrupted = False
            await self._publisher.drain(self._target, report)
        except StorageError as e:
            self.interrupted = True
            self._troubles.say(STORAGE, STORAGE_REFUSED.format(e))
        except Exception as e:
            self.interrupted = True
            self._troubles.say(f"worker_{name}", f"Unexpected {type(e).__name__} at {name}: {e}")
            log.debug("Where it came from:", exc_info=True)
        else:
            self._troubles.over(f"worker_{name}", f"{name} is worked at again.")
        self._tell(report)
        if _anything(report):
            self._changed()

    def _tell(self, report: PassReport) -> None:
        """What keeps publishing back at all, once."""
        if report.stopped:
            self._troubles.say("stopped", report.stopped)
        elif report.published:
            self._troubles.over("stopped", "Publishing goes on.")


class Workers:
    """All workers, by destination."""

    def __init__(self, workers: dict[str, Worker]) -> None:
        self._workers = workers
        self.tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin; they wait until they are woken."""
        self.tasks = [asyncio.create_task(w.run(), name=f"worker {name}") for name, w in self._workers.items()]

    def wake(self, names: Iterable[str] | None = None) -> None:
        """Wake these, or all."""
        for name in self._workers if names is None else names:
            if name in self._workers:
                self._workers[name].wake()

    def interrupted(self) -> set[str]:
        """Those that have something to clear up, although nothing may be due there."""
        return {name for name, worker in self._workers.items() if worker.interrupted}

    def stop(self) -> None:
        """Each ends after what is in flight."""
        for worker in self._workers.values():
            worker.stop()


def _anything(report: PassReport) -> bool:
    return bool(report.published or report.failed or report.uncertain or report.held or report.paused)
