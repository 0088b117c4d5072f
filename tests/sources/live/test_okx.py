"""OKX v5: rows worked out by hand from the recorded replies, and each of its quirks. It is 30 Nov, 09:07:30."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from commentary.sources.live.base import NotListedError, RefusedError, ReplyError

PERPETUAL = {"margin": "linear", "sides": "one", "contract": "BTC-USDT-SWAP"}


@pytest.fixture
def btc(replies: Any) -> Any:
    return replies("okx")


@pytest.fixture
def pepe(replies: Any) -> Any:
    return replies("okx", "PEPE")


def test_the_swap_in_usdt_is_meant_and_neither_the_inverse_one_nor_the_index(btc: Any, say: Any) -> None:
    (mark,), (index,) = btc.rows("mark_prices"), btc.rows("index_prices")
    assert say(mark) == {"time": "30 09:07:32", "value": "77214.3", "kind": "mark"}
    assert say(index) == {"time": "30 09:07:32", "value": "77243.9", "kind": "index"}


def test_the_price_that_opened_the_24_hours_is_of_a_day_before(btc: Any, say: Any) -> None:
    assert [say(row) for row in btc.rows("tickers")] == [
        {"time": "30 09:07:32", "value": "77209.9", "kind": "last"},
        {"time": "29 09:07:32", "value": "78630.2", "kind": "last"},
    ]


def test_open_interest_is_read_in_coin_and_not_in_contracts(btc: Any, pepe: Any, say: Any) -> None:
    (row,) = btc.rows("open_interest")
    # 2810022.5 contracts of 0.01 BTC are 28100.225 BTC.
    assert say(row) == {
        "time": "30 09:07:32",
        "value_coin": "28100.225",
        "value_usd": "2169739203.1",
        **PERPETUAL,
    }
    assert [say(row) for row in btc.rows("open_interest_history")] == [
        {"time": "30 09:00:00", "value_coin": "28044", "value_usd": "2166567222.4", **PERPETUAL},
        {"time": "30 08:45:00", "value_coin": "27999.005", "value_usd": "2163583113.2", **PERPETUAL},
    ]
    # 1210000 contracts of 10,000,000 PEPE
    assert pepe.rows("open_interest")[0].value_coin == 12_100_000_000_000


def test_the_interval_is_the_time_between_the_two_settlements_ahead_and_the_rate_is_predicted(
    btc: Any, pepe: Any, say: Any
) -> None:
    (row,) = btc.rows("funding_rates")
    # 16:00 and 00:00 of the next day
    assert say(row) == {
        "time": "30 09:07:32",
        "rate": "0.0000443823470285",
        "interval_hours": "8",
        "kind": "predicted",
    }
    # 12:00 and 16:00
    assert pepe.rows("funding_rates")[0].interval_hours == 4


def test_what_was_paid_is_the_realised_rate_and_not_the_one_predicted_before(btc: Any, say: Any) -> None:
    assert [say(row) for row in btc.rows("funding_history")] == [
        {"time": "30 00:00:00", "rate": "0.0000881200034512", "interval_hours": "8", "kind": "settled"},
        {"time": "30 08:00:00", "rate": "0.0000210774110021", "interval_hours": "8", "kind": "settled"},
    ]


def test_a_bar_that_is_not_confirmed_still_runs(btc: Any, say: Any) -> None:
    held = btc.bars("candles")
    assert [f"{bar.time:%H}" for bar in held] == ["07", "08"]
    assert say(held[1]) == {
        "time": "30 08:00:00",
        "open": "77425",
        "high": "77484",
        "low": "77150",
        "close": "77263",
        # volCcyQuote; vol is in contracts and volCcy in coin.
        "volume_usd": "239710533.9",
    }

    def unconfirmed(payload: Any) -> None:
        payload[1][8] = "0"

    assert [f"{bar.time:%H}" for bar in btc.bars("candles", unconfirmed)] == ["07"]


def test_a_confirmed_bar_that_has_not_ended_is_left_out_too(btc: Any) -> None:
    def confirmed(payload: Any) -> None:
        payload[0][8] = "1"

    assert [f"{bar.time:%H}" for bar in btc.bars("candles", confirmed)] == ["07", "08"]


def test_days_are_those_of_utc(btc: Any) -> None:
    daily = [call for call in btc.calls() if call.params.get("bar", "").startswith("1D")]
    assert {call.params["bar"] for call in daily} == {"1Dutc"}
    assert [f"{bar.time:%d %H:%M}" for bar in btc.bars("candles_daily")] == ["29 00:00"]


def test_the_mark_price_of_an_hour_before_is_the_close_of_the_bar_that_ended_then(btc: Any, say: Any) -> None:
    assert [say(row) for row in btc.rows("mark_history")] == [
        {"time": "30 08:00:00", "value": "77426", "kind": "mark"},
        {"time": "30 09:00:00", "value": "77265", "kind": "mark"},
    ]


def test_longs_over_shorts_become_the_share_of_longs(btc: Any, say: Any) -> None:
    (row,) = btc.rows("long_short_accounts")
    # 1.5 longs for each short: 1.5 of 2.5
    assert say(row) == {"time": "30 09:00:00", "long_share": "0.6", "kind": "accounts"}


def test_taker_volume_has_what_was_sold_before_what_was_bought(btc: Any, say: Any) -> None:
    (row,) = btc.rows("taker_volume")
    # Of 180 million sold and 60 million bought a quarter was bought.
    assert say(row) == {"time": "30 08:00:00", "long_share": "0.25", "kind": "taker_volume"}


def test_levels_of_a_book_are_in_contracts_of_a_hundredth_of_a_coin(btc: Any, say: Any) -> None:
    # The middle is (77209.8 + 77210) / 2 = 77209.9, 0.1% of it 77.2099: from 77132.6901 to 77287.1099. Bids: 200
    # contracts of 0.01 at 77209.8 = 154419.6; with 1000 at 77130, 925719.6. Asks: 100 at 77210 = 77210; with 500 at
    # 77290, 463660. The book ends at 77130 and 77290, so that 0.1% is reached and 0.5% is not.
    assert [say(row) for row in btc.rows("order_book")] == [
        {"time": "30 09:07:32", "within_percent": "0.1", "bids_usd": "154419.6", "asks_usd": "77210"},
        {"time": "30 09:07:32", "to_price": "77130", "bids_usd": "925719.6"},
        {"time": "30 09:07:32", "to_price": "77290", "asks_usd": "463660"},
    ]


def test_the_size_of_a_contract_is_multiplied_by_its_multiplier(btc: Any) -> None:
    instruments = btc.payload("instruments")
    instruments[0]["ctMult"] = "10"
    assert btc.rows("order_book", instruments=instruments)[0].bids_usd == 1_544_196


def test_a_contract_that_is_not_sized_in_the_coin_gives_no_depth(btc: Any) -> None:
    instruments = btc.payload("instruments")
    instruments[0]["ctValCcy"] = "USD"
    with pytest.raises(ReplyError, match="/0/ctValCcy holds 'USD', not one of BTC"):
        btc.rows("order_book", instruments=instruments)


def test_prices_of_a_small_coin_are_per_coin_already(pepe: Any) -> None:
    assert pepe.rows("mark_prices")[0].value == Decimal("0.00000451301")


def test_the_basis_of_a_future_is_that_of_the_contract_named_by_its_day(btc: Any, say: Any) -> None:
    assert btc.call("future_front").params["instId"] == "BTC-USDT-261225"
    before, now = (say(row) for row in btc.rows("future_front"))
    # (79095 - 78444) / 78444 * 365 / 25.3333333333 = 651 / 78444 * 14.4078947369
    assert before == {"time": "30 00:00:00", "annualised": "0.119569877539", "days": "25.3333333333"}
    # (77752.4 - 77243.9) / 77243.9 * 365 / (2155947 s / 86400)
    assert now == {"time": "30 09:07:32", "annualised": "0.0962931271844", "days": "24.9530902778"}


@pytest.mark.parametrize(
    "name", ["funding_history", "open_interest_history", "candles", "mark_history", "taker_volume"]
)
def test_an_empty_list_gives_no_rows_and_no_noughts(btc: Any, name: str) -> None:
    assert btc.rows(name, lambda payload: []) == []


def test_a_coin_that_a_list_of_all_does_not_hold_is_not_listed(replies: Any) -> None:
    for name in ("mark_prices", "tickers", "open_interest", "funding_rates"):
        with pytest.raises(NotListedError, match="no SOL-USDT-SWAP"):
            replies("okx", "SOL").rows(name)


def test_an_unknown_instrument_is_not_listed_and_another_refusal_has_its_code(btc: Any) -> None:
    with pytest.raises(NotListedError, match=r"Instrument ID does not exist.*51001"):
        btc.source.unwrap({"code": "51001", "msg": "Instrument ID does not exist", "data": []})
    with pytest.raises(RefusedError, match=r"Too Many Requests.*50011") as caught:
        btc.source.unwrap({"code": "50011", "msg": "Too Many Requests", "data": []})
    assert not isinstance(caught.value, NotListedError)


def test_its_clock_is_read_in_milliseconds(btc: Any) -> None:
    told = btc.source.clock.read(btc.source.unwrap({"code": "0", "msg": "", "data": [{"ts": "1796029650123"}]}))
    assert f"{told:%Y-%m-%d %H:%M:%S.%f}" == "2026-11-30 09:07:30.123000"


def test_the_pages_of_a_history_lie_end_to_end(btc: Any) -> None:
    pages = [call.params for call in btc.calls() if call.name.startswith("open_interest_history")]
    assert len(pages) == 7
    # Both bounds are left out: 100 points of 15 minutes lie between them, the newest of them at 09:00.
    assert pages[0]["end"] == "1796030100000"  # 09:15
    for newer, older in pairwise(pages):
        assert int(newer["end"]) - int(older["end"]) == 100 * 15 * 60 * 1000
        assert int(newer["end"]) - int(newer["begin"]) == 101 * 15 * 60 * 1000


def test_all_pages_of_statistics_are_asked_within_the_time_for_one_coin(btc: Any) -> None:
    most = btc.source.pools["open_interest_history"]
    count = sum(call.costs.get("open_interest_history", 0) for call in btc.calls())
    assert count / most.most * most.seconds < btc.source.deadline_seconds / 2
