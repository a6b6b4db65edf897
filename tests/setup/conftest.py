from __future__ import annotations

from pathlib import Path

import pytest

from tests.servers.client import FakeTelegram, FakeX

SHIPPED = Path(__file__).parents[2] / "config" / "medsosbot.yaml"


@pytest.fixture
def office(tmp_path: Path, telegram: FakeTelegram, x: FakeX) -> Path:
    """A project folder with the config that ships, pointed at the stand-ins."""
    folder = tmp_path / "office"
    (folder / "config").mkdir(parents=True)
    text = SHIPPED.read_text() + f"\ntelegram:\n  api_url: {telegram.api_url}\nx:\n  api_url: {x.api_url}\n"
    (folder / "config" / "medsosbot.yaml").write_text(text)
    return folder
