"""Histories drawn backwards from the newest value, where a file states that one and no path leads to it."""

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from commentary.runs.samples.layout import Row
from commentary.runs.samples.series import DAY, stepped

BASELINE = Decimal("0.0001")
PULL = 0.06
"""How much of its distance from the usual a value gives up in a day."""


def open_interest_before(
    random: Random, newest: float, *, end: datetime, days: int, usual: float, unrest: float, step: Decimal
) -> list[Row]:
    """Return CoinGlass's open interest in coins, a day apart, oldest first; the row of `end` is `newest`."""
    logs = [math.log(newest)]
    for _ in range(days):
        logs.append(logs[-1] + PULL * (math.log(usual) - logs[-1]) + random.gauss(0, unrest))
    rows: list[Row] = [
        {
            "venue": "all",
            "value_coin": stepped(math.exp(log), step),
            "time": end - back * DAY,
            "source": "CoinGlass",
        }
        for back, log in enumerate(logs)
    ]
    return rows[::-1]


def rates_before(
    random: Random,
    *,
    end: datetime,
    count: int,
    usual: float,
    unrest: float,
    kept: float,
    pinned: float,
    known: Mapping[datetime, str] | None = None,
) -> dict[datetime, Decimal]:
    """Return rates of every eight hours, oldest first; those in `known` stand as given, and none is over the baseline.

    A rate keeps the share `kept` of the distance from `usual` of the one drawn before; `pinned` are at the baseline.
    """
    rates: dict[datetime, Decimal] = {}
    distance = 0.0
    for back in range(count):
        time = end - timedelta(hours=8 * back)
        distance = kept * distance + random.gauss(0, unrest)
        if known and time in known:
            rates[time] = Decimal(known[time])
            continue
        at_baseline = random.random() < pinned or usual + distance > float(BASELINE)
        rates[time] = BASELINE if at_baseline else stepped(usual + distance, Decimal("0.00000001"))
    return dict(reversed(rates.items()))
