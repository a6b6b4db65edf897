"""What the engine works with: one office's destinations, rules, folder and record. Built by `app`, handed down."""

from __future__ import annotations

from dataclasses import dataclass

from medsosbot.clock import Clock
from medsosbot.model import PostStyle
from medsosbot.options import Checks, Destination, Pace, Reconcile, Timetable
from medsosbot.queue_folder.folder import QueueFolder
from medsosbot.storage.store import Store
from medsosbot.text.rules import Rules


@dataclass(frozen=True)
class Target:
    """A destination with what the registry knows of its platform.

    address: the chat or account behind the name. real: its posts reach the public; False: its file is proof at once.
    """

    destination: Destination
    style: PostStyle
    address: str
    pace: Pace
    real: bool

    @property
    def name(self) -> str:
        """As the config, files and commands name it."""
        return self.destination.name

    @property
    def platform(self) -> str:
        """The registry's name of its platform."""
        return self.destination.platform


@dataclass(frozen=True)
class Newsroom:
    """Everything that a pass needs. `store` is its thread boundary; nothing here belongs to an event loop."""

    store: Store
    targets: tuple[Target, ...]
    timetable: Timetable
    checks: Checks
    reconcile: Reconcile
    rules: Rules
    folder: QueueFolder
    clock: Clock

    def target(self, name: str) -> Target | None:
        """The destination of this name, if the config has it."""
        return next((t for t in self.targets if t.name == name), None)
