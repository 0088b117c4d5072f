"""Prices: which is the price, who says it, and how it moved."""

from decimal import Decimal

import pytest

from commentary.metrics.price import price

D = Decimal
MARK = {
    "value": 62140,
    "kind": "mark",
    "venue": "Binance",
    "source": "Binance",
    "time": "2026-05-22T08:55:00Z",
}
LAST = {
    "value": 62150,
    "kind": "last",
    "venue": "Binance",
    "source": "Binance",
    "time": "2026-05-22T08:59:00Z",
}


def test_the_mark_price_is_the_price_though_the_last_price_is_newer(facts):
    sheet = facts(price, prices=[LAST, MARK])
    first = sheet.get("price")
    assert (first.number, first.subject.at, first.subject.venue) == (D(62140), "mark", "Binance")
    assert (first.evidence, first.source, first.unit, first.currency) == (
        "observed",
        ("Binance",),
        "price",
        "USD",
    )
    assert f"{first.as_of:%H:%M}" == "08:55"


@pytest.mark.parametrize(
    ("kinds", "best"),
    [(["spot", "last", "index"], "index"), (["spot", "last"], "last"), ([None, "spot"], "spot")],
)
def test_kinds_come_in_the_order_mark_index_last_spot_unknown(facts, kinds, best):
    rows = [{"value": 100 + i, **({"kind": kind} if kind else {})} for i, kind in enumerate(kinds)]
    assert facts(price, prices=rows).get("price").subject.at == best


def test_a_fresh_last_price_comes_before_a_stale_mark_price(facts):
    # 08:30 is 30 minutes before 09:00; a price is stale after 15
    stale = {**MARK, "time": "2026-05-22T08:30:00Z"}
    assert facts(price, prices=[stale, LAST]).get("price").subject.at == "last"


def test_age_is_judged_against_now_not_against_the_snapshot(facts):
    # by 09:12 the mark of 08:55 is 17 minutes old and stale, the last of 08:59 is 13 and fresh
    assert facts(price, prices=[MARK, LAST], now="2026-05-22T09:12:00Z").get("price").subject.at == "last"


def test_a_vendor_that_relays_an_exchange_only_reports(facts):
    fact = facts(price, prices=[{**MARK, "source": "CoinGlass"}]).get("price")
    assert (fact.evidence, fact.source) == ("reported", ("CoinGlass",))


def test_without_a_source_the_price_has_none(facts):
    fact = facts(price, prices=[{"value": 62140}]).get("price")
    assert (fact.evidence, fact.source, fact.subject.venue, fact.subject.at) == ("reported", (), None, None)


def test_two_sources_of_one_price_are_told_apart_and_the_exchange_is_first(facts):
    vendor = {**MARK, "value": 62100, "source": "CoinGlass", "time": "2026-05-22T08:56:00Z"}
    sheet = facts(price, prices=[vendor, MARK])
    assert [(f.number, f.subject.at) for f in sheet.all("price")] == [
        (D(62140), "mark"),
        (D(62100), "mark; second source"),
    ]
    assert sheet.get("conflict_gap") is None


def test_a_conflict_of_two_sources_is_measured(facts):
    # 61,518.6 is 62,140 less 1%; the tolerance is half a percent
    vendor = {**MARK, "value": 61518.6, "source": "CoinGlass"}
    gap = facts(price, prices=[vendor, MARK]).get("conflict_gap")
    assert (gap.number, gap.unit, gap.quantity, gap.subject.at) == (D(-1), "percent", "delta", "price; mark")
    assert gap.source == ("Binance", "CoinGlass")


def test_the_price_is_of_the_lead_coin_where_the_snapshot_is_about_the_market(facts):
    rows = [{"value": 2000, "asset": "ETH"}, {"value": 62140, "asset": "BTC"}]
    sheet = facts(price, asset="market", lead="BTC", prices=rows)
    assert [(f.subject.asset, f.number) for f in sheet.all("price")] == [("BTC", D(62140)), ("ETH", D(2000))]


def test_a_price_in_euros_says_so(facts):
    assert facts(price, quote="EUR", usd_rate=1.08, prices=[{"value": 57000}]).get("price").currency == "EUR"


def test_without_prices_the_newest_close_is_the_price(facts, candles):
    sheet = facts(price, candles=[candles([62000, 62100], ends="2026-05-22T08:00:00Z")])
    fact = sheet.get("price")
    assert (fact.number, fact.subject.at, f"{fact.as_of:%H:%M}") == (D(62100), "close", "08:00")


def test_the_close_of_an_unfinished_candle_is_no_close(facts, candles):
    # bars end at 07:00 and 11:00; the snapshot is of 09:00
    series = candles([62000, 62100], ends="2026-05-22T11:00:00Z")
    assert facts(price, candles=[series]).get("price").number == D(62000)


