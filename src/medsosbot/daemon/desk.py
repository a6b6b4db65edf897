"""The bot's desk: reading has a thread of its own, so that a flood of questions never holds up publishing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial

from medsosbot.app import looks
from medsosbot.bot import answers, board
from medsosbot.bot.desk import Decision, Desk
from medsosbot.options import Settings
from medsosbot.publishing.newsroom import Newsroom
from medsosbot.storage import pauses, views


class Reading:
    """Looks at the record for the bot. Whoever asks the same while a look is under way shares the next one."""

    def __init__(self, settings: Settings, newsroom: Newsroom, executor: Executor) -> None:
        self._settings, self._newsroom, self._executor = settings, newsroom, executor
        self._next: dict[int, asyncio.Task[str]] = {}
        self._one_at_a_time = asyncio.Lock()

    async def terkini(self, limit: int) -> str:
        """The answer to /terkini, of a look that began after this was asked."""
        look = self._next.get(limit)
        if look is None:
            look = self._next[limit] = asyncio.create_task(self._look(limit))
        return await asyncio.shield(look)

    async def status(self) -> str:
        """The answer to /status."""
        return await self._in_thread(self._status)

    async def _look(self, limit: int) -> str:
        async with self._one_at_a_time:
            del self._next[limit]  # who asks from now on gets a later look
            return await self._in_thread(partial(self._terkini, limit))

    async def _in_thread(self, work: Callable[[], str]) -> str:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    def _terkini(self, limit: int) -> str:
        with self._newsroom.store.read() as tx:
            return answers.terkini(looks.latest(tx, self._settings, limit))

    def _status(self) -> str:
        room = self._newsroom
        with room.store.read() as tx:
            found, stops = views.recent(tx), pauses.standing(tx)
        real = frozenset(t.name for t in room.targets if t.real)
        return board.text(board.Board(found, stops, room.clock.now(), room.timetable.zone, real))


def desk(reading: Reading, newsroom: Newsroom, database: Executor, changed: Callable[[], None]) -> Desk:
    """changed: called from the event loop after a decision."""

    async def decide(decision: Decision) -> str:
        said = await asyncio.get_running_loop().run_in_executor(database, partial(decision, newsroom))
        changed()
        return said

    return Desk(reading.terkini, reading.status, decide)
