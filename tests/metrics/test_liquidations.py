"""Recorded liquidations: sides, totals, scope, checks of the record, rank against earlier days."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.metrics.liquidations import contradicts, liquidations
from commentary.metrics.open_interest import open_interest
from commentary.metrics.price import price

D = Decimal
MARK = {"value": 60480, "kind": "mark", "venue": "Binance", "source": "Binance"}
DAY = {"venue": "all", "source": "CoinGlass", "window_hours": 24}
OWN = {**DAY, "long_usd": 512_000_000, "short_usd": 61_000_000}
MARKET = {**DAY, "asset": "market", "long_usd": 1_140_000_000, "total_usd": 1_270_000_000}
NOW = datetime(2026, 5, 22, 9, tzinfo=UTC)


def ago(hours):
    return (NOW - timedelta(hours=hours)).isoformat().replace("+00:00", "Z")


@pytest.fixture
def recorded(facts):
    """Return a function: liquidation rows and other sections in, the facts of liquidations out."""

    def run(*rows, prices=(MARK,), **fields):
        metrics = (price, open_interest, liquidations)
        return facts(*metrics, liquidations=list(rows), prices=list(prices), **fields)

    return run


def near(value, about, within):
    return abs(value - D(about)) <= D(within)


def test_sides_are_the_rows_own_and_the_total_is_their_sum(recorded):
    sheet = recorded(OWN)
    size = sheet.get("liq_size", side="long")
    assert size.id == "BTC/liq_size/side=long/venue=all/window=24h"
    assert (size.value, size.unit, size.evidence, size.source) == (
        D(512_000_000),
        "usd",
        "reported",
        ("CoinGlass",),
    )
    total = sheet.get("liq_total")
    assert total.value == D(573_000_000)
    assert len(total.inputs) == 2
    # half of 573 million: below it the next day's count has slowed
    assert sheet.get("liq_test").value == D(286_500_000)


def test_a_reported_total_is_kept_as_it_is(recorded):
    total = recorded(MARKET).get("liq_total", asset="market")
    assert (total.value, total.formula) == (D(1_270_000_000), "")


def test_longs_were_89_percent_of_what_was_recorded(recorded):
    share = recorded(OWN).get("liq_share")
    # 512 / 573 = 89.354%
    assert (share.side, share.unit, share.quantity) == ("long", "percent", "share")
    assert near(share.number, "89.3543", "0.0001")


def test_one_side_and_the_total_give_the_share_of_the_larger(recorded):
    # 1,140 / 1,270 = 89.764%
    share = recorded(MARKET).get("liq_share", asset="market")
    assert share.side == "long"
    assert near(share.number, "89.7638", "0.0001")
    # shorts are 130 of 1,270; the larger side is what is left: 1,140
    other = {**DAY, "short_usd": 130_000_000, "total_usd": 1_270_000_000}
    share = recorded(other).get("liq_share")
    assert share.side == "long"
    assert near(share.number, "89.7638", "0.0001")
    assert "other side" in share.formula


def test_one_side_alone_has_neither_total_nor_share(recorded):
    sheet = recorded({**DAY, "long_usd": 512_000_000})
    assert sheet.get("liq_total") is None
    assert sheet.get("liq_share") is None
    assert sheet.why_missing("liq_total") == "only the liquidations of longs are given"


def test_the_recorded_longs_equal_8500_coins(recorded):
    # 512,000,000 / 60,480 = 8,465.6; 61,000,000 / 60,480 = 1,008.6
    sheet = recorded(OWN)
    assert near(sheet.get("liq_coin", side="long").number, "8465.6", "0.05")
    assert near(sheet.get("liq_coin", side="short").number, "1008.6", "0.05")
    assert sheet.get("liq_coin").formula == "liq_size / price"


def test_all_coins_together_have_no_coin_count(recorded):
    assert recorded(MARKET).get("liq_coin") is None


def test_the_total_is_set_against_open_interest_on_all_exchanges(recorded):
    oi = [{"venue": "all", "source": "CoinGlass", "value_usd": 16_000_000_000}]
    # 573 / 16,000 = 3.58125%
    sheet = recorded(OWN, MARKET, open_interest=oi)
    assert [fact.value for fact in sheet.all("liq_to_oi")] == [D("3.58125")]
    one = recorded({**OWN, "venue": "Binance"}, open_interest=oi)
    assert one.get("liq_to_oi") is None
    assert "Binance" in one.why_missing("liq_to_oi")


def test_the_total_is_set_against_what_was_open_before_where_that_is_held(recorded):
    # A day before 250,000 coins were open, at 60,480 / (1 - 4%) = 63,000 dollars: 15.75 billion; now 225,000.
    oi = [{"venue": "all", "source": "CoinGlass", "value_coin": coins, "time": ago(hours)}
          for coins, hours in ((225_000, 0), (250_000, 24))]  # fmt: skip
    move = {"venue": "Binance", "source": "Binance", "window_hours": 24, "percent": -4}
    sheet = recorded({**OWN, "time": ago(0)}, open_interest=oi, price_changes=[move])
    before = sheet.get("oi_from_worth")
    assert (before.number, before.formula) == (D(15_750_000_000), "oi_from_coin * price_from")
    # 573 / 15,750 = 3.63809523810%
    share = sheet.get("liq_to_oi")
    assert share.number == D("3.6380952381")
    assert share.inputs == (sheet.get("liq_total").id, before.id)


def test_without_coins_of_a_day_before_the_dollars_of_then_are_the_base(recorded):
    oi = [{"venue": "all", "source": "CoinGlass", "value_usd": usd, "time": ago(hours)}
          for usd, hours in ((16_000_000_000, 0), (20_000_000_000, 24))]  # fmt: skip
    # 573 / 20,000 = 2.865%
    share = recorded({**OWN, "time": ago(0)}, open_interest=oi).get("liq_to_oi")
    assert (share.number, share.formula) == (D("2.865"), "liq_total / oi_from_usd * 100")


def test_the_own_asset_comes_first_then_all_coins_then_the_larger(recorded):
    sol, eth = ({**OWN, "asset": asset, "long_usd": long} for asset, long in (("SOL", 9_000_000), ("ETH", 90_000_000)))
    sheet = recorded(sol, eth, MARKET, OWN)
    assert [fact.subject.asset for fact in sheet.all("liq_total")] == ["BTC", "market", "ETH", "SOL"]


def test_a_day_comes_before_an_hour_and_all_exchanges_before_one(recorded):
    hour = {**OWN, "window_hours": 1}
    one = {**OWN, "venue": "Bybit", "source": "Bybit"}
    sheet = recorded(hour, one, OWN)
    assert [(fact.subject.venue, fact.subject.window_hours) for fact in sheet.all("liq_total")] == [
        ("all", D(24)),
        ("Bybit", D(24)),
        ("all", D(1)),
    ]


def test_only_the_newest_row_counts(recorded):
    sheet = recorded(OWN, {**OWN, "long_usd": 1, "time": ago(24)})
    assert [fact.value for fact in sheet.all("liq_size", side="long")] == [D(512_000_000)]


def test_a_second_source_is_told_apart_and_its_distance_stated(recorded):
    sheet = recorded(OWN, {**OWN, "source": "Coinalyze", "long_usd": 640_000_000})
    assert [(fact.subject.at, fact.value) for fact in sheet.all("liq_size", side="long")] == [
        (None, D(512_000_000)),
        ("second source", D(640_000_000)),
    ]
    # (640 - 512) / 512 = 25%
    assert sheet.get("conflict_gap").number == D(25)
    assert len(sheet.all("liq_share")) == 1


def test_traders_and_the_largest_order_are_the_rows_own(recorded):
    sheet = recorded({**OWN, "traders": 60_427, "largest_order_usd": 18_000_000})
    assert (sheet.get("liq_traders").value, sheet.get("liq_traders").unit) == (D(60_427), "count")
    assert (sheet.get("liq_largest").value, sheet.get("liq_largest").unit) == (D(18_000_000), "usd")


def test_no_row_is_a_reason(recorded):
    sheet = recorded()
    assert sheet.why_missing("liq_total") == "the snapshot holds no recorded liquidations"
    assert sheet.flags == ()


class TestChecks:
    def test_sides_may_part_from_the_total_by_one_percent(self):
        # 1% of 100 is 1
        assert not contradicts([D(60), D(39)], D(100))
        assert contradicts([D(60), D("38.9")], D(100))
        assert contradicts([D(80), D(22)], D(100))
        assert not contradicts([D(80)], D(100))
        assert contradicts([D("101.1")], D(100))

    def test_sides_of_another_window_are_flagged_and_give_no_share(self, recorded):
        sheet = recorded({**OWN, "total_usd": 700_000_000})
        assert "period_mismatch" in sheet.flags
        assert sheet.get("liq_share") is None
        assert sheet.why_missing("liq_share") == "the sides and the total contradict each other"
        assert sheet.get("liq_total").value == D(700_000_000)

    def test_nothing_recorded_is_flagged_and_has_no_share(self, recorded):
        sheet = recorded({**DAY, "long_usd": 0, "short_usd": 0})
        assert "zero_liquidations" in sheet.flags
        assert sheet.why_missing("liq_share") == "nothing was recorded"
        assert "identical_values_check" not in sheet.flags

    def test_equal_sides_are_to_be_checked(self, recorded):
        assert "identical_values_check" in recorded({**DAY, "long_usd": 487_000_000, "short_usd": 487_000_000}).flags

    def test_a_record_is_incomplete_unless_its_exchange_publishes_all(self, recorded):
        assert "feed_undercount" in recorded(OWN).flags
        assert "feed_undercount" not in recorded({**OWN, "venue": "Hyperliquid"}).flags

    def test_totals_under_a_million_are_too_small(self, recorded):
        small = {**DAY, "long_usd": 600_000, "short_usd": 300_000}
        assert "below_size_floor" in recorded(small).flags
        assert "below_size_floor" not in recorded(small, MARKET).flags
        assert "below_size_floor" not in recorded(OWN).flags


class TestOrders:
    def test_the_largest_order_of_the_window_with_its_price(self, recorded):
        orders = [
            {
                "venue": "Hyperliquid",
                "side": "long",
                "price": 60500,
                "notional_usd": 18_000_000,
                "time": ago(2),
            },
            {"venue": "Binance", "side": "long", "price": 60600, "notional_usd": 4_000_000, "time": ago(1)},
            {
                "venue": "Binance",
                "side": "short",
                "price": 66000,
                "notional_usd": 90_000_000,
                "time": ago(25),
            },
        ]
        sheet = recorded(OWN, liquidation_orders=orders)
        size = sheet.get("order_size", at="largest")
        assert (size.value, size.side, size.subject.venue) == (D(18_000_000), "long", "Hyperliquid")
        assert sheet.get("order_price", at="largest").value == D(60500)
        assert len(sheet.all("order_size")) == 1

    def test_each_asset_has_its_own_largest(self, recorded):
        orders = [{"asset": "ETH", "notional_usd": 9_000_000}, {"notional_usd": 5_000_000, "price": 60000}]
        sheet = recorded(liquidation_orders=orders)
        assert [fact.subject.asset for fact in sheet.all("order_size")] == ["BTC", "ETH"]


class TestRank:
    @staticmethod
    def days(*totals):
        """One row a day in millions, the newest first."""
        return [{**DAY, "total_usd": total * 1_000_000, "time": ago(24 * day)} for day, total in enumerate(totals)]

    def test_a_day_is_ranked_among_thirty_earlier_ones(self, recorded):
        # earlier: 600, 400 and 28 days of 100 to 127; only 600 is larger than 573
        sheet = recorded(*self.days(573, 600, 400, *range(100, 128)))
        assert sheet.get("liq_rank").value == D(2)
        assert sheet.get("liq_next").value == D(600_000_000)
        # 30 earlier totals: 100 ... 127, 400, 600; the 15th and 16th are 114 and 115
        assert sheet.get("liq_median").value == D(114_500_000)
        # 573 / 114.5 = 5.00437
        assert near(sheet.get("liq_to_median").number, "5.00437", "0.00001")
        days = sheet.get("history_days", at="liquidations")
        assert (days.value, days.unit) == (D(30), "days")

    def test_the_day_before_is_told_with_its_sides(self, recorded):
        before = {**DAY, "time": ago(24), "total_usd": 9_000_000, "long_usd": 6_000_000, "short_usd": 3_000_000}
        sheet = recorded(*self.days(573), before)
        total = sheet.get("liq_previous_total")
        assert (total.number, total.as_of) == (9_000_000, sheet.get("liq_total").as_of - timedelta(days=1))
        assert sheet.get("liq_previous_size", side="short").number == 3_000_000
        assert recorded(*self.days(573)).get("liq_previous_total") is None

    def test_the_total_of_the_day_before_is_made_of_its_sides_where_no_row_gives_it(self, recorded):
        before = {**DAY, "time": ago(24), "total_usd": None, "long_usd": 6_000_000, "short_usd": 3_000_000}
        total = recorded(*self.days(573), before).get("liq_previous_total")
        assert total.number == 9_000_000
        assert [one.split("/")[1:3] for one in total.inputs] == [
            ["liq_previous_size", "side=long"],
            ["liq_previous_size", "side=short"],
        ]

    def test_twenty_nine_earlier_days_are_too_few(self, recorded):
        sheet = recorded(*self.days(573, *range(100, 129)))
        assert sheet.get("liq_rank") is None
        assert sheet.get("history_days") is None
        assert "needs 30 earlier days, the snapshot holds 29" in sheet.why_missing("liq_rank")

    def test_rows_within_the_day_are_not_days(self, recorded):
        hourly = [{**DAY, "total_usd": 10_000_000, "time": ago(hour)} for hour in range(1, 24 * 29)]
        # 695 hourly rows reach back 28 whole days
        sheet = recorded({**DAY, "total_usd": 20_000_000}, *hourly)
        assert "the snapshot holds 28" in sheet.why_missing("liq_rank")

    def test_daily_totals_of_another_hour_are_the_earlier_days(self, recorded):
        # The day told ends at 09:00. Totals of days to 08:00: one that ends an hour before it, within the day told, and
        # 30 that end 25 hours before it and further back, of 10 to 39 million: 39 is the largest
        past = [{**DAY, "total_usd": total * 1_000_000, "time": ago(1 + 24 * day)}
                for day, total in enumerate([700, *range(10, 40)])]  # fmt: skip
        sheet = recorded({**DAY, "total_usd": 720_000_000}, *past)
        assert (sheet.get("liq_rank").value, sheet.get("liq_next").value) == (D(1), D(39_000_000))
        assert sheet.get("history_days", at="liquidations").value == D(30)

    def test_the_next_is_the_largest_to_any_hour_that_is_held(self, recorded):
        # Days to 09:00 hold 10 to 39 million; one of 50 million ended at 15:00 two days before, and shares hours with
        # two of those: it counts once, as the larger.
        past = self.days(720, *range(10, 40))
        off = {**DAY, "total_usd": 50_000_000, "time": ago(42)}
        sheet = recorded(*past, off)
        assert (sheet.get("liq_next").number, sheet.get("liq_next").as_of) == (D(50_000_000), NOW - timedelta(hours=42))
        second = recorded({**past[0], "total_usd": 45_000_000}, *past[1:], off)
        assert second.get("liq_rank").number == D(2)

    def test_another_source_is_another_series(self, recorded):
        others = [{**row, "source": "Coinalyze"} for row in self.days(573, *range(100, 140))[1:]]
        assert recorded(OWN, *others).get("liq_rank", asset="BTC", venue="all") is None

    def test_a_quiet_history_has_no_ratio(self, recorded):
        sheet = recorded(*self.days(5, *[0] * 30))
        assert sheet.get("liq_median").value == D(0)
        assert sheet.get("liq_to_median") is None


@pytest.mark.parametrize(("total", "hours", "flagged"), [(3_100_000_000, 24, True), (2_900_000_000, 24, False),
                                                         (3_100_000_000, 48, False)])  # fmt: skip
def test_more_liquidated_in_a_day_than_three_times_what_is_open_is_of_another_unit(recorded, total, hours, flagged):
    # Three times a billion in 24 hours, six times in 48.
    open_now = [{"venue": "all", "source": "CoinGlass", "value_usd": 1_000_000_000}]
    sheet = recorded({**DAY, "window_hours": hours, "total_usd": total}, open_interest=open_now)
    assert ("unit_scale_suspect" in sheet.flags) is flagged
