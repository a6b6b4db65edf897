"""What a person can set, as frozen values.

`settings` reads and checks them; the rooms below are handed what they need.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from urllib.parse import unquote
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Destination:
    """Where items go. platform: a name in the registry; like: whose style a mock borrows; link: always | never."""

    name: str
    platform: str
    chat: str | int | None = None
    like: str = "telegram"
    link: str = "always"


@dataclass(frozen=True)
class Checks:
    """What holds an item for a person; the strings are "hold" or "ignore"."""

    weekday: str = "hold"
    link: str = "ignore"
    stale_after_days: int | None = 7
    sensitive: tuple[str, ...] = ()
    personal_data: str = "hold"
    personal_data_allow: tuple[str, ...] = ()
    approval: str = "ignore"


@dataclass(frozen=True)
class Quiet:
    """Hours of the config's zone in which only urgent items go; start included, end excluded; may span midnight."""

    start: time
    end: time


@dataclass(frozen=True)
class Timetable:
    """When items go. slots: times of the config's zone, ascending; gap: between two posts at one destination."""

    zone: ZoneInfo
    slots: tuple[time, ...] = ()
    gap: timedelta = timedelta(0)
    quiet: Quiet | None = None
    late: timedelta | None = timedelta(hours=24)


@dataclass(frozen=True)
class Pace:
    """What a destination's chat or account takes; 0 = no limit of that kind.

    per_window posts in any `window`, and at least `spacing` between two.
    """

    per_window: int = 0
    window: timedelta = timedelta(seconds=60)
    spacing: timedelta = timedelta(0)


@dataclass(frozen=True)
class Reconcile:
    """after: the asking delay; resends: how often a surely absent part is sent again by itself."""

    after: timedelta = timedelta(seconds=60)
    resends: int = 1


@dataclass(frozen=True)
class Staff:
    """The team's own group. members: numeric user id -> "penulis" | "editor"."""

    chat: int | None = None
    members: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Office:
    """What /start names, so that a citizen can tell the bot from a fake."""

    name: str | None = None
    site: str | None = None


@dataclass(frozen=True)
class Telegram:
    """per_minute: posts and notices per chat (0 = no limit, nor one a second); per_second: in all; poll: the bot."""

    api_url: str = "https://api.telegram.org"
    poll: bool = True
    per_minute: int = 20
    per_second: int = 30


@dataclass(frozen=True)
class X:
    """per_15_minutes: posts per account (0 = no limit)."""

    api_url: str = "https://api.x.com"
    per_15_minutes: int = 100


@dataclass(frozen=True)
class Secrets:
    """Tokens and keys; no repr, so that none can reach a log or a traceback."""

    telegram_token: str | None = field(default=None, repr=False)
    bot_token: str | None = field(default=None, repr=False)
    x_api_key: str | None = field(default=None, repr=False)
    x_api_secret: str | None = field(default=None, repr=False)
    x_access_token: str | None = field(default=None, repr=False)
    x_access_secret: str | None = field(default=None, repr=False)

    def values(self) -> tuple[str, ...]:
        """All that must be redacted."""
        return tuple(v for v in vars(self).values() if v)


@dataclass(frozen=True)
class Settings:
    """The whole config, checked. Paths are absolute. database: an SQLAlchemy URL."""

    config_file: Path
    root: Path
    zone: ZoneInfo
    database: str
    queue: Path
    words: Path
    var: Path
    destinations: tuple[Destination, ...]
    checks: Checks
    timetable: Timetable
    reconcile: Reconcile
    office: Office = field(default_factory=Office)
    staff: Staff = field(default_factory=Staff)
    telegram: Telegram = field(default_factory=Telegram)
    x: X = field(default_factory=X)
    secrets: Secrets = field(default_factory=Secrets)
    unknown_variables: tuple[str, ...] = ()

    @property
    def database_file(self) -> Path:
        """The file behind the URL; the lock and the counter lie beside it."""
        return Path(unquote(self.database.removeprefix("sqlite:///")))
