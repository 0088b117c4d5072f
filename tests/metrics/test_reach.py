"""Reach: what a sum from the market to a price amounts to, and levels that were passed."""

from decimal import Decimal

import pytest

from commentary.metrics.maps import percent_from, side_of, sigmas
from commentary.metrics.open_interest import open_interest
from commentary.metrics.price import price
from commentary.metrics.reach import passed, reach
from commentary.metrics.volatility import volatility

D = Decimal
MARK = [{"value": 62140, "kind": "mark", "venue": "Binance", "source": "Binance"}]
LONGS = {"price": 60593, "side": "long", "notional_usd": 1_070_000_000}
SHORTS = {"price": 64900, "side": "short", "notional_usd": 412_000_000}
OI = [{"venue": "all", "source": "CoinGlass", "value_coin": 270_300}]


def weekly(*rows, **fields):
    return {"source": "CoinGlass", "window_hours": 168, "cumulative": list(rows), **fields}


@pytest.fixture
def reached(facts):
    """Return a function: maps and other sections in, the facts of reach and what it needs out."""

    def run(*maps, prices=MARK, **fields):
        metrics = (price, volatility, open_interest, reach)
        return facts(*metrics, liquidation_maps=list(maps), prices=prices, **fields)

    return run


def near(value, about, within):
    return abs(value - D(about)) <= D(within)


def test_a_sum_and_the_price_where_its_count_stops_are_the_rows_own(reached):
    sheet = reached(weekly(LONGS))
    size = sheet.get("reach_size", side="long")
    assert size.id == "BTC/reach_size/side=long/window=168h/at=60593"
    assert (size.value, size.unit, size.quantity, size.evidence) == (
        D(1_070_000_000),
        "usd",
        "level",
        "estimated",
    )
    assert (size.source, size.formula, size.inputs) == (("CoinGlass",), "", ())
    assert sheet.get("reach_price", side="long").value == D(60593)


def test_the_distance_is_signed_percent_of_the_price(reached):
    sheet = reached(weekly(LONGS, SHORTS))
    # (60593 - 62140) / 62140 = -1547 / 62140 = -2.48954%; (64900 - 62140) / 62140 = 2760 / 62140 = 4.44158%
    assert near(sheet.get("reach_distance", side="long").number, "-2.48954", "0.00001")
    assert near(sheet.get("reach_distance", side="short").number, "4.44158", "0.00001")
    fact = sheet.get("reach_distance", side="long")
    assert fact.source == ("CoinGlass", "Binance")
    assert fact.inputs == (
        "BTC/reach_price/side=long/window=168h/at=60593",
        "BTC/price/venue=Binance/at=mark",
    )


def test_a_billion_over_two_and_a_half_percent_is_430_million_for_each_percent(reached):
    sheet = reached(weekly(LONGS, SHORTS))
    # 1,070 / 2.48954 = 429.80 million; 412 / 4.44158 = 92.76 million; 429.80 / 92.76 = 4.6335
    assert near(sheet.get("reach_per_percent", side="long").number, 429_800_000, 10_000)
    assert near(sheet.get("reach_per_percent", side="short").number, 92_760_000, 10_000)
    ratio = sheet.get("reach_ratio")
    assert ratio.side == "long"
    assert near(ratio.number, "4.6335", "0.0001")
    assert sheet.get("reach_total").value == D(1_482_000_000)


@pytest.mark.parametrize("at_price", [62078, 62130, 62140])
def test_a_sum_that_ends_at_the_price_is_no_level_ahead(reached, at_price):
    # 62,078 is 0.0998% below 62,140, and 62,077 is 0.1014%
    sheet = reached(weekly({**LONGS, "price": at_price}, SHORTS))
    assert sheet.get("reach_size", side="long") is sheet.get("level_passed") is sheet.get("reach_ratio") is None
    assert sheet.why_missing("reach_size") == (
        "the sum of longs that the map of CoinGlass gives ends within 0.1% of the price"
    )
    assert sheet.get("reach_size", side="short") is not None
    assert "level_at_price" in sheet.flags
    ahead = reached(weekly({**LONGS, "price": 62077}, SHORTS))
    assert ahead.get("reach_per_percent", side="long") is not None
    assert "level_at_price" not in ahead.flags


