"""A reported change of price beside the candles of the same hours: what they contradict is a slip, and is refused."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from commentary.errors import BadInputError
from commentary.records.snapshot import CandleSeries, PriceChange, Snapshot

FARTHEST = Decimal(15)
"""Points of percent: the hours of the two may part by a little, in which price moves less than this."""
LEAST_MOVE = Decimal(1)
"""Percent: where both moved by more than this the other way round, a sign was swapped; below it minutes decide."""
SAME_WINDOW = 24
"""The ends of the two part by no more than this part of the window: an hour of a day. A change of the last 24 hours is
not that of the last calendar day."""


def refuse_contrary(snapshot: Snapshot, name: str) -> None:
    """Refuse a change of price that is far from what candles show of its hours, or the other way round.

    Raises:
        BadInputError: there is one; the message has its place and the two closes.
    """
    for i, change in enumerate(snapshot.price_changes):
        for first, last in _closes(snapshot, change):
            shown = (last / first - 1) * 100
            if abs(change.percent - shown) > FARTHEST or _opposed(change.percent, shown):
                remedy = (
                    f"the candles of the same {change.window_hours:f} hours go from {first:f} to {last:f}, which is "
                    f"{shown:.1f}%; correct the change, its sign and its unit, or the candles"
                )
                raise BadInputError(f"{name}/price_changes/{i}/percent", change.percent, remedy)


def _opposed(a: Decimal, b: Decimal) -> bool:
    """Say whether two moves, neither of them a small one, have opposite signs."""
    return a * b < 0 and min(abs(a), abs(b)) > LEAST_MOVE


def _closes(snapshot: Snapshot, change: PriceChange) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield the closes nearest to both ends of a change's window, of each series that has them close to both."""
    end = change.time or snapshot.as_of
    window = timedelta(hours=float(change.window_hours))
    asset = change.asset or snapshot.asset
    for series in snapshot.candles:
        of_another_venue = None not in (series.venue, change.venue) and series.venue != change.venue
        if of_another_venue or (series.asset or snapshot.asset) != asset or not series.bars:
            continue
        first, last = (_close_at(series, one, window / SAME_WINDOW) for one in (end - window, end))
        if first is not None and last is not None:
            yield first, last


def _close_at(series: CandleSeries, wanted: datetime, within: timedelta) -> Decimal | None:
    length = timedelta(minutes=float(series.interval_minutes))
    bar = min(series.bars, key=lambda one: abs(one.time + length - wanted))
    return bar.close if abs(bar.time + length - wanted) <= within else None
