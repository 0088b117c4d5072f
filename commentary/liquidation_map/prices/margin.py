"""What the formulas of exchanges have in common: the sign of a side, and the price at which equity meets its margin.

Equity of a linear position at price P is cash + s * q * P, where s is 1 for a long and -1 for a short, q its size in
coin, and cash its margin less s * q * entry. It is closed where equity meets notional * rate - cum.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from commentary.liquidation_map.tiers import Tier

Sided = Literal["long", "short"]


def sign(side: Sided) -> int:
    """Return 1 for a long, -1 for a short."""
    return 1 if side == "long" else -1


def above_zero(price: Decimal) -> Decimal | None:
    """Return a price, or None where it is none."""
    return price if price > 0 else None


def linear_price(side: Sided, size: Decimal, cash: Decimal, tiers: Iterable[Tier]) -> Decimal | None:
    """Return where the equity of a linear position meets the margin it must keep.

    The margin to be kept rises faster in each tier, so what a tier asks for is never more than the tier asks for that
    the position is in: of the prices by each tier the one that comes first on the way is that of the right tier.

    Args:
        side: of the position.
        size: in coin, above 0.
        cash: margin less s * size * entry, in the quote.
        tiers: of the contract.
    """
    s = sign(side)
    prices = [(cash + tier.cum) / (size * tier.rate - s * size) for tier in tiers]
    return above_zero(max(prices) if side == "long" else min(prices))
