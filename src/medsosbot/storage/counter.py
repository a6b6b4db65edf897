"""The counter beside the database: it tells an old copy of the database from the one we last wrote.

It is raised and fsynced after each intent's commit and before its call. If it is ahead of the database at start, or
missing while attempts exist, somebody put an older database back.
"""

from __future__ import annotations

import os
from pathlib import Path

from medsosbot.errors import StorageError


class Counter:
    """`<database>.seq`: the number of the last intent, as text."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".seq")
        self._fd: int | None = None
        self._last: int | None = None

    def last(self) -> int:
        """The number of the last intent as this process knows it; 0 where there is none."""
        if self._last is None:
            self._last = self.read() or 0
        return self._last

    def read(self) -> int | None:
        """The number on record; None where there is none, or none that can be read."""
        try:
            found = self._path.read_bytes().strip()
        except OSError:
            return None
        return int(found) if found.isdigit() else None

    def write(self, number: int) -> None:
        """Put `number` on record and wait until the disk has it. Raises StorageError."""
        try:
            if self._fd is None:
                self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            os.pwrite(self._fd, f"{number:020d}\n".encode(), 0)
            os.fdatasync(self._fd)
        except OSError as e:
            raise StorageError(f"the counter {self._path.name} can't be written: {e.strerror}") from None
        self._last = number

    def close(self) -> None:
        """Let go of the file."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
