"""Who may send next: each source's limits, shared by all that ask it, first come, first served.

A question may draw on several limits of its source. It takes from all at once or waits; no later question overtakes
it that draws on one of them, so a heavy one is not starved by light ones. Waiting costs nothing: one timer a source.
"""

import asyncio
import math
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from itertools import count
from typing import NamedTuple

from commentary.net.messages import Pool, Request
from commentary.net.window import Window

Draws = tuple[tuple[Window, int], ...]
"""How much is taken from which limits."""


class LimitError(Exception):
    """A question cannot be sent in time; the message is the end of a sentence that begins with the source's name."""


class Grant:
    """The right to send one question. It is ended by `counted` or `unsent`, whichever is called first."""

    def __init__(self, source: "SourceLimits", draws: Draws) -> None:
        self._source = source
        self._draws = draws

    def counted(self) -> None:
        """Say that the first byte of the answer came, or that none will."""
        self._source.end(self._draws, sent=True)
        self._draws = ()

    def unsent(self) -> None:
        """Say that the question never left, so that the server cannot have counted it."""
        self._source.end(self._draws, sent=False)
        self._draws = ()


class _Waiter(NamedTuple):
    ticket: int
    draws: Draws
    give_up_at: float
    granted: "asyncio.Future[Grant]"


class SourceLimits:
    """The limits of one source and the questions that wait for them.

    Args:
        pools: the limits by name.
    """

    def __init__(self, pools: Mapping[str, Pool]) -> None:
        self._windows = {name: Window(pool) for name, pool in pools.items()}
        self._held_until = -math.inf
        self._tickets = count()
        # Those that draw on the same limits wait in one line, so that only the first of each line is looked at.
        self._lines: dict[frozenset[Window], deque[_Waiter]] = {}
        self._waiting: Counter[Window] = Counter()
        self._timer: asyncio.TimerHandle | None = None

    async def grant(self, costs: Iterable[tuple[str, int]], give_up_at: float) -> Grant:
        """Wait until a question may be sent.

        Args:
            costs: what it takes from which limits.
            give_up_at: when it is of no use any more, by the loop's clock.

        Raises:
            LimitError: it can never be sent, or not by then.
        """
        draws = self._draws(costs)
        now = asyncio.get_running_loop().time()
        if not self._lines and now >= self._held_until and all(window.fits(weight, now) for window, weight in draws):
            for window, weight in draws:
                window.take(weight)
            return Grant(self, draws)
        self._refuse_too_late(draws, give_up_at)
        waiter = _Waiter(next(self._tickets), draws, give_up_at, asyncio.get_running_loop().create_future())
        self._lines.setdefault(frozenset(window for window, _ in draws), deque()).append(waiter)
        self._waiting.update(dict(draws))
        self._serve()
        try:
            return await waiter.granted
        except (asyncio.CancelledError, LimitError):
            granted = waiter.granted
            if granted.done() and not granted.cancelled() and not granted.exception():
                granted.result().unsent()
            else:
                self._waiting.subtract(dict(draws))
                self._serve()
            raise

    def hold(self, costs: Iterable[tuple[str, int]], until: float, *, whole_source: bool) -> None:
        """Send nothing before a time: all that draws on the limits of a refused question, or all of the source."""
        windows = [window for window, _ in self._draws(costs)]
        if whole_source or not windows:
            self._held_until = max(self._held_until, until)
            windows = list(self._windows.values())
        for window in windows:
            window.held_until = max(window.held_until, until)
        for line in self._lines.values():
            for waiter in line:
                if not waiter.granted.done() and self._held(waiter.draws) > waiter.give_up_at:
                    waiter.granted.set_exception(LimitError(_PAUSED))
        self._serve()

    def end(self, draws: Draws, *, sent: bool) -> None:
        """Take back a grant."""
        if not draws:
            return
        now = asyncio.get_running_loop().time()
        for window, weight in draws:
            if sent:
                window.counted(weight, now)
            else:
                window.unsent(weight)
        self._serve()

    def close(self) -> None:
        """Stop the timer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _draws(self, costs: Iterable[tuple[str, int]]) -> Draws:
        draws: dict[Window, int] = {}
        for name, weight in costs:
            window = self._windows.get(name)
            if window is None:
                raise LimitError(f"has no limit named {name!r}, which a question of ours draws on")
            draws[window] = draws.get(window, 0) + weight
            if weight < 0 or draws[window] > window.pool.most:
                raise LimitError(
                    f"is asked a question of weight {weight}, which a limit of {window} never lets through"
                )
        return tuple((window, weight) for window, weight in draws.items() if weight)

    def _held(self, draws: Draws) -> float:
        return max((window.held_until for window, _ in draws), default=self._held_until)

    def _refuse_too_late(self, draws: Draws, give_up_at: float) -> None:
        now = asyncio.get_running_loop().time()
        if self._held(draws) > give_up_at:
            raise LimitError(_PAUSED)
        for window, weight in draws:
            if window.earliest(self._waiting[window] + weight, now) > give_up_at:
                raise LimitError(f"has no room before the deadline within its limit of {window}")

    def _serve(self) -> None:
        """Grant what fits, in the order of asking; then set the timer for the next that may fit."""
        now = asyncio.get_running_loop().time()
        blocked: set[Window] = set()
        lines = dict(self._lines)
        while lines and now >= self._held_until:
            windows = min(lines, key=lambda each: lines[each][0].ticket)
            waiter = lines[windows][0]
            if not waiter.granted.done():
                if not blocked.isdisjoint(windows) or not all(w.fits(weight, now) for w, weight in waiter.draws):
                    blocked |= windows
                    del lines[windows]
                    continue
                for window, weight in waiter.draws:
                    window.take(weight)
                self._waiting.subtract(dict(waiter.draws))
                waiter.granted.set_result(Grant(self, waiter.draws))
            lines[windows].popleft()
            if not lines[windows]:
                del lines[windows], self._lines[windows]
        self._wake_at(min((window.next_change(now) for window in blocked), default=math.inf), now)

    def _wake_at(self, time: float, now: float) -> None:
        self.close()
        if self._lines and now < self._held_until:
            time = self._held_until
        if time < math.inf:
            self._timer = asyncio.get_running_loop().call_at(time, self._serve)


_PAUSED = "asked for a pause that is longer than the deadline"


class Limits:
    """The limits of all sources.

    Args:
        pools: each source's limits by name; a source that is not among them has none.
    """

    def __init__(self, pools: Mapping[str, Mapping[str, Pool]]) -> None:
        self._sources = {name: SourceLimits(each) for name, each in pools.items()}

    async def grant(self, request: Request, give_up_at: float) -> Grant:
        """Wait until a request may be sent.

        Raises:
            LimitError: it can never be sent, or not by then.
        """
        return await self._of(request).grant(request.costs, give_up_at)

    def hold(self, request: Request, until: float, *, whole_source: bool) -> None:
        """Send nothing before a time that draws on the limits of a refused request, or nothing to its source."""
        self._of(request).hold(request.costs, until, whole_source=whole_source)

    def close(self) -> None:
        """Stop all timers."""
        for each in self._sources.values():
            each.close()

    def _of(self, request: Request) -> SourceLimits:
        if request.source not in self._sources:
            self._sources[request.source] = SourceLimits({})
        return self._sources[request.source]