def test_without_price_and_candles_the_price_is_missing_with_its_reason(facts):
    sheet = facts(price)
    assert sheet.get("price") is None
    assert sheet.why_missing("price") == "the snapshot holds neither a price nor a finished candle"
    assert sheet.why_missing("price_change").startswith("the snapshot holds neither a change over 24 hours")


def test_a_reported_change_comes_before_one_that_could_be_made(facts):
    earlier = {**MARK, "value": 60000, "time": "2026-05-21T08:55:00Z"}
    sheet = facts(price, prices=[MARK, earlier], price_changes=[{"window_hours": 24, "percent": -5.4}])
    assert [f.number for f in sheet.all("price_change", window=24)] == [D("-5.4")]


@pytest.mark.parametrize(
    ("now", "percent", "before"),
    [
        # 68,940 / 1.058 = 65,161; 5.75% and 5.85% give 65,192 and 65,130, so tens are not known
        (68940, "5.8", "65200"),
        # 151.1 / 0.954 = 158.39; 4.55% and 4.65% give 158.30 and 158.47
        ("151.1", "-4.6", "158.4"),
        # 62,140 / 0.9876 = 62,920.21, and half a hundredth of a percent is 3.2
        (62140, "-1.24", "62920"),
    ],
)
def test_the_price_before_a_reported_change_has_the_digits_that_the_percent_can_tell(facts, now, percent, before):
    change = {"window_hours": 24, "percent": float(percent), "venue": "Binance", "time": MARK["time"]}
    sheet = facts(price, prices=[{**MARK, "value": float(now)}], price_changes=[change])
    assert sheet.get("price_from", window=24).number == D(before)


@pytest.mark.parametrize(
    ("opened", "venue", "begins", "before"),
    [
        # 68,940 / 65,160 = 1.05801, the 5.8% that is reported
        (65160, "Binance", "2026-05-21T08:55:00Z", "65160"),
        # 68,940 / 65,260 = 1.0564: another price than the one that moved by 5.8%
        (65260, "Binance", "2026-05-21T08:55:00Z", "65200"),
        (65160, "Bybit", "2026-05-21T08:55:00Z", "65200"),
        (65160, "Binance", "2026-05-21T08:00:00Z", "65200"),
    ],
    ids=["the open", "no such move", "another exchange", "another time"],
)
def test_the_price_before_a_reported_change_is_the_open_of_a_candle_there(facts, opened, venue, begins, before):
    change = {"window_hours": 24, "percent": 5.8, "venue": "Binance", "time": MARK["time"]}
    bar = {"time": begins, "open": opened, "high": 66000, "low": 65000, "close": 65500}
    series = {"venue": venue, "source": venue, "interval_minutes": 60, "bars": [bar]}
    sheet = facts(price, prices=[{**MARK, "value": 68940}], price_changes=[change], candles=[series])
    assert sheet.get("price_from", window=24).number == D(before)


def test_a_change_is_made_of_two_prices_of_one_kind_and_source(facts):
    earlier = {**MARK, "value": 65000, "time": "2026-05-21T08:54:00Z"}
    sheet = facts(price, prices=[MARK, earlier])
    change = sheet.get("price_change", window=24)
    # 62,140 / 65,000 = 0.956, so -4.4%
    assert (change.number, change.quantity, change.subject.venue) == (D("-4.4"), "delta", "Binance")
    assert change.inputs == ("BTC/price_from/venue=Binance/window=24h", "BTC/price/venue=Binance/at=mark")
    assert sheet[change.inputs[0]].number == 65000
    assert f"{change.as_of:%d %H:%M}" == "22 08:55"


@pytest.mark.parametrize(
    "other",
    [{"kind": "last"}, {"source": "CoinGlass"}, {"venue": "Bybit"}, {"time": "2026-05-21T08:50:00Z"}],
    ids=["another kind", "another source", "another exchange", "five minutes off"],
)
def test_a_change_is_not_made_across_kinds_sources_exchanges_or_times(facts, other):
    earlier = {**MARK, "value": 65000, "time": "2026-05-21T08:55:00Z", **other}
    assert facts(price, prices=[MARK, earlier]).get("price_change") is None


def test_no_change_is_made_to_a_stale_price(facts):
    earlier = {**MARK, "value": 65000, "time": "2026-05-21T08:55:00Z"}
    assert facts(price, prices=[MARK, earlier], now="2026-05-22T12:00:00Z").get("price_change") is None


