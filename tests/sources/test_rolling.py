"""A watch's snapshot rolls on: old histories, new rows, corrections by the later one."""

import json

import pytest

from commentary.sources.rolling import rolled
from commentary.sources.snapshot_file import read_snapshot


def snapshot(as_of, **sections):
    head = {"format": "commentary.snapshot/1", "asset": "BTC", "quote": "USD", "as_of": as_of}
    return read_snapshot(json.dumps({**head, **sections}).encode()).snapshot


def rate(time, value):
    return {
        "venue": "Binance",
        "source": "Binance",
        "interval_hours": 8,
        "kind": "settled",
        "rate": value,
        "time": time,
    }


def bar(time, close):
    return {"time": time, "open": 100, "high": 110, "low": 90, "close": close}


def candles(*bars):
    return [{"venue": "Binance", "source": "Binance", "interval_minutes": 60, "bars": list(bars)}]


def map_of(time, size):
    levels = [{"price": 90, "side": "long", "notional_usd": size}]
    return {"source": "CoinGlass", "model": "v1", "window_hours": 168, "time": time, "levels": levels}


def test_new_rows_are_added_and_a_corrected_one_counts():
    earlier = snapshot("2026-11-30T08:00:00Z", funding=[rate("2026-11-30T00:00:00Z", 0.0001)])
    later = snapshot(
        "2026-11-30T08:15:00Z",
        funding=[rate("2026-11-30T00:00:00Z", 0.0002), rate("2026-11-30T08:00:00Z", 0.0003)],
    )
    found = rolled(earlier, later)
    assert found.as_of == later.as_of
    assert [float(row.rate) for row in found.funding] == [0.0002, 0.0003]


def test_bars_of_both_make_one_series():
    earlier = snapshot("2026-11-30T08:00:00Z", candles=candles(bar("2026-11-30T06:00:00Z", 100)))
    later = snapshot("2026-11-30T08:15:00Z", candles=candles(bar("2026-11-30T07:00:00Z", 105)))
    (series,) = rolled(earlier, later).candles
    assert [float(one.close) for one in series.bars] == [100, 105]


def test_what_is_older_than_all_comparisons_goes():
    """95 days before 30 November are 27 August; rates stay for a year and a day, from 29 November of 2025."""
    times = ("2026-08-26T00:00:00Z", "2026-08-28T00:00:00Z")
    old = snapshot(
        "2026-11-29T00:00:00Z",
        funding=[rate("2025-11-28T00:00:00Z", 0.0001), rate("2025-11-30T00:00:00Z", 0.0002)],
        open_interest=[
            {"venue": "Binance", "source": "Binance", "value_coin": coins, "time": time}
            for coins, time in zip((5, 6), times, strict=True)
        ],
    )
    found = rolled(old, snapshot("2026-11-30T00:00:00Z"))
    assert [float(row.rate) for row in found.funding] == [0.0002]
    assert [int(row.value_coin) for row in found.open_interest] == [6]


def test_gaps_and_the_book_are_those_of_the_later_round():
    gap = [{"source": "Bybit", "of": "funding", "reason": "no_answer"}]
    book = [{"venue": "Binance", "source": "Binance", "within_percent": 1, "bids_usd": 5, "asks_usd": 5}]
    found = rolled(snapshot("2026-11-30T08:00:00Z", gaps=gap, order_book=book), snapshot("2026-11-30T08:15:00Z"))
    assert (found.gaps, found.order_book) == ((), ())


def test_of_a_model_one_map_a_day_stays_beside_the_newest():
    times = ("2026-11-28T06:00:00Z", "2026-11-29T06:00:00Z", "2026-11-29T18:00:00Z")
    earlier = snapshot("2026-11-29T18:00:00Z", liquidation_maps=[map_of(time, 5) for time in times])
    later = snapshot("2026-11-30T08:00:00Z", liquidation_maps=[map_of("2026-11-30T08:00:00Z", 7)])
    found = sorted(each.time for each in rolled(earlier, later).liquidation_maps)
    assert [f"{time:%d %H}" for time in found] == ["28 06", "29 06", "30 08"]


def test_two_assets_do_not_follow_one_another():
    other = snapshot("2026-11-30T08:00:00Z").model_copy(update={"asset": "ETH"})
    with pytest.raises(ValueError, match="does not follow"):
        rolled(other, snapshot("2026-11-30T08:15:00Z"))
