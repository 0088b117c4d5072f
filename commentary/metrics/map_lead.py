"""What a map is told by first: both sides within a distance of the price, where more lies there than in the cluster.

A cluster is where a map is dense, which need not be where it has most: what lies nearer to the price comes due first.
within_lead is the nearest of two stated distances, in percent of the price and short of the side's largest cluster,
within which the side has more than that cluster; of our own map by every prior. Where the sides are close to each other
within five percent and far apart nearer by, it is the nearer distance, for both. No such distance: the cluster leads.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.cluster_paths import beside, clusters_of
from commentary.metrics.map_history import WITHIN
from commentary.metrics.map_ranges import Drawn, drawn_of
from commentary.metrics.maps import SIDES, NamedMap, newest_maps, price_of
from commentary.metrics.rows import plain
from commentary.records.fact import Fact, Side

LEADING = (Decimal(2), WITHIN)
"""Percent: what a busy day covers, and the distance at which both sides are told."""
MATERIAL = Decimal("0.5")
"""A sum that leads for being lopsided is at least half of its side's cluster: less is no news beside that."""


class _Book(NamedTuple):
    drawn: Drawn
    cluster: list[Decimal]
    """The sums of its largest cluster by each prior; empty where it has none."""
    distance: Decimal
    """Percent from the price to that cluster, without its sign."""


@metric("map_lead", needs=("price", "clusters", "cluster_paths", "map_ranges"))
def map_lead(given: Given) -> Iterator[Result]:
    """Yield the distance that leads each side of each map, where one does."""
    bound = given.limits("liquidation_map")["lopsided"]
    for each in newest_maps(given, "levels"):
        price = price_of(given, each.row.about)
        if price is None:
            continue
        books = {side: _book(given, each, side, price.number) for side in SIDES}
        apart = _apart(books, bound)
        for side, book in books.items():
            nearest = next((one for one in LEADING if _has_more(book, one)), None)
            if apart is not None and (nearest is None or apart < nearest):
                times, far = plain(bound), plain(WITHIN)
                words = f"clusters, within which a side has {times} times the other, as none has within {far}%"
                yield _fact(each, side, apart, price, words)
            elif nearest is not None:
                yield _fact(each, side, nearest, price, "cluster, within which the map has more than that cluster")


def _book(given: Given, each: NamedMap, side: Side, price: Decimal) -> _Book:
    drawn = drawn_of(given, each, side, price)
    largest = next(iter(clusters_of(given, each, side)), None)
    if largest is None:
        return _Book(drawn, [], Decimal(0))
    near, far = beside(given, largest, "cluster_near"), beside(given, largest, "cluster_far")
    distance = abs(beside(given, largest, "cluster_distance").number)
    return _Book(drawn, drawn.between(near.number, far.number), distance)


def _has_more(book: _Book, percent: Decimal) -> bool:
    """Say whether a side has more within a distance than in its cluster beyond it, by every prior."""
    if not book.cluster or percent >= book.distance:
        return False
    pairs = zip(book.drawn.within(percent), book.cluster, strict=True)
    return all(near > cluster for near, cluster in pairs)


def _apart(books: dict[Side, _Book], bound: Decimal) -> Decimal | None:
    """Return the distance within which one side is far ahead, where none is within five percent."""
    if any(not book.cluster for book in books.values()) or _ahead(books, WITHIN, bound) is not None:
        return None
    for percent in LEADING[:-1]:
        ahead = _ahead(books, percent, bound)
        if ahead is not None and all(percent < book.distance for book in books.values()):
            pairs = zip(books[ahead].drawn.within(percent), books[ahead].cluster, strict=True)
            if all(near >= MATERIAL * cluster for near, cluster in pairs):
                return percent
    return None


def _ahead(books: dict[Side, _Book], percent: Decimal, bound: Decimal) -> Side | None:
    """Return the side that by every prior has so many times the other within a distance."""
    for side in SIDES:
        (other,) = (one for one in SIDES if one != side)
        pairs = zip(books[side].drawn.within(percent), books[other].drawn.within(percent), strict=True)
        if all(one and two and one >= bound * two for one, two in pairs):
            return side
    return None


def _fact(each: NamedMap, side: Side, percent: Decimal, price: Fact, words: str) -> Fact:
    subject = each.subject("within_lead", side, f"{plain(percent)}%")
    shared = (each.row.evidence, source_of(each.row), each.row.at)
    formula = f"the nearest stated distance, short of the largest {words}"
    return Fact(subject, percent, "percent", "level", *shared, formula, (price.id,))