def test_changes_are_made_of_closes_as_far_as_the_candles_reach(facts, candles):
    # seven closes four hours apart, the last at 09:00; 24 hours before it is the first
    sheet = facts(price, candles=[candles([100, 101, 102, 103, 104, 100, 95])])
    # 95 / 100 = -5% over 24 hours, and again 95 / 100 over four
    assert sheet.get("price_change", window=24).number == D(-5)
    assert sheet.get("price_change", window=4).number == D(-5)
    assert sheet.get("price_change", window=168) is None
    assert sheet.get("price_from", window=24).number == 100
    assert f"{sheet.get('price_from', window=24).as_of:%d %H:%M}" == "21 09:00"
    assert sheet.get("price_change").subject.window_hours == 24


def test_candles_that_ended_hours_ago_make_no_change_to_now(facts, candles):
    series = candles([100, 101, 102, 103, 104, 100, 95], ends="2026-05-22T04:00:00Z")
    sheet = facts(price, candles=[series])
    assert sheet.get("price_change") is None
    assert "the candles end at 04:00 UTC on 2026-05-22" in sheet.why_missing("price_change")


def test_the_range_of_the_day_is_of_24_hours_of_candles(facts, candles):
    # the last six of eight bars are the 24 hours to 09:00; the low of 90 in the first bar lies before
    series = candles([100] * 8, lows={0: 90, 3: 96}, highs={0: 120, 5: 103})
    sheet = facts(price, candles=[series])
    assert (sheet.get("price_low", window=24).number, sheet.get("price_high", window=24).number) == (96, 103)


def test_a_days_range_is_counted_against_those_of_earlier_days(facts, candles):
    # 31 days of six bars each. The last day runs from 98 to 100: 100 / 98 = 2.04%. Two of the thirty before it are
    # wider, of 97 and of 95 to 100; one is as wide as the last and is not counted; all others stand at 100.
    series = candles([100] * 186, lows={0: 97, 60: 95, 90: 98, 183: 98})
    sheet = facts(price, candles=[series])
    assert round(sheet.get("range_percent", window=24).number, 2) == D("2.04")
    assert (sheet.get("range_wider", window=24).number, sheet.get("range_days").number) == (2, 30)


def test_too_few_days_give_a_range_without_a_place(facts, candles):
    sheet = facts(price, candles=[candles([100] * 60)])
    assert sheet.get("range_percent", window=24).number == 0
    assert sheet.get("range_wider") is None
    assert "the snapshot holds 9" in sheet.why_missing("range_wider")


def test_a_gap_in_the_candles_leaves_no_range(facts, candles):
    series = candles([100] * 8)
    del series["bars"][4]
    assert facts(price, candles=[series]).get("price_low") is None


def test_the_days_of_candles_are_whole(facts, candles):
    # 13 bars of four hours are 52 hours
    fact = facts(price, candles=[candles([100] * 13)]).get("history_days", at="price")
    assert (fact.number, fact.unit) == (2, "days")


def test_a_contract_for_a_thousand_coins_costs_a_thousand_times_the_coin(facts):
    sheet = facts(
        price,
        asset="PEPE",
        contract="1000PEPEUSDT",
        contract_multiplier=1000,
        prices=[{"value": 0.00001234, "kind": "mark", "venue": "Binance", "source": "Binance"}],
    )
    # 0.00001234 * 1000
    assert sheet.get("contract_price", at="1000PEPEUSDT").number == D("0.01234")
    assert sheet.get("price").number == D("0.00001234")
    assert sheet.get("contract_multiplier").number == 1000


def test_the_order_of_rows_changes_nothing(facts):
    rows = [MARK, LAST, {**MARK, "venue": "Bybit", "source": "Bybit"}, {"value": 5, "asset": "XRP"}]
    assert facts(price, prices=rows).facts == facts(price, prices=rows[::-1]).facts


def test_a_contract_without_a_price_of_its_coin_has_none(facts):
    sheet = facts(price, asset="PEPE", contract="1000PEPEUSDT", contract_multiplier=1000)
    assert sheet.why_missing("contract_price") == "the snapshot holds no price of the coin"


def test_two_reports_of_one_change_are_told_apart_and_measured(facts):
    row = {"venue": "Binance", "window_hours": 24}
    rows = [{**row, "percent": -4, "source": "CoinGlass"}, {**row, "percent": -5, "source": "Binance"}]
    sheet = facts(price, price_changes=rows)
    assert [(fact.number, fact.subject.at) for fact in sheet.all("price_change")] == [
        (-5, None),
        (-4, "second source"),
    ]
    # from -5 up by 1, a fifth of 5
    assert sheet.get("conflict_gap", window=24, at="price change").number == 20


def test_windows_are_told_day_first(facts):
    rows = [{"window_hours": hours, "percent": 1} for hours in (4, 168, 24, 1)]
    told = [fact.subject.window_hours for fact in facts(price, price_changes=rows).all("price_change")]
    assert told == [24, 1, 4, 168]
