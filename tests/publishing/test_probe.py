"""The pause of a destination that refused us ends when its platform shows that it is mended."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from medsosbot.errors import TransientError, UnauthorizedError
from medsosbot.publishing import decisions
from medsosbot.publishing.probe import probe
from medsosbot.publishing.publisher import Publisher
from medsosbot.storage import pauses
from tests.publishing.office import Office, open_office, target


class Answering:
    """A platform of which only `check` is asked; it raises this, or nothing."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.asked = error, 0

    async def check(self) -> tuple[str, ...]:
        self.asked += 1
        if self.error:
            raise self.error
        return ()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path, target("kanal"), target("x")) as found:
        yield found


def ask(office: Office, kanal: Answering, x: Answering) -> list[str]:
    with ThreadPoolExecutor(1) as executor:
        opened = {"kanal": kanal, "x": x}
        publisher = Publisher(office.room, opened, executor, "test", random.Random(0))  # type: ignore[arg-type]
        return asyncio.run(probe(office.room, publisher, opened))  # type: ignore[arg-type]


def refuse(office: Office, name: str, *, seen_by_check: bool = True) -> None:
    with office.store.write() as tx:
        pauses.add(tx, name, pauses.REFUSED, "Bot dikeluarkan.", "platform", office.clock.now(), probe=seen_by_check)


def paused(office: Office) -> list[str | None]:
    with office.store.read() as tx:
        return [p.destination for p in pauses.standing(tx)]


def test_it_ends_the_pause_of_what_is_mended_and_asks_nobody_else(office: Office) -> None:
    refuse(office, "kanal")
    kanal, x = Answering(), Answering()
    assert ask(office, kanal, x) == ["kanal"]
    assert paused(office) == [] and x.asked == 0


@pytest.mark.parametrize("error", [UnauthorizedError("masih"), TransientError("jaringan")])
def test_it_leaves_what_still_refuses_and_tells_nobody_again(office: Office, error: Exception) -> None:
    refuse(office, "kanal")
    assert ask(office, Answering(error), Answering()) == []
    assert paused(office) == ["kanal"] and office.told() == []


def test_it_leaves_a_persons_own_pause(office: Office) -> None:
    office.decide(decisions.pause, "x")
    refuse(office, "x")
    assert ask(office, Answering(), Answering()) == ["x"]
    assert paused(office) == ["x"]


def test_it_doesnt_ask_where_only_a_post_tells(office: Office) -> None:
    refuse(office, "x", seen_by_check=False)
    x = Answering()
    assert ask(office, Answering(), x) == [] and x.asked == 0
    assert paused(office) == ["x"]