def test_beside_a_further_end_one_at_the_price_is_left_out(reached):
    sheet = reached(weekly({**LONGS, "price": 62130, "notional_usd": 1_000_000}, LONGS))
    assert [fact.subject.at for fact in sheet.all("reach_size")] == ["60593"]
    assert "level_at_price" not in sheet.flags


def test_a_sum_counted_from_an_older_price_has_no_average_per_percent_from_this_one(reached):
    # The snapshot is of 09:00 UTC, as its price is.
    recent, old = ({"time": f"2026-05-22T{clock}:00Z"} for clock in ("07:00", "06:59"))
    assert reached(weekly(LONGS, SHORTS, **recent)).get("reach_ratio") is not None
    sheet = reached(weekly(LONGS, SHORTS, **old))
    assert sheet.get("reach_ratio") is sheet.get("reach_per_percent") is None
    assert sheet.get("reach_distance", side="long") is not None


def test_a_sum_that_is_given_as_zero_is_a_figure_and_the_last_of_its_side(reached):
    zero = {**LONGS, "notional_usd": 0}
    sheet = reached(weekly(zero, SHORTS))
    assert sheet.get("reach_size", side="long").value == 0
    # No coins would be closed, and a fall of open interest by none of them is no test.
    assert sheet.get("reach_test", side="long") is sheet.get("reach_coin", side="long") is None
    # 412 million of nothing is no ratio.
    assert sheet.get("reach_ratio") is None
    assert "other_side_unknown" not in sheet.flags
    further = reached(weekly({**zero, "price": 61_500}, LONGS))
    assert [fact.value for fact in further.all("reach_size", side="long")] == [D(1_070_000_000), 0]


def test_the_coins_are_dollars_at_the_price_and_the_test_is_half_of_what_is_told(reached):
    sheet = reached(weekly(LONGS, SHORTS))
    # 1,070,000,000 / 62,140 = 17,219.2 coins, told as 17,200, half 8,600;
    # 412,000,000 / 62,140 = 6,630.2, told as 6,630, half 3,315
    assert near(sheet.get("reach_coin", side="long").number, "17219.2", "0.05")
    assert sheet.get("reach_test", side="long").number == D(8_600)
    assert near(sheet.get("reach_coin", side="short").number, "6630.2", "0.05")
    assert sheet.get("reach_test", side="short").number == D(3_315)


def test_the_share_is_of_open_interest_on_all_exchanges(reached):
    sheet = reached(weekly(LONGS), open_interest=OI)
    # 270,300 * 62,140 = 16,796,442,000; 1,070 / 16,796.442 = 6.3704%
    assert near(sheet.get("reach_share", side="long").number, "6.3704", "0.0001")


def test_there_is_no_share_of_one_exchange(reached):
    one = [{"venue": "Binance", "source": "Binance", "value_usd": 9_000_000_000}]
    sheet = reached(weekly(LONGS), open_interest=one)
    assert sheet.get("reach_share") is None
    assert "all exchanges" in sheet.why_missing("reach_share")


def test_a_map_of_one_exchange_is_no_share_of_all(reached):
    sheet = reached(weekly(LONGS, venue="Hyperliquid"), open_interest=OI)
    assert sheet.why_missing("reach_share") == "the map is of Hyperliquid, the open interest of all exchanges"


def test_sigma_is_the_log_distance_in_daily_deviations():
    # ln(60593 / 62140) = ln(1 - 0.0248954) = -0.025211; at 2% a day 0.025211 / 0.02 = 1.2605
    assert sigmas(D(62140), D(60593), D(2)) == pytest.approx(1.2605, abs=1e-4)
    assert sigmas(D(100), D(100), D(2)) == 0


def test_sigma_is_missing_without_candles(reached):
    assert reached(weekly(LONGS)).why_missing("reach_sigma")


