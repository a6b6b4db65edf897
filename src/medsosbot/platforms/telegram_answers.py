"""What the Bot API's answers say, read field by field.

python-telegram-bot's classes refuse an object that lacks one field or has a new kind of another; an answer that holds
a message's id must never be lost for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from medsosbot.platforms.calls import Call


@dataclass(frozen=True)
class Chat:
    """A chat as getChat tells it. kind: channel, supergroup, group or private."""

    id: int | str
    kind: str
    title: str
    username: str | None = None
    protected: bool = False


@dataclass(frozen=True)
class Sent:
    """A message that a call made. text: None for one without text. links: those hidden behind its words.

    origin_chat, origin_at: of a forward, the channel and the time of the original.
    """

    id: int
    text: str | None = None
    caption: str | None = None
    links: tuple[str, ...] = ()
    at: datetime | None = None
    username: str | None = None
    origin_chat: int | None = None
    origin_at: datetime | None = None


def chat(told: dict[str, Any], asked: str | int) -> Chat:
    """The `result` of getChat. asked: what was asked for, where the answer doesn't say."""
    return Chat(
        _int(told.get("id")) or asked,
        _text(told.get("type")) or "",
        _text(told.get("title")) or str(asked),
        _text(told.get("username")),
        told.get("has_protected_content") is True,
    )


def sent(call: Call) -> Sent | None:
    """The message in a 200 that holds one with an id; None for any other answer."""
    answer = call.fields()
    told = answer.get("result")
    number = _int(told.get("message_id")) if isinstance(told, dict) else None
    if call.status != 200 or answer.get("ok") is not True or not isinstance(told, dict) or not number or number < 0:
        return None
    origin = _dict(told.get("forward_origin"))
    return Sent(
        id=number,
        text=_text(told.get("text")),
        caption=_text(told.get("caption")),
        links=_hidden_links(told.get("entities") or told.get("caption_entities")),
        at=_time(told.get("date")),
        username=_text(_dict(told.get("chat")).get("username")),
        origin_chat=_int(_dict(origin.get("chat")).get("id")),
        origin_at=_time(origin.get("date")),
    )


def _hidden_links(entities: Any) -> tuple[str, ...]:
    found = [_dict(e) for e in entities] if isinstance(entities, list) else []
    return tuple(str(e["url"]) for e in found if e.get("type") == "text_link" and e.get("url"))


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _int(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _time(value: Any) -> datetime | None:
    seconds = _int(value)
    return datetime.fromtimestamp(seconds, UTC) if seconds and 0 < seconds < 2**34 else None
