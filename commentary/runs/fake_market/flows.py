"""What exchange-traded funds of the generated market took in, by session."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from commentary.runs.fake_market.noise import key, normal
from commentary.runs.fake_market.series import Market

_DAY, _HOUR = 86400, 3600
_REPORTED_AFTER = 28 * _HOUR
"""A session's flows are told at 04:00 UTC of the next day."""
_SESSIONS = 250


class Fund(NamedTuple):
    """The funds of one coin."""

    path: str
    tickers: Mapping[str, float]
    """Each with its part of the flows."""
    usual_usd: float
    """Standard deviation of a session's sum."""


FUNDS: Mapping[str, Fund] = {
    "BTC": Fund("bitcoin", {"IBIT": 0.52, "FBTC": 0.2, "ARKB": 0.08, "BITB": 0.08, "GBTC": 0.12}, 220e6),
    "ETH": Fund("ethereum", {"ETHA": 0.6, "FETH": 0.2, "ETHE": 0.2}, 70e6),
    "SOL": Fund("solana", {"BSOL": 0.7, "GSOL": 0.3}, 15e6),
    "XRP": Fund("xrp", {"XRPC": 0.6, "XRP": 0.4}, 12e6),
}
"""By coin. Paths as documented; parts and sizes are proposals."""


class Flow(NamedTuple):
    """One session."""

    session: float
    """Its day at 00:00 UTC, seconds since 1970."""
    total_usd: float
    price: float
    funds: Mapping[str, float | None]
    """None where a fund has not reported."""


def flows(market: Market, asset: str, at: float) -> list[Flow]:
    """Return the sessions to now, oldest first; the last one is 0 in all and null in each until it is told."""
    fund = FUNDS[asset]
    today = int(at // _DAY)
    days = [day for day in range(today - _SESSIONS * 7 // 5, today + 1) if _weekday(day)]
    return [_flow(market, asset, fund, day, at) for day in days]


def _weekday(day: int) -> bool:
    return datetime.fromtimestamp(day * _DAY, UTC).weekday() < 5


def _flow(market: Market, asset: str, fund: Fund, day: int, at: float) -> Flow:
    start = float(day * _DAY)
    price = round(market.price(asset, min(at, start + 21 * _HOUR)), market.assets[asset].decimals)
    if at < start + _REPORTED_AFTER:
        return Flow(start, 0.0, price, dict.fromkeys(fund.tickers))
    trend = math.tanh(market.waves("flows", asset, 512.0, 4).at(start / _HOUR) / 2.0)
    drawn = key(market.seed, "flow", asset)
    told = {
        ticker: round(fund.usual_usd * part * (trend + 0.8 * normal(drawn, day * 16 + place)), -5)
        for place, (ticker, part) in enumerate(fund.tickers.items())
    }
    return Flow(start, sum(told.values()), price, told)
