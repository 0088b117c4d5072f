"""Binance: liquidation prices of USD-M (linear) and COIN-M (inverse) contracts.

Definition: Binance, "How to Calculate Liquidation Price of USD-M Futures Contracts" and its COIN-M counterpart (read
in quotation 2026-11-22).
"""

from collections.abc import Iterable
from decimal import Decimal

from commentary.liquidation_map.prices.margin import Sided, above_zero, linear_price, sign
from commentary.liquidation_map.tiers import Tier


def linear(
    side: Sided,
    size: Decimal,
    entry: Decimal,
    balance: Decimal,
    tiers: Iterable[Tier],
    *,
    other_maintenance: Decimal = Decimal(0),
    other_unrealised: Decimal = Decimal(0),
) -> Decimal | None:
    """Return the liquidation price of a USD-M position; the tier is that of its notional at that price.

    Args:
        side: of the position.
        size: in coin.
        entry: price.
        balance: the isolated margin, or the wallet where margin is crossed, in the quote.
        tiers: of the contract.
        other_maintenance: margin that the other positions of a crossed wallet must keep.
        other_unrealised: profit of those positions, negative for a loss.
    """
    cash = balance - other_maintenance + other_unrealised - sign(side) * size * entry
    return linear_price(side, size, cash, tiers)


def coin_margined(
    side: Sided,
    contracts: Decimal,
    contract_usd: Decimal,
    entry: Decimal,
    balance: Decimal,
    rate: Decimal,
    cum: Decimal = Decimal(0),
) -> Decimal | None:
    """Return the liquidation price of a COIN-M position.

    Args:
        side: of the position.
        contracts: how many.
        contract_usd: US dollars that one stands for.
        entry: price.
        balance: margin in coin.
        rate: maintenance margin rate of its tier, a fraction.
        cum: deduction of the tier, in coin.
    """
    s = sign(side)
    coins = (balance + cum) / contract_usd + s * contracts / entry
    if coins * s <= 0:
        return None
    return above_zero(contracts * (rate + s) / coins)
