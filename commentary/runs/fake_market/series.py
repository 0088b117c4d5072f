"""The generated market: every figure is a function of seed, asset, venue and time, and of nothing asked before.

Prices are the same at every venue but for a constant of a few hundredths of a percent (paths.py). Volumes and
liquidations are even within an hour, so that any window's sum is the sum of its parts. Open interest is of one side, in
coins, as a share of all venues (shares.py).
"""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from commentary.runs.fake_market.assets import Asset, assets
from commentary.runs.fake_market.noise import Waves, key, octaves, uniform
from commentary.runs.fake_market.paths import HOUR, Paths
from commentary.runs.fake_market.script import Script
from commentary.runs.fake_market.shares import VENUES, Share, share_of

_DAYS_KEPT = 6000
_PREMIUM = 0.3
"""Of a venue's rate for eight hours, what its mark is above its index: enough to have the rate's sign."""
_TRADE_USD = 900.0
"""An ordinary trade, for the counts of trades."""


Row = tuple[float, float, float, float]


class Bar(NamedTuple):
    """What happened between two times at one venue; prices in USD, times in seconds since 1970."""

    start: float
    end: float
    open: float
    high: float
    low: float
    close: float
    volume_usd: float
    taker_buy_usd: float

    @property
    def middle(self) -> float:
        """The price at which its dollars are counted as coins."""
        return (self.high + self.low + self.close) / 3.0

    @property
    def volume_coin(self) -> float:
        """Volume in coins."""
        return self.volume_usd / self.middle

    @property
    def trades(self) -> int:
        """How many trades there were."""
        return 1 + int(self.volume_usd / _TRADE_USD)


class Hours(NamedTuple):
    """Of each hour of a day, all venues together, USD."""

    volume: tuple[float, ...]
    taker_buy: tuple[float, ...]
    longs: tuple[float, ...]
    """Ordinary liquidations of longs, without scripted ones."""
    shorts: tuple[float, ...]


