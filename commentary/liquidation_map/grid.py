"""The price grid of a map: bins of a tenth of a percent, so that a leverage is the same number of bins at any price.

A price stands in bin floor(ln(price) / ln(1.001)), counted from 1 in the quote, on a grid that all maps share. A book
of levels holds 8,192 bins about its first price, of which the outer 768 at either end are kept for levels: prices may
move twenty-five-fold either way.
"""

import math

import numpy as np
from numpy.typing import NDArray

from commentary.errors import CommentaryError

WIDTH = 0.001
"""The width of a bin as a part of its lower edge: 0.1%, the bucket of most public maps."""
LOG_WIDTH = math.log1p(WIDTH)
PER_LOG = 1 / LOG_WIDTH
BINS = 8192
HALF = BINS // 2
MARGIN = 768
"""Bins at either end where levels stand and no price: a leverage of two stands 694 bins from its entry."""
LAST = BINS - MARGIN
MIRROR = BINS - 1
"""A bin and its mirror image sum to this."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Places = NDArray[np.int64] | NDArray[np.int32]
"""Bins counted from place 0 of a book."""


class PriceRangeError(CommentaryError):
    """A price left the grid of its book."""


def bin_of(price: float) -> int:
    """Return the bin that a price stands in."""
    return math.floor(math.log(price) * PER_LOG)


def first_bin(price: float) -> int:
    """Return the bin at place 0 of a book whose first price this is."""
    return bin_of(price) - HALF


def centre_of(place: float) -> float:
    """Return the price in the middle of a bin; of a bin and a half the price at the edge between two."""
    return math.exp((place + 0.5) * LOG_WIDTH)


def offset_of(ratio: float) -> int:
    """Return by how many bins a price times `ratio` stands above it, rounded: a level is off by half a bin at most.

    Args:
        ratio: of a liquidation price to its entry, such as 0.9 for a long.
    """
    return round(math.log(ratio) * PER_LOG)
