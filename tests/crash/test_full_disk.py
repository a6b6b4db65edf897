"""A disk that is full at any moment of a pass: no call without an intent, and nothing is lost once there is room."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.crash import case
from tests.crash.test_named_points import verdict_on
from tests.crash.victims import Victims

KB = 1024
BROKE_OFF = 70
SIZES = [0, 40, 270, 310, 350, 390, 470]


@pytest.fixture(scope="module")
def victims() -> Iterator[Victims]:
    parent = Victims()
    yield parent
    parent.close()


def test_nothing_is_called_without_an_intent_and_nothing_is_lost(victims: Victims, tmp_path: Path) -> None:
    refused = 0
    folders = []
    for size in SIZES:
        folder = tmp_path / f"{size}-kB"
        case.lay_out(folder)
        killed, code = victims.run(folder, largest=size * KB)
        assert not killed and code in (0, 1, BROKE_OFF)
        refused += code == BROKE_OFF or _attempts(folder) < 6
        assert _lines(folder) <= _attempts(folder), f"a call without an intent at {size} kB"
        victims.run(folder, "close:before")  # there is room again; the kill makes it a case for the judge
        victims.run(folder)
        folders.append(folder)
    assert refused > len(SIZES) // 3, "the disk was hardly ever full"
    code, verdict = verdict_on(*folders)
    assert (code, verdict["found"]) == (0, [])


def _lines(folder: Path) -> int:
    return sum(len(f.read_text().splitlines()) for f in (folder / "var" / "mock").glob("*.jsonl"))


def _attempts(folder: Path) -> int:
    file = folder / "var" / "medsosbot.db"
    if not file.exists():
        return 0
    with closing(sqlite3.connect(file)) as raw:
        tables = {r[0] for r in raw.execute("SELECT name FROM sqlite_master")}
        found: int = raw.execute("SELECT count(*) FROM attempts").fetchone()[0] if "attempts" in tables else 0
    return found
