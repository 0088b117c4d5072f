"""Clusters: the dense runs of a map's separate levels, and both sides' sums within the same distance.

A cluster is where the model is dense; it is no support and no target. Levels of one price are added over
leverage and taken only from the side of the price on which they could still be reached. Along the distance
from the price the sums are smoothed by a centred mean of three levels; a cluster is a run of levels whose
smoothed sum is at least the larger of the side's 90th percentile and a quarter of its maximum, runs at most
two levels apart taken as one. Its sum is of the levels themselves. Sums are US dollars of notional,
distances percent of the price to the cluster's near edge, negative below it.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from commentary.liquidation_map.clusters import Cluster, dense_runs
from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.maps import SIDES, NamedMap, measured, newest_maps, percent_from, price_of, side_of
from commentary.metrics.rows import coin, plain
from commentary.records.fact import Evidence, Fact, MissingFact, Side, Subject, derive

if TYPE_CHECKING:
    import pandas as pd

LEVELS_NEEDED = 20
"""With fewer levels on a side a 90th percentile is two of them or none."""
REPORTED = 3
"""The largest clusters of a side that become facts; the nearest does in any case."""
DISTANCES = tuple(Decimal(percent) for percent in (1, 2, 3, 5, 10))
"""Percent from the price within which both sides are added up."""


class Book(NamedTuple):
    """One side of a map."""

    map: NamedMap
    side: Side
    price: Fact
    """From which the distances count."""
    quote: str
    table: "pd.DataFrame"
    """Columns price and size, exact, from the price outwards."""
    found: list[Cluster]
    """The largest first."""


@metric("clusters", needs=("price", "volatility", "open_interest"))
def clusters(given: Given) -> Iterator[Result]:
    """Yield the clusters of every map with levels, the side with the largest first, and sums by distance."""
    maps = newest_maps(given, "levels")
    if not maps:
        reason = "the snapshot holds no liquidation map with separate levels"
        yield MissingFact(Subject(coin(given.snapshot), "cluster_size"), "usd", reason)
    for each in maps:
        price = price_of(given, each.row.about)
        if price is None:
            reason = "the snapshot holds no price to tell on which side of it a level lies"
            yield MissingFact(each.subject("cluster_size"), "usd", reason)
        else:
            yield from _map(given, each, price)


def _map(given: Given, each: NamedMap, price: Fact) -> Iterator[Result]:
    books = [_book(given, each, side, price) for side in SIDES]
    for book in sorted(books, key=lambda book: -book.found[0].size if book.found else Decimal(0)):
        total = _sum(book, "side_total", None, sum(book.table["size"], Decimal(0)), "on this side of the price")
        yield total
        yield from _clusters(given, book, total) if book.found else [_none(book)]
    yield from _within(books)


def _book(given: Given, each: NamedMap, side: Side, price: Fact) -> Book:
    table = levels(each, side, price.number)
    enough = len(table) >= LEVELS_NEEDED
    found = dense_runs(list(table["price"]), list(table["size"])) if enough else []
    by_size = sorted(found, key=lambda one: -one.size)
    return Book(each, side, price, given.snapshot.quote, table, by_size)


def levels(each: NamedMap, side: Side, price: Decimal) -> "pd.DataFrame":
    """Return one side's sums by level, from the price outwards; levels beyond the price are left out."""
    import pandas as pd  # not at the top: a map without levels needs no tables

    rows = [
        (row.price, row.notional_usd)
        for row in each.row.levels
        if row.side == side and side_of(price, row.price) == side
    ]
    table = pd.DataFrame(rows, columns=["price", "size"], dtype=object)
    summed = table.groupby("price", as_index=False)[["size"]].sum()
    return summed.sort_values("price", ascending=side == "short", ignore_index=True)


def _none(book: Book) -> MissingFact:
    count = len(book.table)
    reason = (
        f"{book.map.by} holds {count} separate levels of {book.side}s; {LEVELS_NEEDED} are needed"
        if count < LEVELS_NEEDED
        else f"the {count} levels of {book.side}s that {book.map.by} holds are all alike"
    )
    return MissingFact(book.map.subject("cluster_size", book.side), "usd", reason)


def _clusters(given: Given, book: Book, total: Fact) -> Iterator[Result]:
    along = sorted(book.found, key=lambda one: one.near, reverse=book.side == "long")
    nearest = book.found.index(along[0])
    for place, one in enumerate(book.found):
        if place < REPORTED or place == nearest:
            yield from _one(given, book, str(place + 1), one, total)
    yield Fact(
        book.map.subject("cluster_nearest", book.side),
        str(nearest + 1),
        "name",
        "entity",
        *_shared(book),
        formula="the place by size of the cluster nearest to the price",
        inputs=(book.price.id,),
    )
    yield from _void(book, along)


