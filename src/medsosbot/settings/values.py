"""What one value of the config may be: each function takes the text that stands there and gives the typed value.

The loader hands over strings and None only (strict_yaml), so that nothing was interpreted before it comes here.
Each raises WrongValueError with the value, what is wrong with it, and how to mend it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import time
from difflib import get_close_matches
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from medsosbot.logs import redact_shapes
from medsosbot.options import Quiet

T = TypeVar("T")

LONGEST = 60  # characters of a value that a fault shows
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
_CHAT = re.compile(r"@[A-Za-z][A-Za-z0-9_]{3,31}")


class WrongValueError(ValueError):
    """One value can't be taken. message: what is wrong, in English; hint: how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


def shown(value: object) -> str:
    """The value as a fault shows it: short, on one line, without anything that looks like a token."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a section"
    text = redact_shapes(str(value))
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return repr(text)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """What is known and spelt nearly like it, or begins with it."""
    known = list(known)
    close = get_close_matches(word, known, n=1, cutoff=0.7) or get_close_matches(word.lower(), known, n=1, cutoff=0.7)
    return next(iter(close or [k for k in known if k.startswith(word + "_")]), None)


def near(word: str, known: Iterable[str]) -> str:
    """`did you mean …? ` where something known is nearly that, else nothing."""
    meant = nearest(word, known)
    return f"did you mean {meant}? " if meant else ""


def text(value: object) -> str:
    """Any one line."""
    if value is None or value == "":
        raise WrongValueError("needs a value", "write one, or leave the key out")
    if not isinstance(value, str):
        raise WrongValueError("wants one value, not a list or a section", "write it behind the key, in one line")
    if "\n" in value or "\0" in value:
        raise WrongValueError(f"{shown(value)} is more than one line", "write it in one")
    return value


def optional(parse: Callable[[object], T]) -> Callable[[object], T | None]:
    """`null`, `~` and nothing at all mean none."""
    return lambda value: None if value is None else parse(value)


def flag(value: object) -> bool:
    """`true` or `false`, nothing else: YAML's yes, no, on and off mean different things to different readers."""
    if (raw := text(value)) not in ("true", "false"):
        raise WrongValueError(f"{shown(raw)} is neither true nor false", "write true or false")
    return raw == "true"


def whole(least: int, most: int) -> Callable[[object], int]:
    """A whole number between these, both included."""

    def parse(value: object) -> int:
        raw = text(value)
        if not re.fullmatch(r"-?\d{1,9}", raw, re.ASCII) or not least <= int(raw) <= most:
            raise WrongValueError(f"{shown(raw)} is no whole number from {least} to {most}", f"write {least} or more")
        return int(raw)

    return parse


def amount(most: int, least: float = 0) -> Callable[[object], float]:
    """A number between these; a decimal point is fine."""

    def parse(value: object) -> float:
        raw = text(value)
        if not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", raw, re.ASCII) or not least <= float(raw) <= most:
            raise WrongValueError(f"{shown(raw)} is no number from {least} to {most}", "a decimal point is fine")
        return float(raw)

    return parse


def one_of(*choices: str) -> Callable[[object], str]:
    """One of these words."""

    def parse(value: object) -> str:
        raw = text(value)
        if raw not in choices:
            raise WrongValueError(
                f"{shown(raw)} is not known here", near(raw, choices) + f"one of: {', '.join(choices)}"
            )
        return raw

    return parse


def link(value: object) -> str:
    """A destination's policy for the release's link."""
    if value == "budget":
        raise WrongValueError("'budget': a budget for links is not built yet", "write always or never")
    return one_of("always", "never")(value)


def off_only(*off: str | None, feature: str) -> Callable[[object], None]:
    """A key whose feature isn't built yet: only the values that mean "off" are taken."""

    def parse(value: object) -> None:
        if value not in off:
            words = " or ".join("null" if v is None else v for v in off)
            raise WrongValueError(f"{shown(value)}: {feature} is not built yet", f"leave the key out, or write {words}")

    return parse


def clock_time(value: object) -> time:
    """`08:00` or `08:00:30`, of the config's zone."""
    raw = text(value)
    found = _TIME.fullmatch(raw)
    try:
        if not found:
            raise ValueError(raw)
        return time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        raise WrongValueError(f"{shown(raw)} is no time of day", 'write it as "08:00", from 00:00 to 23:59') from None


def quiet(value: object) -> Quiet:
    """`21:00-06:00`; the start is quiet, the end no longer."""
    raw = text(value)
    start, dash, end = raw.replace("–", "-").partition("-")
    if not dash:
        raise WrongValueError(f"{shown(raw)} is no span of hours", 'write it as "21:00-06:00"')
    hours = Quiet(clock_time(start.strip()), clock_time(end.strip()))
    if hours.start == hours.end:
        raise WrongValueError(f"{shown(raw)} begins and ends at one time", "leave the key out for no quiet hours")
    return hours


def zone(value: object) -> ZoneInfo:
    """A name of the zone database."""
    raw = text(value)
    try:
        return ZoneInfo(raw)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = "Asia/Jakarta (WIB), Asia/Makassar (WITA), Asia/Jayapura (WIT)"
        raise WrongValueError(f"{shown(raw)} is no zone of the zone database", hint) from None


def address(value: object) -> str:
    """An http(s) address, without a slash at its end."""
    raw = text(value)
    try:
        parts = urlsplit(raw)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    if not good or re.search(r"\s", raw):
        raise WrongValueError(
            f"{shown(raw)} is no web address", "it begins with https:// (or http:// on your own machine)"
        )
    if parts.username or parts.query or parts.fragment:
        raise WrongValueError(
            f"{shown(raw)} holds a user, a query or a fragment", "only scheme, host, port and path are taken"
        )
    return raw.rstrip("/")


def name(value: object) -> str:
    """A destination's name: it becomes a file's name and is typed in commands."""
    raw = text(value)
    if not _NAME.fullmatch(raw):
        hint = "a letter or digit first, then letters, digits, '-', '_' and '.', at most 40"
        raise WrongValueError(f"{shown(raw)} can't be a destination's name", hint)
    return raw


def chat(value: object) -> str | int:
    """A channel or group: its @name or its number."""
    raw = text(value)
    if _CHAT.fullmatch(raw):
        return raw
    return group(raw, "a channel's @name, or its number (-100…)")


def group(value: object, hint: str = "a group's number begins with - ; /id tells it") -> int:
    """A chat by its number."""
    raw = text(value)
    if not re.fullmatch(r"-?[1-9]\d{0,18}", raw, re.ASCII):
        raise WrongValueError(f"{shown(raw)} is no chat", hint)
    return int(raw)


def database(value: object) -> str:
    """`sqlite:///relative/to/the/project` or `sqlite:////absolute`; others are not built."""
    raw = text(value)
    scheme, _, rest = raw.partition(":")
    hint = "sqlite:///var/medsosbot.db begins at the project's folder, sqlite:////var/lib/… is absolute"
    if scheme != "sqlite":
        raise WrongValueError(f"{shown(re.sub(r'//[^/]*@', '//…@', raw))}: only SQLite is built yet", hint)
    path = rest.removeprefix("///")
    if not rest.startswith("///") or path.strip("/") in ("", ":memory:") or path.endswith("/"):
        raise WrongValueError(f"{shown(raw)} names no file", hint)
    if set(path) & set("?#\0"):
        raise WrongValueError(f"{shown(raw)}: options and the characters ? and # are not taken", hint)
    return path
