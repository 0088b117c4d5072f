"""Bars and models of the tests of the map, and a plain list of positions to hold the books against."""

import json
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
import pytest

from commentary.liquidation_map.books import Books, Offsets
from commentary.liquidation_map.folding import Bars
from commentary.liquidation_map.grid import bin_of
from commentary.liquidation_map.stepping import step
from commentary.sources.snapshot_file import read_snapshot


class Position(NamedTuple):
    side: str
    leverage: int
    level: int
    coins: float


def positions_after(bars, long, short, decay=1.0):
    """Every position that is left, one by one, by the rules as a reader would work them out."""
    left, held = [], None
    for high, low, close, open_interest in zip(*bars, strict=True):
        there = not np.isnan([high, low, close]).any()
        left = [one._replace(coins=one.coins * decay) for one in left] if held is not None else left
        if not there:
            continue
        left = [one for one in left if (one.level < bin_of(low) if one.side == "long" else one.level > bin_of(high))]
        if np.isnan(open_interest):
            continue
        if held is not None and open_interest < held:
            left = [one._replace(coins=one.coins * open_interest / held) for one in left]
        if held is not None and open_interest > held:
            entry = bin_of((high + low + close) / 3)
            for leverage, (below, above) in enumerate(zip(long, short, strict=True)):
                if entry + below < bin_of(close):
                    left.append(Position("long", leverage, entry + below, open_interest - held))
                if entry + above > bin_of(close):
                    left.append(Position("short", leverage, entry + above, open_interest - held))
        held = open_interest
    return left


@pytest.fixture
def left_of():
    """Return positions_after."""
    return positions_after


@pytest.fixture
def books():
    """Return a function: offsets of some assets in, their empty books out."""

    def make(long=(-219, -101, -37, -16, -6), short=(178, 91, 35, 16, 6), assets=1, decay=1.0):
        return Books(Offsets(np.array([long] * assets), np.array([short] * assets)), decay)

    return make


@pytest.fixture
def step_all():
    """Return a function that steps through the bars of one or more assets."""

    def run(books, *many):
        for row in zip(*(zip(*bars, strict=True) for bars in many), strict=True):
            step(books, *np.array(row, dtype=float).T.copy())
        return books

    return run


@pytest.fixture
def walk():
    """Return a function that makes a random walk of bars from a seed."""

    def make(size, seed=0, price=60_000.0, volatility=0.004, open_interest=80_000.0, change=0.004):
        random = np.random.default_rng(seed)
        close = price * np.exp(np.cumsum(random.normal(0, volatility, size)))
        opened = np.concatenate([[price], close[:-1]])
        high = np.maximum(opened, close) * (1 + np.abs(random.normal(0, volatility / 2, size)))
        low = np.minimum(opened, close) * (1 - np.abs(random.normal(0, volatility / 2, size)))
        held = open_interest * np.exp(np.cumsum(random.normal(0, change, size)))
        return Bars(high, low, close, held)

    return make


def iso(moment):
    return moment.isoformat().replace("+00:00", "Z")


@pytest.fixture
def market(walk):
    """Return a function: a snapshot's sections of one exchange as a file has them, candles and open interest.

    The candles end at 2026-05-22 09:00 UTC, the readings are of the bars' ends, the first of the first bar's start.
    """

    def make(hours=168, interval=60, every=60, venue="Binance", source=None, seed=1, scale=1.0, row=()):
        end = datetime(2026, 5, 22, 9, tzinfo=UTC)
        count = hours * 60 // interval
        bars = walk(count, seed)
        starts = [end - timedelta(minutes=interval) * (count - place) for place in range(count)]
        opens = [60_000.0, *bars.close[:-1]]
        rows = [
            {"time": iso(time), "open": one, "high": high, "low": low, "close": close}
            for time, one, high, low, close in zip(starts, opens, *bars[:3], strict=True)
        ]
        times = [starts[0] + timedelta(minutes=every) * place for place in range(hours * 60 // every + 1)]
        held = walk(len(times), seed + 1).open_interest * scale
        readings = [
            {
                "venue": venue,
                "source": source or venue,
                "margin": "linear",
                "time": iso(time),
                "value_coin": coins,
                **dict(row),
            }
            for time, coins in zip(times, held.tolist(), strict=True)
        ]
        series = {"venue": venue, "source": source or venue, "interval_minutes": interval, "bars": rows}
        return {"candles": [series], "open_interest": readings}

    return make


@pytest.fixture
def read():
    """Return a function: sections of a snapshot in, the ReadSnapshot out."""

    def make(*parts, **fields):
        document = {"format": "commentary.snapshot/1", "asset": "BTC", "quote": "USD", "as_of": "2026-05-22T09:00:00Z"}
        for part in parts:
            for name, rows in part.items():
                document[name] = [*document.get(name, []), *rows]
        return read_snapshot(json.dumps({**document, **fields}).encode())

    return make
