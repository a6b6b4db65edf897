"""The first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

OPEN = sa.text("outcome IS NULL")
PUBLISHING = sa.text("state = 'publishing'")
where = {"sqlite_where": PUBLISHING, "postgresql_where": PUBLISHING}


def upgrade() -> None:
    op.create_table(
        "destinations",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("not_before", sa.DateTime()),
        sa.Column("ids_since", sa.BigInteger()),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_destinations")),
    )
    op.create_table(
        "items",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("explicit_id", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("news_date", sa.Date(), nullable=False),
        sa.Column("date_written", sa.Date()),
        sa.Column("url", sa.Text()),
        sa.Column("hashtags", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("publish_at", sa.DateTime()),
        sa.Column("expires_at", sa.DateTime()),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(), nullable=False),
        sa.Column("first_published_at", sa.DateTime()),
        sa.Column("withdrawn_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_items")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("items") as batch_op:
        batch_op.create_index("ix_items_id", ["id"])
        batch_op.create_index("ix_items_news_date", ["news_date"])
        batch_op.create_index("ix_items_text_sha256", ["text_sha256"])

    op.create_table(
        "marks",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_marks")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("not_before", sa.DateTime()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime()),
        sa.Column("remote_id", sa.String()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("key", name=op.f("uq_notices_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("notices") as batch_op:
        batch_op.create_index("ix_notices_state", ["state"])

    op.create_table(
        "pauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("destination", sa.String()),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("probe", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("lifted_at", sa.DateTime()),
        sa.Column("lifted_by", sa.String()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pauses")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("item", sa.Integer()),
        sa.Column("destination", sa.String()),
        sa.Column("detail", sa.Text()),
        sa.ForeignKeyConstraint(["item"], ["items.number"], name=op.f("fk_decisions_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("slot", sa.DateTime()),
        sa.Column("late_from", sa.DateTime(), nullable=False),
        sa.Column("not_before", sa.DateTime()),
        sa.Column("uncertain_since", sa.DateTime()),
        sa.Column("published_at", sa.DateTime()),
        sa.Column("url", sa.Text()),
        sa.Column("error", sa.Text()),
        sa.Column("check_first", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["items.number"], name=op.f("fk_deliveries_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("item", "destination", "platform", name=op.f("uq_deliveries_item_destination_platform")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.create_index("ix_deliveries_destination_state_due_at", ["destination", "state", "due_at"])
        batch_op.create_index("uq_deliveries_publishing", ["destination"], unique=True, **where)

    op.create_table(
        "holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("delivery", sa.Integer()),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("lifted_at", sa.DateTime()),
        sa.Column("lifted_by", sa.String()),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name=op.f("fk_holds_delivery")),
        sa.ForeignKeyConstraint(["item"], ["items.number"], name=op.f("fk_holds_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("holds") as batch_op:
        batch_op.create_index("ix_holds_item", ["item"])

    op.create_table(
        "parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("markup", sa.String()),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("remote_ids", sa.JSON(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("raw_text", sa.Text()),
        sa.Column("published_at", sa.DateTime()),
        sa.Column("resends", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name=op.f("fk_parts_delivery")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parts")),
        sa.UniqueConstraint("delivery", "seq", name=op.f("uq_parts_delivery_seq")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("parts") as batch_op:
        batch_op.create_index("ix_parts_sha256", ["sha256"])

    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("intent_at", sa.DateTime(), nullable=False),
        sa.Column("deadline", sa.DateTime(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("anchor", sa.BigInteger()),
        sa.Column("top_id", sa.BigInteger()),
        sa.Column("ended_at", sa.DateTime()),
        sa.Column("status", sa.Integer()),
        sa.Column("error", sa.Text()),
        sa.Column("duplicate", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("outcome", sa.String()),
        sa.Column("decided_by", sa.String()),
        sa.Column("person_asked_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["part"], ["parts.id"], name=op.f("fk_attempts_part")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("part", "n", name=op.f("uq_attempts_part_n")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attempts") as batch_op:
        batch_op.create_index("ix_attempts_address_intent_at", ["address", "intent_at"])
        batch_op.create_index("ix_attempts_address_top_id", ["address", "top_id"])
        batch_op.create_index("ix_attempts_open", ["part"], unique=False, sqlite_where=OPEN, postgresql_where=OPEN)

    op.create_table(
        "askings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("detail", sa.Text()),
        sa.ForeignKeyConstraint(["attempt"], ["attempts.id"], name=op.f("fk_askings_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_askings")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("askings") as batch_op:
        batch_op.create_index("ix_askings_attempt", ["attempt"])


def downgrade() -> None:
    with op.batch_alter_table("askings") as batch_op:
        batch_op.drop_index("ix_askings_attempt")

    op.drop_table("askings")
    with op.batch_alter_table("attempts") as batch_op:
        batch_op.drop_index("ix_attempts_open", sqlite_where=OPEN, postgresql_where=OPEN)
        batch_op.drop_index("ix_attempts_address_top_id")
        batch_op.drop_index("ix_attempts_address_intent_at")

    op.drop_table("attempts")
    with op.batch_alter_table("parts") as batch_op:
        batch_op.drop_index("ix_parts_sha256")

    op.drop_table("parts")
    with op.batch_alter_table("holds") as batch_op:
        batch_op.drop_index("ix_holds_item")

    op.drop_table("holds")
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.drop_index("uq_deliveries_publishing")
        batch_op.drop_index("ix_deliveries_destination_state_due_at")

    op.drop_table("deliveries")
    op.drop_table("decisions")
    op.drop_table("pauses")
    with op.batch_alter_table("notices") as batch_op:
        batch_op.drop_index("ix_notices_state")

    op.drop_table("notices")
    op.drop_table("marks")
    with op.batch_alter_table("items") as batch_op:
        batch_op.drop_index("ix_items_text_sha256")
        batch_op.drop_index("ix_items_news_date")
        batch_op.drop_index("ix_items_id")

    op.drop_table("items")
    op.drop_table("destinations")
