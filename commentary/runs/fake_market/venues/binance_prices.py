"""Binance USD-M futures: bars of prices, the book, the day."""

from collections.abc import Callable
from datetime import UTC, datetime

from commentary.runs.fake_market.books import book
from commentary.runs.fake_market.dated import future, listed
from commentary.runs.fake_market.series import Bar
from commentary.runs.fake_market.venues.base import (
    DAY,
    HOUR,
    Ask,
    Json,
    Refused,
    bars,
    fixed,
    line,
    ms,
    next_payment,
)
from commentary.runs.fake_market.venues.binance import (
    BINANCE,
    Contract,
    contract_of,
    contracts,
    interval_of,
    venue,
    window,
)

_DEPTHS = (5, 10, 20, 50, 100, 500, 1000)
_BOOK_STEP = 2e-6
"""Between levels of the book: 1000 of them reach 0.2 % from the middle, as measured on BTC."""


@venue.at("/fapi/v1/klines")
def _klines(ask: Ask) -> Json:
    contract = contract_of(ask)
    step, origin = interval_of(ask)
    moments = window(ask, step, ask.number("limit", 500, 1500), origin)
    return [_kline(contract, bar, step) for bar in bars(ask, contract.coin.name, BINANCE, moments, step)]


def _kline(contract: Contract, bar: Bar, step: int) -> Json:
    return [
        ms(bar.start),
        *(contract.price(usd) for usd in (bar.open, bar.high, bar.low, bar.close)),
        contract.size(bar.volume_coin),
        ms(bar.start + step) - 1,
        fixed(bar.volume_usd, 2),
        bar.trades,
        contract.size(bar.taker_buy_usd / bar.middle),
        fixed(bar.taker_buy_usd, 2),
        "0",
    ]


@venue.at("/fapi/v1/markPriceKlines")
def _mark_klines(ask: Ask) -> Json:
    name, _, day = ask.need("symbol").partition("_")
    if not day:
        return _price_lines(ask, contract_of(ask), lambda coin, at: ask.market.mark(coin, at, BINANCE))
    contract, expiry = _dated(ask, name, day)
    return _price_lines(ask, contract, lambda coin, at: future(ask.market, coin, at, expiry, BINANCE))


def _dated(ask: Ask, name: str, day: str) -> tuple[Contract, float]:
    """Return the coin's contract and the expiry of a future such as BTCUSDT_261225."""
    contract = contracts(ask).get(name)
    expiries = {_word(moment): moment for moment in listed(contract.coin, ask.now)} if contract else {}
    if contract is None or day not in expiries:
        raise Refused("symbol")
    return contract, expiries[day]


def _word(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%y%m%d}"


@venue.at("/fapi/v1/indexPriceKlines")
def _index_klines(ask: Ask) -> Json:
    return _price_lines(ask, contract_of(ask, "pair"), ask.market.index)


@venue.at("/fapi/v1/premiumIndexKlines")
def _premium_klines(ask: Ask) -> Json:
    contract = contract_of(ask)
    step, origin = interval_of(ask)
    rows = []
    for moment in window(ask, step, ask.number("limit", 500, 1500), origin):
        ends = (moment, min(moment + step, ask.now))
        first, last = (
            ask.market.mark(contract.coin.name, at, BINANCE) / ask.market.index(contract.coin.name, at) - 1.0
            for at in ends
        )
        rows.append(_line(moment, step, [fixed(x, 8) for x in (first, max(first, last), min(first, last), last)]))
    return rows


def _price_lines(ask: Ask, contract: Contract, price: Callable[[str, float], float]) -> Json:
    """Return lines of a price that follows the last one: its bar, moved by what parts them at each end."""
    step, origin = interval_of(ask)
    name = contract.coin.name
    rows = []
    for bar in bars(ask, name, BINANCE, window(ask, step, ask.number("limit", 500, 1500), origin), step):
        prices = [contract.price(usd) for usd in line(bar, lambda at: price(name, at))]
        rows.append(_line(int(bar.start), step, prices))
    return rows


def _line(start: int, step: int, prices: list[str]) -> Json:
    return [ms(start), *prices, "0", ms(start + step) - 1, "0", 0, "0", "0", "0"]


@venue.at("/fapi/v1/premiumIndex")
def _premium_index(ask: Ask) -> Json:
    name, _, day = ask.query.get("symbol", "").partition("_")
    if day:
        return _premium_dated(ask, *_dated(ask, name, day))
    if name:
        return _premium(ask, contract_of(ask))
    held = contracts(ask).values()
    dated = [(contract, expiry) for contract in held for expiry in listed(contract.coin, ask.now)]
    return [_premium(ask, contract) for contract in held] + [_premium_dated(ask, *each) for each in dated]


