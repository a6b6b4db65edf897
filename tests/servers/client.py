"""How a test uses the stand-ins. Each is a process of its own; its journal outlives it.

    with start_telegram(tmp_path) as telegram:
        telegram.api_url                                  # for the config's telegram.api_url
        telegram.fault("sendMessage", "close", accept=True)   # taken, then the line drops (kinds: faults.py)
        telegram.order("kick" …)                          # anything in telegram_control.py / x.py `control_…`
        telegram.posts()                                  # what stands in the channel now
        telegram.journal()                                # every call so far (base.py tells the keys)

`start_x` is the same for X. `stop()` kills the process; `order` raises AssertionError when it is refused.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.servers.telegram_chats import CHANNEL, CHANNEL_ID, SECOND_TOKEN, STAFF_ID, TOKEN
from tests.servers.x import KEYS, USER_ID

__all__ = [
    "CHANNEL", "CHANNEL_ID", "KEYS", "SECOND_TOKEN", "STAFF_ID", "TOKEN", "USER_ID",
    "FakeTelegram", "FakeX", "StandInProcess", "start_telegram", "start_x",
]  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 20.0


class StandInProcess:
    """One stand-in in a process of its own. port 0 = a free one; a fixed port can be started again after `stop`."""

    name = ""
    main_call = ""  # the call that posts

    def __init__(self, folder: Path, port: int = 0) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.journal_file = folder / f"{self.name}.jsonl"
        ready = folder / f"{self.name}.ready"
        ready.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.servers", "--only", self.name, f"--{self.name}-port", str(port)]
        self._process = subprocess.Popen(
            [*command, "--log", str(folder), "--ready", str(ready)],
            cwd=ROOT,
            env={k: v for k, v in os.environ.items() if not k.startswith("MEDSOSBOT_")},
            stdout=subprocess.DEVNULL,
        )
        until = time.monotonic() + START_SECONDS
        while not ready.exists():
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise RuntimeError(f"the stand-in for {self.name} did not start")
            time.sleep(0.01)
        self.api_url: str = json.loads(ready.read_text())[self.name]

    @property
    def port(self) -> int:
        return int(self.api_url.rpartition(":")[2])

    def order(self, do: str, **given: Any) -> Any:
        """Send one order to the control endpoint; its result."""
        line = http.client.HTTPConnection(urlsplit(self.api_url).netloc, timeout=10)
        try:
            line.request("POST", "/_control", json.dumps({"do": do} | given).encode())
            answer = json.loads(line.getresponse().read())
        finally:
            line.close()
        assert "error" not in answer, answer
        return answer["result"]

    def fault(self, method: str, kind: str, **given: Any) -> None:
        """Let the next call of this method go wrong; see faults.py for kinds and further keys (accept, times …)."""
        self.order("fault", method=method, kind=kind, **given)

    def answer_with(self, method: str, status: int, body: Any = None, **given: Any) -> None:
        """Answer the next call with this status and body (None: an HTML error page)."""
        extra = {} if body is None else {"body": body}
        self.fault(method, "answer", status=status, **extra, **given)

    def clear_faults(self) -> None:
        self.order("clear_faults")

    def journal(self, method: str | None = None) -> list[dict[str, Any]]:
        """All calls so far, or those of one method."""
        lines = self.journal_file.read_text().splitlines() if self.journal_file.exists() else []
        calls = [json.loads(line) for line in lines]
        return [c for c in calls if method in (None, c["method"])]

    def accepted(self, method: str | None = None) -> list[dict[str, Any]]:
        """The posting calls that the platform took."""
        return [c for c in self.journal(method or self.main_call) if c["verdict"] == "accepted"]

    def reset(self, folder: Path) -> None:
        """As if it were started anew, with its journal in this folder; quicker than a new process."""
        folder.mkdir(parents=True, exist_ok=True)
        self.journal_file = folder / f"{self.name}.jsonl"
        self.order("reset", log=str(self.journal_file))

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def stop(self) -> None:
        """Kill the process: from now on connections are refused."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()


class FakeTelegram(StandInProcess):
    """The Bot API: bot TOKEN is admin of CHANNEL and member of the group STAFF_ID; SECOND_TOKEN is in that group."""

    name, main_call = "telegram", "sendMessage"

    def posts(self, chat: str | int = CHANNEL) -> list[dict[str, Any]]:
        """The messages that stand in a chat, as Message objects, oldest first."""
        found: list[dict[str, Any]] = self.order("messages", chat=chat)
        return found

    def say(self, text: str, **given: Any) -> int | None:
        """A person writes to the bot (or in `chat`); see telegram_control.Control.say."""
        number: int | None = self.order("say", text=text, **given)
        return number

    def rate_limit(self, seconds: int, method: str = "sendMessage", times: int | None = 1, **given: Any) -> None:
        """429 with retry_after."""
        text = f"Too Many Requests: retry after {seconds}"
        body = {"ok": False, "error_code": 429, "description": text, "parameters": {"retry_after": seconds}}
        self.answer_with(method, 429, body, times=times, **given)

    def rival(self, times: int | None = None) -> None:
        """Another poller holds the token: getUpdates is refused with 409 until the faults are cleared."""
        text = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        self.answer_with("getUpdates", 409, {"ok": False, "error_code": 409, "description": text}, times=times)

    @property
    def secrets(self) -> dict[str, str]:
        """Environment variables with the token that this stand-in knows."""
        return {"MEDSOSBOT_TELEGRAM_TOKEN": TOKEN}


class FakeX(StandInProcess):
    """API v2 with the one account that KEYS open."""

    name, main_call = "x", "POST /2/tweets"

    def posts(self) -> list[dict[str, Any]]:
        """All posts, oldest first: id, text (as shown), source (as sent), at, urls, reply."""
        found: list[dict[str, Any]] = self.order("messages")
        return found

    @property
    def secrets(self) -> dict[str, str]:
        """Environment variables with the keys that this stand-in knows."""
        return {f"MEDSOSBOT_X_{name.upper()}": value for name, value in KEYS.items()}


@contextmanager
def start_telegram(folder: Path, port: int = 0) -> Iterator[FakeTelegram]:
    """Start the Bot API's stand-in; its journal is folder/telegram.jsonl."""
    server = FakeTelegram(folder, port)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def start_x(folder: Path, port: int = 0) -> Iterator[FakeX]:
    """Start X's stand-in; its journal is folder/x.jsonl."""
    server = FakeX(folder, port)
    try:
        yield server
    finally:
        server.stop()
