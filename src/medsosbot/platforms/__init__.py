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
from medsosbot.platforms.styles import LOOKS

REGISTRY: dict[str, Kind] = {
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


# Telegram: about one message a second in a chat (Bot API FAQ); X: 100 posts in 15 minutes (X API documentation).
CHAT_SPACING = timedelta(seconds=1)
ACCOUNT_WINDOW = timedelta(minutes=15)
