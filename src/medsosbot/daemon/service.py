"""`medsosbot run`: from the settings to the end of the process."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from typing import TypeVar

from medsosbot.app import build
from medsosbot.bot.senders import senders, staff_pace
from medsosbot.clock import Clock
from medsosbot.daemon.bots import Bots
from medsosbot.daemon.desk import Reading, desk
from medsosbot.daemon.ending import AT_ALL, IN_FLIGHT, Ending
from medsosbot.daemon.telling import Telling
from medsosbot.daemon.ticks import EVERY, DueLook, QueueLook, keep_ticking, scheduler
from medsosbot.daemon.workers import STORAGE, STORAGE_REFUSED, Worker, Workers
from medsosbot.errors import PublishError, StorageError, UnauthorizedError
from medsosbot.options import Settings
from medsosbot.publishing import notices as tell
from medsosbot.publishing import outcome, restored
from medsosbot.publishing.newsroom import Newsroom
from medsosbot.publishing.outbox import Outbox
from medsosbot.publishing.probe import probe
from medsosbot.publishing.publisher import Publisher
from medsosbot.publishing.troubles import Troubles
from medsosbot.storage import notices

log = logging.getLogger(__name__)
T = TypeVar("T")
PROBE_EVERY = timedelta(minutes=10)
ASKED_WITHIN = 3.0  # seconds in which the first getUpdates should be asked; else it isn't waited for


def run(settings: Settings, clock: Clock, ending: Ending) -> bool:
    """Serve until the end is asked for. False if a platform still hasn't answered: the process must be left by force.

    Raises BusyError, SettingsError, StorageError: nothing was begun.
    """
    build.require_secrets(settings)
    with ExitStack() as stack:
        newsroom = stack.enter_context(build.newsroom(settings, clock, keeper=True))
        recover(newsroom)
        loop = asyncio.new_event_loop()
        ended = loop.run_until_complete(Service(settings, newsroom).serve(ending))
        if ended:
            loop.close()
        else:
            stack.pop_all()  # closing the record would wait for the thread that hangs
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
        self._senders = senders(settings, newsroom.clock)
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
        self._probing: set[asyncio.Task[None]] = set()
        self._notes: set[asyncio.Task[None]] = set()
        self._first_pass = {"intake": asyncio.Event(), "publish": asyncio.Event()}
        self._reading = ThreadPoolExecutor(1, "reading")
        in_thread = self._publisher.in_database_thread
        outbox = Outbox(
            newsroom,
            settings.staff.chat,
            self._senders,
            staff_pace(settings),
            in_thread,
            self._troubles,
            first_refused=lambda: self._bots.lost_staff_chat(),
        )
        self._telling = Telling(outbox, self._troubles)
        asked = desk(Reading(settings, newsroom, self._reading), newsroom, self._database, self._decided)
        self._bots = Bots(settings, newsroom.clock, asked, self._troubles, self._rival)

    async def serve(self, ending: Ending) -> bool:
        """Until the end is asked for; whether everything ended by then."""
        self._workers.start()
        telling = asyncio.create_task(self._telling.run(), name="notices")
        probing = PROBE_EVERY.total_seconds()
        ticks = scheduler([(self._intake_tick, EVERY), (self._publish_tick, EVERY), (self._probe_tick, probing)])
        ticks.start()
        self._bots.start()
        besides = [
            asyncio.create_task(work) for work in (self._tell_ready(), keep_ticking(ticks), self._look_at_the_chats())
        ]
        await ending.wait()
        deadline = asyncio.get_running_loop().time() + AT_ALL
        log.info("Stopping: what is in flight gets %s s.", round(IN_FLIGHT), extra={"event": "stopping"})
        ticks.pause()  # its own shutdown would cancel a tick that is at work
        for task in besides:
            task.cancel()
        self._publisher.stop()
        self._workers.stop()
        self._telling.stop()
        ends = [*self._workers.tasks, telling, asyncio.create_task(self._bots.end()), *self._probing]
        _, hanging = await asyncio.wait(ends, timeout=IN_FLIGHT)
        return not hanging and await self._close(deadline)

    async def _close(self, deadline: float) -> bool:
        """Nobody works any more: let go of clients and threads."""
        closing = [asyncio.create_task(p.aclose()) for p in self._platforms.values()]
        closing += [asyncio.create_task(s.aclose()) for s in self._senders]
        closing += [asyncio.create_task(asyncio.to_thread(e.shutdown)) for e in (self._database, self._reading)]
        _, hanging = await asyncio.wait(closing, timeout=deadline - asyncio.get_running_loop().time())
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.wait(left or closing, timeout=0.2)
        return not hanging

    async def _intake_tick(self) -> None:
        if await self._in_tick("intake", self._queue):
            self._workers.wake()
        self._first_pass["intake"].set()

    async def _publish_tick(self) -> None:
        due = await self._in_tick("publish", self._due)
        if due is not None:
            self._workers.wake(due.destinations | self._workers.interrupted())
            if due.notices:
                self._telling.wake()
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

    async def _probe_tick(self) -> None:
        """Is a destination that refused us mended? The end waits for this, for it may be in a thread."""
        task = asyncio.create_task(self._probe())
        self._probing.add(task)
        task.add_done_callback(self._probing.discard)
        await task

    async def _probe(self) -> None:
        try:
            self._workers.wake(await probe(self._newsroom, self._publisher, self._platforms))
        except StorageError as e:
            self._troubles.say(STORAGE, STORAGE_REFUSED.format(e))
        except Exception as e:  # noqa: BLE001
            self._troubles.say("probe", f"Unexpected {type(e).__name__} while asking a platform: {e}")

    async def _look_at_the_chats(self) -> None:
        """Does each chat know us, with the rights that publishing and evidence need? Told before the first post."""
        for target in self._newsroom.targets:
            if target.real and target.destination.chat is not None:
                try:
                    found = await self._platforms[target.name].check()
                except UnauthorizedError as e:
                    if not e.account:  # a rejected token is told by the bot
                        log.warning("%s: %s (%s)", target.name, e.reason, e.detail)
                except PublishError as e:
                    log.debug("%s couldn't be asked: %s", target.name, e.detail)
                else:
                    log.info("%s: %s", target.name, "; ".join(found))

    async def _tell_ready(self) -> None:
        asked = [asyncio.create_task(p.asked.wait()) for p in self._bots.pollers]
        if asked:
            await asyncio.wait(asked, timeout=ASKED_WITHIN)
        if not asked or not all(task.done() for task in asked):
            for passed in self._first_pass.values():
                await passed.wait()
        for task in asked:
            task.cancel()
        log.info("ready", extra={"event": "ready"})

    def _decided(self) -> None:
        """A person decided something: STATUS.txt says so, and it is acted upon at once."""
        self._queue.mark_changed()
        self._workers.wake()

    def _rival(self, begins: bool) -> None:
        """Another process polls with our token, or no longer does: the staff is told, once."""
        note = tell.rival if begins else tell.no_rival

        def put() -> None:
            with self._newsroom.store.write() as tx:
                note(tx, self._newsroom.clock.now())

        task = asyncio.create_task(self._in_tick("rival", put))
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)
