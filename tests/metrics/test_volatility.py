"""The usual move of a day, and the day's move by that measure."""

import math
from decimal import Decimal

import pytest

from commentary.metrics.price import price
from commentary.metrics.volatility import daily_sigma, sigmas, volatility


def swinging(bars):
    """Return closes that go 1% up and back by turns, as logarithms."""
    return [round(60000 * math.exp(0.01 * (place % 2)), 8) for place in range(bars)]


def test_returns_of_one_percent_up_and_down_are_a_sigma_of_about_one_percent():
    # mean 0, squares 4 * 0.0001 over n - 1 = 3: sqrt(0.0004 / 3) = 0.0115470
    # six bars a day: 0.0115470 * sqrt(6) = 0.0282843
    assert daily_sigma([0.01, -0.01, 0.01, -0.01], 6) == pytest.approx(2.82843, abs=1e-5)


def test_a_fall_and_a_rise_of_like_logarithm_are_as_many_sigmas():
    # |ln(0.95)| = 0.0512933, over 0.02
    assert sigmas(Decimal(-5), Decimal(2)) == pytest.approx(2.564665, abs=1e-6)
    # 1 / 0.95 = 1.0526316, so +5.26316% is as far
    assert sigmas(Decimal("5.263157894737"), Decimal(2)) == pytest.approx(2.564665, abs=1e-6)


def test_the_sigma_is_of_thirty_days_before_the_newest_bar(facts, candles):
    # 181 closes are 180 returns of +1% and -1% by turns, and one bar more that leaps
    sheet = facts(price, volatility, candles=[candles([*swinging(181), 90000])])
    sigma = sheet.get("daily_sigma")
    # mean 0: sqrt(180 * 0.0001 / 179) * sqrt(6) * 100 = 0.01002789 * 2.44948974 * 100
    assert float(sigma.number) == pytest.approx(2.456322, abs=1e-5)
    assert (sigma.unit, sigma.quantity, sigma.evidence) == ("percent", "level", "observed")
    assert (sigma.subject.window_hours, sigma.subject.at, sigma.subject.venue) == (720, "price", "Binance")
    # the snapshot is of 09:00, its newest bar ended then, the one before at 05:00
    assert f"{sigma.as_of:%H:%M}" == "05:00"


def test_bars_before_the_thirty_days_do_not_count(facts, candles):
    wild = [60000, 90000] * 20
    sheet = facts(price, volatility, candles=[candles([*wild, *swinging(181), 60000])])
    assert float(sheet.get("daily_sigma").number) == pytest.approx(2.456322, abs=1e-5)


def test_realised_volatility_is_the_sigma_of_a_year(facts, candles):
    sheet = facts(price, volatility, candles=[candles([*swinging(181), 60000])])
    # twice 2.456322
    assert float(sheet.get("daily_sigma_twice").number) == pytest.approx(4.912644, abs=1e-5)
    # 2.456322 * sqrt(365) = 2.456322 * 19.104973
    assert float(sheet.get("realised_volatility", window=720).number) == pytest.approx(46.92796, abs=1e-3)


def test_the_days_move_is_told_in_sigmas(facts, candles):
    sheet = facts(
        price,
        volatility,
        candles=[candles([*swinging(181), 60000])],
        price_changes=[{"window_hours": 24, "percent": -5.4}],
    )
    # |ln(0.946)| = 0.0555127; / 0.02456322
    assert float(sheet.get("price_sigma", window=24).number) == pytest.approx(2.259993, abs=1e-4)
    assert sheet.get("price_sigma").inputs == ("BTC/price_change/window=24h", sheet.get("daily_sigma").id)


def test_thirty_returns_are_enough_and_name_their_own_window(facts, candles):
    # 31 closes before the newest are 30 returns, 120 hours
    sigma = facts(price, volatility, candles=[candles([*swinging(31), 60000])]).get("daily_sigma")
    assert sigma.subject.window_hours == 120


def test_twenty_nine_returns_are_too_few(facts, candles):
    sheet = facts(price, volatility, candles=[candles([*swinging(30), 60000])])
    assert sheet.get("daily_sigma") is None
    assert "needs 30" in sheet.why_missing("daily_sigma")
    assert "there are 29" in sheet.why_missing("daily_sigma")


def test_a_gap_is_no_return(facts, candles):
    series = candles([*swinging(32), 60000])
    del series["bars"][15]
    # 31 closes remain, in two runs of 15 and 16: 14 + 15 returns
    assert "there are 29" in facts(price, volatility, candles=[series]).why_missing("daily_sigma")


def test_thirty_one_days_of_daily_candles_are_enough(facts, candles):
    series = candles([*swinging(31), 60000], interval_minutes=1440)
    assert facts(price, volatility, candles=[series]).get("daily_sigma").subject.window_hours == 720


def test_a_price_that_stood_still_has_no_usual_move_to_compare_with(facts, candles):
    sheet = facts(price, volatility, candles=[candles([100] * 40)])
    assert sheet.get("daily_sigma").number == 0
    assert sheet.why_missing("price_sigma") == "the closes held do not move, so there is no usual move"


def test_candles_that_ended_two_days_ago_measure_nothing(facts, candles):
    sheet = facts(price, volatility, candles=[candles([*swinging(60)], ends="2026-05-20T08:00:00Z")])
    assert "the candles end at 08:00 UTC on 2026-05-20" in sheet.why_missing("daily_sigma")


def test_without_candles_the_reason_says_so(facts):
    sheet = facts(price, volatility, prices=[{"value": 62140}])
    assert sheet.why_missing("daily_sigma") == "the snapshot holds no candles to measure a usual move by"


def test_without_a_change_the_move_is_not_told_in_sigmas(facts, candles):
    # the candles ended at 05:00, four hours before the snapshot: too early for a change to now
    sheet = facts(price, volatility, candles=[candles([*swinging(60)], ends="2026-05-22T05:00:00Z")])
    assert sheet.get("daily_sigma") is not None
    assert sheet.why_missing("price_sigma") == "the change of price over 24 hours is not known"


def test_one_candle_is_no_history(facts, candles):
    sheet = facts(price, volatility, candles=[candles([100])])
    assert sheet.get("daily_sigma") is None
