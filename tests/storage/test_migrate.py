"""The tables as the code knows them and as the migrations make them are the same."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from medsosbot.storage import copy, migrate
from medsosbot.storage.schema import metadata
from medsosbot.storage.store import Store


@pytest.fixture
def migrated(tmp_path: Path) -> Path:
    Store(tmp_path / "medsosbot.db", keeper=True).close()
    return tmp_path / "medsosbot.db"


def test_the_migrations_end_in_the_tables_that_the_code_knows(migrated: Path) -> None:
    engine = create_engine(f"sqlite:///{migrated}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_they_agree_in_every_column_key_and_index_as_sqlite_tells_them(migrated: Path, tmp_path: Path) -> None:
    with copy.throw_away(tmp_path / "none.db") as made:
        assert _shape(migrated) == _shape(made.file)


def test_head_is_the_newest_revision(migrated: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).with_name("migrations")))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [migrate.HEAD]
    with closing(sqlite3.connect(migrated)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchall() == [(migrate.HEAD,)]


def test_two_sends_at_one_destination_are_refused_by_the_migrated_tables_too(migrated: Path) -> None:
    with closing(sqlite3.connect(migrated)) as raw:
        (sql,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'uq_deliveries_publishing'").fetchone()
    assert re.search(r"UNIQUE INDEX.*\(destination\) WHERE state = 'publishing'", " ".join(sql.split()))


def _shape(file: Path) -> dict[str, object]:
    with closing(sqlite3.connect(file)) as raw:
        tables = [r[0] for r in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        shape: dict[str, object] = {
            name: (
                sorted(tuple(map(str, r[1:])) for r in raw.execute(f"PRAGMA table_info({name})")),
                sorted(tuple(map(str, r[2:])) for r in raw.execute(f"PRAGMA foreign_key_list({name})")),
            )
            for name in tables
            if name not in ("alembic_version", "sqlite_sequence")
        }
        indexes = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        shape |= {name: " ".join(sql.split()) for name, sql in indexes if "alembic" not in name}
        kept = raw.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
        shape["never given twice"] = sorted(r[0] for r in kept)
    return shape
