"""The tables. What each is for stands in its comment; HOUSE words only: item, delivery, part, attempt, hold, pause."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from medsosbot.storage.columns import UtcTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# A release that was taken in. `number` is the short number that people type; `id` comes from the file and can
# stand again once the older item of that id is cancelled or expired. `line` is its line in /terkini (HTML, no link).
items = Table(
    "items",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False),
    Column("explicit_id", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("file", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("text_sha256", String, nullable=False),  # of title and body: the same release under another name
    Column("news_date", Date, nullable=False),
    Column("date_written", Date),
    Column("url", Text),
    Column("hashtags", JSON, nullable=False),
    Column("texts", JSON, nullable=False),
    Column("publish_at", UtcTime),
    Column("expires_at", UtcTime),
    Column("urgency", String, nullable=False),
    Column("line", Text, nullable=False),
    Column("accepted_at", UtcTime, nullable=False),
    Column("first_published_at", UtcTime),
    Column("withdrawn_at", UtcTime),
    Index("ix_items_id", "id"),
    Index("ix_items_text_sha256", "text_sha256"),
    Index("ix_items_news_date", "news_date"),
    sqlite_autoincrement=True,
)

# One item at one destination. `due_at`: the earliest moment by publish_at, slot and quiet hours; `late_from`: what
# lateness is counted from. The partial unique index is a guard: the database itself refuses two sends at once.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item", ForeignKey("items.number"), nullable=False),
    Column("destination", String, nullable=False),
    Column("platform", String, nullable=False),
    Column("state", String, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("due_at", UtcTime, nullable=False),
    Column("slot", UtcTime),
    Column("late_from", UtcTime, nullable=False),
    Column("not_before", UtcTime),
    Column("uncertain_since", UtcTime),
    Column("published_at", UtcTime),
    Column("url", Text),
    Column("error", Text),
    # `check_first`: an old copy of the database was put back; the platform is asked before this may go out.
    Column("check_first", Boolean, nullable=False, server_default=text("0")),
    UniqueConstraint("item", "destination", "platform"),
    Index("ix_deliveries_destination_state_due_at", "destination", "state", "due_at"),
    Index(
        "uq_deliveries_publishing",
        "destination",
        unique=True,
        sqlite_where=text("state = 'publishing'"),
        postgresql_where=text("state = 'publishing'"),
    ),
    sqlite_autoincrement=True,
)

# One message of a delivery: the exact text, rendered once, at scheduling.
parts = Table(
    "parts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("delivery", ForeignKey("deliveries.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("markup", String),
    Column("sha256", String, nullable=False),
    Column("state", String, nullable=False),
    Column("remote_ids", JSON, nullable=False),
    Column("url", Text),
    Column("raw_text", Text),
    Column("published_at", UtcTime),
    Column("resends", Integer, nullable=False, server_default="0"),
    UniqueConstraint("delivery", "seq"),
    Index("ix_parts_sha256", "sha256"),
    sqlite_autoincrement=True,
)

# One call to a platform: written before it, never deleted, its outcome written once.
attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("part", ForeignKey("parts.id"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("owner", String, nullable=False),
    Column("text_sha256", String, nullable=False),
    Column("intent_at", UtcTime, nullable=False),
    Column("deadline", UtcTime, nullable=False),
    Column("address", String, nullable=False),  # the chat or account behind the destination's name
    Column("anchor", BigInteger),
    Column("top_id", BigInteger),  # the highest id that was seen at `address` for this attempt: the next one's anchor
    Column("ended_at", UtcTime),  # when the answer came, or when the doubt was found
    Column("status", Integer),
    Column("error", Text),
    Column("duplicate", Boolean, nullable=False, server_default=text("0")),
    Column(
        "outcome", String
    ),  # published | not_sent | rejected | refused | paced | not_called | absent | cancelled; NULL: open
    Column("decided_by", String),  # answer | evidence | clock | a person
    Column("person_asked_at", UtcTime),
    UniqueConstraint("part", "n"),
    Index("ix_attempts_address_top_id", "address", "top_id"),
    Index("ix_attempts_address_intent_at", "address", "intent_at"),
    Index("ix_attempts_open", "part", sqlite_where=text("outcome IS NULL"), postgresql_where=text("outcome IS NULL")),
    sqlite_autoincrement=True,
)

# One asking of the platform about an uncertain attempt.
askings = Table(
    "askings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("attempt", ForeignKey("attempts.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("verdict", String, nullable=False),  # present | absent | none | cannot_tell
    Column("detail", Text),
    Index("ix_askings_attempt", "attempt"),
    sqlite_autoincrement=True,
)

# Why an item (delivery NULL) or one delivery waits for a person; lifted, never deleted.
holds = Table(
    "holds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item", ForeignKey("items.number"), nullable=False),
    Column("delivery", ForeignKey("deliveries.id")),
    Column("kind", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("lifted_at", UtcTime),
    Column("lifted_by", String),
    Index("ix_holds_item", "item"),
    sqlite_autoincrement=True,
)

# Nothing goes out at a destination, or anywhere (destination NULL). kind: person | refused.
pauses = Table(
    "pauses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("destination", String),
    Column("kind", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("probe", Boolean, nullable=False, server_default=text("1")),
    Column("at", UtcTime, nullable=False),
    Column("by", String, nullable=False),
    Column("lifted_at", UtcTime),
    Column("lifted_by", String),
    sqlite_autoincrement=True,
)

# What a platform asked of us for a whole destination.
destinations = Table(
    "destinations",
    metadata,
    Column("name", String, primary_key=True),
    Column("not_before", UtcTime),
    Column("ids_since", BigInteger),  # the highest id known when an old copy of the database was put back
)

# What the staff is told: an outbox. key: one matter is told once.
notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("not_before", UtcTime),
    Column("state", String, nullable=False),  # waiting | sending | sent | uncertain | dropped
    Column("sent_at", UtcTime),
    Column("remote_id", String),
    UniqueConstraint("key"),
    Index("ix_notices_state", "state"),
    sqlite_autoincrement=True,
)

# Who decided what; for the record alone.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("who", String, nullable=False),
    Column("what", String, nullable=False),
    Column("item", ForeignKey("items.number")),
    Column("destination", String),
    Column("detail", Text),
    sqlite_autoincrement=True,
)

# Single facts: clock_high (the highest wall time seen), clock_odd (why publishing waits), last_tick, …
marks = Table(
    "marks",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)