def test_sigma_is_made_from_the_daily_deviation(reached, candles):
    closes = [62000 if place % 2 else 62500 for place in range(200)]
    sheet = reached(weekly(LONGS), candles=[candles(closes)])
    daily = sheet.get("daily_sigma")
    # the same logarithm over whatever the deviation is
    assert float(sheet.get("reach_sigma").number) == pytest.approx(2.5211 / float(daily.number), rel=1e-3)


def test_the_largest_sum_of_a_side_comes_first_and_the_larger_side_before_the_other(reached):
    nearer = {"price": 61500, "side": "long", "notional_usd": 300_000_000}
    sheet = reached(weekly(SHORTS, nearer, LONGS))
    assert [fact.subject.at for fact in sheet.all("reach_size")] == ["60593", "61500", "64900"]


def test_a_price_in_another_currency_is_turned_into_dollars(reached):
    # 57,000 EUR at 1.09 USD is 62,130 USD; 1,070,000,000 / 62,130 = 17,221.95
    sheet = reached(weekly({**LONGS, "price": 55000}), prices=[{**MARK[0], "value": 57000}], quote="EUR", usd_rate=1.09)
    assert near(sheet.get("reach_coin").number, "17221.95", "0.01")
    assert sheet.get("reach_price").currency == "EUR"
    assert sheet.get("price_usd").number == Decimal(62130)
    assert sheet.get("price_usd").id in sheet.get("reach_coin").inputs


def test_a_map_is_a_model_and_says_so_unless_it_was_observed(reached):
    assert "model_estimate" in reached(weekly(LONGS)).flags
    sheet = reached(weekly(LONGS, evidence="observed"))
    assert "model_estimate" not in sheet.flags
    assert sheet.get("reach_size").evidence == "observed"


def test_a_side_without_a_sum_is_missing_and_flagged(reached):
    sheet = reached(weekly(LONGS))
    assert [gap.reason for gap in sheet.missing if gap.subject.metric == "reach_size"] == [
        "the map of CoinGlass gives no sum for shorts"
    ]
    assert "other_side_unknown" in sheet.flags
    assert sheet.get("reach_ratio") is None
    assert "other_side_unknown" not in reached(weekly(LONGS, SHORTS)).flags


def test_the_other_side_is_known_where_separate_levels_give_it(reached):
    levels = [{"price": 64900, "side": "short", "notional_usd": 5_000_000}]
    assert "other_side_unknown" not in reached(weekly(LONGS, levels=levels)).flags


def test_no_map_is_a_reason_not_a_zero(facts):
    sheet = facts(reach, prices=MARK)
    assert sheet.why_missing("reach_size") == "the snapshot holds no liquidation map with sums up to a price"


def test_without_a_price_the_sum_stands_alone(reached):
    sheet = reached(weekly(LONGS, SHORTS), prices=[])
    assert len(sheet.all("reach_size")) == 2
    assert sheet.all("reach_distance") == sheet.all("reach_coin") == sheet.all("reach_per_percent") == []
    assert "price" in sheet.why_missing("reach_distance")
    assert sheet.get("reach_total").value == D(1_482_000_000)


def test_equal_sums_on_both_sides_are_to_be_checked(reached):
    same = {**SHORTS, "notional_usd": LONGS["notional_usd"]}
    assert "identical_values_check" in reached(weekly(LONGS, same)).flags


def test_a_level_past_a_quarter_of_the_price_is_far(reached):
    # 46,000 is 25.97% below 62,140; 47,000 is 24.36%
    assert "far_level" in reached(weekly({**LONGS, "price": 46000})).flags
    assert "far_level" not in reached(weekly({**LONGS, "price": 47000})).flags


def test_a_sum_half_as_large_again_as_open_interest_is_in_another_unit(reached):
    # 1.07 billion against 700 million is 1.53 times, against 720 million 1.49 times
    small = [{"venue": "all", "source": "CoinGlass", "value_usd": 700_000_000}]
    assert "unit_scale_suspect" in reached(weekly(LONGS), open_interest=small).flags
    enough = [{"venue": "all", "source": "CoinGlass", "value_usd": 720_000_000}]
    assert "unit_scale_suspect" not in reached(weekly(LONGS), open_interest=enough).flags


