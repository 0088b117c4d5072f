"""Liquidation maps: a vendor's sums up to a price, or separate levels with dense stretches."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from commentary.runs.samples.layout import Row
from commentary.runs.samples.path import STEP, Wander


class Dense(NamedTuple):
    """A stretch in which levels are large."""

    middle: int
    """Which level from the price."""
    width: float
    """In levels: about two thirds of the stretch lies within it on each side."""
    peak_usd: float


class Ladder(NamedTuple):
    """One side of a map: levels one `step` apart from the price outward."""

    side: str
    near_usd: float
    """Size of an ordinary level beside the price; it thins out with distance."""
    dense: tuple[Dense, ...]


def sums(time: datetime, *reaches: tuple[str, int | Decimal, int]) -> Row:
    """Return a week's map that holds only sums from the price to a level: side, level, dollars."""
    return {
        "source": "CoinGlass",
        "window_hours": 168,
        "time": time,
        "cumulative": [{"price": price, "side": side, "notional_usd": usd} for side, price, usd in reaches],
    }


def ladders(time: datetime, sides: Iterable[Ladder], *, around: Decimal, step: Decimal, count: int, seed: int) -> Row:
    """Return a week's map with `count` levels on each side of the multiple of `step` nearest to `around`."""
    random = Random(seed)
    middle = round(around / step) * step
    levels: list[Row] = []
    for ladder in sides:
        away = -step if ladder.side == "long" else step
        for at in range(1, count + 1):
            size = ladder.near_usd * math.exp(-at / count) * math.exp(random.gauss(0, 0.3))
            size += sum(_bell(at, each) for each in ladder.dense) * math.exp(random.gauss(0, 0.06))
            levels.append({"price": middle + away * at, "side": ladder.side, "notional_usd": round(int(size), -4)})
    return {"source": "CoinGlass", "window_hours": 168, "time": time, "levels": levels}


def past_ladders(
    time: datetime, price: Wander, near_usd: dict[str, float], *, step: Decimal, count: int, days: int, seed: int
) -> list[Row]:
    """Return the maps of the days before `time`, a day apart, drawn around the price of their own time."""
    random = Random(seed)
    maps: list[Row] = []
    for day in range(days, 0, -1):
        drawn = time - timedelta(days=day)
        since = (drawn - price.start) // STEP
        sides = [
            Ladder(
                side,
                usd * math.exp(random.gauss(0, 0.2)),
                (Dense(random.randint(6, count - 4), random.uniform(1.2, 2.2), usd * random.uniform(1.5, 5.5)),),
            )
            for side, usd in near_usd.items()
        ]
        around = Decimal(repr(price.values[since]))
        maps.append(ladders(drawn, sides, around=around, step=step, count=count, seed=seed + day))
    return maps


def _bell(at: int, dense: Dense) -> float:
    return dense.peak_usd * math.exp(-((at - dense.middle) ** 2) / (2 * dense.width**2))
