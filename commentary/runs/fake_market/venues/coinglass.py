"""CoinGlass v4: a vendor with a key and plans; rates in percent of each venue's own interval, numbers or text by path.

This file holds the envelope, plans, and how pairs are named. What is at which path stands in coinglass_history,
coinglass_liquidations and coinglass_markets.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from commentary.runs.fake_market.assets import Asset
from commentary.runs.fake_market.limits import Over, Pool
from commentary.runs.fake_market.shares import VENUES, venues_of
from commentary.runs.fake_market.venues.base import DAY, MONDAY, Ask, Error, Json, Refused, Venue, starts, venues

INTERVALS: Mapping[str, float] = {
    "1m": 1, "3m": 3, "5m": 5, "15m": 15, "30m": 30, "1h": 60, "4h": 240, "6h": 360, "8h": 480, "12h": 720, "1d": 1440,
    "1w": 10080,
}  # fmt: skip
PLANS = ("hobbyist", "startup", "standard", "professional")
"""In the order of what they may ask."""
_PER_MINUTE = {"hobbyist": 30, "startup": 80, "standard": 300, "professional": 1200}
_SHORTEST = {"hobbyist": 240, "startup": 30}
"""Minutes of the shortest interval of a plan."""
_FORMS = {
    "Binance": "{}USDT", "Bybit": "{}USDT", "OKX": "{}-USDT-SWAP", "Hyperliquid": "{}", "Deribit": "{}_USDC-PERPETUAL",
    "Bitget": "{}USDT_UMCBL", "Gate": "{}_USDT", "CME": "{}1!",
}  # fmt: skip
_INVERSE_FORMS = {
    "Binance": "{}USD_PERP", "Bybit": "{}USD", "OKX": "{}-USD-SWAP", "Deribit": "{}-PERPETUAL", "Bitget": "{}USD_DMCBL",
}  # fmt: skip
_ERRORS = {
    "key": ("401", "API key missing."),
    "plan": ("401", "Upgrade plan"),
    "path": ("404", "Not Found"),
    "server": ("500", "Server Error"),
    "symbol": ("400", "The requested symbol does not exist"),
    "interval": ("400", "interval is not supported"),
}


class Pair(NamedTuple):
    """A contract of a venue."""

    coin: Asset
    venue: str
    margin: str
    """linear or inverse."""


def _refuse(kind: str, what: str, ask: Ask) -> Error:
    code, message = _ERRORS.get(kind, ("400", f"Required parameter '{what}' is missing or not valid"))
    # A refusal of the plan comes with status 200, as its users report; so does an error asked for in the envelope.
    status = 200 if kind in ("plan", "server") else int(code)
    return Error(status, {"code": code, "msg": message})


def _limited(over: Over, ask: Ask) -> Error:
    return Error(429, {"code": "429", "msg": "Too Many Requests"}, (("Retry-After", str(int(over.wait) + 1)),))


def _told(used: Callable[[str], int], ask: Ask) -> tuple[tuple[str, str], ...]:
    return ("API-KEY-MAX-LIMIT", str(_PER_MINUTE[ask.plan])), ("API-KEY-USE-LIMIT", str(used("all")))


venue = Venue(
    "coinglass",
    "CoinGlass",
    _refuse,
    _limited,
    wrap=lambda data, ask: {"code": "0", "msg": "success", "data": data},
    pools=lambda ask: {"all": Pool(_PER_MINUTE[ask.plan], 60)},
    costs=lambda ask: (("all", 1),),
    alias="/api",
    told=_told,
)
venues.add("coinglass")(venue)


def at(path: str, plan: str = "hobbyist") -> Callable[[Callable[[Ask], Json]], Callable[[Ask], Json]]:
    """Return a decorator that answers a path under /api for whoever has a key and at least this plan."""

    def register(handler: Callable[[Ask], Json]) -> Callable[[Ask], Json]:
        def guarded(ask: Ask) -> Json:
            if not ask.headers.get("cg-api-key"):
                raise Refused("key")
            if PLANS.index(ask.plan) < PLANS.index(plan):
                raise Refused("plan")
            return handler(ask)

        venue.at(f"/api{path}")(guarded)
        return handler

    return register


def coin_of(ask: Ask) -> Asset:
    """Return the coin that `symbol` names."""
    coin = ask.market.assets.get(ask.need("symbol").upper())
    if coin is None:
        raise Refused("symbol")
    return coin


def named(pair: Pair) -> str:
    """Return the venue's own name of a contract."""
    form = _INVERSE_FORMS.get(pair.venue, "{}") if pair.margin == "inverse" else _FORMS[pair.venue]
    many = pair.coin.multiplier if pair.venue in ("Binance", "Bybit") and pair.margin == "linear" else 1
    return form.format(f"{many if many > 1 else ''}{pair.coin.name}")


def pairs_of(coin: Asset) -> list[Pair]:
    """Return the contracts of a coin on all venues."""
    listed = venues_of(coin)
    linear = [Pair(coin, venue, "linear") for venue in listed]
    return linear + [Pair(coin, venue, "inverse") for venue in _INVERSE_FORMS if coin.coin_margined and venue in listed]


def exchange_of(ask: Ask) -> str:
    """Return the venue that `exchange` names, with its capital letters."""
    exchange = ask.need("exchange")
    if exchange not in VENUES:
        raise Refused("parameter", "exchange")
    return exchange


def pair_of(ask: Ask) -> Pair:
    """Return the contract that `exchange` and `symbol` name."""
    exchange, symbol = exchange_of(ask), ask.need("symbol")
    for coin in ask.market.assets.values():
        if coin.name in symbol:
            for pair in pairs_of(coin):
                if pair.venue == exchange and named(pair) == symbol:
                    return pair
    raise Refused("symbol")


def exchanges_of(ask: Ask) -> list[str]:
    """Return the venues of `exchange_list`, which may say ALL."""
    wanted = [word.strip() for word in ask.need("exchange_list").split(",")]
    if "ALL" in (word.upper() for word in wanted):
        return list(VENUES)
    known = {venue.lower(): venue for venue in VENUES}
    return [known[word.lower()] for word in wanted if word.lower() in known]


def window(ask: Ask) -> tuple[list[int], int]:
    """Return the times of rows, oldest first, and the seconds between them, as far as the plan goes."""
    step = ask.one_of("interval", INTERVALS) * 60
    if step < _SHORTEST.get(ask.plan, 0) * 60:
        raise Refused("plan")
    begun, ended = ask.time("start_time"), ask.time("end_time")
    origin = MONDAY if step == 7 * DAY else 0
    return starts(ask.now, step, ask.number("limit", 1000, 1000), begun, ended, keep="last", origin=origin), step


def interval_hours(coin: Asset, exchange: str) -> int | None:
    """Return the hours between payments at a venue; None where it pays all the time."""
    return {"Hyperliquid": 1, "Deribit": None}.get(exchange, coin.interval_hours)
