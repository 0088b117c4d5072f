"""Candles of a reply as a series: finished bars only, oldest first, and no series where there are none."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from commentary.records.snapshot import Bar, CandleSeries
from commentary.sources.shapes.times import is_past

HOUR = 60
DAY = 24 * HOUR
"""Minutes."""


def closes(bars: Iterable[tuple[datetime, Decimal]], *, minutes: int, now: datetime) -> dict[datetime, Decimal]:
    """Return the close of each bar that has ended before `now`, by the time at which it ended.

    Args:
        bars: start and close of each, in any order.
        minutes: the length of each bar.
        now: the time of the collection.
    """
    length = timedelta(minutes=minutes)
    return {start + length: close for start, close in sorted(bars) if is_past(start + length, now)}


def finished(bars: Iterable[Bar], *, venue: str, source: str, minutes: int, now: datetime) -> Iterator[CandleSeries]:
    """Yield the series of the bars that have ended by `now`.

    A bar that still runs has a close, a volume and a range that are none yet; servers send it all the same.

    Args:
        bars: in any order; their time is their start.
        venue: where the price was traded.
        source: who says so.
        minutes: the length of each bar.
        now: the time of the collection.
    """
    length = timedelta(minutes=minutes)
    held = sorted((bar for bar in bars if bar.time + length <= now), key=lambda bar: bar.time)
    if held:
        yield CandleSeries(venue=venue, source=source, interval_minutes=minutes, bars=tuple(held))