def _one(given: Given, book: Book, at: str, one: Cluster, total: Fact) -> Iterator[Result]:
    size = _sum(book, "cluster_size", at, one.size, "of a dense run")
    near = _level(book, "cluster_near", at, one.near, "nearest to the price")
    yield from (size, near)
    far = _level(book, "cluster_far", at, one.far, "farthest from the price")
    yield far
    yield derive(
        far.subject._replace(metric="cluster_far_distance"),
        percent_from(book.price.number, far.number),
        "percent",
        "delta",
        (far, book.price),
        "(cluster_far / price - 1) * 100",
    )
    yield _level(book, "cluster_peak", at, one.peak, "with the largest sum")
    yield derive(
        size.subject._replace(metric="cluster_share"),
        one.size / total.number * 100,
        "percent",
        "share",
        (size, total),
        "cluster_size / side_total * 100",
    )
    yield from measured(given, size, near, "cluster", "cluster_oi_share")


def _void(book: Book, along: list[Cluster]) -> Iterator[Result]:
    """Yield the next cluster beyond the largest, how far it is from there, and what the levels in between hold."""
    subject = book.map.subject("cluster_void", book.side, "1")
    place = along.index(book.found[0])
    if place + 1 == len(along):
        reason = f"{book.map.by} holds no cluster of {book.side}s beyond the largest"
        yield MissingFact(subject, "percent", reason)
        return
    far, following = along[place].far, along[place + 1]
    edge = _level(book, "cluster_far", "1", far, "farthest from the price")
    words = f"(near edge of the next cluster, {plain(following.near)}, / cluster_far - 1) * 100"
    yield derive(subject, percent_from(far, following.near), "percent", "delta", (edge,), words)
    yield _sum(book, "cluster_next_size", "1", following.size, "of the dense run beyond the largest")
    yield _level(book, "cluster_next_near", "1", following.near, "beyond the largest, nearest to the price")
    first, last = sorted((far, following.near))
    between = zip(book.table["price"], book.table["size"], strict=True)
    sparse = sum((size for price, size in between if first < price < last), Decimal(0))
    yield _sum(book, "cluster_void_size", "1", sparse, "between the largest dense run and the one beyond it")


def _within(books: list[Book]) -> Iterator[Result]:
    """Yield each side's sum within stated distances that its levels reach, and how the two compare."""
    for percent in DISTANCES:
        at = f"{plain(percent)}%"
        sums = [
            _sum(book, "within_size", at, total, f"within {at} of the price")
            for book in books
            if (total := within(book.price.number, book.table, percent)) is not None
        ]
        yield from sums
        if sums:
            subject = books[0].map.subject("within_percent", None, at)
            shared = _shared(books[0])
            yield Fact(subject, percent, "percent", "level", *shared, formula="stated distance")
        if len(sums) == 2:
            larger, smaller = sorted(sums, key=lambda total: -total.number)
            subject = larger.subject._replace(metric="within_ratio")
            yield _ratio(subject, larger, smaller)


def _ratio(subject: Subject, larger: Fact, smaller: Fact) -> Result:
    if not smaller.number:
        return MissingFact(subject, "ratio", f"the map holds no {smaller.side}s within {subject.at}")
    words = "within_size / within_size of the other side"
    return derive(subject, larger.number / smaller.number, "ratio", "ratio", (larger, smaller), words)


def within(price: Decimal, table: "pd.DataFrame", percent: Decimal) -> Decimal | None:
    """Return the sum of a side's levels within a distance, or None where the levels end before it.

    Args:
        price: from which the distance counts.
        table: columns price and size, from the price outwards.
        percent: the distance, either way.
    """
    distances = [abs(percent_from(price, level)) for level in table["price"]]
    if not distances or distances[-1] < percent:
        return None
    near = zip(table["size"], distances, strict=True)
    return sum((size for size, distance in near if distance <= percent), Decimal(0))


def _sum(book: Book, name: str, at: str | None, value: Decimal, which: str) -> Fact:
    subject = book.map.subject(name, book.side, at)
    words = f"the sum of the levels {which}"
    return Fact(subject, value, "usd", "level", *_shared(book), words, (book.price.id,))


def _level(book: Book, name: str, at: str, value: Decimal, which: str) -> Fact:
    subject = book.map.subject(name, book.side, at)
    words = f"the level of a dense run {which}"
    return Fact(subject, value, "price", "level", *_shared(book), words, (book.price.id,), book.quote)


def _shared(book: Book) -> tuple[Evidence, tuple[str, ...], datetime]:
    return book.map.row.evidence, source_of(book.map.row), book.map.row.at