class Market:
    """The generated market.

    Args:
        seed: another seed is another market.
        how_many: coins in it.
        script: what happens besides.
    """

    def __init__(self, seed: int = 0, how_many: int = 30, script: Script | None = None) -> None:
        self.seed = seed
        self.assets = assets(how_many)
        self.script = script or Script()
        self.paths = Paths(seed, self.script)
        self._waves: dict[tuple[str, str], Waves] = {}
        self.hours: Callable[[str, int], Hours] = lru_cache(maxsize=_DAYS_KEPT)(self._hours)

    def waves(self, name: str, asset: str, longest: float, count: int) -> Waves:
        """Return a line of chance of this asset over hours, with steps of sd 1 over its shortest period."""
        held = self._waves.get((name, asset))
        if held is None:
            held = self._waves[name, asset] = Waves(key(self.seed, name, asset), octaves(longest, count))
        return held

    def share(self, asset: str, venue: str) -> Share:
        """Return what a venue has of this asset."""
        return share_of(self.assets[asset], venue)

    def price(self, asset: str, at: float, venue: str = "Binance") -> float:
        """Return a venue's last price in USD."""
        return self.paths.price(self.assets[asset], at) * (1.0 + VENUES[venue].price)

    def index(self, asset: str, at: float) -> float:
        """Return the price of the coin itself, which venues take as their index."""
        return self.price(asset, at) * (1.0 - _PREMIUM * self.funding(asset, at, "Binance"))

    def mark(self, asset: str, at: float, venue: str) -> float:
        """Return a venue's mark price: its index and the premium that its funding is made of."""
        return self.index(asset, at) * (1.0 + _PREMIUM * self.funding(asset, at, venue))

    def bar(self, asset: str, start: float, end: float, venue: str = "Binance") -> Bar:
        """Return the bar between two times; `start` is a whole minute."""
        high, low = self.paths.range(self.assets[asset], start, end)
        factor = 1.0 + VENUES[venue].price
        opened, closed = self.price(asset, start, venue), self.price(asset, end, venue)
        volume, buys = self.traded(asset, start, end, venue)
        highest, lowest = max(high * factor, opened, closed), min(low * factor, opened, closed)
        return Bar(start, end, opened, highest, lowest, closed, volume, buys)

    def traded(self, asset: str, start: float, end: float, venue: str | None = None) -> tuple[float, float]:
        """Return volume and what takers bought of it, USD, at a venue or at all."""
        part = 1.0 if venue is None else self.share(asset, venue).volume
        return self._summed(asset, start, end, 0) * part, self._summed(asset, start, end, 1) * part

    def liquidated(self, asset: str, start: float, end: float, venue: str | None = None) -> tuple[float, float]:
        """Return liquidated longs and shorts, USD, at a venue or at all."""
        part = 1.0 if venue is None else self.share(asset, venue).liquidations
        longs, shorts = self.script.liquidations(asset, start, end)
        longs += self._summed(asset, start, end, 2)
        shorts += self._summed(asset, start, end, 3)
        return longs * part, shorts * part

    def open_interest(self, asset: str, at: float, venue: str | None = None, margin: str = "both") -> float:
        """Return one side's open interest in coins.

        Args:
            asset: the coin.
            at: seconds since 1970.
            venue: one, or None for the sum of all.
            margin: "linear", "inverse" or "both".
        """
        if venue is None:
            return sum(self.open_interest(asset, at, each, margin) for each in VENUES)
        share = self.share(asset, venue)
        part = {"linear": share.linear, "inverse": share.inverse, "both": share.linear + share.inverse}[margin]
        if not part:
            return 0.0
        coin = self.assets[asset]
        waves = self.waves("open interest", asset, 256.0, 8)
        height = self.script.calmed(asset, at, lambda moment: waves.at(moment / HOUR))
        # Steps of 2 h have sd 1, a day's the root of 12 of that, and a day is to change by 1.5 % (sd).
        own = math.exp(0.015 / math.sqrt(12.0) * self.script.volatility * height)
        factor = self.script.open_interest_factor(asset, venue, at)
        return coin.open_interest_usd / coin.price * part * own * factor

    def funding(self, asset: str, at: float, venue: str) -> float:
        """Return a venue's rate for eight hours as a fraction; positive where longs pay.

        Ordinary rates lie about 0.0063 %, with most between 0 and 0.012 %: CoinGlass's mean of BTC by open interest,
        May to November 2025 (reference of 2026-11-22).
        """
        waves = self.waves("funding", asset, 192.0, 4)
        height = self.script.calmed(asset, at, lambda moment: waves.at(moment / HOUR))
        # The variance of four sizes is (1 + 2 + 4 + 8) / 4.9, about 3, of which easing leaves 3/4: sd 1.5.
        common = 0.000063 + 0.000022 * self.script.volatility * height
        return self.script.funding(asset, venue, at, common + VENUES[venue].funding)

    def settled(self, asset: str, at: float, hours: int, venue: str) -> float:
        """Return the rate of the interval of so many hours that ended at `at`, as a fraction for that interval."""
        return self.funding(asset, at, venue) * hours / 8.0

    def long_share(self, asset: str, at: float, kind: str = "accounts") -> float:
        """Return the share of accounts or positions that is long, as a fraction."""
        height = self.waves(f"long {kind}", asset, 96.0, 5).at(at / HOUR)
        return 0.5 + 0.2 * math.tanh(0.1 + 0.12 * self.script.volatility * height)

    def _summed(self, asset: str, start: float, end: float, column: int) -> float:
        """Return the sum of a column of Hours over a window, hours that it cuts in proportion."""
        total = 0.0
        hour = math.floor(start / HOUR)
        while hour * HOUR < end:
            value = self.hours(asset, hour // 24)[column][hour % 24]
            total += value * (min(end, (hour + 1) * HOUR) - max(start, hour * HOUR)) / HOUR
            hour += 1
        return total

    def _hours(self, asset: str, number: int) -> Hours:
        coin = self.assets[asset]
        ordinary, actual = self.paths.ordinary(coin, number), self.paths.day(coin, number).prices
        rows = [self._hour(coin, number * 24 + hour, ordinary, actual, hour * 60) for hour in range(24)]
        volume, buys, longs, shorts = zip(*rows, strict=True)
        return Hours(volume, buys, longs, shorts)

    def _hour(self, coin: Asset, place: int, ordinary: Sequence[float], actual: Sequence[float], minute: int) -> Row:
        """Return volume, taker buys, liquidated longs and shorts of an hour that begins at a minute of the day."""
        drawn = key(self.seed, "hours", coin.name)
        noise = [self.script.volatility * (2.0 * uniform(drawn, place * 4 + each) - 1.0) for each in range(4)]
        # In sigmas of an hour. Volume follows the price as it is; ordinary liquidations the path without the script,
        # whose own liquidations come on top.
        moved = math.log(actual[minute + 60] / actual[minute]) / coin.sigma * math.sqrt(24.0)
        turned = (ordinary[minute + 60] - ordinary[minute]) * math.sqrt(24.0) * self.script.volatility
        turned = max(-2.0, min(2.0, turned))
        volume = coin.volume_usd / 24.0 * math.exp(0.4 * noise[0] + 0.35 * min(abs(moved), 4.0) - 0.3)
        buys = volume * (0.5 + 0.03 * math.tanh(moved) + 0.02 * noise[1])
        # An ordinary day's liquidations are about 0.1 % of what is open; a fall liquidates longs, a rise shorts.
        busy = 0.3 * self.script.volatility * self.waves("liquidations", coin.name, 96.0, 4).at(place)
        base = coin.open_interest_usd * 0.0004 / 24.0 * math.exp(busy)
        longs = base * math.exp(0.8 * noise[2] - 0.6 * turned)
        shorts = base * math.exp(0.8 * noise[3] + 0.6 * turned)
        return volume, buys, longs, shorts
