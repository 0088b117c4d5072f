"""What the bundled snapshots have in common: their year, and that they say of themselves that they are illustrative."""

from datetime import UTC, datetime

Row = dict[str, object]
"""A row of a snapshot, or a whole one, before it is written; numbers are int or Decimal, times aware."""

NOTE = "Illustrative figures, made by a seeded generator; not market data."


def snapshot(asset: str, as_of: datetime, *, quote: str = "USD", **fields: object) -> Row:
    """Return a snapshot that says of itself that its figures are illustrative."""
    head: Row = {
        "format": "commentary.snapshot/1",
        "asset": asset,
        "quote": quote,
        "as_of": as_of,
        "note": NOTE,
    }
    return head | fields


def moment(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """Return a time of 2026, the year of all bundled snapshots, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)
