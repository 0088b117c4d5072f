"""Candles: finished bars only, the series to use first, longer bars made of shorter ones."""

from decimal import Decimal

import pytest

from commentary import read_snapshot
from commentary.metrics import bars, compute
from commentary.metrics.bars import candles as read_candles
from commentary.metrics.bars import resampled
from commentary.resources import folder

D = Decimal


@pytest.fixture
def series(read):
    def make(*sections, **fields):
        found = read(candles=list(sections), **fields)
        return list(read_candles(found.snapshot, (), found.snapshot.as_of))

    return make


def test_an_unfinished_bar_is_left_out(series, candles):
    # as_of is 09:00; the bars end at 07:00 and 11:00
    (made,) = series(candles([100, 101], ends="2026-05-22T11:00:00Z"))
    assert [f"{bar.end:%H:%M}" for bar in made.bars] == ["07:00"]
    assert made.bars[0].close == 100


def test_a_series_without_a_finished_bar_is_no_series(series, candles):
    assert series(candles([100], ends="2026-05-22T11:00:00Z")) == []


def test_the_exchanges_own_candles_come_first_then_those_that_end_last(series, candles):
    vendor = candles([1], source="CoinGlass")
    older = candles([2], ends="2026-05-22T08:00:00Z")
    newer = candles([3], ends="2026-05-22T09:00:00Z", venue="Bybit", source="Bybit")
    assert [made.bars[-1].close for made in series(vendor, older, newer)] == [3, 2, 1]


def test_a_bar_that_stands_apart_is_left_out_and_the_series_comes_behind_one_without(read, candles):
    """Bybit shows no such low; by name and length Binance would come first."""
    wicked = candles([100, 101, 100, 101], interval_minutes=60, lows={1: 4})
    other = candles([100, 101, 100, 101], interval_minutes=60, venue="Bybit", source="Bybit")
    found = read(candles=[wicked, other])
    made = read_candles(found.snapshot, found.conflicts, found.snapshot.as_of)
    assert [(one.series.venue, len(one.bars)) for one in made] == [("Bybit", 4), ("Binance", 3)]
    # Four bars to 09:00 begin at 05:00; the second of them is the one.
    assert [None if one.doubted is None else f"{one.doubted:%H:%M}" for one in made] == [None, "06:00"]
    assert made[1].complete(made[1].end - 4 * made[1].interval, made[1].end) is None


def test_candles_of_another_coin_are_left_out(series, candles):
    assert series({**candles([1]), "asset": "ETH"}) == []


def test_four_hourly_bars_make_one_of_four_hours(series, candles):
    # 04:00 to 09:00: the bars that end at 05:00 to 08:00 fill one from 04:00, the one to 09:00 begins another
    hourly = candles([10, 14, 9, 12, 13], interval_minutes=60, lows={2: 8}, highs={1: 15})
    (made,) = series(hourly)
    (bar,) = resampled(made, 4)
    assert (f"{bar.end:%H:%M}", bar.low, bar.high, bar.close) == ("08:00", 8, 15, 12)


def test_an_hour_that_is_missing_leaves_no_bar_of_four_hours(series, candles):
    hourly = candles([10, 14, 9, 12, 13], interval_minutes=60)
    del hourly["bars"][1]
    (made,) = series(hourly)
    assert resampled(made, 4) == []


def test_daily_bars_cannot_be_split(series, candles):
    (made,) = series(candles([1, 2], interval_minutes=1440))
    assert resampled(made, 4) == []


def test_a_range_with_a_gap_is_not_complete(series, candles):
    (made,) = series(candles([1, 2, 3]))
    first, *_, last = made.bars
    assert made.complete(first.end, last.end) is not None
    assert made.complete(first.end - 2 * made.interval, last.end) is None
    assert made.close_at(first.end) == 1


def test_the_bars_of_a_snapshot_are_made_once_for_all_metrics(monkeypatch):
    made = []
    finished = bars._finished

    def counting(series, *other):
        made.append(series)
        return finished(series, *other)

    monkeypatch.setattr(bars, "_finished", counting)
    read = read_snapshot(folder("data") / "snapshots" / "btc-flush.json")
    sheet = compute(read, now=read.snapshot.as_of)
    assert sheet.get("price_change", window=24) is not None
    assert made == list(read.snapshot.candles)
