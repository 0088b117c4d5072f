"""A loop whose clock jumps to the next timer when nothing else happens: a test of minutes takes none."""

import asyncio
import selectors

SETTLING = 0.002
"""Seconds of ours that a socket gets to bring what was sent a moment ago, before the clock jumps."""


class _Selector(selectors.DefaultSelector):
    def __init__(self, settling):
        super().__init__()
        self.now = 0.0
        self.settling = settling

    def select(self, timeout=None):
        found = super().select(0)
        if found or timeout is None or timeout <= 0:
            return found if found or timeout is not None else super().select(None)
        found = super().select(self.settling) if self.settling else []
        if not found:
            self.now += timeout
        return found


class JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self, settling=SETTLING):
        self._jumping = _Selector(settling)
        super().__init__(self._jumping)

    def time(self):
        return self._jumping.now


def run(coroutine, *, settling=SETTLING):
    """Run it on a loop of its own. With settling=0 it may use timers only: no sockets, no threads."""
    with asyncio.Runner(loop_factory=lambda: JumpingLoop(settling)) as runner:
        return runner.run(coroutine)
