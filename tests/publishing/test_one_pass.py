"""One pass as a whole: two looks at the folder, every destination for itself, and a disk that refuses."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from medsosbot.clock import SystemClock
from medsosbot.model import DeliveryState
from medsosbot.publishing.one_pass import one_pass
from medsosbot.publishing.publisher import Patience, Publisher
from medsosbot.publishing.report import PassReport
from tests.publishing.fake_platform import not_sent
from tests.publishing.office import Office, open_office, target, with_mocks

State = DeliveryState


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path, target("kanal"), target("x")) as one:
        yield one


def run(office: Office, patience: timedelta = timedelta(0), *, move: bool = True) -> PassReport:
    async def work() -> PassReport:
        with ThreadPoolExecutor(1) as executor:
            publisher = Publisher(office.room, office.opened, executor, "test", random.Random(0))
            return await one_pass(office.room, publisher, lambda: Patience(patience), move=move)

    return asyncio.run(work())


def test_it_takes_in_publishes_and_ends(office: Office) -> None:
    office.file()
    report = run(office)
    assert (report.accepted, len(report.published), report.stopped) == (["rapat"], 2, None)
    assert office.lying("accepted") == ["rapat.md"]


def test_it_leaves_the_folder_alone_when_told_so(office: Office) -> None:
    office.file()
    report = run(office, move=False)
    assert (len(report.published), office.lying()) == (2, ["rapat.md"])


def test_a_file_that_is_being_written_waits_for_the_next_pass(office: Office) -> None:
    office.file("selesai")
    path = office.file("sedang")
    stop = threading.Event()

    def write() -> None:
        while not stop.wait(0.01):
            with path.open("a") as file:
                file.write("lagi ")

    writer = threading.Thread(target=write)
    writer.start()
    report = run(office)
    stop.set()
    writer.join()
    assert (report.accepted, report.rejected, office.lying()) == (["selesai"], [], ["sedang.md"])


def test_one_destinations_trouble_stops_no_other(office: Office) -> None:
    office.kanal.script = [not_sent()] * 9
    for name in "abc":
        office.file(name)
    report = run(office)
    assert office.platforms["x"].items == ["a", "b", "c"]
    assert list(report.unreached) == ["kanal"]


def test_a_database_that_refuses_is_told_and_nothing_is_called_without_an_intent(office: Office) -> None:
    office.file()
    office.take_in()
    with office.store.write() as tx:
        pages = tx.execute(text("PRAGMA page_count")).scalar()
        tx.execute(text(f"PRAGMA max_page_count={pages}"))
    calls = 0
    while (report := run(office)).stopped is None and calls < 50:
        calls += 1
        office.file(f"n{calls}", publish_at="2030-01-01 00:00")  # fills what is free
    assert report.stopped is not None and report.needs_a_person()
    with office.store.read() as tx:
        begun = tx.execute(text("SELECT count(*) FROM attempts")).scalar_one()
    assert len(office.kanal.calls) + len(office.platforms["x"].calls) <= begun


def test_a_short_retry_is_waited_out_within_the_patience(tmp_path: Path) -> None:
    """With the machine's own clock: what is waited for is a moment away."""
    with open_office(tmp_path) as office:
        office.change(clock=SystemClock())
        soon = SystemClock().now() + timedelta(milliseconds=30)
        office.kanal.script = [not_sent(not_before=soon)]
        office.file()
        report = run(office, timedelta(seconds=60))
        assert [s.id for s in report.published] == ["rapat"]


def test_it_does_not_wait_for_what_is_further_off(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        office.change(clock=SystemClock())
        office.kanal.script = [not_sent(not_before=SystemClock().now() + timedelta(hours=1))]
        office.file()
        assert run(office, timedelta(seconds=60)).published == []


def test_the_same_queue_gives_the_same_result(tmp_path: Path) -> None:
    found = []
    for folder in ("satu", "dua"):
        with open_office(tmp_path / folder, target("kanal", real=False), target("x", real=False)) as office:
            with_mocks(office)
            for name in "cab":
                office.file(name)
            run(office)
            found.append([(tmp_path / folder / "var" / "mock" / f"{n}.jsonl").read_text() for n in ("kanal", "x")])
    assert found[0] == found[1]


def test_a_file_that_nobody_can_read_stops_nothing(office: Office) -> None:
    office.file("baik")
    (office.queue / "pipa.md").symlink_to("/etc/hostname")
    report = run(office)
    assert report.accepted == ["baik"]
    assert [r.file for r in report.rejected] == ["pipa.md"]


def test_a_folder_that_refuses_stops_nothing_that_is_due(office: Office) -> None:
    office.file("a", publish_at="2026-11-24 08:59")
    office.take_in()
    (office.queue / "accepted").rename(office.queue / "elsewhere")
    (office.queue / "accepted").write_text("a file where a folder should be")
    office.file("b")
    report = run(office)
    assert report.stopped is not None and "queue folder" in report.stopped
    assert office.kanal.items == ["a", "b"]
    assert office.lying() == ["accepted", "b.md"]
    (office.queue / "accepted").unlink()
    (office.queue / "elsewhere").rename(office.queue / "accepted")
    again = run(office)
    assert (again.stopped, again.accepted, again.published, office.lying()) == (None, [], [], [])
