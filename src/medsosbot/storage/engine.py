"""Opening SQLite so that it keeps what it says it kept.

WAL with synchronous=FULL: with NORMAL a power cut loses acknowledged commits, and a lost intent is a double post.
BEGIN IMMEDIATE: the driver's default sends no BEGIN before a SELECT, and read-then-write loses updates silently.

SQLite 3.7.0 to 3.51.2 can, rarely, corrupt a database when two connections write and checkpoint at the same moment
(the WAL-reset bug). Most systems still ship such a version, so it isn't refused; it is made unreachable instead:
only the process that holds the lock checkpoints, on the one connection that it also writes on. All others open with
`wal_autocheckpoint=0`, and the last one to close does it alone.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

BUSY_MILLISECONDS = 5_000
CHECKPOINT_PAGES = 1_000  # SQLite's own default


def open_writer(file: Path, *, checkpoints: bool, lasting: bool = True) -> Engine:
    """The one writing connection of this process. Every transaction on it is BEGIN IMMEDIATE.

    lasting: False for a copy that is thrown away: nothing of it need ever reach the disk.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": BUSY_MILLISECONDS / 1000},
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # we send BEGIN ourselves
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={'FULL' if lasting else 'OFF'}",
            "foreign_keys=ON",
            f"wal_autocheckpoint={CHECKPOINT_PAGES if checkpoints else 0}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def open_reader(file: Path) -> Engine:
    """Reading connections: they never wait for a writer and can change nothing."""
    engine = create_engine(
        URL.create("sqlite", database=f"file:{quote(str(file))}", query={"mode": "ro", "uri": "true"}),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=2,
        connect_args={"check_same_thread": False, "timeout": BUSY_MILLISECONDS / 1000},
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine
