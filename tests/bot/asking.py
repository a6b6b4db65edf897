"""A bot of ours at the Bot API's stand-in, with a desk that a test writes, in the test's own event loop."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from medsosbot.bot.answering import Answering, Duty
from medsosbot.bot.client import close, make_bot
from medsosbot.bot.desk import Decision, Desk
from medsosbot.bot.limits import Limits
from medsosbot.bot.polling import Poller
from medsosbot.options import Office, Staff
from medsosbot.publishing.troubles import Troubles
from tests.servers.client import STAFF_ID, TOKEN, FakeTelegram

EDITOR, WRITER, STRANGER = 7001, 7002, 7003
TEAM = Staff(STAFF_ID, {EDITOR: "editor", WRITER: "penulis"})
PATIENCE = 30.0  # seconds, on a busy machine


def everything() -> Duty:
    return Duty(public=lambda: True, staff=lambda: True)


@dataclass
class FakeDesk:
    """Answers at once, and keeps what was asked and decided."""

    asked: list[int] = field(default_factory=list)
    decided: list[dict[str, Any]] = field(default_factory=list)
    says: Callable[[Decision], str] | None = None
    broken: Exception | None = None

    async def terkini(self, limit: int) -> str:
        self.asked.append(limit)
        if self.broken:
            raise self.broken
        return f"{limit} rilis"

    async def status(self) -> str:
        return "papan"

    async def decide(self, decision: Decision) -> str:
        if self.says:
            return self.says(decision)
        name = decision.func.__name__  # type: ignore[attr-defined]
        self.decided.append({"decision": name, **decision.keywords})  # type: ignore[attr-defined]
        return f"sudah: {name} <b>&"


@dataclass
class Asking:
    """The stand-in, our bot's poller, and its desk."""

    telegram: FakeTelegram
    poller: Poller
    desk: FakeDesk
    limits: Limits
    rivals: list[bool]
    token: str

    def said(self, chat: int) -> list[str]:
        """What the bot said in a chat."""
        try:
            messages = self.telegram.posts(chat)
        except AssertionError:
            return []
        return [m["text"] for m in messages if str(m.get("from", {}).get("username")).startswith("kpukaltim_")]

    async def answer(self, chat: int, times: int = 1) -> list[str]:
        """Wait until the bot has said so much there."""
        end = time.monotonic() + PATIENCE
        while len(found := await asyncio.to_thread(self.said, chat)) < times:
            assert time.monotonic() < end, f"no answer in {chat}"
            await asyncio.sleep(0.02)
        return found

    async def all_read(self) -> None:
        """Wait until the bot has handled all that was said: another person's question comes back."""
        before = len(self.said(4999))
        self.telegram.say("/bantuan", user=4999, token=self.token)
        await self.answer(4999, before + 1)
        while self.poller.busy:
            await asyncio.sleep(0.01)


@asynccontextmanager
async def asking(
    telegram: FakeTelegram,
    *,
    duty: Duty | None = None,
    token: str = TOKEN,
    per_minute: int = 20,
    per_second: int = 30,
    office: Office | None = None,
) -> AsyncIterator[Asking]:
    """The bot at work."""
    bot, desk, rivals = make_bot(token, telegram.api_url), FakeDesk(), list[bool]()
    limits = Limits(per_minute, per_second, time.monotonic)
    troubles = Troubles(logging.getLogger("medsosbot.test"))
    counter = Desk(desk.terkini, desk.status, desk.decide)
    whose = office or Office("KPU Kaltim", "https://kaltim.kpu.go.id")
    answering = Answering(bot, counter, whose, TEAM, duty or everything(), limits, troubles)
    poller = Poller("the bot", bot, answering, troubles, rivals.append)
    polling = asyncio.create_task(poller.run())
    try:
        yield Asking(telegram, poller, desk, limits, rivals, token)
    finally:
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await poller.end()
        await close(bot)
