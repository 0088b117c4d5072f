"""Bars that stand apart from their exchange's prices or from every other exchange: which, and what is used."""

import json
from decimal import Decimal

import pytest

from commentary.records.snapshot import bars_left_out
from commentary.sources.candle_conflicts import without_left_out
from commentary.sources.snapshot_file import read_snapshot

QUIET = {"open": 100, "high": 102, "low": 98, "close": 100}
HOURS = ("06", "07", "08")


def series(venue, bar=QUIET, minutes=60):
    """Three bars, of which the second is given."""
    rows = [{"time": f"2026-05-22T{hour}:00:00Z", **(bar if hour == "07" else QUIET)} for hour in HOURS]
    return {"venue": venue, "source": venue, "interval_minutes": minutes, "bars": rows}


def mark(value, time="08:00", venue="Binance"):
    return {"value": value, "kind": "mark", "venue": venue, "source": venue, "time": f"2026-05-22T{time}:00Z"}


def read(*candles, prices=()):
    head = {"format": "commentary.snapshot/1", "asset": "BTC", "quote": "USD", "as_of": "2026-05-22T09:00:00Z"}
    return read_snapshot(json.dumps({**head, "candles": candles, "prices": prices}).encode())


def told(found):
    """Return the conflicts of candles: of what, both values, and what is left out."""
    rows = [one for one in found.conflicts if one.metric == "candle"]
    return [(one.path_a, one.path_b, one.value_a, one.value_b, one.left_out) for one in rows]


OWN, OTHER = "/candles/0/bars/1", "/candles/1/bars/1"


@pytest.mark.parametrize(
    ("bar", "conflict"),
    [
        # 98 less a tenth of it is 88.2.
        ({**QUIET, "low": 89}, None),
        ({**QUIET, "low": 88}, (f"{OWN}/low", f"{OTHER}/low", 88, 98, OWN)),
        # A tenth of the larger of two highs: 113 less 11.3 is 101.7, and 114 less 11.4 is 102.6.
        ({**QUIET, "high": 113}, None),
        ({**QUIET, "high": 114}, (f"{OWN}/high", f"{OTHER}/high", 114, 102, OWN)),
    ],
)
def test_a_wick_that_no_other_exchange_shows_is_left_out_and_both_figures_stay(bar, conflict):
    found = read(series("Binance", bar), series("Bybit"))
    assert told(found) == ([conflict] if conflict else [])
    assert bars_left_out(found.conflicts) == ({0: {1}} if conflict else {})
    assert found.snapshot.candles[0].bars[1].low == bar["low"]


def test_a_fall_that_two_exchanges_show_is_one():
    crash = {**QUIET, "low": 40}
    assert told(read(series("Binance", crash), series("Bybit", {**QUIET, "low": 43}), series("OKX"))) == []


def test_of_two_closes_too_far_apart_neither_is_used():
    half = {"open": 100, "high": 102, "low": 50, "close": 50}
    found = read(series("Binance", half), series("Bybit"))
    # Of the first its close is told, and not its low besides: each bar once.
    assert told(found) == [
        (f"{OWN}/close", f"{OTHER}/close", 50, 100, OWN),
        (f"{OTHER}/close", f"{OWN}/close", 100, 50, OTHER),
    ]


def test_of_three_closes_the_one_that_stands_apart_is_left_out():
    half = {"open": 100, "high": 102, "low": 50, "close": 50}
    assert bars_left_out(read(series("Binance", half), series("Bybit"), series("OKX")).conflicts) == {0: {1}}


def test_of_two_closes_the_one_that_prices_bear_out_is_used():
    """Binance stands still while Bybit falls by half, as its mark price at the end of that hour says."""
    half = {"open": 100, "high": 102, "low": 50, "close": 50}
    found = read(series("Binance"), series("Bybit", half), prices=[mark(51, venue="Bybit")])
    assert told(found) == [(f"{OWN}/close", f"{OTHER}/close", 100, 50, OWN)]


@pytest.mark.parametrize(
    ("value", "time", "conflict"),
    [
        # At the end of a bar, and within it; 102 is at most a tenth below 113, and 98 a tenth above 89.
        (113, "08:00", None),
        (89, "07:30", None),
        (114, "08:00", (f"{OWN}/high", "/prices/0/value", 102, 114, OWN)),
        (88, "07:30", (f"{OWN}/low", "/prices/0/value", 98, 88, OWN)),
        # The start of the first bar is the end of none, and what is behind the last one is not in it.
        (50, "06:00", None),
        (50, "09:00", ("/candles/0/bars/2/low", "/prices/0/value", 98, 50, "/candles/0/bars/2")),
    ],
)
def test_a_bar_is_held_against_the_price_of_its_own_exchange(value, time, conflict):
    assert told(read(series("Binance"), prices=[mark(value, time)])) == ([conflict] if conflict else [])


def test_a_price_of_another_exchange_says_nothing_of_a_bar():
    assert told(read(series("Binance"), prices=[mark(50, venue="Bybit")])) == []


def test_a_price_off_from_what_another_exchange_shows_leaves_no_bar_out():
    found = read(series("Binance"), series("Bybit"), prices=[mark(150)])
    assert told(found) == [(f"{OWN}/high", "/prices/0/value", 102, 150, "")]


@pytest.mark.parametrize(
    ("bar", "minutes", "conflict"),
    [
        # Of the lower of open and close, 100, three tenths are 30; of a high of 142, 42.6.
        ({**QUIET, "low": 70}, 60, None),
        ({**QUIET, "low": 69}, 60, (f"{OWN}/low", f"{OWN}/close", 69, 100, OWN)),
        ({**QUIET, "high": 142}, 60, None),
        ({**QUIET, "high": 143}, 60, (f"{OWN}/high", f"{OWN}/open", 143, 100, OWN)),
        # A day has time for it.
        ({**QUIET, "low": 4}, 1440, None),
        # A fall that stays is no wick.
        ({"open": 100, "high": 102, "low": 40, "close": 41}, 60, None),
    ],
)
def test_what_one_exchange_is_believed_alone(bar, minutes, conflict):
    assert told(read(series("Binance", bar, minutes))) == ([conflict] if conflict else [])


def test_what_our_own_map_is_drawn_of_has_no_bar_that_stands_apart():
    found = read(series("Binance", {**QUIET, "low": 4}), series("Bybit")).snapshot
    kept = without_left_out(found)
    assert [[bar.time.hour for bar in one.bars] for one in kept.candles] == [[6, 8], [6, 7, 8]]
    assert without_left_out(kept) is kept
    assert Decimal(4) in {bar.low for one in found.candles for bar in one.bars}
