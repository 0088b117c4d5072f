"""Sums of a map's separate levels up to a price that the data names, and its largest single levels.

A sum runs from the present price to its end, levels at the end included, as a reach does: "down to $2,337.50 the map
sums $116 million of longs". Its ends are the prices of the order book, the edges and peaks of the clusters, and round
prices; a text has to name the end beside the sum. US dollars of notional, never negative.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from commentary.liquidation_map.clusters import sum_to
from commentary.metrics.base import Given, Result, metric
from commentary.metrics.clusters import levels
from commentary.metrics.maps import SIDES, NamedMap, newest_maps, price_of
from commentary.metrics.order_book import reaches
from commentary.metrics.rows import plain
from commentary.records.fact import Fact, derive

if TYPE_CHECKING:
    import pandas as pd

_NAMED = ("cluster_near", "cluster_far", "cluster_peak")
_ROUND = Decimal("0.02")
"""Round prices lie about so far apart, as a part of the price."""
_STEPS = (1, 2, 5, 10)


@metric("map_sums", needs=("clusters", "order_book"))
def map_sums(given: Given) -> Iterator[Result]:
    """Yield reach_sum with its price, how it compares with the orders resting up to there, and the largest levels."""
    for each in newest_maps(given, "levels"):
        price = price_of(given, each.row.about)
        if price is None:
            continue
        for side in SIDES:
            table = levels(each, side, price.number)
            if len(table):
                total = given.sheet[each.subject("side_total", side).id]
                yield from _largest(given, each, total, table)
                yield from _sums(given, each, price, total, table)


def round_prices(price: Decimal, low: Decimal, high: Decimal) -> list[Decimal]:
    """Return the round prices between two, ends included: multiples of the step nearest to two percent of the price."""
    wanted = price * _ROUND
    unit = Decimal(1).scaleb(wanted.adjusted())
    step = min((unit * part for part in _STEPS), key=lambda one: abs(one.ln() - wanted.ln()))
    first = (low / step).to_integral_value(rounding="ROUND_CEILING")
    last = (high / step).to_integral_value(rounding="ROUND_FLOOR")
    return [step * count for count in range(int(first), int(last) + 1)]


def _sums(given: Given, each: NamedMap, price: Fact, whole: Fact, table: "pd.DataFrame") -> Iterator[Result]:
    side = whole.side
    # The first of a price is the one to use first.
    depths = {fact.subject.at: fact for fact in reversed(given.sheet.all("depth", asset=each.row.about, side=side))}
    ends = {Decimal(at) for at in depths if at and at.replace(".", "", 1).isdigit()}
    ends |= {fact.number for name in _NAMED for fact in given.sheet.all(name, asset=each.row.about, side=side)}
    ends |= set(round_prices(price.number, min(table["price"]), max(table["price"])))
    for end in sorted(ends, key=lambda one: abs(one - price.number)):
        total = sum_to(end, side, *_columns(table))
        # Beyond the last level the map says nothing; before the first there is nothing to sum.
        if total is None or not reaches(side, end, table["price"].iloc[0]):
            continue
        size = _part(each, whole, "reach_sum", end, total, f"of the levels beyond {plain(end)}")
        yield size
        yield _price(given, size, "reach_sum_price", end, "where the sum ends")
        depth = depths.get(plain(end))
        if depth is not None and depth.number:
            subject = size.subject._replace(metric="reach_sum_depth")
            ratio = total / depth.number
            yield derive(subject, ratio, "ratio", "ratio", (size, depth), f"{size.id} / {depth.id}")


def _largest(given: Given, each: NamedMap, whole: Fact, table: "pd.DataFrame") -> Iterator[Result]:
    """Yield the largest level of a side, the first of equal ones, and the levels at the peaks of its clusters."""
    sizes = dict(zip(*_columns(table), strict=True))
    largest = max(sizes, key=lambda at: sizes[at])
    peaks = [fact.number for fact in given.sheet.all("cluster_peak", asset=each.row.about, side=whole.side)]
    for at in dict.fromkeys((largest, *peaks)):
        if at in sizes:
            of, name = ("side", "cluster_level_largest") if at == largest else ("cluster", "cluster_level")
            level = _part(each, whole, name, at, sizes[at], f"of the other levels: the largest of its {of}")
            yield level
            yield _price(given, level, "cluster_level_price", at, f"where the largest level of its {of} stands")


def _columns(table: "pd.DataFrame") -> tuple[list[Decimal], list[Decimal]]:
    return list(table["price"]), list(table["size"])


def _part(each: NamedMap, whole: Fact, name: str, at: Decimal, value: Decimal, rest: str) -> Fact:
    """Return a part of a side's levels, as what the rest of them leave of their sum."""
    subject, formula = each.subject(name, whole.side, plain(at)), f"side_total - {plain(whole.number - value)} {rest}"
    return derive(subject, value, "usd", "level", (whole,), formula)


def _price(given: Given, size: Fact, name: str, at: Decimal, words: str) -> Fact:
    shared = (size.evidence, size.source, size.as_of)
    subject = size.subject._replace(metric=name)
    return Fact(subject, at, "price", "level", *shared, words, (size.id,), given.snapshot.quote)
