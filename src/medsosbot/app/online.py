"""check --online: what each platform says of our credentials and rights, before anything is published."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from medsosbot import platforms
from medsosbot.app.build import surroundings_of
from medsosbot.app.looks import reading
from medsosbot.clock import Clock
from medsosbot.errors import PublishError, UnauthorizedError
from medsosbot.options import Destination, Settings
from medsosbot.platforms.base import Platform
from medsosbot.storage import attempts
from medsosbot.wording import duration, listing

Json = dict[str, Any]
PUBLIC_BOT, STAFF = "bot umum", "grup staf"  # no destinations: their names hold no space
CLOSE = timedelta(seconds=30)
WRONG_CLOCK = "jam mesin ini meleset {by}: setel jamnya (NTP); sampai itu tidak ada yang terbit"


def check_online(settings: Settings, clock: Clock) -> tuple[Json, ...]:
    """CONTRACT's `online`, one per destination: ok or not, and in Indonesian what was found or what mends it."""
    return tuple(asyncio.run(_all(settings, clock)))


async def _all(settings: Settings, clock: Clock) -> list[Json]:
    known = _last_posts(settings)
    asked: list[Coroutine[Any, Any, Json | None]]
    asked = [_one(settings, clock, d, known.get(d.name)) for d in settings.destinations]
    if settings.telegram.poll and settings.secrets.bot_token not in (None, settings.secrets.telegram_token):
        asked.append(_public_bot(settings, clock))
    told = list(await asyncio.gather(*asked, _staff_chat(settings, clock)))
    return [t for t in told if t is not None]


async def _one(settings: Settings, clock: Clock, destination: Destination, known: str | None) -> Json:
    missing = [s for s in platforms.kind_of(destination).secrets if getattr(settings.secrets, s) is None]
    if missing:
        names = listing(f"MEDSOSBOT_{s.upper()}" for s in missing)
        return _told(destination.name, False, f"rahasia {names} belum ada; pasang di config/secrets.env")
    platform = platforms.open_platform(surroundings_of(settings, clock, destination))
    try:
        notes = await platform.check(known)
        wrong = await _clock_notes(platform, clock)
        return _told(destination.name, not wrong, "; ".join([*notes, *wrong]))
    except PublishError as e:
        return _told(destination.name, False, e.reason)
    finally:
        await platform.aclose()


async def _clock_notes(platform: Platform, clock: Clock) -> list[str]:
    """Says so where our clock is off by more than half a minute: nothing would be published."""
    server = await platform.server_time()
    apart = timedelta() if server is None else abs(clock.now() - server)
    return [WRONG_CLOCK.format(by=duration(apart))] if apart > CLOSE else []


async def _staff_chat(settings: Settings, clock: Clock) -> Json | None:
    """What is wrong with the staff's group; None where all is well, which the destinations' notes say too."""
    chat, token = settings.staff.chat, settings.secrets.telegram_token
    if chat is None or token is None:
        return None
    from medsosbot.platforms.telegram_check import check_staff
    from medsosbot.platforms.telegram_client import TelegramSender

    sender = TelegramSender(token, settings.telegram.api_url, clock)
    try:
        await check_staff(sender, chat)
    except PublishError as e:
        if isinstance(e, UnauthorizedError) and e.account and _needs(settings, "telegram_token"):
            return None  # the token itself: its destinations say so
        return _told(STAFF, False, e.reason)
    finally:
        await sender.aclose()
    return None


def _needs(settings: Settings, secret: str) -> bool:
    return any(secret in platforms.kind_of(d).secrets for d in settings.destinations)


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
