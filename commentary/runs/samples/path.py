"""A value through time that passes exactly through given points and wanders between them.

Between two points the logarithm is a Brownian bridge in steps of a quarter of an hour, with some days
wilder than others. The generator is random.Random, whose numbers are the same on every machine.
"""

import math
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import NamedTuple

STEP = timedelta(minutes=15)
STEPS_A_DAY = timedelta(days=1) // STEP
WILDER_DAYS = 0.35
"""Spread of the logarithm of a day's unrest; quiet and wild weeks then differ as they do in markets."""


class Point(NamedTuple):
    """A value the path must have at a time."""

    time: datetime
    value: int | Decimal
    daily_percent: float | None = None
    """Unrest on the way here from the point before; the path's own where None."""


class Wander(NamedTuple):
    """Values a quarter of an hour apart."""

    start: datetime
    values: tuple[float, ...]

    def at(self, time: datetime) -> float:
        """Return the value at a time of the grid.

        Raises:
            ValueError: the path does not reach the time, or the time lies between two steps.
        """
        index, beside = divmod(time - self.start, STEP)
        if beside or not 0 <= index < len(self.values):
            end = self.start + STEP * (len(self.values) - 1)
            raise ValueError(f"{time} is not on the path of quarter hours from {self.start} to {end}")
        return self.values[index]

    def between(self, start: datetime, end: datetime) -> tuple[float, ...]:
        """Return the values from `start` to `end`, both included."""
        return self.values[(start - self.start) // STEP : (end - self.start) // STEP + 1]


def wander(seed: int, points: tuple[Point, ...], daily_percent: float) -> Wander:
    """Return a path through `points`, in order of time, with `daily_percent` of unrest a day."""
    random = Random(seed)
    logs = [math.log(points[0].value)]
    for before, after in pairwise(points):
        unrest = after.daily_percent or daily_percent
        logs.extend(_bridge(random, logs[-1], math.log(after.value), (after.time - before.time) // STEP, unrest))
    return Wander(points[0].time, tuple(math.exp(log) for log in logs))


def _bridge(random: Random, start: float, end: float, steps: int, daily_percent: float) -> list[float]:
    """Return the logarithms after `start`, up to exactly `end`."""
    free = [0.0]
    wildness = 1.0
    for step in range(steps):
        if step % STEPS_A_DAY == 0:
            wildness = math.exp(random.gauss(0, WILDER_DAYS))
        free.append(free[-1] + random.gauss(0, daily_percent / 100 / math.sqrt(STEPS_A_DAY)) * wildness)
    drift = end - start - free[-1]
    between = [start + free[at] + drift * at / steps for at in range(1, steps)]
    return [*between, end]
