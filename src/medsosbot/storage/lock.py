"""One process at work: a lock beside the database, held for the process's life and freed by its death."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from medsosbot.errors import BusyError


class Lock:
    """`flock` on `<database>.lock`; the holder's pid stands in the file, for people to read."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Raises BusyError if another process holds it. Never waits."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+", encoding="ascii")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            pid = file.read(20).strip()
            file.close()
            raise BusyError(f"another medsosbot is at work (process {pid or 'unknown'}); this one gives way") from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let go; harmless when it isn't held."""
        if self._file is not None:
            self._file.close()
            self._file = None