def _premium_dated(ask: Ask, contract: Contract, expiry: float) -> Json:
    """Return the prices of a future, which has no funding."""
    mark = future(ask.market, contract.coin.name, ask.now, expiry, BINANCE)
    return {
        **_premium(ask, contract),
        "symbol": f"{contract.symbol}_{_word(expiry)}",
        "markPrice": contract.price(mark),
        "lastFundingRate": "",
        "interestRate": "",
        "nextFundingTime": 0,
    }


def _premium(ask: Ask, contract: Contract) -> Json:
    coin = contract.coin
    index = contract.price(ask.market.index(coin.name, ask.now))
    return {
        "symbol": contract.symbol,
        "markPrice": contract.price(ask.market.mark(coin.name, ask.now, BINANCE)),
        "indexPrice": index,
        "estimatedSettlePrice": index,
        "lastFundingRate": fixed(ask.market.settled(coin.name, ask.now, coin.interval_hours, BINANCE), 8),
        "interestRate": "0.00010000",
        "nextFundingTime": ms(next_payment(ask.now, coin.interval_hours)),
        "time": ms(ask.now),
    }


@venue.at("/fapi/v1/fundingRate")
def _funding_rate(ask: Ask) -> Json:
    contract = contract_of(ask)
    hours = contract.coin.interval_hours
    return [
        {
            "symbol": contract.symbol,
            "fundingRate": fixed(ask.market.settled(contract.coin.name, moment, hours, BINANCE), 8),
            "fundingTime": ms(moment),
            "markPrice": contract.price(ask.market.mark(contract.coin.name, moment, BINANCE)),
        }
        for moment in window(ask, hours * HOUR, ask.number("limit", 100, 1000))
    ]


@venue.at("/fapi/v1/fundingInfo")
def _funding_info(ask: Ask) -> Json:
    return [
        {
            "symbol": contract.symbol,
            "adjustedFundingRateCap": "0.02000000",
            "adjustedFundingRateFloor": "-0.02000000",
            "fundingIntervalHours": contract.coin.interval_hours,
            "disclaimer": False,
        }
        for contract in contracts(ask).values()
        if contract.coin.interval_hours != 8
    ]


@venue.at("/fapi/v1/openInterest")
def _open_interest(ask: Ask) -> Json:
    contract = contract_of(ask)
    held = ask.market.open_interest(contract.coin.name, ask.now, BINANCE, "linear")
    return {"openInterest": contract.size(held), "symbol": contract.symbol, "time": ms(ask.now)}


@venue.at("/fapi/v1/depth")
def _depth(ask: Ask) -> Json:
    contract = contract_of(ask)
    limit = ask.number("limit", 500, 1000)
    if limit not in _DEPTHS:
        raise Refused("parameter", "limit")
    bids, asks = book(ask.market, contract.coin.name, ask.now, BINANCE, limit, _BOOK_STEP)
    sides = ([[contract.price(usd), contract.size(size)] for usd, size in side] for side in (bids, asks))
    return {
        "lastUpdateId": ms(ask.now),
        "E": ms(ask.now),
        "T": ms(ask.now) - 4,
        "bids": next(sides),
        "asks": next(sides),
    }


@venue.at("/fapi/v1/ticker/24hr")
def _ticker(ask: Ask) -> Json:
    if "symbol" in ask.query:
        return _day(ask, contract_of(ask))
    return [_day(ask, contract) for contract in contracts(ask).values()]


def _day(ask: Ask, contract: Contract) -> Json:
    begun = int((ask.now - DAY) // 60) * 60
    bar = ask.market.bar(contract.coin.name, begun, ask.now, BINANCE)
    return {
        "symbol": contract.symbol,
        "priceChange": contract.price(bar.close - bar.open),
        "priceChangePercent": fixed((bar.close / bar.open - 1.0) * 100.0, 3),
        "weightedAvgPrice": contract.price(bar.middle),
        "lastPrice": contract.price(bar.close),
        "lastQty": "0.010",
        "openPrice": contract.price(bar.open),
        "highPrice": contract.price(bar.high),
        "lowPrice": contract.price(bar.low),
        "volume": contract.size(bar.volume_coin),
        "quoteVolume": fixed(bar.volume_usd, 2),
        "openTime": ms(begun),
        "closeTime": ms(ask.now),
        "firstId": 1,
        "lastId": bar.trades,
        "count": bar.trades,
    }


@venue.at("/fapi/v1/ticker/price")
def _ticker_price(ask: Ask) -> Json:
    wanted = [contract_of(ask)] if "symbol" in ask.query else list(contracts(ask).values())
    rows = [
        {
            "symbol": contract.symbol,
            "price": contract.price(ask.market.price(contract.coin.name, ask.now, BINANCE)),
            "time": ms(ask.now),
        }
        for contract in wanted
    ]
    return rows[0] if "symbol" in ask.query else rows
