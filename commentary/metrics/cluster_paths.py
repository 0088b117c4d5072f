"""The way through a cluster: what a map has from the price to its far edge, and the test that this sets.

Price that has gone through a cluster has passed every level before it too, so that the whole sum on the way would have
been closed, not the cluster alone. cluster_path is that sum in US dollars, at the place of the cluster by size;
cluster_test is half of it in coin, at the price of now and rounded to three digits: as it is told, so it is settled.
cluster_path_oi_share is its percent of the open interest that the map is of, and cluster_within_share the percent of
its side's sum within five percent that the cluster holds, where all of it lies that near.
"""

from collections.abc import Iterator
from decimal import Decimal

from commentary.liquidation_map.clusters import sum_to
from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.clusters import levels
from commentary.metrics.map_history import WITHIN
from commentary.metrics.maps import SIDES, NamedMap, newest_maps, per_coin, price_of
from commentary.metrics.rows import plain
from commentary.records.fact import Fact, MissingFact, derive, three_digits


@metric("cluster_paths", needs=("price", "open_interest", "clusters"))
def cluster_paths(given: Given) -> Iterator[Result]:
    """Yield the sum on the way to the end of each cluster, its test, and what share of the near sums is the cluster."""
    for each in newest_maps(given, "levels"):
        price = price_of(given, each.row.about)
        for side in SIDES if price is not None else ():
            for size in clusters_of(given, each, side):
                yield from _path(given, each, size)
                yield from _near_share(given, each, size)


def clusters_of(given: Given, each: NamedMap, side: str) -> list[Fact]:
    """Return the sums of a side's clusters on a map, the largest first."""
    found = given.sheet.all("cluster_size", asset=each.row.about, venue=each.row.venue, window=each.row.window_hours)
    mine = [fact for fact in found if fact.side == side and fact.source == source_of(each.row)]
    return [fact for fact in mine if each.subject("cluster_size", fact.side, place_of(fact)) == fact.subject]


def place_of(size: Fact) -> str:
    """Return the place of a cluster by size: "1" is the largest."""
    return (size.subject.at or "").partition(";")[0]


def beside(given: Given, size: Fact, name: str) -> Fact:
    """Return a fact of the same cluster, such as its far edge."""
    return given.sheet[size.subject._replace(metric=name).id]


def tested(given: Given, path: Fact) -> Iterator[Result]:
    """Yield half of a sum in coin: the test that a move past all of it sets. Zero tests nothing."""
    subject = path.subject._replace(metric=path.subject.metric.replace("_path", "_test"))
    price = price_of(given, path.subject.asset)
    if price is None or not path.number:
        yield MissingFact(subject, "coin", "the sum is zero, so it tests nothing")
        return
    each = per_coin(given, price)
    half = three_digits(path.number / each.number / 2)
    words = f"{path.subject.metric} / {each.subject.metric} / 2, in three digits"
    yield derive(subject, half, "coin", "level", (path, each), words)


def _path(given: Given, each: NamedMap, size: Fact) -> Iterator[Result]:
    far, price = beside(given, size, "cluster_far"), given.sheet[size.inputs[0]]
    table = levels(each, size.side, price.number)
    value = sum_to(far.number, size.side, list(table["price"]), list(table["size"])) or Decimal(0)
    subject, words = size.subject._replace(metric="cluster_path"), "the sum of the levels from the price to cluster_far"
    path = Fact(subject, value, "usd", "level", far.evidence, far.source, far.as_of, words, (price.id, far.id))
    yield path
    yield from tested(given, path)
    held = given.sheet.all("oi_usd", asset=size.subject.asset, venue=size.subject.venue or "all")
    oi = next((fact for fact in held if fact.source == size.source), held[0] if held else None)
    if oi is not None and oi.number:
        subject = size.subject._replace(metric="cluster_path_oi_share")
        share = value / oi.number * 100
        yield derive(subject, share, "percent", "share", (path, oi), "cluster_path / oi_usd * 100")


def _near_share(given: Given, each: NamedMap, size: Fact) -> Iterator[Result]:
    wanted = each.subject("within_size", size.side, f"{plain(WITHIN)}%")
    found = given.sheet.all("within_size", asset=each.row.about, side=size.side)
    whole = next((fact for fact in found if fact.subject == wanted and fact.source == size.source), None)
    if whole is not None and whole.number and abs(beside(given, size, "cluster_far_distance").number) <= WITHIN:
        subject, words = size.subject._replace(metric="cluster_within_share"), "cluster_size / within_size * 100"
        share = size.number / whole.number * 100
        yield derive(subject, share, "percent", "share", (size, whole), words)
