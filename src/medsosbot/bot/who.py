"""Who wrote a message, and what that person may do. Staff is known by numeric user id alone."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message

from medsosbot.options import Staff

ANONYMOUS = 1087968824  # @GroupAnonymousBot: an admin who writes as the group itself
EDITOR = "editor"


@dataclass(frozen=True)
class Writer:
    """id None: nobody can tell who it is. role: penulis, editor or None. key: whose answers are counted together."""

    id: int | None
    name: str
    role: str | None
    key: tuple[int, int]

    @property
    def is_editor(self) -> bool:
        """May this person decide?"""
        return self.role == EDITOR

    @property
    def on_record(self) -> str:
        """The name by which a decision is kept: `Budi (123)`."""
        return f"{self.name} ({self.id})"


def writer_of(message: Message, staff: Staff) -> Writer | None:
    """The writer; None where it is another bot or a channel's own post."""
    user = message.from_user
    if user is None:
        return None
    if user.id == ANONYMOUS:
        return Writer(None, "", None, (message.chat.id, ANONYMOUS))
    if user.is_bot or message.sender_chat is not None:
        return None
    return Writer(user.id, user.full_name[:60], staff.members.get(user.id), (0, user.id))
