"""One function for many drafts, on one process or two; the results come in the order of what was asked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

MOST_JOBS = 2
Asked = TypeVar("Asked")
Given = TypeVar("Given")


@contextmanager
def parallel(jobs: int, work: Callable[[Asked], Given]) -> Iterator[Callable[[Sequence[Asked]], Iterable[Given]]]:
    """Yield what does the work for each of several things asked."""
    if jobs == 1:
        yield lambda asked: map(work, asked)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield lambda asked: pool.map(work, asked)
