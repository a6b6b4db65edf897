"""The databases that must pass the contract suite. A second one joins by one line in DATABASES."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from medsosbot.storage.store import Store

Opens = Callable[[Path, bool], Store]  # a folder that outlives the store, and whether this process is the keeper

DATABASES: dict[str, Opens] = {
    "sqlite": lambda folder, keeper: Store(folder / "medsosbot.db", keeper=keeper),
}
