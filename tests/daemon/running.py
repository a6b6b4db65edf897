"""`medsosbot run` as a process of its own, with a config, its log, and the stand-ins' secrets."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.servers.client import CHANNEL, STAFF_ID, FakeTelegram

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds" / "berita-terkini.txt"
PATIENCE = 45.0  # seconds; how long a test waits for what must happen, on a busy machine

MOCKS = """
  - {name: kanal, platform: mock}
  - {name: x, platform: mock, like: x}
"""


def project(folder: Path, *, destinations: str = MOCKS, more: str = "") -> Path:
    """A project's folder with its config; the news may be of any age."""
    (folder / "config").mkdir(parents=True, exist_ok=True)
    (folder / "config" / "medsosbot.yaml").write_text(
        f"office: {{name: KPU Kaltim, site: https://kaltim.kpu.go.id}}\n"
        f"destinations:{destinations}\nchecks: {{stale_after_days: null}}\n{more}"
    )
    return folder


def medsosbot(folder: Path, *words: str, secrets: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """One command in that project, to its end."""
    command = [sys.executable, "-m", "medsosbot", *words]
    return subprocess.run(command, cwd=folder, env=_environ(secrets), capture_output=True, text=True, timeout=120)


def until(holds: Callable[[], Any], what: str = "it") -> Any:
    """Wait until something holds; what it gave. Fails after PATIENCE."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} didn't happen in {PATIENCE} s")


class Running:
    """The service at work."""

    def __init__(self, folder: Path, secrets: Mapping[str, str] | None = None, *words: str, **options: Any) -> None:
        self.folder = folder
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "medsosbot", "run", *words],
            cwd=folder,
            env=_environ(secrets),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    @property
    def log(self) -> str:
        """All that it wrote to standard error so far."""
        return "".join(self.lines)

    def wait_for(self, words: str, times: int = 1) -> None:
        """Until the log holds these words so often."""
        until(lambda: self.log.count(words) >= times or self.process.poll() is not None, f"«{words}»\n{self.log}")
        assert self.log.count(words) >= times, self.log

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send the signal; the exit code."""
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        """Wait for its own end; the exit code."""
        code = self.process.wait(PATIENCE)
        self._reading.join(PATIENCE)
        return code

    def kill(self) -> None:
        """As a power cut would."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._reading.join(PATIENCE)
        if self.process.stdout:
            self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr:
            for line in self.process.stderr:
                self.lines.append(line)


@contextmanager
def running(
    folder: Path, secrets: Mapping[str, str] | None = None, *words: str, ready: bool = True, **options: Any
) -> Iterator[Running]:
    """Start the service, wait until it is ready, and make sure of its end."""
    service = Running(folder, secrets, *words, **options)
    try:
        if ready:
            service.wait_for(" ready ")
        yield service
    finally:
        service.kill()


def _environ(secrets: Mapping[str, str] | None) -> dict[str, str]:
    own = {k: v for k, v in os.environ.items() if not k.startswith("MEDSOSBOT_")}
    return own | {"PYTHONWARNINGS": "error", "PYTHONPATH": ""} | dict(secrets or {})


EDITOR, WRITER = 7001, 7002
STAFF = f"staff: {{chat: {STAFF_ID}, members: {{'{EDITOR}': editor, '{WRITER}': penulis}}}}\n"
CHANNEL_ALONE = f'\n  - {{name: kanal, platform: telegram, chat: "{CHANNEL}"}}'
CHANNEL_AND_X = CHANNEL_ALONE + "\n  - {name: x, platform: x}"


def telegram_keys(telegram: FakeTelegram, **keys: object) -> str:
    return "telegram: " + json.dumps({"api_url": telegram.api_url, "per_minute": 0} | keys) + "\n"


def release(folder: Path, name: str = "rapat", **head: str) -> Path:
    """A file in the queue that nothing holds."""
    (folder / "queue").mkdir(exist_ok=True)
    path = folder / "queue" / f"{name}.md"
    keys = "".join(f"{key}: {value}\n" for key, value in head.items())
    path.write_text(f"---\ntitle: Rapat {name}\n{keys}---\nKPU Kaltim menggelar rapat {name} di aula kantor.\n")
    return path


def answers(telegram: FakeTelegram, chat: int) -> list[str]:
    """What bots said in a chat."""
    return [m["text"] for m in telegram.posts(chat) if m.get("from", {}).get("is_bot")]


def states(folder: Path) -> list[str]:
    items = json.loads(medsosbot(folder, "--json", "status").stdout)["items"]
    return [d["state"] for item in items for d in item["deliveries"]]


def posted(folder: Path, name: str = "kanal") -> list[str]:
    file = folder / "var" / "mock" / f"{name}.jsonl"
    return [json.loads(line)["text"] for line in file.read_text().splitlines()] if file.exists() else []
