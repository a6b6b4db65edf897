"""An office of its own for each test, and the command line as its people use it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from medsosbot.cli.main import run

PAGE = Path(__file__).parents[2] / "seeds" / "berita-terkini.txt"
CONFIG = """
destinations:
  - {name: kanal, platform: mock, like: telegram}
  - {name: x, platform: mock, like: x}
checks: {stale_after_days: null}
"""
RELEASE = "---\ntitle: {title}\n---\nKPU Provinsi Kalimantan Timur melaksanakan {what}, {day}.\n"


class Office:
    """A project folder with two mocks. `run` gives exit code, standard output and standard error."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._capsys = root, capsys
        self.queue = root / "queue"
        self.config = root / "config" / "medsosbot.yaml"
        self.environ = {"MEDSOSBOT_CONFIG": str(self.config)}
        self.config.parent.mkdir()
        self.queue.mkdir()
        self.config.write_text(CONFIG)

    def run(self, *argv: object) -> tuple[int, str, str]:
        """One command, as a person runs it."""
        self._capsys.readouterr()
        code = run([str(a) for a in argv], self.environ)
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def json(self, *argv: object) -> tuple[int, Any]:
        """One command, as a script runs it: its standard output has to be one JSON document."""
        code, out, _ = self.run("--json", *argv)
        return code, json.loads(out)

    def put(self, name: str, text: str) -> Path:
        """A file in the queue."""
        file = self.queue / name
        file.write_text(text)
        return file

    def release(self, name: str, title: str = "Apel Pagi", day: str = "Senin (3/10/2022)") -> Path:
        """A plain release in the queue."""
        return self.put(name, RELEASE.format(title=title, what=title.lower(), day=day))

    def posts(self, name: str, folder: str = "mock") -> list[Any]:
        """What a destination got."""
        file = self.root / "var" / folder / f"{name}.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def files(self) -> dict[str, bytes]:
        """Everything in the office's folder, to see what a command changed."""
        return {str(p.relative_to(self.root)): p.read_bytes() for p in self.root.rglob("*") if p.is_file()}
