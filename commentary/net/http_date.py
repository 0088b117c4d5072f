"""Dates as HTTP headers write them (RFC 9110 §5.6.7, read 2026-11-30): "Mon, 30 Nov 2026 04:00:00 GMT"."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def http_date(text: str) -> datetime | None:
    """Return the time that a header tells, UTC; None where it tells none."""
    try:
        told = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    # An asctime date and the zone -0000 come without a zone; HTTP has no time but UTC.
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
