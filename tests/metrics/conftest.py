"""Snapshots from a few rows in a test, read as any file is, and the facts that metrics make of them."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from commentary.metrics.bars import candles as bars_of
from commentary.metrics.base import Given
from commentary.records.fact import Fact, Flag, MissingFact
from commentary.records.sheet import FactSheet
from commentary.sources.snapshot_file import read_snapshot

AS_OF = "2026-05-22T09:00:00Z"


def _time(text):
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.fixture
def read():
    """Return a function: sections of a snapshot as keywords in, the ReadSnapshot out.

    Defaults: asset BTC, quote USD, as_of 2026-05-22T09:00:00Z. A row without time has as_of.
    """

    def make(**fields):
        document = {
            "format": "commentary.snapshot/1",
            "asset": "BTC",
            "quote": "USD",
            "as_of": AS_OF,
            **fields,
        }
        return read_snapshot(json.dumps(document).encode())

    return make


@pytest.fixture
def facts(read):
    """Return a function that runs metrics in the order given and returns their FactSheet.

        sheet = facts(price, volatility, prices=[{"value": 62140}], now="2026-05-22T12:00:00Z")

    `now` is the snapshot's as_of where it is not given.
    """

    def run(*finds, now=None, **fields):
        snapshot = read(**fields)
        moment = _time(now) if now else snapshot.snapshot.as_of
        sheet = FactSheet(snapshot.snapshot.asset, snapshot.snapshot.as_of, ())
        for find in finds:
            made = bars_of(snapshot.snapshot, snapshot.conflicts, moment)
            found = list(find(Given(snapshot.snapshot, snapshot.conflicts, moment, sheet, made)))
            assert all(isinstance(result, Fact | MissingFact | Flag) for result in found)
            sheet = FactSheet(
                sheet.asset,
                sheet.as_of,
                (*sheet.facts, *(result for result in found if isinstance(result, Fact))),
                (*sheet.missing, *(result for result in found if isinstance(result, MissingFact))),
                tuple(dict.fromkeys([*sheet.flags, *(result.name for result in found if isinstance(result, Flag))])),
            )
        return sheet

    return run


@pytest.fixture
def candles():
    """Return a function: closes in, oldest first, one entry of the section `candles` out.

    A bar opens at the close before it (the first at its own), and its high and low are the larger and
    the smaller of the two, unless `lows` or `highs` give others by place. The last bar ends at `ends`.
    """

    def make(closes, *, ends=AS_OF, interval_minutes=240, venue="Binance", source="Binance", lows=(), highs=()):
        lows, highs, end = dict(lows), dict(highs), _time(ends)
        bars = []
        for place, close in enumerate(closes):
            start = end - timedelta(minutes=interval_minutes) * (len(closes) - place)
            opened = closes[place - 1] if place else close
            low, high = lows.get(place, min(opened, close)), highs.get(place, max(opened, close))
            time = start.isoformat().replace("+00:00", "Z")
            bars.append({"time": time, "open": opened, "high": high, "low": low, "close": close})
        return {"venue": venue, "source": source, "interval_minutes": interval_minutes, "bars": bars}

    return make
