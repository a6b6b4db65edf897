"""The stand-ins as pytest fixtures: `from tests.servers.fixtures import telegram, x` (or by tests/conftest.py)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.client import FakeTelegram, FakeX, start_telegram, start_x


@pytest.fixture
def telegram(tmp_path: Path) -> Iterator[FakeTelegram]:
    """The Bot API, fresh for this test."""
    with start_telegram(tmp_path / "servers") as server:
        yield server


@pytest.fixture
def x(tmp_path: Path) -> Iterator[FakeX]:
    """X's API v2, fresh for this test."""
    with start_x(tmp_path / "servers") as server:
        yield server
