"""Funding that turns its sign or leaves its own history: bitcoin on May 6, solana, dogecoin, and one that does not."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from commentary.runs.samples import samples
from commentary.runs.samples.bitcoin import (
    OPEN_INTEREST_STEP,
    candle_history,
    coins,
    funding_history,
    mark,
    price,
    price_change,
)
from commentary.runs.samples.layout import Row, moment, snapshot
from commentary.runs.samples.path import Point, wander
from commentary.runs.samples.series import AT_BASELINE, coin_open_interest, liquidations, open_interest, stepped

STEP = Decimal("0.0000001")
BASELINE_8H = Decimal("0.0001")


def settlements(
    venue: str,
    hours: int,
    *,
    seed: int,
    start: datetime,
    end: datetime,
    usual: float,
    known: Mapping[datetime, str] | None = None,
    pinned: float = AT_BASELINE,
) -> list[Row]:
    """Return what an exchange settled every so many hours; rates in `known` stand as given.

    `usual` is a fraction over eight hours, near which the rates wander; `pinned` is the share of them at the baseline.
    """
    random = Random(seed)
    share = hours / 8
    rows: list[Row] = []
    rate, time = usual * share, start
    while time <= end:
        rate = usual * share + 0.85 * (rate - usual * share) + random.gauss(0, 0.000022 * share)
        printed = BASELINE_8H * hours / 8 if random.random() < pinned else stepped(rate, STEP)
        given = (known or {}).get(time)
        rows.append(
            {
                "venue": venue,
                "time": time,
                "rate": printed if given is None else Decimal(given),
                "interval_hours": hours,
                "kind": "settled",
                "source": venue,
            }
        )
        time += timedelta(hours=hours)
    return rows


def marked(venue: str, value: str, time: datetime) -> Row:
    """Return an exchange's mark price."""
    return {"value": Decimal(value), "kind": "mark", "venue": venue, "time": time, "source": venue}


def moved(venue: str, percent: str, time: datetime) -> Row:
    """Return the change over a day that an exchange reports."""
    return {"window_hours": 24, "percent": Decimal(percent), "venue": venue, "time": time, "source": venue}


@samples.add("btc-funding-flip")
def flip() -> Row:
    """Return ninety days of settlements, of which the last is the first in twelve days that shorts paid."""
    as_of = moment(5, 6, 16, 15)
    return snapshot(
        "BTC",
        as_of,
        name="Bitcoin",
        prices=[mark(65_218, as_of)],
        price_changes=[price_change("2.1", moment(5, 6, 16))],
        candles=[candle_history(moment(5, 6, 16), seed=3101, days=45)],
        funding=[
            *funding_history(as_of),
            *settlements(
                "Bybit",
                8,
                seed=3102,
                start=moment(2, 5, 16),
                end=moment(5, 6, 16),
                usual=0.00006,
                known={moment(5, 6, 16): "0.0000312", moment(5, 6, 8): "0.0000874"},
            ),
        ],
        open_interest=open_interest(coins(), price(), end=moment(5, 6, 16), days=45, step=OPEN_INTEREST_STEP),
        liquidations=liquidations(
            price(),
            seed=3103,
            end=moment(5, 6, 16),
            days=45,
            usual_usd=48e6,
            known={moment(5, 6, 16): (24_300_000, 39_800_000)},
        ),
    )


@samples.add("sol-funding-hourly")
def hourly() -> Row:
    """Return thirty days of hourly settlements on Hyperliquid, of which few were as high as the last."""
    as_of = moment(6, 22, 14, 5)
    hot = {moment(6, 22, hour): rate for hour, rate in enumerate(_CLIMB, start=14 - len(_CLIMB) + 1)}
    peaks = {moment(6, 4, hour): f"0.0000{digits}" for hour, digits in enumerate((612, 688, 741, 655, 594), start=3)}
    return snapshot(
        "SOL",
        as_of,
        name="Solana",
        prices=[marked("Hyperliquid", "171.84", as_of)],
        price_changes=[moved("Hyperliquid", "6.3", as_of)],
        funding=settlements(
            "Hyperliquid",
            1,
            seed=3111,
            start=moment(5, 23, 14),
            end=moment(6, 22, 14),
            usual=0.00013,
            known=peaks | hot,
            pinned=0.3,
        ),
        open_interest=coin_open_interest(
            _HELD,
            end=moment(6, 22, 14),
            days=32,
            step=Decimal(1000),
            venue="Hyperliquid",
            source="Hyperliquid",
        ),
        liquidations=[
            row | {"venue": "Hyperliquid", "source": "Hyperliquid"}
            for row in liquidations(
                _SOLANA,
                seed=3113,
                end=moment(6, 22, 14),
                days=31,
                usual_usd=5e6,
                known={moment(6, 22, 14): (5_140_000, 8_930_000)},
            )
        ],
    )


_SOLANA = wander(
    seed=3114,
    daily_percent=3.4,
    points=(
        Point(moment(5, 20, 0), Decimal("149.6")),
        Point(moment(6, 21, 14), Decimal("161.7")),
        Point(moment(6, 22, 14), Decimal("171.9")),
    ),
)
_HELD = wander(
    seed=3112,
    daily_percent=3.1,
    points=(
        Point(moment(5, 20, 0), 3_720_000),
        Point(moment(6, 4, 8), 4_390_000),
        Point(moment(6, 21, 14), 4_180_000),
        Point(moment(6, 22, 14), 4_489_000),
    ),
)

_CLIMB = ("0.0000264", "0.0000298", "0.0000377", "0.0000441", "0.0000502", "0.0000566")


@samples.add("doge-funding-short-history")
def short_history() -> Row:
    """Return settlements of Bybit, every four hours for five days and every eight before; shorts have begun to pay."""
    as_of = moment(7, 20, 12, 10)
    changed = moment(7, 15, 8)
    return snapshot(
        "DOGE",
        as_of,
        name="Dogecoin",
        prices=[marked("Bybit", "0.19214", as_of)],
        price_changes=[moved("Bybit", "-4.3", moment(7, 20, 12))],
        funding=[
            *settlements(
                "OKX",
                8,
                seed=3123,
                start=moment(7, 1, 0),
                end=moment(7, 20, 8),
                usual=0.00007,
                known={moment(7, 20, 8): "0.0000418"},
            ),
            *settlements("Bybit", 8, seed=3121, start=moment(7, 1, 0), end=changed, usual=0.00008),
            *settlements(
                "Bybit",
                4,
                seed=3122,
                start=changed + timedelta(hours=4),
                end=moment(7, 20, 12),
                usual=0.00009,
                known={moment(7, 20, 8): "0.0000117", moment(7, 20, 12): "-0.0001934"},
            ),
        ],
    )


@samples.add("xrp-funding-low")
def low() -> Row:
    """Return ninety days of settlements, of which the last is among the lowest and still paid by longs."""
    as_of = moment(8, 31, 8, 20)
    return snapshot(
        "XRP",
        as_of,
        name="XRP",
        prices=[marked("Binance", "2.4176", as_of)],
        price_changes=[moved("Binance", "-1.7", as_of)],
        funding=settlements(
            "Binance",
            8,
            seed=3131,
            start=moment(6, 2, 8),
            end=moment(8, 31, 8),
            usual=0.00009,
            known={moment(8, 31, 8): "0.000004"},
        ),
    )
