"""The tables: documents as JSON that is never changed, and beside it the columns by which they are found.

A change of these takes a new file in migrations/versions; tests/store/test_migrations.py holds the two to each other.
"""

from sqlalchemy import (
    REAL,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

feed = Table(
    "feed",
    metadata,
    Column("name", Text, primary_key=True),
    sqlite_strict=True,
)

event = Table(
    "event",
    metadata,
    Column("feed", Text, ForeignKey("feed.name"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("started", Text, nullable=False),
    sqlite_strict=True,
)
"""`state` is open, or settled once a follow-up has told what became of its tests."""

item = Table(
    "item",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("feed", Text, ForeignKey("feed.name"), nullable=False),
    Column("id", Text, nullable=False),
    Column("event_key", Text, nullable=False),
    Column("story", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("generated_at", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("draft", Text, nullable=False),
    UniqueConstraint("feed", "id", name="uq_item_feed_id"),
    ForeignKeyConstraint(["feed", "event_key"], ["event.feed", "event.key"], name="fk_item_event"),
    Index("ix_item_feed_number", "feed", "number"),
    sqlite_strict=True,
)
"""`document` is what the feed remembers of a draft, `draft` the draft itself; `number` is the order of saving."""

condition = Table(
    "condition",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("metric", Text, nullable=False),
    Column("deadline", Text, nullable=False),
    Column("outcome", Text),
    ForeignKeyConstraint(["feed", "item"], ["item.feed", "item.id"], name="fk_condition_item"),
    sqlite_strict=True,
)
"""A test of an item, and as JSON what became of it."""

watched = Table(
    "watched",
    metadata,
    Column("feed", Text, ForeignKey("feed.name"), primary_key=True),
    Column("asset", Text, primary_key=True),
    Column("tick", Text),
    Column("held_since", Text),
    Column("figures", Text),
    sqlite_strict=True,
)
"""How far a watch of a feed has come: the last tick that is done for an asset, since when its data lacks a part, and as
JSON the figures by which it is seen whether an event still moves.
"""

alert = Table(
    "alert",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("feed", Text, ForeignKey("feed.name"), nullable=False),
    Column("event_key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("rank", REAL, nullable=False),
    Column("state", Text, nullable=False),
    Column("snoozed_until", Text),
    Column("document", Text, nullable=False),
    UniqueConstraint("feed", "event_key", "kind", "as_of", name="uq_alert_once"),
    Index("ix_alert_feed_state", "feed", "state"),
    sqlite_strict=True,
)
"""`document` is the alert as it was made; the other columns find it, or say what became of it."""

mute = Table(
    "mute",
    metadata,
    Column("feed", Text, ForeignKey("feed.name"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("until", Text),
    sqlite_strict=True,
)
"""What no alert is offered of, and until when."""
