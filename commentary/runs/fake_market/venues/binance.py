"""Binance USD-M futures: figures as text, times in milliseconds, open interest of one side in coins."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from commentary.runs.fake_market.assets import Asset, decimals
from commentary.runs.fake_market.limits import Over, Pool
from commentary.runs.fake_market.venues.base import (
    DAY,
    MONDAY,
    Ask,
    Error,
    Json,
    Refused,
    Venue,
    fixed,
    ms,
    starts,
    venues,
)

BINANCE = "Binance"
MINUTES: Mapping[str, float] = {
    "1m": 1, "3m": 3, "5m": 5, "15m": 15, "30m": 30, "1h": 60, "2h": 120, "4h": 240, "6h": 360, "8h": 480, "12h": 720,
    "1d": 1440, "3d": 4320, "1w": 10080,
}  # fmt: skip
_POOLS = {"weight": Pool(2400, 60), "data": Pool(1000, 300), "funding": Pool(500, 300)}
_ERRORS = {
    "symbol": (-1121, "Invalid symbol."),
    "interval": (-1120, "Invalid interval."),
    "missing": (-1102, "Mandatory parameter '{}' was not sent, was empty/null, or malformed."),
    "parameter": (-1130, "Data sent for parameter '{}' is not valid."),
    "range": (-1130, "parameter '{}' is invalid."),
    "server": (-1000, "An unknown error occurred while processing the request."),
}


class Contract(NamedTuple):
    """A perpetual contract: the coin, and how many of it are one unit of the contract."""

    coin: Asset
    units: int

    @property
    def symbol(self) -> str:
        """Its name: BTCUSDT, 1000PEPEUSDT."""
        return f"{self.units if self.units > 1 else ''}{self.coin.name}USDT"

    def price(self, usd: float) -> str:
        """Return a price of one unit."""
        return fixed(usd * self.units, decimals(self.coin.price * self.units))

    def size(self, coins: float) -> str:
        """Return a size in units."""
        return fixed(coins / self.units, 3)


def contracts(ask: Ask) -> dict[str, Contract]:
    """Return all contracts by name."""
    made = (Contract(coin, coin.multiplier) for coin in ask.market.assets.values())
    return {contract.symbol: contract for contract in made}


def contract_of(ask: Ask, parameter: str = "symbol") -> Contract:
    """Return the contract that a parameter names; refused where there is none."""
    held = contracts(ask).get(ask.need(parameter))
    if held is None:
        raise Refused("symbol")
    return held


def _refuse(kind: str, what: str, ask: Ask) -> Error:
    if kind == "path":
        return Error(404, {"code": -5000, "msg": f"Path {what}, Method GET is invalid"})
    code, message = _ERRORS.get(kind, _ERRORS["server"])
    return Error(400, {"code": code, "msg": message.format(what)})


def _limited(over: Over, ask: Ask) -> Error:
    wait = (("Retry-After", str(int(over.wait) + 1)),)
    if over.hard:
        until = ms(ask.now + 120)
        message = (
            f"Way too many requests; IP(127.0.0.1) banned until {until}. Please use the websocket for live updates."
        )
        return Error(418, {"code": -1003, "msg": message}, (("Retry-After", "120"),))
    return Error(429, {"code": -1003, "msg": "Too many requests; current limit is 2400 requests per minute."}, wait)


def _costs(ask: Ask) -> Iterable[tuple[str, float]]:
    if ask.path.startswith("/futures/data/"):
        return (("data", 1),)
    if ask.path in ("/fapi/v1/fundingRate", "/fapi/v1/fundingInfo"):
        return (("funding", 1),)
    limit = int(text) if (text := ask.query.get("limit", "500")).isdigit() else 500
    if ask.path.lower().endswith("klines"):
        return (("weight", 1 if limit < 100 else 2 if limit < 500 else 5 if limit <= 1000 else 10),)
    if ask.path.endswith("/depth"):
        return (("weight", 2 if limit <= 50 else 5 if limit <= 100 else 10 if limit <= 500 else 20),)
    whole = {"/fapi/v1/premiumIndex": 10, "/fapi/v1/ticker/24hr": 40, "/fapi/v1/ticker/price": 2}
    return (("weight", 1 if "symbol" in ask.query else whole.get(ask.path, 1)),)


def _told(used: Callable[[str], int], ask: Ask) -> tuple[tuple[str, str], ...]:
    return (("X-MBX-USED-WEIGHT-1M", str(used("weight"))),)


venue = Venue("binance", BINANCE, _refuse, _limited, pools=lambda ask: _POOLS, costs=_costs, told=_told)
venues.add("binance")(venue)


@venue.at("/fapi/v1/ping")
def _ping(ask: Ask) -> Json:
    return {}


@venue.at("/fapi/v1/time")
def _time(ask: Ask) -> Json:
    return {"serverTime": ms(ask.now)}


@venue.at("/fapi/v1/exchangeInfo")
def _exchange_info(ask: Ask) -> Json:
    return {
        "timezone": "UTC",
        "serverTime": ms(ask.now),
        "rateLimits": [
            {"rateLimitType": "REQUEST_WEIGHT", "interval": "MINUTE", "intervalNum": 1, "limit": 2400},
        ],
        "symbols": [
            {
                "symbol": contract.symbol,
                "pair": contract.symbol,
                "contractType": "PERPETUAL",
                "status": "TRADING",
                "baseAsset": contract.symbol.removesuffix("USDT"),
                "quoteAsset": "USDT",
                "marginAsset": "USDT",
                "pricePrecision": decimals(contract.coin.price * contract.units),
                "quantityPrecision": 3,
                "underlyingType": "COIN",
            }
            for contract in contracts(ask).values()
        ],
    }


def window(ask: Ask, step: int, limit: int, origin: int = 0) -> list[int]:
    """Return the starts of rows between startTime and endTime, oldest first."""
    return starts(ask.now, step, limit, ask.time("startTime"), ask.time("endTime"), origin=origin)


def interval_of(ask: Ask) -> tuple[int, int]:
    """Return the seconds of a bar, and a time at which one begins."""
    step = ask.one_of("interval", MINUTES) * 60
    return step, MONDAY if step == 7 * DAY else 0
