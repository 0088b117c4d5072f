"""CoinGlass's prices: of a perpetual contract for one coin."""

from decimal import Decimal

import pytest

from commentary.sources.live.base import Asked, NotListedError
from tests.sources.live.coinglass.replies import NOW, recorded, rows


def test_a_contract_that_expires_gives_no_price_though_it_is_larger():
    # BTCUSDT_261225 at 61611.9 has no funding rate.
    assert {row.value for row in rows("markets") if row.METRIC == "price"} == {
        Decimal("61240.5"), Decimal("61268.31"), Decimal("61239.1"),
    }  # fmt: skip


def test_a_coin_without_any_contract_is_not_listed():
    with pytest.raises(NotListedError, match="a contract of XYZ"):
        rows("markets", asked=Asked("XYZ", NOW))


def test_the_ratio_with_the_misspelt_name_is_not_needed():
    reply = recorded("markets")
    assert "open_interest_volume_radio" in reply["data"][0]
    del reply["data"][0]["open_interest_volume_radio"]
    assert rows("markets", {"markets": reply}) == rows("markets")
