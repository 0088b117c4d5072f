"""Histories in intervals of one length: which have begun, which have ended, and the whole days that they make up.

A row has the start of its interval. The one that runs has the figure of now, and one that begins in the future is an
error of the server's clock, or of its documentation.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from commentary.sources.shapes.reading import Part

_DAY = timedelta(days=1)


class Interval(NamedTuple):
    """What stands for one interval: its row, its start, which is the time in the row, and its end."""

    part: Part
    start: datetime
    end: datetime


def begun(rows: Iterable[Part], time: str, length: timedelta, now: datetime) -> list[Interval]:
    """Return the intervals that had begun, in order of time.

    Args:
        rows: of the reply, in any order.
        time: the field with the start of an interval.
        length: of each.
        now: the time of the collection.
    """
    found = ((row, row[time].time()) for row in rows)
    told = (Interval(row, start, start + length) for row, start in found if start <= now)
    return sorted(told, key=lambda one: one.start)


def ended(intervals: Iterable[Interval], now: datetime) -> list[Interval]:
    """Return those that had ended."""
    return [one for one in intervals if one.end <= now]


def whole_days(intervals: Sequence[Interval]) -> Iterator[tuple[datetime, list[Part]]]:
    """Yield the end of a day and the rows of its intervals, for days end to end back from the newest interval.

    The newest day comes first, and a day that lacks an interval is left out.
    """
    if not intervals:
        return
    found = {one.end: one.part for one in intervals}
    length = intervals[0].end - intervals[0].start
    end = max(found)
    while end >= min(found):
        ends = [end - length * back for back in range(_DAY // length)]
        if all(at in found for at in ends):
            yield end, [found[at] for at in ends]
        end -= _DAY
