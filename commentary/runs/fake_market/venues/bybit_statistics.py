"""Bybit v5: funding that was paid, open interest, accounts, the book, tiers of margin."""

from collections.abc import Mapping

from commentary.runs.fake_market.books import book
from commentary.runs.fake_market.venues.base import (
    HOUR,
    Ask,
    Json,
    Refused,
    fixed,
    ms,
    starts,
)
from commentary.runs.fake_market.venues.bybit import BYBIT, contract_of, held_of, rows_of, venue

_PERIODS: Mapping[str, float] = {"5min": 5, "15min": 15, "30min": 30, "1h": 60, "4h": 240, "1d": 1440}
_BOOK_STEP = 2e-6
_TIERS = ((2_000_000, 0.005, 1.0), (10_000_000, 0.01, 0.5), (25_000_000, 0.02, 0.25), (50_000_000, 0.05, 0.1))
"""Value to which a tier goes, its maintenance rate, and what part of the coin's leverage it allows."""


@venue.at("/v5/market/funding/history")
def _funding(ask: Ask) -> Json:
    contract = contract_of(ask)
    if "startTime" in ask.query and "endTime" not in ask.query:
        raise Refused("missing", "endTime")
    hours = contract.coin.interval_hours
    rows = [
        {
            "symbol": contract.symbol,
            "fundingRate": fixed(ask.market.settled(contract.coin.name, moment, hours, BYBIT), 8),
            "fundingRateTimestamp": str(ms(moment)),
        }
        for moment in rows_of(ask, hours * HOUR, ("startTime", "endTime"), ask.number("limit", 200, 200))
    ]
    return {"category": ask.query["category"], "list": rows}


def _page(ask: Ask, step: int, limit: int) -> tuple[list[int], str]:
    """Return the times of a page, newest first, and the cursor of the next: the time at which it ends."""
    cursor = ask.query.get("cursor", "")
    if cursor and not cursor.isdigit():
        raise Refused("parameter", "cursor")
    ended = float(cursor) if cursor else ask.time("endTime")
    begun = ask.time("startTime")
    moments = starts(ask.now, step, limit, begun, ended, keep="last")[::-1]
    more = bool(moments) and (begun is None or moments[-1] - step >= begun)
    return moments, str(moments[-1] - step) if more else ""


@venue.at("/v5/market/open-interest")
def _open_interest(ask: Ask) -> Json:
    contract = contract_of(ask)
    step = ask.one_of("intervalTime", _PERIODS) * 60
    moments, cursor = _page(ask, step, ask.number("limit", 50, 200))
    rows = []
    for moment in moments:
        coins, usd = held_of(ask, contract, moment)
        rows.append(
            {
                "openInterest": contract.size(coins * 2.0, usd * 2.0),
                "singleOpenInterest": contract.size(coins, usd),
                "timestamp": str(ms(moment)),
            }
        )
    named = {"symbol": contract.symbol, "category": ask.query["category"]}
    return {**named, "list": rows, "nextPageCursor": cursor}


@venue.at("/v5/market/account-ratio")
def _account_ratio(ask: Ask) -> Json:
    contract = contract_of(ask)
    step = ask.one_of("period", _PERIODS) * 60
    moments, cursor = _page(ask, step, ask.number("limit", 50, 500))
    rows = []
    for moment in moments:
        longs = round(ask.market.long_share(contract.coin.name, moment, "Bybit accounts"), 4)
        ratios = {"buyRatio": fixed(longs, 4), "sellRatio": fixed(1.0 - longs, 4)}
        rows.append({"symbol": contract.symbol, **ratios, "timestamp": str(ms(moment))})
    return {"list": rows, "nextPageCursor": cursor}


@venue.at("/v5/market/orderbook")
def _orderbook(ask: Ask) -> Json:
    contract = contract_of(ask)
    sides = book(ask.market, contract.coin.name, ask.now, BYBIT, ask.number("limit", 25, 1000), _BOOK_STEP)
    bids, asks = ([[contract.price(usd), contract.size(size, size * usd)] for usd, size in side] for side in sides)
    now = ms(ask.now)
    return {"s": contract.symbol, "b": bids, "a": asks, "ts": now, "u": now, "seq": now, "cts": now - 3}


@venue.at("/v5/market/risk-limit")
def _risk_limit(ask: Ask) -> Json:
    contract = contract_of(ask)
    rows, floor, deduction, before = [], 0, 0.0, 0.0
    for number, (value, rate, part) in enumerate(_TIERS, 1):
        deduction += floor * (rate - before)
        leverage = max(1.0, contract.coin.leverage * part)
        rows.append(
            {
                "id": number,
                "symbol": contract.symbol,
                "riskLimitValue": str(value),
                "maintenanceMargin": f"{rate:g}",
                "initialMargin": f"{1.0 / leverage:.4g}",
                "isLowestRisk": 1 if number == 1 else 0,
                "maxLeverage": fixed(leverage, 2),
                "mmDeduction": "" if number == 1 else f"{deduction:g}",
            }
        )
        floor, before = value, rate
    return {"category": ask.query["category"], "list": rows, "nextPageCursor": ""}