BELOW = [{**MARK[0], "value": 60480}]
OLD = "2026-05-22T04:00:00Z"


class TestPassed:
    def test_longs_are_passed_below_their_level_shorts_above_it_and_neither_at_it(self):
        assert passed("long", D(60480), D(60593))
        assert not passed("long", D(60593), D(60593))
        assert not passed("long", D(62140), D(60593))
        assert passed("short", D(65000), D(64900))
        assert not passed("short", D(64000), D(64900))

    def test_a_passed_level_is_said_and_flagged_and_its_sum_kept(self, reached):
        sheet = reached(weekly(LONGS, time=OLD), prices=BELOW)
        fact = sheet.get("level_passed")
        assert (fact.text, fact.side, fact.subject.at, fact.quantity) == ("passed", "long", "60593", "entity")
        assert f"{fact.as_of:%H:%M}" == "09:00"
        assert "trigger_already_passed" in sheet.flags
        assert sheet.get("reach_size").value == D(1_070_000_000)
        # 60593 / 60480 = 1.0018684
        assert near(sheet.get("reach_distance").number, "0.18684", "0.00001")
        assert sheet.get("reach_per_percent") is None

    def test_it_comes_before_a_larger_sum_that_is_still_ahead(self, reached):
        ahead = {"price": 58000, "side": "long", "notional_usd": 1_900_000_000}
        sheet = reached(weekly(ahead, LONGS, time=OLD), prices=BELOW)
        assert sheet.get("reach_size", side="long").subject.at == "60593"

    def test_the_extreme_is_the_lowest_low_since_the_map(self, reached, candles):
        # hourly bars to 09:00; the one of 03:00 to 04:00 lies before the map and holds a lower low
        bars = candles(
            [60900, 60800, 60700, 60600, 60500, 60480, 60480],
            interval_minutes=60,
            lows={1: 59000, 4: 60410},
        )
        sheet = reached(weekly(LONGS, time=OLD), prices=BELOW, candles=[bars])
        fact = sheet.get("passed_extreme", side="long")
        assert (fact.value, fact.subject.at, fact.source) == (D(60410), "60593", ("Binance",))
        # the bars begin at 04:00, with the map, and end at 09:00
        assert (fact.subject.window_hours, f"{fact.as_of:%H:%M}") == (5, "09:00")

    def test_the_extreme_for_shorts_is_the_highest_high(self, reached, candles):
        bars = candles([64800] * 6 + [65050], interval_minutes=60, highs={5: 65200})
        sheet = reached(weekly(SHORTS, time=OLD), prices=[{**MARK[0], "value": 65000}], candles=[bars])
        assert sheet.get("passed_extreme", side="short").value == D(65200)

    def test_the_coins_of_a_passed_sum_count_at_the_last_close_before_the_map(self, reached, candles):
        # hourly bars to 09:00: those that ended by 04:00 are 61,200 at 03:00 and 61,000 at 04:00
        bars = candles([61200, 61000, 60700, 60600, 60500, 60480, 60480], interval_minutes=60)
        sheet = reached(weekly(LONGS, time=OLD), prices=BELOW, candles=[bars])
        then = sheet.get("price_then", side="long")
        assert (then.value, then.subject.venue, f"{then.as_of:%H:%M}") == (D(61000), "Binance", "04:00")
        # 1,070,000,000 / 61,000 = 17,540.98 coins, told as 17,500, half 8,750
        assert sheet.get("reach_test", side="long").number == D(8_750)

    def test_both_ends_of_a_map_that_price_has_passed_are_measured_from_that_close(self, reached, candles):
        bars = candles([61200, 61000, 60700, 60600, 60500, 60480, 60480], interval_minutes=60)
        sheet = reached(weekly(LONGS, SHORTS, time=OLD), prices=BELOW, candles=[bars])
        # 60,593 / 61,000 = 0.99333, so -0.667%; 64,900 / 61,000 = 1.06393, so +6.393%
        assert near(sheet.get("map_end_distance", side="long").number, "-0.6672", "0.0001")
        assert near(sheet.get("map_end_distance", side="short").number, "6.3934", "0.0001")
        assert reached(weekly(LONGS, SHORTS)).get("map_end_distance") is None

    def test_the_bar_in_which_price_went_through_the_level_is_the_first_that_closed_beyond_it(self, reached, candles):
        # hourly bars to 09:00: 60,500 at 08:00 is the first close under 60,593
        bars = candles([60900, 60800, 60700, 60700, 60650, 60500, 60480], interval_minutes=60)
        fact = reached(weekly(LONGS, time=OLD), prices=BELOW, candles=[bars]).get("passed_close", side="long")
        assert (fact.value, fact.subject.window_hours, f"{fact.as_of:%H:%M}") == (D(60500), 1, "08:00")

    def test_a_bar_that_touched_the_level_and_closed_short_of_it_leaves_the_hour_open(self, reached, candles):
        bars = candles([60900, 60800, 60700, 60700, 60650, 60500, 60480], interval_minutes=60, lows={4: 60500})
        assert reached(weekly(LONGS, time=OLD), prices=BELOW, candles=[bars]).get("passed_close") is None

    def test_candles_that_begin_long_after_the_map_give_no_extreme(self, reached, candles):
        bars = candles([60500, 60480], interval_minutes=60)
        sheet = reached(weekly(LONGS, time=OLD), prices=BELOW, candles=[bars])
        assert sheet.get("passed_extreme") is None
        assert sheet.why_missing("passed_extreme") == "no candles reach from the map to beyond the level"


