"""Whether a server that failed again and again is still asked."""

import math
from collections.abc import Callable

MOST = 3
"""Failures in a row. Chosen here: one may be chance, and each can cost the whole time of a call."""
PAUSE_SECONDS = 60.0
"""After which one question finds out whether the server is back: a watch runs for days."""


class Breaker:
    """Counts failures in a row of the way to a server, not of what its model writes.

    Args:
        now: a monotonic clock, in seconds.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._failures = 0
        self._open_until = -math.inf
        self.last = ""
        """Why the last one failed."""

    def lets_through(self) -> bool:
        """Return whether a question may be sent. After a pause one may, and its end decides."""
        if self._failures < MOST:
            return True
        if self._now() < self._open_until:
            return False
        self._open_until = self._now() + PAUSE_SECONDS
        return True

    def failed(self, why: str) -> None:
        """Count a failure."""
        self.last = why
        self._failures += 1
        if self._failures >= MOST:
            self._open_until = self._now() + PAUSE_SECONDS

    def answered(self) -> None:
        """Begin to count again: an answer came, whatever it holds."""
        self._failures = 0
