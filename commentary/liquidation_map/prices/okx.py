"""OKX: liquidation prices of linear and inverse swaps, isolated margin.

A position is closed where its margin ratio is 100% or less, the fee of the forced order included; the formulas are
derived from that. Definition: OKX help, "Isolated margin trading: margin ratio" (read in quotation 2026-11-22).
"""

from decimal import Decimal

from commentary.liquidation_map.prices.margin import Sided, above_zero, sign


def linear(
    side: Sided, contracts: Decimal, face: Decimal, entry: Decimal, margin: Decimal, rate: Decimal, fee: Decimal
) -> Decimal | None:
    """Return the liquidation price of a linear swap.

    Args:
        side: of the position.
        contracts: how many.
        face: coins in one.
        entry: price.
        margin: in the quote.
        rate: maintenance margin rate of its tier, a fraction.
        fee: taker fee, a fraction.
    """
    s = sign(side)
    size = contracts * face
    return above_zero((margin - s * size * entry) / (size * (rate + fee - s)))


def inverse(
    side: Sided, contracts: Decimal, face_usd: Decimal, entry: Decimal, margin: Decimal, rate: Decimal, fee: Decimal
) -> Decimal | None:
    """Return the liquidation price of an inverse swap; None for a short that is never closed.

    Args:
        side: of the position.
        contracts: how many.
        face_usd: US dollars in one.
        entry: price.
        margin: in coin.
        rate: maintenance margin rate of its tier, a fraction.
        fee: taker fee, a fraction.
    """
    s = sign(side)
    value = contracts * face_usd
    coins = margin + s * value / entry
    if coins * s <= 0:
        return None
    return above_zero(value * (rate + fee + s) / coins)
