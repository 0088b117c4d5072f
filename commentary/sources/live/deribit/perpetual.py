"""Deribit's perpetuals: prices, open interest, funding by the hour, candles, forced trades and the book.

Definitions: docs.deribit.com, ticker, get_funding_rate_history, get_tradingview_chart_data,
get_last_trades_by_instrument_and_time, get_order_book (read 2026-11-22). Funding runs on without a pause:
`interest_1h` is what an hour came to, and hours add up; `interest_8h` is a rolling sum of eight of them, so adding
those would count each hour eight times. The ticker's current funding is left out, since its interval is not
documented. Trades that a liquidation caused are marked; `direction` is the taker's.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from commentary.records.snapshot import (
    Bar,
    CandleSeries,
    Funding,
    LiquidationOrder,
    OpenInterest,
    OrderBook,
    Price,
    Row,
)
from commentary.sources.live.base import Answer, Asked, Call, exact, paged
from commentary.sources.live.deribit.common import VENUE, is_inverse, window
from commentary.sources.shapes.bars import HOUR, finished
from commentary.sources.shapes.books import depth
from commentary.sources.shapes.reading import Part
from commentary.sources.shapes.times import most_points, windows

PAGE = timedelta(hours=744)
"""get_funding_rate_history gives so many rows of an hour, counted back from its end."""
PAGES = 3
"""Three pages hold 93 days, and a rate is placed among those of 90."""
HELD = timedelta(days=90)
WATCHED = timedelta(hours=48)
"""A watch begins with all and then asks for what is new; two days bridge an outage."""
TRADES = 1000
"""The most of one reply."""
DEPTH = 1000
"""Levels a side."""
_HOUR = timedelta(minutes=HOUR)
_FORCED: dict[tuple[str, str], tuple[Literal["long", "short"], ...]] = {
    ("T", "sell"): ("long",),
    ("T", "buy"): ("short",),
    ("M", "sell"): ("short",),
    ("M", "buy"): ("long",),
    ("MT", "sell"): ("long", "short"),
    ("MT", "buy"): ("long", "short"),
}
"""Whose position was closed, by who was liquidated (T the taker, M the maker) and what the taker did."""


def instrument(asset: str) -> str:
    """Return the name of a coin's perpetual: BTC-PERPETUAL, SOL_USDC-PERPETUAL."""
    return f"{asset}-PERPETUAL" if is_inverse(asset) else f"{asset}_USDC-PERPETUAL"


def calls(asked: Asked) -> Iterator[Call]:
    """Yield the questions about a coin's perpetual: four to watch it; in full, more of the past and the book."""
    of, watched = {"instrument_name": instrument(asked.asset)}, asked.scope == "watch"
    yield Call("ticker", "/public/ticker", _ticker, ("prices", "open_interest"), of)
    length, pages = (WATCHED, 1) if watched else (PAGE, PAGES)
    for page, ends in enumerate(windows(asked.now, length, pages)):
        path = "/public/get_funding_rate_history"
        most, params = most_points(length, _HOUR), {**of, **window(*ends)}
        yield Call(paged("funding_history", page), path, _settlements, ("funding",), params, most=most)
    held = WATCHED if watched else HELD
    params = {**of, **window(asked.now - held, asked.now), "resolution": str(HOUR)}
    most = most_points(held, _HOUR)
    yield Call("candles", "/public/get_tradingview_chart_data", _candles, ("candles",), params, most=most)
    yield Call(
        "liquidations",
        "/public/get_last_trades_by_instrument_and_time",
        _liquidations,
        ("liquidation_orders",),
        {**of, **window(asked.now - timedelta(days=1), asked.now), "count": str(TRADES), "sorting": "desc"},
        may_be_empty=True,
    )
    if not watched:
        book = {**of, "depth": str(DEPTH)}
        yield Call("order_book", "/public/get_order_book", _book, ("order_book",), book)


