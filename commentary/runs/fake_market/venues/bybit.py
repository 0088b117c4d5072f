"""Bybit v5: all figures as text, lists newest first, open interest as the sum of both sides beside that of one."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from commentary.runs.fake_market.assets import Asset, decimals
from commentary.runs.fake_market.dated import future, listed
from commentary.runs.fake_market.limits import Over, Pool
from commentary.runs.fake_market.options import word_of
from commentary.runs.fake_market.series import Bar
from commentary.runs.fake_market.venues.base import (
    DAY,
    HOUR,
    MONDAY,
    Ask,
    Error,
    Json,
    Refused,
    Venue,
    bars,
    fixed,
    line,
    ms,
    next_payment,
    starts,
    venues,
)

BYBIT = "Bybit"
_INTERVALS: Mapping[str, float] = {
    "1": 1, "3": 3, "5": 5, "15": 15, "30": 30, "60": 60, "120": 120, "240": 240, "360": 360, "720": 720, "D": 1440,
    "W": 10080,
}  # fmt: skip
_POOLS = {"all": Pool(600, 5)}
_ERRORS = {
    "symbol": (10001, "params error: symbol invalid"),
    "interval": (10001, "Invalid period!"),
    "missing": (10001, "params error: {} is required"),
    "parameter": (10001, "params error: {} invalid"),
    "range": (10001, "params error: {} invalid"),
    "server": (10016, "Server error"),
}


class Contract(NamedTuple):
    """A perpetual contract: linear in units of the coin, or inverse in dollars."""

    coin: Asset
    inverse: bool

    @property
    def units(self) -> int:
        """Coins in one unit."""
        return self.coin.multiplier

    @property
    def symbol(self) -> str:
        """Its name: BTCUSDT, 1000PEPEUSDT; of an inverse one BTCUSD."""
        return f"{self.units if self.units > 1 else ''}{self.coin.name}{'USD' if self.inverse else 'USDT'}"

    def price(self, usd: float) -> str:
        """Return a price of one unit."""
        return fixed(usd * self.units, decimals(self.coin.price * self.units))

    def size(self, coins: float, usd: float) -> str:
        """Return a size in the contract's own unit: dollars where it is inverse, else units of the coin."""
        return fixed(usd, 0) if self.inverse else fixed(coins / self.units, 3)

    def worth(self, coins: float, usd: float) -> str:
        """Return the same in the other: coins where it is inverse, else dollars."""
        return fixed(coins, 4) if self.inverse else fixed(usd, 4)


def _contracts(ask: Ask) -> dict[str, Contract]:
    category = ask.need("category")
    if category not in ("linear", "inverse"):
        raise Refused("parameter", "category")
    inverse = category == "inverse"
    made = (Contract(coin, inverse) for coin in ask.market.assets.values() if coin.coin_margined or not inverse)
    return {contract.symbol: contract for contract in made}


def contract_of(ask: Ask) -> Contract:
    """Return the contract that `category` and `symbol` name; refused where there is none."""
    held = _contracts(ask).get(ask.need("symbol"))
    if held is None:
        raise Refused("symbol")
    return held


def _envelope(ask: Ask, code: int, message: str, result: Json) -> Json:
    return {"retCode": code, "retMsg": message, "result": result, "retExtInfo": {}, "time": ms(ask.now)}


def _refuse(kind: str, what: str, ask: Ask) -> Error:
    if kind == "path":
        return Error(404, {"retCode": 404, "retMsg": "Not Found"})
    code, message = _ERRORS.get(kind, _ERRORS["server"])
    return Error(200, _envelope(ask, code, message.format(what), {}))


def _limited(over: Over, ask: Ask) -> Error:
    if over.hard:
        return Error(403, {"retCode": 403, "retMsg": "access too frequent"})
    reset = (("X-Bapi-Limit-Reset-Timestamp", str(ms(ask.now + over.wait))),)
    return Error(200, _envelope(ask, 10006, "Too many visits. Exceeded the API Rate Limit.", {}), reset)


venue = Venue(
    "bybit",
    BYBIT,
    _refuse,
    _limited,
    wrap=lambda data, ask: _envelope(ask, 0, "OK", data),
    pools=lambda ask: _POOLS,
    costs=lambda ask: (("all", 1),),
)
venues.add("bybit")(venue)


