"""A whole project for tests: config, queue and database in a folder of its own, used as the commands use it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from medsosbot.clock import FixedClock
from medsosbot.options import Settings
from medsosbot.settings.load import load

NINE = datetime(2026, 11, 24, 1, tzinfo=UTC)  # 09.00 WITA
CONFIG = """\
destinations:
  - {name: kanal, platform: mock}
  - {name: x, platform: mock, like: x}
checks: {stale_after_days: null}
"""


@dataclass
class Project:
    """Its folder, its settings, and a clock that is moved by hand."""

    folder: Path
    settings: Settings
    clock: FixedClock

    def file(self, name: str = "rapat", **head: object) -> Path:
        """Put a release of its own into the queue."""
        self.settings.queue.mkdir(exist_ok=True)
        keys = {"title": f"Rapat {name}"} | head
        lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
        path = self.settings.queue / f"{name}.md"
        path.write_text(f"---\n{lines}---\nSamarinda – KPU Kaltim menggelar rapat {name} di aula.\n", encoding="utf-8")
        return path

    def lines(self, destination: str, folder: str = "mock") -> list[dict[str, str]]:
        """What the rehearsal of one destination kept."""
        path = self.settings.var / folder / f"{destination}.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def fingerprint(self, *but: str) -> dict[str, str]:
        """Every file of the project with the hash of its bytes and its time, but those below these folders.

        What SQLite needs for looking at a database, an index and an empty log beside it, is no change of it.
        """
        found = {}
        for path in sorted(self.folder.rglob("*")):
            name = str(path.relative_to(self.folder))
            looking = name.endswith("-shm") or (name.endswith("-wal") and not path.stat().st_size)
            if path.is_file() and not name.startswith(but or ("-",)) and not looking:
                stamp = path.stat().st_mtime_ns
                found[name] = f"{hashlib.sha256(path.read_bytes()).hexdigest()} {stamp}"
        return found


def make_project(folder: Path, config: str = CONFIG) -> Project:
    """A project with two rehearsals, at nine o'clock."""
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "medsosbot.yaml").write_text(config, encoding="utf-8")
    return Project(folder, load(folder / "config" / "medsosbot.yaml", {}), FixedClock(NINE))
