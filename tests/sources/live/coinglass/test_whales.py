"""CoinGlass's positions: a size below nought is a short."""

from decimal import Decimal

from tests.sources.live.coinglass.replies import rows


def test_a_negative_size_of_a_position_is_a_short():
    assert [(row.side, row.size_coin) for row in rows("whales")] == [("short", 800), ("long", Decimal("1200.5"))]
