"""The only place that builds: from the settings to the record, the destinations and the publisher, for every face."""

from __future__ import annotations

import asyncio
import os
import random
import socket
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import make_url

from medsosbot import platforms
from medsosbot.clock import Clock
from medsosbot.errors import Fault, SettingsError
from medsosbot.options import Destination, Settings
from medsosbot.platforms.base import Platform, Surroundings
from medsosbot.platforms.mock import MockPlatform
from medsosbot.publishing import folder_status, outcome
from medsosbot.publishing.intake import Handed
from medsosbot.publishing.newsroom import Newsroom, Target
from medsosbot.publishing.one_pass import one_pass
from medsosbot.publishing.publisher import Patience, Publisher
from medsosbot.publishing.report import PassReport
from medsosbot.publishing.trial import Trial, try_out
from medsosbot.queue_folder.folder import QueueFolder
from medsosbot.settings.words import load_words
from medsosbot.storage.copy import throw_away
from medsosbot.storage.store import Store
from medsosbot.text.rules import Rules

PATIENCE = timedelta(seconds=60)  # what `publish` waits out of pace and retries, per destination


def database_file(settings: Settings) -> Path:
    """The SQLite file behind the settings' database URL."""
    return Path(str(make_url(settings.database).database))


def targets_of(settings: Settings) -> tuple[Target, ...]:
    """The destinations with what the registry knows of their platforms; loads no client."""
    return tuple(_target(settings, d) for d in settings.destinations)


@contextmanager
def newsroom(settings: Settings, clock: Clock, *, keeper: bool) -> Iterator[Newsroom]:
    """The office at work on its own database. keeper: take the lock, migrate, and make the database if need be.

    Raises BusyError, StorageError.
    """
    store = Store(database_file(settings), keeper=keeper)
    try:
        yield _newsroom(settings, clock, store)
    finally:
        store.close()


@contextmanager
def trial_room(settings: Settings, clock: Clock) -> Iterator[Newsroom]:
    """The same office on a copy of the database that is thrown away; needs no lock."""
    with throw_away(database_file(settings)) as store:
        yield _newsroom(settings, clock, store)


def run_pass(settings: Settings, clock: Clock) -> PassReport:
    """`publish`: take the queue in, publish all that is due, end. Raises BusyError, SettingsError, StorageError."""
    require_secrets(settings)
    with newsroom(settings, clock, keeper=True) as room:
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


def open_platforms(settings: Settings, clock: Clock) -> dict[str, Platform]:
    """Every destination's platform, by name; the clients are imported here."""
    return {d.name: platforms.open_platform(_surroundings(settings, clock, d)) for d in settings.destinations}


def missing_secrets(settings: Settings) -> list[str]:
    """The names of the environment variables without which some destination can't be reached."""
    wanted = [s for d in settings.destinations for s in platforms.kind_of(d).secrets]
    missing = [s for s in dict.fromkeys(wanted) if getattr(settings.secrets, s) is None]
    return [f"MEDSOSBOT_{s.upper()}" for s in missing]


def require_secrets(settings: Settings) -> None:
    """Raises SettingsError where a destination can't be reached for want of a secret."""
    hint = "set it in the environment, as NAME_FILE, or in config/secrets.env"
    faults = [Fault("this secret is missing", hint, key=name) for name in missing_secrets(settings)]
    if faults:
        raise SettingsError(*faults)


def owner() -> str:
    """Who holds the lock, for the record."""
    return f"{socket.gethostname()}:{os.getpid()}"


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


def _newsroom(settings: Settings, clock: Clock, store: Store) -> Newsroom:
    rules: Rules = load_words(settings.words)
    return Newsroom(
        store=store,
        targets=targets_of(settings),
        timetable=settings.timetable,
        checks=settings.checks,
        reconcile=settings.reconcile,
        rules=rules,
        folder=QueueFolder(settings.queue),
        clock=clock,
    )


def _target(settings: Settings, destination: Destination) -> Target:
    kind = platforms.kind_of(destination)
    return Target(
        destination=destination,
        style=platforms.style_of(destination),
        address=kind.key(destination),
        pace=kind.pace(settings.telegram, settings.x),
        real=kind.real,
    )


def _surroundings(settings: Settings, clock: Clock, destination: Destination) -> Surroundings:
    return Surroundings(
        destination=destination,
        clock=clock,
        var=settings.var,
        secrets=settings.secrets,
        staff=settings.staff,
        telegram=settings.telegram,
        x=settings.x,
    )


def _dry_platform(settings: Settings, clock: Clock, destination: Destination, folder: Path) -> Platform:
    platform = MockPlatform(_surroundings(settings, clock, destination), folder)
    platform.style = platforms.style_of(destination)
    return platform
