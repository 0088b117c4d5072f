"""What a metric is: a function from a snapshot, and the facts of the metrics it needs, to new facts.

    @metric("funding", needs=("price",))
    def funding(given: Given) -> Iterator[Result]:
        ...

A value that cannot be had is a MissingFact with its reason. A condition of the data that a reader must
be told is a Flag. Arithmetic stands in plain functions that take and return numbers.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from commentary.config.storybook import storybook
from commentary.records.fact import Fact, Flag, MissingFact
from commentary.records.history import History
from commentary.records.rows import Row, Series
from commentary.records.sheet import FactSheet
from commentary.records.snapshot import Conflict, Snapshot
from commentary.registry import Registry

if TYPE_CHECKING:
    from commentary.metrics.bars import Candles

R = TypeVar("R", bound=Row)


class Given(NamedTuple):
    """What a metric reads."""

    snapshot: Snapshot
    conflicts: tuple[Conflict, ...]
    now: datetime
    """The time against which ages are judged; rows hold nothing later."""
    sheet: FactSheet
    """The facts of the metrics it needs, in the order they were made."""
    candles: "tuple[Candles, ...]"
    """The finished bars of the snapshot's coin, the series to use first; made once for all metrics."""
    thresholds: Mapping[str, Mapping[str, Decimal]] = MappingProxyType({})
    """By story, where a newsroom's own differ from data/stories."""
    history: History | None = None
    """What the feed has published; None where nothing is remembered."""

    @property
    def as_of(self) -> datetime:
        """The time of the snapshot."""
        return self.snapshot.as_of

    def limits(self, story: str) -> dict[str, Decimal]:
        """Return the thresholds of a story, a newsroom's own before those of data/stories."""
        return {**storybook(story).thresholds, **self.thresholds.get(story, {})}


Result = Fact | MissingFact | Flag
Find = Callable[[Given], Iterable[Result]]


class Metric(NamedTuple):
    """A family of facts that are computed together."""

    name: str
    needs: tuple[str, ...]
    find: Find


metrics: Registry[Metric] = Registry("commentary.metrics")


def metric(name: str, needs: tuple[str, ...] = ()) -> Callable[[Find], Find]:
    """Register a function as the metric `name`, run after those it `needs`."""

    def register(find: Find) -> Find:
        metrics.add(name)(Metric(name, needs, find))
        return find

    return register


def newest(rows: Iterable[R]) -> list[R]:
    """Return the latest row of each thing and source, in the order of the snapshot (key, then source)."""
    latest: dict[tuple[object, ...], R] = {}
    for row in rows:
        identity = (*row.key[:-1], row.source)
        if identity not in latest or row.at > latest[identity].at:
            latest[identity] = row
    return list(latest.values())


def at_time(rows: Iterable[R], wanted: datetime, within: timedelta) -> R | None:
    """Return the row nearest to `wanted`, if one is within `within` of it; of two as near, the earlier."""
    near = [row for row in rows if abs(row.at - wanted) <= within]
    return min(near, key=lambda row: (abs(row.at - wanted), row.at), default=None)


def source_of(row: Series) -> tuple[str, ...]:
    """Return who says what the row says; nothing where the snapshot does not tell."""
    return (row.source,) if row.source else ()
