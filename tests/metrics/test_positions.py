"""Single positions: size, part of open interest, distance to liquidation, what funding pays, and which is told."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.config.tolerances import Tolerance
from commentary.metrics.base import Given
from commentary.metrics.funding import funding
from commentary.metrics.open_interest import open_interest
from commentary.metrics.positions import positions
from commentary.metrics.price import price
from commentary.records.sheet import FactSheet

D = Decimal
HYPERLIQUID = {"venue": "Hyperliquid", "source": "Hyperliquid"}
MARK = {"value": 2500, "kind": "mark", **HYPERLIQUID}
HELD = {"value_usd": 2_000_000_000, "value_coin": 800_000, **HYPERLIQUID}
SHORT = {
    "side": "short",
    "notional_usd": 100_000_000,
    "entry_price": 2600,
    "liquidation_price": 2900,
    **HYPERLIQUID,
}


@pytest.fixture
def told(facts):
    """Return a function: position rows and other sections in, their facts out."""

    def run(*rows, prices=(MARK,), interest=(HELD,), **fields):
        metrics = (price, open_interest, funding, positions)
        return facts(
            *metrics, positions=list(rows), prices=list(prices), open_interest=list(interest), asset="ETH", **fields
        )

    return run


def test_size_part_distance_and_entry(told):
    sheet = told({**SHORT, "leverage": 10, "margin_mode": "cross", "pnl_usd": 4_000_000, "count": 1})
    size = sheet.get("position_size")
    assert (size.number, size.side, size.subject.venue, size.evidence) == (
        100_000_000,
        "short",
        "Hyperliquid",
        "observed",
    )
    # 100 of 2,000 million.
    assert sheet.get("position_share").number == 5
    # 2900 / 2500 = 1.16, and 2500 / 2600 = 0.961538.
    assert sheet.get("position_distance").number == 16
    assert round(sheet.get("position_entry_move").number, 4) == D("-3.8462")
    # 100 million at 2,500 dollars.
    assert sheet.get("position_coin").number == 40_000
    assert sheet.get("position_test").number == 50_000_000
    assert sheet.get("position_leverage").number == 10
    assert sheet.get("position_margin_mode").text == "cross"
    assert (sheet.get("position_result").number, sheet.get("position_count").number) == (4_000_000, 1)
    assert "single_position" in sheet.flags


def test_positions_that_are_added_up_have_an_average(told):
    assert told({**SHORT, "count": 4}).get("position_mean").number == 25_000_000
    assert told({**SHORT, "count": 1}).get("position_mean") is None


def test_a_size_in_coins_is_worked_out_at_the_mark_price_and_in_dollars(told):
    row = {key: value for key, value in SHORT.items() if key != "notional_usd"}
    assert told({**row, "size_coin": 40_000}).get("position_size").number == 100_000_000
    euros = told({**row, "size_coin": 40_000}, quote="EUR", usd_rate=1.1)
    # 40,000 coins at 2,500 euros of 1.10 dollars each.
    assert euros.get("position_size").number == 110_000_000
    assert "position size" not in str(told({**row, "size_coin": 40_000}, prices=()).get("position_size"))
    assert "no price" in told({**row, "size_coin": 40_000}, prices=()).why_missing("position_size")


def test_the_part_is_of_the_venue_else_of_all_exchanges_and_never_of_less_than_itself(told):
    everywhere = {"venue": "all", "source": "CoinGlass", "value_usd": 10_000_000_000}
    assert told(SHORT, interest=(HELD, everywhere)).get("position_share").subject.venue == "Hyperliquid"
    # 100 of 10,000 million.
    assert told(SHORT, interest=(everywhere,)).get("position_share").number == 1
    small = {**HELD, "value_usd": 90_000_000, "value_coin": 36_000}
    assert told(SHORT, interest=(small,)).get("position_share") is None
    old = {**everywhere, "time": "2026-05-22T07:59:00Z"}
    assert "open interest" in told(SHORT, interest=(old,)).why_missing("position_share")


@pytest.mark.parametrize(("side", "level"), [("short", 2500), ("short", 2400), ("long", 2600)])
def test_a_liquidation_price_on_the_wrong_side_of_price_gives_no_distance(told, side, level):
    sheet = told({**SHORT, "side": side, "liquidation_price": level})
    assert sheet.get("position_distance") is None
    assert "passed" in sheet.why_missing("position_distance")


def test_a_distance_is_measured_from_the_price_of_its_own_venue(told):
    elsewhere = {"value": 2450, "kind": "mark", "venue": "Binance", "source": "Binance"}
    assert told(SHORT, prices=(elsewhere, MARK)).get("position_distance").number == 16
    # 2900 / 2450 = 1.183673.
    assert round(told(SHORT, prices=(elsewhere,)).get("position_distance").number, 4) == D("18.3673")
    stale = {**MARK, "time": "2026-05-22T08:44:00Z"}
    assert "no price" in told(SHORT, prices=(stale,)).why_missing("position_distance")


@pytest.mark.parametrize(
    ("side", "rate", "received"), [("short", 0.00001, 1000), ("long", 0.00001, -1000), ("long", -0.00002, 2000)]
)
def test_funding_is_paid_by_the_side_that_the_rate_makes_pay(told, side, rate, received):
    row = {"rate": rate, "interval_hours": 1, "kind": "settled", **HYPERLIQUID}
    # 100 million at 0.001% is 1,000 dollars an hour.
    paid = told({**SHORT, "side": side, "liquidation_price": None}, funding=[row]).get("position_funding")
    assert (paid.number, paid.subject.window_hours) == (received, 1)


def test_a_rate_of_another_venue_or_without_an_interval_pays_nothing(told):
    elsewhere = {"rate": 0.00001, "interval_hours": 8, "kind": "settled", "venue": "Binance", "source": "Binance"}
    bare = {"rate": 0.00001, "kind": "settled", **HYPERLIQUID}
    assert told(SHORT, funding=[elsewhere]).get("position_funding") is None
    assert told(SHORT, funding=[bare]).get("position_funding") is None


def test_the_figure_before_gives_a_change_in_dollars(told):
    sheet = told({**SHORT, "previous_notional_usd": 120_000_000})
    assert sheet.get("position_previous").number == 120_000_000
    assert sheet.get("position_change").number == -20_000_000


def test_what_reaches_the_floors_is_told_before_what_is_larger(told):
    # 60 of 70 million are a part of the venue; 500 of 100,000 are half a percent.
    other = {"venue": "Bybit", "source": "CoinGlass", "side": "long", "notional_usd": 500_000_000}
    interest = ({**HELD, "value_coin": 800_000}, {"venue": "Bybit", "source": "Bybit", "value_usd": 100_000_000_000})
    sheet = told(other, SHORT, interest=interest)
    assert [fact.subject.at for fact in sheet.all("position_size")] == [None, "number 2"]
    assert sheet.get("position_size").number == 100_000_000
    assert [fact.subject.at for fact in sheet.all("position_share")] == [None]


def test_no_more_than_three_are_told(told):
    rows = [{**SHORT, "entry_price": 2600 + i, "notional_usd": 100_000_000 + i} for i in range(5)]
    sizes = [fact.number for fact in told(*rows).all("position_size")]
    assert sizes == [100_000_004, 100_000_003, 100_000_002]


def test_a_list_replaces_the_one_before_it_and_a_second_source_tells_of_the_same(told):
    earlier = {**SHORT, "notional_usd": 97_000_000, "time": "2026-05-22T08:30:00Z"}
    closed = {**SHORT, "entry_price": 2300, "time": "2026-05-22T07:00:00Z"}
    relayed = {**SHORT, "notional_usd": 99_000_000, "entry_price": 2601, "source": "CoinGlass"}
    sizes = told(earlier, closed, SHORT, relayed).all("position_size")
    assert [(fact.number, fact.source) for fact in sizes] == [(100_000_000, ("Hyperliquid",))]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"source": None}, "who tells"),
        ({"time": "2026-05-22T02:59:00Z"}, "may be closed"),
        ({"asset": "BTC"}, "no position"),
    ],
)
def test_a_position_that_cannot_be_told_says_why(told, change, reason):
    sheet = told({**SHORT, **change})
    assert sheet.get("position_size") is None
    assert reason in sheet.why_missing("position_size")
    assert "single_position" not in sheet.flags


def day_before(days, coins, **row):
    time = datetime(2026, 5, 22, 9, tzinfo=UTC) - timedelta(days=days)
    return {**HYPERLIQUID, "side": "short", "size_coin": coins, "count": 1, "time": time.isoformat(), **row}


def test_a_position_is_ranked_in_coin_among_the_largest_of_thirty_earlier_days(told):
    own = {**SHORT, "size_coin": 40_000, "count": 1}
    days = [day_before(day, 20_000 + 100 * day) for day in range(1, 31)]
    sheet = told(own, *days)
    # The oldest of the thirty has 23,000 coins.
    assert sheet.get("position_rank").number == 1
    assert (sheet.get("position_next").number, sheet.get("position_next").unit) == (23_000, "coin")
    assert sheet.get("history_days", at="positions").number == 30
    # 22,850 coins at 2,500
    assert told({**own, "size_coin": 22_850, "notional_usd": 57_125_000}, *days).get("position_rank").number == 3
    # A second one of the day counts only where it is larger, and neither longs nor sums count at all.
    more = (day_before(1, 50_000, side="long"), day_before(1, 50_000, count=2), day_before(1, 41_000))
    assert told(own, *days, *more).get("position_rank").number == 2
    assert told(own, *days[1:]).get("position_rank") is None


def test_the_levels_of_its_test_are_half_and_half_as_much_again(told):
    sheet = told({**SHORT, "size_coin": 40_000})
    assert (sheet.get("position_test_coin").number, sheet.get("position_test_up").number) == (20_000, 60_000)


def test_another_position_has_its_liquidation_price_under_names_of_its_own(told):
    other = {**HYPERLIQUID, "side": "long", "notional_usd": 30_000_000, "entry_price": 2400, "liquidation_price": 2000}
    sheet = told({**SHORT, "liquidation_price": None}, other)
    # 2000 / 2500.
    assert sheet.get("position_other_distance").number == -20
    assert sheet.get("position_distance") is None


def test_how_far_price_went_in_earlier_days_is_told_from_the_close_before(told):
    def bar(day, high):
        start = datetime(2026, 5, 22, 9, tzinfo=UTC) - timedelta(days=day)
        return {"time": start.isoformat(), "open": 2500, "high": high * 25, "low": 2475, "close": 2500}

    # A bar a day that ends at the price, 2500, with highs in percent of it: the furthest rise is 8%, and one of 17%.
    bars = [bar(day, 108 if day == 5 else 101) for day in range(32, 0, -1)]
    series = {**HYPERLIQUID, "interval_minutes": 1440, "bars": bars}
    sheet = told(SHORT, candles=[series])
    assert (sheet.get("position_reach_most").number, sheet.get("position_reach_days").number) == (8, 0)
    assert sheet.get("history_days", at="reach").number == 31
    bars[0], bars[3] = bar(32, 130), bar(29, 117)
    # The first has no close before it; 117 is beyond the 16% to 2900.
    sheet = told(SHORT, candles=[{**series, "bars": bars}])
    assert (sheet.get("position_reach_most").number, sheet.get("position_reach_days").number) == (17, 1)
    assert told(SHORT, candles=[{**series, "bars": bars[4:]}]).get("position_reach_most") is None


def test_a_long_list_is_compared_with_the_nearest_in_size_alone(read, monkeypatch):
    asked = []
    apart = Tolerance.apart

    def counted(self, a, b):
        asked.append((a, b))
        return apart(self, a, b)

    own = [{"side": "short", "notional_usd": 1_000_000 * (i + 1), **HYPERLIQUID} for i in range(400)]
    # The vendor has most of the exchange's positions again, and one that is 25% from the nearest.
    again = [row | {"notional_usd": row["notional_usd"] * 1.001, "source": "CoinGlass"} for row in own[100:]]
    other = {"side": "short", "notional_usd": 1_500_000, **HYPERLIQUID, "source": "CoinGlass"}
    given = read(asset="ETH", positions=[*own, *again, other])
    monkeypatch.setattr(Tolerance, "apart", counted)
    sheet = FactSheet("ETH", given.snapshot.as_of, ())
    *_, flag = positions(Given(given.snapshot, given.conflicts, given.snapshot.as_of, sheet, ()))
    assert flag.why == "401 told of by Hyperliquid, CoinGlass"
    assert len(asked) <= 2 * 701


@pytest.mark.parametrize(("coins", "kept"), [(40_000, True), (43_500, True), (4_000, False), (45_000, False)])
def test_a_position_whose_dollars_and_coins_contradict_each_other_is_not_told(told, coins, kept):
    # 100 million at 2,500 are 40,000 coins; 43,500 are 108.75 million, 8% more; 45,000 are 112.5 million, 11.1% more.
    sheet = told({**SHORT, "size_coin": coins})
    assert (sheet.get("position_size") is not None) is kept
    assert ("figures_contradict" in sheet.flags) is not kept
    if not kept:
        assert "contradict each other" in sheet.why_missing("position_size")


@pytest.mark.parametrize(("entry", "result", "kept"), [(2600, 4_000_000, True), (2300, 4_000_000, False),
                                                       (2600, -6_000_000, False), (2510, -500_000, True)])  # fmt: skip
def test_a_result_that_entry_and_price_contradict_is_left_out_with_the_entry(told, entry, result, kept):
    # A short of 100 million from 2,600 gains 2,600 / 2,500 - 1 = 4%, from 2,300 it loses 8%; 5% are allowed.
    sheet = told({**SHORT, "entry_price": entry, "pnl_usd": result})
    assert (sheet.get("position_result") is not None) is kept
    assert (sheet.get("position_entry") is not None) is kept
    assert ("figures_contradict" in sheet.flags) is not kept
    assert sheet.get("position_size").value == 100_000_000
