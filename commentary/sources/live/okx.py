"""OKX v5, without a key: a coin's perpetual contract in USDT (SWAP), and its quarterly futures in USDT.

Documentation: www.okx.com/docs-v5, public data, market data and trading statistics (read 2026-11-22). Its quirks, each
with a test:

- Every number is text, and lists are newest first; of statistics and candles each row is a list.
- An answer stands in an envelope with `code`, which is "0" where it was answered.
- Sizes of swaps are in contracts of `ctVal` times `ctMult` coins (0.01 BTC, 10,000,000 PEPE); `oiCcy` is in coins.
- A candle with `confirm` "0" still runs. Bars of a day begin at midnight UTC with the suffix utc, else in Hong Kong.
- The interval of funding is `nextFundingTime` less `fundingTime`; both lie ahead, and the rate is predicted.
- Of a settlement, `fundingRate` is what had been predicted and `realizedRate` what was paid. Three months are kept.
- Taker volume is [time, sold, bought], in this order; the ratio of accounts is longs over shorts, not a share.

The inverse contracts are not asked for, so that its open interest is of the same contracts as that of the others.

Limits are for each path, in two seconds: 40 calls for candles and books, 20 for most others, 10 for funding and for
mark prices, 5 for statistics.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

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
from commentary.sources.shapes.settlements import interval_hours, settled
from commentary.sources.shapes.shares import share_of
from commentary.sources.shapes.times import is_past, milliseconds, start_of

VENUE = "OKX"
NOT_LISTED = ("51001",)
"""The instrument does not exist."""
_PAGES = 7
_PAGE = 100
_BARS = 300
_BAR_PAGES = 3
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_LIMITS = {
    40: ("candles", "books"),
    20: ("tickers", "index_tickers", "instruments", "open_interest", "mark_candles", "index_candles"),
    10: ("mark_price", "funding_rate", "funding_history"),
    5: ("open_interest_history", "account_ratio", "taker_volume"),
}
"""Calls in two seconds, and the pools of the paths of which each allows so many."""


def calls(asked: Asked) -> Iterator[Call]:
    """Yield what is asked for a coin."""
    swaps, of = {"instType": "SWAP"}, {"instId": _contract(asked).symbol}
    yield _call("mark_prices", "public/mark-price", "mark_price", _mark, "prices", swaps, shared=True)
    pairs = {"quoteCcy": "USDT"}
    yield _call("index_prices", "market/index-tickers", "index_tickers", _index, "prices", pairs, shared=True)
    yield _call("tickers", "market/tickers", "tickers", _last, "prices", swaps, shared=True)
    interest = "public/open-interest"
    yield _call("open_interest", interest, "open_interest", _open_interest, "open_interest", swaps, shared=True)
    every = {"instId": "ANY"}
    yield _call("funding_rates", "public/funding-rate", "funding_rate", _predicted, "funding", every, shared=True)
    history, path = {**of, "limit": "400"}, "public/funding-rate-history"
    yield _call("funding_history", path, "funding_history", _settlements, "funding", history)
    if asked.scope == "watch":
        yield _open_interest_history("open_interest_history", of, asked.now)
        yield _candles("candles", of, "1H", asked.now)
        return
    for page in range(_PAGES):
        end = asked.now - page * _PAGE * HISTORY_STEP
        yield _open_interest_history(paged("open_interest_history", page), of, end)
    for page in range(_BAR_PAGES):
        yield _candles(paged("candles", page), of, "1H", asked.now - page * _BARS * _HOUR)
    yield _candles("candles_daily", of, "1Dutc", asked.now)
    marks = {**of, "bar": "1H", "limit": "100"}
    yield _call("mark_history", "market/mark-price-candles", "mark_candles", _marks, "prices", marks)
    yield from _statistics(of)
    yield _call("instruments", "public/instruments", "instruments", no_rows, "", swaps, shared=True)
    book, needs = {**of, "sz": "400"}, ("instruments",)
    yield _call("order_book", "market/books", "books", _book, "order_book", book, needs=needs)
    if has_futures(VENUE, asked.asset):
        yield from _futures(asked)


def _call(
    name: str,
    path: str,
    pool: str,
    read: Read,
    fills: str,
    params: dict[str, str],
    *,
    needs: tuple[str, ...] = (),
    shared: bool = False,
) -> Call:
    filled = (fills,) if fills else ()
    return Call(name, f"/api/v5/{path}", read, filled, params, costs={pool: 1}, needs=needs, shared=shared)


def _open_interest_history(name: str, of: dict[str, str], end: datetime) -> Call:
    """Return a call for a page of points that ends with the last one before `end`; both bounds are left out."""
    last = start_of(end, HISTORY_STEP)
    begin, past = last - _PAGE * HISTORY_STEP, last + HISTORY_STEP
    params = {**of, "period": "15m", "limit": str(_PAGE), "begin": milliseconds(begin)}
    params |= {"end": milliseconds(past)}
    path = "rubik/stat/contracts/open-interest-history"
    return _call(name, path, "open_interest_history", _open_interests, "open_interest", params)


def _candles(name: str, of: dict[str, str], bar: str, end: datetime) -> Call:
    read = _hourly if bar == "1H" else _daily
    limit = _BARS if bar == "1H" else 200
    params = {**of, "bar": bar, "limit": str(limit), "after": milliseconds(end)}
    return _call(name, "market/candles", "candles", read, "candles", params)


def _statistics(of: dict[str, str]) -> Iterator[Call]:
    newest = {**of, "period": "1H", "limit": "1"}
    path = "rubik/stat/contracts/long-short-account-ratio-contract"
    yield _call("long_short_accounts", path, "account_ratio", _accounts, "long_short", newest)
    dollars = {**newest, "unit": "2"}
    path = "rubik/stat/taker-volume-contract"
    yield _call("taker_volume", path, "taker_volume", _taker_volume, "long_short", dollars)


def _futures(asked: Asked) -> Iterator[Call]:
    daily = {"bar": "1Dutc", "limit": str(futures.HISTORY_DAYS + 2)}
    index = {"instId": _pair(asked), **daily}
    yield _call("index_history", "market/index-candles", "index_candles", no_rows, "", index)
    dated = {"instType": "FUTURES"}
    yield _call("future_marks", "public/mark-price", "mark_price", no_rows, "", dated, shared=True)
    needs = ("index_history", "index_prices", "future_marks")
    for name, expiry in zip(("future_front", "future_next"), futures.expiries(asked.now), strict=True):
        of, read = {"instId": _future(asked, expiry), **daily}, _future_reader(expiry)
        yield _call(name, "market/mark-price-candles", "mark_candles", read, "basis", of, needs=needs)


def _contract(asked: Asked) -> Perpetual:
    return perpetual(VENUE, asked.asset, f"{_pair(asked)}-SWAP")


def _pair(asked: Asked) -> str:
    return f"{asked.asset}-USDT"


def _future(asked: Asked, expiry: datetime) -> str:
    return f"{_pair(asked)}-{expiry:%y%m%d}"


def _own(answer: Answer) -> tuple[Perpetual, Part]:
    """Return the contract and its row in a reply that is for all of them."""
    contract = _contract(answer.asked)
    return contract, listed(Part.of(answer).items(), "instId", contract.symbol)


def _mark(answer: Answer) -> Iterator[Price]:
    contract, row = _own(answer)
    yield contract.row(row, Price, kind="mark", time=row["ts"].time(), value=contract.price(row["markPx"]))


def _index(answer: Answer) -> Iterator[Price]:
    contract, row = _contract(answer.asked), listed(Part.of(answer).items(), "instId", _pair(answer.asked))
    yield contract.row(row, Price, kind="index", time=row["ts"].time(), value=contract.price(row["idxPx"]))


def _last(answer: Answer) -> Iterator[Price]:
    contract, row = _own(answer)
    for name, at in (("last", row["ts"].time()), ("open24h", row["ts"].time() - _DAY)):
        yield contract.row(row, Price, kind="last", time=at, value=contract.price(row[name]))


def _open_interest(answer: Answer) -> Iterator[OpenInterest]:
    contract, row = _own(answer)
    yield contract.interest(row, row["ts"].time(), contract.amount(row["oiCcy"]), row["oiUsd"].size())


def _open_interests(answer: Answer) -> Iterator[OpenInterest]:
    contract = _contract(answer.asked)
    for row in Part.of(answer).items():
        at, coins, usd = row[0].time(), contract.amount(row[2]), row[3].size()
        if is_past(at, answer.asked.now):
            yield contract.interest(row, at, coins, usd)


def _predicted(answer: Answer) -> Iterator[Funding]:
    contract, row = _own(answer)
    hours = interval_hours(row["nextFundingTime"].time() - row["fundingTime"].time())
    at, rate = row["ts"].time(), row["fundingRate"].number()
    yield contract.row(row, Funding, kind="predicted", time=at, rate=rate, interval_hours=hours)


def _settlements(answer: Answer) -> Iterator[Funding]:
    rows = Part.of(answer).items()
    return settled(rows, "fundingTime", "realizedRate", venue=VENUE, source=VENUE)


def _hourly(answer: Answer) -> Iterator[CandleSeries]:
    return _contract(answer.asked).candles(_bars(answer), bars.HOUR, answer.asked.now)


def _daily(answer: Answer) -> Iterator[CandleSeries]:
    return _contract(answer.asked).candles(_bars(answer), bars.DAY, answer.asked.now)


def _bars(answer: Answer) -> Iterator[Bar]:
    contract = _contract(answer.asked)
    for row in Part.of(answer).items():
        bar = contract.bar(row, volume_usd=row[7].size())
        if row[8].number() == 1:
            yield bar


def _marks(answer: Answer) -> Iterator[Price]:
    return _contract(answer.asked).marks(Part.of(answer), bars.HOUR, answer.asked.now)


def _accounts(answer: Answer) -> Iterator[LongShort]:
    for row in Part.of(answer).items():
        share = share_of(row[1].size())
        yield _contract(answer.asked).row(row, LongShort, kind="accounts", time=row[0].time(), long_share=share)


def _taker_volume(answer: Answer) -> Iterator[LongShort]:
    for row in Part.of(answer).items():
        at, sold, bought = row[0].time(), row[1].size(), row[2].size()
        yield from _contract(answer.asked).takers(row, at, bought, sold)


def _book(answer: Answer) -> Iterator[OrderBook]:
    contract, asked = _contract(answer.asked), answer.asked
    own = listed(Part.of(answer, "instruments").items(), "instId", contract.symbol)
    own["ctValCcy"].choice({asked.asset: None})
    coins = own["ctVal"].positive() * own["ctMult"].positive()
    book = Part.of(answer)[0]
    return contract.book(book["bids"], book["asks"], book["ts"].time(), coins)


def _future_reader(expiry: datetime) -> Read:
    def read(answer: Answer) -> Iterator[Basis]:
        contract, now = _contract(answer.asked), answer.asked.now
        yield from futures.from_candles(contract, Part.of(answer), Part.of(answer, "index_history"), expiry, now)
        symbol, pair = _future(answer.asked, expiry), _pair(answer.asked)
        row = listed(Part.of(answer, "future_marks").items(), "instId", symbol)
        index = listed(Part.of(answer, "index_prices").items(), "instId", pair)
        mark, price = row["markPx"].positive(), index["idxPx"].positive()
        yield from futures.basis(row, row["ts"].time(), mark, price, expiry, venue=VENUE)

    return read


def unwrap(payload: Json) -> Json:
    """Return what stands in the envelope.

    Raises:
        NotListedError: OKX does not have the instrument.
        RefusedError: it refuses for another reason.
    """
    envelope = Part(payload)
    code = envelope["code"].text()
    if code != "0":
        message = str(envelope["msg"].value)
        raise (NotListedError if code in NOT_LISTED else RefusedError)(code, message)
    return envelope["data"].value


sources.add("okx")(
    Source(
        "okx",
        VENUE,
        "https://www.okx.com",
        calls,
        pools={name: Pool(most, 2) for most, names in _LIMITS.items() for name in names},
        unwrap=unwrap,
        clock=TimeCall("/api/v5/public/time", lambda payload: Part(payload)[0]["ts"].time()),
    )
)
