"""The limits of venues: counted always, and enforced where that is asked for.

Limits are of our seconds, whatever the speed of the market's clock, since it is our requests that they hold back. A
window begins at each multiple of its length; a bucket holds `most` and fills again at most/seconds.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

HARDER_AFTER = 20
"""Requests refused in one window before a venue answers harder: a ban of the address instead of a refusal."""


class Pool(NamedTuple):
    """A venue's limit: so much weight in so many seconds."""

    most: float
    seconds: float
    bucket: bool = False
    """Whether it fills again little by little, and not at the window's end."""


class Over(NamedTuple):
    """A request beyond a limit."""

    pool: str
    wait: float
    """Seconds until there is room."""
    hard: bool
    """Whether so many were refused that the venue bans the address."""


@dataclass
class Count:
    """What one pool has seen."""

    pool: Pool
    used: float = 0.0
    """In this window, or gone from the bucket."""
    since: float = 0.0
    taken: int = 0
    """Requests within the limit."""
    exceeded: int = 0
    """Requests beyond it, refused or not."""
    peak: float = 0.0
    in_window: int = 0
    """Beyond it in this window."""


class Limits:
    """The pools of all venues.

    Args:
        enforce: whether requests beyond a limit are refused.
        clock: what our seconds are counted by.
    """

    def __init__(self, enforce: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self.enforce = enforce
        self._clock = clock
        self._counts: dict[tuple[str, str], Count] = {}
        self._instead: dict[str, Pool] = {}

    def instead(self, venue: str, pool: Pool | None) -> None:
        """Put one pool of requests in place of all that a venue documents, or its own back with None."""
        if pool is None:
            self._instead.pop(venue, None)
        else:
            self._instead[venue] = pool
        for place in [place for place in self._counts if place[0] == venue]:
            del self._counts[place]

    def take(self, venue: str, pools: Mapping[str, Pool], costs: Iterable[tuple[str, float]]) -> Over | None:
        """Count a request and return the limit that it goes beyond, if any."""
        own = self._instead.get(venue)
        wanted = [(self._count(venue, "all", own), 1.0)] if own else []
        wanted = wanted or [(self._count(venue, name, pools[name]), cost) for name, cost in costs if name in pools]
        now = self._clock()
        over = None
        for count, cost in wanted:
            _renew(count, now)
            if count.used + cost > count.pool.most and over is None:
                count.exceeded += 1
                count.in_window += 1
                name = next(place[1] for place, held in self._counts.items() if held is count)
                over = Over(name, _wait(count, cost, now), count.in_window > HARDER_AFTER)
        if over is None or not self.enforce:
            for count, cost in wanted:
                count.used += cost
                count.taken += 1
                count.peak = max(count.peak, count.used)
        return over

    def used(self, venue: str, pool: str) -> int:
        """Return the weight used of a pool in this window."""
        count = self._counts.get((venue, pool))
        return int(count.used) if count else 0

    def report(self) -> dict[str, dict[str, dict[str, float]]]:
        """Return what each pool has seen, by venue."""
        made: dict[str, dict[str, dict[str, float]]] = {}
        for (venue, name), count in sorted(self._counts.items()):
            made.setdefault(venue, {})[name] = {
                "most": count.pool.most,
                "seconds": count.pool.seconds,
                "taken": count.taken,
                "exceeded": count.exceeded,
                "peak": count.peak,
            }
        return made

    def exceeded(self, venue: str | None = None) -> int:
        """Return how many requests went beyond a limit, at a venue or at all."""
        return sum(count.exceeded for (name, _), count in self._counts.items() if venue in (name, None))

    def _count(self, venue: str, name: str, pool: Pool) -> Count:
        held = self._counts.get((venue, name))
        if held is None or held.pool != pool:
            held = self._counts[venue, name] = Count(pool, since=self._clock())
        return held


def _renew(count: Count, now: float) -> None:
    """Begin a new window, or fill the bucket by what time has passed."""
    pool = count.pool
    if pool.bucket:
        count.used = max(0.0, count.used - (now - count.since) * pool.most / pool.seconds)
        count.since = now
        if not count.used:
            count.in_window = 0
    elif now // pool.seconds != count.since // pool.seconds:
        count.used, count.in_window, count.since = 0.0, 0, now


def _wait(count: Count, cost: float, now: float) -> float:
    pool = count.pool
    if pool.bucket:
        return (count.used + cost - pool.most) * pool.seconds / pool.most
    return pool.seconds - now % pool.seconds
