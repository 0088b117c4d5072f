"""Hyperliquid's replies become rows per coin, with hourly rates that are paid or running, and nothing made up."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from commentary.records.snapshot import Bar, CandleSeries, Funding, OpenInterest, OrderBook, Price
from commentary.sources.live.base import Asked, NotListedError, ReplyError, sources
from tests.sources.live.replies import NOW, RECEIVED, changed, kept, rows, with_value

SOURCE = "hyperliquid"
WHO = {"venue": "Hyperliquid", "source": "Hyperliquid"}


def at(hour: int, milliseconds: int = 0) -> datetime:
    return datetime(2026, 11, 22, hour, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


def test_a_market_gives_prices_the_running_rate_and_open_interest_in_coins_of_the_time_it_arrived():
    found = rows(SOURCE, "markets", kept(SOURCE, "markets"))
    assert found == [
        Price(value=Decimal(77205), kind="mark", time=RECEIVED, **WHO),
        Price(value=Decimal(77251), kind="index", time=RECEIVED, **WHO),
        Funding(rate=Decimal("-0.0000086"), interval_hours=1, kind="predicted", time=RECEIVED, **WHO),
        OpenInterest(value_coin=Decimal("31250.5"), margin="linear", sides="one", time=RECEIVED, **WHO),
    ]


def test_a_market_is_found_by_its_name_and_not_by_the_place_it_had_before():
    # BTC stands second in the recorded universe; the list beside it is in the same order.
    first, second = rows(SOURCE, "markets", kept(SOURCE, "markets"), asset="ETH")[:2]
    assert (first.value, second.value) == (Decimal("2501.3"), Decimal("2502.1"))


def test_lists_that_are_not_of_one_length_are_refused_since_they_go_by_place():
    with pytest.raises(ReplyError, match="not as many entries as the universe has, which are 4"):
        rows(SOURCE, "markets", changed(kept(SOURCE, "markets"), "/1/0", lambda holder, key: holder.pop(key)))


def test_a_market_by_the_thousand_gives_rows_per_coin():
    found = rows(SOURCE, "markets", kept(SOURCE, "markets"), asset="PEPE")
    # 0.009876 for a thousand; 4,200,000,000 thousands of coins. A rate is the same for one and for a thousand.
    assert [row.value for row in found[:2]] == [Decimal("0.000009876"), Decimal("0.000009881")]
    assert found[2].rate == Decimal("0.0000125")
    assert found[3].value_coin == Decimal(4_200_000_000_000)


def test_each_question_about_a_coin_by_the_thousand_names_its_market():
    bodies = [call.body for call in sources[SOURCE].calls(Asked("PEPE", NOW)) if call.name != "markets"]
    assert [body.get("coin") or body["req"]["coin"] for body in bodies] == ["kPEPE"] * 7


def test_a_coin_without_a_market_is_not_listed():
    with pytest.raises(NotListedError, match="no market TON"):
        rows(SOURCE, "markets", kept(SOURCE, "markets"), asset="TON")


def test_a_market_that_has_ended_is_not_listed_though_it_still_has_a_price():
    with pytest.raises(NotListedError, match="MATIC has ended"):
        rows(SOURCE, "markets", kept(SOURCE, "markets"), asset="MATIC")


@pytest.mark.parametrize("call", ["funding_history", "candles", "order_book"])
def test_null_for_a_coin_means_that_it_has_no_market(call):
    with pytest.raises(NotListedError, match="no market BTC"):
        rows(SOURCE, call, None)


def test_rates_of_the_past_were_settled_by_the_hour():
    found = rows(SOURCE, "funding_history", kept(SOURCE, "funding_history"))
    assert found == [
        Funding(rate=Decimal("0.0000125"), interval_hours=1, kind="settled", time=at(6, 76), **WHO),
        Funding(rate=Decimal("-0.0000043"), interval_hours=1, kind="settled", time=at(7, 12), **WHO),
        Funding(rate=Decimal("-0.0000071"), interval_hours=1, kind="settled", time=at(8, 3), **WHO),
    ]


def test_finished_bars_become_candles_and_the_running_one_does_not():
    found = rows(SOURCE, "candles", kept(SOURCE, "candles"))
    first = Bar(time=at(7), open=Decimal(76900), high=Decimal(77150), low=Decimal(76850), close=Decimal(77100))
    second = Bar(time=at(8), open=Decimal(77100), high=Decimal(77300), low=Decimal(77020), close=Decimal(77204))
    assert found == [CandleSeries(interval_minutes=60, bars=(first, second), **WHO)]


def test_candles_of_a_coin_by_the_thousand_are_per_coin():
    (series,) = rows(SOURCE, "candles", kept(SOURCE, "candles"), asset="PEPE")
    assert series.bars[0].close == Decimal("77.1")


def test_a_volume_in_coins_is_not_turned_into_dollars():
    (series,) = rows(SOURCE, "candles", kept(SOURCE, "candles"))
    assert {bar.volume_usd for bar in series.bars} == {None}


def test_the_book_is_summed_to_the_first_level_a_percent_away_and_says_to_which_price():
    # The middle is (77200 + 77300) / 2 = 77250, and 1% of it 772.5: the first levels there are 76400 and 78100.
    # The bids are worth 772000 + 385500 + 308000 + 230700 + 153600 + 153400 + 76600 + 76500 + 76400, which is 2232700,
    # the asks 618400 + 155000 + 78100, which is 851500.
    seen = {"time": at(9, -400), **WHO}
    assert rows(SOURCE, "order_book", kept(SOURCE, "order_book")) == [
        OrderBook(to_price=Decimal(76400), bids_usd=Decimal(2232700), **seen),
        OrderBook(to_price=Decimal(78100), asks_usd=Decimal(851500), **seen),
    ]


def test_a_book_of_a_coin_by_the_thousand_holds_the_same_money():
    bids, asks = rows(SOURCE, "order_book", kept(SOURCE, "order_book"), asset="PEPE")
    assert (bids.to_price, bids.bids_usd) == (Decimal("76.4"), Decimal(2232700))
    assert (asks.to_price, asks.asks_usd) == (Decimal("78.1"), Decimal(851500))


def test_the_levels_of_a_book_count_in_any_order():
    reply = kept(SOURCE, "order_book")
    for side in reply["levels"]:
        side.reverse()
    assert rows(SOURCE, "order_book", reply) == rows(SOURCE, "order_book", kept(SOURCE, "order_book"))


def test_a_book_that_ends_sooner_is_summed_to_where_it_ends():
    reply = kept(SOURCE, "order_book")
    del reply["levels"][0][2:]
    bids, _ = rows(SOURCE, "order_book", reply)
    assert (bids.to_price, bids.bids_usd) == (Decimal(77100), Decimal(1157500))


@pytest.mark.parametrize("call", ["funding_history", "candles"])
def test_an_empty_list_gives_no_rows(call):
    assert rows(SOURCE, call, []) == []


def test_a_book_with_an_empty_side_has_no_middle_and_gives_no_rows():
    assert rows(SOURCE, "order_book", with_value(kept(SOURCE, "order_book"), "/levels/1", [])) == []


@pytest.mark.parametrize(
    ("call", "place"), [("markets", "/1/1/markPx"), ("candles", "/0/o"), ("order_book", "/levels/0/0/px")]
)
def test_a_price_that_is_not_above_nothing_is_refused(call, place):
    with pytest.raises(ReplyError, match="above 0"):
        rows(SOURCE, call, with_value(kept(SOURCE, call), place, "0.0"))


def test_a_high_below_the_low_is_refused_with_the_bar():
    with pytest.raises(ReplyError, match="high"):
        rows(SOURCE, "candles", with_value(kept(SOURCE, "candles"), "/1/h", "1.0"))


@pytest.mark.parametrize("value", [Decimal("-0.0000086"), "-0.0000086", "-8.6e-6"])
def test_numbers_are_read_as_text_and_as_numbers(value):
    found = rows(SOURCE, "markets", with_value(kept(SOURCE, "markets"), "/1/1/funding", value))
    assert found[2].rate == Decimal("-0.0000086")


@pytest.mark.parametrize("value", [Decimal(1795330800), Decimal(1795330800000), "1795330800000"])
def test_times_are_read_in_seconds_and_in_milliseconds(value):
    found = rows(SOURCE, "funding_history", with_value(kept(SOURCE, "funding_history"), "/1/time", value))
    assert found[1].time == at(7)


def test_pages_of_settled_rates_follow_on_each_other_and_hold_ninety_days():
    bodies = [call.body for call in sources[SOURCE].calls(Asked("BTC", NOW)) if call.name.startswith("funding_history")]
    assert bodies[0]["endTime"] == 1795338000000
    for later, earlier in pairwise(bodies):
        assert earlier["endTime"] == later["startTime"] - 1
    assert bodies[-1]["startTime"] <= 1795338000000 - 90 * 86_400_000
    # A reply ends after 500 rows of an hour each, and both ends may have one.
    assert all(body["endTime"] - body["startTime"] <= 499 * 3_600_000 for body in bodies)


def test_the_weight_of_a_question_counts_the_rows_of_its_reply():
    costs = {call.name: dict(call.costs) for call in sources[SOURCE].calls(Asked("BTC", NOW))}
    # 20 + 450 / 20 = 42.5, so 43; 20 + 90 * 24 / 60 = 56.
    assert costs["markets"] == {"all": 20}
    assert costs["funding_history"] == costs["funding_history_5"] == {"all": 43}
    assert costs["candles"] == {"all": 56}
    assert costs["order_book"] == {"all": 2}


def test_all_it_asks_about_one_coin_is_within_a_minute_of_its_limit():
    pool = sources[SOURCE].pools["all"]
    assert (pool.most, pool.seconds) == (1200, 60)
    assert sum(call.costs["all"] for call in sources[SOURCE].calls(Asked("BTC", NOW))) < pool.most


def test_what_is_watched_takes_three_questions_and_the_markets_are_asked_once_for_all_coins():
    watched = list(sources[SOURCE].calls(Asked("BTC", NOW, "watch")))
    assert [(call.name, call.shared) for call in watched] == [
        ("markets", True),
        ("funding_history", False),
        ("candles", False),
    ]


def test_it_has_no_clock_but_the_date_header():
    assert sources[SOURCE].clock is None
