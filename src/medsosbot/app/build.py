"""From the settings to the record and the destinations."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from medsosbot import platforms
from medsosbot.clock import Clock
from medsosbot.errors import Fault, SettingsError
from medsosbot.options import Destination, Settings
from medsosbot.platforms.base import Platform, Surroundings
from medsosbot.publishing.newsroom import Newsroom, Target
from medsosbot.queue_folder.folder import QueueFolder
from medsosbot.settings.words import load_words
from medsosbot.storage.copy import throw_away
from medsosbot.storage.store import Store
from medsosbot.text.rules import Rules


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


def open_platforms(settings: Settings, clock: Clock) -> dict[str, Platform]:
    """Every destination's platform, by name; the clients are imported here."""
    return {d.name: platforms.open_platform(surroundings_of(settings, clock, d)) for d in settings.destinations}


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


def surroundings_of(settings: Settings, clock: Clock, destination: Destination) -> Surroundings:
    return Surroundings(
        destination=destination,
        clock=clock,
        var=settings.var,
        secrets=settings.secrets,
        staff=settings.staff,
        telegram=settings.telegram,
        x=settings.x,
    )
