"""The engine: due query, intake and one pass by number of items, and its overhead over a bare loop of durable commits.

due_all_ms, due_few_ms: one look at a destination's line, where all on record is due, and where ten are among published
ones. intake_ms, pass_ms: per item, from the files in the folder to the record, and from there to a rehearsal.
growth_…: how much dearer one look, or one item, is with ten times as many.
overhead_ratio: time per delivery of the engine, next to a raw sqlite3 loop (WAL, FULL) of as many commits, in one run,
by turns. peak_mb: this process at its largest.
"""

from __future__ import annotations

import asyncio
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from medsosbot.clock import FixedClock
from medsosbot.options import Checks, Destination, Pace, Reconcile, Secrets, Staff, Telegram, Timetable, X
from medsosbot.platforms.base import Surroundings
from medsosbot.platforms.mock import MockPlatform
from medsosbot.platforms.styles import LOOKS
from medsosbot.publishing import intake
from medsosbot.publishing.intake import Handed
from medsosbot.publishing.newsroom import Newsroom, Target
from medsosbot.publishing.publisher import Publisher
from medsosbot.publishing.report import PassReport
from medsosbot.queue_folder.folder import QueueFolder
from medsosbot.storage import deliveries
from medsosbot.storage.schema import deliveries as deliveries_table
from medsosbot.storage.schema import items as items_table
from medsosbot.storage.schema import parts as parts_table
from medsosbot.storage.store import Store
from medsosbot.text.rules import default_rules

LIMITS = {"overhead_ratio": 3}
NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
ROUNDS, ROUND = 7, 150  # the overhead: so many rounds by turns, of so many deliveries
COMMITS = 2  # per delivery: its intent before the call, its outcome after


def run() -> dict[str, float]:
    """The figures, by name."""
    figures: dict[str, float] = {}
    for n in (10**3, 10**4, 10**5):
        figures[f"due_all_ms_{n}"] = _due(n, few=False)
        figures[f"due_few_ms_{n}"] = _due(n, few=True)
    for n in (10**3, 10**4):
        figures |= _work(n)
    for name, small, large in (
        ("due_all", 10**4, 10**5), ("due_few", 10**4, 10**5), ("intake", 10**3, 10**4), ("pass", 10**3, 10**4),
    ):  # fmt: skip
        figures[f"growth_{name}"] = figures[f"{name}_ms_{large}"] / figures[f"{name}_ms_{small}"]
    figures |= _overhead()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    figures["peak_mb"] = peak / (2**20 if sys.platform == "darwin" else 2**10)
    return figures


def _due(n: int, *, few: bool) -> float:
    """Milliseconds of one look at the line."""
    with _office() as room:
        _fill(room.store, n, due=10 if few else n)
        target = room.targets[0]

        def look() -> None:
            with room.store.read() as tx:
                assert deliveries.waiting(tx, target.name, target.platform, NOW, 200)

        look()
        return statistics.median(_seconds(look) for _ in range(9)) * 1000


def _work(n: int) -> dict[str, float]:
    """Intake and one pass, milliseconds per item."""
    with _office() as room:
        room.folder.path.mkdir()
        for k in range(n):
            _file(room.folder.path, k)
        handed = [Handed(room.folder.path / f.name, f) for f in room.folder.look()]
        report = PassReport()
        took = _seconds(lambda: intake.take_in(room, handed, report))
        assert len(report.accepted) == n, report
        went = _seconds(lambda: _drain(room, report))
        assert len(report.published) == n, report
    return {f"intake_ms_{n}": took / n * 1000, f"pass_ms_{n}": went / n * 1000}


def _overhead() -> dict[str, float]:
    """The engine and the bare loop by turns, so that a busy machine is as unfair to one as to the other."""
    engine, bare = [], []
    with _office() as room, closing(_bare_database(room.folder.path.parent / "bare.db")) as raw:
        for k in range(ROUNDS + 1):
            _fill(room.store, ROUND, due=ROUND, first=k * ROUND)
            report = PassReport()
            engine.append(_seconds(partial(_drain, room, report)) / ROUND)
            assert len(report.published) == ROUND
            bare.append(_seconds(partial(_bare, raw)) / ROUND)
    engine, bare = engine[1:], bare[1:]  # the first round warms both
    return {
        "engine_ms_per_delivery": statistics.median(engine) * 1000,
        "bare_ms_per_delivery": statistics.median(bare) * 1000,
        "overhead_ratio": statistics.median(e / b for e, b in zip(engine, bare, strict=True)),
    }


