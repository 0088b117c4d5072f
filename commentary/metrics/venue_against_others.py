"""One exchange against the others: what is compared at one time, and how far the one is from the median of the rest.

The same time is what data/tolerances.toml calls so. At least two others are needed: of two exchanges that differ nobody
knows which is off.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from commentary.config.tolerances import tolerance
from commentary.metrics.base import Given
from commentary.metrics.rows import stale_at
from commentary.records.fact import Evidence, Fact, Subject, twelve_digits, weakest

LEAST = 3
"""An exchange and two others."""
HUNDRED = Decimal(100)
SEPARATOR = "; "
"""Between the names of the others, which a style of the language joins."""


class Off(NamedTuple):
    """One exchange set against the others, in prices of one kind or in funding."""

    own: Fact
    others: tuple[Fact, ...]
    gap: Decimal
    spread: Decimal
    """Of the others, in the unit of the gap."""

    @property
    def middle(self) -> Decimal:
        """The median of the others."""
        return median(other.number for other in self.others)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All that is compared, the exchange itself first."""
        return (self.own, *self.others)

    @property
    def evidence(self) -> Evidence:
        """The weakest of all that is compared."""
        return weakest(self.facts)

    @property
    def sources(self) -> tuple[str, ...]:
        """Who says so, of the exchange and of the others."""
        return tuple(dict.fromkeys(name for fact in self.facts for name in fact.source))

    @property
    def as_of(self) -> datetime:
        """The latest time of all that is compared."""
        return max(fact.as_of for fact in self.facts)


def together(facts: Iterable[Fact], kind: str, given: Given) -> list[Fact]:
    """Return the newest facts of one time, of as many exchanges as it takes; none where no time has so many."""
    limit = timedelta(minutes=float(tolerance(kind).time_minutes))
    held = [
        fact for fact in facts if fact.subject.venue not in (None, "all") and not stale_at(kind, fact.as_of, given.now)
    ]
    for end in sorted({fact.as_of for fact in held}, reverse=True):
        group = [fact for fact in held if timedelta(0) <= end - fact.as_of <= limit]
        if len(group) >= LEAST:
            return sorted(group, key=lambda fact: fact.subject.venue or "")
    return []


def beside(off: Off, subject: Subject, state: str, what: str) -> Iterator[Fact]:
    """Yield the state, the others by name and number, and how far apart in time the compared figures are."""
    ids = tuple(fact.id for fact in off.facts)
    sources, end, evidence = off.sources, off.as_of, off.evidence
    names = SEPARATOR.join(fact.subject.venue or "" for fact in off.others)
    words = "one exchange against the median of the others, and thresholds"
    stated = subject._replace(metric="venue_state", window_hours=None, at=what)
    yield Fact(stated, state, "name", "entity", evidence, sources, end, words, ids)
    words = "the exchanges it is compared with"
    prefix = "venue" if what == "price" else "venue_rate"
    yield Fact(subject._replace(metric=f"{prefix}_others"), names, "name", "entity", evidence, sources, end, words, ids)
    count = Decimal(len(off.others))
    yield Fact(subject._replace(metric=f"{prefix}_count"), count, "count", "count", evidence, sources, end, words, ids)
    hours = Decimal(int((end - min(fact.as_of for fact in off.facts)).total_seconds())) / 3600
    words = "from the earliest to the latest of the figures compared"
    apart = subject._replace(metric=f"{prefix}_apart")
    yield Fact(apart, twelve_digits(hours), "hours", "level", evidence, sources, end, words, ids)


def percent_gap(value: Decimal, others: Sequence[Decimal]) -> Decimal:
    """Return how far a price is from the median of others, in percent of it: 99 beside 100 and 100 is -1."""
    middle = median(others)
    return (value - middle) / middle * HUNDRED


def percent_spread(values: Sequence[Decimal]) -> Decimal:
    """Return how far the highest of some prices is from the lowest, in percent of their median."""
    return (max(values) - min(values)) / median(values) * HUNDRED
