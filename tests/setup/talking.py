"""`medsosbot init` as a process of its own, with options alone or at a terminal (a pty) where somebody types."""

from __future__ import annotations

import http.client
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path

from tests.servers.client import TOKEN, FakeTelegram

BOT = "kpukaltim_bot"  # the stand-in's
PATIENCE = 45.0  # seconds; how long a test waits for what must be said, on a busy machine
PAINT = re.compile(r"\x1b\[[0-9;]*m")


def environ(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """No settings of whoever runs the suite."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("MEDSOSBOT_")}
    return own | {"PYTHONWARNINGS": "error", "PYTHONPATH": "", "TERM": "xterm", "COLUMNS": "1000"} | dict(more or {})


def init(folder: Path, *options: object, secrets: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Without a terminal; standard input would answer everything, if it were read."""
    command = [sys.executable, "-m", "medsosbot", "init", *map(str, options)]
    return subprocess.run(
        command, cwd=folder, env=environ(secrets), capture_output=True, text=True, timeout=120, input="ya\n" * 50
    )


def put_webhook(telegram: FakeTelegram, url: str) -> None:
    """Another service takes the bot's updates by a webhook."""
    line = http.client.HTTPConnection("127.0.0.1", telegram.port, timeout=10)
    line.request("POST", f"/bot{TOKEN}/setWebhook", f"url={url}", {"Content-Type": "application/x-www-form-urlencoded"})
    assert line.getresponse().status == 200
    line.close()


class Talk:
    """init at a terminal. `hear` waits for words that come after all that was heard before."""

    def __init__(self, folder: Path, *options: object, secrets: Mapping[str, str] | None = None) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "medsosbot", "init", *map(str, options)],
            cwd=folder,
            env=environ(secrets),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self._raw, self._heard = b"", 0

    def __enter__(self) -> Talk:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._ours)

    @property
    def screen(self) -> str:
        """All that stands on the screen so far."""
        return PAINT.sub("", self._raw.decode("utf-8", "replace")).replace("\r\n", "\n")

    @property
    def echoes(self) -> bool:
        """Does the terminal show what is typed?"""
        return bool(termios.tcgetattr(self._ours)[3] & termios.ECHO)

    def hear(self, words: str) -> str:
        """Wait for these words; all that was said up to them since the last time."""
        until = time.monotonic() + PATIENCE
        while (at := self.screen.find(words, self._heard)) < 0:
            assert time.monotonic() < until, f"«{words}» was not said:\n{self.screen[self._heard :]}"
            assert self._read(until), f"it ended without «{words}»:\n{self.screen[self._heard :]}"
        said = self.screen[self._heard : at + len(words)]
        self._heard = at + len(words)
        return said

    def type(self, line: str) -> None:
        """A line and Enter."""
        os.write(self._ours, line.encode() + b"\n")

    def answer(self, question: str, line: str) -> str:
        """Wait for the question, then type the answer; what was said up to it."""
        said = self.hear(question)
        self.type(line)
        return said

    def interrupt(self) -> None:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)

    def end(self) -> int:
        """Read on to its end; the exit code."""
        until = time.monotonic() + PATIENCE
        while self._read(until):
            pass
        return self.process.wait(PATIENCE)

    def _read(self, until: float) -> bool:
        ready, _, _ = select.select([self._ours], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return False
        try:
            chunk = os.read(self._ours, 65536)
        except OSError:  # the other end is closed
            return False
        self._raw += chunk
        return bool(chunk)
