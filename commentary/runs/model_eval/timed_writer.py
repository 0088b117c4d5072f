"""A writer whose time is taken: what a model itself costs, without judge and check."""

from collections.abc import Callable, Sequence

from commentary.records.writer import Failed, ModelIdentity, Returned, Task, Writer


class TimedWriter:
    """Hands all to another writer and counts.

    Args:
        writer: writes.
        clock: seconds that only go forward.
    """

    def __init__(self, writer: Writer, clock: Callable[[], float]) -> None:
        self._writer = writer
        self._clock = clock
        self._last = 0.0
        self.seconds = 0.0
        """Spent in writing."""
        self.longest_wait = 0.0
        """Seconds without any answer."""
        self.tokens = 0
        self.calls = 0
        """Answers and failures; what was not asked is none."""

    @property
    def identity(self) -> ModelIdentity:
        """Which model it is."""
        return self._writer.identity

    def write(
        self, tasks: Sequence[Task], *, call_s: float, total_s: float, done: Callable[[int], None] = lambda count: None
    ) -> Sequence[Returned | Failed]:
        """Return what became of each task; see `Writer.write`."""

        def answered(count: int) -> None:
            self._waited()
            done(count)

        begun = self._last = self._clock()
        results = self._writer.write(tasks, call_s=call_s, total_s=total_s, done=answered)
        self._waited()
        self.seconds += self._last - begun
        self.tokens += sum(one.tokens for one in results if isinstance(one, Returned))
        self.calls += sum(isinstance(one, Returned) or one.kind != "budget" for one in results)
        return results

    def close(self) -> None:
        """Close the writer."""
        self._writer.close()

    def _waited(self) -> None:
        now = self._clock()
        self.longest_wait = max(self.longest_wait, now - self._last)
        self._last = now
