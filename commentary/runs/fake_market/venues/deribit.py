"""Deribit v2: JSON-RPC over GET, figures as numbers; open interest of inverse contracts in dollars."""

from collections.abc import Mapping
from typing import NamedTuple

from commentary.runs.fake_market.assets import Asset
from commentary.runs.fake_market.books import book
from commentary.runs.fake_market.limits import Over, Pool
from commentary.runs.fake_market.options import INVERSE, name_of
from commentary.runs.fake_market.venues.base import (
    DAY,
    HOUR,
    Ask,
    Error,
    Json,
    Refused,
    Venue,
    bars,
    ms,
    starts,
    venues,
)

DERIBIT = "Deribit"
_RESOLUTIONS: Mapping[str, float] = {
    "1": 1, "3": 3, "5": 5, "10": 10, "15": 15, "30": 30, "60": 60, "120": 120, "180": 180, "360": 360, "720": 720,
    "1D": 1440,
}  # fmt: skip
PERPETUAL = 0.7
"""Of the open interest of futures, what is in the perpetual."""
_POOLS = {"all": Pool(100, 5, bucket=True)}
"""A burst of 100, and 20 more every second."""
ROWS = {"candles": 5000, "funding": 744, "index": 1000}
_ERRORS = {
    "symbol": (13020, "instrument_not_found", {}),
    "missing": (-32602, "Invalid params", {"reason": "missing parameter"}),
    "parameter": (-32602, "Invalid params", {"reason": "wrong format"}),
    "interval": (-32602, "Invalid params", {"reason": "wrong format", "param": "resolution"}),
    "path": (-32601, "Method not found", {}),
    "server": (11094, "internal_server_error", {}),
}


class Future(NamedTuple):
    """A perpetual contract."""

    coin: Asset

    @property
    def inverse(self) -> bool:
        """Whether it is settled in the coin; others are settled in USDC."""
        return self.coin.name in INVERSE

    @property
    def name(self) -> str:
        """BTC-PERPETUAL, SOL_USDC-PERPETUAL."""
        return f"{name_of(self.coin.name)}-PERPETUAL"

    def price(self, usd: float) -> float:
        """Return a price."""
        return round(usd, self.coin.decimals)

    def size(self, coins: float, usd: float) -> float:
        """Return a size in the contract's unit: dollars in tens where it is inverse, else coins."""
        return float(round(usd, -1)) if self.inverse else round(coins, 2)


def _futures(ask: Ask) -> dict[str, Future]:
    made = (Future(coin) for coin in ask.market.assets.values() if coin.regulated)
    return {future.name: future for future in made}


def future_of(ask: Ask) -> Future:
    """Return the perpetual that `instrument_name` names; refused where there is none."""
    held = _futures(ask).get(ask.need("instrument_name"))
    if held is None:
        raise Refused("symbol")
    return held


def _wrapped(ask: Ask, name: str, value: Json) -> Json:
    now = ms(ask.now) * 1000
    return {"jsonrpc": "2.0", name: value, "usIn": now, "usOut": now + 150, "usDiff": 150, "testnet": False}


def _refuse(kind: str, what: str, ask: Ask) -> Error:
    code, message, data = _ERRORS.get(kind, _ERRORS["parameter"])
    told = {**data, "param": what} if what and kind in ("missing", "parameter") else data
    error = {"message": message, "code": code, **({"data": told} if told else {})}
    return Error(200 if kind == "server" else 400, _wrapped(ask, "error", error))


def _limited(over: Over, ask: Ask) -> Error:
    return Error(429, _wrapped(ask, "error", {"message": "too_many_requests", "code": 10028, "data": {"wait": 1}}))


venue = Venue(
    "deribit",
    DERIBIT,
    _refuse,
    _limited,
    wrap=lambda data, ask: _wrapped(ask, "result", data),
    pools=lambda ask: _POOLS,
    costs=lambda ask: (("all", 1),),
    alias="/api/v2",
)
venues.add("deribit")(venue)


def held_of(ask: Ask, future: Future) -> float:
    """Return the open interest of a coin's futures in coins, the perpetual and the dated ones together."""
    return ask.market.open_interest(future.coin.name, ask.now, DERIBIT, "inverse" if future.inverse else "both")


@venue.at("/api/v2/public/get_time")
def _time(ask: Ask) -> Json:
    return ms(ask.now)


