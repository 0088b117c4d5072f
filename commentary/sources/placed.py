"""Rows of a round with the question that gave each, so that what is doubted is taken out with all of its call."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from commentary.records.rows import Series
from commentary.sources.readings import Missed

S = TypeVar("S", bound=Series)


class Placed(NamedTuple):
    """A row, its section, and whose it is: the place of its reading, or None for our own."""

    section: str
    row: Series
    owner: int | None


Doubted = dict[tuple[int | None, str], Missed]
"""Why the rows that a reading gave to a section are not used."""


def rows_of(placed: Sequence[Placed], of: type[S]) -> Iterator[tuple[int | None, S]]:
    """Yield the rows of a type, each with whose it is."""
    for one in placed:
        if isinstance(one.row, of):
            yield one.owner, one.row
