"""Binance USD-M: rows worked out by hand from the recorded replies, and each of its quirks. It is 30 Nov, 09:07:30."""

from decimal import Decimal
from typing import Any

import pytest

from commentary.sources.live.base import NotListedError, RefusedError, ReplyError

PERPETUAL = {"margin": "linear", "sides": "one", "contract": "BTCUSDT"}


@pytest.fixture
def btc(replies: Any) -> Any:
    return replies("binance")


@pytest.fixture
def pepe(replies: Any) -> Any:
    return replies("binance", "PEPE")


def test_mark_and_index_price_have_the_time_that_the_reply_gives(btc: Any, say: Any) -> None:
    assert [say(row) for row in btc.rows("premium_index")] == [
        {"time": "30 09:07:28", "value": "77210.4", "kind": "mark"},
        {"time": "30 09:07:28", "value": "77240.1", "kind": "index"},
    ]


def test_the_price_of_a_day_before_is_the_one_that_opened_the_24_hours(btc: Any, say: Any) -> None:
    assert [say(row) for row in btc.rows("ticker")] == [
        {"time": "30 09:07:27", "value": "77205", "kind": "last"},
        {"time": "29 09:07:00", "value": "78620.3", "kind": "last"},
    ]


def test_the_rate_called_last_is_predicted_and_a_contract_that_is_not_listed_settles_every_eight_hours(
    btc: Any, say: Any
) -> None:
    (row,) = btc.rows("funding_info")
    assert say(row) == {"time": "30 09:07:28", "rate": "0.000031", "interval_hours": "8", "kind": "predicted"}


def test_a_contract_that_funding_info_lists_has_the_interval_given_there(pepe: Any) -> None:
    (row,) = pepe.rows("funding_info")
    assert (row.rate, row.interval_hours) == (Decimal("-0.00021"), 4)


def test_an_empty_list_of_intervals_makes_no_contract_one_of_eight_hours(pepe: Any) -> None:
    with pytest.raises(ReplyError, match="settle"):
        pepe.rows("funding_info", lambda payload: [])


def test_a_settlement_is_for_the_hours_since_the_one_before_it(btc: Any, say: Any) -> None:
    # 16:00, 00:00:00.002 and 08:00:00.003: eight hours each; the oldest only begins the next.
    assert [say(row) for row in btc.rows("funding_history")] == [
        {"time": "30 00:00:00", "rate": "-0.000012", "interval_hours": "8", "kind": "settled"},
        {"time": "30 08:00:00", "rate": "0.000024", "interval_hours": "8", "kind": "settled"},
    ]


def test_open_interest_now_is_in_coin_and_one_sided(btc: Any, say: Any) -> None:
    (row,) = btc.rows("open_interest")
    assert say(row) == {"time": "30 09:07:26", "value_coin": "98541.203", **PERPETUAL}


def test_times_of_open_interest_are_read_as_numbers_and_as_text(btc: Any, say: Any) -> None:
    # The first was recorded as a number, the second as text, as it was until 2026.
    assert [say(row) for row in btc.rows("open_interest_history")] == [
        {"time": "30 08:45:00", "value_coin": "98120.55", "value_usd": "7582265901.4", **PERPETUAL},
        {"time": "30 09:00:00", "value_coin": "98400.012", "value_usd": "7601900927.06", **PERPETUAL},
    ]


def test_a_bar_has_its_volume_and_its_buyers_in_dollars_and_the_running_one_is_left_out(btc: Any, say: Any) -> None:
    first = {
        "time": "30 07:00:00",
        "open": "77500.1",
        "high": "77610",
        "low": "77300",
        "close": "77420.5",
        "volume_usd": "396604412.1",
        "taker_buy_usd": "186700020.55",
    }
    held = btc.bars("candles")
    assert say(held[0]) == first
    assert [f"{bar.time:%H}" for bar in held] == ["07", "08"]
    assert [f"{bar.time:%d}" for bar in btc.bars("candles_daily")] == ["28", "29"]


def test_the_mark_price_of_an_hour_before_is_the_close_of_the_bar_that_ended_then(btc: Any, say: Any) -> None:
    assert [say(row) for row in btc.rows("mark_history")] == [
        {"time": "30 08:00:00", "value": "77422.3", "kind": "mark"},
        {"time": "30 09:00:00", "value": "77262.8", "kind": "mark"},
    ]


def test_ratios_tell_accounts_from_positions_and_taker_volume_is_a_share(btc: Any) -> None:
    found = {
        row.kind: row.long_share
        for name in ("long_short_accounts", "long_short_top_accounts", "long_short_top_positions", "taker_volume")
        for row in btc.rows(name)
    }
    assert found == {
        "accounts": Decimal("0.6622"),
        "top_accounts": Decimal("0.648"),
        "top_positions": Decimal("0.5512"),
        "taker_volume": Decimal("0.42"),  # of 6000 coins 2520 were bought
    }


def test_depth_is_told_only_as_far_as_the_book_reaches(btc: Any, say: Any) -> None:
    # The middle is (77200 + 77204) / 2 = 77202; 0.1% of it is 77.202, so from 77124.798 to 77279.202, and 0.5% is
    # beyond the last levels at 77100 and 77300. Bids: 2 * 77200 + 10 * 77160 = 926000; with 5 * 77100, 1311500.
    # Asks: 1.5 * 77204 + 8 * 77240 = 733726; with 4 * 77300, 1042926.
    assert [say(row) for row in btc.rows("order_book")] == [
        {"time": "30 09:07:28", "within_percent": "0.1", "bids_usd": "926000", "asks_usd": "733726"},
        {"time": "30 09:07:28", "to_price": "77100", "bids_usd": "1311500"},
        {"time": "30 09:07:28", "to_price": "77300", "asks_usd": "1042926"},
    ]


