"""One pass over the queue: for real, on a copy (dry run), or only as far as intake (trial)."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from medsosbot import platforms
from medsosbot.app.build import newsroom, open_platforms, owner, require_secrets, surroundings_of, trial_room
from medsosbot.clock import Clock
from medsosbot.options import Destination, Settings
from medsosbot.platforms.base import Platform
from medsosbot.platforms.mock import MockPlatform
from medsosbot.publishing import folder_status, outcome, restored
from medsosbot.publishing.intake import Handed
from medsosbot.publishing.newsroom import Newsroom
from medsosbot.publishing.one_pass import one_pass
from medsosbot.publishing.publisher import Patience, Publisher
from medsosbot.publishing.report import PassReport
from medsosbot.publishing.trial import Trial, try_out

PATIENCE = timedelta(seconds=60)  # what `publish` waits out of pace and retries, per destination


def run_pass(settings: Settings, clock: Clock) -> PassReport:
    """`publish`: take the queue in, publish all that is due, end. Raises BusyError, SettingsError, StorageError."""
    require_secrets(settings)
    with newsroom(settings, clock, keeper=True) as room:
        restored.look(room)
        outcome.recover(room)
        report = asyncio.run(_pass(settings, room, open_platforms(settings, clock), PATIENCE))
        folder_status.write(room)
    return report


def dry_run(settings: Settings, clock: Clock) -> PassReport:
    """The same on a copy, with every post handed to a mock; leaves `var/dry-run/<destination>.jsonl` alone behind."""
    folder = settings.var / "dry-run"
    for old in folder.glob("*.jsonl") if folder.exists() else ():
        old.unlink()
    with trial_room(settings, clock) as room:
        opened = {d.name: _dry_platform(settings, clock, d, folder) for d in settings.destinations}
        return asyncio.run(_pass(settings, room, opened, timedelta(0), move=False))


def try_files(
    settings: Settings, clock: Clock, files: Sequence[Path], numbers: Sequence[int] | None, *, no_age: bool = False
) -> Trial:
    """What taking these files in would do; with the items of these numbers, or all open ones (None)."""
    with trial_room(settings, clock) as room:
        if no_age:
            ageless = replace(room.checks, stale_after_days=None)
            room = replace(room, checks=ageless, timetable=replace(room.timetable, late=None))
        return try_out(room, [Handed(f) for f in files], numbers)


async def _pass(
    settings: Settings, room: Newsroom, opened: Mapping[str, Platform], patience: timedelta, *, move: bool = True
) -> PassReport:
    with ThreadPoolExecutor(1, thread_name_prefix="database") as executor:
        publisher = Publisher(room, opened, executor, owner(), random.Random())  # noqa: S311  jitter, no secret
        try:
            return await one_pass(room, publisher, lambda: Patience(patience), move=move)
        finally:
            for platform in opened.values():
                await platform.aclose()


def _dry_platform(settings: Settings, clock: Clock, destination: Destination, folder: Path) -> Platform:
    platform = MockPlatform(surroundings_of(settings, clock, destination), folder)
    platform.style = platforms.style_of(destination)
    return platform
