"""CoinGlass's funding: percent, of each exchange's own interval, and not settled."""

from decimal import Decimal

import pytest

from commentary.sources.live.base import ReplyError
from tests.sources.live.coinglass.replies import recorded, rows


def test_funding_is_percent_and_its_rows_are_fractions():
    # Told 0.0086, which is 0.0086%.
    assert rows("funding")[0].rate == Decimal("0.000086")


def test_a_funding_rate_keeps_the_interval_of_its_exchange_and_none_where_that_is_null():
    told = {row.venue: row.interval_hours for row in rows("funding")}
    assert told == {"Binance": 8, "Hyperliquid": 1, "OKX": None, "Deribit": 8}


def test_a_rate_that_has_not_settled_is_predicted_and_one_of_a_history_has_no_kind():
    assert {row.kind for row in rows("funding")} == {"predicted"}
    assert {row.kind for row in rows("funding_history")} == {None}


def test_an_exchange_with_both_kinds_of_margin_has_one_rate_that_of_stablecoins():
    (binance,) = (row for row in rows("funding") if row.venue == "Binance")
    assert binance.rate == Decimal("0.000086")


def test_two_rates_of_one_exchange_in_one_list_are_refused():
    reply = recorded("funding")
    listed = reply["data"][1]["stablecoin_margin_list"]
    listed.append({**listed[0], "funding_rate": Decimal("0.01")})
    with pytest.raises(ReplyError, match=r"/1/stablecoin_margin_list/4/funding_rate .*one rate of Binance"):
        rows("funding", {"funding": reply})
