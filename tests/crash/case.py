"""One case: a project with work for a pass, and what the judge must find in the end."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

CONFIG = """\
destinations:
  - {name: kanal, platform: mock}
  - {name: x, platform: mock, like: x}
checks: {stale_after_days: null}
"""
DESTINATIONS = ("kanal", "x")
CASE, KILLS = "case.json", "kills.jsonl"


def lay_out(folder: Path, template: Path | None = None, good: int = 3) -> None:
    """So many releases that go out, one that is held, one that is refused. template: a migrated, empty database."""
    queue = folder / "queue"
    (folder / "config").mkdir(parents=True)
    queue.mkdir()
    (folder / "config" / "medsosbot.yaml").write_text(CONFIG)
    for n in range(good):
        _file(queue / f"rapat-{n}.md", f"Rapat ke-{n}", f"Samarinda – KPU Kaltim menggelar rapat ke-{n} di aula.")
    _file(queue / "tahan.md", "Rapat yang ditahan", "Samarinda – KPU Kaltim menggelar rapat pada Kamis (6/9/2022).")
    (queue / "tolak.md").write_text("---\ntitle: Tanpa isi\n---\n")
    wanted = {
        "published": [[f"rapat-{n}", place] for n in range(good) for place in DESTINATIONS],
        "held": [["tahan", place] for place in DESTINATIONS],
        "accepted": {p.stem: _hash(p) for p in queue.iterdir() if p.stem != "tolak"},
        "rejected": {"tolak": _hash(queue / "tolak.md")},
    }
    (folder / CASE).write_text(json.dumps(wanted))
    if template is not None:
        (folder / "var").mkdir()
        shutil.copy(template, folder / "var" / "medsosbot.db")


def count_kill(folder: Path, point: str) -> None:
    """Put a kill that happened on record, for the judge."""
    with (folder / KILLS).open("a") as file:
        file.write(json.dumps(point) + "\n")


def _file(path: Path, title: str, body: str) -> None:
    path.write_text(f"---\ntitle: {title}\n---\n{body}\n", encoding="utf-8")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
