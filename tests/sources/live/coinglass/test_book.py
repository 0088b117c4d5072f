"""CoinGlass's shares: percent become fractions."""

from decimal import Decimal

from tests.sources.live.coinglass.replies import rows


def test_a_long_share_is_percent_and_its_row_a_fraction():
    assert rows("accounts")[0].long_share == Decimal("0.7388")