@venue.at("/v5/market/time")
def _time(ask: Ask) -> Json:
    return {"timeSecond": str(int(ask.now)), "timeNano": str(ms(ask.now) * 1_000_000)}


def rows_of(ask: Ask, step: int, names: tuple[str, str], limit: int, origin: int = 0) -> list[int]:
    """Return the starts of rows, newest first, and those nearest the end of too many."""
    begun, ended = ask.time(names[0]), ask.time(names[1])
    return starts(ask.now, step, limit, begun, ended, keep="last", origin=origin)[::-1]


@venue.at("/v5/market/kline")
def _kline(ask: Ask) -> Json:
    contract = contract_of(ask)
    step = ask.one_of("interval", _INTERVALS) * 60
    moments = rows_of(ask, step, ("start", "end"), ask.number("limit", 200, 1000), MONDAY if step == 7 * DAY else 0)
    rows = [_candle(contract, bar) for bar in bars(ask, contract.coin.name, BYBIT, moments, step)]
    return {"category": ask.query["category"], "symbol": contract.symbol, "list": rows}


def _candle(contract: Contract, bar: Bar) -> Json:
    prices = [contract.price(usd) for usd in (bar.open, bar.high, bar.low, bar.close)]
    volume = bar.volume_coin, bar.volume_usd
    return [str(ms(bar.start)), *prices, contract.size(*volume), contract.worth(*volume)]


@venue.at("/v5/market/mark-price-kline")
def _mark_kline(ask: Ask) -> Json:
    if "-" in ask.need("symbol"):
        contract, expiry = _dated(ask)
        return _prices(ask, contract, lambda at: future(ask.market, contract.coin.name, at, expiry, BYBIT))
    contract = contract_of(ask)
    return _prices(ask, contract, lambda at: ask.market.mark(contract.coin.name, at, BYBIT))


@venue.at("/v5/market/index-price-kline")
def _index_kline(ask: Ask) -> Json:
    contract = contract_of(ask)
    return _prices(ask, contract, lambda at: ask.market.index(contract.coin.name, at))


def _prices(ask: Ask, contract: Contract, price: Callable[[float], float]) -> Json:
    name = contract.coin.name
    step = ask.one_of("interval", _INTERVALS) * 60
    rows = []
    moments = rows_of(ask, step, ("start", "end"), ask.number("limit", 200, 1000), MONDAY if step == 7 * DAY else 0)
    for bar in bars(ask, name, BYBIT, moments, step):
        prices = line(bar, price)
        rows.append([str(ms(bar.start)), *(contract.price(usd) for usd in prices)])
    return {"category": ask.query["category"], "symbol": ask.query["symbol"], "list": rows}


def _dated(ask: Ask) -> tuple[Contract, float]:
    """Return the coin's contract and the expiry of a future such as BTCUSDT-25DEC26."""
    name, _, day = ask.need("symbol").partition("-")
    contract = _contracts(ask).get(name)
    expiries = _expiries(ask, contract) if contract else {}
    if contract is None or day not in expiries:
        raise Refused("symbol")
    return contract, expiries[day]


def _expiries(ask: Ask, contract: Contract) -> dict[str, float]:
    return {} if contract.inverse else {word_of(moment): moment for moment in listed(contract.coin, ask.now)}


@venue.at("/v5/market/tickers")
def _tickers(ask: Ask) -> Json:
    if "-" in ask.query.get("symbol", ""):
        rows = [_ticker_dated(ask, *_dated(ask))]
    elif "symbol" in ask.query:
        rows = [_ticker(ask, contract_of(ask))]
    else:
        held = _contracts(ask).values()
        dated = [(contract, expiry) for contract in held for expiry in _expiries(ask, contract).values()]
        rows = [_ticker(ask, contract) for contract in held] + [_ticker_dated(ask, *each) for each in dated]
    return {"category": ask.query["category"], "list": rows}


