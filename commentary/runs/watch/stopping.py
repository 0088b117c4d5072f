"""Ending a watch: the first signal ends it between two steps, a second at once.

A step that saves is short and is finished. Waiting, and asking sources, are broken off: nothing of them is lost, since
what was not saved is asked for again.
"""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SLICE_SECONDS = 0.2
"""A signal is noticed within it also where a system goes on sleeping after one."""


class Stopped(KeyboardInterrupt):
    """A signal came while nothing was being saved.

    It is raised out of whatever runs, also out of an event loop, which lets no other kind of error through.
    """


class Stop:
    """Whether the watch is to end."""

    def __init__(self) -> None:
        self.asked = False
        self._may_break = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take SIGINT and SIGTERM as a wish to end, for the block."""
        before = {one: signal.signal(one, self._told) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    @contextmanager
    def breakable(self) -> Iterator[None]:
        """Break off the block when a signal comes.

        Raises:
            Stopped: one came, before or within the block.
        """
        before, self._may_break = self._may_break, True
        try:
            if self.asked:
                raise Stopped
            yield
        finally:
            self._may_break = before

    def sleep(self, seconds: float) -> None:
        """Wait, but no longer than until a signal comes.

        Raises:
            Stopped: one came.
        """
        until = time.monotonic() + seconds
        with self.breakable():
            while (left := until - time.monotonic()) > 0:
                time.sleep(min(left, _SLICE_SECONDS))

    def _told(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            # Whatever is being written is rolled back by the store when it is opened again.
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
            return
        self.asked = True
        if self._may_break:
            raise Stopped
