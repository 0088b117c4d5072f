"""By how many bins of the grid levels stand from the entry: each exchange's own formula for each leverage.

A position is taken to be isolated and of the first tier: how large positions are is not known, and larger ones are
closed nearer to their entry. A leverage above the contract's highest stands at the highest.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from commentary.liquidation_map.books import Offsets
from commentary.liquidation_map.grid import Ints, offset_of
from commentary.liquidation_map.prices import binance, bybit, hyperliquid, okx
from commentary.liquidation_map.prices.margin import Sided
from commentary.liquidation_map.tiers import TierTable

_ONE = Decimal(1)


def capped(leverage: int, table: TierTable) -> Decimal:
    """Return a leverage, or the highest that the contract allows."""
    return min(Decimal(leverage), table.most)


def _binance(side: Sided, leverage: Decimal, table: TierTable) -> Decimal | None:
    return binance.linear(side, _ONE, _ONE, _ONE / leverage, table.tiers[:1])


def _bybit(side: Sided, leverage: Decimal, table: TierTable) -> Decimal | None:
    return bybit.linear(side, _ONE, _ONE, leverage, table.tiers[:1])


def _okx(side: Sided, leverage: Decimal, table: TierTable) -> Decimal | None:
    return okx.linear(side, _ONE, _ONE, _ONE, _ONE / leverage, table.tiers[0].rate, table.taker)


def _hyperliquid(side: Sided, leverage: Decimal, table: TierTable) -> Decimal | None:
    return hyperliquid.perpetual(side, _ONE, _ONE, _ONE / leverage, table.tiers[:1])


_FORMULAS = {"Binance": _binance, "Bybit": _bybit, "OKX": _okx, "Hyperliquid": _hyperliquid}
"""By exchange, as rows name it. Deribit's perpetuals are inverse, and of those no map is drawn: history.py says so."""


def unit_price(venue: str | None, side: Sided, leverage: Decimal, table: TierTable) -> Decimal:
    """Return the liquidation price of a linear position of one coin that was opened at 1.

    Args:
        venue: the exchange; one whose formula we do not know is taken to use Binance's, the plainest.
        side: of the position.
        leverage: from 2.
        table: tiers of the contract.
    """
    price = _FORMULAS.get(venue or "", _binance)(side, leverage, table)
    if price is None:
        raise ValueError(f"a {side} of leverage {leverage} is never closed; a map takes leverage from 2")
    return price


class Contract(NamedTuple):
    """What decides where the levels of a book stand."""

    venue: str | None
    table: TierTable


def offsets_of(contracts: Sequence[Contract], leverages: tuple[int, ...]) -> Offsets:
    """Return the offsets of each contract by its exchange's formula and its tiers.

    Args:
        contracts: one a book.
        leverages: rising.
    """

    def side(name: Sided) -> Ints:
        rows = [
            [offset_of(float(unit_price(venue, name, capped(each, table), table))) for each in leverages]
            for venue, table in contracts
        ]
        return np.array(rows, dtype=np.int64)

    return Offsets(side("long"), side("short"))
