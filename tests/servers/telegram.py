"""A stand-in for the Bot API server: as strict as the real one wherever this product could notice it.

The words of its refusals are those of the Bot API server.
"""

from __future__ import annotations

import json
import re
from typing import Any

from tests.servers.base import Answer, Journal, Refusal, Request, StandIn
from tests.servers.telegram_chats import Newsroom
from tests.servers.telegram_control import Control
from tests.servers.telegram_methods import Methods, refusal
from tests.servers.telegram_updates import Updates

PATH = re.compile(r"/bot([^/]*)/([A-Za-z]*)$")
TOKEN_SHAPE = re.compile(r"\d+:[\w-]{10,}")


class TelegramStandIn(StandIn):
    """Routes /bot<token>/<method>."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal)
        self.room = Newsroom.usual()
        self.updates = Updates(self.room, self.lock)
        self.methods = Methods(self.room, self.updates)
        self._control = Control(self.room, self.updates, self.methods)

    def name_of(self, request: Request) -> tuple[str, dict[str, Any]]:
        match = PATH.match(request.path)
        try:
            params = request.fields()
        except ValueError:
            params = {}
        return (match[2] if match else request.path), params

    def answer(self, request: Request, name: str, params: dict[str, Any]) -> Answer:
        match = PATH.match(request.path)
        if not match or not TOKEN_SHAPE.fullmatch(match[1]):
            raise refusal(404, "")
        bot = self.room.bots.get(match[1])
        if bot is None:
            raise refusal(401, "")
        method = getattr(self.methods, "do_" + name.lower(), None)
        if method is None:
            raise refusal(404, "method not found")
        if name.lower() == "getupdates":
            return ok(self.updates.poll(bot, params))  # waits: outside the lock
        with self.lock:
            return ok(method(bot, params))

    def control(self, order: dict[str, Any]) -> Any:
        if hasattr(self, "control_" + str(order["do"])):
            return super().control(order)
        return self._control.run(order)


def ok(result: Any) -> Answer:
    """A Bot API answer; the journal keeps the message's id and chat, or the bare result."""
    brief = {"message_id": result["message_id"], "chat_id": result["chat"]["id"]} if is_message(result) else result
    return Answer(200, json.loads(json.dumps({"ok": True, "result": result})), result=brief)


def is_message(result: Any) -> bool:
    return isinstance(result, dict) and "message_id" in result and "chat" in result


__all__ = ["Refusal", "TelegramStandIn"]
