"""A server's limit as we keep it: how much weight may be on its way or freshly counted at any time.

A server counts a question at some moment between our sending it and the first byte of its answer. So a question's
weight is held from before it is sent until a whole window after that first byte. Then, however late or early single
questions arrive, no window of that length on the server's side can hold more than the limit: take the last question
in such a window; all others in it were answered later than one window before it was sent, so they were still held
when it was granted, and together with it they fitted. Nothing is assumed of latency or its jitter. What this costs
is the time to the first byte, once a window; a token bucket would be faster by that, and now and then be refused.
"""

import math
from heapq import heappop, heappush

from commentary.net.messages import Pool

MARGIN_SHARE = 0.01
MARGIN_SECONDS = 0.02
"""By how much our window is longer than the server's, for a server that counts in steps or whose clock runs slow.
Chosen here, from no document: 1 % and 20 ms cost that much throughput and no more."""


class Window:
    """One limit. Times are those of one monotonic clock, in seconds; the caller hands them in.

    Args:
        pool: the limit.

    Raises:
        ValueError: the limit lets nothing through, or has no length.
    """

    def __init__(self, pool: Pool) -> None:
        if pool.most < 1 or not 0 < pool.seconds < math.inf:
            raise ValueError(f"{pool} limits nothing: it takes a weight of 1 or more and a length above 0")
        self.pool = pool
        self.held_until = -math.inf
        """Nothing is granted before: the server asked for a pause."""
        self._length = pool.seconds * (1 + MARGIN_SHARE) + MARGIN_SECONDS
        self._used = 0
        self._leaving: list[tuple[float, int]] = []

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.pool.most} in {self.pool.seconds:g} s"

    def fits(self, weight: int, now: float) -> bool:
        """Return whether a question of this weight may be sent now."""
        self._let_go(now)
        return now >= self.held_until and self._used + weight <= self.pool.most

    def take(self, weight: int) -> None:
        """Hold the weight of a question that is about to be sent."""
        self._used += weight

    def counted(self, weight: int, now: float) -> None:
        """Let a held weight go one window from now: its question has been counted by the server, or given up."""
        heappush(self._leaving, (now + self._length, weight))

    def unsent(self, weight: int) -> None:
        """Let a held weight go at once: its question never left."""
        self._used -= weight

    def next_change(self, now: float) -> float:
        """Return when more may fit than does now, if nothing else happens; infinity where only an answer can help."""
        if now < self.held_until:
            return self.held_until
        self._let_go(now)
        return self._leaving[0][0] if self._leaving else math.inf

    def earliest(self, weight: int, now: float) -> float:
        """Return a time before which this weight cannot fit, on top of what is held already."""
        # Whatever is granted from now on is held for a window, so that each further window has the same room again.
        windows, more = divmod(weight - 1, self.pool.most)
        start = first = max(now, self.held_until) + windows * self.pool.seconds
        room = self.pool.most - self._used - more
        for time, leaving in sorted(self._leaving):
            if room > 0:
                break
            room += leaving
            start = max(start, time + windows * self.pool.seconds)
        # What is on its way is counted now at the earliest.
        return start if room > 0 else max(start, first + self.pool.seconds)

    def _let_go(self, now: float) -> None:
        while self._leaving and self._leaving[0][0] <= now:
            self._used -= heappop(self._leaving)[1]
