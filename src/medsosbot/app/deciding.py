"""A person's decisions as the command line hands them over, and the import of a page."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

from medsosbot.app import build
from medsosbot.app.build import database_file
from medsosbot.clock import Clock
from medsosbot.errors import UnknownIdError
from medsosbot.options import Settings
from medsosbot.pages import import_page as pages
from medsosbot.pages.page import ImportReport
from medsosbot.publishing import decisions, folder_status, settling
from medsosbot.publishing.person import Person
from medsosbot.settings.words import load_words
from medsosbot.storage import items
from medsosbot.storage.store import Store
from medsosbot.wording import quote


def _user() -> str:
    """Who types here; in a container the user often has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


SHELL = Person(f"petugas {_user()}")


def decide(
    settings: Settings,
    clock: Clock,
    decision: str,
    *,
    id: str | None = None,  # noqa: A002  the word on the command line
    destination: str | None = None,
    now: bool = False,
    posted: str | None = None,
    clock_is_right: bool = False,
) -> str:
    """One decision, in one transaction, beside a running service; what came of it, in Indonesian.

    Raises DecisionError, UnknownIdError, StorageError; `pause` before there is a database also BusyError.
    """
    fresh = not database_file(settings).exists()
    if fresh and id is not None:
        raise UnknownIdError(f"Tidak ada rilis dengan nomor atau ID {quote(id)}: taruh dulu rilis di folder antrean.")
    with build.newsroom(settings, clock, keeper=fresh) as room:
        match decision:
            case "release":
                message = decisions.release(room, SHELL, str(id), at_once=now)
            case "hold":
                message = decisions.hold(room, SHELL, str(id))
            case "cancel":
                message = decisions.cancel(room, SHELL, str(id), destination)
            case "retry":
                message = decisions.retry(room, SHELL, str(id), destination)
            case "settle":
                message = settling.settle(room, SHELL, str(id), str(destination), posted)
            case "pause":
                message = decisions.pause(room, SHELL, destination)
            case "resume" if clock_is_right:
                message = decisions.trust_clock(room, SHELL)
            case "resume":
                message = decisions.resume(room, SHELL, destination)
            case _:
                raise ValueError(decision)
        folder_status.write(room)
    return message


def import_page(settings: Settings, clock: Clock, file: Path, into: Path) -> ImportReport:
    """Read a page of releases into queue files. Raises QueueItemError, StorageError."""
    today = clock.now().astimezone(settings.zone).date()
    rules = load_words(settings.words)
    if not database_file(settings).exists():
        return pages.import_page(file, into, lambda title, body: False, rules, today=today)
    store = Store(database_file(settings), keeper=False)
    try:
        with store.read() as tx:
            return pages.import_page(file, into, lambda t, b: items.known_text(tx, t, b), rules, today=today)
    finally:
        store.close()
