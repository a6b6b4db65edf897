from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.office import Office


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Office]:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield Office(tmp_path, capsys)
    root.setLevel(level)
    root.handlers[:] = handlers
