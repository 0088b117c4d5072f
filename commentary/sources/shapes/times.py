"""Times in questions, and what of a history is past."""

from collections.abc import Iterator
from datetime import datetime, timedelta

_MILLISECOND = timedelta(milliseconds=1)
PRESENT = timedelta(minutes=1)
"""A point of a history this near to now is left to the call that asks for the present: two rows of one time, one of
which says less than the other, would contradict each other."""


def milliseconds(when: datetime) -> str:
    """Return a time as most sources take it in a question."""
    return str(int(when.timestamp() * 1000))


def start_of(now: datetime, length: timedelta) -> datetime:
    """Return when the interval that runs at `now` began; intervals are counted from midnight UTC."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (now - midnight) // length * length


def windows(end: datetime, length: timedelta, count: int) -> Iterator[tuple[datetime, datetime]]:
    """Yield the ends of windows that follow on each other, the newest first.

    Both ends count where windows are asked for, so each ends a millisecond before the next one begins.
    """
    for back in range(count):
        last = end - back * length
        yield last - length, last - _MILLISECOND if back else last


def most_points(length: timedelta, step: timedelta) -> int:
    """Return how many points of a step a window of time may hold: those of both ends, and the one that runs."""
    return length // step + 2


def is_past(at: datetime, now: datetime) -> bool:
    """Say whether a point of a history is old enough to be told by it."""
    return at <= now - PRESENT
