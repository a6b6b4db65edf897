"""The rehearsal: every post becomes a line of `var/mock/<name>.jsonl` and reaches nobody."""

from __future__ import annotations

import asyncio
import errno
import json
import os
from datetime import datetime
from io import BufferedRandom, FileIO
from pathlib import Path

from medsosbot.clock import in_utc
from medsosbot.errors import TransientError
from medsosbot.model import Intent, Part, Receipt
from medsosbot.platforms.base import Surroundings
from medsosbot.platforms.styles import LOOKS

TAIL = 256 * 1024  # bytes; more than the longest line (4096 characters, escaped) can have


class MockPlatform:
    """Keeps each post as one JSON line: id, part, text, at, remote_id. Its file is proof at once."""

    def __init__(self, surroundings: Surroundings, folder: Path | None = None) -> None:
        destination = surroundings.destination
        self.style = LOOKS[destination.like]
        self._clock = surroundings.clock
        self._file = (folder or surroundings.var / "mock") / f"{destination.name}.jsonl"

    async def publish(self, part: Part, after: Receipt | None) -> Receipt:
        """Append the post. A disk that refuses is a TransientError: a half line is taken back first."""
        return await asyncio.to_thread(self._append, part)

    async def find(self, part: Part, since: Intent) -> Receipt | None:
        """The line of this very part, if it is there."""
        return await asyncio.to_thread(self._find, part)

    async def check(self, known: str | None = None) -> tuple[str, ...]:
        """A file needs no credentials."""
        return ("latihan, tidak sampai ke umum",)

    async def server_time(self) -> datetime | None:
        """A file has no clock of its own."""
        return None

    async def aclose(self) -> None:
        """Nothing is kept open between posts."""

    def _append(self, part: Part) -> Receipt:
        at = self._clock.now()
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a+b", buffering=0) as file:
                last, end = _last_line(file)
                remote_id = str(int(last["remote_id"]) + 1 if last else 1)
                post = {"id": part.item_id, "part": part.seq, "text": part.text}
                line = json.dumps(post | {"at": at.isoformat(), "remote_id": remote_id}, ensure_ascii=False)
                try:
                    if file.write(raw := line.encode() + b"\n") != len(raw):
                        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                except OSError:
                    file.truncate(end)
                    raise
        except OSError as e:
            raise TransientError(
                "Berkas latihan tidak dapat ditulis; periksa ruang disk.",
                detail=f"{type(e).__name__}: {e.strerror}",
            ) from None
        return Receipt(ids=(remote_id,), raw_text=part.text, at=at)

    def _find(self, part: Part) -> Receipt | None:
        try:
            with self._file.open(encoding="utf-8", errors="replace") as file:
                for line in file:
                    if not line.endswith("\n"):
                        break  # half a line: its write never ended
                    post = json.loads(line)
                    if (post["id"], post["part"], post["text"]) == (part.item_id, part.seq, part.text):
                        at = in_utc(datetime.fromisoformat(post["at"]))
                        return Receipt(ids=(post["remote_id"],), raw_text=post["text"], at=at)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError) as e:
            raise TransientError(
                "Berkas latihan tidak dapat dibaca; periksa izin folder var/mock.", detail=f"{type(e).__name__}: {e}"
            ) from None
        return None


def _last_line(file: BufferedRandom | FileIO) -> tuple[dict[str, str] | None, int]:
    """The last whole line and the place behind it; what a killed process left half written is cut off."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL) or b""
    end = size - (len(tail) - (tail.rfind(b"\n") + 1))
    if end < size:
        file.truncate(end)
    lines = tail[: len(tail) - (size - end)].splitlines()
    return (json.loads(lines[-1]) if lines else None), end
