"""Clusters and reaches of any map, ours or a vendor's, by one algorithm: they need its levels and nothing else.

Along the distance from the price the levels are smoothed by a centred mean of three; a cluster is a run of levels
whose smoothed sum is at least the larger of the side's 90th percentile and a quarter of its maximum, runs at most two
levels apart taken as one. Its size is of the levels themselves. A reach is counted from the price outwards, and
nothing is made up beyond the last level. A vendor's map that gives only sums up to a price has neither: nothing is
derived from those.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

DENSE_QUANTILE = 0.9
DENSE_OF_MAXIMUM = 0.25
WIDEST_GAP = 2
"""Levels below the threshold that do not part a cluster."""


class Cluster(NamedTuple):
    """A dense run of levels."""

    near: Decimal
    """The edge toward the price."""
    far: Decimal
    peak: Decimal
    """The level with the largest sum."""
    size: Decimal


def dense_runs(prices: Sequence[Decimal], sizes: Sequence[Decimal]) -> list[Cluster]:
    """Return the clusters of one side, the nearest first; none where all levels are alike.

    Args:
        prices: the levels from the price outwards.
        sizes: their sums, in the same order.
    """
    import numpy as np  # not at the top: a map without levels needs no arrays

    raw = np.array([float(size) for size in sizes], dtype=np.float64)
    if not raw.size:
        return []
    sums, counts = raw.copy(), np.ones(len(raw))
    sums[1:] += raw[:-1]
    sums[:-1] += raw[1:]
    counts[1:] += 1
    counts[:-1] += 1
    smooth = sums / counts
    largest = float(smooth.max())
    if largest == smooth.min():
        return []
    threshold = max(float(np.quantile(smooth, DENSE_QUANTILE)), DENSE_OF_MAXIMUM * largest)
    # The mean of three spreads a level over its neighbours; one that holds nothing is no part of a cluster.
    dense = [place for place, value in enumerate(smooth) if value >= threshold and sizes[place]]
    runs: list[list[int]] = []
    for place in dense:
        if runs and place - runs[-1][1] <= WIDEST_GAP + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return [_cluster(prices[first : last + 1], sizes[first : last + 1]) for first, last in runs]


def sum_to(
    end: Decimal, side: Literal["long", "short"], prices: Sequence[Decimal], sizes: Sequence[Decimal]
) -> Decimal | None:
    """Return the sum of one side's levels up to a price, those at the price included.

    Args:
        end: where the sum ends.
        side: of the levels: longs stand below the price, shorts above.
        prices: the levels from the price outwards.
        sizes: their sums, in the same order.

    Returns:
        The sum, or None where the levels end before it: beyond the last of them the map says nothing.
    """
    outward = -1 if side == "long" else 1
    if not prices or (prices[-1] - end) * outward < 0:
        return None
    near = zip(prices, sizes, strict=True)
    return sum((size for price, size in near if (end - price) * outward >= 0), Decimal(0))


def _cluster(prices: Sequence[Decimal], sizes: Sequence[Decimal]) -> Cluster:
    peak = max(range(len(sizes)), key=lambda place: (sizes[place], -place))
    return Cluster(prices[0], prices[-1], prices[peak], sum(sizes, Decimal(0)))
