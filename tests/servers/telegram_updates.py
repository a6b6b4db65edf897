"""Updates of each bot, long polling, and who is refused when two poll at once."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

from tests.servers.base import Answer, Refusal
from tests.servers.telegram_chats import Bot, Newsroom

RIVAL = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


def conflict(text: str) -> Refusal:
    whole = f"Conflict: {text}"
    return Refusal(Answer(409, {"ok": False, "error_code": 409, "description": whole}, error=whole))


class Updates:
    """One queue per bot; a poll with an offset confirms what lies before it."""

    def __init__(self, room: Newsroom, lock: threading.RLock) -> None:
        self.room = room
        self._news = threading.Condition(lock)
        self._queues: dict[int, list[dict[str, Any]]] = {}
        self._pollers: dict[int, int] = {}
        self._wanted: dict[int, list[str]] = {}
        self._last = 900000

    def add(self, bot: Bot, **update: Any) -> int:
        """Queue one update, e.g. add(bot, message={…}); its id."""
        with self._news:
            self._last += 1
            self._queues.setdefault(bot.id, []).append({"update_id": self._last} | update)
            self._news.notify_all()
            return self._last

    def waiting(self, bot: Bot) -> int:
        return len(self._queues.get(bot.id, []))

    def polling(self, bot: Bot) -> bool:
        """Has this bot ever asked?"""
        return bot.id in self._pollers

    def drop(self, bot: Bot) -> None:
        self._queues.pop(bot.id, None)

    def poll(self, bot: Bot, params: dict[str, Any]) -> list[dict[str, Any]]:
        offset, limit = int(params.get("offset") or 0), int(params.get("limit") or 100)
        until = time.monotonic() + float(params.get("timeout") or 0)
        with self._news:
            if bot.webhook:
                raise conflict(WEBHOOK)
            me = self._pollers[bot.id] = self._pollers.get(bot.id, 0) + 1
            self._news.notify_all()  # a poll that waits is ended by this one
            if params.get("allowed_updates"):
                self._wanted[bot.id] = json.loads(params["allowed_updates"])
            self._confirm(bot, offset)
            while True:
                if self._pollers[bot.id] != me:
                    raise conflict(RIVAL)
                ready = self._ready(bot)[:limit]
                left = until - time.monotonic()
                if ready or left <= 0:
                    return ready
                self._news.wait(left)

    def _confirm(self, bot: Bot, offset: int) -> None:
        queue = self._queues.get(bot.id, [])
        if offset > 0:
            self._queues[bot.id] = [u for u in queue if u["update_id"] >= offset]
        elif offset < 0:
            self._queues[bot.id] = queue[offset:]

    def _ready(self, bot: Bot) -> list[dict[str, Any]]:
        wanted = self._wanted.get(bot.id)
        queue = self._queues.get(bot.id, [])
        return [u for u in queue if not wanted or any(k in wanted for k in u if k != "update_id")]
