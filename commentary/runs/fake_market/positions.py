"""Large positions of made-up accounts, as Hyperliquid shows them."""

from typing import NamedTuple

from commentary.runs.fake_market.noise import key, uniform
from commentary.runs.fake_market.series import Market

HYPERLIQUID = "Hyperliquid"
HOW_MANY = 48
"""Positions of a coin."""
_LEVERAGES = (3, 5, 10, 20, 25, 40)


class Position(NamedTuple):
    """A position of one account; prices in USD, times in seconds since 1970."""

    user: str
    asset: str
    size: float
    """Coins, below zero where it is short."""
    entry: float
    mark: float
    leverage: int
    cross: bool
    opened: float
    liquidation: float | None
    """None where no price liquidates it."""

    @property
    def value_usd(self) -> float:
        """What it is worth at the mark."""
        return abs(self.size) * self.mark

    @property
    def margin_usd(self) -> float:
        """What it took when it was opened."""
        return abs(self.size) * self.entry / self.leverage

    @property
    def profit_usd(self) -> float:
        """What it has gained."""
        return self.size * (self.mark - self.entry)


def positions(market: Market, asset: str, at: float) -> list[Position]:
    """Return the positions of a coin, largest first. Their size is a share of Hyperliquid's open interest then.

    Liquidation follows Hyperliquid's formula for an isolated position, with l = 1/(2 x most leverage); positions that
    the price has liquidated since are gone.
    """
    made = []
    most = min(40, market.assets[asset].leverage)
    for place in range(HOW_MANY):
        drawn = key(market.seed, "position", asset, place, int(at // (14 * 86400)))
        opened = (at // (14 * 86400)) * 14 * 86400 - 86400 * 10 * uniform(drawn, 0)
        size = market.open_interest(asset, opened, HYPERLIQUID) * 0.02 * 0.9**place
        side = 1 if uniform(drawn, 1) < 0.5 else -1
        leverage = min(most, _LEVERAGES[int(uniform(drawn, 2) * len(_LEVERAGES))])
        entry = market.price(asset, opened, HYPERLIQUID)
        rate = 1.0 / (2.0 * most)
        liquidation = entry * (1.0 - side * (1.0 / leverage - rate) / (1.0 - rate * side))
        mark = market.mark(asset, at, HYPERLIQUID)
        if (mark - liquidation) * side > 0:
            user = f"0x{key(market.seed, 'account', asset, place):016x}{'0' * 16}{place:08x}"
            cross = uniform(drawn, 3) < 0.7
            made.append(Position(user, asset, side * size, entry, mark, leverage, cross, opened, liquidation))
    return made
