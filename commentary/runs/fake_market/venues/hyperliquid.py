"""Hyperliquid: one path, POST /info, and the question in the body; funding by the hour; contracts counted in coins."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from commentary.runs.fake_market.assets import Asset, decimals
from commentary.runs.fake_market.books import book
from commentary.runs.fake_market.limits import Over, Pool
from commentary.runs.fake_market.series import Bar
from commentary.runs.fake_market.venues.base import (
    DAY,
    HOUR,
    Ask,
    Error,
    Json,
    Refused,
    Venue,
    bars,
    fixed,
    ms,
    next_payment,
    starts,
    venues,
)

HYPERLIQUID = "Hyperliquid"
_INTERVALS: Mapping[str, float] = {
    "1m": 1, "3m": 3, "5m": 5, "15m": 15, "30m": 30, "1h": 60, "2h": 120, "4h": 240, "8h": 480, "12h": 720, "1d": 1440,
    "3d": 4320, "1w": 10080,
}  # fmt: skip
_CANDLES, _PAYMENTS, _LEVELS = 5000, 500, 20
_CHEAP = ("l2Book", "allMids", "clearinghouseState", "exchangeStatus")
_POOLS = {"weight": Pool(1200, 60)}


class Coin(NamedTuple):
    """A perpetual contract."""

    coin: Asset

    @property
    def name(self) -> str:
        """Its name: BTC, and kPEPE for a thousand."""
        return f"{'k' if self.coin.multiplier == 1000 else ''}{self.coin.name}"

    def price(self, usd: float) -> str:
        """Return a price of one unit."""
        return fixed(usd * self.coin.multiplier, decimals(self.coin.price * self.coin.multiplier))

    def size(self, coins: float) -> str:
        """Return a size in units."""
        return fixed(coins / self.coin.multiplier, self.size_decimals)

    @property
    def size_decimals(self) -> int:
        """Digits after the point of a size."""
        return max(0, min(5, 6 - decimals(self.coin.price * self.coin.multiplier)))

    @property
    def leverage(self) -> int:
        """The most that is offered."""
        return min(40, self.coin.leverage)


def coins(ask: Ask) -> dict[str, Coin]:
    """Return all contracts by name."""
    return {coin.name: coin for coin in map(Coin, ask.market.assets.values())}


def coin_of(ask: Ask, held: Mapping[str, Json]) -> Coin:
    """Return the contract that `coin` names; refused where there is none."""
    coin = coins(ask).get(str(held.get("coin", "")))
    if coin is None:
        raise Refused("symbol", "coin")
    return coin


def _word(ask: Ask) -> str:
    if ask.path != "/info":
        return ask.path
    if not isinstance(ask.body, dict) or not isinstance(ask.body.get("type"), str):
        raise Refused("parameter", "type")
    return str(ask.body["type"])


def _refuse(kind: str, what: str, ask: Ask) -> Error:
    if kind == "symbol":
        return Error(500, None)
    if kind == "server":
        return Error(200, {"error": "Internal server error"})
    return Error(422, "Failed to deserialize the JSON body into the target type")


def _limited(over: Over, ask: Ask) -> Error:
    return Error(429, None)


def _costs(ask: Ask) -> Iterable[tuple[str, float]]:
    word = ask.body.get("type") if isinstance(ask.body, dict) else None
    if word in _CHEAP:
        return (("weight", 2),)
    extra = 0
    if word == "candleSnapshot" and isinstance(ask.body.get("req"), dict):
        held = ask.body["req"]
        extra = _rows(ask, held, int(_INTERVALS.get(str(held.get("interval")), 60)) * 60, _CANDLES) // 60
    elif word == "fundingHistory":
        extra = _rows(ask, ask.body, HOUR, _PAYMENTS) // 20
    return (("weight", 20 + extra),)


def _rows(ask: Ask, held: Mapping[str, Json], step: int, most: int) -> int:
    """Return how many rows a question asks for, as far as it can be read."""
    times = [held.get("startTime"), held.get("endTime", ms(ask.now))]
    if not all(isinstance(each, int | float) for each in times):
        return 0
    return int(min(most, max(0.0, (times[1] - times[0]) / 1000.0 / step)))


venue = Venue("hyperliquid", HYPERLIQUID, _refuse, _limited, pools=lambda ask: _POOLS, costs=_costs, word=_word)
venues.add("hyperliquid")(venue)


@venue.at("exchangeStatus")
def _status(ask: Ask) -> Json:
    return {"time": ms(ask.now), "specialStatuses": None}


@venue.at("meta")
def _meta(ask: Ask) -> Json:
    listed = coins(ask).values()
    tables = {coin.leverage for coin in listed}
    return {
        "universe": [
            {
                "szDecimals": coin.size_decimals,
                "name": coin.name,
                "maxLeverage": coin.leverage,
                "marginTableId": coin.leverage,
            }
            for coin in listed
        ],
        "marginTables": [
            [most, {"description": "", "marginTiers": [{"lowerBound": "0.0", "maxLeverage": most}]}]
            for most in sorted(tables)
        ],
        "collateralToken": 0,
    }


@venue.at("metaAndAssetCtxs")
def _contexts(ask: Ask) -> Json:
    return [_meta(ask), [_context(ask, coin) for coin in coins(ask).values()]]


def _context(ask: Ask, coin: Coin) -> Json:
    market, name = ask.market, coin.coin.name
    mark, index = market.mark(name, ask.now, HYPERLIQUID), market.index(name, ask.now)
    middle = market.price(name, ask.now, HYPERLIQUID)
    volume, _ = market.traded(name, ask.now - DAY, ask.now, HYPERLIQUID)
    return {
        "funding": fixed(market.settled(name, ask.now, 1, HYPERLIQUID), 10),
        "openInterest": coin.size(market.open_interest(name, ask.now, HYPERLIQUID)),
        "prevDayPx": coin.price(market.price(name, ask.now - DAY, HYPERLIQUID)),
        "dayNtlVlm": fixed(volume, 4),
        "premium": fixed(mark / index - 1.0, 10),
        "oraclePx": coin.price(index),
        "markPx": coin.price(mark),
        "midPx": coin.price(middle),
        "impactPxs": [coin.price(middle * (1.0 - 1e-5)), coin.price(middle * (1.0 + 1e-5))],
        "dayBaseVlm": coin.size(volume / middle),
    }


@venue.at("allMids")
def _mids(ask: Ask) -> Json:
    return {
        coin.name: coin.price(ask.market.price(coin.coin.name, ask.now, HYPERLIQUID)) for coin in coins(ask).values()
    }


@venue.at("predictedFundings")
def _predicted(ask: Ask) -> Json:
    rows = []
    for coin in coins(ask).values():
        told = []
        for word, name, hours in (
            ("BinPerp", "Binance", coin.coin.interval_hours),
            ("HlPerp", HYPERLIQUID, 1),
            ("BybitPerp", "Bybit", coin.coin.interval_hours),
        ):
            rate = fixed(ask.market.settled(coin.coin.name, ask.now, hours, name), 10)
            paid = ms(next_payment(ask.now, hours))
            told.append([word, {"fundingRate": rate, "nextFundingTime": paid, "fundingIntervalHours": hours}])
        rows.append([coin.name, told])
    return rows


def _seconds(held: Mapping[str, Json], name: str) -> float | None:
    value = held.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("parameter", name)
    return value / 1000.0


@venue.at("fundingHistory")
def _funding_history(ask: Ask) -> Json:
    coin = coin_of(ask, ask.body)
    begun = _seconds(ask.body, "startTime")
    if begun is None:
        raise Refused("missing", "startTime")
    rows = []
    for moment in starts(ask.now, HOUR, _PAYMENTS, begun, _seconds(ask.body, "endTime")):
        name = coin.coin.name
        premium = ask.market.mark(name, moment, HYPERLIQUID) / ask.market.index(name, moment) - 1.0
        rows.append(
            {
                "coin": coin.name,
                "fundingRate": fixed(ask.market.settled(name, moment, 1, HYPERLIQUID), 10),
                "premium": fixed(premium, 10),
                "time": ms(moment) + 37,
            }
        )
    return rows


@venue.at("candleSnapshot")
def _candles(ask: Ask) -> Json:
    held = ask.body.get("req")
    if not isinstance(held, dict) or held.get("interval") not in _INTERVALS:
        raise Refused("parameter", "req")
    coin = coin_of(ask, held)
    step = int(_INTERVALS[held["interval"]]) * 60
    begun = _seconds(held, "startTime")
    moments = starts(ask.now, step, _CANDLES, begun, _seconds(held, "endTime"), keep="last")
    return [_candle(coin, bar, step, held["interval"]) for bar in bars(ask, coin.coin.name, HYPERLIQUID, moments, step)]


def _candle(coin: Coin, bar: Bar, step: int, word: str) -> Json:
    prices = {name: coin.price(usd) for name, usd in zip("ochl", (bar.open, bar.close, bar.high, bar.low), strict=True)}
    times = {"t": ms(bar.start), "T": ms(bar.start + step) - 1}
    return {**times, "s": coin.name, "i": word, **prices, "v": coin.size(bar.volume_coin), "n": bar.trades}


@venue.at("l2Book")
def _book(ask: Ask) -> Json:
    coin = coin_of(ask, ask.body)
    figures = ask.body.get("nSigFigs")
    if figures not in (None, 2, 3, 4, 5):
        raise Refused("parameter", "nSigFigs")
    price = coin.coin.price
    step = 10.0 ** -(figures - 1) * 10.0 ** int(f"{price:e}".split("e")[1]) / price if figures else 2e-5
    sides = book(ask.market, coin.coin.name, ask.now, HYPERLIQUID, _LEVELS, step)
    made = [[{"px": coin.price(usd), "sz": coin.size(size), "n": 3} for usd, size in side] for side in sides]
    return {"coin": coin.name, "time": ms(ask.now), "levels": made}
