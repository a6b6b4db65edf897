"""The process is killed at named points of a pass: nothing is published twice, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.crash import case, points
from tests.crash.victims import ROOT, Victims

LANDED, NOT_SENT = ("line:after", 1), ("call:before", 1)  # kills that leave a doubt: the line is there, or it isn't
NAMED: dict[str, list[tuple[str, int]]] = {
    "the lock was just taken": [("lock:after", 1)],
    "the tables are not made yet": [("migration:before", 1)],
    "the tables were just made": [("migration:after", 1)],
    "an item's row is written but not committed": [("item-row:after", 2)],
    "all its rows are written but not committed": [("delivery-rows:after", 2)],
    "the item is committed, its file not moved": [("accept:before", 2)],
    "its name in accepted is taken, the file not moved": [("name-in-accepted:after", 1)],
    "the file was just moved": [("accept:after", 3)],
    "a refusal is told, its file not moved": [("refuse:before", 1)],
    "the reason is written, the refused file not moved": [("reason-file:after", 1)],
    "a hold's notice is written but not committed": [("notice-of-hold:after", 1)],
    "a delivery is claimed but not committed": [("claim:after", 2)],
    "an intent is written but not committed": [("intent-row:after", 3)],
    "the very first intent is committed, not counted": [("counter:before", 2)],
    "an intent is committed, not counted": [("counter:before", 4)],
    "an intent is counted, nothing called": [("counter:after", 3)],
    "the call begins": [("call:before", 2)],
    "the post is half written": [(points.HALF_A_LINE, 2)],
    "the post is out, no answer came": [("line:after", 3)],
    "the answer came, nothing is recorded": [("record:before", 3)],
    "an outcome is written but not committed": [("outcome-row:after", 2)],
    "the whole outcome is written but not committed": [("outcome:after", 2)],
    "the outcome was just committed": [("record:after", 4)],
    "the last outcome was just committed": [("record:after", 6)],
    "the start finds a doubt, not committed": [LANDED, ("doubt:after", 1)],
    "the start just found a doubt": [LANDED, ("recover:after", 1)],
    "the platform is about to be asked": [LANDED, ("ask:before", 1)],
    "the platform said that it is there": [LANDED, ("find:after", 1)],
    "the asking is written but not committed": [LANDED, ("asking-row:after", 1)],
    "the verdict was just committed": [LANDED, ("verdict:after", 1)],
    "a resend is written but not committed": [NOT_SENT, ("resend:after", 1)],
    "a resend was just decided": [NOT_SENT, ("verdict:after", 1)],
    "a resend is in flight": [NOT_SENT, ("line:after", 1)],
    "the status is about to be written": [("status:before", 1)],
    "the status was just written": [("status-file:after", 1)],
    "the database is about to be closed": [("close:before", 1)],
    "it dies again and again at one point": [LANDED, LANDED, LANDED, NOT_SENT, NOT_SENT, LANDED],
}


@pytest.fixture(scope="module")
def victims() -> Iterator[Victims]:
    parent = Victims()
    yield parent
    parent.close()


def verdict_on(*paths: Path) -> tuple[int, dict[str, Any]]:
    """The judge's exit code and verdict, from a process of its own."""
    command = [sys.executable, "-m", "tests.crash.judge", *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize("kills", NAMED.values(), ids=NAMED.keys())
def test_nothing_twice_and_nothing_lost_when(kills: list[tuple[str, int]], victims: Victims, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    case.lay_out(folder)
    for point, nth in kills:
        killed, _ = victims.run(folder, point, nth)
        assert killed, f"no process died at {point}, pass {nth}"
    for _ in range(2):  # run again until done, and once more with nothing to do
        killed, code = victims.run(folder)
        assert not killed and code in (0, 1), (folder / "stderr.txt").read_text()
    code, verdict = verdict_on(folder)
    assert (code, verdict["found"]) == (0, [])
    assert verdict["kills"] == len(kills)


def test_there_are_at_least_twenty_five_points() -> None:
    assert len({(p, n) for kills in NAMED.values() for p, n in kills}) >= 25
    assert {p for kills in NAMED.values() for p, _ in kills} <= set(points.EVERYWHERE)
