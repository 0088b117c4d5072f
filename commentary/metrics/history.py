"""The same figure on earlier days: what is needed to say that one of today is large, or the largest.

A day is 24 hours, and windows lie end to end, so those of a 24-hour figure do not overlap. The earlier ones end where
the history has its readings, which need not be at the time of day of the newest: none ends inside the window told.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from commentary.config.tolerances import tolerance
from commentary.metrics.base import R

DAYS_NEEDED = 30
"""With fewer earlier days a rank says more about the series' length than about the day."""
_DAY = timedelta(hours=24)


def series(rows: Iterable[R], row: R) -> list[R]:
    """Return the rows of the same thing by the same source."""
    thing, source = row.key[:-1], row.source
    return [other for other in rows if other.source == source and other.key[:-1] == thing]


def daily(rows: Sequence[R], end: datetime, value: Callable[[R], Decimal | None]) -> list[Decimal | None]:
    """Return the value at `end`, 24 hours before it, 48 hours before it, and so on to the oldest row.

    Args:
        rows: rows of one thing by one source, each time once, in any order.
        end: the time of the newest.
        value: what a row says; None where it does not say it.

    Returns:
        None for a day without a row within the metric's time tolerance.
    """
    if not rows:
        return []
    within = timedelta(minutes=float(tolerance(rows[0].METRIC).time_minutes))
    in_order = sorted(rows, key=lambda row: row.at)
    days = (end - in_order[0].at + within) // _DAY
    found = (nearest(in_order, end - k * _DAY, within) for k in range(days + 1))
    return [None if row is None else value(row) for row in found]


def earlier_end(columns: Sequence[Sequence[R]], end: datetime, days: int = 1) -> datetime:
    """Return where the newest earlier window ends: by the start of the one told, on a reading of the history.

    Args:
        columns: the series that are added up, each as `daily` takes it.
        end: the end of the window told.
        days: its length.

    Returns:
        The start of the window told, or the reading of the 24 hours before it from which most days back are held in
        every series; the later of two that hold as many.
    """
    start = end - days * _DAY
    readings = {row.at for row in columns[0] if start - _DAY < row.at < start} if columns else set()
    return max((start, *sorted(readings, reverse=True)), key=lambda one: _days_held(columns, one))


def _days_held(columns: Sequence[Sequence[R]], end: datetime) -> int:
    found = [daily(rows, end, lambda _: Decimal(1)) for rows in columns]
    return sum(1 for day in zip(*found, strict=False) if None not in day)


def row_at(rows: Sequence[R], wanted: datetime) -> R | None:
    """Return the row of a series at a time, within the metric's tolerance; None where there is none."""
    if not rows:
        return None
    within = timedelta(minutes=float(tolerance(rows[0].METRIC).time_minutes))
    return nearest(sorted(rows, key=lambda row: row.at), wanted, within)


def nearest(in_order: Sequence[R], wanted: datetime, within: timedelta) -> R | None:
    """Return the row nearest to a time, if one is near enough; of two as near, the later.

    Args:
        in_order: rows of one thing, oldest first.
        wanted: the time.
        within: how far from it a row may be.
    """
    place = bisect_left(in_order, wanted, key=lambda row: row.at)
    beside = in_order[max(0, place - 1) : place + 1]
    row = min(reversed(beside), key=lambda row: abs(row.at - wanted), default=None)
    return row if row is not None and abs(row.at - wanted) <= within else None


def changes(levels: Sequence[Decimal | None]) -> list[Decimal]:
    """Return each day's change in percent where both its ends are known, newest first."""
    return [(now / before - 1) * 100 for now, before in pairwise(levels) if now is not None and before]


def rank(value: Decimal, earlier: Sequence[Decimal]) -> int:
    """Return the place of `value` among earlier ones: 1 when none of them is larger."""
    return 1 + sum(1 for other in earlier if other > value)


def too_short(what: str, held: int) -> str:
    """Return the reason why a series cannot rank a figure."""
    return f"a rank of {what} needs {DAYS_NEEDED} earlier days, the snapshot holds {held}"
