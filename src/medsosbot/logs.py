"""Logs: one line that a person can read, with stable key=value pairs for machines, and never a secret.

A room logs with the standard library: `log.info("Published at kanal.", extra={"event": "published", "item": id})`.
Everything goes to standard error; standard output belongs to the commands' results.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Iterable
from datetime import datetime, tzinfo
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import quote, quote_plus

GONE = "[redacted]"
SHORTEST = 4  # characters; what is shorter is a word, not a secret

# What looks like a secret even where nobody told us of it: Telegram's tokens, OAuth headers.
_SHAPES = (
    (re.compile(r"\bbot\d+(?::|%3a)[\w%-]+", re.IGNORECASE), f"bot{GONE}"),
    (re.compile(r"\b\d{6,}(?::|%3a)[A-Za-z0-9_-]{20,}", re.IGNORECASE), GONE),
    (re.compile(r"(oauth_\w+=)(\"[^\"]*\"|[^\s,&\"]+)"), rf"\g<1>{GONE}"),
    (re.compile(r"\b(Bearer|Basic) [\w.~+/=%-]{8,}"), rf"\g<1> {GONE}"),
)
# Libraries that tell secrets or much too much: httpx logs each URL with the token at INFO, tweepy each header at
# DEBUG, telegram.request a traceback for every unreadable answer, the scheduler a warning for every tick that waits.
_HELD = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "tweepy": logging.WARNING,
    "requests_oauthlib": logging.WARNING,
    "oauthlib": logging.WARNING,
    "urllib3": logging.WARNING,
    "asyncio": logging.WARNING,
    "telegram": logging.WARNING,
    "telegram.request": logging.CRITICAL + 1,
    "apscheduler": logging.WARNING,
    "apscheduler.scheduler": logging.ERROR,
    "alembic": logging.WARNING,
    "sqlalchemy": logging.WARNING,
}
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_PLAIN_VALUE = re.compile(r"[^\s\"=]+")


def redact_shapes(text: str) -> str:
    """The text without anything that looks like a token or an OAuth header."""
    for shape, instead in _SHAPES:
        text = shape.sub(instead, text)
    return text


class Redactor:
    """Takes the known secrets out of any text, also URL-encoded, quoted or as the secret half of a bot's token."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        forms: set[str] = set()
        for secret in secrets:
            for core in {secret, secret.partition(":")[2]}:
                forms |= {core, quote(core, safe=""), quote_plus(core), repr(core)[1:-1], json.dumps(core)[1:-1]}
        longest_first = sorted((f for f in forms if len(f) >= SHORTEST), key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def __call__(self, text: str) -> str:
        if self._known:
            text = self._known.sub(GONE, text)
        return redact_shapes(text)


class RedactingFilter(logging.Filter):
    """On a handler: cleans message, arguments, extras and traceback before anything is written."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redact = redactor

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except Exception:  # noqa: BLE001  a wrong format would else be printed raw, arguments and all
            message = f"{record.msg} {record.args!r}"
        record.msg, record.args = self._redact(message), None
        if record.exc_info and record.exc_info[0] and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self._redact(record.exc_text)
        if record.stack_info:
            record.stack_info = self._redact(record.stack_info)
        for key, value in _extras(record).items():
            setattr(record, key, value if isinstance(value, int | float) else self._redact(str(value)))
        return True


class LineFormatter(logging.Formatter):
    """`2026-11-24T09:00:00+08:00 INFO Published at kanal. item=rapat destination=kanal`; a traceback below it."""

    def __init__(self, zone: tzinfo | None = None) -> None:
        super().__init__()
        self._zone = zone

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created).astimezone(self._zone)
        parts = [at.isoformat(timespec="milliseconds"), record.levelname, _one_line(record.getMessage())]
        parts += [f"{key}={_value(value)}" for key, value in _extras(record).items()]
        lines = [" ".join(parts)]
        if record.exc_info and record.exc_info[0] and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        lines += [text.rstrip("\n") for text in (record.exc_text, record.stack_info) if text]
        return "\n".join(lines)


_redactor = Redactor()


def redact(text: str) -> str:
    """The text without the secrets that `configure` was told of, for whatever is shown outside the log."""
    return _redactor(text)


def configure(
    level: str | int = "INFO", secrets: Iterable[str] = (), *, zone: tzinfo | None = None, stream: TextIO | None = None
) -> None:
    """Send every log line to standard error, redacted. May be called again, once the secrets are known.

    level: a name in any case, or a number. zone: of the times; the machine's own where none is given.
    """
    global _redactor
    _redactor = Redactor(secrets)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(LineFormatter(zone))
    handler.addFilter(RedactingFilter(_redactor))
    root = logging.getLogger()
    for old in [h for h in root.handlers if getattr(h, "of_medsosbot", False)]:
        root.removeHandler(old)
    handler.of_medsosbot = True  # type: ignore[attr-defined]
    root.addHandler(handler)
    root.setLevel(level.upper() if isinstance(level, str) else level)
    for name, least in _HELD.items():
        logging.getLogger(name).setLevel(least)


def catch_the_uncaught() -> None:
    """What nobody caught, here or in a thread, is told by the log: redacted, in one line, its traceback at DEBUG."""
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    logging.captureWarnings(True)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, SystemExit):
        return
    log = logging.getLogger("medsosbot")
    log.error("Unexpected %s: %s", kind.__name__, error)
    if error is not None:
        log.debug("Where it came from:", exc_info=(kind, error, trace))


def _extras(record: logging.LogRecord) -> dict[str, Any]:
    return {k: v for k, v in vars(record).items() if k not in _STANDARD and v is not None}


def _one_line(text: str) -> str:
    """No line break or control character of a message can look like a line of its own."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def _value(value: object) -> str:
    text = _one_line(str(value))
    return text if _PLAIN_VALUE.fullmatch(text) else json.dumps(text, ensure_ascii=False)
