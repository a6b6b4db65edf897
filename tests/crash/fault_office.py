"""An office whose one destination is a real client at its stand-in, and whose other is a rehearsal that must go on."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from medsosbot import platforms
from medsosbot.clock import SystemClock
from medsosbot.model import DeliveryState
from medsosbot.options import Destination, Pace, Reconcile, Telegram, X
from medsosbot.platforms.base import Platform
from medsosbot.platforms.telegram import TelegramPlatform
from medsosbot.platforms.x import XPlatform
from medsosbot.publishing import outcome
from medsosbot.publishing.newsroom import Target
from medsosbot.publishing.publisher import Publisher
from medsosbot.publishing.report import PassReport
from tests.platforms.conftest import surroundings
from tests.publishing.fake_platform import FakePlatform
from tests.publishing.office import Office, open_office, target
from tests.servers.client import CHANNEL, FakeTelegram, FakeX, StandInProcess

DELAY = timedelta(milliseconds=150)  # the asking delay: longer than a stand-in's late acceptance takes
TRIES = 100
Server = FakeTelegram | FakeX


class Soon(random.Random):
    """Hardly any backoff: a test has no time to lose."""

    def random(self) -> float:
        return 0.02


@dataclass
class FaultOffice:
    """name: of the real destination. post: the call that posts there."""

    office: Office
    server: Server
    publisher: Publisher
    name: str

    @property
    def post(self) -> str:
        return self.server.main_call

    @property
    def other(self) -> FakePlatform:
        return self.office.platforms["latihan"]

    def state(self, item_id: str) -> str:
        return self.office.state(item_id, self.name)

    def ids(self, item_id: str) -> list[str]:
        return list(self.office.delivery(item_id, self.name).remote_ids)

    def public(self, item_id: str) -> list[str]:
        """The ids of the posts of this item that the public sees."""
        if isinstance(self.server, FakeTelegram):
            return [str(p["message_id"]) for p in self.server.posts() if f"Rapat {item_id}" in p.get("text", "")]
        return [p["id"] for p in self.server.posts() if f"rapat {item_id} " in p["text"]]

    async def work(self, until: Callable[[], bool]) -> None:
        """Pass after pass, a moment apart, until it is so."""
        self.office.take_in()
        for _ in range(TRIES):
            report = PassReport()
            await asyncio.gather(*(self.publisher.drain(t, report) for t in self.office.room.targets))
            if until():
                return
            await asyncio.sleep(DELAY.total_seconds() / 4)
        raise AssertionError(f"it never came so far: {[(i, self.state(i)) for i in self.office.ids()]}")

    async def publish(self, item_id: str) -> None:
        """Let one item go out well, so that there is an anchor."""
        self.office.file(item_id, date="2026-11-01")
        await self.work(lambda: self.state(item_id) == DeliveryState.PUBLISHED)


@asynccontextmanager
async def open_fault_office(folder: Path, server: StandInProcess) -> AsyncIterator[FaultOffice]:
    """The office of one stand-in."""
    assert isinstance(server, FakeTelegram | FakeX)
    name = "kanal" if isinstance(server, FakeTelegram) else "x"
    destination = Destination(name, server.name, CHANNEL if name == "kanal" else None)
    where = surroundings(folder, destination, telegram=Telegram(api_url=server.api_url), x=X(api_url=server.api_url))
    client: Any = TelegramPlatform(where, read=0.6) if name == "kanal" else XPlatform(where, timeout=(0.6, 0.6))
    kind = platforms.kind_of(destination)
    real = Target(destination, platforms.style_of(destination), kind.key(destination), Pace(), True)
    with open_office(folder, real, target("latihan", real=False), reconcile=Reconcile(DELAY), lasting=False) as office:
        office.change(clock=SystemClock())
        opened: dict[str, Platform] = {name: client, "latihan": office.platforms["latihan"]}
        with ThreadPoolExecutor(1) as executor:
            publisher = Publisher(office.room, opened, executor, "test", Soon())
            outcome.recover(office.room)
            yield FaultOffice(office, server, publisher, name)
            await client.aclose()