def test_the_basis_of_a_future_is_yearly_and_of_mark_over_index_of_one_time(btc: Any, say: Any) -> None:
    first, second, now = (say(row) for row in btc.rows("future_front"))
    # BTCUSDT_261225 expires on 25 Dec at 08:00. At the end of the bar of 28 Nov: 26 days and 8 hours;
    # (79340 - 78660) / 78660 * 365 / 26.3333333333 = 680 / 78660 * 13.8607594937 = 0.119823499...
    assert first == {"time": "29 00:00:00", "annualised": "0.11982349931", "days": "26.3333333333"}
    # (79100 - 78440) / 78440 * 365 / 25.3333333333 = 660 / 78440 * 14.4078947369
    assert second == {"time": "30 00:00:00", "annualised": "0.12122909901", "days": "25.3333333333"}
    # From 09:07:28 it is 24 days, 22 hours, 52 minutes, 32 seconds: 2155952 s / 86400; (77750 - 77240.1) / 77240.1.
    assert now == {"time": "30 09:07:28", "annualised": "0.0965627674598", "days": "24.9531481481"}


def test_only_coins_with_futures_are_asked_for_them(btc: Any, pepe: Any) -> None:
    asked = {call.name: call.params for call in btc.calls()}
    assert asked["future_front"]["symbol"] == "BTCUSDT_261225"
    assert asked["future_next"]["symbol"] == "BTCUSDT_270326"
    assert not {call.name for call in pepe.calls()} & {"future_front", "future_next", "index_history"}


def test_a_contract_for_a_thousand_coins_is_told_per_coin(pepe: Any) -> None:
    assert pepe.call("open_interest").params == {"symbol": "1000PEPEUSDT"}
    # 0.00451200 / 1000 and 0.00451350 / 1000
    values = [row.value for row in pepe.rows("premium_index")]
    assert values == [Decimal("0.000004512"), Decimal("0.0000045135")]
    # 98541.203 contracts of a thousand coins
    (now,) = pepe.rows("open_interest")
    assert now.value_coin == 98541203
    # Dollars are dollars, whatever a contract is for.
    history = pepe.rows("open_interest_history")
    assert (history[0].value_coin, history[0].value_usd) == (98120550, Decimal("7582265901.4"))
    bar = pepe.bars("candles")[0]
    assert (bar.open, bar.volume_usd) == (Decimal("77.5001"), Decimal("396604412.1"))
    # 2 contracts at 77200 are $154,400 at 77.2 a coin.
    assert pepe.rows("order_book")[1].to_price == Decimal("77.1")
    assert pepe.rows("order_book")[0].bids_usd == 926000


@pytest.mark.parametrize(
    "name", ["open_interest_history", "funding_history", "candles", "candles_daily", "mark_history", "taker_volume"]
)
def test_an_empty_list_gives_no_rows_and_no_noughts(btc: Any, name: str) -> None:
    assert btc.rows(name, lambda payload: []) == []


def test_a_symbol_that_a_list_of_all_does_not_hold_is_not_listed(replies: Any) -> None:
    for name in ("premium_index", "ticker", "funding_info"):
        with pytest.raises(NotListedError, match="no SOLUSDT"):
            replies("binance", "SOL").rows(name)


def test_an_error_is_told_by_its_code_and_an_invalid_symbol_is_not_listed(btc: Any) -> None:
    with pytest.raises(NotListedError, match=r"Invalid symbol.*-1121"):
        btc.source.unwrap({"code": Decimal(-1121), "msg": "Invalid symbol."})
    with pytest.raises(RefusedError, match=r"Too many requests.*-1003") as caught:
        btc.source.unwrap({"code": Decimal(-1003), "msg": "Too many requests."})
    assert not isinstance(caught.value, NotListedError)


def test_its_clock_is_read_in_milliseconds(btc: Any) -> None:
    told = btc.source.clock.read({"serverTime": Decimal(1796029650123)})
    assert f"{told:%Y-%m-%d %H:%M:%S.%f}" == "2026-11-30 09:07:30.123000"


def test_weights_are_those_of_the_number_of_bars(btc: Any) -> None:
    costs = {call.name: call.costs for call in btc.calls()}
    # From 500 to 1000 bars 5, from 100 to 499 2, fewer 1 (documentation of klines).
    assert (costs["candles"], costs["candles_daily"], costs["mark_history"]) == (
        {"weight": 5},
        {"weight": 2},
        {"weight": 1},
    )
    assert costs["open_interest_history"] == {"futures_data": 1}
    assert costs["funding_history"] == costs["funding_info"] == {"funding": 1}


def test_the_pages_of_a_history_lie_end_to_end(btc: Any) -> None:
    first, second = btc.call("open_interest_history").params, btc.call("open_interest_history_2").params
    # 360 points of 15 minutes each; the second page ends 15 minutes before the first begins.
    assert int(first["startTime"]) - int(second["endTime"]) == 15 * 60 * 1000
    assert first["endTime"] == "1796029200000"  # 09:00
    newer, older = btc.call("candles").params, btc.call("candles_2").params
    assert int(newer["endTime"]) - int(older["endTime"]) == 1000 * 3600 * 1000
