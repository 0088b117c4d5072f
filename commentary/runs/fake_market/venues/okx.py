"""OKX v5: figures as text, lists newest first, sizes of swaps in contracts, open interest of one side."""

from collections.abc import Mapping
from typing import NamedTuple

from commentary.runs.fake_market.assets import Asset
from commentary.runs.fake_market.limits import Over, Pool
from commentary.runs.fake_market.venues.base import (
    HOUR,
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

OKX = "OKX"
_SHORT: Mapping[str, float] = {"1m": 1, "3m": 3, "5m": 5, "15m": 15, "30m": 30, "1H": 60, "2H": 120, "4H": 240}
LONG: Mapping[str, float] = {"6H": 360, "12H": 720, "1D": 1440, "1W": 10080}
BARS = {**_SHORT, **LONG, **{f"{word}utc": minutes for word, minutes in LONG.items()}}
CHINA = -8 * HOUR
"""Bars of six hours and more begin by the clock of UTC+8, unless their word ends in utc."""
_FAST, _SLOW, _DEFAULT = Pool(40, 2), Pool(5, 2), Pool(20, 2)
_INVERSE_USD = {"BTC": 100.0}
"""Dollars in one coin-margined contract; 10 for all other coins."""
_ERRORS = {
    "symbol": ("51001", "Instrument ID, Instrument ID code, or Spread ID doesn't exist."),
    "interval": ("51000", "Parameter bar error"),
    "missing": ("50014", "Parameter {} can not be empty."),
    "parameter": ("51000", "Parameter {} error"),
    "range": ("51000", "Parameter {} error"),
    "server": ("50001", "Service temporarily unavailable. Try again later"),
}


class Swap(NamedTuple):
    """A perpetual swap."""

    coin: Asset
    inverse: bool

    @property
    def inst_id(self) -> str:
        """Its name: BTC-USDT-SWAP."""
        return f"{self.family}-SWAP"

    @property
    def family(self) -> str:
        """Its family: BTC-USDT."""
        return f"{self.coin.name}-{'USD' if self.inverse else 'USDT'}"

    @property
    def face(self) -> float:
        """One contract: in coins, of a coin-margined one in dollars."""
        return _INVERSE_USD.get(self.coin.name, 10.0) if self.inverse else self.coin.contract

    def price(self, usd: float) -> str:
        """Return a price."""
        return fixed(usd, self.coin.decimals)

    def contracts(self, coins: float, usd: float) -> float:
        """Return a size in contracts."""
        return (usd if self.inverse else coins) / self.face


def swaps(ask: Ask) -> dict[str, Swap]:
    """Return all swaps by name."""
    both = [Swap(coin, inverse) for coin in ask.market.assets.values() for inverse in (False, True)]
    return {swap.inst_id: swap for swap in both if swap.coin.coin_margined or not swap.inverse}


def swap_of(ask: Ask) -> Swap:
    """Return the swap that `instId` names; refused where there is none."""
    held = swaps(ask).get(ask.need("instId"))
    if held is None:
        raise Refused("symbol")
    return held


def _refuse(kind: str, what: str, ask: Ask) -> Error:
    if kind == "path":
        return Error(404, {"code": "404", "msg": "Not Found", "data": []})
    code, message = _ERRORS.get(kind, _ERRORS["server"])
    status = 503 if kind == "server" else 200 if code == "51001" else 400
    return Error(status, {"code": code, "msg": message.format(what), "data": []})


def _limited(over: Over, ask: Ask) -> Error:
    return Error(429, {"code": "50011", "msg": "Too Many Requests", "data": []})


def _pools(ask: Ask) -> Mapping[str, Pool]:
    slow = ask.path.startswith("/api/v5/rubik/")
    fast = ask.path in ("/api/v5/market/candles", "/api/v5/market/books")
    return {ask.path: _SLOW if slow else _FAST if fast else _DEFAULT}


venue = Venue(
    "okx",
    OKX,
    _refuse,
    _limited,
    wrap=lambda data, ask: {"code": "0", "msg": "", "data": data},
    pools=_pools,
    costs=lambda ask: ((ask.path, 1),),
)
venues.add("okx")(venue)


def window(ask: Ask, step: int, limit: int, origin: int = 0) -> list[int]:
    """Return the starts of rows older than `after` and newer than `before`, newest first."""
    older, newer = ask.time("after"), ask.time("before")
    ended = None if older is None else older - 0.001
    begun = None if newer is None else newer + 0.001
    return starts(ask.now, step, limit, begun, ended, keep="last", origin=origin)[::-1]


@venue.at("/api/v5/public/time")
def _time(ask: Ask) -> Json:
    return [{"ts": str(ms(ask.now))}]


@venue.at("/api/v5/public/instruments")
def _instruments(ask: Ask) -> Json:
    swaps_only(ask)
    wanted = [swap_of(ask)] if "instId" in ask.query else list(swaps(ask).values())
    return [
        {
            "instType": "SWAP",
            "instId": swap.inst_id,
            "uly": swap.family,
            "instFamily": swap.family,
            "settleCcy": swap.coin.name if swap.inverse else "USDT",
            "ctVal": f"{swap.face:.10g}",
            "ctMult": "1",
            "ctValCcy": "USD" if swap.inverse else swap.coin.name,
            "ctType": "inverse" if swap.inverse else "linear",
            "lever": str(swap.coin.leverage),
            "tickSz": fixed(10.0**-swap.coin.decimals, swap.coin.decimals),
            "lotSz": "1",
            "minSz": "1",
            "state": "live",
        }
        for swap in wanted
    ]


def swaps_only(ask: Ask) -> None:
    """Refuse what is not asked of swaps."""
    if ask.need("instType") != "SWAP":
        raise Refused("parameter", "instType")
