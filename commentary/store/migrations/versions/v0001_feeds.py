"""Feeds, their events, items and the tests that items set."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table("feed", sa.Column("name", sa.Text, primary_key=True), sqlite_strict=True)
    op.create_table(
        "event",
        sa.Column("feed", sa.Text, sa.ForeignKey("feed.name"), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("started", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "item",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("feed", sa.Text, sa.ForeignKey("feed.name"), nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("event_key", sa.Text, nullable=False),
        sa.Column("story", sa.Text, nullable=False),
        sa.Column("as_of", sa.Text, nullable=False),
        sa.Column("generated_at", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("draft", sa.Text, nullable=False),
        sa.UniqueConstraint("feed", "id", name="uq_item_feed_id"),
        sa.ForeignKeyConstraint(["feed", "event_key"], ["event.feed", "event.key"], name="fk_item_event"),
        sqlite_strict=True,
    )
    op.create_index("ix_item_feed_number", "item", ["feed", "number"])
    op.create_table(
        "condition",
        sa.Column("feed", sa.Text, primary_key=True),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("metric", sa.Text, nullable=False),
        sa.Column("deadline", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.ForeignKeyConstraint(["feed", "item"], ["item.feed", "item.id"], name="fk_condition_item"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in ("condition", "item", "event", "feed"):
        op.drop_table(name)
