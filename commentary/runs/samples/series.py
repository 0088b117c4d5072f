"""Long series of a snapshot: candles, open interest, funding prints, daily liquidations.

Each is rounded to what a venue or vendor would publish, and they agree with one another: open
interest in dollars is coins times the price of the same time, long and short liquidations add up to
their total, and days on which price fell have more liquidated longs.
"""

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from random import Random

from commentary.runs.samples.layout import Row
from commentary.runs.samples.path import Wander

FOUR_HOURS = timedelta(hours=4)
DAY = timedelta(days=1)
WICK = 0.0004
"""How far a bar reaches beyond the quarter hours the path is known at; a spread of logarithms."""
AT_BASELINE = 0.41
"""The share of prints that equal the baseline exactly, as measured on Binance's BTCUSDT, 2023 to 2024."""


def stepped(value: float, step: Decimal) -> Decimal:
    """Return the nearest multiple of `step`."""
    return (Decimal(repr(value)) / step).quantize(Decimal(1), rounding=ROUND_HALF_EVEN) * step


def candles(
    price: Wander,
    *,
    end: datetime,
    days: int,
    tick: Decimal,
    volume_usd: float,
    seed: int,
    venue: str = "Binance",
    length: timedelta = FOUR_HOURS,
) -> Row:
    """Return an exchange's candles of the `days` days to `end`, each `length` long; only bars that are over."""
    random = Random(seed)
    last = end - (end - end.replace(hour=0, minute=0)) % length
    bars: list[Row] = []
    for count in range(days * DAY // length, 0, -1):
        start = last - count * length
        walked = [stepped(value, tick) for value in price.between(start, start + length)]
        high = stepped(float(max(walked)) * math.exp(abs(random.gauss(0, WICK))), tick)
        low = stepped(float(min(walked)) * math.exp(-abs(random.gauss(0, WICK))), tick)
        traded = volume_usd * math.exp(random.gauss(0, 0.3)) * (0.4 + 40 * float((high - low) / low))
        bars.append(
            {
                "time": start,
                "open": walked[0],
                "high": high,
                "low": low,
                "close": walked[-1],
                "volume_usd": stepped(traded, Decimal(100_000)),
            }
        )
    return {"venue": venue, "source": venue, "interval_minutes": length // timedelta(minutes=1), "bars": bars}


def open_interest(coins: Wander, price: Wander, *, end: datetime, days: int, step: Decimal) -> list[Row]:
    """Return CoinGlass's open interest over all its exchanges, every four hours to `end`."""
    rows: list[Row] = []
    for count in range(days * 6, -1, -1):
        time = end - count * FOUR_HOURS
        held = stepped(coins.at(time), step)
        rows.append(
            {
                "venue": "all",
                "time": time,
                "value_coin": held,
                "value_usd": stepped(float(held) * price.at(time), Decimal(100_000)),
                "source": "CoinGlass",
            }
        )
    return rows


def coin_open_interest(
    coins: Wander,
    *,
    end: datetime,
    days: int,
    step: Decimal,
    venue: str = "all",
    source: str = "CoinGlass",
    every: timedelta = FOUR_HOURS,
) -> list[Row]:
    """Return open interest in coins alone, every four hours to `end`; CoinGlass's over all its exchanges by default."""
    times = (end - count * every for count in range(days * DAY // every, -1, -1))
    return [
        {"venue": venue, "time": time, "value_coin": stepped(coins.at(time), step), "source": source} for time in times
    ]


def funding(
    *,
    seed: int,
    start: datetime,
    end: datetime,
    known: Mapping[datetime, Decimal],
    usual: float = 0.00006,
    venue: str = "Binance",
) -> list[Row]:
    """Return an exchange's settled rates, every eight hours; those in `known` stand as given.

    Two prints of five equal the baseline of 0.01%; the others keep near `usual`, each near the one before.
    """
    random = Random(seed)
    rows: list[Row] = []
    rate = usual
    time = start
    while time <= end:
        rate = usual + 0.8 * (rate - usual) + random.gauss(0, 0.000028)
        pinned = random.random() < AT_BASELINE
        printed = Decimal("0.0001") if pinned else stepped(rate, Decimal("0.00000001"))
        rows.append(
            {
                "venue": venue,
                "time": time,
                "rate": known.get(time, printed),
                "interval_hours": 8,
                "kind": "settled",
                "source": venue,
            }
        )
        time += timedelta(hours=8)
    return rows


def liquidations(
    price: Wander,
    *,
    seed: int,
    end: datetime,
    days: int,
    usual_usd: float,
    known: Mapping[datetime, tuple[int, int]],
) -> list[Row]:
    """Return CoinGlass's recorded liquidations of windows of a day, one a day at the hour of `end`.

    `known` gives longs and shorts of the windows that end at its times.
    """
    random = Random(seed)
    rows: list[Row] = []
    for count in range(days, -1, -1):
        time = end - count * DAY
        moved = math.log(price.at(time) / price.at(time - DAY))
        size = usual_usd * math.exp(random.gauss(0, 0.45)) * (0.6 + 25 * abs(moved))
        share = 0.5 - 0.43 * math.tanh(20 * moved + random.gauss(0, 0.2))
        longs, shorts = known.get(time, (int(size * share), int(size * (1 - share))))
        rows.append(liquidated(time, round(longs, -4), round(shorts, -4)))
    return rows


def liquidated(time: datetime, longs: int, shorts: int, **more: object) -> Row:
    """Return the recorded liquidations of the day that ends at `time`."""
    row: Row = {
        "venue": "all",
        "window_hours": 24,
        "time": time,
        "long_usd": longs,
        "short_usd": shorts,
        "total_usd": longs + shorts,
        "source": "CoinGlass",
    }
    return row | more