def _ticker(answer: Answer) -> Iterator[Row]:
    reply = Part.of(answer)
    seen = {"venue": VENUE, "source": VENUE, "time": reply["timestamp"].time()}
    for kind, field in (("mark", "mark_price"), ("index", "index_price")):
        yield reply[field].row(Price, value=reply[field].positive(), kind=kind, **seen)
    # A contract that was never traded has none.
    if (last := reply.maybe("last_price")) is not None:
        yield last.row(Price, value=last.positive(), kind="last", **seen)
    held = reply["open_interest"]
    if is_inverse(answer.asked.asset):
        yield held.row(OpenInterest, value_usd=held.size(), margin="inverse", sides="one", **seen)
    else:
        yield held.row(OpenInterest, value_coin=held.size(), margin="linear", sides="one", **seen)


def _settlements(answer: Answer) -> Iterator[Funding]:
    """Yield what longs paid in each hour that ended at the time of its row."""
    for hour in Part.of(answer).items():
        rate, at = hour["interest_1h"].number(), hour["timestamp"].time()
        yield hour.row(Funding, venue=VENUE, source=VENUE, rate=rate, interval_hours=1, kind="settled", time=at)


def _candles(answer: Answer) -> Iterator[CandleSeries]:
    """Yield the series; it comes as one list a column, and `cost` is the volume in dollars."""
    reply = Part.of(answer)
    reply["status"].choice({"ok": True, "no_data": False})
    ticks = reply["ticks"].items()
    columns = {name: reply[name].items() for name in ("open", "high", "low", "close", "cost")}
    for name, column in columns.items():
        if len(column) != len(ticks):
            raise reply[name].error(f"as many values as there are ticks, which are {len(ticks)}")
    bars = (
        tick.row(
            Bar,
            time=tick.time(),
            volume_usd=columns["cost"][place].size(),
            **{name: columns[name][place].positive() for name in ("open", "high", "low", "close")},
        )
        for place, tick in enumerate(ticks)
    )
    yield from finished(bars, venue=VENUE, source=VENUE, minutes=HOUR, now=answer.asked.now)


def _liquidations(answer: Answer) -> Iterator[LiquidationOrder]:
    """Yield the forced trades among the newest ones, newest first.

    A forced order that takes several orders of the book at once makes a trade with each, all of one time: they are
    one row, whose price is given where it is one. The reply may stop short of a day, so nothing is summed up.
    """
    inverse = is_inverse(answer.asked.asset)
    forced: dict[tuple[datetime, Literal["long", "short"]], list[tuple[Part, Decimal, Decimal]]] = {}
    for trade in Part.of(answer)["trades"].items():
        mark = trade.maybe("liquidation")
        if mark is None:
            continue
        price, amount = trade["price"].positive(), trade["amount"].positive()
        usd = amount if inverse else amount * price
        whom = mark.choice({"T": "T", "M": "M", "MT": "MT"})
        did = trade["direction"].choice({"buy": "buy", "sell": "sell"})
        for side in _FORCED[whom, did]:
            forced.setdefault((trade["timestamp"].time(), side), []).append((trade, price, usd))
    for (at, side), trades in forced.items():
        prices = {price for _, price, _ in trades}
        yield trades[0][0].row(
            LiquidationOrder,
            venue=VENUE,
            source=VENUE,
            side=side,
            price=prices.pop() if len(prices) == 1 else None,
            notional_usd=exact(sum((usd for *_, usd in trades), Decimal(0))),
            time=at,
        )


def _book(answer: Answer) -> Iterator[OrderBook]:
    reply = Part.of(answer)
    inverse = is_inverse(answer.asked.asset)
    at = reply["timestamp"].time()
    bids, asks = (
        [(price := order[0].positive(), order[1].size() * (1 if inverse else price)) for order in reply[side].items()]
        for side in ("bids", "asks")
    )
    yield from depth(bids, asks, venue=VENUE, source=VENUE, time=at)