def _ticker_dated(ask: Ask, contract: Contract, expiry: float) -> Json:
    """Return the ticker of a future, which has no funding; its sizes are a small part of the perpetual's."""
    mark = future(ask.market, contract.coin.name, ask.now, expiry, BYBIT)
    index = ask.market.index(contract.coin.name, ask.now)
    row = _ticker(ask, contract)
    sizes = {name: value for name, value in row.items() if "nterest" in name or name in ("turnover24h", "volume24h")}
    return {
        **row,
        **{name: fixed(float(value) * 0.01, 3) for name, value in sizes.items()},
        "symbol": f"{contract.symbol}-{word_of(expiry)}",
        "lastPrice": contract.price(mark),
        "markPrice": contract.price(mark),
        "fundingRate": "",
        "nextFundingTime": "0",
        "fundingIntervalHour": "",
        "basis": contract.price(mark - index),
        "basisRate": fixed(mark / index - 1.0, 8),
        "deliveryTime": str(ms(expiry)),
    }


def _ticker(ask: Ask, contract: Contract) -> Json:
    coin, market = contract.coin, ask.market
    last = market.price(coin.name, ask.now, BYBIT)
    mark = market.mark(coin.name, ask.now, BYBIT)
    day = market.bar(coin.name, int((ask.now - DAY) // 60) * 60, ask.now, BYBIT)
    one = held_of(ask, contract, ask.now)
    both = one[0] * 2.0, one[1] * 2.0
    return {
        "symbol": contract.symbol,
        "lastPrice": contract.price(last),
        "indexPrice": contract.price(market.index(coin.name, ask.now)),
        "markPrice": contract.price(mark),
        "prevPrice24h": contract.price(day.open),
        "price24hPcnt": fixed(day.close / day.open - 1.0, 6),
        "highPrice24h": contract.price(day.high),
        "lowPrice24h": contract.price(day.low),
        "prevPrice1h": contract.price(market.price(coin.name, ask.now - HOUR, BYBIT)),
        "openInterest": contract.size(*both),
        "openInterestValue": contract.worth(*both),
        "singleOpenInterest": contract.size(*one),
        "singleOpenInterestValue": contract.worth(*one),
        "turnover24h": contract.worth(day.volume_coin, day.volume_usd),
        "volume24h": contract.size(day.volume_coin, day.volume_usd),
        "fundingRate": fixed(market.settled(coin.name, ask.now, coin.interval_hours, BYBIT), 8),
        "nextFundingTime": str(ms(next_payment(ask.now, coin.interval_hours))),
        "fundingIntervalHour": str(coin.interval_hours),
        "fundingCap": "0.005",
        "ask1Size": "1.000",
        "bid1Price": contract.price(last * (1.0 - 1e-6)),
        "ask1Price": contract.price(last * (1.0 + 1e-6)),
        "bid1Size": "1.000",
        "basis": "",
        "basisRate": "",
        "deliveryTime": "0",
    }


def held_of(ask: Ask, contract: Contract, at: float) -> tuple[float, float]:
    """Return one side's open interest of a contract, in coins and in dollars at the mark."""
    margin = "inverse" if contract.inverse else "linear"
    coins = ask.market.open_interest(contract.coin.name, at, BYBIT, margin)
    return coins, coins * ask.market.mark(contract.coin.name, at, BYBIT)


@venue.at("/v5/market/instruments-info")
def _instruments(ask: Ask) -> Json:
    wanted = [contract_of(ask)] if "symbol" in ask.query else list(_contracts(ask).values())
    rows = [
        {
            "symbol": contract.symbol,
            "contractType": "InversePerpetual" if contract.inverse else "LinearPerpetual",
            "status": "Trading",
            "baseCoin": contract.symbol.removesuffix("USDT").removesuffix("USD"),
            "quoteCoin": "USD" if contract.inverse else "USDT",
            "settleCoin": contract.coin.name if contract.inverse else "USDT",
            "priceScale": str(decimals(contract.coin.price * contract.units)),
            "leverageFilter": {"minLeverage": "1", "maxLeverage": str(contract.coin.leverage), "leverageStep": "0.01"},
            "fundingInterval": contract.coin.interval_hours * 60,
        }
        for contract in wanted
    ]
    return {"category": ask.query["category"], "list": rows, "nextPageCursor": ""}
