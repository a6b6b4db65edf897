"""The victims: passes of the real product, each in a process forked from a warmed parent.

The parent has everything imported and has run a pass, so that a victim costs milliseconds; it holds no database,
socket or lock open, and refuses to fork where it does. It takes orders as JSON lines on standard input, each
{"folder", "point", "nth", "after", "largest"} (a point to die at, seconds to live, bytes that a file may have; null:
none), and answers each with {"killed", "code"}.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from tests.crash import case, points

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 60.0  # seconds; a pass that hangs is a failure


class Victims:
    """The warmed parent, as the tests use it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.victims"],
            cwd=ROOT,
            env={k: v for k, v in os.environ.items() if not k.startswith("MEDSOSBOT_")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self,
        folder: Path,
        point: str | None = None,
        nth: int = 1,
        after: float | None = None,
        largest: int | None = None,
    ) -> tuple[bool, int | None]:
        """One pass in one process: whether it was killed, else its exit code (0, or 1: something needs a person).

        largest: no file may grow beyond so many bytes, as if the disk were full. Exit code 70: it broke off.
        """
        order = {"folder": str(folder), "point": point, "nth": nth, "after": after, "largest": largest}
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if answer["killed"]:
            case.count_kill(folder, f"{point}#{nth}" if point else "a random moment")
        return answer["killed"], answer["code"]

    def close(self) -> None:
        """End the parent."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def run_pass(folder: Path) -> int:
    """One pass over this project; 0, or 1 where something needs a person."""
    from medsosbot.app import passes
    from medsosbot.clock import SystemClock
    from medsosbot.settings.load import load

    settings = load(folder / "config" / "medsosbot.yaml", {})
    return int(passes.run_pass(settings, SystemClock()).needs_a_person())


def _warm() -> None:
    """Import all, fill every cache, and shorten the moment between two looks at the folder."""
    from medsosbot.publishing import one_pass

    one_pass.LOOK_AGAIN = 0.01
    logging.disable()
    with tempfile.TemporaryDirectory() as folder:
        case.lay_out(Path(folder) / "case")
        run_pass(Path(folder) / "case")
    logging.disable(logging.NOTSET)


def _must_hold_nothing() -> None:
    """A database, a socket or a thread that a victim inherits would make it another process than the product's."""
    import psutil

    me = psutil.Process()
    bad = [f.path for f in me.open_files() if ".db" in f.path] + [str(c) for c in me.net_connections(kind="inet")]
    if bad or threading.active_count() > 1:
        raise SystemExit(f"the parent holds {bad}, threads {threading.enumerate()}")


def _fork(order: dict[str, Any]) -> tuple[bool, int | None]:
    _must_hold_nothing()
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            sys.stderr = (Path(order["folder"]) / "stderr.txt").open("a")
            if order["largest"] is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (order["largest"], order["largest"]))
            if order["point"]:
                points.arm(order["point"], order["nth"])
            code = run_pass(Path(order["folder"]))
        except BaseException as e:
            with contextlib.suppress(OSError):  # its disk is full too
                print(f"{type(e).__name__}: {e}", file=sys.stderr, flush=True)
        finally:
            os._exit(code)
    until = time.monotonic() + (LONGEST if order["after"] is None else order["after"])
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            break
        if time.monotonic() >= until:
            os.kill(pid, signal.SIGKILL)
            _, status = os.waitpid(pid, 0)
            break
        time.sleep(0.0005)
    return os.WIFSIGNALED(status), os.WEXITSTATUS(status) if os.WIFEXITED(status) else None


def main() -> None:
    """Fork one victim per order."""
    _warm()
    for line in sys.stdin:
        killed, code = _fork(json.loads(line))
        print(json.dumps({"killed": killed, "code": code}), flush=True)


if __name__ == "__main__":
    main()
