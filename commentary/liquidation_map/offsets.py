"""By how many bins of the grid levels stand from the entry: each exchange's own formula for each leverage.

A position is taken to be isolated and of the first tier: how large positions are is not known, and larger ones are
closed nearer to their entry. A leverage above the contract's highest stands at the highest.
"""

from decimal import Decimal

import numpy as np

from commentary.liquidation_map.books import Offsets
from commentary.liquidation_map.grid import Ints, offset_of
from commentary.liquidation_map.prices import binance, okx
from commentary.liquidation_map.prices.margin import Sided
from commentary.liquidation_map.tiers import TierTable

_ONE = Decimal(1)


def capped(leverage: int, table: TierTable) -> Decimal:
    """Return a leverage, or the highest that the contract allows."""
    return min(Decimal(leverage), table.most)


def unit_price(side: Sided, leverage: Decimal, table: TierTable) -> Decimal:
    """Return the liquidation price of a linear position of one coin that was opened at 1.

    Of the exchanges we know, those with a fee in the margin follow OKX and all others one formula: Binance's, which
    Bybit (text of 2026) and Hyperliquid share.
    """
    first = table.tiers[:1]
    if table.taker:
        price = okx.linear(side, _ONE, _ONE, _ONE, _ONE / leverage, first[0].rate, table.taker)
    else:
        price = binance.linear(side, _ONE, _ONE, _ONE / leverage, first)
    if price is None:
        raise ValueError(f"a {side} of leverage {leverage} is never closed; a map takes leverage from 2")
    return price


def offsets_of(tables: list[TierTable], leverages: tuple[int, ...]) -> Offsets:
    """Return the offsets of each asset by its tiers.

    Args:
        tables: one an asset.
        leverages: rising.
    """

    def side(name: Sided) -> Ints:
        rows = [
            [offset_of(float(unit_price(name, capped(each, table), table))) for each in leverages] for table in tables
        ]
        return np.array(rows, dtype=np.int64)

    return Offsets(side("long"), side("short"))
