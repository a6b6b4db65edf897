"""What Telegram tells of a chat and of our rights there, and how a person may name a chat."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from telegram import User
from telegram.error import ChatMigrated

from medsosbot.errors import PublishError
from medsosbot.platforms.telegram_client import PlainBot, TelegramSender
from medsosbot.settings.values import chat as parse_chat
from medsosbot.wording import count, quote

ADMIN = ("administrator", "creator")
PRESENT = (*ADMIN, "member", "restricted")
GROUPS = ("group", "supergroup")
_LINK = re.compile(r"(?:https?://)?(?:t|telegram)\.me/(?:(c)/)?(\w+)(?:/\d+)*/?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A chat as it is now. kind: channel, supergroup, group or private. rights: getChatMember's answer about us.

    members: None where Telegram doesn't tell. moved: it was asked by the id that it had as a plain group.
    """

    id: int
    kind: str
    title: str
    username: str | None
    members: int | None
    rights: dict[str, Any]
    protected: bool = False
    moved: bool = False

    @property
    def address(self) -> str | int:
        """How the config names it: a public channel by its @name, which also makes the posts' links."""
        return f"@{self.username}" if self.username else self.id

    @property
    def admin(self) -> bool:
        """Is the bot an admin there?"""
        return self.rights.get("status") in ADMIN

    @property
    def inside(self) -> bool:
        """Is the bot in there at all?"""
        return self.rights.get("status") in PRESENT

    @property
    def may_post(self) -> bool:
        """May the bot post there?"""
        if self.kind == "channel":
            return self.admin and self.rights.get("can_post_messages") is not False
        return self.inside and self.rights.get("can_send_messages") is not False

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return {"id": self.id, "title": self.title, "username": self.username, "members": self.members}

    @property
    def shown(self) -> str:
        """Title, link and number of members, for a person who has to say yes."""
        what = "kanal" if self.kind == "channel" else "grup"
        link = f"https://t.me/{self.username}" if self.username else "tertutup, tanpa tautan umum (tidak apa-apa)"
        size = "" if self.members is None else f", {count('anggota', self.members)}"
        return f"{what} {quote(self.title)}, {link}{size} (id {self.id})"


async def look_up(sender: TelegramSender, me: User, chat: str | int) -> Found:
    """Ask Telegram of a chat; a group that became a supergroup is followed. Raises PublishError."""
    told, moved = await sender.call(lambda bot: _followed(bot, chat))
    number = told.get("id")
    number = number if isinstance(number, int) else int(chat)
    rights = await _rights(sender, number, me.id)
    username = told.get("username")
    return Found(
        id=number,
        kind=str(told.get("type") or ""),
        title=str(told.get("title") or told.get("first_name") or number),
        username=username if isinstance(username, str) and username else None,
        members=await _members(sender, number),
        rights=rights,
        protected=told.get("has_protected_content") is True,
        moved=moved,
    )


async def is_member(sender: TelegramSender, chat: int, user: int) -> bool | None:
    """Is this person in the chat? None where Telegram doesn't tell."""
    try:
        told = await sender.call(lambda bot: bot.ask("getChatMember", chat_id=chat, user_id=user))
    except PublishError:
        return None
    return told.get("status") in PRESENT and told.get("is_member") is not False


def chat_of(typed: str) -> str | int:
    """The chat in what a person typed: @name, number, or a link. Raises WrongValueError."""
    typed = typed.strip()
    if found := _LINK.fullmatch(typed):
        return parse_chat(f"-100{found[2]}" if found[1] else f"@{found[2]}")
    return parse_chat(typed)


async def _followed(bot: PlainBot, chat: str | int) -> tuple[dict[str, Any], bool]:
    try:
        return await bot.ask("getChat", chat_id=chat), False
    except ChatMigrated as e:
        return await bot.ask("getChat", chat_id=e.new_chat_id), True


async def _rights(sender: TelegramSender, chat: int, user: int) -> dict[str, Any]:
    """Our own membership; Telegram refuses to tell it where we are not in."""
    try:
        return await sender.call(lambda bot: bot.ask("getChatMember", chat_id=chat, user_id=user))
    except PublishError as e:
        if e.status not in (400, 403):
            raise
        return {"status": "left"}


async def _members(sender: TelegramSender, chat: int) -> int | None:
    try:
        found = await sender.call(lambda bot: bot.get_chat_member_count(chat))
    except PublishError:
        return None
    return found if isinstance(found, int) else None
