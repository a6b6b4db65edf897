"""The stand-ins as pytest fixtures; tests/conftest.py gives them to every test.

One process of each kind serves a whole worker: it is reset for each test, and started anew after one that stopped it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from tests.servers.client import FakeTelegram, FakeX, StandInProcess

Kind = TypeVar("Kind", bound=StandInProcess)
StandIns = Callable[[type[Kind], Path], Kind]


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIns[StandInProcess]]:
    """`stand_in(FakeX, folder)`: one of that kind, fresh, with its journal in the folder."""
    running: dict[str, StandInProcess] = {}

    def fresh(kind: type[StandInProcess], folder: Path) -> StandInProcess:
        server = running.get(kind.name)
        if server is None or not server.alive:
            server = running[kind.name] = kind(tmp_path_factory.mktemp(kind.name))
        server.reset(folder)
        return server

    yield fresh
    for server in running.values():
        server.stop()


@pytest.fixture
def telegram(stand_in: StandIns[FakeTelegram], tmp_path: Path) -> FakeTelegram:
    """The Bot API, fresh for this test."""
    return stand_in(FakeTelegram, tmp_path / "servers")


@pytest.fixture
def x(stand_in: StandIns[FakeX], tmp_path: Path) -> FakeX:
    """X's API v2, fresh for this test."""
    return stand_in(FakeX, tmp_path / "servers")
