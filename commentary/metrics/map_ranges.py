"""Ranges of a map that we estimated ourselves: what each of its sums comes to by the least and by the most prior.

Nobody outside an exchange knows how leveraged positions are, so our model draws three maps, each by an assumption on
leverage; the base one is what other metrics read. <metric>_low and <metric>_high are the least and the
most of the three over the same stretch of prices: the edges of a cluster are those of the base map, and a sum within
a percent, or up to a price, ends where the base sum ends. A sum that comes to the same in three digits by all three,
or to nothing by one, has no range, and is missing with that reason. Units and signs are those of the sum.
cluster_mixes is in how many of the three maps the base's cluster, or one that overlaps it, is the largest of its side:
only where it is so in all of them is the cluster the main one, whatever the leverage.
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP as HALF_UP
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from commentary.liquidation_map.clusters import dense_runs
from commentary.metrics.base import Given, Result, metric
from commentary.metrics.cluster_paths import beside, tested
from commentary.metrics.clusters import levels, within
from commentary.metrics.map_history import WITHIN
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

    def near_share(self, near: Decimal, far: Decimal, percent: Decimal) -> list[Decimal]:
        """Return what percent of each sum within a percent lies between two prices; nothing where one is zero."""
        pairs = list(zip(self.between(near, far), self.within(percent), strict=True))
        return [part / whole * 100 for part, whole in pairs] if all(whole for _, whole in pairs) else []

    def largest_here(self, near: Decimal, far: Decimal) -> int:
        """Return in how many of the maps the largest cluster overlaps a stretch of prices."""
        low, high = sorted((near, far))
        count = 0
        for table in self.tables:
            found = dense_runs(list(table["price"]), list(table["size"]))
            if found:
                largest = max(found, key=lambda one: one.size)
                first, last = sorted((largest.near, largest.far))
                count += first <= high and low <= last
        return count

    def whole(self) -> list[Decimal]:
        """Return the sums of the side."""
        return [sum((size for _, size in _rows(table)), Decimal(0)) for table in self.tables]


@metric("map_ranges", needs=("clusters", "cluster_paths", "map_sums", "order_book", "open_interest"))
def map_ranges(given: Given) -> Iterator[Result]:
    """Yield the two ends of each sum of our own maps, and of what is worked out of them."""
    for each in newest_maps(given, "levels"):
        price = price_of(given, each.row.about)
        if each.row.source == OURS and price is not None:
            drawn = {side: drawn_of(given, each, side, price.number) for side in SIDES}
            for side in SIDES:
                yield from _side(given, each, drawn[side])
            yield from _ratios(given, each, drawn)


def drawn_of(given: Given, each: NamedMap, side: Side, price: Decimal) -> Drawn:
    """Return one side of a map by each prior of our own, or as a vendor gives it."""
    rows = priors(given, each.row) if each.row.source == OURS else [each.row]
    return Drawn(price, side, tuple(levels(NamedMap(row, None), side, price) for row in rows))


def _side(given: Given, each: NamedMap, drawn: Drawn) -> Iterator[Result]:
    for total in _of(given, each, "side_total", drawn.side):
        yield from ends(total, drawn.whole())
    for size in _of(given, each, "within_size", drawn.side):
        yield from ends(size, drawn.within(Decimal((size.subject.at or "").partition("%")[0])))
    for size in _of(given, each, "reach_sum", drawn.side):
        (end,) = (one for one in _of(given, each, "reach_sum_price", drawn.side) if one.subject.at == size.subject.at)
        yield from ends(size, drawn.up_to(end.number))
    for size in _of(given, each, "cluster_size", drawn.side):
        yield from _cluster(given, size, drawn)


def _cluster(given: Given, size: Fact, drawn: Drawn) -> Iterator[Result]:
    near, far = beside(given, size, "cluster_near"), beside(given, size, "cluster_far")
    sums = drawn.between(near.number, far.number)
    made = list(ends(size, sums))
    yield from made
    for end in (one for one in made if isinstance(one, Fact)):
        yield from _measured(given, end)
    yield from _shares(given, size, sums, drawn.whole())
    for path in ends(beside(given, size, "cluster_path"), drawn.up_to(far.number)):
        yield path
        if isinstance(path, Fact):
            yield from tested(given, path)
            yield from _oi_share(given, path)
    share = size.subject._replace(metric="cluster_within_share").id
    if share in given.sheet and (values := drawn.near_share(near.number, far.number, WITHIN)):
        # It is told in whole percents, and "86% to 86%" is no range.
        alike = len({value.to_integral_value(HALF_UP) for value in values}) == 1
        reason = "the three leverage assumptions give the same in whole percents" if alike else None
        yield from ends(given.sheet[share], values, reason)
    count = Decimal(drawn.largest_here(near.number, far.number))
    words = f"of {len(drawn.tables)} leverage priors, those whose largest cluster overlaps this one"
    yield derive(size.subject._replace(metric="cluster_mixes"), count, "count", "count", (near, far), words)


def _of(given: Given, each: NamedMap, name: str, side: Side) -> list[Fact]:
    """Return the facts of a metric that are of one side of a map."""
    shared = each.subject(name, side)
    found = given.sheet.all(name, asset=shared.asset, side=side, venue=shared.venue, window=shared.window_hours)
    return [fact for fact in found if fact.source == (OURS,) and fact.as_of == each.row.at]


def ends(figure: Fact, values: list[Decimal], reason: str | None = None) -> Iterator[Result]:
    """Yield the least and the most of what a figure comes to by each prior; a reason why they are no range, if any."""
    low, high = min(values), max(values)
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
    """Yield what one end of a cluster's sum is in coin, and of the exchange's own open interest."""
    end = size.subject.metric.removeprefix("cluster_size")
    base = given.sheet.all("cluster_coin", asset=size.subject.asset, side=size.side, at=size.subject.at)
    coins = next((fact for fact in base if fact.subject.venue == size.subject.venue), None)
    if coins is not None:
        per_coin = given.sheet[coins.inputs[1]]
        subject, words = coins.subject._replace(metric=f"cluster_coin{end}"), f"{size.subject.metric} / "
        value, words = size.number / per_coin.number, words + per_coin.subject.metric
        yield derive(subject, value, "coin", "level", (size, per_coin), words)
    yield from _oi_share(given, size)


def _oi_share(given: Given, size: Fact) -> Iterator[Result]:
    """Yield what one end of a sum is of the exchange's own open interest."""
    held = given.sheet.all("oi_usd", asset=size.subject.asset, venue=size.subject.venue)
    oi = held[0] if held and size.subject.venue else None
    if oi is not None and oi.number:
        subject, value = size.subject._replace(metric=_share_name(size)), size.number / oi.number * 100
        yield derive(subject, value, "percent", "share", (size, oi), f"{size.subject.metric} / oi_usd * 100")


