"""Clusters that were told and those of now: by their rank two have one name, and are one only where their prices meet.

The largest cluster of a side is number 1 of its map, at whatever prices it stands; what was told of it is compared only
with what the map says of the same prices now.
"""

from decimal import Decimal
from typing import NamedTuple

from commentary.records.fact import Subject
from commentary.records.history import PublishedItem
from commentary.records.sheet import FactSheet

NEAR, FAR = "cluster_near", "cluster_far"
_CLUSTER = "cluster_"


class Stretch(NamedTuple):
    """The prices from the end that is nearer to the price to the other."""

    near: Decimal
    far: Decimal


def is_one(then: Stretch, now: Stretch, within_percent: Decimal) -> bool:
    """Say whether two stretches are one: they share a price, or their near ends are as near as one level redrawn.

    Args:
        then: as it was told.
        now: as it is.
        within_percent: two levels so near to each other are one.
    """
    if abs(now.near / then.near - 1) * 100 <= within_percent:
        return True
    return min(then) <= max(now) and min(now) <= max(then)


def moved_from(
    told: Subject, now: Subject, item: PublishedItem, sheet: FactSheet, within_percent: Decimal
) -> Stretch | None:
    """Return where the cluster stood that an item told of, where the one of now is another; None where it is not.

    Args:
        told: what the figure that was told is about.
        now: what the figure of now is about.
        item: what the first stands in.
        sheet: what the second stands in.
        within_percent: two levels so near to each other are one.
    """
    if not told.metric.startswith(_CLUSTER) or told.at is None:
        return None
    then = _then(told, item)
    stands = _now(now, sheet)
    if then is None or stands is None or is_one(then, stands, within_percent):
        return None
    return then


def _then(told: Subject, item: PublishedItem) -> Stretch | None:
    values = {}
    for record in item.figures.values():
        one = record.subject
        same = (one.asset, one.side, one.venue, one.window_hours, one.at)
        if same == (told.asset, told.side, told.venue, told.window_hours, told.at) and isinstance(
            record.value, Decimal
        ):
            values[one.metric] = record.value
    return Stretch(values[NEAR], values.get(FAR, values[NEAR])) if NEAR in values else None


def _now(now: Subject, sheet: FactSheet) -> Stretch | None:
    near, far = (
        next((fact for fact in sheet.all(name) if fact.subject == now._replace(metric=name)), None)
        for name in (NEAR, FAR)
    )
    return None if near is None else Stretch(near.number, far.number if far is not None else near.number)
