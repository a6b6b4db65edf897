"""A process that is paused in the middle of a pass while others start: they give way, and nothing goes out twice."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.crash import case
from tests.crash.test_named_points import verdict_on
from tests.crash.victims import ROOT

BUSY = 3
POINTS = ["accept:before", "counter:after", "line:after"]


def lines(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for f in (folder / "var" / "mock").glob("*.jsonl") for line in f.read_text().splitlines()]


@contextmanager
def paused_at(point: str, folder: Path, *seconds: str) -> Iterator[subprocess.Popen[bytes]]:
    """A pass that has stopped at the second pass of this point; it ends with the block."""
    case.lay_out(folder)
    command = [sys.executable, "-m", "tests.crash.paused", str(folder), point, "2", *seconds]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), f"it never came to {point}"
    case.count_kill(folder, f"paused at {point}")
    try:
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.wait()


def publish(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "medsosbot", "--config", str(folder / "config" / "medsosbot.yaml"), "publish"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("point", POINTS)
def test_while_one_is_paused_another_gives_way(point: str, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    with paused_at(point, folder) as first:
        before = lines(folder)
        second = publish(folder)
        assert second.returncode == BUSY, second.stderr
        assert str(first.pid) in second.stderr + second.stdout
        assert lines(folder) == before
    assert first.returncode in (0, 1)
    publish(folder)
    code, verdict = verdict_on(folder)
    assert (code, verdict["found"]) == (0, [])


def test_a_call_that_was_paused_beyond_its_deadline_is_not_made(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    with paused_at("counter:after", folder, "1") as first:
        time.sleep(1.2)  # longer than the deadline, by the machine's own clock
    assert first.returncode in (0, 1)
    publish(folder)
    code, verdict = verdict_on(folder)
    assert (code, verdict["found"]) == (0, [])
    assert "not_called" in _attempts(folder)


def _attempts(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "var" / "medsosbot.db")) as raw:
        return [r[0] for r in raw.execute("SELECT outcome FROM attempts")]
