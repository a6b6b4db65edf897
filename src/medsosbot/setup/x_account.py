"""X's four keys: asked for, or taken as given, and tried before anything is written."""

from __future__ import annotations

from dataclasses import replace

from medsosbot.clock import Clock
from medsosbot.errors import PublishError, SetupError
from medsosbot.options import Destination, Secrets, Settings
from medsosbot.platforms import REGISTRY, open_platform
from medsosbot.platforms.base import Surroundings
from medsosbot.setup import taps
from medsosbot.setup.asking import Asker
from medsosbot.setup.given import Given

KEYS = REGISTRY["x"].secrets


def complete(secrets: Secrets) -> bool:
    """Are all four there?"""
    return all(getattr(secrets, key) for key in KEYS)


async def set_up(asker: Asker, clock: Clock, settings: Settings, given: Given) -> tuple[Secrets, str] | None:
    """The keys that X takes and what it says of the account; None where X is left for later. Raises SetupError."""
    secrets = given.secrets
    asked = given.x
    if asked is None:
        asked = await _wanted(asker, settings, secrets)
    if not asked:
        return None
    if not complete(secrets) and not asker.interactive:
        raise SetupError(f"Kunci X belum lengkap. {taps.X_BY_HAND}")
    while True:
        if not complete(secrets):
            secrets = await _ask(asker, secrets)
        try:
            return secrets, await _try(clock, settings, secrets)
        except PublishError as e:
            trouble = taps.X_REFUSED.format(why=e.reason)
            if not asker.interactive:
                raise SetupError(trouble) from None
            asker.say(trouble, "yellow")
            if not await asker.yes("Ketik kuncinya sekali lagi?", default=True):
                return None
            secrets = replace(secrets, **dict.fromkeys(KEYS))


def later(given: Given) -> str:
    """How to set X up another time."""
    return taps.X_KEYS_ARE_THERE if complete(given.secrets) else taps.X_BY_HAND


async def _wanted(asker: Asker, settings: Settings, secrets: Secrets) -> bool:
    if not asker.interactive:  # keys alone don't make anything public
        return complete(secrets) and any(d.platform == "x" for d in settings.destinations)
    if complete(secrets):
        return await asker.yes("Kunci X sudah ada. Terbitkan juga ke X?", default=True)
    return await asker.yes("Terbitkan juga ke X? Perlu empat kunci dari developer.x.com.", default=False)


async def _ask(asker: Asker, secrets: Secrets) -> Secrets:
    asker.say("Salin satu per satu dari developer.x.com, «Keys and tokens»; yang Anda ketik tidak tampak.")
    typed = {key: await asker.secret(f"{label}: ") for key, label in taps.X_PROMPTS.items()}
    return replace(secrets, **{key: value or None for key, value in typed.items()})


async def _try(clock: Clock, settings: Settings, secrets: Secrets) -> str:
    platform = open_platform(
        Surroundings(
            destination=Destination(name="x", platform="x"),
            clock=clock,
            var=settings.var,
            secrets=secrets,
            staff=settings.staff,
            telegram=settings.telegram,
            x=settings.x,
        )
    )
    try:
        return "; ".join(await platform.check())
    finally:
        await platform.aclose()
