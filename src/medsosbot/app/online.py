"""check --online: what each platform says of our credentials and rights, before anything is published."""

from __future__ import annotations

import asyncio
from typing import Any

from medsosbot import platforms
from medsosbot.app.build import surroundings_of
from medsosbot.app.looks import reading
from medsosbot.clock import Clock
from medsosbot.errors import PublishError
from medsosbot.options import Destination, Settings
from medsosbot.storage import attempts
from medsosbot.wording import listing

Json = dict[str, Any]
PUBLIC_BOT = "bot umum"  # no destination: their names hold no space


def check_online(settings: Settings, clock: Clock) -> tuple[Json, ...]:
    """CONTRACT's `online`, one per destination: ok or not, and in Indonesian what was found or what mends it."""
    return tuple(asyncio.run(_all(settings, clock)))


async def _all(settings: Settings, clock: Clock) -> list[Json]:
    known = _last_posts(settings)
    asked = [_one(settings, clock, d, known.get(d.name)) for d in settings.destinations]
    if settings.telegram.poll and settings.secrets.bot_token not in (None, settings.secrets.telegram_token):
        asked.append(_public_bot(settings, clock))
    return list(await asyncio.gather(*asked))


async def _one(settings: Settings, clock: Clock, destination: Destination, known: str | None) -> Json:
    missing = [s for s in platforms.kind_of(destination).secrets if getattr(settings.secrets, s) is None]
    if missing:
        names = listing(f"MEDSOSBOT_{s.upper()}" for s in missing)
        return _told(destination.name, False, f"rahasia {names} belum ada; pasang di config/secrets.env")
    platform = platforms.open_platform(surroundings_of(settings, clock, destination))
    try:
        return _told(destination.name, True, "; ".join(await platform.check(known)))
    except PublishError as e:
        return _told(destination.name, False, e.reason)
    finally:
        await platform.aclose()


async def _public_bot(settings: Settings, clock: Clock) -> Json:
    """The bot that answers the public, where it has a token of its own."""
    from medsosbot.platforms.telegram_client import TelegramSender  # a mock-only office loads no client

    sender = TelegramSender(settings.secrets.bot_token, settings.telegram.api_url, clock)
    try:
        me = await sender.call(lambda bot: bot.get_me())
        return _told(PUBLIC_BOT, True, f"bot @{me.username} menjawab umum")
    except PublishError as e:
        return _told(PUBLIC_BOT, False, e.reason)
    finally:
        await sender.aclose()


def _last_posts(settings: Settings) -> dict[str, str]:
    """The last known post of each destination, by name."""
    with reading(settings) as tx:
        if tx is None:
            return {}
        found = {d.name: attempts.highest_id(tx, platforms.kind_of(d).key(d)) for d in settings.destinations}
    return {name: str(number) for name, number in found.items() if number is not None}


def _told(name: str, ok: bool, message: str) -> Json:
    return {"destination": name, "ok": ok, "message": message}
