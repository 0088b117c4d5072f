"""Deribit: perpetuals, dated futures and options, asked without a key by JSON-RPC over GET.

Definitions: docs.deribit.com, the pages of the methods named below, "Rate Limits" and "JSON-RPC" (read 2026-11-22).
Bitcoin and ether trade as inverse contracts, whose amounts are US dollars; other coins against USDC, with amounts in
coins. Funding runs on without a pause: `interest_1h` is what an hour came to, and hours add up; `interest_8h` is a
rolling sum of eight of them, so adding those would count each hour eight times. The ticker's current funding is left
out, since its interval is not documented. Trades that a liquidation caused are marked; `direction` is the taker's.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from commentary.net import Pool
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
from commentary.sources.live.base import (
    Answer,
    Asked,
    Call,
    Clock,
    Json,
    NotListedError,
    RefusedError,
    Source,
    exact,
    sources,
)
from commentary.sources.live.deribit_dated import VENUE, dated_calls, is_inverse
from commentary.sources.shapes.bars import HOUR, finished
from commentary.sources.shapes.books import depth
from commentary.sources.shapes.reading import Part

POOL = Pool(20, 1.0)
"""Questions a second without an account ("Rate Limits": 500 credits each of 10,000 a second)."""
NOT_FOUND = "13020"
INVALID = "-32602"
"""The codes for what does not exist, the second where `param` names what was looked for ("Errors", read 2026-11-22)."""
_LOOKED_FOR = ("instrument_name", "currency", "index_name")
PAGE_HOURS = 744
"""get_funding_rate_history gives so many rows, counted back from its end."""
PAGES = 3
"""Three pages hold 93 days, and a rate is placed among those of 90."""
DAYS = 90
WATCH_HOURS = 48
"""A watch begins with all and then asks for what is new; two days bridge an outage."""
TRADES = 1000
"""The most of one reply."""
DEPTH = 1000
"""Levels a side."""
_FORCED: dict[tuple[str, str], tuple[Literal["long", "short"], ...]] = {
    ("T", "sell"): ("long",),
    ("T", "buy"): ("short",),
    ("M", "sell"): ("short",),
    ("M", "buy"): ("long",),
    ("MT", "sell"): ("long", "short"),
    ("MT", "buy"): ("long", "short"),
}
"""Whose position was closed, by who was liquidated (T the taker, M the maker) and what the taker did."""


def perpetual(asset: str) -> str:
    """Return the name of a coin's perpetual: BTC-PERPETUAL, SOL_USDC-PERPETUAL."""
    return f"{asset}-PERPETUAL" if is_inverse(asset) else f"{asset}_USDC-PERPETUAL"


def calls(asked: Asked) -> Iterator[Call]:
    """Yield the questions about a coin's perpetual and, in full, its book, dated futures and options."""
    name = {"instrument_name": perpetual(asked.asset)}
    yield Call("ticker", "/public/ticker", _ticker, ("prices", "open_interest"), params=name)
    watched = asked.scope == "watch"
    hours, pages = (WATCH_HOURS, 1) if watched else (PAGE_HOURS, PAGES)
    for page in range(pages):
        call = "funding_history" if page == 0 else f"funding_history_{page + 1}"
        # Both ends count, so the next page begins a millisecond later.
        window = _window(asked.now - timedelta(hours=page * hours), timedelta(hours=hours), short_by=1 if page else 0)
        path = "/public/get_funding_rate_history"
        yield Call(call, path, _funding_history, ("funding",), params={**name, **window})
    window = _window(asked.now, timedelta(hours=WATCH_HOURS) if watched else timedelta(days=DAYS))
    yield Call(
        "candles_1h",
        "/public/get_tradingview_chart_data",
        _candles,
        ("candles",),
        params={**name, **window, "resolution": str(HOUR)},
    )
    yield Call(
        "liquidations",
        "/public/get_last_trades_by_instrument_and_time",
        _liquidations,
        ("liquidation_orders",),
        params={**name, **_window(asked.now, timedelta(days=1)), "count": str(TRADES), "sorting": "desc"},
        may_be_empty=True,
    )
    if not watched:
        params = {**name, "depth": str(DEPTH)}
        yield Call("order_book", "/public/get_order_book", _order_book, ("order_book",), params=params)
        yield from dated_calls(asked)


def unwrap(payload: Json) -> Json:
    """Return the result in a JSON-RPC envelope.

    Raises:
        NotListedError: there is no such instrument, currency or index.
        RefusedError: the server refused; 10028 is "too_many_requests".
        ReplyError: it is no such envelope.
    """
    reply = Part(payload)
    error = reply.maybe("error")
    if error is None:
        return reply["result"].value
    code, message = f"{error['code'].number():f}", error["message"].text()
    data = error.maybe("data")
    looked_for = data.value.get("param") if data is not None and isinstance(data.value, dict) else None
    if code == NOT_FOUND or (code == INVALID and looked_for in _LOOKED_FOR):
        raise NotListedError(code, message)
    raise RefusedError(code, message)


def server_time(payload: Json) -> datetime:
    """Return what get_time says, without its envelope: milliseconds."""
    return Part(payload).time()


def _ticker(answer: Answer) -> Iterator[Row]:
    reply = Part(answer.payload)
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


def _funding_history(answer: Answer) -> Iterator[Funding]:
    """Yield what longs paid in each hour that ended at the time of its row."""
    for hour in Part(answer.payload).items():
        rate, at = hour["interest_1h"].number(), hour["timestamp"].time()
        yield hour.row(Funding, venue=VENUE, source=VENUE, rate=rate, interval_hours=1, kind="settled", time=at)


def _candles(answer: Answer) -> Iterator[CandleSeries]:
    """Yield the series; it comes as one list a column, and `cost` is the volume in dollars."""
    reply = Part(answer.payload)
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
    for trade in Part(answer.payload)["trades"].items():
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


def _order_book(answer: Answer) -> Iterator[OrderBook]:
    reply = Part(answer.payload)
    inverse = is_inverse(answer.asked.asset)
    at = reply["timestamp"].time()
    bids, asks = (
        [(price := order[0].positive(), order[1].size() * (1 if inverse else price)) for order in reply[side].items()]
        for side in ("bids", "asks")
    )
    yield from depth(bids, asks, venue=VENUE, source=VENUE, time=at)


def _window(end: datetime, length: timedelta, *, short_by: int = 0) -> dict[str, str]:
    """Return the ends of a window in milliseconds."""
    start, last = (int(moment.timestamp() * 1000) for moment in (end - length, end))
    return {"start_timestamp": str(start), "end_timestamp": str(last - short_by)}


sources.add("deribit")(
    Source(
        "deribit",
        VENUE,
        "https://www.deribit.com/api/v2",
        calls,
        pools={"all": POOL},
        unwrap=unwrap,
        clock=Clock("/public/get_time", server_time),
    )
)
