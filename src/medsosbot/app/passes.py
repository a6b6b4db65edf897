"""One pass over the queue: for real, on a copy (dry run), or only as far as intake (trial)."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from medsosbot import platforms
from medsosbot.app.build import newsroom, open_platforms, owner, require_secrets, surroundings_of, trial_room
from medsosbot.bot.senders import senders, staff_pace
from medsosbot.clock import Clock
from medsosbot.errors import StorageError
from medsosbot.model import DeliveryState
from medsosbot.options import Destination, Settings
from medsosbot.platforms import CHAT_SPACING
from medsosbot.platforms.base import Platform
from medsosbot.platforms.mock import MockPlatform
from medsosbot.publishing import folder_status, outcome, restored
from medsosbot.publishing.intake import Handed
from medsosbot.publishing.newsroom import Newsroom
from medsosbot.publishing.one_pass import one_pass
from medsosbot.publishing.outbox import Outbox
from medsosbot.publishing.probe import probe
from medsosbot.publishing.publisher import Patience, Publisher
from medsosbot.publishing.report import PassReport, Trouble
from medsosbot.publishing.trial import Trial, try_out
from medsosbot.publishing.troubles import Troubles
from medsosbot.storage import deliveries, items, notices

log = logging.getLogger(__name__)
TELLINGS = 30  # how often a pass goes back to the outbox; at a message a second it is worth half a minute
PATIENCE = timedelta(seconds=60)  # what `publish` waits out of pace and retries, per destination


def run_pass(settings: Settings, clock: Clock) -> PassReport:
    """`publish`: take the queue in, publish all that is due, end. Raises BusyError, SettingsError, StorageError."""
    require_secrets(settings)
    with newsroom(settings, clock, keeper=True) as room:
        restored.look(room)
        left = outcome.recover(room)
        with room.store.write() as tx:
            notices.recover(tx)
        report = asyncio.run(_real_pass(settings, room, open_platforms(settings, clock)))
        _name_doubts(room, left, report)
        folder_status.write(room)
    return report


def _name_doubts(room: Newsroom, left: Sequence[int], report: PassReport) -> None:
    """What the last process left unanswered became uncertain in this pass; what evidence has settled since did not."""
    with room.store.read() as tx:
        for delivery in (deliveries.get(tx, d) for d in left):
            item = items.by_number(tx, delivery.item)
            if delivery.state is DeliveryState.UNCERTAIN and item is not None:
                report.uncertain.append(Trouble(item.id, delivery.destination, delivery.error or ""))


def dry_run(settings: Settings, clock: Clock) -> PassReport:
    """The same on a copy, with every post handed to a mock; leaves `var/dry-run/<destination>.jsonl` alone behind."""
    folder = settings.var / "dry-run"
    for old in folder.glob("*.jsonl") if folder.exists() else ():
        old.unlink()
    with trial_room(settings, clock) as room:
        opened = {d.name: _dry_platform(settings, clock, d, folder) for d in settings.destinations}
        return asyncio.run(_dry_pass(room, opened))


def try_files(
    settings: Settings, clock: Clock, files: Sequence[Path], numbers: Sequence[int] | None, *, no_age: bool = False
) -> Trial:
    """What taking these files in would do; with the items of these numbers, or all open ones (None)."""
    with trial_room(settings, clock) as room:
        if no_age:
            ageless = replace(room.checks, stale_after_days=None)
            room = replace(room, checks=ageless, timetable=replace(room.timetable, late=None))
        return try_out(room, [Handed(f) for f in files], numbers)


async def _real_pass(settings: Settings, room: Newsroom, opened: Mapping[str, Platform]) -> PassReport:
    """What refused us is asked once whether it is mended; then the pass; then the staff is told."""
    async with _publisher(room, opened) as publisher:
        mended = await probe(room, publisher, opened)
        log.debug("mended: %s", ", ".join(mended))
        report = await one_pass(room, publisher, lambda: Patience(PATIENCE))
        await _tell(settings, room, publisher)
    return report


async def _dry_pass(room: Newsroom, opened: Mapping[str, Platform]) -> PassReport:
    async with _publisher(room, opened) as publisher:
        return await one_pass(room, publisher, Patience, move=False)


@asynccontextmanager
async def _publisher(room: Newsroom, opened: Mapping[str, Platform]) -> AsyncIterator[Publisher]:
    with ThreadPoolExecutor(1, thread_name_prefix="database") as executor:
        try:
            yield Publisher(room, opened, executor, owner(), random.Random())  # noqa: S311  jitter, no secret
        finally:
            for platform in opened.values():
                await platform.aclose()


async def _tell(settings: Settings, room: Newsroom, publisher: Publisher) -> None:
    """Empty the outbox at the staff chat's pace, for a while; what is left waits for the next pass."""
    bots = senders(settings, room.clock)
    in_thread = publisher.in_database_thread
    outbox = Outbox(room, settings.staff.chat, bots, staff_pace(settings), in_thread, Troubles(log))
    try:
        for _ in range(TELLINGS):
            await outbox.drain()
            if not await in_thread(partial(_anything_to_tell, room)):
                return
            await asyncio.sleep(CHAT_SPACING.total_seconds())
    except StorageError as e:
        log.error("The staff wasn't told: %s", e)
    finally:
        for bot in bots:
            await bot.aclose()


def _anything_to_tell(room: Newsroom) -> bool:
    with room.store.read() as tx:
        return bool(notices.waiting(tx, room.clock.now(), 1))


def _dry_platform(settings: Settings, clock: Clock, destination: Destination, folder: Path) -> Platform:
    platform = MockPlatform(surroundings_of(settings, clock, destination), folder)
    platform.style = platforms.style_of(destination)
    return platform
