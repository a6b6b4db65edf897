"""The people, bots and chats that the Bot API stand-in knows, and their messages."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

TOKEN = "700000001:FAKE-publishing-token-of-the-stand-in"
SECOND_TOKEN = "700000002:FAKE-second-token-of-the-stand-in"
CHANNEL, CHANNEL_ID = "@kpukaltim", -1001000000001
STAFF_ID = -1001234567890


@dataclass
class Bot:
    """One token. privacy: sees only commands and replies in groups (unless it is an admin there)."""

    token: str
    username: str
    name: str = "KPU Kaltim"
    privacy: bool = True
    commands: list[dict[str, str]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    webhook: str = ""

    @property
    def id(self) -> int:
        return int(self.token.split(":")[0])

    def user(self, whole: bool = False) -> dict[str, Any]:
        user: dict[str, Any] = {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}
        if whole:
            user |= {
                "can_join_groups": True,
                "can_read_all_group_messages": not self.privacy,
                "supports_inline_queries": False,
            }
        return user


@dataclass
class Chat:
    """kind: private | group | supergroup | channel. members: user id -> status; rights: what an admin may, by id."""

    id: int
    kind: str
    title: str
    username: str | None = None
    protected: bool = False
    members: dict[int, str] = field(default_factory=dict)
    rights: dict[int, dict[str, bool]] = field(default_factory=dict)
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    last_id: int = 0
    migrated_to: int | None = None
    member_count: int = 2
    blocked: bool = False  # private: the person blocked the bot
    sent_at: list[float] = field(default_factory=list)

    def brief(self) -> dict[str, Any]:
        chat: dict[str, Any] = {"id": self.id, "type": self.kind}
        chat |= {"first_name": self.title} if self.kind == "private" else {"title": self.title}
        return chat | ({"username": self.username} if self.username else {})

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def put(self, message: dict[str, Any]) -> dict[str, Any]:
        """Keep a message under the next id of this chat."""
        number = self.next_id()
        whole = {"message_id": number, "chat": self.brief(), "date": int(time.time())} | message
        self.messages[number] = whole
        return whole

    def status(self, user: int) -> str:
        return self.members.get(user, "left")

    def may(self, user: int, right: str) -> bool:
        status = self.status(user)
        return status == "creator" or (status == "administrator" and self.rights.get(user, {}).get(right, True))


@dataclass
class Newsroom:
    """All that one stand-in knows. It opens with one bot that may post in one channel, and one staff group."""

    bots: dict[str, Bot] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)

    @classmethod
    def usual(cls) -> Newsroom:
        room = cls()
        for bot in (Bot(TOKEN, "kpukaltim_bot"), Bot(SECOND_TOKEN, "kpukaltim_info_bot")):
            room.bots[bot.token] = bot
        channel = Chat(CHANNEL_ID, "channel", "KPU Provinsi Kalimantan Timur", CHANNEL[1:], member_count=4321)
        staff = Chat(STAFF_ID, "supergroup", "Tim Medsos KPU Kaltim", member_count=7)
        for chat in (channel, staff):
            room.chats[chat.id] = chat
        channel.members[int(TOKEN.split(":")[0])] = "administrator"
        for token in (TOKEN, SECOND_TOKEN):
            staff.members[int(token.split(":")[0])] = "member"
        return room

    def chat(self, which: Any) -> Chat | None:
        """By id or @username; None where there is none."""
        text = str(which)
        if text.startswith("@"):
            return next((c for c in self.chats.values() if (c.username or "").lower() == text[1:].lower()), None)
        try:
            return self.chats.get(int(text))
        except ValueError:
            return None
