"""Bybit v5: rows worked out by hand from the recorded replies, and each of its quirks. It is 30 Nov, 09:07:30."""

from decimal import Decimal
from typing import Any

import pytest

from commentary.sources.live.base import NotListedError, RefusedError, ReplyError

PERPETUAL = {"margin": "linear", "sides": "one", "contract": "BTCUSDT"}


@pytest.fixture
def btc(replies: Any) -> Any:
    return replies("bybit")


def test_prices_have_the_time_of_the_envelope_and_one_is_of_a_day_before(btc: Any, say: Any) -> None:
    assert [say(row) for row in btc.rows("tickers")[:4]] == [
        {"time": "30 09:07:31", "value": "77212.02", "kind": "mark"},
        {"time": "30 09:07:31", "value": "77241.33", "kind": "index"},
        {"time": "30 09:07:31", "value": "77208.5", "kind": "last"},
        {"time": "29 09:07:31", "value": "78625.4", "kind": "last"},
    ]


def test_open_interest_is_that_of_one_side(btc: Any, say: Any) -> None:
    now = btc.rows("tickers")[4]
    # openInterest is 104662.642, twice as much.
    assert say(now) == {
        "time": "30 09:07:31",
        "value_coin": "52331.321",
        "value_usd": "4040617283.95",
        **PERPETUAL,
    }
    assert [say(row) for row in btc.rows("open_interest_history")] == [
        {"time": "30 09:00:00", "value_coin": "52250.1", **PERPETUAL},
        {"time": "30 08:45:00", "value_coin": "52120.2", **PERPETUAL},
    ]


def test_open_interest_that_is_given_for_both_sides_alone_says_so(btc: Any, say: Any) -> None:
    def without_one_side(payload: Any) -> None:
        for row in payload["list"]:
            del row["singleOpenInterest"]

    first = say(btc.rows("open_interest_history", without_one_side)[0])
    assert first == {
        "time": "30 09:00:00",
        "value_coin": "104500.2",
        "margin": "linear",
        "sides": "both",
        "contract": "BTCUSDT",
    }
    now = say(btc.rows("tickers", without_one_side)[4])
    assert now == {
        "time": "30 09:07:31",
        "value_coin": "104662.642",
        "margin": "linear",
        "sides": "both",
        "contract": "BTCUSDT",
    }


def test_the_interval_of_funding_is_given_in_minutes_and_the_rate_of_now_is_predicted(btc: Any, say: Any) -> None:
    (row,) = btc.rows("instruments")
    # 480 minutes
    assert say(row) == {"time": "30 09:07:31", "rate": "0.00003515", "interval_hours": "8", "kind": "predicted"}


def test_settlements_come_newest_first_and_are_for_the_hours_since_the_one_before(btc: Any, say: Any) -> None:
    assert [say(row) for row in btc.rows("funding_history")] == [
        {"time": "30 00:00:00", "rate": "0.0001", "interval_hours": "8", "kind": "settled"},
        {"time": "30 08:00:00", "rate": "0.00002811", "interval_hours": "8", "kind": "settled"},
    ]


def test_no_start_is_given_for_settlements_since_one_alone_is_refused(btc: Any) -> None:
    assert btc.call("funding_history").params == {"category": "linear", "symbol": "BTCUSDT", "limit": "200"}


def test_bars_come_newest_first_and_the_running_one_is_left_out(btc: Any, say: Any) -> None:
    held = btc.bars("candles")
    assert [f"{bar.time:%H}" for bar in held] == ["07", "08"]
    assert say(held[1]) == {
        "time": "30 08:00:00",
        "open": "77423",
        "high": "77483.1",
        "low": "77149",
        "close": "77262.1",
        # The seventh column, in dollars; the sixth is in coin.
        "volume_usd": "224246021.9",
    }
    assert [f"{bar.time:%d}" for bar in btc.bars("candles_daily")] == ["29"]


def test_the_mark_price_of_an_hour_before_is_the_close_of_the_bar_that_ended_then(btc: Any, say: Any) -> None:
    assert [say(row) for row in btc.rows("mark_history")] == [
        {"time": "30 08:00:00", "value": "77424", "kind": "mark"},
        {"time": "30 09:00:00", "value": "77264", "kind": "mark"},
    ]


def test_the_ratio_of_buyers_is_the_share_of_accounts_that_are_long(btc: Any, say: Any) -> None:
    (row,) = btc.rows("long_short_accounts")
    assert say(row) == {"time": "30 09:00:00", "long_share": "0.6012", "kind": "accounts"}


