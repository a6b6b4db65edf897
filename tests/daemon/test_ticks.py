"""The looks of a tick, with a real folder and record and a clock that is moved by hand."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from medsosbot.daemon import ticks
from medsosbot.daemon.ticks import DueLook, QueueLook
from medsosbot.publishing import decisions
from medsosbot.publishing.troubles import Troubles
from medsosbot.storage import marks
from tests.publishing.office import MINUTE, Office, open_office

SECOND = timedelta(seconds=1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as found:
        yield found


@pytest.fixture
def look(office: Office) -> QueueLook:
    return QueueLook(office.room, Troubles(logging.getLogger("medsosbot.test")))


def touch(path: Path, office: Office, ago: timedelta = timedelta(0)) -> None:
    """As if it had last changed so long ago, by the office's clock."""
    at = (office.clock.now() - ago).timestamp()
    os.utime(path, (at, at))


def looks(look: QueueLook, office: Office, times: int) -> None:
    for _ in range(times):
        look()
        office.move(SECOND)


def test_a_file_is_taken_in_at_the_second_look_whatever_its_age(office: Office, look: QueueLook) -> None:
    for name, ago in (("muda", timedelta(0)), ("tua", timedelta(days=900)), ("besok", timedelta(days=-1))):
        touch(office.file(name), office, ago)
    look()
    assert office.ids() == []
    look()
    assert sorted(office.ids()) == ["besok", "muda", "tua"]


def test_a_file_that_still_grows_is_left_alone(office: Office, look: QueueLook) -> None:
    path = office.file("rapat")
    for n in range(5):
        look()
        with path.open("a") as file:
            file.write(f"Kalimat {n}.\n")
        touch(path, office, timedelta(seconds=-n))
        office.move(SECOND)
    assert office.ids() == []
    looks(look, office, 2)
    assert office.ids() == ["rapat"]


@pytest.mark.parametrize("begun", ["", "---\ntitle: Rapat\n", "KPU Kaltim menggelar rapat.\n"])
def test_an_empty_or_headless_file_is_left_alone_for_a_minute_and_then_refused(
    office: Office, look: QueueLook, begun: str
) -> None:
    office.queue.mkdir()
    (office.queue / "rapat.md").write_text(begun)
    touch(office.queue / "rapat.md", office)
    looks(look, office, 60)
    assert office.lying("rejected") == []
    looks(look, office, 1)
    assert office.lying("rejected") == ["rapat.md", "rapat.md.reason.txt"]


def test_a_headless_file_of_the_future_is_not_left_alone_for_ever(office: Office, look: QueueLook) -> None:
    office.queue.mkdir()
    (office.queue / "rapat.md").write_text("")
    touch(office.queue / "rapat.md", office, timedelta(days=-1))
    looks(look, office, 62)
    assert "rapat.md" in office.lying("rejected")


def test_a_file_that_is_completed_in_that_minute_is_taken_in(office: Office, look: QueueLook) -> None:
    office.queue.mkdir()
    (office.queue / "rapat.md").write_text("")
    touch(office.queue / "rapat.md", office)
    looks(look, office, 20)
    touch(office.file("rapat"), office)
    looks(look, office, 2)
    assert office.ids() == ["rapat"] and office.lying("rejected") == []


def test_a_wrong_file_that_isnt_headless_is_refused_at_once(office: Office, look: QueueLook) -> None:
    touch(office.file("rapat", publish_at="kemarin dulu"), office)
    looks(look, office, 2)
    assert "rapat.md" in office.lying("rejected")


def test_a_folder_that_refuses_is_told_once_and_not_asked_in_a_hurry(
    office: Office, look: QueueLook, caplog: pytest.LogCaptureFixture
) -> None:
    office.queue.write_text("a file where the folder should be")
    looks(look, office, 100)
    assert sum("refused" in r.getMessage() for r in caplog.records) == 1
    office.queue.unlink()
    touch(office.file("rapat"), office)
    looks(look, office, 35)
    assert office.ids() == ["rapat"]


def test_status_txt_follows_what_changes_in_the_folder_and_on_record(office: Office, look: QueueLook) -> None:
    office.file("rapat")
    looks(look, office, 2)
    status = office.queue / "STATUS.txt"
    assert "MENUNGGU TERBIT" in status.read_text()
    office.decide(decisions.hold, "rapat")
    look.mark_changed()
    look()
    assert "DITAHAN" in status.read_text()
    (office.queue / "surat.docx").write_text("x")
    office.move(MINUTE)
    look()
    assert "surat.docx" in status.read_text()


def test_the_due_look_names_where_something_is_due_or_in_doubt(office: Office) -> None:
    due = DueLook(office.room, Troubles(logging.getLogger("medsosbot.test")))
    assert due().destinations == set()
    office.file("nanti", publish_at="2026-11-24T09:05:00+08:00")
    office.take_in()
    assert due().destinations == set()
    office.move(5 * MINUTE)
    assert due().destinations == {"kanal"}
    office.decide(decisions.hold, "nanti")
    assert due().destinations == set()


def test_the_last_tick_is_on_record(office: Office) -> None:
    due = DueLook(office.room, Troubles(logging.getLogger("medsosbot.test")))
    for _ in range(30):
        due()
        with office.store.read() as tx:
            last = marks.get_time(tx, "last_tick")
        assert last is not None and office.clock.now() - last <= timedelta(seconds=5)
        office.move(SECOND)


@pytest.mark.anyio
async def test_a_wall_clock_that_is_set_back_stops_no_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticks, "LOOKED_AT_EVERY", 0.01)
    ticked = asyncio.Event()

    async def tick() -> None:
        ticked.set()

    scheduler = ticks.scheduler([(tick, 1)])
    scheduler.start()
    keeping = asyncio.create_task(ticks.keep_ticking(scheduler))
    await asyncio.wait_for(ticked.wait(), 30)
    ticked.clear()
    (job,) = scheduler.get_jobs()
    job.modify(next_run_time=datetime.now(UTC) + timedelta(hours=1))  # as seen from a clock that was set back
    await asyncio.wait_for(ticked.wait(), 30)
    keeping.cancel()
    scheduler.shutdown(wait=False)
