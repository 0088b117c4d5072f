"""Deribit: the liquidation price of an inverse contract, crossed standard margin.

The margin to be kept is a rate that rises with the position's size in coin: 1% + 0.005% for each BTC, 1% + 0.0004% for
each ETH. Equity meets it where no formula leads, so the price is found by halving an interval. Deribit closes in
steps, so this is only where closing begins. Definition: support.deribit.com, "Futures and perpetual margin" (read in
quotation 2026-11-22).
"""

from decimal import Decimal

from commentary.liquidation_map.prices.margin import Sided, sign

BASE_RATE = Decimal("0.01")
RATE_PER_COIN = {"BTC": Decimal("0.00005"), "ETH": Decimal("0.000004")}
_EXACT = Decimal("1e-15")
"""Of the price: where the halving stops."""
_FARTHEST = 10**6
"""Times the entry: a short that is not closed there is never closed."""


def inverse(
    side: Sided,
    value_usd: Decimal,
    entry: Decimal,
    balance: Decimal,
    per_coin: Decimal = RATE_PER_COIN["BTC"],
    base: Decimal = BASE_RATE,
) -> Decimal | None:
    """Return the liquidation price; None for a short that is never closed.

    Args:
        side: of the position.
        value_usd: its contracts, in US dollars.
        entry: price.
        balance: in coin, without the position's profit.
        per_coin: by what the rate rises with each coin of size.
        base: the rate of a small position.

    Raises:
        ValueError: the balance is below the margin to be kept at the entry already.
    """

    def spare(price: Decimal) -> Decimal:
        size = value_usd / price
        return balance + sign(side) * (value_usd / entry - size) - size * (base + per_coin * size)

    if spare(entry) <= 0:
        raise ValueError(f"a balance of {balance} does not carry {value_usd} USD at {entry}")
    safe, gone = entry, entry / 2 if side == "long" else entry * 2
    while spare(gone) > 0:
        gone = gone / 2 if side == "long" else gone * 2
        if gone > entry * _FARTHEST:
            return None
    while abs(gone - safe) > _EXACT * entry:
        middle = (safe + gone) / 2
        safe, gone = (middle, gone) if spare(middle) > 0 else (safe, middle)
    return gone