def test_depth_is_told_for_each_percentage_that_the_book_reaches(btc: Any, say: Any) -> None:
    # The middle is 77208.5; 1% of it is 772.085, so from 76436.415 to 77980.585: the last levels, at 76400 and 78010,
    # are beyond it, and 2% is beyond them. Within 1%: 77208.4 + 20 * 76800 = 1613208.4, and
    # 2 * 77208.6 + 10 * 77650 = 930917.2. Within 0.5%, from 76822.4575 to 77594.5425, the first levels alone.
    first = {"bids_usd": "77208.4", "asks_usd": "154417.2"}
    assert [say(row) for row in btc.rows("order_book")] == [
        {"time": "30 09:07:31", "within_percent": "0.1", **first},
        {"time": "30 09:07:31", "within_percent": "0.5", **first},
        {"time": "30 09:07:31", "within_percent": "1", "bids_usd": "1613208.4", "asks_usd": "930917.2"},
    ]


def test_the_basis_of_a_future_is_that_of_the_contract_named_by_its_day(btc: Any, say: Any) -> None:
    assert btc.call("future_front").params["symbol"] == "BTCUSDT-25DEC26"
    assert btc.call("future_next").params["symbol"] == "BTCUSDT-26MAR27"
    before, now = (say(row) for row in btc.rows("future_front"))
    # (79090 - 78442) / 78442 * 365 / 25.3333333333 = 648 / 78442 * 14.4078947369
    assert before == {"time": "30 00:00:00", "annualised": "0.119021898848", "days": "25.3333333333"}
    # (77745.5 - 77241.33) / 77241.33 * 365 / (2155948 s / 86400)
    assert now == {"time": "30 09:07:31", "annualised": "0.0954763003399", "days": "24.9531018519"}


def test_a_contract_for_a_thousand_coins_is_told_per_coin(replies: Any) -> None:
    pepe = replies("bybit", "PEPE")
    mark, _, _, _, interest = pepe.rows("tickers")
    assert mark.value == Decimal("0.000004513")  # 0.0045130 / 1000
    assert interest.value_coin == 4_400_000_000_000  # contracts, each for a thousand
    (row,) = pepe.rows("instruments")
    assert (row.rate, row.interval_hours) == (Decimal("-0.000312"), 4)  # 240 minutes


def test_the_thousand_of_shib_stands_behind_its_name(replies: Any) -> None:
    assert replies("bybit", "SHIB").call("candles").params["symbol"] == "SHIB1000USDT"


@pytest.mark.parametrize(
    "name",
    ["funding_history", "open_interest_history", "candles", "candles_daily", "mark_history", "long_short_accounts"],
)
def test_an_empty_list_gives_no_rows_and_no_noughts(btc: Any, name: str) -> None:
    assert btc.rows(name, lambda payload: {**payload, "list": []}) == []


def test_a_symbol_that_a_list_of_all_does_not_hold_is_not_listed(replies: Any) -> None:
    for name in ("tickers", "instruments"):
        with pytest.raises(NotListedError, match="no SOLUSDT"):
            replies("bybit", "SOL").rows(name)


def test_a_symbol_that_may_be_on_another_page_is_not_called_unlisted(replies: Any) -> None:
    with pytest.raises(ReplyError, match="/nextPageCursor holds 'page2'") as caught:
        replies("bybit", "SOL").rows("instruments", lambda payload: {**payload, "nextPageCursor": "page2"})
    assert not isinstance(caught.value, NotListedError)


@pytest.mark.parametrize("words", ["params error: symbol invalid", "params error: Symbol Invalid"])
def test_an_unknown_symbol_is_told_by_words_since_its_code_is_that_of_any_wrong_parameter(btc: Any, words: str) -> None:
    with pytest.raises(NotListedError, match="10001"):
        btc.source.unwrap({"retCode": Decimal(10001), "retMsg": words, "result": {}, "time": Decimal(1796029651120)})


@pytest.mark.parametrize(("code", "words"), [(10001, "params error: limit invalid"), (10006, "Too many visits!")])
def test_another_refusal_has_the_code_and_the_words_of_the_server(btc: Any, code: int, words: str) -> None:
    with pytest.raises(RefusedError, match=rf"{words}' \({code}\)") as caught:
        btc.source.unwrap({"retCode": Decimal(code), "retMsg": words, "result": {}, "time": Decimal(1796029651120)})
    assert not isinstance(caught.value, NotListedError)


def test_its_clock_is_the_time_of_the_envelope(btc: Any) -> None:
    result = {"timeSecond": "1796029650", "timeNano": "1796029650123456789"}
    reply = {"retCode": Decimal(0), "retMsg": "OK", "result": result, "time": Decimal(1796029650123)}
    told = btc.source.clock.read(btc.source.unwrap(reply))
    assert f"{told:%Y-%m-%d %H:%M:%S.%f}" == "2026-11-30 09:07:30.123000"


def test_no_page_asks_for_more_than_the_server_gives(btc: Any) -> None:
    most = {"/v5/market/open-interest": 200, "/v5/market/funding/history": 200, "/v5/market/account-ratio": 500}
    for call in btc.calls():
        assert int(call.params.get("limit", 0)) <= most.get(call.path, 1000), call.name
