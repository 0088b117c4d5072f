"""Open interest as a series of points, and every window of one length whose two ends are held.

A change over 24 hours can be counted to every row that has one a day before it, not to one time of day alone: "the
largest in so many days" and "the next" are of all of those. Two windows that share an hour are one move told twice,
so that the next of a move is one apart from it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from commentary.config.tolerances import tolerance
from commentary.metrics.base import Given
from commentary.metrics.history import nearest, series
from commentary.metrics.holdings import Holding, total
from commentary.records.fact import twelve_digits


class Point(NamedTuple):
    """A figure at a time: open interest in coin, or a price."""

    time: datetime
    value: Decimal


class Window(NamedTuple):
    """What happened between two times."""

    start: datetime
    end: datetime
    change: Decimal
    """Between two points in percent, negative for a fall; or a total, in the unit of its rows."""


def held_points(given: Given, held: Holding) -> list[Point]:
    """Return what a holding amounted to in coin at each time of its first series, oldest first; never zero."""
    within = timedelta(minutes=float(tolerance("open_interest").time_minutes))
    first, *others = (sorted(series(given.snapshot.open_interest, row), key=lambda row: row.at) for row in held.rows)
    points = []
    for row in first:
        rows = [row, *(nearest(column, row.at, within) for column in others)]
        found = [one for one in rows if one is not None]
        coins = total(found, "coin") if len(found) == len(rows) else None
        if coins:
            points.append(Point(row.at, coins))
    return points


def point_at(points: Sequence[Point], wanted: datetime, within: timedelta | None = None) -> Point | None:
    """Return the point nearest to a time; of two as near, the later.

    Args:
        points: oldest first.
        wanted: the time.
        within: how far from it a point may be; without it, the tolerance of open interest.
    """
    near = timedelta(minutes=float(tolerance("open_interest").time_minutes)) if within is None else within
    place = bisect_left(points, wanted, key=lambda point: point.time)
    beside = points[max(0, place - 1) : place + 1]
    found = min(reversed(beside), key=lambda point: abs(point.time - wanted), default=None)
    return found if found is not None and abs(found.time - wanted) <= near else None


def windows(points: Sequence[Point], length: timedelta, within: timedelta | None = None) -> Iterator[Window]:
    """Yield the change to every point that has one a window's length before it.

    Args:
        points: oldest first, none of them zero.
        length: of the window.
        within: how far from its start a point may be, as `point_at` takes it.
    """
    for end in points:
        start = point_at(points, end.time - length, within)
        if start is not None and start.time < end.time:
            yield Window(start.time, end.time, twelve_digits((end.value / start.value - 1) * 100))


def apart(found: Iterable[Window]) -> Iterator[Window]:
    """Yield the largest window, the largest that shares no hour with it, and so on; of two as large, the later."""
    taken: list[Window] = []
    later_first = sorted(found, key=lambda window: window.end, reverse=True)
    for window in sorted(later_first, key=lambda window: -abs(window.change)):
        place = bisect_left(taken, window.start, key=lambda other: other.start)
        begins_after = place == 0 or taken[place - 1].end <= window.start
        if begins_after and (place == len(taken) or window.end <= taken[place].start):
            taken.insert(place, window)
            yield window


def same_way(found: Iterable[Window], change: Decimal, by: datetime) -> list[Window]:
    """Return the windows that ended by a time and changed in the direction of a change."""
    return [window for window in found if window.end <= by and window.change * change > 0]


def larger(found: Iterable[Window], change: Decimal) -> int:
    """Return how many windows apart from each other changed by more than a change did."""
    return sum(1 for _ in apart(window for window in found if abs(window.change) > abs(change)))
