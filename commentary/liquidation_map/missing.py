"""Bars with something missing, and first bars: they are filled so that the ordinary step or stretch can take them.

A missing bar has the close before it as its prices and leaves open interest as it was; an unknown open interest is the
one before it. What is known first is taken as the start, and opens nothing.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commentary.liquidation_map.books import Books
from commentary.liquidation_map.grid import HALF, LAST, MARGIN, PER_LOG, Floats, Ints, PriceRangeError, first_bin

MOST_COINS = 1e30
"""No coin has so many; sums of what is below cannot overflow."""


class FilledBar(NamedTuple):
    """A bar of all assets with nothing missing, and of which assets something was."""

    prices: Floats
    """Rows high, low, close."""
    open_interest: Floats
    waiting: NDArray[np.bool_]
    """Assets without a price yet."""
    unknown: NDArray[np.bool_]
    """Assets without an open interest yet."""


def filled_bar(books: Books, high: Floats, low: Floats, close: Floats, open_interest: Floats) -> FilledBar:
    """Return a bar of which some assets lack something, or which is the first of some, as a step can take it.

    Raises:
        PriceRangeError: a price lies more than twenty-five-fold from its asset's first.
        ValueError: a price is not above 0, open interest below 0, or one of them beyond reason.
    """
    prices = np.array([high, low, close], dtype=np.float64)
    held = np.array(open_interest, dtype=np.float64)
    hold_values(prices, held)
    there = np.asarray(~np.isnan(prices).any(axis=0))
    base = books.base.copy()
    fresh = (there & np.isnan(base)).nonzero()[0]
    base[fresh] = [first_bin(price) for price in prices[2, fresh]]
    waiting = np.isnan(base)
    hold_grid(prices[:, there], base[there], np.flatnonzero(there))
    # An asset without a price yet gets one in the middle of a grid, and is put back after the step.
    prices[:, ~there] = np.where(waiting, 1.0, books.close)[~there]
    books.base = np.where(waiting, -HALF, base)
    held[~there] = np.nan
    held = np.where(np.isnan(held), books.open_interest, held)
    books.open_interest = np.where(np.isnan(books.open_interest), held, books.open_interest)
    unknown = np.isnan(held)
    held[unknown] = books.open_interest[unknown] = 0
    return FilledBar(prices, held, waiting, unknown)


def put_back(books: Books, filled: FilledBar) -> None:
    """Forget, after the step, what a bar was only filled with."""
    books.base[filled.waiting] = books.close[filled.waiting] = books.open_interest[filled.unknown] = np.nan
    books.factor[filled.waiting] = 1


def filled_stretch(books: Books, asset: int, prices: Floats, held: Floats) -> tuple[Floats, Floats, bool]:
    """Return the bars of one asset without what is missing, from its first price on.

    Args:
        books: of the asset.
        asset: its place.
        prices: rows high, low, close.
        held: open interest.

    Returns:
        Prices and open interest as the step would fill them, and whether open interest is not known to the end.

    Raises:
        PriceRangeError: a price lies more than twenty-five-fold from the asset's first.
        ValueError: a price is not above 0, open interest below 0, or one of them beyond reason.
    """
    hold_values(prices, held)
    there = np.asarray(~np.isnan(prices).any(axis=0))
    base = float(books.base[asset])
    if np.isnan(base):
        if not there.any():
            return prices[:, :0], held[:0], True
        first = int(there.argmax())
        prices, held, there = prices[:, first:], held[first:], there[first:]
        base = first_bin(float(prices[2, 0]))
    hold_grid(prices[:, there], base, np.full(int(there.sum()), asset))
    books.base[asset] = base
    closes = _carried(np.where(there, prices[2], np.nan), float(books.close[asset]))
    prices = np.where(there, prices, closes)
    held = _carried(np.where(there, held, np.nan), float(books.open_interest[asset]))
    unknown = np.isnan(held)
    if unknown.any():
        start = 0.0 if unknown.all() else float(held[~unknown][0])
        held = np.where(unknown, start, held)
    if np.isnan(books.open_interest[asset]):
        books.open_interest[asset] = held[0]
    return prices, held, bool(unknown.all())


def hold_values(prices: Floats, held: Floats) -> None:
    """Refuse what is no price or no open interest.

    Raises:
        ValueError: a price is not above 0, open interest below 0, or one of them beyond reason.
    """
    if (prices <= 0).any() or np.isinf(prices).any() or (held < 0).any() or (held > MOST_COINS).any():
        raise ValueError(f"prices are above 0 and finite, open interest from 0 to {MOST_COINS:g}; NaN is missing")


def hold_grid(prices: Floats, base: Floats | float, assets: Ints) -> None:
    """Refuse a price beyond the grid.

    Raises:
        PriceRangeError: one lies more than twenty-five-fold from its asset's first.
    """
    places = np.log(prices) * PER_LOG - base
    outside = np.flatnonzero(((places < MARGIN) | (places >= LAST)).any(axis=0))
    if outside.size:
        where = int(outside[0])
        raise PriceRangeError(
            f"asset {assets[where]}: prices {prices[:, where].tolist()} lie more than twenty-five-fold from the first "
            "of its book; begin its book anew with a later bar"
        )


def _carried(values: Floats, before: float) -> Floats:
    """Return values with each gap filled by what stood before it."""
    known = ~np.isnan(values)
    last = np.maximum.accumulate(np.where(known, np.arange(len(values)), -1))
    return np.where(last < 0, before, values[last])
