"""What a map holds within a distance of the price, against the maps of the same model on earlier days.

Sums are compared at equal distance only: within as many percent of the price as each map's own time had it. That
price is the last close before the map was drawn. US dollars of notional; estimates, as the maps are.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from statistics import median

from commentary.metrics.bars import Candles
from commentary.metrics.base import Given, Result, metric
from commentary.metrics.clusters import levels, within
from commentary.metrics.history import daily, series
from commentary.metrics.maps import SIDES, NamedMap, newest_maps
from commentary.metrics.rows import coin, plain
from commentary.records.fact import Fact, MissingFact, Side, twelve_digits
from commentary.records.snapshot import LiquidationMap

MAPS_NEEDED = 14
"""Two weeks of maps: the window of a map is a week, so that fewer of them hold much the same positions."""
WITHIN = Decimal(5)
"""Percent from the price: the distance at which both sides are told."""


@metric("map_history", needs=("clusters",))
def map_history(given: Given) -> Iterator[Result]:
    """Yield the earlier maps, how many of them hold more on a side within five percent, and their median."""
    made = next(iter(given.candles), None)
    if made is None:
        return
    for each in newest_maps(given, "levels"):
        if each.row.about != coin(given.snapshot):
            continue
        at = f"{plain(WITHIN)}%"
        for side in SIDES:
            size = given.sheet.get("within_size", asset=each.row.about, side=side, at=at)
            if size is not None and size.subject == each.subject("within_size", side, at):
                yield from _against(size, _earlier(given, each, made, side))


def _earlier(given: Given, each: NamedMap, made: Candles, side: Side) -> list[Decimal]:
    """Return what earlier maps held on a side, a day apart, newest first; unknown days are left out."""

    def held(row: LiquidationMap) -> Decimal | None:
        before = [bar for bar in made.bars if row.at - 2 * made.interval < bar.end <= row.at]
        if not before or not row.levels:
            return None
        price = before[-1].close
        named = NamedMap(row, None)
        return within(price, levels(named, side, price), WITHIN)

    rows = series(given.snapshot.liquidation_maps, each.row)
    past = [row for row in rows if row.at <= each.row.at - timedelta(hours=12) and row.prior == each.row.prior]
    return [value for value in daily([*past, each.row], each.row.at, held)[1:] if value is not None]


def _against(size: Fact, earlier: list[Decimal]) -> Iterator[Result]:
    subject = size.subject._replace(metric="map_past_larger")
    if len(earlier) < MAPS_NEEDED:
        if earlier:
            reason = f"a rank of a map's sum needs {MAPS_NEEDED} earlier days, the snapshot holds {len(earlier)}"
            yield MissingFact(subject, "count", reason)
        return
    shared = (size.evidence, size.source, size.as_of)
    count = len(earlier)
    words = f"within {size.subject.at} of the price of their time"
    larger = Decimal(sum(other > size.number for other in earlier))
    yield Fact(
        subject, larger, "count", "count", *shared, f"of {count} earlier maps, those with more {words}", (size.id,)
    )
    middle = subject._replace(metric="map_past_median")
    value = twelve_digits(median(earlier))
    yield Fact(middle, value, "usd", "level", *shared, f"the median {words} in {count} earlier maps")
    days = subject._replace(metric="map_past_days")
    yield Fact(days, Decimal(count), "days", "count", *shared, "the earlier days with a map of the same model")
