"""What is known of one HTTP call, whatever the client library made of it.

The clients' exceptions hide the status, the headers and whether anything left at all, so each client's transport
writes them into the Call that is current in its context.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from medsosbot.logs import redact_shapes

LONGEST_WAIT = timedelta(days=31)  # a wish beyond this is a fault of the platform, not a wish
LONGEST_DETAIL = 600  # characters


@dataclass
class Call:
    """One call. started: its headers began to leave us; False proves that nothing was sent, None that nobody watched.

    status: None where no answer came. headers: names in lower case. body: as it came, perhaps half of it.
    """

    started: bool | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def fields(self) -> dict[str, Any]:
        """The body as a JSON object; empty where it is none."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def date(self) -> datetime | None:
        """The server's own clock (aware UTC), from the `Date` header."""
        try:
            return parsedate_to_datetime(self.headers["date"]).astimezone(UTC)
        except (KeyError, ValueError, OverflowError):
            return None

    def retry_after(self, now: datetime) -> datetime | None:
        """What a `Retry-After` header (seconds or a date) asks for, by our clock."""
        wish = self.headers.get("retry-after", "").strip()
        if wish.isdecimal():
            return after(now, int(wish))
        try:
            at = parsedate_to_datetime(wish).astimezone(UTC)
        except (ValueError, OverflowError):
            return None
        return after(now, (at - (self.date() or now)).total_seconds())


# The call that the running task makes; asyncio.to_thread carries it into the thread.
CURRENT: ContextVar[Call | None] = ContextVar("current_call", default=None)


def after(now: datetime, seconds: Any) -> datetime | None:
    """`now` plus a wait that a platform wishes for; None for what is no sane wait."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not seconds >= 0:
        return None
    if seconds > LONGEST_WAIT.total_seconds():
        return None
    return now + timedelta(seconds=seconds)


def chain(error: BaseException | None) -> str:
    """The error and its causes on one line, each text once: `TimedOut: Timed out < ReadTimeout`."""
    links: list[str] = []
    while error is not None and len(links) < 5:
        text = " ".join(str(error).split())
        told = text and not any(text in link for link in links)
        links.append(f"{type(error).__name__}: {text}" if told else type(error).__name__)
        error = error.__cause__ or error.__context__
    return redact_shapes(" < ".join(links))[:LONGEST_DETAIL]
