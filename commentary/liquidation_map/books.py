"""Books of modelled liquidation levels of many assets, kept bar by bar.

A book is one side of one asset. It holds coins by the bin in which they would be closed by force and by leverage, each
leverage as if every position had it: a prior is a weight over leverages, applied when the map is read, so that one
pass serves all priors. Shorts are kept in the mirror image of the grid, so that both sides obey one rule: prices come
down on their levels.

What a bar does, in this order:

1. Levels that its low (its high for shorts) reaches, or shares a bin with, are consumed: they are gone.
2. A fall in open interest closes the same part of all levels that are left, by one factor common to an asset. What was
   consumed in step 1 is not taken off the fall first: how much of it was closed by force is not known.
3. Optional decay: the same factor takes off what age does.
4. A rise in open interest opens as many coins on both sides, since each contract has a buyer and a seller, at the
   mean of high, low and close. Those whose level lies beyond the bar's own close, or in its bin, were passed within
   the bar and are not placed; of its low and high it is not known whether they came before the entry.

Open interest at the start is not placed: at which prices those positions were opened is not known. So a side never
holds more than open interest, and what part of it the map holds is its coverage. A missing bar (NaN) changes nothing
but age; the open interest of a bar may be missing alone, and the next one then tells both changes.

A step costs as much as the bins that change: a book remembers the outermost bin that may hold coins, so a bin is
passed over once for each time it is filled. Memory does not grow with the number of bars.
"""

import math
from typing import NamedTuple

import numpy as np

from commentary.liquidation_map.grid import BINS, MARGIN, Floats, Ints

SMALL = 2.0**-256
"""Where the common factor falls below this, coins are written anew and it is near 1: powers of two lose nothing."""
_NOTHING = 2.0**-900
"""A factor below this leaves no coin, whatever was there."""
LEAST_DECAY = 2.0**-8


class Offsets(NamedTuple):
    """By how many bins the levels of each leverage stand from the entry: one row an asset, leverage rising."""

    long: Ints
    """Below 0."""
    short: Ints
    """Above 0."""


class Scratch(NamedTuple):
    """What a step needs at hand, made once: of many assets' bars it is most of what a step would cost."""

    first_row: Ints
    """By book, the row of its place 0 among the rows of all books."""
    first_cells: Ints
    """By book and leverage, the cell of the level of an entry at place 0 among the cells of all books."""
    tightest: Ints
    """By book, the offset of the highest leverage."""
    logs: Floats
    """By low, close, entry and high, then asset: fractions of bins from place 0."""
    places: Ints
    """By reach, close and entry, then book."""
    change: Floats
    """Of open interest, by asset."""


class Books:
    """The books of some assets, both sides.

    Args:
        offsets: of the levels, by asset and leverage.
        decay: the factor that age alone takes off in one bar; 1 for none.

    Raises:
        ValueError: an offset is on the wrong side, out of order or beyond the grid, or the decay not from 2^-8 to 1.
    """

    def __init__(self, offsets: Offsets, decay: float = 1.0) -> None:
        long, short = (np.asarray(side, dtype=np.int64) for side in offsets)
        if long.ndim != 2 or long.shape != short.shape or not long.size:
            raise ValueError(
                f"offsets of shape {long.shape} and {short.shape}; one row an asset, one column a leverage"
            )
        mirrored = np.concatenate([long, -short])
        if mirrored.max() > -1 or mirrored.min() < -MARGIN or (np.diff(mirrored, axis=1) < 0).any():
            raise ValueError(
                f"offsets {long.tolist()} and {short.tolist()}: those of longs are below 0, of shorts above, none "
                f"beyond {MARGIN}, and they come nearer as leverage rises"
            )
        if not LEAST_DECAY <= decay <= 1:
            raise ValueError(f"a decay of {decay} a bar; it is from {LEAST_DECAY} to 1")
        assets, leverages = long.shape
        self.assets, self.leverages = assets, leverages
        self.decay = decay
        self.offsets: Ints = mirrored
        """By book (longs of all assets, then shorts), in the mirrored sense: all below 0."""
        self.base: Floats = np.full(assets, np.nan)
        """The bin of the common grid at place 0; NaN until an asset has its first price."""
        self.close: Floats = np.full(assets, np.nan)
        self.open_interest: Floats = np.full(assets, np.nan)
        self.factor: Floats = np.ones(assets)
        """What coins written now are divided by, and all coins of the asset are multiplied with when read."""
        self.written: Floats = np.zeros((2 * assets, BINS, leverages))
        """By book, place and leverage."""
        self.nearest: Ints = np.full(2 * assets, -1)
        """By book, the last place that may hold coins; -1 where none does."""
        self.scratch = Scratch(
            np.arange(2 * assets) * BINS,
            (np.arange(2 * assets) * BINS)[:, None] * leverages + mirrored * leverages + np.arange(leverages),
            np.ascontiguousarray(mirrored[:, -1]),
            np.empty((4, assets)),
            np.empty((3, 2 * assets), dtype=np.int64),
            np.empty(assets),
        )

    def rewrite(self, asset: int) -> None:
        """Bring the factor of an asset back to 1 or little more, and its coins with it."""
        factor = float(self.factor[asset])
        down = 2.0 ** math.floor(math.log2(factor)) if factor >= _NOTHING else 0.0
        for book in (asset, asset + self.assets):
            self.written[book, self.held(book)] *= down
            if not down:
                self.nearest[book] = -1
        self.factor[asset] = factor / down if down else 1.0

    def held(self, book: int) -> Ints:
        """Return the places of a book that hold coins."""
        return np.flatnonzero(self.written[book, : self.nearest[book] + 1].any(axis=1))
