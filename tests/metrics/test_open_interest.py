"""Open interest: levels in both units, changes in coin first."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from commentary.metrics.open_interest import open_interest
from commentary.metrics.open_interest_change import compound, price_effect
from commentary.metrics.price import price

D = Decimal
MARK = {"value": 62140, "kind": "mark", "venue": "Binance", "source": "Binance"}
ALL = {"venue": "all", "source": "CoinGlass"}
NOW = datetime(2026, 5, 22, 9, tzinfo=UTC)


def ago(hours):
    return (NOW - timedelta(hours=hours)).isoformat().replace("+00:00", "Z")


@pytest.fixture
def held(facts):
    """Return a function: open-interest rows and other sections in, the facts of open interest out."""

    def run(*rows, prices=(MARK,), **fields):
        return facts(price, open_interest, open_interest=list(rows), prices=list(prices), **fields)

    return run


def near(value, about, within):
    return abs(value - D(about)) <= D(within)


class TestLevel:
    def test_a_venue_that_gives_no_dollars_stands_in_its_place_by_coins(self, held):
        sheet = held(
            {"venue": "OKX", "source": "OKX", "value_coin": 28_000, "value_usd": 1_740_000_000, "time": ago(0.1)},
            {"venue": "Binance", "source": "Binance", "value_coin": 98_000, "time": ago(0.1)},
        )
        assert [fact.subject.venue for fact in sheet.all("oi_coin")] == ["Binance", "OKX"]

    def test_where_a_venue_gives_dollars_alone_they_are_compared_in_dollars(self, held):
        sheet = held(
            {"venue": "OKX", "source": "OKX", "value_coin": 28_000, "value_usd": 1_740_000_000, "time": ago(0.1)},
            {"venue": "CME", "source": "CoinGlass", "value_usd": 6_000_000_000, "time": ago(0.1)},
        )
        assert [fact.subject.venue for fact in sheet.all("oi_usd")] == ["CME", "OKX"]

    def test_what_the_row_says_is_exact(self, held):
        sheet = held({**ALL, "value_coin": 270_300, "value_usd": 16_800_000_000, "time": ago(0.1)})
        coin, usd = sheet.get("oi_coin"), sheet.get("oi_usd")
        assert (coin.id, coin.value, coin.unit) == ("BTC/oi_coin/venue=all", D(270_300), "coin")
        assert (usd.value, usd.unit, usd.formula, usd.inputs) == (D(16_800_000_000), "usd", "", ())
        assert (coin.evidence, coin.source) == ("reported", ("CoinGlass",))

    def test_an_exchange_observes_its_own(self, held):
        row = {"venue": "Binance", "source": "Binance", "value_coin": 90_000}
        assert held(row).get("oi_coin").evidence == "observed"

    def test_the_one_contract_that_a_row_counts_goes_with_what_is_worked_out_of_it(self, held):
        row = {"venue": "Binance", "source": "Binance", "value_coin": 90_000, "contract": "BTCUSDT"}
        sheet = held({**row, "time": ago(24)}, {**row, "value_coin": 81_000, "time": ago(0)})
        assert [sheet.get(name).contract for name in ("oi_coin", "oi_usd")] == ["BTCUSDT", "BTCUSDT"]
        assert [fact.contract for fact in sheet.all("oi_change_coin")] == ["BTCUSDT"]

    def test_all_of_an_exchange_is_no_one_contract(self, held):
        assert held({"venue": "Binance", "source": "Binance", "value_coin": 90_000}).get("oi_coin").contract == ""

    def test_coins_become_dollars_at_the_price(self, held):
        fact = held({**ALL, "value_coin": 270_300}).get("oi_usd")
        # 270,300 * 62,140
        assert fact.value == D(16_796_442_000)
        assert fact.inputs == ("BTC/oi_coin/venue=all", "BTC/price/venue=Binance/at=mark")
        assert fact.formula == "oi_coin * price"

    def test_dollars_become_coins_at_the_price(self, held):
        assert held({**ALL, "value_usd": 16_796_442_000}).get("oi_coin").value == D(270_300)

    def test_a_stale_price_converts_nothing(self, held):
        sheet = held({**ALL, "value_coin": 270_300}, prices=[{**MARK, "time": ago(1)}])
        assert sheet.get("oi_usd") is None
        assert sheet.why_missing("oi_usd") == "the price to convert it with is of 2026-05-22 08:00 UTC"

    def test_a_price_converts_no_level_of_another_hour(self, held):
        sheet = held({**ALL, "value_coin": 270_300, "time": ago(2)})
        assert sheet.get("oi_usd") is None

    def test_both_sides_of_a_contract_are_halved(self, held):
        row = {"venue": "Bybit", "source": "Bybit", "value_coin": 120_000, "sides": "both"}
        sheet = held(row)
        assert sheet.get("oi_coin").value == D(60_000)
        assert "both sides" in sheet.get("oi_coin").formula
        assert "oi_both_sides" in sheet.flags

    def test_one_side_is_taken_where_a_source_gives_both_counts(self, held):
        row = {"venue": "Bybit", "source": "Bybit"}
        sheet = held({**row, "value_coin": 120_000, "sides": "both"}, {**row, "value_coin": 60_100, "sides": "one"})
        assert [fact.value for fact in sheet.all("oi_coin")] == [D(60_100)]
        assert "oi_both_sides" not in sheet.flags

    def test_inverse_contracts_stand_for_fixed_dollars(self, held):
        row = {"venue": "Binance", "margin": "inverse", "contracts": 20_000_000, "contract_usd": 100}
        sheet = held(row)
        assert sheet.get("oi_usd").value == D(2_000_000_000)
        assert sheet.get("oi_usd").formula == "contracts * contract_usd"
        # 2,000,000,000 / 62,140 = 32,185.4
        assert near(sheet.get("oi_coin").number, "32185.4", "0.05")

    def test_contracts_of_unknown_size_are_missing(self, held):
        sheet = held({"venue": "OKX", "contracts": 5_000_000})
        assert sheet.get("oi_usd") is None
        assert "contracts" in sheet.why_missing("oi_coin")

    def test_all_exchanges_come_first_then_the_larger(self, held):
        rows = [
            {"venue": "Bybit", "value_coin": 60_000},
            {"venue": "Binance", "value_coin": 90_000},
            {**ALL, "value_coin": 270_300},
        ]
        assert [fact.subject.venue for fact in held(*rows).all("oi_coin")] == ["all", "Binance", "Bybit"]

    def test_another_coin_comes_after_the_own_one(self, held):
        sheet = held({**ALL, "asset": "ETH", "value_coin": 5_000_000}, {**ALL, "value_coin": 270_300})
        assert [fact.subject.asset for fact in sheet.all("oi_coin")] == ["BTC", "ETH"]
        # there is no price of ETH to convert it with
        assert [fact.subject.asset for fact in sheet.all("oi_usd")] == ["BTC"]

    def test_a_second_source_is_told_apart_and_its_distance_stated_where_they_disagree(self, held):
        sheet = held({**ALL, "value_coin": 200_000}, {**ALL, "source": "Coinalyze", "value_coin": 210_000})
        assert [fact.subject.at for fact in sheet.all("oi_coin")] == [None, "second source"]
        # (210,000 - 200,000) / 200,000 = 5%, beyond the tolerance of 3%
        gap = sheet.get("conflict_gap")
        assert gap.number == D(5)

    def test_linear_and_inverse_contracts_are_added_and_kept_apart(self, held):
        linear = {"venue": "Binance", "source": "Binance", "margin": "linear", "value_coin": 90_000}
        inverse = {**linear, "margin": "inverse", "value_coin": None, "value_usd": 621_400_000}
        del inverse["value_coin"]
        sheet = held(linear, inverse)
        # 621,400,000 / 62,140 = 10,000 coins; 90,000 * 62,140 = 5,592,600,000 dollars
        assert [(fact.subject.at, fact.value) for fact in sheet.all("oi_coin")] == [
            (None, D(100_000)),
            ("linear", D(90_000)),
            ("inverse", D(10_000)),
        ]
        assert sheet.get("oi_usd").value == D(6_214_000_000)

    def test_a_sum_that_cannot_be_told_in_coin_is_missing(self, held):
        linear = {"venue": "Binance", "margin": "linear", "value_coin": 90_000}
        inverse = {"venue": "Binance", "margin": "inverse", "value_usd": 621_400_000}
        sheet = held(linear, inverse, prices=[])
        assert [fact.subject.at for fact in sheet.all("oi_coin")] == ["linear"]
        assert "inverse contracts" in sheet.why_missing("oi_coin")

    def test_dollars_and_coins_that_do_not_fit_the_price_are_suspect(self, held):
        # 2.66 billion "coins" that are dollars: 2.66e9 / 2.66e9 = 1 against 62,140
        sheet = held({**ALL, "value_usd": 2_660_000_000, "value_coin": 2_660_000_000})
        assert "unit_scale_suspect" in sheet.flags

    def test_no_row_is_a_reason(self, held):
        assert held().why_missing("oi_coin") == "the snapshot holds no open interest"


class TestChange:
    def test_two_rows_a_day_apart_give_the_change_in_coin(self, held):
        sheet = held({**ALL, "value_coin": 270_300}, {**ALL, "value_coin": 297_700, "time": ago(24)})
        change = sheet.get("oi_change_coin", window=24)
        # 270,300 / 297,700 - 1 = -27,400 / 297,700 = -9.20390%
        assert near(change.number, "-9.20390", "0.00001")
        assert sheet.get("oi_from_coin", window=24).value == D(297_700)
        assert sheet.get("oi_delta_coin", window=24).value == D(-27_400)
        assert change.inputs == ("BTC/oi_coin/venue=all", "BTC/oi_from_coin/venue=all/window=24h")

    def test_half_of_a_fall_regained_is_284_000(self, held):
        sheet = held({**ALL, "value_coin": 270_300}, {**ALL, "value_coin": 297_700, "time": ago(24)})
        # 270,300 + 27,400 / 2
        assert sheet.get("oi_half_regain", window=24).value == D(284_000)

    def test_a_rise_has_nothing_to_regain(self, held):
        sheet = held({**ALL, "value_coin": 300_000}, {**ALL, "value_coin": 297_700, "time": ago(24)})
        assert sheet.get("oi_half_regain") is None

    def test_windows_of_four_hours_and_a_week_are_counted_too(self, held):
        rows = [{**ALL, "value_coin": coin, "time": ago(h)} for coin, h in ((90, 0), (100, 4), (120, 168))]
        sheet = held(*rows)
        assert sheet.get("oi_change_coin", window=4).number == D(-10)
        assert sheet.get("oi_change_coin", window=168).number == D(-25)
        assert sheet.get("oi_change_coin", window=24) is None

    def test_a_row_a_quarter_of_an_hour_off_still_counts_and_one_further_does_not(self, held):
        now = {**ALL, "value_coin": 90}
        assert held(now, {**ALL, "value_coin": 100, "time": ago(24.25)}).get("oi_change_coin") is not None
        assert held(now, {**ALL, "value_coin": 100, "time": ago(24.3)}).get("oi_change_coin") is None

    def test_rows_of_two_sources_are_not_subtracted(self, held):
        sheet = held({**ALL, "value_coin": 90}, {**ALL, "source": "Coinalyze", "value_coin": 100, "time": ago(24)})
        assert sheet.get("oi_change_coin") is None

    def test_a_reported_change_gives_the_level_it_began_at(self, held):
        said = {**ALL, "window_hours": 24, "percent": -10, "of": "coin"}
        sheet = held({**ALL, "value_coin": 270_000}, open_interest_changes=[said])
        assert (sheet.get("oi_change_coin").value, sheet.get("oi_change_coin").formula) == (D(-10), "")
        # 270,000 / 0.9 = 300,000
        assert sheet.get("oi_from_coin").value == D(300_000)
        assert sheet.get("oi_delta_coin").value == D(-30_000)
        assert sheet.get("oi_half_regain").value == D(285_000)

    def test_a_reported_change_comes_before_one_that_was_counted(self, held):
        said = {**ALL, "window_hours": 24, "percent": -9, "of": "coin"}
        rows = [{**ALL, "value_coin": 270_300}, {**ALL, "value_coin": 297_700, "time": ago(24)}]
        assert held(*rows, open_interest_changes=[said]).get("oi_change_coin").value == D(-9)

    @pytest.mark.parametrize(
        "said", [{"percent": -1.1, "of": "coin"}, {"change_coin": -3_000}], ids=["percent", "difference"]
    )
    def test_a_reported_change_that_its_levels_contradict_is_not_told_and_neither_is_theirs(self, held, said):
        # 270,300 / 200,000 - 1 = 35.15%; 270,300 - (-3,000) = 273,300, of which -3,000 is -1.10%.
        rows = [{**ALL, "value_coin": 270_300}, {**ALL, "value_coin": 200_000, "time": ago(24)}]
        sheet = held(*rows, open_interest_changes=[{**ALL, "window_hours": 24, **said}])
        assert [*sheet.all("oi_change_coin"), *sheet.all("oi_change_usd"), *sheet.all("oi_from_coin")] == []
        assert "the levels at both ends make it 35.2%" in sheet.why_missing("oi_change_coin")
        assert "figures_contradict" in sheet.flags

    @pytest.mark.parametrize(("percent", "kept"), [(10.9, True), (9.1, True), (11.2, False), (8.9, False)])
    def test_a_tenth_is_what_a_report_and_its_levels_may_part_by(self, held, percent, kept):
        # 110 of 100 is 10%. 0.9 of 10.9 is 8.3%, 0.9 of 10 is 9%; 1.2 of 11.2 is 10.7%, 1.1 of 10 is 11%.
        rows = [{**ALL, "value_coin": 110}, {**ALL, "value_coin": 100, "time": ago(24)}]
        said = {**ALL, "window_hours": 24, "percent": percent, "of": "coin"}
        assert bool(held(*rows, open_interest_changes=[said]).all("oi_change_coin")) is kept

    def test_a_reported_difference_gives_the_percent(self, held):
        said = {**ALL, "window_hours": 24, "change_coin": -27_400}
        sheet = held({**ALL, "value_coin": 270_300}, open_interest_changes=[said])
        assert sheet.get("oi_from_coin").value == D(297_700)
        assert near(sheet.get("oi_change_coin").number, "-9.20390", "0.00001")

    def test_a_level_of_another_hour_gives_no_start(self, held):
        said = {**ALL, "window_hours": 24, "percent": -10, "of": "coin"}
        sheet = held({**ALL, "value_coin": 270_000, "time": ago(0.5)}, open_interest_changes=[said])
        assert sheet.get("oi_change_coin").value == D(-10)
        assert sheet.get("oi_from_coin") is None

    def test_a_reported_change_in_dollars_gives_the_dollars_it_began_at(self, held):
        said = {**ALL, "window_hours": 24, "percent": -10, "of": "usd"}
        sheet = held({**ALL, "value_usd": 900}, open_interest_changes=[said])
        # 900 / 0.9 = 1,000
        assert sheet.get("oi_from_usd", window=24).number == D(1000)
        assert sheet.get("oi_delta_usd", window=24).number == D(-100)

    def test_a_change_in_dollars_never_becomes_one_in_coin(self, held):
        said = {**ALL, "window_hours": 24, "percent": -14.1}
        move = {"window_hours": 24, "percent": -5.4, "venue": "Binance", "source": "Binance"}
        sheet = held({**ALL, "value_usd": 1000}, open_interest_changes=[said], price_changes=[move])
        assert sheet.get("oi_change_usd", window=24).value == D("-14.1")
        assert sheet.get("oi_change_coin") is None
        assert sheet.why_missing("oi_change_coin") == "only a change in dollars is given"
        assert "oi_usd_price_effect" in sheet.flags

    def test_a_change_that_says_its_unit_is_not_flagged(self, held):
        said = {**ALL, "window_hours": 24, "percent": -14.1, "of": "usd"}
        assert "oi_usd_price_effect" not in held(open_interest_changes=[said]).flags

    def test_coin_and_price_together_make_the_change_in_dollars(self, held):
        # (1 - 0.092) * (1 - 0.054) - 1 = 0.908 * 0.946 - 1 = 0.858968 - 1 = -14.1032%
        assert compound(D("-9.2"), D("-5.4")) == D("-14.1032")
        said = {**ALL, "window_hours": 24, "percent": -9.2, "of": "coin"}
        move = {"window_hours": 24, "percent": -5.4, "venue": "Binance", "source": "Binance"}
        sheet = held({**ALL, "value_coin": 1000}, open_interest_changes=[said], price_changes=[move])
        assert sheet.get("oi_change_usd", window=24).number == D("-14.1032")
        assert sheet.get("oi_price_effect") is None

    def test_the_price_effect_is_what_dollars_changed_beyond_coins(self, held):
        # 0.858968 / 0.908 = 0.946: the price fell 5.4%
        assert near(price_effect(D("-14.1032"), D("-9.2")), "-5.4", "0.000001")
        rows = [{**ALL, "window_hours": 24, "percent": p, "of": of} for p, of in ((-9.2, "coin"), (-14.1032, "usd"))]
        assert near(held(open_interest_changes=rows).get("oi_price_effect").number, "-5.4", "0.000001")

    def test_nothing_to_count_from_is_a_reason(self, held):
        reason = held({**ALL, "value_coin": 270_300}).why_missing("oi_change_coin")
        assert reason == "the snapshot holds no reported change and no earlier row to count it from"

    def test_a_second_report_is_told_apart(self, held):
        said = {**ALL, "window_hours": 24, "percent": -9.2, "of": "coin"}
        other = {**said, "source": "Coinalyze", "percent": -8}
        sheet = held(open_interest_changes=[said, other])
        assert [(fact.subject.at, fact.value) for fact in sheet.all("oi_change_coin")] == [
            (None, D("-9.2")),
            ("second source", D(-8)),
        ]
        # (-8 + 9.2) / 9.2 = 13.04%
        assert near(sheet.get("conflict_gap").number, "13.0435", "0.0001")

    def test_linear_and_inverse_changes_are_counted_apart_and_together(self, held):
        def rows(margin, now, before):
            key = {"venue": "Binance", "source": "Binance", "margin": margin}
            return [{**key, "value_coin": now}, {**key, "value_coin": before, "time": ago(24)}]

        sheet = held(*rows("linear", 80_000, 100_000), *rows("inverse", 22_000, 20_000))
        # together 102,000 of 120,000: -15%; linear -20%, inverse +10%
        assert [(fact.subject.at, fact.number) for fact in sheet.all("oi_change_coin", window=24)] == [
            (None, D(-15)),
            ("linear", D(-20)),
            ("inverse", D(10)),
        ]
