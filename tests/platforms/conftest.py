"""Platforms, each at its own stand-in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from medsosbot.clock import SystemClock
from medsosbot.model import Intent, Part
from medsosbot.options import Destination, Secrets, Staff, Telegram, X
from medsosbot.platforms import open_platform
from medsosbot.platforms.base import Surroundings
from medsosbot.platforms.telegram import TelegramPlatform
from medsosbot.platforms.x import XPlatform
from tests.servers.client import CHANNEL, KEYS, STAFF_ID, TOKEN, FakeTelegram, FakeX

REAL_KEYS: dict[str, Any] = {f"x_{name}": value for name, value in KEYS.items()}


def surroundings(tmp_path: Path, destination: Destination, **given: Any) -> Surroundings:
    """What a platform is built from; given: other values for its fields."""
    usual: dict[str, Any] = {
        "clock": SystemClock(),
        "var": tmp_path / "var",
        "secrets": Secrets(telegram_token=TOKEN, **REAL_KEYS),
        "staff": Staff(chat=STAFF_ID),
        "telegram": Telegram(),
        "x": X(),
    }
    return Surroundings(destination=destination, **(usual | given))


def post(text: str, markup: str | None = None, item: str = "rapat") -> Part:
    return Part(item, 1, text, markup)


def intent(anchor: str | None, *known: str, at: datetime | None = None) -> Intent:
    return Intent(at or datetime.now(UTC), anchor, frozenset(known))


@pytest.fixture
async def channel(tmp_path: Path, telegram: FakeTelegram) -> AsyncIterator[TelegramPlatform]:
    """A Telegram destination at the stand-in's channel."""
    where = surroundings(
        tmp_path, Destination("kanal", "telegram", CHANNEL), telegram=Telegram(api_url=telegram.api_url)
    )
    platform = open_platform(where)
    assert isinstance(platform, TelegramPlatform)
    yield platform
    await platform.aclose()


@pytest.fixture
async def account(tmp_path: Path, x: FakeX) -> AsyncIterator[XPlatform]:
    """An X destination at the stand-in's account."""
    platform = open_platform(surroundings(tmp_path, Destination("x", "x"), x=X(api_url=x.api_url)))
    assert isinstance(platform, XPlatform)
    yield platform
    await platform.aclose()
