"""Stretches: what other maps of the same model have between the edges of the first map's largest cluster.

A map of a shorter window shows since when positions are there, and our own map of another exchange what is there
besides. cluster_stretch is a sum in US dollars, of the venue and window of the other map; where the maps are our own it
has the least and the most by the three priors as cluster_stretch_low and cluster_stretch_high, as every sum of them.
Sums of other windows overlap, so that they are compared and never added up.
"""

from collections.abc import Iterator
from decimal import Decimal

from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.cluster_paths import beside, clusters_of
from commentary.metrics.map_ranges import Drawn, drawn_of, ends
from commentary.metrics.maps import SIDES, NamedMap, newest_maps, price_of
from commentary.metrics.rows import coin, plain
from commentary.records.fact import OURS, Fact


@metric("map_stretches", needs=("price", "clusters", "cluster_paths", "map_ranges"))
def map_stretches(given: Given) -> Iterator[Result]:
    """Yield what each other map of the first one's source and time has where that has its largest clusters."""
    maps = [each for each in newest_maps(given, "levels") if each.row.about == coin(given.snapshot)]
    price = price_of(given, coin(given.snapshot))
    if not maps or price is None:
        return
    first = maps[0].row
    others = [each for each in maps[1:] if each.row.source == first.source and each.row.at == first.at]
    for side in SIDES:
        largest = next(iter(clusters_of(given, maps[0], side)), None)
        if largest is None:
            continue
        near, far = beside(given, largest, "cluster_near"), beside(given, largest, "cluster_far")
        for each in others:
            drawn = drawn_of(given, each, side, price.number)
            if (each.row.venue, each.row.window_hours) != (first.venue, first.window_hours):
                yield from _stretch(each, drawn, price, near.number, far.number)


def _stretch(each: NamedMap, drawn: Drawn, price: Fact, near: Decimal, far: Decimal) -> Iterator[Result]:
    sums = drawn.between(near, far)
    subject = each.subject("cluster_stretch", drawn.side, "1")
    shared = (each.row.evidence, source_of(each.row), each.row.at)
    words = f"the sum of the levels from {plain(near)} to {plain(far)}, the edges of the first map's largest cluster"
    base = Fact(subject, sums[len(sums) // 2], "usd", "level", *shared, words, (price.id,))
    yield base
    if each.row.source == OURS:
        yield from ends(base, sums)
