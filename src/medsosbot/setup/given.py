"""What was answered beforehand, as options or by the environment; and what is then still missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from medsosbot.errors import Fault, SettingsError
from medsosbot.options import Secrets, Settings
from medsosbot.settings.values import WrongValueError
from medsosbot.setup.chats import chat_of
from medsosbot.setup.writing import place_of


@dataclass(frozen=True)
class Given:
    """Answers that need not be asked for. secrets: of the options, the environment and secrets.env, in this order.

    x: True: set X up; False: leave it; None: ask. name: which destination becomes the channel.
    patience: seconds to wait for one thing.
    """

    secrets: Secrets = field(default_factory=Secrets)
    channel: str | int | None = None
    staff: str | int | None = None
    editors: tuple[int, ...] = ()
    x: bool | None = None
    name: str | None = None
    delete_webhook: bool = False
    patience: float = 600.0


def channel_now(settings: Settings, given: Given) -> str | int | None:
    """The channel that the config names already."""
    at = place_of(settings.destinations, "telegram", given.name)
    return None if at is None else settings.destinations[at].chat


def has_editor(settings: Settings) -> bool:
    """Does the config know somebody who decides?"""
    return "editor" in settings.staff.members.values()


def require_all(given: Given, settings: Settings) -> None:
    """Where nobody can be asked: every answer that is missing, at once. Raises SettingsError."""
    wanted = [
        (given.secrets.telegram_token, "--token-file", "a file with the bot's token, or set MEDSOSBOT_TELEGRAM_TOKEN"),
        (given.channel or channel_now(settings, given), "--channel", "the channel's @name, number (-100…) or link"),
        (given.staff or settings.staff.chat, "--staff", "the staff group's number; /id@<bot> in the group tells it"),
        (given.editors or has_editor(settings), "--editor", "a person's number; /id tells it to whoever asks the bot"),
    ]
    faults = [
        Fault("is missing, and there is no terminal to ask at", hint, key=k) for value, k, hint in wanted if not value
    ]
    if faults:
        raise SettingsError(*faults)


def check_name(given: Given, settings: Settings) -> None:
    """Raises SettingsError where --name names no destination that may become the channel."""
    if given.name is None:
        return
    at = place_of(settings.destinations, "telegram", given.name)
    if at is None or settings.destinations[at].platform not in ("telegram", "mock"):
        known = ", ".join(d.name for d in settings.destinations if d.platform in ("telegram", "mock"))
        raise SettingsError(
            Fault(f"there is no destination {given.name!r} for a channel", f"known: {known}", key="--name")
        )


def chat_option(option: str) -> Callable[[str], str | int]:
    """A parser for an option that names a chat; raises SettingsError."""

    def parse(typed: str) -> str | int:
        try:
            return chat_of(typed)
        except WrongValueError as e:
            raise SettingsError(Fault(e.message, e.hint, key=option)) from None

    return parse
