"""Hyperliquid: liquidation prices of perpetuals, isolated or crossed.

Maintenance margin is half of the initial margin at the highest leverage of the tier: rate l = 1 / (2 * leverage). A
position is closed at px - s * available / size / (1 - l * s), where available is what the account or the isolated
margin holds above the margin to be kept at px. Positions above 100,000 USDC are closed in steps, so this is the price
of the first. Definition: Hyperliquid docs, "Liquidations" and "Margin tiers" (read in quotation 2026-11-22).
"""

from collections.abc import Iterable
from decimal import Decimal

from commentary.liquidation_map.prices.margin import Sided, linear_price, sign
from commentary.liquidation_map.tiers import Tier


def rate_of(leverage: Decimal) -> Decimal:
    """Return the maintenance margin rate of a tier by its highest leverage."""
    return 1 / (2 * leverage)


def perpetual(side: Sided, size: Decimal, price: Decimal, margin: Decimal, tiers: Iterable[Tier]) -> Decimal | None:
    """Return the liquidation price.

    Args:
        side: of the position.
        size: in coin.
        price: at which `margin` is counted: entry, or the mark of now.
        margin: the isolated margin, or the account's value where margin is crossed and no other position is held.
        tiers: of the coin.
    """
    return from_raw(side, size, margin - sign(side) * size * price, tiers)


def from_raw(side: Sided, size: Decimal, raw_usd: Decimal, tiers: Iterable[Tier]) -> Decimal | None:
    """Return the liquidation price from `rawUsd` of the exchange's own reply.

    Args:
        side: of the position.
        size: in coin, without sign.
        raw_usd: margin less s * size * price.
        tiers: of the coin.
    """
    return linear_price(side, size, raw_usd, tiers)