def _bare_database(file: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(file, isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, state TEXT, text TEXT)")
    return raw


def _bare(raw: sqlite3.Connection) -> None:
    for n in range(ROUND):
        for step in range(COMMITS):
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("INSERT INTO t (state, text) VALUES (?, ?)", (str(step), f"kiriman {n}"))
            raw.execute("COMMIT")


def _drain(room: Newsroom, report: PassReport) -> None:
    async def work() -> None:
        with ThreadPoolExecutor(1) as executor:
            platforms = {t.name: MockPlatform(_surroundings(room, t)) for t in room.targets}
            publisher = Publisher(room, platforms, executor, "bench", random.Random(0))
            await asyncio.gather(*(publisher.drain(t, report) for t in room.targets))

    asyncio.run(work())


@contextmanager
def _office() -> Iterator[Newsroom]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        store = Store(Path(folder) / "medsosbot.db", keeper=True)
        destination = Destination("kanal", "mock")
        yield Newsroom(
            store=store,
            targets=(Target(destination, LOOKS["telegram"], "mock kanal", Pace(), real=False),),
            timetable=Timetable(ZoneInfo("Asia/Makassar")),
            checks=Checks(stale_after_days=None),
            reconcile=Reconcile(),
            rules=default_rules(),
            folder=QueueFolder(Path(folder) / "queue"),
            clock=FixedClock(NOW),
        )
        store.close()


def _surroundings(room: Newsroom, target: Target) -> Surroundings:
    folder = room.folder.path.parent
    return Surroundings(target.destination, room.clock, folder, Secrets(), Staff(), Telegram(), X())


def _file(folder: Path, n: int) -> None:
    body = (
        f"Samarinda, kaltim.kpu.go.id – KPU Provinsi Kalimantan Timur menggelar rapat ke-{n} bersama pemangku "
        "kepentingan di aula kantor, Selasa (24/11/2026).\n\nKetua KPU Kaltim membuka rapat itu. Rapat membahas "
        f"daftar pemilih di {n % 10 + 1} kabupaten dan kota."
    )
    (folder / f"rapat-{n:06}.md").write_text(f"---\ntitle: Rapat Pleno ke-{n}\n---\n{body}\n", encoding="utf-8")


def _fill(store: Store, n: int, *, due: int, first: int = 0) -> None:
    """Put n items on record at once, the last `due` of them scheduled and due, the others published."""
    day = date(2026, 11, 24)
    keys = range(first + 1, first + n + 1)
    item = {
        "explicit_id": False, "version": 1, "file": "f", "body": "isi", "news_date": day, "hashtags": [], "texts": {},
        "urgency": "normal", "line": "-", "accepted_at": NOW,
    }  # fmt: skip
    names = [f"rapat-{k:06}" for k in keys]
    items = [item | {"id": s, "sha256": s, "title": s, "text_sha256": s} for s in names]
    for number, row in zip(keys, items, strict=True):
        row["number"] = number
        row["news_date"] = day - timedelta(days=number % 300)
    states = ["published"] * (n - due) + ["scheduled"] * due
    common = {"destination": "kanal", "platform": "mock", "due_at": NOW, "late_from": NOW}
    with store.write() as tx:
        tx.execute(insert(items_table), items)
        tx.execute(
            insert(deliveries_table),
            [common | {"id": k, "item": k, "state": s} for k, s in zip(keys, states, strict=True)],
        )
        tx.execute(
            insert(parts_table),
            [
                {"id": k, "delivery": k, "seq": 1, "text": f"<b>{s}</b>", "markup": "HTML", "sha256": s,
                 "state": "waiting", "remote_ids": []}
                for k, s in zip(keys, names, strict=True)
            ],
        )  # fmt: skip


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
