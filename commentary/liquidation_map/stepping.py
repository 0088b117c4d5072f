"""One bar of all assets at once, as it comes: the books that folding their whole histories would leave, bit for bit.

A step touches the bins that change and no others, and takes all assets in one go, so that 300 of them cost little more
for each bar than a long history of one does.
"""

import math

import numpy as np

from commentary.liquidation_map.books import SMALL, Books
from commentary.liquidation_map.grid import LAST, MARGIN, MIRROR, PER_LOG, Floats, Ints
from commentary.liquidation_map.missing import filled_bar, put_back


def step(books: Books, high: Floats, low: Floats, close: Floats, open_interest: Floats) -> None:
    """Take in one bar of every asset.

    Args:
        books: of the assets.
        high: of the bar, by asset; NaN where the bar is missing.
        low: the same.
        close: the same.
        open_interest: in coins at the bar's end; NaN where it is not known.

    Raises:
        PriceRangeError: a price lies more than twenty-five-fold from its asset's first; nothing is taken in.
        ValueError: a price is not above 0, open interest below 0, or one of them beyond reason.
    """
    if _measured(books, high, low, close, open_interest):
        _take_in(books, close, open_interest)
        return
    filled = filled_bar(books, high, low, close, open_interest)
    high, low, close = filled.prices
    _measured(books, high, low, close, filled.open_interest)
    _take_in(books, close, filled.open_interest)
    put_back(books, filled)


def _measured(books: Books, high: Floats, low: Floats, close: Floats, open_interest: Floats) -> bool:
    """Work out places and changes; say whether all are known and within the grid."""
    logs = books.scratch.logs
    logs[0], logs[1], logs[3] = low, close, high
    entry = logs[2]
    np.add(high, low, out=entry)
    entry += close
    entry /= 3
    with np.errstate(divide="ignore", invalid="ignore"):
        np.log(logs, out=logs)
    logs *= PER_LOG
    logs -= books.base
    change = np.subtract(open_interest, books.open_interest, out=books.scratch.change)
    return bool(logs.min() >= MARGIN and logs.max() < LAST and math.isfinite(change.sum()))


def _take_in(books: Books, close: Floats, open_interest: Floats) -> None:
    """Take in what was measured last."""
    logs, places, change, assets = books.scratch.logs, books.scratch.places, books.scratch.change, books.assets
    places[:, :assets] = logs[:3]
    places[0, assets:] = logs[3]
    np.subtract(MIRROR, places[1:, :assets], out=places[1:, assets:])
    np.subtract(MIRROR, places[0, assets:], out=places[0, assets:])
    reached = (places[0] <= books.nearest).nonzero()[0]
    if reached.size:
        _consume(books, reached, places[0].take(reached))
    fallen = (change < 0).nonzero()[0]
    if fallen.size or books.decay != 1:
        _close_part(books, open_interest, fallen)
    books.open_interest[:] = open_interest
    books.close[:] = close
    risen = (change > 0).nonzero()[0]
    if risen.size:
        _open(books, risen, change.take(risen) / books.factor.take(risen))
    for asset in (books.factor < SMALL).nonzero()[0]:
        books.rewrite(int(asset))


def _consume(books: Books, reached_books: Ints, reached: Ints) -> None:
    """Empty the places at and beyond `reached`, out to the last that may hold coins."""
    count = books.nearest.take(reached_books)
    count -= reached
    count += 1
    ends = count.cumsum()
    start = books.scratch.first_row.take(reached_books)
    start += reached
    start += count
    start -= ends
    rows = np.arange(ends[-1])
    rows += start.repeat(count)
    books.written.reshape(-1, books.leverages)[rows] = 0
    books.nearest[reached_books] = reached - 1


def _close_part(books: Books, open_interest: Floats, fallen: Ints) -> None:
    left = open_interest.take(fallen) / books.open_interest.take(fallen)
    if books.decay == 1:
        books.factor[fallen] *= left
        return
    kept = np.full(books.assets, books.decay)
    kept[fallen] *= left
    books.factor *= kept


def _open(books: Books, risen: Ints, coins: Floats) -> None:
    """Write coins on both sides of the assets that had a rise, where the bar's places say."""
    scratch = books.scratch
    both = np.concatenate([risen, risen + books.assets])
    _, room, entry = scratch.places.take(both, axis=1)
    room -= entry
    nearest = scratch.tightest.take(both)
    cells = scratch.first_cells.take(both, axis=0)
    cells += (entry * books.leverages)[:, None]
    added = np.concatenate([coins, coins])[:, None]
    if (nearest >= room).any():
        added = added * (books.offsets.take(both, axis=0) < room[:, None])
        nearest = np.minimum(nearest, room - 1)
    nearest += entry
    books.nearest[both] = np.maximum(nearest, books.nearest.take(both), out=nearest)
    everything = books.written.reshape(-1)
    written = everything.take(cells)
    written += added
    everything[cells] = written
