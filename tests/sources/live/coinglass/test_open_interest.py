"""CoinGlass's open interest: coins or dollars told by size, and sums over the same exchanges."""

from decimal import Decimal

import pytest

from commentary.sources.live.base import ReplyError
from tests.sources.live.coinglass.replies import recorded, rows, utc


def test_a_history_that_comes_in_dollars_where_coins_were_asked_for_is_refused():
    reply = recorded("open_interest_history")
    for row in reply["data"]:
        # 655400.25 coins at about 61240 are forty billion dollars.
        row["close"] = "40137000000"
    with pytest.raises(ReplyError, match=r"/1/close .*coins, near the 660000 of now"):
        rows("open_interest_history", {"open_interest_history": reply})


def test_a_chart_whose_newest_sum_is_not_that_of_all_exchanges_is_refused():
    # 2% of 660000 are 13200: without the 140000 of CME the sum is of some exchanges.
    reply = recorded("open_interest_chart")
    del reply["data"]["data_map"]["CME"]
    with pytest.raises(ReplyError, match=r"/data_map .*near the 660000 coins of all exchanges"):
        rows("open_interest_chart", {"open_interest_chart": reply})


def test_a_level_of_a_time_of_which_an_exchange_now_without_one_had_one_is_of_another_sum():
    reply = recorded("open_interest_chart")
    reply["data"]["data_map"]["Closed"][3] = Decimal(12)
    (left,) = rows("open_interest_chart", {"open_interest_chart": reply})
    assert left.time == utc("22 04:05")


def test_a_list_of_levels_that_is_shorter_than_that_of_times_is_refused():
    reply = recorded("open_interest_chart")
    reply["data"]["data_map"]["Bybit"].pop()
    with pytest.raises(ReplyError, match=r"/data_map/Bybit .*6 levels"):
        rows("open_interest_chart", {"open_interest_chart": reply})


@pytest.mark.parametrize(("close", "unit"), [("555100", "value_coin"), ("33993000000", "value_usd")])
def test_the_unit_of_a_history_of_one_margin_is_told_by_its_size(close, unit):
    reply = recorded("open_interest_linear_history")
    for row in reply["data"]:
        row["close"] = close
    made = rows("open_interest_linear_history", {"open_interest_linear_history": reply})
    assert {getattr(row, unit) for row in made} == {Decimal(close)}


@pytest.mark.parametrize("close", ["102000", "5551000000000"])
def test_a_size_that_fits_neither_dollars_nor_coins_is_refused(close):
    reply = recorded("open_interest_linear_history")
    reply["data"][-1]["close"] = close
    with pytest.raises(ReplyError, match=r"/1/close .*34294680000 dollars or 560000 coins"):
        rows("open_interest_linear_history", {"open_interest_linear_history": reply})


def test_a_size_that_fits_dollars_and_coins_alike_is_refused():
    now = recorded("open_interest")
    # A coin of about one dollar.
    now["data"][0] |= {"open_interest_by_stable_coin_margin": 560000, "open_interest_usd": 660000}
    with pytest.raises(ReplyError, match="560000 dollars or 560000 coins"):
        rows("open_interest_linear_history", {"open_interest": now})
