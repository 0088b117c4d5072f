"""Price paths of a minute's step, made a day at a time and kept.

From day to day a path follows waves of chance that return to the asset's price; within a day it is a random walk
between the two ends. Half of its variance is that of the whole market. Quiet times and scripted moves are laid over it.
"""

import math
import random
from array import array
from collections import OrderedDict
from typing import NamedTuple

from commentary.runs.fake_market.assets import Asset
from commentary.runs.fake_market.noise import Waves, key, octaves
from commentary.runs.fake_market.script import Calm, Script

MINUTE, HOUR, DAY = 60, 3600, 86400
_MINUTES = DAY // MINUTE
_DAYS_KEPT = 6000
_WALKS_KEPT = 2400
"""Days held, of 11.5 kB each."""
_COMMON = math.sqrt(0.5)
"""What an asset's path takes of the market's, as a correlation; the rest is its own."""
_MARKET = "*"


class Day(NamedTuple):
    """The common path of one day."""

    prices: "array[float]"
    """USD at each minute's start, and at the end: 1441."""
    highs: tuple[float, ...]
    """Of each hour, both ends included."""
    lows: tuple[float, ...]


class Paths:
    """The paths of all assets under a seed and a script."""

    def __init__(self, seed: int, script: Script) -> None:
        self._seed = seed
        self._script = script
        self._days: OrderedDict[tuple[str, int], Day] = OrderedDict()
        self._walks: OrderedDict[tuple[str, int], array[float]] = OrderedDict()
        self._waves: dict[str, Waves] = {}

    def day(self, coin: Asset, number: int) -> Day:
        """Return a day's common path; the number counts days since 1970."""
        held = self._days.get((coin.name, number))
        if held is not None:
            self._days.move_to_end((coin.name, number))
            return held
        made = self._days[coin.name, number] = self._made(coin, number)
        if len(self._days) > _DAYS_KEPT:
            self._days.popitem(last=False)
        return made

    def price(self, coin: Asset, at: float) -> float:
        """Return the common price in USD, between two minutes on the line from one to the other."""
        number, second = divmod(at, DAY)
        return _between(self.day(coin, int(number)).prices, second)

    def range(self, coin: Asset, start: float, end: float) -> tuple[float, float]:
        """Return the highest and lowest common price of the whole minutes between, ends included."""
        high, low = 0.0, math.inf
        at = start
        while True:
            number, second = divmod(at, DAY)
            day = self.day(coin, int(number))
            till = min(end, (number + 1) * DAY)
            first, last = int(second // MINUTE), int((till - number * DAY) // MINUTE)
            if first % 60 == 0 and last % 60 == 0 and last > first:
                tops, bottoms = day.highs[first // 60 : last // 60], day.lows[first // 60 : last // 60]
            else:
                tops = bottoms = tuple(day.prices[first : last + 1])
            high, low = max(high, *tops), min(low, *bottoms)
            if till >= end:
                return high, low
            at = till

    def ordinary(self, coin: Asset, number: int) -> list[float]:
        """Return a day's path before quiet times and scripted moves, in sigmas of a day, by minute."""
        rest = math.sqrt(1.0 - _COMMON**2)
        common, own = self._walk(_MARKET, number), self._walk(coin.name, number)
        return [_COMMON * theirs + rest * ours for theirs, ours in zip(common, own, strict=True)]

    def _made(self, coin: Asset, number: int) -> Day:
        start = number * DAY
        heights = self._calmed(coin, number)
        size = coin.sigma * self._script.volatility
        if self._script.price_moves_in(coin.name, start, start + DAY):
            moments = range(start, start + DAY + 1, MINUTE)
            levels = [coin.price * self._script.price_factor(coin.name, moment) for moment in moments]
        else:
            levels = [coin.price * self._script.price_factor(coin.name, start)] * (_MINUTES + 1)
        prices = array("d", (level * math.exp(size * height) for level, height in zip(levels, heights, strict=True)))
        hours = [prices[first : first + 61] for first in range(0, _MINUTES, 60)]
        return Day(prices, tuple(max(hour) for hour in hours), tuple(min(hour) for hour in hours))

    def _calmed(self, coin: Asset, number: int) -> list[float]:
        """Return the path in sigmas with quiet times taken out: what they lost stays lost."""
        raw = self.ordinary(coin, number)
        heights = raw
        start = number * DAY
        for calm in self._script.calms:
            if calm.asset in (coin.name, _MARKET) and start + DAY > calm.start:
                lost = self._lost(coin, calm, raw, start)
                heights = [height - gone for height, gone in zip(heights, lost, strict=True)]
        return heights

    def _lost(self, coin: Asset, calm: Calm, raw: list[float], start: int) -> list[float]:
        """Return by how much a quiet time lowers each minute of a day."""
        first, last = self._height(coin, calm.start), self._height(coin, calm.end)
        part = 1.0 - calm.share
        lost = []
        for step, height in enumerate(raw):
            at = start + step * MINUTE
            lost.append(0.0 if at <= calm.start else part * ((height if at < calm.end else last) - first))
        return lost

    def _height(self, coin: Asset, at: float) -> float:
        number, second = divmod(at, DAY)
        return _between(self.ordinary(coin, int(number)), second)

    def _walk(self, name: str, number: int) -> "array[float]":
        """Return a random walk of a day between the heights of its two ends."""
        held = self._walks.get((name, number))
        if held is not None:
            return held
        waves = self._waves.get(name)
        if waves is None:
            # Scales of 64 days down to one, with steps of sd 1 from one day to the next.
            waves = self._waves[name] = Waves(key(self._seed, "price", name), octaves(64.0, 7))
        first, last = waves.at(number), waves.at(number + 1)
        drawn = random.Random(key(self._seed, "walk", name, number)).gauss
        step = 1.0 / math.sqrt(_MINUTES)
        made = [0.0]
        for _ in range(_MINUTES):
            made.append(made[-1] + drawn(0.0, step))
        slope = (last - first - made[-1]) / _MINUTES
        walk = array("d", (first + height + slope * place for place, height in enumerate(made)))
        # The end is the next day's beginning to the last bit.
        walk[0], walk[-1] = first, last
        self._walks[name, number] = walk
        if len(self._walks) > _WALKS_KEPT:
            self._walks.popitem(last=False)
        return walk


def _between(line: "array[float] | list[float]", second: float) -> float:
    """Return the height of a day's line at a second of the day."""
    minute, past = divmod(second, MINUTE)
    before, after = line[int(minute)], line[int(minute) + 1]
    return before + (after - before) * past / MINUTE
