"""From a post's id to its public link, and from what a person pastes back to the id. Pure, no client is loaded."""

from __future__ import annotations

import re

from medsosbot.options import Destination

PRIVATE = "-100"  # what Bot API ids of channels and supergroups begin with
T_ME = re.compile(r"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/(?:s/)?(c/\d+|\w+)(?:/\d+)?/(\d+)", re.IGNORECASE)
X_COM = re.compile(r"(?:https?://)?(?:www\.|mobile\.)?(?:x|twitter)\.com/(?:i/web|i|\w+)/status(?:es)?/(\d+)", re.I)
NUMBER = re.compile(r"\d{1,20}")


def telegram_link(chat: str | int | None, number: int | str, username: str | None = None) -> str | None:
    """The link of a message: by name where the chat has one, else for its members; None for a basic group."""
    name = username or (chat.removeprefix("@") if isinstance(chat, str) and chat.startswith("@") else None)
    if name:
        return f"https://t.me/{name}/{number}"
    if str(chat).startswith(PRIVATE):
        return f"https://t.me/c/{str(chat).removeprefix(PRIVATE)}/{number}"
    return None


def telegram_id(destination: Destination, typed: str) -> str | None:
    """The message id in a number or a t.me link; None for anything else, and for the link of another channel."""
    typed = typed.strip()
    if NUMBER.fullmatch(typed):
        return str(int(typed))
    found = T_ME.match(typed)
    if found is None:
        return None
    where, chat = found[1].lower(), str(destination.chat).lower()
    if where.startswith("c/") and chat.startswith("@"):
        return found[2]  # the name's number isn't known here
    if not where.startswith("c/") and not chat.startswith("@"):
        return found[2]
    ours = chat.removeprefix("@") if chat.startswith("@") else "c/" + chat.removeprefix(PRIVATE)
    return found[2] if where == ours else None


def x_link(number: str) -> str:
    """The link of a post, whoever owns it."""
    return f"https://x.com/i/web/status/{number}"


def x_id(typed: str) -> str | None:
    """The post's id in a number or an x.com link."""
    typed = typed.strip()
    if NUMBER.fullmatch(typed):
        return str(int(typed))
    found = X_COM.match(typed)
    return found[1] if found else None
