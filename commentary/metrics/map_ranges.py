"""Ranges of a map that we estimated ourselves: what each of its sums comes to by the least and by the most prior.

Nobody outside an exchange knows how leveraged positions are, so our model draws three maps, each by an assumption on
leverage; the base one is what other metrics read. <metric>_low and <metric>_high are the least and the
most of the three over the same stretch of prices: the edges of a cluster are those of the base map, and a sum within
a percent, or up to a price, ends where the base sum ends. A sum that comes to the same in three digits by all three,
or to nothing by one, has no range, and is missing with that reason. Units and signs are those of the sum.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from commentary.metrics.base import Given, Result, metric
from commentary.metrics.clusters import levels, within
from commentary.metrics.maps import SIDES, NamedMap, newest_maps, price_of, priors
from commentary.metrics.order_book import reaches
from commentary.records.fact import HIGH, LOW, OURS, Fact, MissingFact, Side, derive, three_digits

if TYPE_CHECKING:
    import pandas as pd

_LEAST_AND_MOST = ((LOW, "least"), (HIGH, "most"))


class Drawn(NamedTuple):
    """One side of our map by each prior."""

    price: Decimal
    side: Side
    tables: tuple["pd.DataFrame", ...]
    """Columns price and size, from the price outwards."""

    def between(self, near: Decimal, far: Decimal) -> list[Decimal]:
        """Return the sums from one price to another, both included."""
        low, high = sorted((near, far))
        return [sum((size for at, size in _rows(table) if low <= at <= high), Decimal(0)) for table in self.tables]

    def up_to(self, end: Decimal) -> list[Decimal]:
        """Return the sums from the price to another."""
        return [
            sum((size for at, size in _rows(table) if reaches(self.side, end, at)), Decimal(0)) for table in self.tables
        ]

    def within(self, percent: Decimal) -> list[Decimal]:
        """Return the sums within a percent of the price; a map that ends before it holds no more there."""
        found = [within(self.price, table, percent) for table in self.tables]
        return [
            sum((size for _, size in _rows(table)), Decimal(0)) if value is None else value
            for value, table in zip(found, self.tables, strict=True)
        ]

    def whole(self) -> list[Decimal]:
        """Return the sums of the side."""
        return [sum((size for _, size in _rows(table)), Decimal(0)) for table in self.tables]


@metric("map_ranges", needs=("clusters", "map_sums", "order_book", "open_interest"))
def map_ranges(given: Given) -> Iterator[Result]:
    """Yield the two ends of each sum of our own maps, and of what is worked out of them."""
    for each in newest_maps(given, "levels"):
        price = price_of(given, each.row.about)
        if each.row.source == OURS and price is not None:
            rows = [NamedMap(row, None) for row in priors(given, each.row)]
            drawn = {
                side: Drawn(price.number, side, tuple(levels(row, side, price.number) for row in rows))
                for side in SIDES
            }
            for side in SIDES:
                yield from _side(given, each, drawn[side])
            yield from _ratios(given, each, drawn)


def _side(given: Given, each: NamedMap, drawn: Drawn) -> Iterator[Result]:
    for total in _of(given, each, "side_total", drawn.side):
        yield from _ends(total, drawn.whole())
    for size in _of(given, each, "within_size", drawn.side):
        yield from _ends(size, drawn.within(Decimal((size.subject.at or "").partition("%")[0])))
    for size in _of(given, each, "reach_sum", drawn.side):
        (end,) = (one for one in _of(given, each, "reach_sum_price", drawn.side) if one.subject.at == size.subject.at)
        yield from _ends(size, drawn.up_to(end.number))
    for size in _of(given, each, "cluster_size", drawn.side):
        near, far = (given.sheet[size.subject._replace(metric=name).id] for name in ("cluster_near", "cluster_far"))
        sums = drawn.between(near.number, far.number)
        ends = list(_ends(size, sums))
        yield from ends
        for end in (one for one in ends if isinstance(one, Fact)):
            yield from _measured(given, end)
        yield from _shares(given, size, sums, drawn.whole())


def _of(given: Given, each: NamedMap, name: str, side: Side) -> list[Fact]:
    """Return the facts of a metric that are of one side of a map."""
    shared = each.subject(name, side)
    found = given.sheet.all(name, asset=shared.asset, side=side, venue=shared.venue, window=shared.window_hours)
    return [fact for fact in found if fact.source == (OURS,) and fact.as_of == each.row.at]


def _ends(figure: Fact, values: list[Decimal]) -> Iterator[Result]:
    """Yield the least and the most of what a figure comes to by each prior."""
    low, high = min(values), max(values)
    reason = None
    if not low:
        reason = "one of the three leverage assumptions puts nothing there"
    elif three_digits(low) == three_digits(high):
        reason = "the three leverage assumptions give the same in three digits"
    for (end, word), value in zip(_LEAST_AND_MOST, (low, high), strict=True):
        subject = figure.subject._replace(metric=figure.subject.metric + end)
        if reason is not None:
            yield MissingFact(subject, figure.unit, reason)
            continue
        words = f"the {word} of {figure.subject.metric} over the same prices by {len(values)} leverage priors"
        yield derive(subject, value, figure.unit, figure.quantity, (figure,), words)


def _measured(given: Given, size: Fact) -> Iterator[Result]:
    """Yield what one end of a cluster's sum is in coin, half of that, and of the exchange's own open interest."""
    end = size.subject.metric.removeprefix("cluster_size")
    base = given.sheet.all("cluster_coin", asset=size.subject.asset, side=size.side, at=size.subject.at)
    coins = next((fact for fact in base if fact.subject.venue == size.subject.venue), None)
    if coins is not None:
        per_coin = given.sheet[coins.inputs[1]]
        subject, words = coins.subject._replace(metric=f"cluster_coin{end}"), f"{size.subject.metric} / "
        value, words = size.number / per_coin.number, words + per_coin.subject.metric
        in_coin = derive(subject, value, "coin", "level", (size, per_coin), words)
        yield in_coin
        subject, words = coins.subject._replace(metric=f"cluster_test{end}"), in_coin.subject.metric
        half = three_digits(in_coin.number) / 2
        yield derive(subject, half, "coin", "level", (in_coin,), f"{words} in three digits, as it is told / 2")
    held = given.sheet.all("oi_usd", asset=size.subject.asset, venue=size.subject.venue)
    oi = held[0] if held and size.subject.venue else None
    if oi is not None and oi.number:
        subject, value = size.subject._replace(metric=f"cluster_oi_share{end}"), size.number / oi.number * 100
        yield derive(subject, value, "percent", "share", (size, oi), f"{size.subject.metric} / oi_usd * 100")


def _shares(given: Given, size: Fact, parts: list[Decimal], wholes: list[Decimal]) -> Iterator[Result]:
    share = size.subject._replace(metric="cluster_share").id
    if all(wholes):
        yield from _ends(given.sheet[share], [part / whole * 100 for part, whole in zip(parts, wholes, strict=True)])


def _ratios(given: Given, each: NamedMap, drawn: dict[Side, Drawn]) -> Iterator[Result]:
    """Yield the two ends of how much more the side has that has more by the base prior; under 1 it has less."""
    for larger in SIDES:
        (other,) = (side for side in SIDES if side != larger)
        for ratio in _of(given, each, "within_ratio", larger):
            percent = Decimal((ratio.subject.at or "").partition("%")[0])
            sums = zip(drawn[larger].within(percent), drawn[other].within(percent), strict=True)
            values = [one / two for one, two in sums if two]
            if len(values) == len(drawn[larger].tables):
                yield from _ends(ratio, values)


def _rows(table: "pd.DataFrame") -> Iterator[tuple[Decimal, Decimal]]:
    return zip(table["price"], table["size"], strict=True)
