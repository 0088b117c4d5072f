"""Whose time it is: the machine's own, or that of a server, which may run at another speed."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from commentary.errors import RemoteError

Sleep = Callable[[float], None]
"""Waits so many seconds of the machine; ends early where the watch is to end, by raising Stopped."""

_LONGEST_SLEEP = 30.0
"""Seconds of the machine: a clock that was set, or a laptop that slept, is noticed within it."""
_SHORTEST_SLEEP = 0.02
_FIRST_SLEEP = 0.25
"""Seconds until a server is asked again whose speed is not known yet."""
_TRIES = 5
_JUMP = timedelta(minutes=2)
"""A server's time that went on by so much more or less than ours is asked for again: as far as clocks may part."""


class WatchClock(Protocol):
    """What the time is, and how to wait for a later one."""

    def now(self) -> datetime:
        """Return the time, in UTC.

        Raises:
            RemoteError: it cannot be had.
        """
        ...

    def wait_until(self, when: datetime) -> None:
        """Return when it is that time or later.

        Raises:
            RemoteError: the time cannot be had.
        """
        ...


class WallClock:
    """The time of this machine.

    Args:
        sleep: how to wait.
    """

    def __init__(self, sleep: Sleep) -> None:
        self._sleep = sleep

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return datetime.now(UTC)

    def wait_until(self, when: datetime) -> None:
        """Return when it is that time or later."""
        while (left := (when - self.now()).total_seconds()) > 0:
            self._sleep(min(left, _LONGEST_SLEEP))


class ServerClock:
    """The time that a server tells, whatever this machine's clock says.

    One reading that jumps is not believed: what was looked at under a time that is still to come would count as done
    until that time. So it is asked for once more, and of two readings in a row the earlier one counts, since no
    time comes before one that has passed.

    Args:
        ask: asks the server; raises RemoteError where it does not answer.
        sleep: how to wait.
        told: is told what the server tells.
    """

    def __init__(self, ask: Callable[[], datetime], sleep: Sleep, told: "LastTold | None" = None) -> None:
        self._ask = ask
        self._sleep = sleep
        self._told = told or LastTold()
        self._at = 0.0
        """When that was, by the machine's seconds."""

    def now(self) -> datetime:
        """Return the server's time; a server that does not answer is asked again a few times.

        Raises:
            RemoteError: it did not answer.
        """
        for tries in range(_TRIES):
            try:
                told = self._believed()
                self._told.time, self._at = told, time.monotonic()
                return told
            except RemoteError:
                if tries == _TRIES - 1:
                    raise
            self._sleep(_FIRST_SLEEP * 2**tries)
        raise AssertionError("the last try returns or raises")

    def _believed(self) -> datetime:
        """Return what the server tells, and where that jumps what it tells next."""
        told = self._ask()
        if not self._jumps(told):
            return told
        again = self._ask()
        # Behind what it told before, it may be this reading that is off, or that one: the next decides.
        return min(told, again) if self._told.time is None or told > self._told.time else again

    def _jumps(self, told: datetime) -> bool:
        """Say whether nothing bears a reading out: it is the first, or did not go on as our own seconds did."""
        if self._told.time is None:
            return True
        passed = timedelta(seconds=time.monotonic() - self._at)
        return abs(told - self._told.time - passed) > _JUMP

    def wait_until(self, when: datetime) -> None:
        """Return when the server says that it is that time or later.

        Raises:
            RemoteError: it did not answer.
        """
        began, at = self.now(), time.monotonic()
        told, sleep = began, _FIRST_SLEEP
        while (left := when - told) > timedelta(0):
            self._sleep(sleep)
            told = self.now()
            passed = time.monotonic() - at
            speed = (told - began).total_seconds() / passed if passed > 0 else 1.0
            if speed > 0:
                left = when - told
                sleep = min(max(left.total_seconds() / speed, _SHORTEST_SLEEP), _LONGEST_SLEEP)


class LastTold:
    """What a server told last, for what must not ask it: the network dates replies by it.

    Until it is told, it is the machine's time: by that is dated the reply that tells it, and no other, since a watch
    asks for the time before it asks for anything else.
    """

    def __init__(self) -> None:
        self.time: datetime | None = None

    def now(self) -> datetime:
        """Return the time, UTC."""
        return self.time or datetime.now(UTC)
