"""How far a watch has come, its alerts, and what is muted."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "watched",
        sa.Column("feed", sa.Text, sa.ForeignKey("feed.name"), primary_key=True),
        sa.Column("asset", sa.Text, primary_key=True),
        sa.Column("tick", sa.Text),
        sa.Column("held_since", sa.Text),
        sa.Column("figures", sa.Text),
        sqlite_strict=True,
    )
    op.create_table(
        "alert",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("feed", sa.Text, sa.ForeignKey("feed.name"), nullable=False),
        sa.Column("event_key", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("as_of", sa.Text, nullable=False),
        sa.Column("rank", sa.REAL, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("snoozed_until", sa.Text),
        sa.Column("document", sa.Text, nullable=False),
        sa.UniqueConstraint("feed", "event_key", "kind", "as_of", name="uq_alert_once"),
        sqlite_strict=True,
    )
    op.create_index("ix_alert_feed_state", "alert", ["feed", "state"])
    op.create_table(
        "mute",
        sa.Column("feed", sa.Text, sa.ForeignKey("feed.name"), primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("what", sa.Text, primary_key=True),
        sa.Column("until", sa.Text),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in ("mute", "alert", "watched"):
        op.drop_table(name)
