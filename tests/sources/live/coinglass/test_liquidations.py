"""CoinGlass's liquidations: both spellings, whole days, sides of orders."""

from decimal import Decimal

import pytest

from commentary.sources.live.base import Asked, ReplyError
from tests.sources.live.coinglass.replies import NOW, recorded, rows, utc


@pytest.mark.parametrize("spelled", ["{}_liquidation_usd", "{}Liquidation_usd"])
def test_both_spellings_of_the_sums_of_a_side_are_read(spelled):
    row = {spelled.format("long"): Decimal(3), spelled.format("short"): "1", "liquidation_usd": Decimal(4)}
    reply = {"code": "0", "data": [{"exchange": "All", **row}]}
    (made,) = rows("liquidations", {"liquidations": reply})
    assert (made.long_usd, made.short_usd, made.total_usd) == (3, 1, 4)


def test_a_window_of_liquidations_ends_at_its_time_and_counts_no_interval_that_runs():
    (day,) = rows("liquidations_history")
    assert day.time == utc("22 08:00")
    # With the hundred dollars of the running interval it would be 82262693.89.
    assert day.long_usd == Decimal("82262593.89")


def test_a_day_that_lacks_an_interval_is_left_out():
    reply = recorded("liquidations_history")
    del reply["data"][3]
    assert rows("liquidations_history", {"liquidations_history": reply}) == []
    reply = recorded("liquidations_history")
    reply["data"][3]["aggregated_long_liquidation_usd"] = None
    assert rows("liquidations_history", {"liquidations_history": reply}) == []


def test_a_sum_over_the_exchanges_asked_for_is_one_of_all_only_where_no_other_is_listed():
    reply = recorded("liquidations")
    reply["data"][2]["exchange"] = "Newcomer"
    with pytest.raises(ReplyError, match=r"/liquidations/2/exchange holds 'Newcomer'"):
        rows("liquidations_history", {"liquidations": reply})


def test_a_sell_order_closes_a_long_and_a_buy_order_a_short():
    assert [row.side for row in rows("orders_binance")] == ["long", "short"]


def test_a_direction_that_is_not_documented_is_refused():
    reply = recorded("orders_binance")
    reply["data"][0]["side"] = Decimal(3)
    with pytest.raises(ReplyError, match=r"/0/side"):
        rows("orders_binance", {"orders_binance": reply})


def test_orders_and_prices_of_a_contract_for_a_thousand_coins_are_left_out():
    asked = Asked("PEPE", NOW)
    order = {"exchange_name": "BINANCE", "symbol": "1000PEPEUSDT", "base_asset": "PEPE"}
    market = {"exchange_name": "Binance", "instrument_id": "1000PEPEUSDT", "symbol": "PEPE/USDT",
              "funding_rate": Decimal(0), "current_price": Decimal("0.0041")}  # fmt: skip
    assert rows("orders_binance", {"orders_binance": {"code": "0", "data": [order]}}, asked) == []
    assert rows("markets", {"markets": {"code": "0", "data": [market]}}, asked) == []
