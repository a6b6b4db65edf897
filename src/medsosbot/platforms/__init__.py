"""The platforms, by name.

A new one costs a file, an entry here, its section of the config, and a line in the contract test.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from importlib import import_module

from medsosbot.model import PostStyle
from medsosbot.options import Destination, Pace
from medsosbot.platforms.base import Kind, Platform, Surroundings
from medsosbot.platforms.links import telegram_id, telegram_link, x_id, x_link
from medsosbot.platforms.styles import LOOKS

# Telegram: about one message a second in a chat (Bot API FAQ); X: 100 posts in 15 minutes (X API documentation).
CHAT_SPACING = timedelta(seconds=1)
ACCOUNT_WINDOW = timedelta(minutes=15)

REGISTRY: dict[str, Kind] = {
    "telegram": Kind(
        style=lambda d: LOOKS["telegram"],
        target="medsosbot.platforms.telegram:TelegramPlatform",
        pace=lambda telegram, x: Pace(
            telegram.per_minute, spacing=CHAT_SPACING if telegram.per_minute else timedelta()
        ),
        key=lambda d: f"telegram {str(d.chat).lower()}",
        secrets=("telegram_token",),
        remote_id=telegram_id,
        link=lambda d, number: telegram_link(d.chat, number),
    ),
    "x": Kind(
        style=lambda d: LOOKS["x"],
        target="medsosbot.platforms.x:XPlatform",
        pace=lambda telegram, x: Pace(x.per_15_minutes, window=ACCOUNT_WINDOW),
        key=lambda d: "x",
        secrets=("x_api_key", "x_api_secret", "x_access_token", "x_access_secret"),
        remote_id=lambda d, typed: x_id(typed),
        link=lambda d, number: x_link(number),
    ),
    "mock": Kind(
        style=lambda d: LOOKS[d.like],
        target="medsosbot.platforms.mock:MockPlatform",
        pace=lambda telegram, x: Pace(),
        key=lambda d: f"mock {d.name}",
        real=False,
    ),
}


def kind_of(destination: Destination) -> Kind:
    """What the registry says of this destination's platform."""
    return REGISTRY[destination.platform]


def style_of(destination: Destination) -> PostStyle:
    """The style of this destination, with its own link policy; loads no client."""
    return replace(kind_of(destination).style(destination), link=destination.link)


def open_platform(surroundings: Surroundings) -> Platform:
    """Build the platform of one destination; its client is imported here and not before."""
    module, _, name = kind_of(surroundings.destination).target.partition(":")
    platform: Platform = getattr(import_module(module), name)(surroundings)
    return platform


def remote_id_of(destination: Destination, typed: str) -> str | None:
    """The remote id in what a person typed or pasted (a number or a post's link); None where there is none."""
    return kind_of(destination).remote_id(destination, typed)


def link_of(destination: Destination, remote_id: str) -> str | None:
    """The public link of a post of this destination; None where there is none."""
    return kind_of(destination).link(destination, remote_id)
