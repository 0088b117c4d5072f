"""Seven days and more of every series, with their gaps, and dates ahead: what a review of the week is made of.

Where a snapshot holds little else, so that its rows are those of one source; elsewhere candles with their volume.
"""

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from commentary.runs.random_rows import Json, Rows, families

if TYPE_CHECKING:
    from commentary.runs.random_snapshots import Maker

_VENUE = "Kraken"
"""No exchange of the other rows, so that no two series are one."""
_GAP = 0.3


@families.add("week")
def week(maker: "Maker", numbers: random.Random) -> Rows:
    """Return weeks of every series for a bare snapshot, candles and dates for some others, else nothing."""
    bare = maker.kind == "bare" and numbers.random() < 0.7
    if not bare and numbers.random() > 0.12:
        return {}
    days = numbers.choice((6, 9, 34, 70, 92))
    made: Rows = {"candles": _candles(maker, numbers, days), "calendar": _calendar(maker, numbers)}
    made["options"] = _options(maker, numbers)
    if bare:
        made["funding"] = _funding(maker, numbers, days)
        made["open_interest"] = _open_interest(maker, numbers, days)
        made["liquidations"] = _liquidations(maker, numbers, days)
    return made


def _time(maker: "Maker", minutes: float) -> str:
    return (maker.as_of - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _gapped(rows: list[Json], numbers: random.Random) -> list[Json]:
    """Return the rows without one of the newest, now and then."""
    if len(rows) > 3 and numbers.random() < _GAP:
        del rows[numbers.randrange(1, min(len(rows), 12))]
    return rows


def _candles(maker: "Maker", numbers: random.Random, days: int) -> list[Json]:
    """Return bars of four hours with their volume, back from the price of now; the newest first."""
    bars, close = [], maker.price
    start = maker.as_of.replace(minute=0, hour=maker.as_of.hour // 4 * 4)
    for i in range(1, days * 6 + 1):
        opened = maker.opened(close, i, numbers.gauss(0, 0.011))
        low, high = sorted((opened, close))
        bars.append({
            "time": (start - timedelta(hours=4 * i)).strftime("%Y-%m-%dT%H:%M:%SZ"), "open": maker.shown(opened),
            "high": maker.shown(high * 1.004), "low": maker.shown(low * 0.996), "close": maker.shown(close),
            "volume_usd": maker.shown(10 ** numbers.uniform(7.5, 9.3), 4),
        })  # fmt: skip
        close = opened
    series = {"venue": _VENUE, "source": _VENUE, "interval_minutes": 240, "bars": _gapped(bars, numbers)}
    return [{**series, "asset": maker.asset}]


def _funding(maker: "Maker", numbers: random.Random, days: int) -> list[Json]:
    """Return settlements of every eight hours, of one sign or of both."""
    middle = numbers.choice((0.00006, 0.0002, -0.0001))
    rows: list[Json] = [
        {"asset": maker.asset, "venue": _VENUE, "source": _VENUE, "interval_hours": 8, "kind": "settled",
         "rate": numbers.choice((0.0001, round(numbers.gauss(middle, 0.00006), 7))), "time": _time(maker, 90 + 480 * i)}
        for i in range(days * 3)
    ]  # fmt: skip
    return _gapped(rows, numbers)


def _open_interest(maker: "Maker", numbers: random.Random, days: int) -> list[Json]:
    """Return a day's open interest for each of the days."""
    coins = maker.oi_coin
    rows: list[Json] = []
    for i in range(days + 1):
        row = {"asset": maker.asset, "venue": "all", "source": maker.vendor, "value_coin": maker.shown(coins),
               "time": _time(maker, 20 + 1440 * i)}  # fmt: skip
        rows.append(row if numbers.random() < 0.5 else {**row, "value_usd": maker.shown(coins * maker.price)})
        coins *= 1 + numbers.gauss(0, 0.02)
    return _gapped(rows, numbers)


def _liquidations(maker: "Maker", numbers: random.Random, days: int) -> list[Json]:
    """Return daily counts, now and then without their sides; small enough to be no news by themselves."""
    sided = numbers.random() < 0.8
    rows: list[Json] = []
    for i in range(days):
        longs, shorts = (round(10 ** numbers.gauss(6.4, 0.3)) for _ in range(2))
        sides = {"long_usd": longs, "short_usd": shorts} if sided else {}
        rows.append({"asset": maker.asset, "venue": "all", "source": maker.vendor, "window_hours": 24,
                     "total_usd": longs + shorts, **sides, "time": _time(maker, 35 + 1440 * i)})  # fmt: skip
    return _gapped(rows, numbers)


def _calendar(maker: "Maker", numbers: random.Random) -> list[Json]:
    """Return dates within the week, beyond it, or none."""
    names = numbers.sample(("CPI", "Nonfarm Payrolls", "PMI"), numbers.choice((0, 1, 2, 3)))
    return [
        {
            "event": name,
            "asset": maker.asset,
            "source": maker.vendor,
            "time": _time(maker, -numbers.randrange(60, 14400)),
        }
        for name in names
    ]


def _options(maker: "Maker", numbers: random.Random) -> list[Json]:
    """Return the options of an expiry to come, or none."""
    if numbers.random() < 0.5:
        return []
    expiry = (maker.as_of + timedelta(days=numbers.randrange(1, 12))).strftime("%Y-%m-%d")
    size = maker.shown(10 ** numbers.uniform(8, 10), 4)
    row = {"asset": maker.asset, "venue": "Deribit", "source": numbers.choice(("Deribit", maker.vendor))}
    return [{**row, "expiry": expiry, "of": "open_interest", "notional_usd": size, "time": _time(maker, 30)}]
