"""Binance USD-M futures, without a key: a coin's perpetual contract in USDT, and its quarterly futures.

Documentation: developers.binance.com, USD-M futures, market data (read 2026-11-22). Its quirks, each with a test:

- Numbers are text, times milliseconds; lists are oldest first.
- `lastFundingRate` is what is going to be paid at `nextFundingTime`, as far as it is known: predicted, not settled.
- `fundingInfo` lists the contracts that differ from eight hours, and no others.
- Open interest is one-sided and in coin; where a contract is for a thousand coins it is in contracts. Its history
  reaches back 30 days.
- 1000 levels of a busy book end about 0.2% from the middle.
- An error is {"code": -1121, "msg": ...}; there is no envelope around an answer.

Limits: a weight of 2400 a minute; of what is under /futures/data 1000 calls in five minutes; of settlements and
intervals together 500 calls in five minutes.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from commentary.config.contracts import has_futures
from commentary.net import Pool
from commentary.records.snapshot import Bar, Basis, CandleSeries, Funding, LongShort, OpenInterest, OrderBook, Price
from commentary.sources.live.base import (
    Answer,
    Asked,
    Call,
    Json,
    NotListedError,
    Read,
    RefusedError,
    Source,
    TimeCall,
    no_rows,
    paged,
    sources,
)
from commentary.sources.shapes import bars, futures
from commentary.sources.shapes.perpetuals import HISTORY_STEP, Perpetual, listed, perpetual
from commentary.sources.shapes.reading import Part
from commentary.sources.shapes.settlements import settled
from commentary.sources.shapes.times import is_past, milliseconds, start_of

VENUE = "Binance"
NOT_LISTED = ("-1121", "-4108", "-4141")
"""An invalid symbol; one that is being delivered or is closed; one that is closed."""
USUAL_HOURS = Decimal(8)
"""Between the settlements of each contract that fundingInfo does not list."""
_PAGES = 2
_PAGE = 360
_BARS = 1000
_KLINE_WEIGHTS = ((99, 1), (499, 2), (1000, 5))
"""The most bars asked for, and what they cost."""

Ratio = Literal["accounts", "top_accounts", "top_positions"]
_RATIOS: dict[str, tuple[str, Ratio]] = {
    "long_short_accounts": ("globalLongShortAccountRatio", "accounts"),
    "long_short_top_accounts": ("topLongShortAccountRatio", "top_accounts"),
    "long_short_top_positions": ("topLongShortPositionRatio", "top_positions"),
}


def calls(asked: Asked) -> Iterator[Call]:
    """Yield what is asked for a coin."""
    symbol = _contract(asked).symbol
    index = "/fapi/v1/premiumIndex"
    yield Call("premium_index", index, _premium_index, ("prices",), costs={"weight": 10}, shared=True)
    yield Call("ticker", "/fapi/v1/ticker/24hr", _ticker, ("prices",), costs={"weight": 40}, shared=True)
    info, needs = "/fapi/v1/fundingInfo", ("premium_index",)
    yield Call("funding_info", info, _predicted, ("funding",), costs={"funding": 1}, needs=needs, shared=True)
    now, of = "/fapi/v1/openInterest", {"symbol": symbol}
    yield Call("open_interest", now, _open_interest, ("open_interest",), of, costs={"weight": 1})
    if asked.scope == "watch":
        yield _open_interest_history("open_interest_history", symbol, asked.now, 100)
        yield _funding_history(symbol, 100)
        yield _klines("candles", "klines", ("symbol", symbol), "1h", 499, asked.now, _hourly)
        return
    for page in range(_PAGES):
        end = asked.now - page * _PAGE * HISTORY_STEP
        yield _open_interest_history(paged("open_interest_history", page), symbol, end, _PAGE)
    yield _funding_history(symbol, 1000)
    for page in range(_PAGES):
        end = asked.now - page * timedelta(hours=_BARS)
        yield _klines(paged("candles", page), "klines", ("symbol", symbol), "1h", _BARS, end, _hourly)
    yield _klines("candles_daily", "klines", ("symbol", symbol), "1d", 199, asked.now, _daily)
    yield _klines("mark_history", "markPriceKlines", ("symbol", symbol), "1h", 99, asked.now, _marks, ("prices",))
    yield from _statistics(symbol)
    book = {"symbol": symbol, "limit": "1000"}
    yield Call("order_book", "/fapi/v1/depth", _book, ("order_book",), book, costs={"weight": 20})
    if has_futures(VENUE, asked.asset):
        yield from _futures(asked)


def _klines(
    name: str,
    path: str,
    of: tuple[str, str],
    interval: str,
    limit: int,
    end: datetime,
    read: Read,
    fills: tuple[str, ...] = ("candles",),
    needs: tuple[str, ...] = (),
) -> Call:
    params = {of[0]: of[1], "interval": interval, "limit": str(limit), "endTime": milliseconds(end)}
    weight = next(weight for most, weight in _KLINE_WEIGHTS if limit <= most)
    return Call(name, f"/fapi/v1/{path}", read, fills, params, costs={"weight": weight}, needs=needs)


def _open_interest_history(name: str, symbol: str, end: datetime, limit: int) -> Call:
    last = start_of(end, HISTORY_STEP)
    start = last - (limit - 1) * HISTORY_STEP
    params = {
        "symbol": symbol,
        "period": "15m",
        "limit": str(limit),
        "startTime": milliseconds(start),
        "endTime": milliseconds(last),
    }
    path = "/futures/data/openInterestHist"
    return Call(name, path, _open_interests, ("open_interest",), params, costs={"futures_data": 1})


def _funding_history(symbol: str, limit: int) -> Call:
    params = {"symbol": symbol, "limit": str(limit)}
    return Call("funding_history", "/fapi/v1/fundingRate", _settlements, ("funding",), params, costs={"funding": 1})


def _statistics(symbol: str) -> Iterator[Call]:
    params = {"symbol": symbol, "period": "1h", "limit": "1"}
    for name, (path, kind) in _RATIOS.items():
        read = _ratio_reader(kind)
        yield Call(name, f"/futures/data/{path}", read, ("long_short",), params, costs={"futures_data": 1})
    path = "/futures/data/takerlongshortRatio"
    yield Call("taker_volume", path, _taker_volume, ("long_short",), params, costs={"futures_data": 1})


def _futures(asked: Asked) -> Iterator[Call]:
    pair, limit = _contract(asked).symbol, futures.HISTORY_DAYS + 2
    yield _klines("index_history", "indexPriceKlines", ("pair", pair), "1d", limit, asked.now, no_rows, ())
    needs = ("index_history", "premium_index")
    for name, expiry in zip(("future_front", "future_next"), futures.expiries(asked.now), strict=True):
        of, read = ("symbol", _future(pair, expiry)), _future_reader(expiry)
        yield _klines(name, "markPriceKlines", of, "1d", limit, asked.now, read, ("basis",), needs)


def _contract(asked: Asked) -> Perpetual:
    return perpetual(VENUE, asked.asset, f"{asked.asset}USDT")


def _future(pair: str, expiry: datetime) -> str:
    return f"{pair}_{expiry:%y%m%d}"


def _premium_index(answer: Answer) -> Iterator[Price]:
    contract = _contract(answer.asked)
    row = listed(Part.of(answer).items(), "symbol", contract.symbol)
    at, mark, index = row["time"].time(), contract.price(row["markPrice"]), contract.price(row["indexPrice"])
    yield contract.row(row, Price, kind="mark", time=at, value=mark)
    yield contract.row(row, Price, kind="index", time=at, value=index)


def _ticker(answer: Answer) -> Iterator[Price]:
    """Yield the last price and the one of a day before, which opened the 24 hours that the reply counts."""
    contract = _contract(answer.asked)
    row = listed(Part.of(answer).items(), "symbol", contract.symbol)
    for price, time in (("lastPrice", "closeTime"), ("openPrice", "openTime")):
        yield contract.row(row, Price, kind="last", time=row[time].time(), value=contract.price(row[price]))


def _predicted(answer: Answer) -> Iterator[Funding]:
    contract = _contract(answer.asked)
    index = listed(Part.of(answer, "premium_index").items(), "symbol", contract.symbol)
    other = Part.of(answer)
    if not other.items():
        # There are always some, and each of them would be taken for a contract of eight hours.
        raise other.error("the contracts that do not settle every eight hours")
    own = [row for row in other.items() if row["symbol"].text() == contract.symbol]
    hours = own[0]["fundingIntervalHours"].positive() if own else USUAL_HOURS
    at, rate = index["time"].time(), index["lastFundingRate"].number()
    yield contract.row(index, Funding, kind="predicted", time=at, rate=rate, interval_hours=hours)


def _settlements(answer: Answer) -> Iterator[Funding]:
    rows = Part.of(answer).items()
    return settled(rows, "fundingTime", "fundingRate", venue=VENUE, source=VENUE)


def _open_interest(answer: Answer) -> Iterator[OpenInterest]:
    contract, row = _contract(answer.asked), Part.of(answer)
    yield contract.interest(row, row["time"].time(), contract.amount(row["openInterest"]))


def _open_interests(answer: Answer) -> Iterator[OpenInterest]:
    contract = _contract(answer.asked)
    for row in Part.of(answer).items():
        at, coins = row["timestamp"].time(), contract.amount(row["sumOpenInterest"])
        usd = row["sumOpenInterestValue"].size()
        if is_past(at, answer.asked.now):
            yield contract.interest(row, at, coins, usd)


def _hourly(answer: Answer) -> Iterator[CandleSeries]:
    return _contract(answer.asked).candles(_bars(answer), bars.HOUR, answer.asked.now)


def _daily(answer: Answer) -> Iterator[CandleSeries]:
    return _contract(answer.asked).candles(_bars(answer), bars.DAY, answer.asked.now)


def _bars(answer: Answer) -> Iterator[Bar]:
    contract = _contract(answer.asked)
    for row in Part.of(answer).items():
        yield contract.bar(row, volume_usd=row[7].size(), taker_buy_usd=row[10].size())


def _marks(answer: Answer) -> Iterator[Price]:
    return _contract(answer.asked).marks(Part.of(answer), bars.HOUR, answer.asked.now)


def _ratio_reader(kind: Ratio) -> Read:
    def read(answer: Answer) -> Iterator[LongShort]:
        for row in Part.of(answer).items():
            share, at = row["longAccount"].size(), row["timestamp"].time()
            yield _contract(answer.asked).row(row, LongShort, kind=kind, time=at, long_share=share)

    return read


def _taker_volume(answer: Answer) -> Iterator[LongShort]:
    for row in Part.of(answer).items():
        bought, sold, at = row["buyVol"].size(), row["sellVol"].size(), row["timestamp"].time()
        yield from _contract(answer.asked).takers(row, at, bought, sold)


def _book(answer: Answer) -> Iterator[OrderBook]:
    book = Part.of(answer)
    return _contract(answer.asked).book(book["bids"], book["asks"], book["T"].time())


def _future_reader(expiry: datetime) -> Read:
    def read(answer: Answer) -> Iterator[Basis]:
        contract, now = _contract(answer.asked), answer.asked.now
        yield from futures.from_candles(contract, Part.of(answer), Part.of(answer, "index_history"), expiry, now)
        rows = Part.of(answer, "premium_index").items()
        row = listed(rows, "symbol", _future(contract.symbol, expiry))
        mark, index = row["markPrice"].positive(), row["indexPrice"].positive()
        yield from futures.basis(row, row["time"].time(), mark, index, expiry, venue=VENUE)

    return read


def unwrap(payload: Json) -> Json:
    """Return an answer, which has no envelope.

    Raises:
        NotListedError: Binance does not have the symbol.
        RefusedError: it refuses for another reason.
    """
    if isinstance(payload, dict) and "code" in payload and "msg" in payload:
        code, message = f"{payload['code']}", f"{payload['msg']}"
        raise (NotListedError if code in NOT_LISTED else RefusedError)(code, message)
    return payload


sources.add("binance")(
    Source(
        "binance",
        VENUE,
        "https://fapi.binance.com",
        calls,
        pools={"weight": Pool(2400, 60), "futures_data": Pool(1000, 300), "funding": Pool(500, 300)},
        unwrap=unwrap,
        clock=TimeCall("/fapi/v1/time", lambda payload: Part(payload)["serverTime"].time()),
    )
)
