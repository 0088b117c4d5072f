"""The gap between what two exchanges settled over the same eight hours; every sum worked out by hand."""

from datetime import timedelta
from decimal import Decimal

import pytest

from commentary.metrics.funding import funding
from commentary.metrics.funding_spread import funding_spread, over_stretch
from tests.metrics.test_funding_run import NEWEST, prints

D = Decimal


@pytest.fixture
def spread(facts):
    """Return a function: funding rows in, the facts of funding and of its spread out."""
    return lambda rows, **more: facts(funding, funding_spread, funding=rows, **more)


def pair(high, low, **more):
    return [*prints(high, venue="OKX", **more), *prints(low)]


def test_the_gap_is_the_higher_less_the_lower_and_tells_money(spread):
    # 0.03 - 0.01, 0.028 - 0.008, 0.025 - 0.01
    sheet = spread(pair([0.00025, 0.00028, 0.0003], [0.0001, 0.00008, 0.0001]))
    gap = sheet.get("funding_spread")
    assert (gap.number, gap.unit, gap.quantity) == (D("0.02"), "points", "delta")
    assert gap.inputs == ("BTC/funding_spread_high/venue=OKX/window=8h/at=OKX over Binance",
                          "BTC/funding_spread_low/venue=Binance/window=8h/at=OKX over Binance")  # fmt: skip
    assert sheet.get("funding_spread_least").number == D("0.015")
    assert sheet.get("funding_spread_most").number == D("0.02")
    # 0.02% of $100,000
    assert sheet.get("funding_spread_money").number == 20
    assert sheet.get("funding_spread_least_money").number == 15
    assert sheet.get("funding_spread_high_money").number == 30
    assert (sheet.get("funding_spread_high_payer").text, sheet.get("funding_spread_low_payer").text) == ("long", "long")
    assert sheet.get("funding_spread_run").number == 3


def test_shorter_intervals_are_added_up_to_eight_hours(spread):
    # eight hours of 0.004% are 0.032%, two settlements of 0.005% are 0.01%
    rows = [*prints([0.00004] * 24, hours=1, venue="Hyperliquid"), *prints([0.00005] * 6, hours=4, venue="Bybit")]
    sheet = spread(rows)
    assert sheet.get("funding_spread_high", venue="Hyperliquid").number == D("0.032")
    assert sheet.get("funding_spread_low", venue="Bybit").number == D("0.01")
    assert sheet.get("funding_spread").number == D("0.022")
    assert sheet.get("funding_spread_high_prints").number == 8
    assert sheet.get("funding_spread_low_prints").number == 2


def test_rates_below_zero_are_apart_as_any_others(spread):
    sheet = spread(pair([-0.0001] * 3, [-0.0004] * 3))
    assert sheet.get("funding_spread").number == D("0.03")
    assert sheet.get("funding_spread_high").subject.venue == "OKX"
    assert sheet.get("funding_spread_low_payer").text == "short"


def test_two_stretches_are_no_gap_nor_is_one_that_changed_its_side(spread):
    assert spread(pair([0.0003] * 2, [0.0001] * 2)).get("funding_spread") is None
    turned = spread(pair([0.00005, 0.0003, 0.0003], [0.0001, 0.0001, 0.0001]))
    assert turned.get("funding_spread") is None
    assert "0.01 would be a gap" in turned.why_missing("funding_spread_least")
    near = spread(pair([0.0003, 0.0003, 0.000199], [0.0001] * 3))
    assert "OKX over Binance came to 0.0099 percentage points" in near.why_missing("funding_spread_least")


def test_a_stretch_without_one_of_its_settlements_is_not_counted(spread):
    rows = prints([0.00004] * 24, hours=1, venue="Hyperliquid")
    del rows[3]
    assert spread([*rows, *prints([0.0001] * 3)]).get("funding_spread") is None


def test_stretches_that_do_not_end_together_are_not_compared(spread):
    rows = pair([0.0003] * 4, [0.0001] * 4, until=NEWEST - timedelta(hours=2))
    assert spread(rows).get("funding_spread") is None


def test_an_exchange_that_is_ahead_waits_for_the_other(spread):
    ahead = prints([0.00004] * 28, hours=1, venue="Hyperliquid", until=NEWEST)
    sheet = spread([*ahead, *prints([0.0001] * 3, until=NEWEST - timedelta(hours=3))])
    assert f"{sheet.get('funding_spread').as_of:%d %H:%M}" == "22 05:00"


def test_the_pair_that_stays_furthest_apart_is_told(spread):
    rows = [*pair([0.0003] * 3, [0.0001] * 3), *prints([0.0004, 0.0004, 0.00011], venue="Bybit")]
    sheet = spread(rows)
    # Bybit is further off at first, and for three stretches OKX is
    assert sheet.get("funding_spread").subject.at == "OKX over Binance"
    assert sheet.get("funding_spread_venues").number == 3


def test_a_gap_has_a_place_among_thirty_earlier_stretches(spread):
    # 31 earlier ones of 0.01 points but for one of 0.04; 30 of 31 are less than 0.02
    high = [0.0005, *[0.0002] * 30, 0.0003]
    sheet = spread(pair(high, [0.0001] * 32))
    assert sheet.get("funding_spread_prints").number == 31
    # 100 * 30 / 31
    assert round(sheet.get("funding_spread_below_share").number, 3) == D("96.774")
    # 32 stretches are ten whole days
    assert sheet.get("funding_spread_days").number == 10
    few = spread(pair([0.0003] * 30, [0.0001] * 30))
    assert "needs 30, and there are 29" in few.why_missing("funding_spread_below_share")


def test_an_old_rate_and_one_of_another_interval_are_not_compared(spread):
    old = pair([0.0003] * 3, [0.0001] * 3, until=NEWEST - timedelta(hours=24))
    assert spread(old).get("funding_spread") is None
    odd = [*prints([0.0003] * 4, hours=3, venue="OKX"), *prints([0.0001] * 3)]
    assert spread(odd).get("funding_spread") is None


@pytest.mark.parametrize(("minutes", "total"), [(0, D(2)), (14, D(2)), (16, None)])
def test_settlements_within_a_quarter_of_an_hour_are_of_one_time(minutes, total):
    rows = [(NEWEST - timedelta(hours=4), D(1)), (NEWEST - timedelta(minutes=minutes), D(1))]
    assert over_stretch(rows, NEWEST, D(4)) == total


def test_who_relays_a_rate_is_a_fact_where_it_is_not_the_exchange(spread):
    sheet = spread(pair([0.0003] * 3, [0.0001] * 3, source="CoinGlass"))
    assert sheet.get("funding_spread_high_relay").source == ("CoinGlass",)
    assert sheet.get("funding_spread_low_relay") is None


def test_the_widest_gap_before_the_run_of_wide_ones_is_told(spread):
    # 31 stretches 0.001 points apart but for one of 0.009 with the other exchange higher, then three 0.02 apart.
    high = [*([0.00011] * 10), 0.00001, *([0.00011] * 20), *([0.0003] * 3)]
    sheet = spread(pair(high, [0.0001] * 34))
    before = sheet.get("funding_spread_before")
    assert before.number == D("-0.009")
    # 0.009% of $100,000
    assert sheet.get("funding_spread_before_money").number == 9
    assert sheet.get("funding_spread").as_of - before.as_of == 23 * timedelta(hours=8)
    assert spread(pair(high[10:], [0.0001] * 24)).get("funding_spread_before") is None
