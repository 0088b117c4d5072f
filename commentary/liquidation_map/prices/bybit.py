"""Bybit: liquidation prices of linear and inverse contracts, isolated margin, by its text of 2026 and by the older one.

The older text takes the margin to be kept at the entry price, the text of 2026-05-27 at the mark price; of the newer
one only the inverse formula was read, and the linear one is derived from it. Definition: Bybit help centre,
"Liquidation price calculation" (read in quotation 2026-11-22).
"""

from collections.abc import Iterable
from decimal import Decimal

from commentary.liquidation_map.prices.margin import Sided, above_zero, linear_price, sign
from commentary.liquidation_map.tiers import Tier

_NONE = Decimal(0)


def linear(
    side: Sided, size: Decimal, entry: Decimal, leverage: Decimal, tiers: Iterable[Tier], extra: Decimal = _NONE
) -> Decimal | None:
    """Return the liquidation price of a linear position by the text of 2026.

    Args:
        side: of the position.
        size: in coin.
        entry: price.
        leverage: by which the initial margin is notional / leverage.
        tiers: of the contract.
        extra: margin that was added, in the quote.
    """
    cash = size * entry / leverage + extra - sign(side) * size * entry
    return linear_price(side, size, cash, tiers)


def linear_at_entry(
    side: Sided,
    size: Decimal,
    entry: Decimal,
    leverage: Decimal,
    rate: Decimal,
    cum: Decimal = _NONE,
    extra: Decimal = _NONE,
) -> Decimal | None:
    """Return the liquidation price of a linear position by the older text.

    Args:
        side: of the position.
        size: in coin.
        entry: price.
        leverage: by which the initial margin is notional / leverage.
        rate: maintenance margin rate of its tier, a fraction.
        cum: deduction of the tier, in the quote.
        extra: margin that was added, in the quote.
    """
    initial = size * entry / leverage
    kept = size * entry * rate - cum
    return above_zero(entry - sign(side) * (initial - kept + extra) / size)


def inverse(
    side: Sided,
    value_usd: Decimal,
    entry: Decimal,
    leverage: Decimal,
    rate: Decimal,
    cum: Decimal = _NONE,
    extra: Decimal = _NONE,
    fee: Decimal = _NONE,
) -> Decimal | None:
    """Return the liquidation price of an inverse position by the text of 2026; None for a short that is never closed.

    Args:
        side: of the position.
        value_usd: its contracts, of one dollar each.
        entry: price.
        leverage: by which the initial margin is value / leverage.
        rate: maintenance margin rate of its tier, a fraction.
        cum: deduction of the tier, in coin.
        extra: margin that was added, in coin.
        fee: of the forced order, a fraction.
    """
    s = sign(side)
    coins = value_usd / entry
    bound = coins + s * (coins / leverage + extra / (1 + s * fee) + cum)
    return above_zero(value_usd * (1 + s * rate) / bound) if bound > 0 else None


def inverse_at_entry(
    side: Sided, value_usd: Decimal, entry: Decimal, leverage: Decimal, rate: Decimal, cum: Decimal = _NONE
) -> Decimal | None:
    """Return the liquidation price of an inverse position by the older text; arguments as of `inverse`."""
    coins = value_usd / entry
    bound = coins + sign(side) * (coins / leverage - coins * rate + cum)
    return above_zero(value_usd / bound) if bound > 0 else None
