"""Who tells the staff chat, and at what pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medsosbot.clock import Clock
from medsosbot.options import Pace, Settings
from medsosbot.platforms import CHAT_SPACING

if TYPE_CHECKING:
    from medsosbot.platforms.telegram_client import TelegramSender


def senders(settings: Settings, clock: Clock) -> list[TelegramSender]:
    """The publishing bot first, then the public one where it is another; none without a token."""
    tokens = dict.fromkeys(t for t in (settings.secrets.telegram_token, settings.secrets.bot_token) if t)
    if not tokens:
        return []
    from medsosbot.platforms.telegram_client import TelegramSender  # half a second: not for an office that rehearses

    return [TelegramSender(token, settings.telegram.api_url, clock) for token in tokens]


def staff_pace(settings: Settings) -> Pace:
    """What the staff chat takes: the same as any chat."""
    per_minute = settings.telegram.per_minute
    return Pace(per_minute, spacing=CHAT_SPACING) if per_minute else Pace()
