"""Bringing a database to this version's tables. Alembic is loaded only when there is something to do (0.6 s)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from medsosbot.errors import RevisionError, StorageError

HEAD = "0001"  # the newest revision in migrations/versions; a test holds the two together


def revision(engine: Engine) -> str | None:
    """The revision that the database is at; None for one without tables."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return None if found is None else str(found)


def upgrade(engine: Engine) -> None:
    """Bring the database to HEAD. Only the holder of the lock may call this. Raises StorageError for a newer one."""
    if revision(engine) == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as e:
            raise StorageError(f"the database is of another version of medsosbot: {e}") from None


def require_head(engine: Engine) -> None:
    """Raises RevisionError where the database is of another revision: only the holder of the lock migrates."""
    found = revision(engine)
    if found != HEAD:
        raise RevisionError(
            f"the database is at revision {found}, this version needs {HEAD}; "
            "run `medsosbot publish` or `medsosbot run` once with this version, or update medsosbot"
        )
