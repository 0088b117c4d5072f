"""Chance without state: the same key and place give the same number, in any order and in any process."""

import math
from functools import lru_cache
from hashlib import blake2b
from statistics import NormalDist

_BITS = (1 << 64) - 1
_STEP = 0x9E3779B97F4A7C15
"""Odd, so that every place has its own state; with the two multipliers below it is the SplitMix64 generator."""
_NORMAL = NormalDist()
_NODES_KEPT = 400_000


@lru_cache(maxsize=100_000)
def key(*parts: object) -> int:
    """Return 64 bits for these words and numbers."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def uniform(made_of: int, place: int = 0) -> float:
    """Return a number above 0 and below 1."""
    state = (made_of + (place + 1) * _STEP) & _BITS
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _BITS
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _BITS
    return ((state ^ (state >> 31)) + 0.5) / (_BITS + 1.0) or 2.0**-65


def normal(made_of: int, place: int = 0) -> float:
    """Return a number of mean 0 and standard deviation 1."""
    return _NORMAL.inv_cdf(min(uniform(made_of, place), 1.0 - 2.0**-53))


class Waves:
    """A smooth line through chance, of several scales at once.

    Each scale has a random height at every multiple of its period and eases from one to the next.

    Args:
        made_of: what the heights are drawn from.
        scales: (period, size) of each; the period in the unit of `at`, the size as a standard deviation.
    """

    def __init__(self, made_of: int, scales: tuple[tuple[float, float], ...]) -> None:
        self._scales = tuple((period, size, key(made_of, period)) for period, size in scales)
        self._nodes: dict[tuple[int, int], float] = {}

    def at(self, place: float) -> float:
        """Return the height at a place."""
        total = 0.0
        for period, size, made_of in self._scales:
            index = math.floor(place / period)
            along = place / period - index
            eased = along * along * (3.0 - 2.0 * along)
            before, after = self._node(made_of, index), self._node(made_of, index + 1)
            total += size * (before + (after - before) * eased)
        return total

    def _node(self, made_of: int, index: int) -> float:
        held = self._nodes.get((made_of, index))
        if held is None:
            if len(self._nodes) >= _NODES_KEPT:
                self._nodes.clear()
            held = self._nodes[made_of, index] = normal(made_of, index)
        return held


def octaves(longest: float, count: int) -> tuple[tuple[float, float], ...]:
    """Return scales that halve, sized as a random walk has them: (period, size), for steps of sd 1 over `shortest`.

    A walk's spread grows with the square root of time, so each size is that of the root of its period. A step over one
    shortest period then has the variance c²·(2 + 2.9·(1/2 + 1/4 + ...)), about 4.9·c²: two independent heights of the
    shortest scale, and slopes of the longer ones (1.2 on average, of two heights, over the period).
    """
    shortest = longest / 2 ** (count - 1)
    size = 1.0 / math.sqrt(4.9)
    return tuple((longest / 2**step, size * math.sqrt(longest / 2**step / shortest)) for step in range(count))
