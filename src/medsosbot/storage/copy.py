"""A copy of the database to try things on: SQLite's own backup, no lock, so it works beside a running service."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import text

from medsosbot.errors import StorageError
from medsosbot.storage import migrate
from medsosbot.storage.engine import open_writer
from medsosbot.storage.schema import metadata
from medsosbot.storage.store import Store


@contextmanager
def throw_away(file: Path) -> Iterator[Store]:
    """A store on a copy of `file`, or an empty one where there is none; both are gone when the block ends.

    Raises StorageError where the database can't be read or is of another revision.
    """
    with tempfile.TemporaryDirectory(prefix="medsosbot-") as folder:
        copy = Path(folder) / "copy.db"
        if file.exists():
            _back_up(file, copy)
        else:
            _create(copy)
        store = Store(copy, keeper=False, lasting=False)
        try:
            yield store
        finally:
            store.close()


def _back_up(file: Path, copy: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, timeout=5)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except sqlite3.Error as e:
        raise StorageError(f"the database {file} can't be read: {e}") from None


def _create(copy: Path) -> None:
    """Today's tables, without the migrations' history: nobody will ever migrate it."""
    engine = open_writer(copy, checkpoints=True, lasting=False)
    with engine.begin() as tx:
        metadata.create_all(tx)
        tx.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        tx.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": migrate.HEAD})
    engine.dispose()
