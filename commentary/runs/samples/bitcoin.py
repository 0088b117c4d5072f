"""Bitcoin from February to November of 2026, one invented market that all bundled bitcoin files share.

The points are the figures that the files state; between them price, open interest and funding wander.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache

from commentary.runs.samples.layout import Row, moment
from commentary.runs.samples.path import Point, Wander, wander
from commentary.runs.samples.series import FOUR_HOURS, candles, funding, open_interest

TICK = Decimal("0.1")
OPEN_INTEREST_STEP = Decimal(10)
HISTORY_DAYS = 90


@cache
def price() -> Wander:
    """Return Binance's mark price in dollars."""
    return wander(
        seed=1106,
        daily_percent=1.9,
        points=(
            Point(moment(2, 5, 0), 69_800),
            Point(moment(3, 10, 0), 74_300),
            Point(moment(4, 8, 0), 64_700),
            Point(moment(5, 7, 12), 65_160),
            Point(moment(5, 8, 12), 68_940),
            Point(moment(5, 25, 0), 66_300),
            Point(moment(6, 12, 9), 62_050),
            Point(moment(6, 26, 4), 61_240),
            Point(moment(6, 26, 18), 60_880),
            Point(moment(7, 8, 13), 65_480),
            Point(moment(7, 9, 7, 30), 65_100),
            Point(moment(7, 9, 12), 63_240),
            Point(moment(7, 9, 13), 63_120),
            Point(moment(8, 11, 8), 66_410),
            Point(moment(8, 12, 8), 66_212),
            Point(moment(9, 3, 11), 64_936),
            Point(moment(9, 24, 15), 63_480),
            Point(moment(10, 15, 10), 62_870),
            Point(moment(10, 19, 18), 63_490),
            Point(moment(10, 20, 18), 61_460),
            # The band of Nov. 20 stays untouched until the fall of Nov. 25, so these days are calmer.
            Point(moment(11, 20, 9), 63_150, 1.4),
            Point(moment(11, 22, 9), 62_140, 1.0),
            Point(moment(11, 24, 14), 63_930, 1.2),
            Point(moment(11, 25, 4), 62_880, 1.2),
            Point(moment(11, 25, 8), 61_720, 1.2),
            Point(moment(11, 25, 12), 60_410, 1.2),
            Point(moment(11, 25, 14), 60_480, 1.2),
            Point(moment(11, 26, 2), 59_870, 1.4),
            Point(moment(11, 27, 6), 61_320, 1.4),
            Point(moment(11, 28, 6), 61_905, 1.4),
        ),
    )


@cache
def coins() -> Wander:
    """Return open interest in coins on the exchanges that CoinGlass covers."""
    return wander(
        seed=1117,
        daily_percent=1.6,
        points=(
            Point(moment(2, 5, 0), 262_000),
            Point(moment(5, 7, 12), 281_400),
            Point(moment(5, 8, 12), 267_600),
            Point(moment(6, 12, 9), 259_000),
            Point(moment(6, 26, 18), 262_400),
            Point(moment(7, 8, 13), 271_900),
            Point(moment(7, 9, 13), 266_200),
            Point(moment(8, 11, 8), 268_900),
            Point(moment(8, 12, 8), 269_800),
            Point(moment(9, 3, 11), 272_500),
            Point(moment(9, 23, 15), 264_700),
            Point(moment(9, 24, 15), 269_700),
            Point(moment(10, 15, 10), 266_400),
            Point(moment(10, 19, 14), 281_900),
            Point(moment(10, 20, 14), 264_700),
            Point(moment(11, 21, 9), 273_300),
            Point(moment(11, 22, 9), 270_300),
            Point(moment(11, 24, 14), 297_700),
            Point(moment(11, 25, 14), 270_300),
            # What the flush took out comes back steadily.
            Point(moment(11, 26, 2), 267_900, 0.5),
            Point(moment(11, 27, 6), 282_300, 0.5),
            Point(moment(11, 28, 6), 287_600, 0.5),
        ),
    )


