"""One process at work, and a lock that dies with it."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from medsosbot.errors import BusyError
from medsosbot.storage.lock import Lock
from medsosbot.storage.store import Store

HOLDS = """
import sys
from pathlib import Path
from medsosbot.storage.store import Store
store = Store(Path(sys.argv[1]), keeper=True)
print("held", flush=True)
sys.stdin.read()
store.close()
"""


@contextmanager
def another_at_work(file: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock until its standard input ends."""
    command = [sys.executable, "-c", HOLDS, str(file)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None and process.stdout is not None
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.stdin.close()
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_second_process_gives_way_and_names_the_first(tmp_path: Path) -> None:
    file = tmp_path / "medsosbot.db"
    with another_at_work(file) as first, pytest.raises(BusyError, match=rf"process {first.pid}\b"):
        Store(file, keeper=True)


def test_a_second_process_does_not_give_way_where_it_only_reads_or_decides(tmp_path: Path) -> None:
    file = tmp_path / "medsosbot.db"
    with another_at_work(file):
        Store(file, keeper=False).close()


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    file = tmp_path / "medsosbot.db"
    with another_at_work(file) as first:
        first.send_signal(signal.SIGKILL)
        first.wait()
        Store(file, keeper=True).close()


def test_a_paused_process_keeps_the_lock(tmp_path: Path) -> None:
    file = tmp_path / "medsosbot.db"
    with another_at_work(file) as first:
        first.send_signal(signal.SIGSTOP)
        with pytest.raises(BusyError):
            Store(file, keeper=True)
        first.send_signal(signal.SIGCONT)


def test_the_lock_is_given_back_and_can_be_taken_again(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "a.db")
    lock.take()
    lock.release()
    lock.release()
    lock.take()
    assert (tmp_path / "a.db.lock").read_text() == f"{os.getpid()}\n"
    assert not stat.S_IMODE((tmp_path / "a.db.lock").stat().st_mode) & 0o022
    lock.release()


def test_it_is_not_handed_down_to_a_child_that_outlives_its_parent(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "a.db")
    lock.take()
    child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    lock.release()
    try:
        second = Lock(tmp_path / "a.db")
        second.take()
        second.release()
    finally:
        child.communicate()
