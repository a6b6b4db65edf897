"""The bot's desk: what it reads and decides, off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from medsosbot.daemon.desk import Reading, desk
from medsosbot.errors import DecisionError
from medsosbot.options import Destination
from medsosbot.publishing import decisions
from tests.publishing.office import EDITOR, WITA, Office, open_office

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Settings:
    """As much of them as an answer needs."""

    destinations: tuple[Destination, ...] = (Destination("kanal", "telegram", "@kanal"),)
    zone: ZoneInfo = WITA


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as found:
        yield found


async def test_terkini_answers_from_the_record(office: Office) -> None:
    with ThreadPoolExecutor(1) as executor:
        reading = Reading(Settings(), office.room, executor)  # type: ignore[arg-type]
        assert await reading.terkini(5) == "Belum ada rilis yang terbit."
        office.file("rapat", date="2026-11-24")
        await asyncio.to_thread(office.publish)
        assert "Rapat rapat" in await reading.terkini(5)


async def test_many_who_ask_at_once_share_a_look_and_none_gets_an_older_one(office: Office) -> None:
    looks = []

    class Counting(ThreadPoolExecutor):
        def submit(self, *args, **kwargs):  # type: ignore[no-untyped-def]
            looks.append(args)
            return super().submit(*args, **kwargs)

    with Counting(1) as executor:
        reading = Reading(Settings(), office.room, executor)  # type: ignore[arg-type]
        answers = await asyncio.gather(*(reading.terkini(5) for _ in range(100)), reading.terkini(3))
        assert set(answers) == {"Belum ada rilis yang terbit."} and len(looks) == 2
        first = asyncio.create_task(reading.terkini(5))
        await asyncio.sleep(0)
        office.file("rapat", date="2026-11-24")
        await asyncio.to_thread(office.publish)
        later = asyncio.create_task(reading.terkini(5))
        await first
        assert "Rapat rapat" in await later


async def test_one_who_stops_waiting_takes_the_answer_from_nobody(office: Office) -> None:
    with ThreadPoolExecutor(1) as executor:
        reading = Reading(Settings(), office.room, executor)  # type: ignore[arg-type]
        gone, stays = (asyncio.create_task(reading.terkini(5)) for _ in range(2))
        await asyncio.sleep(0)
        gone.cancel()
        assert await stays == "Belum ada rilis yang terbit."


async def test_status_tells_pauses_and_what_needs_a_person_first(office: Office) -> None:
    for name in ("satu", "dua", "tiga"):
        office.file(name, date="2026-11-24", title=f'"Rapat <{name}>"')
    office.take_in()
    office.decide(decisions.hold, "dua")
    office.decide(decisions.pause, "kanal")
    with ThreadPoolExecutor(1) as executor:
        reading = Reading(Settings(), office.room, executor)  # type: ignore[arg-type]
        said = await reading.status()
    assert said.index("Dijeda") < said.index("Ditahan") < said.index("Menunggu terbit")
    assert "Rapat &lt;dua&gt;" in said and said.count("terjadwal") == 2


async def test_a_decision_wakes_who_must_act_on_it_and_a_refused_one_wakes_nobody(office: Office) -> None:
    office.file("rapat")
    office.take_in()
    woken: list[int] = []
    with ThreadPoolExecutor(1) as executor:
        reading = Reading(Settings(), office.room, executor)  # type: ignore[arg-type]
        ours = desk(reading, office.room, executor, lambda: woken.append(1))
        hold = partial(decisions.hold, who=EDITOR, item_id="1")
        assert "ditahan" in await ours.decide(hold)
        assert woken == [1] and office.state() == "held"
        with pytest.raises(DecisionError):
            await ours.decide(hold)
        assert woken == [1]
