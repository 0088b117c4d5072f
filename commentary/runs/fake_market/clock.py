"""The clock of the generated market: it runs at a speed of its own, or stands until it is told to go on."""

import time
from collections.abc import Callable
from datetime import UTC, datetime


class MarketTime:
    """Seconds since 1970 in the market.

    Args:
        start: the time at which it begins.
        speed: seconds of the market for one of ours; 0 stands still.
        source: what our seconds are counted by.
    """

    def __init__(self, start: float, speed: float = 1.0, source: Callable[[], float] = time.monotonic) -> None:
        self._source = source
        self._base = start
        self._since = source()
        self._speed = speed

    @property
    def speed(self) -> float:
        """Seconds of the market for one of ours."""
        return self._speed

    @property
    def stands(self) -> bool:
        """Whether time goes on only when told to."""
        return self._speed == 0.0

    def now(self) -> float:
        """Return the time in the market."""
        return self._base + (self._source() - self._since) * self._speed

    def advance(self, seconds: float) -> float:
        """Go on by so many seconds at once and return the time.

        Raises:
            ValueError: it would go back.
        """
        if seconds < 0:
            raise ValueError(f"the clock does not go back by {-seconds:g} s")
        self._base += seconds
        return self.now()

    def go_to(self, moment: float) -> float:
        """Go on to a time; ValueError where that has passed."""
        return self.advance(moment - self.now())

    def run_at(self, speed: float) -> None:
        """Go on from now at another speed; 0 stands still."""
        if speed < 0:
            raise ValueError("the clock does not run backwards")
        self._base, self._since, self._speed = self.now(), self._source(), speed


class MarketClock:
    """The time of a market as the network and a watch are told it.

    Args:
        now: seconds since 1970 in the market, such as FakeMarket.now.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now

    def now(self) -> datetime:
        """Return the time, UTC."""
        return datetime.fromtimestamp(self._now(), UTC)


def iso(moment: float) -> str:
    """Return a time in RFC 3339, to the millisecond."""
    return datetime.fromtimestamp(round(moment, 3), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
