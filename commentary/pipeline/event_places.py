"""Where an event is: its level, the stretch of prices of its cluster, or its exchange; by it stories are told apart.

data/stories/<name>.toml says under [update] what the stories of a name are about; what an item was about is remembered
with it, whether or not its text led with it.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from commentary.config.storybook import PlaceQuery, Update
from commentary.metrics.told_clusters import Stretch, is_one
from commentary.records.fact import Fact
from commentary.records.fact_file import FactRecord
from commentary.records.history import PublishedItem
from commentary.records.query import Scope, find, judge, names_of
from commentary.records.sheet import FactSheet
from commentary.records.story import Emphasis


class Place(NamedTuple):
    """Where a story is."""

    at: Fact
    """A level, the near end of a stretch, or a figure of an exchange."""
    to: Fact | None
    """The far end of a stretch."""
    within_percent: Decimal
    """Two levels so near to each other are one."""


def place_of(emphasis: Emphasis, sheet: FactSheet, update: Update) -> Place | None:
    """Return where a story is; None where its kind of story has no place, or the facts do not say it."""
    return next(_places(emphasis, emphasis, sheet, update), None)


def known_again_by(emphasis: Emphasis, sheet: FactSheet, update: Update) -> Iterator[Fact]:
    """Yield the facts that an event is known again by: its places, and what its changes are measured from.

    A story of both sides is at the places of both.
    """
    sides: tuple[Emphasis, ...] = ("long", "short") if emphasis == "two-sided" else (emphasis,)
    for side in sides:
        for place in _places(emphasis, side, sheet, update):
            yield place.at
            if place.to is not None:
                yield place.to
        scope = Scope(names_of(sheet, side), {})
        yield from (fact for query in update.measured_from if (fact := find(sheet, query, scope)) is not None)


def told_at(place: Place, item: PublishedItem) -> Iterator[FactRecord]:
    """Yield the figures of an item that are of a place."""
    for record in item.figures.values():
        if _is_of(place, record, item):
            yield record


def _places(emphasis: Emphasis, side: Emphasis, sheet: FactSheet, update: Update) -> Iterator[Place]:
    scope = Scope(names_of(sheet, side), {})
    for query in update.of:
        if query.emphasis in ("", emphasis) and all(judge(sheet, one, scope).holds for one in query.when):
            yield from _answered(query, sheet, scope)


def _answered(query: PlaceQuery, sheet: FactSheet, scope: Scope) -> Iterator[Place]:
    at = find(sheet, query.at, scope)
    if at is not None:
        end = find(sheet, query.to, scope) if query.to else None
        mine = end is not None and end.subject._replace(metric=at.subject.metric) == at.subject
        yield Place(at, end if mine else None, query.within_percent)


def _is_of(place: Place, record: FactRecord, item: PublishedItem) -> bool:
    """Say whether a figure that was told is of a place."""
    at = place.at
    same = (record.subject.metric, record.subject.side) == (at.subject.metric, at.subject.side)
    if not same or not isinstance(record.value, Decimal):
        return False
    if at.unit != "price":
        return record.subject.venue == at.subject.venue
    if place.to is None:
        return abs(at.number / record.value - 1) * 100 <= place.within_percent
    end = _end(place.to, record, item)
    return is_one(Stretch(record.value, end), Stretch(at.number, place.to.number), place.within_percent)


def _end(to: Fact, record: FactRecord, item: PublishedItem) -> Decimal:
    """Return the far end of the stretch that a near end is of; the near end itself where it was not told."""
    about = record.subject.model_copy(update={"metric": to.subject.metric})
    ends = (one.value for one in item.figures.values() if one.subject == about)
    end = next(ends, None)
    return end if isinstance(end, Decimal) else Decimal(str(record.value))
