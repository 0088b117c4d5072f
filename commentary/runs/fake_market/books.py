"""Order books and maps of liquidation levels of the generated market."""

import math
from typing import NamedTuple

from commentary.runs.fake_market.noise import key, uniform
from commentary.runs.fake_market.series import Market

HOUR = 3600
_DEPTH = 0.006
"""Of open interest, what rests within one percent of the price on each side, all venues together: a proposal."""
_BIN = 0.002
"""The width of a map's levels as a fraction of the price."""
_REACH = 0.16
"""How far from the price a map's levels lie."""
LEVERAGES = {10: 0.30, 25: 0.35, 50: 0.20, 100: 0.15}
"""What part of a map each leverage has; a proposal, as vendors do not publish theirs."""
DAYS = {
    "12h": 0.5,
    "24h": 1,
    "1d": 1,
    "48h": 2,
    "3d": 3,
    "7d": 7,
    "14d": 14,
    "30d": 30,
    "90d": 90,
    "180d": 180,
    "1y": 365,
}


class Level(NamedTuple):
    """A level of a map."""

    price: float
    side: str
    leverage: int
    notional_usd: float


Side = list[tuple[float, float]]
"""Price in USD and size in coins, nearest first."""


def depth(market: Market, asset: str, at: float, within: float, venue: str | None = None) -> tuple[float, float]:
    """Return bids and asks within a fraction of the price, USD, at a venue or at all."""
    coin = market.assets[asset]
    part = 1.0 if venue is None else market.share(asset, venue).volume
    lean = 0.15 * math.tanh(market.waves("book", asset, 48.0, 6).at(at / HOUR) / 2.0)
    size = coin.open_interest_usd * _DEPTH * part * within / 0.01
    return size * (1.0 + lean), size * (1.0 - lean)


def book(market: Market, asset: str, at: float, venue: str, levels: int, step: float) -> tuple[Side, Side]:
    """Return bids and asks whose levels lie `step` apart, as a fraction of the price.

    Sizes vary by the minute and add up to about `depth`.
    """
    middle = market.price(asset, at, venue)
    drawn = key(market.seed, "levels", asset, venue, int(at // 60))
    sides = []
    for sign, size in zip((-1, 1), depth(market, asset, at, step, venue), strict=True):
        side = []
        for place in range(levels):
            price = middle * (1.0 + sign * step * (place + 0.5))
            side.append((price, size * (0.4 + 1.2 * uniform(drawn, 2 * place + (sign > 0))) / price))
        sides.append(side)
    return sides[0], sides[1]


def levels(market: Market, asset: str, at: float, days: float, venue: str | None = None) -> list[Level]:
    """Return a map's levels by price, then leverage: longs below the price, shorts above.

    Each side's sum is at most 0.25 of open interest, and more over longer windows. Levels stand at fixed prices, so one
    that the price has passed is gone. Heights change from day to day.
    """
    coin = market.assets[asset]
    spot = market.price(asset, at)
    part = 1.0
    if venue is not None:
        share = market.share(asset, venue)
        part = share.linear + share.inverse
    total = coin.open_interest_usd * part * 0.25 * min(1.0, 0.4 + 0.2 * math.log2(1.0 + days) / 2.0)
    first = math.ceil(math.log(spot * (1.0 - _REACH)) / _BIN)
    last = math.floor(math.log(spot * (1.0 + _REACH)) / _BIN)
    made = []
    for leverage, weight in LEVERAGES.items():
        drawn = key(market.seed, "map", asset, leverage, int(at // 86400))
        heights: dict[str, list[tuple[float, float]]] = {"long": [], "short": []}
        for place in range(first, last + 1):
            price = math.exp(place * _BIN)
            away = abs(price - spot) / spot
            if away < 0.0005:
                continue
            centre = 0.9 / leverage
            height = math.exp(-(((away - centre) / (0.35 * centre)) ** 2)) * uniform(drawn, place + 10**6) ** 3
            if height > 1e-3:
                heights["long" if price < spot else "short"].append((price, height))
        for side, rows in heights.items():
            scale = total * weight / sum(height for _, height in rows) if rows else 0.0
            made += [Level(price, side, leverage, height * scale) for price, height in rows]
    for cluster in market.script.clusters:
        if cluster.asset in (asset, "*") and (cluster.price < spot) == (cluster.side == "long"):
            made.append(Level(cluster.price, cluster.side, 25, cluster.notional_usd * part))
    return sorted(made, key=lambda level: (level.price, level.leverage))


def orders(market: Market, asset: str, start: float, end: float, venue: str) -> list[tuple[float, str, float, float]]:
    """Return single liquidations of a venue between two times, oldest first: time, side, price and USD.

    Each ten minutes' sum of a side is cut into five orders of 1/2, 1/4, 1/8, 1/16 and 1/16.
    """
    made = []
    cell = math.ceil(start / 600.0)
    while (cell + 1) * 600 <= end:
        drawn = key(market.seed, "orders", asset, venue)
        sums = market.liquidated(asset, cell * 600.0, (cell + 1) * 600.0, venue)
        for place, (side, usd) in enumerate(zip(("long", "short"), sums, strict=True)):
            for order, part in enumerate((0.5, 0.25, 0.125, 0.0625, 0.0625)):
                at = cell * 600.0 + round(599.0 * uniform(drawn, (cell * 2 + place) * 5 + order), 3)
                made.append((at, side, market.price(asset, at, venue), usd * part))
        cell += 1
    return sorted(made)
