"""Tokens and keys: from the environment, from the file that NAME_FILE names, or from secrets.env beside the config.

No fault of this file ever shows a value.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from medsosbot.errors import Fault
from medsosbot.options import Secrets

NAMES = {
    "MEDSOSBOT_TELEGRAM_TOKEN": "telegram_token",
    "MEDSOSBOT_BOT_TOKEN": "bot_token",
    "MEDSOSBOT_X_API_KEY": "x_api_key",
    "MEDSOSBOT_X_API_SECRET": "x_api_secret",
    "MEDSOSBOT_X_ACCESS_TOKEN": "x_access_token",
    "MEDSOSBOT_X_ACCESS_SECRET": "x_access_secret",
}
FILE_NAME = "secrets.env"
LARGEST = 64 * 1024  # bytes
_LINE = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)")


class Reading:
    """secrets: what was found; faults: what can't be taken; unknown: names in secrets.env that mean nothing."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.unknown: list[str] = []

    @property
    def secrets(self) -> Secrets:
        return Secrets(**self.found)


def read(folder: Path, environ: Mapping[str, str]) -> Reading:
    """Read the secrets. folder: where the config lies. The environment wins over secrets.env, NAME over NAME_FILE."""
    reading = Reading()
    kept = _secrets_env(folder / FILE_NAME, reading)
    for name, field in NAMES.items():
        for source, base in ((environ, Path.cwd()), (kept, folder)):
            value = source.get(name) or None
            named = source.get(f"{name}_FILE")
            if value is None and named:
                value = _named_file(name, base / named, reading)
            if value is not None:
                _take(name, field, value.strip(), reading)
                break
    return reading


def _take(name: str, field: str, value: str, reading: Reading) -> None:
    if not value.isprintable() or re.search(r"\s", value) or not value.isascii():
        message = "holds a space, a line break or a character that no token has"
        reading.faults.append(Fault(message, "copy it once more, alone", key=name))
    elif value:
        reading.found[field] = value


def _named_file(name: str, path: Path, reading: Reading) -> str | None:
    """A file that holds one secret; taken as it is, for Docker's own are readable by all."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST).decode("utf-8-sig", "replace")
    except OSError as e:
        hint = "name a file that this user can read"
        reading.faults.append(Fault(f"{path} can't be read: {e.strerror}", hint, key=f"{name}_FILE"))
        return None


def _secrets_env(path: Path, reading: Reading) -> dict[str, str]:
    shown = f"{path.parent.name}/{path.name}"
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return {}
    except OSError as e:
        reading.faults.append(Fault(f"can't be read: {e.strerror}", "it belongs to the service's user", file=shown))
        return {}
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        mode = stat.S_IMODE(status.st_mode)
        if not stat.S_ISREG(status.st_mode):
            reading.faults.append(Fault("is no file", "put a plain file there", file=shown))
            return {}
        if mode & 0o077:
            message = f"can be read by others (mode {mode:04o})"
            reading.faults.append(Fault(message, f"chmod 600 {path}", file=shown))
            return {}
        text = file.read(LARGEST).decode("utf-8-sig", "replace")
    return _lines(text, shown, reading)


def _lines(text: str, shown: str, reading: Reading) -> dict[str, str]:
    kept: dict[str, str] = {}
    known = {*NAMES, *(f"{name}_FILE" for name in NAMES)}
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if not found:
            reading.faults.append(Fault("is no NAME=value", "one secret a line", file=shown, line=number))
        elif found[1] not in known:
            reading.unknown.append(f"{found[1]} ({shown}:{number})")
        elif found[1] in kept:
            reading.faults.append(Fault("stands twice", "keep one of the two", file=shown, line=number, key=found[1]))
        else:
            kept[found[1]] = _unquoted(found[2])
    return kept


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value.split(" #", 1)[0].rstrip()
