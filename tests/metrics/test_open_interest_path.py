"""When a day's change of open interest happened."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.metrics.held_points import Point
from commentary.metrics.open_interest import open_interest
from commentary.metrics.open_interest_path import open_interest_path, shortest
from commentary.metrics.price import price

D = Decimal
NOW = datetime(2026, 5, 22, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def rows(**at):
    """Rows by the hours before now: h24=1000 is one of 24 hours ago."""
    return [
        {
            "venue": "Binance",
            "source": "Binance",
            "value_coin": coins,
            "time": f"{NOW - int(hours[1:]) * HOUR:%Y-%m-%dT%H:%M:%SZ}",
        }
        for hours, coins in at.items()
    ]


FALL = rows(h24=1000, h20=1010, h8=1008, h7=950, h6=904, h3=900, h0=900)
"""100 coins in all, of them 104 in the two hours to six hours before now."""


@pytest.fixture
def path(facts):
    """Return a function: rows of open interest and other sections in, the facts of the path out."""

    def run(held, **fields):
        return facts(price, open_interest, open_interest_path, open_interest=held, **fields)

    return run


def points(*coins):
    return [Point(NOW + place * HOUR, D(value)) for place, value in enumerate(coins)]


def test_the_shortest_span_with_four_fifths_of_the_change_is_told(path):
    sheet = path(FALL)
    # 80 of the 100 coins are asked for: 1008 to 950 in one hour are 58, 950 to 904 are 46, 1008 to 904 in two are 104.
    share = sheet.get("oi_path_share")
    assert (share.number, share.unit, share.quantity) == (D(104), "percent", "share")
    assert share.inputs == (sheet.get("oi_path_to").id, sheet.get("oi_path_from").id, sheet.get("oi_delta_coin").id)
    start, end = sheet.get("oi_path_from"), sheet.get("oi_path_to")
    assert (start.number, start.as_of) == (D(1008), NOW - 8 * HOUR)
    assert (end.number, end.as_of) == (D(904), NOW - 6 * HOUR)
    # 904 / 1008 - 1 = -10.3174603175%; over two hours
    change = sheet.get("oi_path_change")
    assert (change.number, change.subject.window_hours) == (D("-10.3174603175"), D(2))
    # 900 / 904 - 1 = -0.442477876106%; over the six hours to now
    since = sheet.get("oi_path_since")
    assert (since.number, since.subject.window_hours) == (D("-0.442477876106"), D(6))


def test_a_rise_has_its_span_too(path):
    # 100 coins in all; of them 90, from 1005 to 1095, in the hour to 20 hours before now
    share = path(rows(h24=1000, h21=1005, h20=1095, h0=1100)).get("oi_path_share")
    assert share.number == D(90)


def test_a_change_that_went_on_all_day_has_no_span(path):
    # 25 coins each six hours: 80 of 100 take 24 hours
    sheet = path(rows(h24=1000, h18=975, h12=950, h6=925, h0=900))
    assert sheet.get("oi_path_share") is None
    assert "short enough" in sheet.why_missing("oi_path_share")


def test_a_span_of_a_third_of_the_day_is_the_longest(path):
    # all 100 coins in the eight hours to 10 hours before now; then in nine
    assert path(rows(h24=1000, h18=1000, h10=900, h0=900)).get("oi_path_share").number == D(100)
    assert path(rows(h24=1000, h19=1000, h10=900, h0=900)).get("oi_path_share") is None


def test_a_span_to_now_has_nothing_since(path):
    sheet = path(rows(h24=1000, h1=1000, h0=900))
    assert sheet.get("oi_path_to").as_of == NOW
    assert sheet.get("oi_path_since") is None


def test_two_rows_a_day_apart_tell_no_path(path):
    assert path(rows(h24=1000, h0=900)).get("oi_path_share") is None


def test_rows_before_the_window_are_no_part_of_it(path):
    # 30 hours ago there were 2000; within the 24 hours it fell by 100, all of it in the last hour
    assert path(rows(h30=2000, h24=1000, h1=1000, h0=900)).get("oi_path_from").as_of == NOW - HOUR


def test_a_change_that_another_source_reports_has_no_path_in_these_rows(path):
    said = {"venue": "Binance", "source": "Coinalyze", "window_hours": 24, "percent": -12, "of": "coin"}
    sheet = path(rows(h3=1000, h2=900, h0=900), open_interest_changes=[said])
    assert "not known from rows of one series" in sheet.why_missing("oi_path_share")


def test_price_is_the_close_nearest_to_each_end(path, candles):
    # Hourly closes from nine hours before now: 70, 71, 69, ... The span runs from eight hours before now to six.
    bars = candles([70, 71, 69, 66, 65, 64, 64, 64, 64, 63], interval_minutes=60, venue="Binance", source="Binance")
    sheet = path(FALL, candles=[bars])
    first, last = sheet.get("price_path_from"), sheet.get("price_path_to")
    assert (first.number, first.as_of) == (D(71), NOW - 8 * HOUR)
    assert (last.number, last.as_of) == (D(66), NOW - 6 * HOUR)
    # 66 / 71 - 1 = -7.04225352113%
    assert sheet.get("price_path_change").number == D("-7.04225352113")


def test_bars_of_four_hours_tell_no_price_of_two_hours(path, candles):
    bars = candles([70, 71, 66, 64], interval_minutes=240, venue="Binance", source="Binance")
    assert path(FALL, candles=[bars]).get("price_path_from") is None


def test_price_is_of_the_exchange_whose_price_is_told(path, candles):
    bars = candles([70] * 10, interval_minutes=60, venue="Bybit", source="Bybit")
    move = {"window_hours": 24, "percent": -3, "venue": "Binance", "source": "Binance"}
    assert path(FALL, candles=[bars], price_changes=[move]).get("price_path_from") is None


def test_of_two_spans_as_short_the_one_that_holds_more_is_told():
    span = shortest(points(100, 92, 92, 83), D(-8))
    assert (span.start.value, span.end.value) == (92, 83)


def test_nothing_has_no_span():
    assert shortest(points(100, 90), D(0)) is None
    assert shortest([], D(-1)) is None
    assert shortest(points(100, 110), D(-1)) is None


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=14), st.integers(-60, 60).filter(bool))
def test_it_is_the_shortest_of_all_pairs(steps, least):
    held, value = [], 1000
    for step in steps:
        value += step
        held.append(value)
    series = points(*held)
    sign = 1 if least > 0 else -1
    fits = [
        (end.time - start.time, -abs(end.value - start.value))
        for start, end in combinations(series, 2)
        if (end.value - start.value) * sign >= least * sign
    ]
    span = shortest(series, D(least))
    assert (None if span is None else (span.length, -abs(span.delta))) == min(fits, default=None)
