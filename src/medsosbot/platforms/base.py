"""The one interface behind which every platform stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

from medsosbot.clock import Clock
from medsosbot.model import Intent, Part, PostStyle, Receipt
from medsosbot.options import Destination, Pace, Secrets, Staff, Telegram, X


@dataclass(frozen=True)
class Surroundings:
    """All that a platform may need to be built for one destination; each takes what it wants."""

    destination: Destination
    clock: Clock
    var: Path
    secrets: Secrets
    staff: Staff
    telegram: Telegram
    x: X


class Platform(Protocol):
    """One destination as the engine sees it. Nothing here sleeps, retries or keeps state that must outlive it."""

    style: PostStyle

    async def publish(self, part: Part, after: Receipt | None) -> Receipt:
        """Send one part, once. `after`: the receipt of the part before it, in a delivery of several.

        Raises PublishError: TransientError, RejectedError, UnauthorizedError or UncertainError, nothing else.
        """
        ...

    async def find(self, part: Part, since: Intent) -> Receipt | None:
        """Did an uncertain send land? The receipt if it did, None if it surely isn't there (now).

        Raises CannotTell (no evidence to be had: a person), TransientError (ask again later).
        """
        ...

    async def check(self, known: str | None = None) -> tuple[str, ...]:
        """Are the credentials and rights good? Indonesian notes of what was found. known: a post of ours, to test
        the evidence on.

        Raises UnauthorizedError or TransientError.
        """
        ...

    async def server_time(self) -> datetime | None:
        """The platform's own clock (aware UTC), asked now; None where it has none. Raises PublishError."""
        ...

    async def aclose(self) -> None:
        """Let go of sockets and files."""
        ...


@runtime_checkable
class CanLook(Protocol):
    """A second, optional interface: a platform that can be asked about one post, for what a person typed."""

    async def look(self, remote_id: str) -> Receipt | None:
        """The post of this id as it stands there; None if there is none. Raises CannotTell, TransientError."""
        ...


Build = Callable[[Surroundings], Platform]


def number_alone(destination: Destination, typed: str) -> str | None:
    """A remote id typed as a number."""
    return str(int(typed)) if typed.strip().isdecimal() else None


@dataclass(frozen=True)
class Kind:
    """What the registry knows of a platform without loading its client.

    target: "module:Class" of a callable that takes Surroundings. real: its posts reach the public.
    secrets: the fields of Secrets that it can't do without. pace: from the settings.
    key: what two destinations of it may not share (the chat, the account). remote_id: the id in what a person typed
    (a number or a post's link). link: the public link of an id.
    """

    style: Callable[[Destination], PostStyle]
    target: str
    pace: Callable[[Telegram, X], Pace]
    key: Callable[[Destination], str]
    remote_id: Callable[[Destination, str], str | None] = number_alone
    link: Callable[[Destination, str], str | None] = lambda destination, remote_id: None
    real: bool = True
    secrets: tuple[str, ...] = ()