SETTLED = {
    # Shorts paid for two days before the squeeze of May 8, and longs after it.
    moment(5, 6, 16): Decimal("-0.00002117"),
    moment(5, 7, 0): Decimal("-0.00004402"),
    moment(5, 7, 8): Decimal("-0.000058"),
    moment(5, 7, 16): Decimal("-0.00003961"),
    moment(5, 8, 0): Decimal("0.0001"),
    moment(5, 8, 8): Decimal("0.000131"),
    moment(7, 9, 8): Decimal("0.00005241"),
    moment(8, 11, 8): Decimal("0.00008836"),
    moment(8, 12, 0): Decimal("0.0001"),
    moment(8, 12, 8): Decimal("0.0001"),
    moment(9, 24, 8): Decimal("0.000076"),
    moment(10, 15, 8): Decimal("0.00006412"),
    moment(10, 20, 16): Decimal("0.00001875"),
    moment(11, 22, 8): Decimal("0.000024"),
    moment(11, 24, 8): Decimal("0.000081"),
    moment(11, 24, 16): Decimal("0.00007215"),
    moment(11, 25, 0): Decimal("0.00002893"),
    moment(11, 25, 8): Decimal("-0.000012"),
    moment(11, 25, 16): Decimal("0.00000714"),
    moment(11, 26, 0): Decimal("0.00001206"),
    moment(11, 26, 8): Decimal("0.0000388"),
    moment(11, 26, 16): Decimal("0.00005127"),
    moment(11, 27, 0): Decimal("0.0001"),
    moment(11, 27, 8): Decimal("0.00009613"),
    moment(11, 27, 16): Decimal("0.0001"),
    moment(11, 28, 0): Decimal("0.00012204"),
}
"""The settled rates that the files state, as fractions per eight hours."""


@cache
def settled() -> tuple[Row, ...]:
    """Return Binance's settled funding rates."""
    return tuple(funding(seed=1103, start=moment(2, 5, 0), end=moment(11, 28, 0), known=SETTLED))


def candle_history(end: datetime, seed: int, days: int = HISTORY_DAYS, length: timedelta = FOUR_HOURS) -> Row:
    """Return the candles that are over by `end`, of four hours where no other length is asked."""
    return candles(price(), end=end, days=days, tick=TICK, volume_usd=1.6e9, seed=seed, length=length)


def open_interest_history(end: datetime) -> list[Row]:
    """Return a day's open interest for each of the days before `end`, and the day itself."""
    return open_interest(coins(), price(), end=end, days=HISTORY_DAYS + 1, step=OPEN_INTEREST_STEP)


def funding_history(end: datetime) -> list[Row]:
    """Return the prints of the days before the last one, and that one."""
    upto = [row for row in settled() if isinstance(row["time"], datetime) and row["time"] <= end]
    return upto[-(HISTORY_DAYS * 3 + 1) :]


def last_settled(end: datetime) -> list[Row]:
    """Return the newest print alone."""
    return funding_history(end)[-1:]


def mark(value: int, time: datetime) -> Row:
    """Return Binance's mark price."""
    return {"value": value, "kind": "mark", "venue": "Binance", "time": time, "source": "Binance"}


def price_change(percent: str, time: datetime) -> Row:
    """Return the change over a day that Binance reports."""
    return {
        "window_hours": 24,
        "percent": Decimal(percent),
        "venue": "Binance",
        "time": time,
        "source": "Binance",
    }


def held(value: int, time: datetime) -> Row:
    """Return open interest in coins by CoinGlass."""
    return {"venue": "all", "value_coin": value, "time": time, "source": "CoinGlass"}


def held_change(percent: str, time: datetime) -> Row:
    """Return CoinGlass's change of open interest in coins over a day."""
    return {
        "venue": "all",
        "window_hours": 24,
        "percent": Decimal(percent),
        "of": "coin",
        "time": time,
        "source": "CoinGlass",
    }