class TestSeveralMaps:
    def test_only_the_newest_map_of_a_model_counts(self, reached):
        old = weekly({**LONGS, "notional_usd": 5}, time="2026-05-21T09:00:00Z")
        assert [fact.value for fact in reached(old, weekly(LONGS)).all("reach_size")] == [D(1_070_000_000)]

    def test_a_second_source_of_the_same_level_is_told_apart(self, reached):
        other = weekly({**LONGS, "notional_usd": 800_000_000}, source="Hyblock")
        sheet = reached(other, weekly(LONGS))
        assert [(fact.source, fact.subject.at) for fact in sheet.all("reach_size")] == [
            (("CoinGlass",), "60593"),
            (("Hyblock",), "60593; second source"),
        ]

    def test_a_second_model_of_one_source_is_told_apart_by_its_name(self, reached):
        other = weekly({**LONGS, "notional_usd": 800_000_000}, model="model2")
        sheet = reached(other, weekly(LONGS, model="model1"))
        assert [fact.subject.at for fact in sheet.all("reach_size")] == ["60593", "60593; model2"]

    def test_the_base_prior_of_a_model_is_taken(self, reached):
        low = weekly({**LONGS, "notional_usd": 2_000_000_000}, prior="low")
        sheet = reached(low, weekly(LONGS, prior="base"))
        assert [fact.value for fact in sheet.all("reach_size")] == [D(1_070_000_000)]

    def test_a_fresh_map_comes_before_a_larger_stale_one(self, reached):
        # a map is stale after six hours
        stale = weekly({**LONGS, "notional_usd": 3_000_000_000}, source="Hyblock", time="2026-05-22T02:00:00Z")
        assert reached(stale, weekly(LONGS)).get("reach_size").source == ("CoinGlass",)

    def test_sides_of_two_maps_are_never_compared(self, reached):
        sheet = reached(weekly(LONGS), weekly(SHORTS, source="Hyblock"))
        assert sheet.get("reach_ratio") is None
        assert sheet.get("reach_total") is None


def test_distance_and_side_of_a_level():
    # 90 is 10% below 100, 110 is 10% above
    assert percent_from(D(100), D(90)) == D(-10)
    assert (side_of(D(100), D(90)), side_of(D(100), D(110)), side_of(D(100), D(100))) == (
        "long",
        "short",
        None,
    )
