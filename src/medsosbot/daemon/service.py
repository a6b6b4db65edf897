"""`medsosbot run`: from the settings to the end of the process."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

from medsosbot.app import build
from medsosbot.clock import Clock
from medsosbot.daemon.ending import AT_ALL, IN_FLIGHT, Ending
from medsosbot.daemon.ticks import EVERY, DueLook, QueueLook, scheduler
from medsosbot.daemon.workers import STORAGE, STORAGE_REFUSED, Worker, Workers
from medsosbot.errors import StorageError
from medsosbot.options import Settings
from medsosbot.publishing import outcome, restored
from medsosbot.publishing.newsroom import Newsroom
from medsosbot.publishing.publisher import Publisher
from medsosbot.publishing.troubles import Troubles
from medsosbot.storage import notices

log = logging.getLogger(__name__)
T = TypeVar("T")
PROBE_EVERY = timedelta(minutes=10)
ASKED_WITHIN = 3.0  # seconds in which the first getUpdates should be asked; else it isn't waited for


def run(settings: Settings, clock: Clock) -> bool:
    """Serve until SIGTERM or SIGINT. False if a thread still waits for a platform: the process must be left by force.

    Raises BusyError, SettingsError, StorageError: nothing was begun.
    """
    build.require_secrets(settings)
    ending = Ending()
    with ending.listening():
        room = build.newsroom(settings, clock, keeper=True)
        newsroom = room.__enter__()
        recover(newsroom)
        loop = asyncio.new_event_loop()
        ended = loop.run_until_complete(Service(settings, newsroom).serve(ending))
        if ended:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()
            room.__exit__(None, None, None)
        return ended


def recover(newsroom: Newsroom) -> None:
    """What the last process left behind. Raises StorageError."""
    restored.look(newsroom)
    for delivery in outcome.recover(newsroom):
        log.warning("Delivery %s was being sent when the last process ended; it is in doubt.", delivery)
    with newsroom.store.write() as tx:
        notices.recover(tx)


class Service:
    """One run of the service."""

    def __init__(self, settings: Settings, newsroom: Newsroom) -> None:
        self._settings, self._newsroom = settings, newsroom
        self._troubles = Troubles(logging.getLogger("medsosbot"))
        self._database = ThreadPoolExecutor(1, "database")
        self._platforms = build.open_platforms(settings, newsroom.clock)
        self._publisher = Publisher(
            newsroom,
            self._platforms,
            self._database,
            build.owner(),
            random.Random(),  # noqa: S311  jitter, no secret
            PROBE_EVERY,
        )
        self._queue, self._due = QueueLook(newsroom, self._troubles), DueLook(newsroom, self._troubles)
        self._workers = Workers(
            {
                t.name: Worker(newsroom, t, self._publisher, self._troubles, self._queue.mark_changed)
                for t in newsroom.targets
            }
        )
        self._first_pass = {"intake": asyncio.Event(), "publish": asyncio.Event()}

    async def serve(self, ending: Ending) -> bool:
        """Until the end is asked for; whether everything ended by then."""
        self._workers.start()
        ticks = scheduler([(self._intake_tick, EVERY), (self._publish_tick, EVERY)])
        ticks.start()
        ready = asyncio.create_task(self._tell_ready())
        await ending.wait()
        started = asyncio.get_running_loop().time()
        log.info("Stopping: what is in flight gets %s s.", round(IN_FLIGHT), extra={"event": "stopping"})
        ticks.shutdown(wait=False)
        ready.cancel()
        return await self._drain(started)

    async def _drain(self, started: float) -> bool:
        loop = asyncio.get_running_loop()
        self._publisher.stop()
        self._workers.stop()
        _, hanging = await asyncio.wait(self._workers.tasks, timeout=IN_FLIGHT)
        if hanging:
            return False
        closing = [asyncio.create_task(p.aclose()) for p in self._platforms.values()]
        closing.append(asyncio.create_task(asyncio.to_thread(self._database.shutdown)))
        _, hanging = await asyncio.wait(closing, timeout=started + AT_ALL - loop.time())
        return not hanging

    async def _intake_tick(self) -> None:
        if await self._in_tick("intake", self._queue):
            self._workers.wake()
        self._first_pass["intake"].set()

    async def _publish_tick(self) -> None:
        due = await self._in_tick("publish", self._due)
        if due is not None:
            self._workers.wake(due.destinations)
        self._first_pass["publish"].set()

    async def _in_tick(self, name: str, work: Callable[[], T]) -> T | None:
        """A tick's work; None if it failed. A failing tick never ends the service."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._database, work)
        except StorageError as e:
            self._troubles.say(STORAGE, STORAGE_REFUSED.format(e))
        except Exception as e:
            self._troubles.say(f"{name}_tick", f"Unexpected {type(e).__name__} in the {name} tick: {e}")
            log.debug("Where it came from:", exc_info=True)
        else:
            self._troubles.over(f"{name}_tick", f"The {name} tick works again.")
        return None

    async def _tell_ready(self) -> None:
        for passed in self._first_pass.values():
            await passed.wait()
        log.info("ready", extra={"event": "ready"})