def _share_name(size: Fact) -> str:
    """Return the metric of a sum's share of open interest: cluster_size_low has cluster_oi_share_low."""
    stem = size.subject.metric.removesuffix(LOW).removesuffix(HIGH)
    end = size.subject.metric.removeprefix(stem)
    return f"{stem.removesuffix('_size')}_oi_share{end}"


def _shares(given: Given, size: Fact, parts: list[Decimal], wholes: list[Decimal]) -> Iterator[Result]:
    share = size.subject._replace(metric="cluster_share").id
    if all(wholes):
        yield from ends(given.sheet[share], [part / whole * 100 for part, whole in zip(parts, wholes, strict=True)])


def _ratios(given: Given, each: NamedMap, drawn: dict[Side, Drawn]) -> Iterator[Result]:
    """Yield the two ends of how much more the side has that has more by the base prior; under 1 it has less."""
    for larger in SIDES:
        (other,) = (side for side in SIDES if side != larger)
        for ratio in _of(given, each, "within_ratio", larger):
            percent = Decimal((ratio.subject.at or "").partition("%")[0])
            sums = zip(drawn[larger].within(percent), drawn[other].within(percent), strict=True)
            values = [one / two for one, two in sums if two]
            if len(values) == len(drawn[larger].tables):
                yield from ends(ratio, values)


def _rows(table: "pd.DataFrame") -> Iterator[tuple[Decimal, Decimal]]:
    return zip(table["price"], table["size"], strict=True)
