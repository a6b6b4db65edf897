"""Reading made short for the tests."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from medsosbot.errors import Fault, QueueItemError
from medsosbot.queue_folder.item import QueueItem
from medsosbot.queue_folder.read import understand
from medsosbot.text.rules import default_rules

ZONE = ZoneInfo("Asia/Makassar")
NAMES = ("kanal", "x")
RULES = default_rules()


def read(data: str | bytes, name: str = "rapat.md") -> QueueItem:
    raw = data if isinstance(data, bytes) else data.encode()
    return understand(name, raw, ZONE, NAMES, RULES)


def refused(data: str | bytes, name: str = "rapat.md") -> list[Fault]:
    with pytest.raises(QueueItemError) as caught:
        read(data, name)
    return list(caught.value.faults)


def head(*lines: str) -> str:
    """A queue file with these lines in its front matter, a title before them."""
    return "\n".join(["---", "title: Rapat Pleno", *lines, "---", "Isi rilis.", ""])
