"""Many bars of one asset at once: the books that stepping bar by bar would leave, bit for bit.

Of the positions opened in a stretch of bars those are left whose level lies beyond every later low (high, for shorts):
one running minimum from the end tells it, without a look at each bar. The common factor is a running product in the
order of the bars, and coins are added to a place in that order too, so every number is that of the steps.
"""

import math
from typing import NamedTuple

import numpy as np

from commentary.liquidation_map.books import SMALL, Books
from commentary.liquidation_map.grid import BINS, LAST, MARGIN, MIRROR, PER_LOG, Floats, Ints, Places
from commentary.liquidation_map.missing import filled_stretch

STRETCH = 32768
"""Bars taken at once: what is made of them stays in a processor's cache, and memory does not grow with the bars."""


class Bars(NamedTuple):
    """Bars of one asset, oldest first, evenly spaced; NaN where something is missing."""

    high: Floats
    low: Floats
    close: Floats
    open_interest: Floats
    """In coins, at the bar's end."""


def fold(books: Books, asset: int, bars: Bars) -> None:
    """Take in the next bars of one asset. After a refusal its books are in between, and of no use any more.

    Raises:
        PriceRangeError: a price lies more than twenty-five-fold from the asset's first.
        ValueError: columns of different length, a price that is not above 0, open interest below 0 or beyond reason.
    """
    columns = [np.asarray(column, dtype=np.float64) for column in bars]
    if len({column.shape for column in columns}) != 1 or columns[0].ndim != 1:
        raise ValueError(f"columns of shapes {[column.shape for column in columns]}; they have one length")
    stretches = [
        Bars(*(column[start : start + STRETCH] for column in columns)) for start in range(0, len(columns[0]), STRETCH)
    ]
    for stretch, ahead in zip(stretches, _ahead(stretches), strict=True):
        _stretch(books, asset, stretch, ahead)


def _ahead(stretches: list[Bars]) -> list[tuple[float, float]]:
    """Return for each stretch the lowest low and the highest high of all after it.

    What they reach need not be put in at all. Of a stretch with something missing nothing is said.
    """
    low, high, found = math.inf, 0.0, []
    for stretch in reversed(stretches):
        found.append((low, high))
        lowest, highest = float(stretch.low.min()), float(stretch.high.max())
        if 0 < lowest <= highest < math.inf and not np.isnan(stretch.close.sum()):
            low, high = min(low, lowest), max(high, highest)
    return found[::-1]


def _stretch(books: Books, asset: int, bars: Bars, ahead: tuple[float, float]) -> None:
    high, low, close, held = bars
    logs, earlier = _measured(books, asset, high, low, close, held)
    change, unknown = held - earlier, False
    if not (logs.min() >= MARGIN and logs.max() < LAST and math.isfinite(change.sum())):
        (high, low, close), held, unknown = filled_stretch(books, asset, np.array([high, low, close]), held)
        if not held.size:
            return
        logs, earlier = _measured(books, asset, high, low, close, held)
        change = held - earlier
    places = logs.astype(np.int32)
    if earlier.min() > 0:
        kept = np.divide(held, earlier)
        np.minimum(kept, 1, out=kept)
    else:
        kept = np.divide(held, earlier, out=np.ones(len(held)), where=change < 0)
    if books.decay != 1:
        kept *= books.decay
    beyond = _reached_ahead(books, asset, ahead)
    done = 0
    while done < len(held):
        kept[done] *= books.factor[asset]
        factor = kept[done:].cumprod()
        # Where the factor has become small a step writes coins anew before the next bar, and so does this.
        size = int(np.searchsorted(-factor, -SMALL, side="right")) + 1 if factor[-1] < SMALL else len(factor)
        _part(books, asset, places[:, done : done + size], change[done : done + size], factor[:size], beyond)
        done += size
    books.open_interest[asset] = np.nan if unknown else held[-1]
    books.close[asset] = close[-1]


def _measured(
    books: Books, asset: int, high: Floats, low: Floats, close: Floats, held: Floats
) -> tuple[Floats, Floats]:
    """Return places of low, close, entry and high as fractions of bins, and the open interest before each bar."""
    logs = np.empty((4, len(held)))
    logs[0], logs[1], logs[3] = low, close, high
    entry = logs[2]
    np.add(high, low, out=entry)
    entry += close
    entry /= 3
    with np.errstate(divide="ignore", invalid="ignore"):
        np.log(logs, out=logs)
    logs *= PER_LOG
    logs -= books.base[asset]
    earlier = np.empty(len(held))
    earlier[:1] = books.open_interest[asset]
    earlier[1:] = held[:-1]
    return logs, earlier


def _reached_ahead(books: Books, asset: int, ahead: tuple[float, float]) -> tuple[int, int]:
    """Return from which place on later stretches empty each side's book; BINS where they reach none."""
    if not ahead[1]:
        return BINS, BINS
    low_place, high_place = (np.log(np.array(ahead)) * PER_LOG - books.base[asset]).astype(np.int64).tolist()
    return max(low_place, 0), max(MIRROR - high_place, 0)


def _part(books: Books, asset: int, places: Places, change: Floats, factor: Floats, beyond: tuple[int, int]) -> None:
    """Take in bars up to where the factor has become small, or to the end."""
    risen = np.flatnonzero(change > 0)
    coins = change.take(risen)
    coins /= factor.take(risen)
    _side(books, asset, places[0], places[1], places[2], beyond[0], risen, coins)
    mirrored = MIRROR - places
    _side(books, asset + books.assets, mirrored[3], mirrored[1], mirrored[2], beyond[1], risen, coins)
    books.factor[asset] = factor[-1]
    if factor[-1] < SMALL:
        books.rewrite(asset)


def _side(
    books: Books, book: int, reach: Places, shut: Places, entry: Places, beyond: int, risen: Ints, coins: Floats
) -> None:
    """Take levels out of a book that the bars reach, and put those in that none of the later bars reaches."""
    later = np.empty(len(reach) + 1, dtype=reach.dtype)
    later[-1] = min(beyond, BINS)
    later[:-1] = reach
    np.minimum.accumulate(later[::-1], out=later[::-1])
    lowest, nearest = int(later[0]), int(books.nearest[book])
    if lowest <= nearest:
        books.written[book, lowest : nearest + 1] = 0
        nearest = lowest - 1
    entry = entry.take(risen)
    room = np.minimum(shut.take(risen), later.take(risen + 1))
    room -= entry
    # Leverage rises: what the nearer level of a higher one survives, that of a lower one has survived.
    for leverage, offset in enumerate(books.offsets[book]):
        left = np.flatnonzero(room > offset)
        if not left.size:
            break
        if left.size < room.size:
            room, entry, coins = room.take(left), entry.take(left), coins.take(left)
        level = entry + offset
        np.add.at(books.written[book, :, leverage], level, coins)
        nearest = max(nearest, int(level.max()))
    books.nearest[book] = nearest
