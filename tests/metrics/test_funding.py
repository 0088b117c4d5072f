"""Funding: what a rate costs, who pays, and how usual it is."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.errors import ConfigError
from commentary.metrics import venues as venues_file
from commentary.metrics.funding import NOTIONAL, funding, over_a_year, over_eight_hours, payment
from commentary.metrics.funding_history import shares
from commentary.metrics.venues import venue

D = Decimal
SETTLED = {"venue": "Binance", "rate": 0.000024, "interval_hours": 8, "kind": "settled", "source": "Binance",
           "time": "2026-05-22T08:00:00Z"}  # fmt: skip
NEWEST = datetime(2026, 5, 22, 8, tzinfo=UTC)


def prints(rates, *, hours=8, **other):
    """Return settled rows, the last at 08:00, each an interval before the next."""
    count = len(rates)
    return [
        {**SETTLED, "interval_hours": hours, **other, "rate": rate,
         "time": (NEWEST - timedelta(hours=hours) * (count - 1 - place)).isoformat()}
        for place, rate in enumerate(rates)
    ]  # fmt: skip


def test_a_rate_is_told_in_percent_of_its_interval(facts):
    fact = facts(funding, funding=[SETTLED]).get("funding_rate", at="settled")
    assert (fact.number, fact.unit, fact.quantity) == (D("0.0024"), "percent", "rate")
    assert (fact.subject.venue, fact.subject.window_hours, fact.evidence) == ("Binance", 8, "observed")


def test_a_rate_of_0_0024_percent_costs_two_dollars_forty_on_a_hundred_thousand(facts):
    sheet = facts(funding, funding=[SETTLED])
    rate = sheet.get("funding_rate")
    money = sheet.get("funding_money")
    # 0.0024 / 100 * 100,000
    assert (money.number, money.unit) == (D("2.40"), "usd")
    # 0.0024 * 8,760 / 8 = 0.0024 * 1,095
    assert sheet.get("funding_apr").number == D("2.628")
    assert sheet.get("funding_8h", at="settled").number == D("0.0024")
    # 0.0024 / 0.01
    assert sheet.get("funding_to_baseline", at="settled").number == D("0.24")
    assert sheet.get("funding_baseline", venue="Binance").number == D("0.01")
    assert sheet.get("funding_payer").text == "long"
    assert sheet.get("example_notional").number == 100_000
    # A sentence asks for the money and the payer "like" the rate: the same subject but for the metric.
    for metric in ("funding_money", "funding_payer", "funding_apr", "funding_to_baseline"):
        assert sheet.get(metric).subject == rate.subject._replace(metric=metric)
    assert money.inputs == (rate.id, "BTC/example_notional")
    assert (money.evidence, money.source) == ("observed", ("Binance",))


def test_one_basis_point_every_eight_hours_is_about_eleven_percent_a_year():
    assert over_a_year(D("0.01"), D(8)) == D("10.95")


def test_hyperliquids_hourly_baseline_is_that_of_the_others_over_eight_hours(facts):
    row = {"venue": "Hyperliquid", "rate": 0.0000125, "interval_hours": 1, "kind": "settled"}
    sheet = facts(funding, funding=[row])
    assert over_eight_hours(D("0.00125"), D(1)) == D("0.01")
    assert sheet.get("funding_8h").number == D("0.01")
    assert sheet.get("funding_to_baseline").number == 1


def test_the_baseline_shrinks_with_the_interval(facts):
    sheet = facts(funding, funding=[{**SETTLED, "rate": 0.0001, "interval_hours": 4}])
    # 0.01 * 4 / 8
    assert sheet.get("funding_baseline", window=4).number == D("0.005")
    assert sheet.get("funding_to_baseline").number == 2


@pytest.mark.parametrize("row", [{"venue": "Deribit"}, {"venue": "Nowhere"}, {"venue": "Binance", "asset": "BNB"}])
def test_no_baseline_is_assumed_where_none_is_known(facts, row):
    sheet = facts(funding, funding=[{"rate": 0.0001, "interval_hours": 8, "kind": "settled", **row}])
    assert sheet.get("funding_rate") is not None
    assert sheet.get("funding_baseline") is None
    assert sheet.get("funding_to_baseline") is None


def test_shorts_pay_a_negative_rate(facts):
    sheet = facts(funding, funding=[{**SETTLED, "rate": -0.000012}])
    assert sheet.get("funding_payer").text == "short"
    # |-0.0012| / 100 * 100,000
    assert sheet.get("funding_money").number == D("1.20")
    assert sheet.get("funding_apr").number == D("-1.314")
    assert sheet.get("funding_to_baseline").number == D("-0.12")
    assert payment(D("-0.0012"), D(100_000)) == D("1.20")


def test_nobody_pays_at_zero(facts):
    sheet = facts(funding, funding=[{**SETTLED, "rate": 0}])
    assert sheet.get("funding_payer") is None
    assert (sheet.get("funding_rate").number, sheet.get("funding_money").number) == (0, 0)


def test_without_an_interval_nothing_is_scaled_or_annualised(facts):
    sheet = facts(funding, funding=[{"rate": 0.000024}])
    assert sheet.get("funding_rate").number == D("0.0024")
    assert [sheet.get(f"funding_{name}") for name in ("8h", "apr", "money", "baseline")] == [None] * 4
    assert sheet.get("example_notional") is None
    assert "funding_interval_unknown" in sheet.flags
    assert "interval" in sheet.why_missing("funding_8h")
    assert sheet.why_missing("funding_rate") == "the snapshot holds no settled funding rate"


def test_no_funding_is_missing_with_its_reason(facts):
    assert facts(funding).why_missing("funding_rate") == "the snapshot holds no funding rate"


def test_settled_comes_before_predicted_and_binance_before_bybit_before_okx_before_others(facts):
    names = ["Gate", "OKX", "Bybit", "Binance", "Aevo"]
    settled = [{**SETTLED, "venue": name, "source": name} for name in names]
    predicted = {**SETTLED, "kind": "predicted"}
    nowhere = {"rate": 0.0001, "interval_hours": 8, "kind": "settled"}
    sheet = facts(funding, funding=[predicted, nowhere, *settled])
    told = [(fact.subject.venue, fact.subject.at) for fact in sheet.all("funding_rate")]
    order = ["Binance", "Bybit", "OKX", "Aevo", "Gate", None]
    assert told == [*((name, "settled") for name in order), ("Binance", "predicted")]
    # one baseline for the settled and the predicted rate of an exchange
    assert len(sheet.all("funding_baseline", venue="Binance")) == 1


def test_a_stale_settlement_comes_after_a_fresh_one_of_another_exchange(facts):
    old = {**SETTLED, "time": "2026-05-21T16:00:00Z"}
    sheet = facts(funding, funding=[old, {**SETTLED, "venue": "OKX", "source": "OKX"}])
    assert sheet.get("funding_rate", at="settled").subject.venue == "OKX"


def test_a_second_source_is_told_apart_and_its_distance_measured(facts):
    vendor = {**SETTLED, "rate": 0.000036, "source": "CoinGlass"}
    sheet = facts(funding, funding=[vendor, SETTLED])
    assert [fact.subject.at for fact in sheet.all("funding_rate")] == ["settled", "settled; second source"]
    assert len(sheet.all("funding_money")) == 1
    # 0.0036 is half as much again as 0.0024
    assert sheet.get("conflict_gap", at="funding rate; settled").number == 50


def test_the_day_before_is_the_print_of_24_hours_earlier(facts):
    sheet = facts(funding, funding=prints([0.000081, 0.0001, 0.0001, -0.000012]))
    previous = sheet.get("funding_previous", venue="Binance", window=8, at="settled")
    assert (previous.number, f"{previous.as_of:%d %H:%M}") == (D("0.0081"), "21 08:00")
    assert sheet.get("funding_rate").number == D("-0.0012")


def test_the_settlements_of_two_days_are_told_with_their_times(facts):
    # the newest, one before it and one of 24 hours before are facts of their own
    sheet = facts(funding, funding=prints([0.00001, 0.00002, 0.000081, 0.00003, 0.0001, -0.000012]))
    past = {f"{fact.as_of:%d %H:%M}": fact.number for fact in sheet.all("funding_past")}
    assert past == {"21 16:00": D("0.003"), "21 00:00": D("0.002"), "20 16:00": D("0.001")}


def test_a_print_of_25_hours_and_a_minute_before_is_not_the_day_before(facts):
    earlier = {**SETTLED, "time": "2026-05-21T06:59:00Z"}
    assert facts(funding, funding=[SETTLED, earlier]).get("funding_previous") is None


def test_the_share_of_lower_prints_leaves_out_equal_ones():
    # one of four is lower, two are equal
    assert shares(D("0.0001"), [D("0.00005"), D("0.0001"), D("0.0001"), D("0.0002")]) == (D(25), D(50))


def test_the_place_among_earlier_prints_needs_thirty(facts):
    few = facts(funding, funding=prints([0.0001] * 29 + [0.000024]))
    assert few.get("funding_below_share") is None
    assert few.why_missing("funding_below_share") == ("a place among earlier settlements needs 30, and there are 29")
    # 6 of 30 lower, 15 equal, 9 higher
    enough = prints([0.00001] * 6 + [0.0001] * 15 + [0.0002] * 9 + [0.0001])
    sheet = facts(funding, funding=enough)
    assert sheet.get("funding_prints").number == 30
    assert sheet.get("funding_below_share").number == 20
    assert sheet.get("funding_equal_share").number == 50
    # 31 prints of eight hours are 248 hours, ten whole days
    days = sheet.get("history_days", at="funding")
    assert (days.number, days.subject.venue) == (10, "Binance")


def test_a_rate_is_ranked_among_all_that_is_held(facts):
    # 10 of 280 earlier prints are lower, 25/7 percent of them; 281 intervals of eight hours are 2248 hours, 93.7 days.
    sheet = facts(funding, funding=prints([0.00001] * 10 + [0.0002] * 270 + [0.0001]))
    assert sheet.get("funding_prints").number == 280
    assert sheet.get("funding_below_share").number == D("3.57142857143")
    assert sheet.get("history_days", at="funding").number == 93


@pytest.mark.parametrize("other", [{"venue": "Bybit"}, {"source": "CoinGlass"}, {"kind": "predicted"}])
def test_a_rate_is_compared_only_with_its_own_series(facts, other):
    sheet = facts(funding, funding=[*prints([0.0001] * 40, **other)[:-1], SETTLED])
    assert sheet.get("funding_below_share", venue="Binance", at="settled") is None


def test_an_exchange_that_changed_its_interval_within_a_week_is_flagged(facts):
    rows = [*prints([0.0001] * 3), {**SETTLED, "interval_hours": 4, "time": "2026-05-20T08:00:00Z"}]
    assert "funding_interval_mismatch" in facts(funding, funding=rows).flags
    long_ago = [*prints([0.0001] * 3), {**SETTLED, "interval_hours": 4, "time": "2026-05-14T08:00:00Z"}]
    assert "funding_interval_mismatch" not in facts(funding, funding=long_ago).flags


@pytest.mark.parametrize(
    ("rate", "flagged"),
    # Bybit settles every four hours here: -0.0003% is -0.0006% over eight, -0.00025% is -0.0005%
    [(-0.000003, True), (-0.0000025, False), (0.000003, False)],
)
def test_two_exchanges_diverge_when_their_rates_over_eight_hours_have_two_signs(facts, rate, flagged):
    bybit = {**SETTLED, "venue": "Bybit", "source": "Bybit", "rate": rate, "interval_hours": 4}
    assert ("venue_divergence" in facts(funding, funding=[SETTLED, bybit]).flags) is flagged


def test_a_rate_of_last_week_diverges_from_nothing(facts):
    bybit = {**SETTLED, "venue": "Bybit", "rate": -0.0003, "time": "2026-05-15T08:00:00Z"}
    assert facts(funding, funding=[SETTLED, bybit]).flags == ()


@pytest.mark.parametrize(("rate", "flagged"), [(0.0005, True), (-0.0005, True), (0.00049, False)])
def test_five_times_the_usual_baseline_is_extreme_either_way(facts, rate, flagged):
    assert ("funding_extreme" in facts(funding, funding=[{**SETTLED, "rate": rate}]).flags) is flagged


def test_an_hourly_rate_is_judged_over_eight_hours(facts):
    # 0.00625% an hour is 0.05% over eight
    row = {**SETTLED, "rate": 0.0000625, "interval_hours": 1}
    assert "funding_extreme" in facts(funding, funding=[row]).flags


def test_the_order_of_rows_changes_nothing(facts):
    rows = [*prints([0.0001] * 35), {**SETTLED, "venue": "Bybit"}, {"rate": 0.0003, "asset": "ETH"}]
    assert facts(funding, funding=rows).facts == facts(funding, funding=rows[::-1]).facts


def test_what_is_known_of_exchanges():
    assert venue("Binance").liquidations_complete is False
    assert venue("OKX").liquidations_complete is False
    assert venue("Bybit").liquidations_complete is True
    assert venue("Hyperliquid").liquidations_complete is True
    assert venue(None) == venue("Nowhere") == venues_file.UNKNOWN


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[Binance]\nfunding = 1', "holds something other than"),
        ('[Binance]\nfunding_baseline = 0.01', "together, or neither"),
        ('[Binance]\nfunding_order = "one"', "is not a number above 0"),
        ("[Binance", "cannot be read"),
    ],
)  # fmt: skip
def test_a_slip_in_the_venues_file_is_told(tmp_path, monkeypatch, text, told):
    (tmp_path / "venues.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(venues_file, "folder", lambda name: tmp_path)
    venues_file.venues.cache_clear()
    with pytest.raises(ConfigError, match=told):
        venues_file.venues()
    venues_file.venues.cache_clear()


@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)])
def test_of_two_rows_of_one_time_the_known_and_shorter_interval_counts(facts, order):
    unknown = {key: value for key, value in SETTLED.items() if key != "interval_hours"}
    rows = [SETTLED, {**SETTLED, "interval_hours": 4}, unknown][order]
    sheet = facts(funding, funding=rows)
    assert [fact.subject.window_hours for fact in sheet.all("funding_rate")] == [4]
    assert set(sheet.flags) == {"funding_interval_unknown", "funding_interval_mismatch"}


@given(
    rate=st.decimals("-0.9", "0.9", places=8),
    hours=st.sampled_from([D(1), D(2), D(4), D(8)]),
    factor=st.integers(2, 5),
)
def test_scaling_keeps_the_sign_and_the_proportion(rate, hours, factor):
    assert over_eight_hours(rate, hours) * rate >= 0
    assert over_a_year(rate, hours) == over_eight_hours(rate, hours) * 1095
    assert payment(rate, NOTIONAL) == payment(-rate, NOTIONAL) >= 0
    assert payment(rate * factor, NOTIONAL) == payment(rate, NOTIONAL) * factor
