"""The bot and the publisher against the Bot API's stand-in on loopback, in one run on one machine.

terkini_ratio: answers per second of `medsosbot run`, next to the barest python-telegram-bot handler: at least 0.9.
posts_per_second, cpu_per_post: `medsosbot run` with no pace set, from the files in the queue to the channel.
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.servers.client import CHANNEL, TOKEN, FakeTelegram, start_telegram

ROOT = Path(__file__).resolve().parents[1]
LIMITS = {"terkini_ratio": ">= 0.9"}
ROUNDS, QUESTIONS, POSTS = 3, 600, 150
PATIENCE = 120.0


def run() -> dict[str, float]:
    """The figures, by name."""
    bare, ours = [], []
    for _ in range(ROUNDS):  # by turns, so that a busy machine is as unfair to one as to the other
        bare.append(_answers_per_second(_bare))
        ours.append(_answers_per_second(_ours))
    figures = {
        "terkini_bare_per_second": statistics.median(bare),
        "terkini_per_second": statistics.median(ours),
        "terkini_ratio": statistics.median(o / b for o, b in zip(ours, bare, strict=True)),
    }
    return figures | _publishing()


def _answers_per_second(start: Callable[[FakeTelegram, Path], subprocess.Popen[bytes]]) -> float:
    """All questions wait when the bot comes up; each is of another person, in private."""
    with tempfile.TemporaryDirectory() as name, start_telegram(Path(name) / "servers") as telegram:
        for n in range(QUESTIONS):
            telegram.say("/terkini", user=100_000 + n)
        process = start(telegram, Path(name))
        try:
            at = _accepted(telegram, QUESTIONS)
        finally:
            _end(process)
    return (len(at) - 1) / (at[-1] - at[0])


def _bare(telegram: FakeTelegram, folder: Path) -> subprocess.Popen[bytes]:
    project = _project(folder / "text", telegram)
    text = json.loads(_medsosbot(project, "--json", "terkini"))["text"]
    command = [sys.executable, "-m", "bench.bare_bot", telegram.api_url, TOKEN]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdin is not None
    process.stdin.write(text.encode())
    process.stdin.close()
    return process


def _ours(telegram: FakeTelegram, folder: Path) -> subprocess.Popen[bytes]:
    return _service(_project(folder / "text", telegram), telegram)


def _project(folder: Path, telegram: FakeTelegram) -> Path:
    """A rehearsing office with the page's releases published, its bot without a bound on answers."""
    _config(folder, "[{name: kanal, platform: mock}]", telegram)
    _medsosbot(folder, "import", str(ROOT / "seeds" / "berita-terkini.txt"))
    _medsosbot(folder, "publish")
    for number in range(1, 7):
        _medsosbot(folder, "release", str(number))
    _medsosbot(folder, "publish")
    return folder


def _publishing() -> dict[str, float]:
    idle, _ = _cpu_of_run(0)
    began = time.monotonic()
    busy, per_second = _cpu_of_run(POSTS)
    assert time.monotonic() - began < PATIENCE
    return {"posts_per_second": per_second, "cpu_per_post": (busy - idle) / POSTS}


def _cpu_of_run(posts: int) -> tuple[float, float]:
    """CPU seconds of a whole run that publishes so many, and the posts per second from the first to the last."""
    with tempfile.TemporaryDirectory() as name, start_telegram(Path(name) / "servers") as telegram:
        folder = Path(name) / "office"
        _config(folder, f'[{{name: kanal, platform: telegram, chat: "{CHANNEL}"}}]', telegram)
        (folder / "queue").mkdir()
        for n in range(posts):
            text = f"---\ntitle: Rapat nomor {n}\n---\nKPU Kaltim menggelar rapat nomor {n} di aula kantor.\n"
            (folder / "queue" / f"rapat-{n}.md").write_text(text)
        process = _service(folder, telegram)
        if posts:
            at = _accepted(telegram, posts)
        else:
            at = [0.0, 1.0]
            time.sleep(8)
        process.send_signal(signal.SIGTERM)
        _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime, (len(at) - 1) / (at[-1] - at[0])


def _config(folder: Path, destinations: str, telegram: FakeTelegram) -> None:
    (folder / "config").mkdir(parents=True)
    api = json.dumps({"api_url": telegram.api_url, "per_second": 0, "per_minute": 0})
    (folder / "config" / "medsosbot.yaml").write_text(
        f"office: {{name: KPU Kaltim}}\ndestinations: {destinations}\ntelegram: {api}\n"
        "checks: {stale_after_days: null}\n"
    )


def _medsosbot(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "medsosbot", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE).stdout


def _service(folder: Path, telegram: FakeTelegram) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "medsosbot", "run"]
    return subprocess.Popen(command, cwd=folder, env=os.environ | telegram.secrets, stderr=subprocess.DEVNULL)


def _accepted(telegram: FakeTelegram, count: int) -> list[float]:
    """When each message was taken, once there are so many."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        time.sleep(0.5)
        at: list[Any] = [call["at"] for call in telegram.accepted()]
        if len(at) >= count:
            return sorted(at)[:count]
    raise RuntimeError(f"only {len(at)} of {count} messages arrived")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
