"""Planted secrets, real clients that nobody lets in, everything logged: nothing that is written may hold a secret."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest

SECRETS = {
    "MEDSOSBOT_TELEGRAM_TOKEN": "123456789:AAPlantedTelegramToken-abcdefghijkl",
    "MEDSOSBOT_BOT_TOKEN": "987654321:AAPlantedBotToken-abcdefghijklmnop",
    "MEDSOSBOT_X_API_KEY": "PlantedApiKey0123456789",
    "MEDSOSBOT_X_API_SECRET": "Planted+Api/Secret=0123456789",
    "MEDSOSBOT_X_ACCESS_TOKEN": "111-PlantedAccessToken0123456789",
    "MEDSOSBOT_X_ACCESS_SECRET": "PlantedAccessSecret0123456789",
}
CONFIG = """
destinations:
  - {{name: kanal, platform: telegram, chat: -1001234567890}}
  - {{name: x, platform: x}}
staff: {{chat: -1009876543210}}
telegram: {{api_url: "{url}"}}
x: {{api_url: "{url}"}}
checks: {{stale_after_days: null}}
"""


class Doorkeeper(BaseHTTPRequestHandler):
    """Lets nobody in, and repeats what was asked, secrets and all, as an unkind server might."""

    def do_POST(self) -> None:
        asked = self.headers.get("Authorization", "") + self.path
        body = json.dumps({"ok": False, "error_code": 401, "description": f"Unauthorized {asked}", "detail": asked})
        self.send_response(401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        """Says nothing itself."""


@pytest.fixture
def door() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Doorkeeper)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def office(tmp_path: Path, door: str) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "medsosbot.yaml").write_text(CONFIG.format(url=door))
    (tmp_path / "queue").mkdir()
    (tmp_path / "queue" / "apel.md").write_text(
        "---\ntitle: Apel Pagi\n---\nKPU Kaltim melaksanakan apel pagi, Senin (3/10/2022).\n"
    )
    return tmp_path


def told(office: Path, *argv: str) -> str:
    """All that a command prints."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("MEDSOSBOT_")}
    done = subprocess.run(
        [sys.executable, "-m", "medsosbot", *argv],
        cwd=office,
        env=environ | SECRETS | {"MEDSOSBOT_LOG_LEVEL": "debug"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stdout
    return done.stdout + done.stderr


def leaks(text: str) -> list[str]:
    """The names of the secrets that stand in the text, plain, URL-encoded or as their secret half."""
    found = []
    for name, secret in SECRETS.items():
        forms = {secret, quote(secret, safe=""), secret.partition(":")[2] or secret}
        if any(form in text for form in forms):
            found.append(name)
    return found


@pytest.mark.parametrize(
    "argv", [("check", "--online"), ("preview",), ("status",), ("doctor",), ("publish", "--dry-run")]
)
def test_no_looking_command_tells_a_secret(office: Path, argv: tuple[str, ...]) -> None:
    assert not leaks(told(office, *argv))


def test_a_pass_that_nobody_lets_in_tells_no_secret_and_keeps_none(office: Path) -> None:
    text = told(office, "publish")
    assert "kanal dijeda" in text
    assert "x dijeda" in text
    assert not leaks(text)
    kept = [p for p in office.rglob("*") if p.is_file()]
    assert any(p.name == "medsosbot.db" for p in kept)
    assert not [p for p in kept if leaks(p.read_bytes().decode("latin-1"))]


def test_a_planted_secret_would_be_found() -> None:
    assert leaks(f"GET /bot{SECRETS['MEDSOSBOT_TELEGRAM_TOKEN']}/getMe") == ["MEDSOSBOT_TELEGRAM_TOKEN"]
    assert leaks(quote(SECRETS["MEDSOSBOT_X_API_SECRET"], safe="")) == ["MEDSOSBOT_X_API_SECRET"]
