"""Dates as HTTP headers write them (RFC 9110 §5.6.7, read 2026-11-30): "Mon, 30 Nov 2026 04:00:00 GMT"."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from commentary.records.values import FIRST_YEAR, LAST_YEAR


def http_date(text: str) -> datetime | None:
    """Return the time that a header tells, UTC; None where it tells none, or one that cannot be."""
    try:
        told = parsedate_to_datetime(text)
        # An asctime date and the zone -0000 come without a zone; HTTP has no time but UTC.
        told = told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    return told if FIRST_YEAR <= told.year <= LAST_YEAR else None
