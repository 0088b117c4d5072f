"""Sums of a map's levels to named prices, and its largest levels."""

from decimal import Decimal

import pytest

from commentary.metrics.clusters import clusters
from commentary.metrics.map_sums import map_sums, round_prices
from commentary.metrics.order_book import order_book
from commentary.metrics.price import price

D = Decimal
PRICES = [{"venue": "Binance", "source": "Binance", "value": 1000, "kind": "mark"}]
BOOK = {"venue": "Binance", "source": "Binance", "time": "2026-05-22T08:59:00Z"}


def levels(*rows):
    return [
        {
            "source": "CoinGlass",
            "window_hours": 168,
            "levels": [{"price": at, "side": side, "notional_usd": size} for at, side, size in rows],
        }
    ]


LONGS = ((990, "long", 3_000_000), (980, "long", 5_000_000), (960, "long", 2_000_000))
SHORTS = ((1010, "short", 4_000_000), (1030, "short", 1_000_000))


@pytest.fixture
def sheet(facts):
    rows = [{**BOOK, "to_price": 975, "bids_usd": 4_000_000}, {**BOOK, "to_price": 900, "bids_usd": 9_000_000}]
    given = levels(*LONGS, *SHORTS)
    return facts(price, clusters, order_book, map_sums, prices=PRICES, order_book=rows, liquidation_maps=given)


def test_a_sum_runs_from_the_price_to_its_end(sheet):
    # 990 and 980 lie above 975, 960 does not: 3 + 5
    total = sheet.get("reach_sum", side="long", at="975")
    assert (total.number, total.unit, total.evidence) == (8_000_000, "usd", "estimated")
    assert sheet.get("reach_sum_price", side="long", at="975").number == 975


def test_a_sum_is_what_the_levels_beyond_leave_of_its_side(sheet):
    total = sheet.get("reach_sum", side="long", at="975")
    # 960 lies beyond: 10 - 2
    assert total.formula == "side_total - 2000000 of the levels beyond 975"
    assert total.inputs == (sheet.get("side_total", side="long").id,)
    assert sheet.get("reach_sum_price", side="long", at="975").inputs == (total.id,)


def test_a_level_at_the_end_belongs_to_the_sum(sheet):
    assert sheet.get("reach_sum", side="long", at="980").number == 8_000_000
    # 1010 alone up to 1020, both to 1030, which is no round price
    assert sheet.get("reach_sum", side="short", at="1020").number == 4_000_000
    assert sheet.get("reach_sum", side="short", at="1030") is None


def test_beyond_the_last_level_nothing_is_summed(sheet):
    assert sheet.get("reach_sum", side="long", at="900") is None


def test_orders_to_the_same_price_are_set_against_the_sum(sheet):
    # 8 / 4
    assert sheet.get("reach_sum_depth", side="long", at="975").number == 2


def test_the_largest_level_of_each_side(sheet):
    longs, shorts = (sheet.get("cluster_level_largest", side=side) for side in ("long", "short"))
    assert (longs.number, longs.subject.at) == (5_000_000, "980")
    assert (shorts.number, shorts.subject.at) == (4_000_000, "1010")
    assert sheet.get("cluster_level_price", side="short").number == 1010


def test_without_a_price_there_is_no_sum(facts):
    assert not facts(map_sums, liquidation_maps=levels(*LONGS)).facts


@pytest.mark.parametrize(
    ("now", "low", "high", "found"),
    [
        # two percent of 2,412.6 are 48: steps of 50
        ("2412.6", "2290", "2410", ["2300", "2350", "2400"]),
        ("1000", "960", "1030", ["960", "980", "1000", "1020"]),
        ("0.00001234", "0.0000118", "0.0000124", ["0.0000118", "0.0000120", "0.0000122", "0.0000124"]),
    ],
)
def test_round_prices_lie_two_percent_apart(now, low, high, found):
    assert round_prices(D(now), D(low), D(high)) == [D(one) for one in found]
