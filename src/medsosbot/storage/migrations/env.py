"""Alembic's entry: the caller hands over its own connection, inside its own transaction."""

from __future__ import annotations

from alembic import context

from medsosbot.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
