"""The times at which a watch looks: whole multiples of its interval, whatever time it was started at.

So a watch that is started again looks at the times at which it would have looked.
"""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FARTHEST = timedelta(hours=48)
"""So far back is made up for: beyond it a text would tell of the day before yesterday as if it were news."""
MOST = 24
"""So many times are made up for at most: the windows of stories are a day, so that two hours apart none is lost."""


def last_tick(now: datetime, every: timedelta) -> datetime:
    """Return the newest tick that is not later than a time."""
    return EPOCH + (now - EPOCH) // every * every


def missed(last: datetime | None, now: datetime, every: timedelta) -> tuple[datetime, ...]:
    """Return the ticks behind the last one that was done, up to a time but without it, the oldest first.

    Where they are many, those of a longer interval are returned, so that they are evenly apart.

    Args:
        last: the last tick that was done; None: nothing is made up for.
        now: the time.
        every: the interval.
    """
    if last is None:
        return ()
    begin = max(last, now - FARTHEST)
    step = every
    while len(found := _between(begin, now, step)) > MOST:
        step *= 2
    return found


def _between(begin: datetime, end: datetime, step: timedelta) -> tuple[datetime, ...]:
    """Return the ticks between two times, without both, the oldest first."""
    found = []
    tick = last_tick(begin, step) + step
    while tick < end:
        found.append(tick)
        tick += step
    return tuple(found)
