"""A whole office for tests: a real folder, a real database, a clock that is moved by hand, and fake platforms."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from medsosbot.clock import FixedClock
from medsosbot.model import PostStyle
from medsosbot.options import Checks, Destination, Pace, Reconcile, Timetable
from medsosbot.platforms.base import Platform
from medsosbot.platforms.mock import MockPlatform
from medsosbot.platforms.styles import LOOKS, TELEGRAM
from medsosbot.publishing import intake, outcome
from medsosbot.publishing.intake import Handed
from medsosbot.publishing.newsroom import Newsroom, Target
from medsosbot.publishing.person import Person
from medsosbot.publishing.publisher import Patience, Publisher
from medsosbot.publishing.report import PassReport
from medsosbot.queue_folder.folder import QueueFolder
from medsosbot.storage import deliveries, items, notices, views
from medsosbot.storage.store import Store
from medsosbot.storage.views import DeliveryView, ItemView
from medsosbot.text.rules import default_rules
from tests.publishing.fake_platform import FakePlatform

WITA = ZoneInfo("Asia/Makassar")
NINE = datetime(2026, 11, 24, 1, tzinfo=UTC)  # Tuesday 24 November 2026, 09.00 WITA
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EDITOR = Person("Rina", chat=False)
PLACES = ("Samarinda", "Balikpapan", "Bontang", "Berau", "Kutai Barat", "Paser", "Penajam", "Mahakam Ulu")


def release_text(name: str) -> str:
    """A release of its own for each name: no two of them are alike."""
    place = PLACES[sum(name.encode()) % len(PLACES)]
    return (
        f"{place}, kaltim.kpu.go.id – KPU {place} menggelar rapat {name} bersama pemangku kepentingan di aula kantor."
    )


@dataclass
class Office:
    """What a test works with. Without further words an item is due at once and nothing holds it."""

    folder: Path
    store: Store
    room: Newsroom
    clock: FixedClock
    platforms: dict[str, FakePlatform]
    opened: dict[str, Platform] = field(default_factory=dict)
    report: PassReport = field(default_factory=PassReport)

    @property
    def kanal(self) -> FakePlatform:
        return self.platforms["kanal"]

    @property
    def queue(self) -> Path:
        return self.room.folder.path

    def file(self, name: str = "rapat", body: str | None = None, *, title: str | None = None, **head: object) -> Path:
        """Put `<name>.md` into the queue; `head`: further keys of its front matter."""
        self.queue.mkdir(parents=True, exist_ok=True)
        keys = {"title": title or f"Rapat {name}"} | head
        lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
        path = self.queue / f"{name}.md"
        path.write_text(f"---\n{lines}---\n{body or release_text(name)}\n", encoding="utf-8")
        return path

    def take_in(self) -> PassReport:
        """Take in what lies in the folder, and no more."""
        self.report = PassReport()
        intake.take_in(self.room, self._handed(), self.report)
        return self.report

    def publish(self, *, patience: timedelta = timedelta(0)) -> PassReport:
        """One pass: take the queue in, publish all that is due, as often as it goes without waiting."""
        self.report = PassReport()
        asyncio.run(self._publish(patience))
        return self.report

    def restart(self) -> None:
        """What the next process does first."""
        outcome.recover(self.room)

    def move(self, by: timedelta) -> None:
        self.clock.move(by)

    def change(self, **fields: object) -> None:
        """Another timetable, checks, reconcile … from now on."""
        self.room = replace(self.room, **fields)  # type: ignore[arg-type]

    def decide(self, decision: Callable[..., str], *words: object, **options: object) -> str:
        return decision(self.room, EDITOR, *words, **options)

    def item(self, item_id: str = "rapat") -> ItemView:
        with self.store.read() as tx:
            found = items.by_id(tx, item_id)
            assert found is not None, f"no item {item_id}"
            view = views.one(tx, found.number)
        assert view is not None
        return view

    def delivery(self, item_id: str = "rapat", destination: str = "kanal") -> DeliveryView:
        return next(d for d in self.item(item_id).deliveries if d.destination == destination)

    def state(self, item_id: str = "rapat", destination: str = "kanal") -> str:
        return str(self.delivery(item_id, destination).state)

    def ids(self) -> list[str]:
        """All items on record, oldest first."""
        with self.store.read() as tx:
            return [v.id for v in reversed(views.every(tx))]

    def told(self, kind: str | None = None) -> list[str]:
        """The notices that wait to be told."""
        with self.store.read() as tx:
            return [n.text for n in notices.waiting(tx, self.clock.now(), 1000) if kind in (None, n.kind)]

    def part_states(self, item_id: str = "rapat", destination: str = "kanal") -> list[str]:
        with self.store.read() as tx:
            return [str(p.state) for p in deliveries.parts_of(tx, self.delivery(item_id, destination).id)]

    def lying(self, folder: str = "") -> list[str]:
        """The names of the files in the queue folder, or in a folder inside it."""
        where = self.queue / folder
        return sorted(p.name for p in where.iterdir() if p.is_file()) if where.exists() else []

    def _handed(self) -> list[Handed]:
        return [Handed(self.queue / seen.name, seen) for seen in self.room.folder.look()]

    async def _publish(self, patience: timedelta) -> None:
        with ThreadPoolExecutor(1) as executor:
            publisher = Publisher(self.room, self.opened, executor, "test", random.Random(0))
            take_in = partial(intake.take_in, self.room, self._handed(), self.report)
            await publisher.in_database_thread(take_in)
            await asyncio.gather(*(publisher.drain(t, self.report, Patience(patience)) for t in self.room.targets))


def target(name: str, *, real: bool = True, style: PostStyle = TELEGRAM, pace: Pace | None = None) -> Target:
    platform = "telegram" if real else "mock"
    chat = f"@{name}" if real else None
    return Target(Destination(name, platform, chat), style, f"{platform} @{name}", pace or Pace(), real)


@contextmanager
def open_office(
    folder: Path,
    *targets: Target,
    timetable: Timetable | None = None,
    checks: Checks | None = None,
    reconcile: Reconcile | None = None,
    at: datetime = NINE,
    lasting: bool = True,
) -> Iterator[Office]:
    """An office with these destinations (one channel by default). lasting: False where no power cut is meant."""
    clock = FixedClock(at)
    store = Store(folder / "var" / "medsosbot.db", keeper=True, lasting=lasting)
    room = Newsroom(
        store=store,
        targets=targets or (target("kanal"),),
        timetable=timetable or Timetable(zone=WITA),
        checks=checks or Checks(stale_after_days=None),
        reconcile=reconcile or Reconcile(),
        rules=default_rules(),
        folder=QueueFolder(folder / "queue"),
        clock=clock,
    )
    fakes = {t.name: FakePlatform(clock, t.style) for t in room.targets}
    try:
        yield Office(folder, store, room, clock, fakes, dict(fakes))
    finally:
        store.close()


def with_mocks(office: Office) -> None:
    """Let every destination be the product's own rehearsal, at `var/mock/`."""
    for t in office.room.targets:
        surroundings = _Surroundings(t.destination, office.clock, office.folder / "var")
        office.opened[t.name] = MockPlatform(surroundings)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Surroundings:
    """As much of them as the rehearsal takes."""

    destination: Destination
    clock: FixedClock
    var: Path


__all__ = ["DAY", "EDITOR", "HOUR", "LOOKS", "MINUTE", "NINE", "WITA", "Office", "open_office", "target", "with_mocks"]
