"""What a reader must be told about funding: intervals not known or changed, two signs, extremes."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from commentary.metrics.base import Given
from commentary.metrics.rows import coin, percent, stale_at
from commentary.records.fact import Flag
from commentary.records.snapshot import Funding

SAME_WEEK = timedelta(days=7)
NEAR_ZERO = Decimal("0.0005")
"""Percent per eight hours; a rate this close to zero is a sign of nothing."""
EXTREME = Decimal("0.05")
"""Percent per eight hours, five times the usual baseline."""


def funding_flags(newest: list[Funding], given: Given) -> Iterator[Flag]:
    """Return the conditions of the coin's funding data.

    Args:
        newest: the preferred newest row of each exchange and kind.
        given: what the metric reads.
    """
    rows = [row for row in given.snapshot.funding if row.about == coin(given.snapshot)]
    unknown = [row for row in rows if row.interval_hours is None]
    if unknown:
        where = ", ".join(sorted({row.venue or "an exchange not named" for row in unknown}))
        yield Flag("funding_interval_unknown", f"funding of {where} comes without its interval")
    yield from _changed_intervals(rows)
    # Rates of other days neither contradict one another nor are extreme today.
    current = [row for row in newest if not stale_at("funding", row.at, given.as_of)]
    yield from _divergence([row for row in current if row.kind == "settled"])
    for row in current:
        rate = eight_hours(row)
        if rate is not None and abs(rate) >= EXTREME:
            why = f"{row.venue or 'funding'}: {rate.normalize():f}% per eight hours"
            yield Flag("funding_extreme", f"{why}; {EXTREME}% or more either way")


def eight_hours(row: Funding) -> Decimal | None:
    """Return the rate of a row in percent per eight hours, or None where its interval is not known."""
    return None if row.interval_hours is None else percent(row.rate) * 8 / row.interval_hours


def _changed_intervals(rows: list[Funding]) -> Iterator[Flag]:
    by_venue: dict[str, list[Funding]] = {}
    for row in rows:
        if row.kind == "settled" and row.interval_hours is not None and row.venue is not None:
            by_venue.setdefault(row.venue, []).append(row)
    for venue, settled in sorted(by_venue.items()):
        end = max(row.at for row in settled)
        intervals = sorted({row.interval_hours or Decimal(0) for row in settled if row.at >= end - SAME_WEEK})
        if len(intervals) > 1:
            hours = " and ".join(f"{interval.normalize():f}" for interval in intervals)
            yield Flag("funding_interval_mismatch", f"{venue} settled every {hours} hours within seven days")


def _divergence(settled: list[Funding]) -> Iterator[Flag]:
    rates = [(row.venue, rate) for row in settled if row.venue and (rate := eight_hours(row)) is not None]
    above = [(venue, rate) for venue, rate in rates if rate > NEAR_ZERO]
    below = [(venue, rate) for venue, rate in rates if rate < -NEAR_ZERO]
    if above and below:
        told = ", ".join(f"{venue} {rate.normalize():f}%" for venue, rate in (above[0], below[0]))
        yield Flag("venue_divergence", f"settled funding per eight hours has two signs: {told}")
