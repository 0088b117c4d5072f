"""The levels of a map: coins by price and leverage, as the books of an asset hold them."""

from typing import Literal, NamedTuple

import numpy as np

from commentary.liquidation_map.books import Books
from commentary.liquidation_map.grid import MIRROR, Floats


class Coins(NamedTuple):
    """One side of an asset's map, coins by bin and leverage, each leverage as if all positions had it."""

    first: int
    """The bin of the common grid that row 0 is of."""
    coins: Floats
    """One row a bin, by rising price, and one column a leverage; the first and the last row hold something."""

    def weighted(self, shares: Floats) -> Floats:
        """Return coins by bin where positions are spread over leverage by `shares`."""
        return np.asarray(self.coins @ shares)


def coins_of(books: Books, asset: int, side: Literal["long", "short"]) -> Coins:
    """Return one side of an asset's map; no rows where it holds nothing."""
    book = asset if side == "long" else asset + books.assets
    places = books.held(book)
    if not places.size:
        return Coins(0, np.zeros((0, books.leverages)))
    low, high = int(places[0]), int(places[-1])
    coins = books.written[book, low : high + 1] * books.factor[asset]
    base = int(books.base[asset])
    return Coins(base + low, coins) if side == "long" else Coins(base + MIRROR - high, coins[::-1].copy())
