"""Bybit v5, without a key: a coin's perpetual contract in USDT, and its quarterly futures in USDT (category linear).

Documentation: bybit-exchange.github.io/docs/v5, market (read 2026-11-22). Its quirks, each with a test:

- Every number is text, and lists are newest first.
- An answer stands in an envelope with `retCode`, which is 0 where it was answered, and the time of the server, which
  `tickers` has nowhere else.
- `openInterest` counts both sides of each contract since 2026; `singleOpenInterest` counts it once and is what other
  exchanges mean. Where a reply has only the former, the row says that it counts both, and metrics halve it.
- `fundingInterval` of `instruments-info` is in minutes. `fundingRate` of `tickers` is predicted, not settled.
- A page of open interest has 200 points; a settlement's list, with a start and no end, is an error: none is given.

The inverse contracts are not asked for: their open interest is in dollars alone, and added to the linear ones it would
leave the coins, and with them every change in coin, unknown.

Limit: 600 calls in five seconds.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

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

VENUE = "Bybit"
_PAGES = 4
_PAGE = 200
_DAY = timedelta(days=1)


def calls(asked: Asked) -> Iterator[Call]:
    """Yield what is asked for a coin."""
    symbol, every = _contract(asked).symbol, {"category": "linear"}
    instruments = {**every, "limit": "1000"}
    yield Call("tickers", "/v5/market/tickers", _tickers, ("prices", "open_interest"), every, shared=True)
    info, needs = "/v5/market/instruments-info", ("tickers",)
    yield Call("instruments", info, _predicted, ("funding",), instruments, needs=needs, shared=True)
    one = {**every, "symbol": symbol}
    history = {**one, "limit": "200"}
    yield Call("funding_history", "/v5/market/funding/history", _settlements, ("funding",), history)
    if asked.scope == "watch":
        yield _open_interest_history("open_interest_history", one, asked.now)
        yield _klines("candles", "kline", one, "60", 1000, asked.now, _hourly)
        return
    for page in range(_PAGES):
        end = asked.now - page * _PAGE * HISTORY_STEP
        yield _open_interest_history(paged("open_interest_history", page), one, end)
    yield _klines("candles", "kline", one, "60", 1000, asked.now, _hourly)
    yield _klines("candles_daily", "kline", one, "D", 200, asked.now, _daily)
    yield _klines("mark_history", "mark-price-kline", one, "60", 100, asked.now, _marks, ("prices",))
    ratio = {**one, "period": "1h", "limit": "1"}
    yield Call("long_short_accounts", "/v5/market/account-ratio", _accounts, ("long_short",), ratio)
    book = {**one, "limit": "1000"}
    yield Call("order_book", "/v5/market/orderbook", _book, ("order_book",), book)
    if has_futures(VENUE, asked.asset):
        yield from _futures(asked)


def _klines(
    name: str,
    path: str,
    of: dict[str, str],
    interval: str,
    limit: int,
    end: datetime,
    read: Read,
    fills: tuple[str, ...] = ("candles",),
    needs: tuple[str, ...] = (),
) -> Call:
    params = {**of, "interval": interval, "limit": str(limit), "end": milliseconds(end)}
    return Call(name, f"/v5/market/{path}", read, fills, params, needs=needs)


def _open_interest_history(name: str, of: dict[str, str], end: datetime) -> Call:
    last = start_of(end, HISTORY_STEP)
    start = last - (_PAGE - 1) * HISTORY_STEP
    params = {
        **of,
        "intervalTime": "15min",
        "limit": str(_PAGE),
        "startTime": milliseconds(start),
        "endTime": milliseconds(last),
    }
    return Call(name, "/v5/market/open-interest", _open_interests, ("open_interest",), params)


def _futures(asked: Asked) -> Iterator[Call]:
    base, limit = {"category": "linear"}, futures.HISTORY_DAYS + 2
    of = {**base, "symbol": _contract(asked).symbol}
    yield _klines("index_history", "index-price-kline", of, "D", limit, asked.now, no_rows, ())
    needs = ("index_history", "tickers")
    for name, expiry in zip(("future_front", "future_next"), futures.expiries(asked.now), strict=True):
        of, read = {**base, "symbol": _future(asked, expiry)}, _future_reader(expiry)
        yield _klines(name, "mark-price-kline", of, "D", limit, asked.now, read, ("basis",), needs)


def _contract(asked: Asked) -> Perpetual:
    return perpetual(VENUE, asked.asset, f"{asked.asset}USDT")


def _future(asked: Asked, expiry: datetime) -> str:
    return f"{_contract(asked).symbol}-{expiry:%d%b%y}".upper()


def _tickers(answer: Answer) -> Iterator[Price | OpenInterest]:
    contract, reply = _contract(answer.asked), Part.of(answer)
    row, at = listed(reply["list"].items(), "symbol", contract.symbol), reply["time"].time()
    for kind, name, time in (
        ("mark", "markPrice", at),
        ("index", "indexPrice", at),
        ("last", "lastPrice", at),
        ("last", "prevPrice24h", at - _DAY),
    ):
        yield contract.row(row, Price, kind=kind, time=time, value=contract.price(row[name]))
    usd = row.maybe("singleOpenInterestValue")
    yield _interest(contract, row, at, usd.size() if usd is not None else None)


def _interest(contract: Perpetual, row: Part, at: datetime, usd: Decimal | None = None) -> OpenInterest:
    once = row.maybe("singleOpenInterest")
    if once is not None:
        return contract.interest(row, at, contract.amount(once), usd)
    both = contract.amount(row["openInterest"])
    return contract.row(
        row, OpenInterest, time=at, value_coin=both, margin="linear", sides="both", contract=contract.contract
    )


def _predicted(answer: Answer) -> Iterator[Funding]:
    contract, tickers = _contract(answer.asked), Part.of(answer, "tickers")
    reply = Part.of(answer)
    own = listed(reply["list"].items(), "symbol", contract.symbol, reply.maybe("nextPageCursor"))
    row = listed(tickers["list"].items(), "symbol", contract.symbol)
    hours, rate = own["fundingInterval"].positive() / 60, row["fundingRate"].number()
    at = tickers["time"].time()
    yield contract.row(row, Funding, kind="predicted", time=at, rate=rate, interval_hours=hours)


def _settlements(answer: Answer) -> Iterator[Funding]:
    rows = Part.of(answer)["list"].items()
    return settled(rows, "fundingRateTimestamp", "fundingRate", venue=VENUE, source=VENUE)


def _open_interests(answer: Answer) -> Iterator[OpenInterest]:
    contract = _contract(answer.asked)
    for row in Part.of(answer)["list"].items():
        at = row["timestamp"].time()
        made = _interest(contract, row, at)
        if is_past(at, answer.asked.now):
            yield made


def _hourly(answer: Answer) -> Iterator[CandleSeries]:
    return _contract(answer.asked).candles(_bars(answer), bars.HOUR, answer.asked.now)


def _daily(answer: Answer) -> Iterator[CandleSeries]:
    return _contract(answer.asked).candles(_bars(answer), bars.DAY, answer.asked.now)


def _bars(answer: Answer) -> Iterator[Bar]:
    contract = _contract(answer.asked)
    for row in Part.of(answer)["list"].items():
        yield contract.bar(row, volume_usd=row[6].size())


def _marks(answer: Answer) -> Iterator[Price]:
    return _contract(answer.asked).marks(Part.of(answer)["list"], bars.HOUR, answer.asked.now)


def _accounts(answer: Answer) -> Iterator[LongShort]:
    for row in Part.of(answer)["list"].items():
        share, at = row["buyRatio"].size(), row["timestamp"].time()
        yield _contract(answer.asked).row(row, LongShort, kind="accounts", time=at, long_share=share)


def _book(answer: Answer) -> Iterator[OrderBook]:
    book = Part.of(answer)
    return _contract(answer.asked).book(book["b"], book["a"], book["ts"].time())


def _future_reader(expiry: datetime) -> Read:
    def read(answer: Answer) -> Iterator[Basis]:
        contract, now = _contract(answer.asked), answer.asked.now
        own, index = Part.of(answer)["list"], Part.of(answer, "index_history")["list"]
        yield from futures.from_candles(contract, own, index, expiry, now)
        tickers = Part.of(answer, "tickers")
        row = listed(tickers["list"].items(), "symbol", _future(answer.asked, expiry))
        mark, price = row["markPrice"].positive(), row["indexPrice"].positive()
        yield from futures.basis(row, tickers["time"].time(), mark, price, expiry, venue=VENUE)

    return read


def unwrap(payload: Json) -> Json:
    """Return what stands in the envelope, with the time of the server.

    Raises:
        NotListedError: Bybit does not have the symbol. Its code is that of any wrong parameter, so the words decide.
        RefusedError: it refuses for another reason.
    """
    envelope = Part(payload)
    code = envelope["retCode"].number()
    if code:
        message = str(envelope["retMsg"].value)
        is_unknown = code == 10001 and "symbol invalid" in message.lower()
        raise (NotListedError if is_unknown else RefusedError)(f"{code}", message)
    result = {name: part.value for name, part in envelope["result"].entries()}
    return {**result, "time": envelope["time"].value}


sources.add("bybit")(
    Source(
        "bybit",
        VENUE,
        "https://api.bybit.com",
        calls,
        pools={"all": Pool(600, 5)},
        unwrap=unwrap,
        clock=TimeCall("/v5/market/time", lambda payload: Part(payload)["time"].time()),
    )
)
