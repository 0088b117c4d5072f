"""Deribit's perpetuals: dollars of inverse contracts, hours of funding, and who was liquidated in a trade."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from commentary.records.snapshot import (
    Bar,
    CandleSeries,
    Funding,
    LiquidationOrder,
    OpenInterest,
    OrderBook,
    Price,
)
from commentary.sources.live.base import Asked, NotListedError, RefusedError, ReplyError, sources
from commentary.sources.live.deribit import unwrap
from commentary.sources.live.deribit.perpetual import instrument
from tests.sources.live.replies import NOW, changed, kept, rows, with_value, without

SOURCE = "deribit"
WHO = {"venue": "Deribit", "source": "Deribit"}


def at(hour: int, milliseconds: int = 0) -> datetime:
    return datetime(2026, 11, 22, hour, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


def test_the_open_interest_of_an_inverse_contract_is_in_dollars():
    seen = {"time": at(9, -500), **WHO}
    assert rows(SOURCE, "ticker", kept(SOURCE, "ticker")) == [
        Price(value=Decimal("77205.12"), kind="mark", **seen),
        Price(value=Decimal("77190.25"), kind="index", **seen),
        Price(value=Decimal("77204.5"), kind="last", **seen),
        OpenInterest(value_usd=Decimal(912345670), margin="inverse", sides="one", **seen),
    ]


def test_the_open_interest_of_a_linear_contract_is_in_coins_and_a_last_price_may_be_missing():
    seen = {"time": at(9, -700), **WHO}
    assert rows(SOURCE, "ticker", kept(SOURCE, "ticker_linear"), asset="SOL") == [
        Price(value=Decimal("148.021"), kind="mark", **seen),
        Price(value=Decimal("148.05"), kind="index", **seen),
        OpenInterest(value_coin=Decimal("20310.5"), margin="linear", sides="one", **seen),
    ]


def test_bitcoin_and_ether_are_asked_for_as_inverse_contracts_and_other_coins_against_usdc():
    assert [instrument(asset) for asset in ("BTC", "ETH", "SOL")] == [
        "BTC-PERPETUAL",
        "ETH-PERPETUAL",
        "SOL_USDC-PERPETUAL",
    ]


def test_funding_adds_up_hours_and_never_the_rolling_eight():
    found = rows(SOURCE, "funding_history", kept(SOURCE, "funding_history"))
    assert found == [
        Funding(rate=Decimal("0.0000021"), interval_hours=1, kind="settled", time=at(6), **WHO),
        Funding(rate=Decimal(0), interval_hours=1, kind="settled", time=at(7), **WHO),
        Funding(rate=Decimal("-0.0000004"), interval_hours=1, kind="settled", time=at(8), **WHO),
    ]
    # Three hours came to 0.0000017; the eight-hour figures of the same rows would add up to 0.00005528.
    assert sum(row.rate for row in found) == Decimal("0.0000017")


def test_the_rolling_eight_hours_are_not_even_looked_at():
    reply = without(kept(SOURCE, "funding_history"), "/result/1/interest_8h")
    assert rows(SOURCE, "funding_history", reply) == rows(SOURCE, "funding_history", kept(SOURCE, "funding_history"))


def test_the_current_funding_of_the_ticker_is_no_rate_since_its_interval_is_not_documented():
    assert not [row for row in rows(SOURCE, "ticker", kept(SOURCE, "ticker")) if isinstance(row, Funding)]


def test_finished_bars_become_candles_with_their_dollars_and_the_running_one_does_not():
    first = Bar(
        time=at(7),
        open=Decimal(76905),
        high=Decimal(77160),
        low=Decimal("76850.5"),
        close=Decimal("77101.5"),
        volume_usd=Decimal(7810250),
    )
    second = Bar(
        time=at(8),
        open=Decimal("77101.5"),
        high=Decimal(77310),
        low=Decimal(77020),
        close=Decimal(77204),
        volume_usd=Decimal(9471830),
    )
    found = rows(SOURCE, "candles", kept(SOURCE, "candles"))
    assert found == [CandleSeries(interval_minutes=60, bars=(first, second), **WHO)]


@pytest.mark.parametrize("column", ["open", "high", "low", "close", "cost"])
def test_columns_of_different_length_are_refused_since_they_go_by_place(column):
    with pytest.raises(ReplyError, match="as many values as there are ticks, which are 3") as caught:
        rows(
            SOURCE,
            "candles",
            changed(kept(SOURCE, "candles"), f"/result/{column}/0", lambda holder, key: holder.pop(key)),
        )
    assert caught.value.path == f"/{column}"


def test_the_side_of_a_liquidation_is_whose_position_the_trade_closed():
    """Taker T selling: a long; taker buying: a short; maker M against a buyer: a long; MT: one of each."""
    found = rows(SOURCE, "liquidations", kept(SOURCE, "liquidations"))

    def order(minutes: int, side: str, usd: int, price: str) -> LiquidationOrder:
        when = at(9) - timedelta(minutes=minutes)
        return LiquidationOrder(side=side, notional_usd=Decimal(usd), price=Decimal(price), time=when, **WHO)

    assert found == [
        order(2, "long", 30000, "77150"),
        order(3, "long", 12000, "77160.5"),
        order(4, "short", 5000, "77260"),
        order(5, "long", 700, "77251.5"),
        order(6, "short", 900, "77250.5"),
        order(7, "long", 4000, "77249.5"),
        order(7, "short", 4000, "77249.5"),
    ]


def test_trades_of_one_instant_and_side_are_one_order_whose_price_is_told_where_it_is_one():
    reply = kept(SOURCE, "liquidations")
    forced = reply["result"]["trades"][2]
    # 12,000 dollars at 77160.5 and 8,000 at another price; then twice 12,000 at the same.
    reply["result"]["trades"] = [forced, {**forced, "price": Decimal(77161), "amount": Decimal(8000)}]
    (row,) = rows(SOURCE, "liquidations", reply)
    assert (row.side, row.notional_usd, row.price) == ("long", 20000, None)
    reply["result"]["trades"] = [forced, forced]
    (row,) = rows(SOURCE, "liquidations", reply)
    assert (row.notional_usd, row.price) == (24000, Decimal("77160.5"))


def test_the_amount_of_a_linear_trade_is_in_coins():
    reply = kept(SOURCE, "liquidations")
    reply["result"]["trades"] = [{**reply["result"]["trades"][1], "price": Decimal("148.5"), "amount": Decimal(20)}]
    (row,) = rows(SOURCE, "liquidations", reply, asset="SOL")
    assert (row.side, row.notional_usd) == ("long", Decimal(2970))  # 20 * 148.5


def test_an_unknown_mark_of_a_liquidation_is_an_error():
    reply = with_value(kept(SOURCE, "liquidations"), "/result/trades/1/liquidation", "X")
    with pytest.raises(ReplyError, match="one of T, M, MT"):
        rows(SOURCE, "liquidations", reply)


def test_trades_without_a_liquidation_give_no_rows_and_no_sum_of_nothing():
    reply = kept(SOURCE, "liquidations")
    reply["result"]["trades"] = reply["result"]["trades"][:1]
    assert rows(SOURCE, "liquidations", reply) == []
    assert [call.name for call in sources[SOURCE].calls(Asked("BTC", NOW)) if call.may_be_empty] == ["liquidations"]


def test_the_book_of_an_inverse_contract_is_in_dollars_already():
    # The middle is 77205. Of it 0.1% is 77.205, 0.5% is 386.025 and 1% is 772.05: the bids at 77204.5, 77100 and 76433
    # are within 0.1, 0.5 and 1%, the asks at 77205.5 and 77977 within 0.1 and 1%. The book ends short of 2%.
    seen = {"time": at(9, -300), **WHO}
    assert rows(SOURCE, "order_book", kept(SOURCE, "order_book")) == [
        OrderBook(within_percent=Decimal("0.1"), bids_usd=51230, asks_usd=28940, **seen),
        OrderBook(within_percent=Decimal("0.5"), bids_usd=91230, asks_usd=28940, **seen),
        OrderBook(within_percent=1, bids_usd=116230, asks_usd=90000, **seen),
    ]


def test_the_book_of_a_linear_contract_is_in_coins_and_says_to_which_price_it_goes():
    reply = kept(SOURCE, "order_book")
    reply["result"]["bids"] = [[Decimal(148), Decimal(10)], [Decimal(147), Decimal(5)]]
    reply["result"]["asks"] = [[Decimal("148.1"), Decimal(20)], [Decimal(149), Decimal(7)]]
    *_, bids, asks = rows(SOURCE, "order_book", reply, asset="SOL")
    # 148 * 10 + 147 * 5 = 2215 down to 147; 148.1 * 20 + 149 * 7 = 2962 + 1043 = 4005 up to 149.
    assert (bids.to_price, bids.bids_usd) == (147, 2215)
    assert (asks.to_price, asks.asks_usd) == (149, 4005)


@pytest.mark.parametrize("side", ["bids", "asks"])
def test_a_book_with_an_empty_side_has_no_middle_and_gives_no_rows(side):
    assert rows(SOURCE, "order_book", with_value(kept(SOURCE, "order_book"), f"/result/{side}", [])) == []


def test_empty_lists_give_no_rows():
    assert rows(SOURCE, "funding_history", with_value(kept(SOURCE, "funding_history"), "/result", [])) == []
    nothing = {
        "ticks": [],
        "open": [],
        "high": [],
        "low": [],
        "close": [],
        "cost": [],
        "volume": [],
        "status": "no_data",
    }
    assert rows(SOURCE, "candles", with_value(kept(SOURCE, "candles"), "/result", nothing)) == []


@pytest.mark.parametrize("value", ["77190.25", Decimal("77190.25"), "7.719025e4"])
def test_numbers_are_read_as_text_and_as_numbers(value):
    found = rows(SOURCE, "ticker", with_value(kept(SOURCE, "ticker"), "/result/index_price", value))
    assert found[1].value == Decimal("77190.25")


@pytest.mark.parametrize("value", [Decimal(1795330800), Decimal(1795330800000), "1795330800000"])
def test_times_are_read_in_seconds_and_in_milliseconds(value):
    found = rows(SOURCE, "funding_history", with_value(kept(SOURCE, "funding_history"), "/result/1/timestamp", value))
    assert found[1].time == at(7)


def test_error_10028_is_the_limit_and_keeps_code_and_words():
    with pytest.raises(RefusedError, match=r"'too_many_requests' \(10028\)") as caught:
        unwrap(kept(SOURCE, "rate_limit"))
    assert caught.value.code == "10028"
    assert not isinstance(caught.value, NotListedError)


def test_an_instrument_that_is_not_there_is_not_listed():
    with pytest.raises(NotListedError, match="Invalid params"):
        unwrap(kept(SOURCE, "not_listed"))
    with pytest.raises(NotListedError):
        unwrap({"jsonrpc": "2.0", "error": {"code": Decimal(13020), "message": "not_found"}})


def test_other_wrong_params_are_a_refusal_and_say_nothing_of_what_is_listed():
    reply = with_value(kept(SOURCE, "not_listed"), "/error/data/param", "resolution")
    with pytest.raises(RefusedError) as caught:
        unwrap(reply)
    assert not isinstance(caught.value, NotListedError)


@pytest.mark.parametrize("reply", [{}, {"jsonrpc": "2.0"}, [], None, {"error": {"code": Decimal(1)}}])
def test_what_is_no_envelope_is_an_error(reply):
    with pytest.raises(ReplyError):
        unwrap(reply)


def test_its_clock_is_in_milliseconds():
    clock = sources[SOURCE].clock
    assert clock.path == "/public/get_time"
    assert clock.read(unwrap(kept(SOURCE, "get_time"))) == at(9, -199)


def test_pages_of_funding_follow_on_each_other_and_hold_ninety_days():
    asked = [call.params for call in sources[SOURCE].calls(Asked("BTC", NOW)) if call.name.startswith("funding")]
    ends = [(int(params["start_timestamp"]), int(params["end_timestamp"])) for params in asked]
    assert ends[0][1] == 1795338000000
    for later, earlier in pairwise(ends):
        assert earlier[1] == later[0] - 1
    assert ends[-1][0] <= 1795338000000 - 90 * 86_400_000
    # A reply holds 744 rows of an hour each, counted back from its end; both ends may have one.
    assert all(end - start <= 744 * 3_600_000 for start, end in ends)


def test_what_is_watched_takes_four_questions_about_a_coin():
    watched = [call.name for call in sources[SOURCE].calls(Asked("BTC", NOW, "watch"))]
    assert watched == ["ticker", "funding_history", "candles", "liquidations"]


def test_its_limit_is_twenty_questions_a_second():
    assert tuple(sources[SOURCE].pools["all"]) == (20, 1.0)
