"""Order books as rows: what stands within a percentage of the middle, as far as the book that was sent reaches.

A reply has a limited number of levels, and for a busy contract they end a few tenths of a percent from the middle. A
percentage that the levels of both sides do not reach is not told, since orders beyond the last level are not known.
Where one percent is not reached, each side is told as far as it goes: up to the price of its own last level.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from commentary.records.snapshot import OrderBook
from commentary.sources.live.base import exact

PERCENTS = (Decimal("0.1"), Decimal("0.5"), Decimal(1), Decimal(2))
"""Of the middle price, each way."""
WHOLE = Decimal(1)
"""The percentage by which depth is usually told."""
Levels = Sequence[tuple[Decimal, Decimal]]
"""Price of one coin, and US dollars that stand there."""


def depth(bids: Levels, asks: Levels, *, venue: str, source: str, time: datetime) -> Iterator[OrderBook]:
    """Yield what stands on both sides; nothing where one of them is empty.

    Args:
        bids: in any order.
        asks: in any order.
        venue: the exchange.
        source: who says so.
        time: when the book stood so.
    """
    if not bids or not asks:
        return
    middle = (max(price for price, _ in bids) + min(price for price, _ in asks)) / 2
    last_bid, last_ask = min(price for price, _ in bids), max(price for price, _ in asks)
    reached: list[Decimal] = []
    for percent in PERCENTS:
        low, high = middle * (1 - percent / 100), middle * (1 + percent / 100)
        if last_bid <= low and last_ask >= high:
            reached.append(percent)
            yield OrderBook(
                venue=venue,
                source=source,
                time=time,
                within_percent=percent,
                bids_usd=_sum([level for level in bids if level[0] >= low]),
                asks_usd=_sum([level for level in asks if level[0] <= high]),
            )
    if WHOLE not in reached:
        yield OrderBook(venue=venue, source=source, time=time, to_price=last_bid, bids_usd=_sum(bids))
        yield OrderBook(venue=venue, source=source, time=time, to_price=last_ask, asks_usd=_sum(asks))


def _sum(levels: Levels) -> Decimal:
    return exact(sum((usd for _, usd in levels), Decimal(0)))