def span_of(ask: Ask) -> tuple[float, float]:
    """Return the times that a request is about, both of which it must give."""
    begun, ended = ask.time("start_timestamp"), ask.time("end_timestamp")
    if begun is None or ended is None:
        raise Refused("missing", "end_timestamp" if ended is None else "start_timestamp")
    return begun, min(ended, ask.now)


@venue.at("/api/v2/public/get_tradingview_chart_data")
def _chart(ask: Ask) -> Json:
    future = future_of(ask)
    step = ask.one_of("resolution", _RESOLUTIONS) * 60
    begun, ended = span_of(ask)
    moments = starts(ask.now, step, ROWS["candles"], begun, ended, keep="last")
    made = bars(ask, future.coin.name, DERIBIT, moments, step)
    return {
        "ticks": [ms(bar.start) for bar in made],
        "open": [future.price(bar.open) for bar in made],
        "high": [future.price(bar.high) for bar in made],
        "low": [future.price(bar.low) for bar in made],
        "close": [future.price(bar.close) for bar in made],
        "volume": [round(bar.volume_coin, 4) for bar in made],
        "cost": [round(bar.volume_usd, 2) for bar in made],
        "status": "ok" if made else "no_data",
    }


@venue.at("/api/v2/public/get_funding_rate_history")
def _funding_history(ask: Ask) -> Json:
    future = future_of(ask)
    name, market = future.coin.name, ask.market
    begun, ended = span_of(ask)
    rows = []
    for moment in starts(ask.now, HOUR, ROWS["funding"], begun, ended, keep="last"):
        rolling = sum(market.settled(name, moment - HOUR * back, 1, DERIBIT) for back in range(8))
        rows.append(
            {
                "timestamp": ms(moment),
                "index_price": future.price(market.index(name, moment)),
                "prev_index_price": future.price(market.index(name, moment - HOUR)),
                "interest_8h": rolling,
                "interest_1h": market.settled(name, moment, 1, DERIBIT),
            }
        )
    return rows


@venue.at("/api/v2/public/ticker")
def _ticker(ask: Ask) -> Json:
    future = future_of(ask)
    name, market = future.coin.name, ask.market
    last, mark = market.price(name, ask.now, DERIBIT), market.mark(name, ask.now, DERIBIT)
    day = market.bar(name, int((ask.now - DAY) // 60) * 60, ask.now, DERIBIT)
    held = held_of(ask, future) * PERPETUAL
    rolling = sum(market.settled(name, ask.now - HOUR * back, 1, DERIBIT) for back in range(8))
    return {
        "instrument_name": future.name,
        "timestamp": ms(ask.now),
        "state": "open",
        "last_price": future.price(last),
        "mark_price": future.price(mark),
        "index_price": future.price(market.index(name, ask.now)),
        "best_bid_price": future.price(last * (1.0 - 3e-6)),
        "best_bid_amount": 1000.0,
        "best_ask_price": future.price(last * (1.0 + 3e-6)),
        "best_ask_amount": 1000.0,
        "open_interest": future.size(held, held * mark),
        "current_funding": market.funding(name, ask.now, DERIBIT),
        "funding_8h": rolling,
        "interest_value": 0.0,
        "min_price": future.price(last * 0.985),
        "max_price": future.price(last * 1.015),
        "settlement_price": future.price(market.price(name, (ask.now - 8 * HOUR) // DAY * DAY + 8 * HOUR, DERIBIT)),
        "estimated_delivery_price": future.price(market.index(name, ask.now)),
        "stats": {
            "volume": round(day.volume_coin, 4),
            "volume_usd": round(day.volume_usd, 2),
            "price_change": round((day.close / day.open - 1.0) * 100.0, 4),
            "high": future.price(day.high),
            "low": future.price(day.low),
        },
    }


@venue.at("/api/v2/public/get_order_book")
def _order_book(ask: Ask) -> Json:
    future = future_of(ask)
    levels = ask.number("depth", 5, 10000)
    sides = book(ask.market, future.coin.name, ask.now, DERIBIT, min(levels, 1000), 5e-5)
    bids, asks = ([[future.price(usd), future.size(size, size * usd)] for usd, size in side] for side in sides)
    return {**_ticker(ask), "bids": bids, "asks": asks, "change_id": ms(ask.now)}


@venue.at("/api/v2/public/get_index_price")
def _index_price(ask: Ask) -> Json:
    name = ask.need("index_name").partition("_")[0].upper()
    if name not in ask.market.assets:
        raise Refused("parameter", "index_name")
    price = round(ask.market.index(name, ask.now), ask.market.assets[name].decimals)
    return {"index_price": price, "estimated_delivery_price": price}
