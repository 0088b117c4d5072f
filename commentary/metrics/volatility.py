"""Volatility: how far price usually moves in a day, and how unusual the last day's move is by that.

One daily sigma is the sample standard deviation of the logarithmic returns from close to close, scaled
to a day by the square root of the bars in it. It covers the 30 days that end with the bar before the
newest one, so that the newest is no part of the measure it is held against. Percent, never negative.
Realised volatility is the same for a year of 365 days.
"""

import math
import statistics
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from commentary.metrics.bars import Candles
from commentary.metrics.base import Given, Result, metric
from commentary.metrics.rows import coin, stale_at
from commentary.records.fact import Fact, MissingFact, Subject, derive, twelve_digits

TRAILING = timedelta(days=30)
LEAST_RETURNS = 30
DAYS_A_YEAR = 365
DAY = Decimal(24)


class Sample(NamedTuple):
    """The returns that a sigma is made of."""

    made: Candles
    returns: tuple[float, ...]
    """Logarithmic, from close to close, over neighbouring bars only."""
    start: datetime
    """The time of the first close."""
    end: datetime
    """The time of the last close."""


@metric("volatility", needs=("price",))
def volatility(given: Given) -> Iterator[Result]:
    """Return daily_sigma, realised_volatility and price_sigma of the first series with 30 returns."""
    samples = [sample for made in given.candles if (sample := _sample(made)) is not None]
    fresh = [sample for sample in samples if not stale_at("candle", sample.made.end, given.now)]
    enough = [sample for sample in fresh if len(sample.returns) >= LEAST_RETURNS]
    if not enough:
        subject = Subject(coin(given.snapshot), "daily_sigma", at="price")
        yield MissingFact(subject, "percent", _why_missing(samples, fresh))
        return
    sigma = _daily_sigma(enough[0], given)
    yield sigma
    subject = sigma.subject
    twice = subject._replace(metric="daily_sigma_twice")
    yield derive(twice, sigma.number * 2, "percent", "level", (sigma,), "2 * daily_sigma")
    yield derive(
        Subject(subject.asset, "realised_volatility", venue=subject.venue, window_hours=subject.window_hours),
        sigma.number * Decimal(DAYS_A_YEAR).sqrt(),
        "percent",
        "rate",
        (sigma,),
        f"{sigma.id} * square root of {DAYS_A_YEAR}",
    )
    yield from _price_sigma(sigma, given)


def _sample(made: Candles) -> Sample | None:
    bars = made.bars[:-1]
    if not bars:
        return None
    held = [bar for bar in bars if bar.end >= bars[-1].end - TRAILING]
    returns = tuple(
        math.log(bar.close / before.close) for before, bar in pairwise(held) if bar.end - before.end == made.interval
    )
    return Sample(made, returns, held[0].end, held[-1].end)


def _daily_sigma(sample: Sample, given: Given) -> Fact:
    made = sample.made
    hours = Decimal(int((sample.end - sample.start).total_seconds())) / 3600
    return Fact(
        Subject(coin(given.snapshot), "daily_sigma", venue=made.series.venue, window_hours=hours, at="price"),
        twelve_digits(daily_sigma(sample.returns, timedelta(days=1) / made.interval)),
        "percent",
        "level",
        made.evidence,
        made.source,
        sample.end,
        f"standard deviation of {len(sample.returns)} logarithmic returns of closes, for a day, * 100",
    )


def daily_sigma(returns: Sequence[float], bars_a_day: float) -> float:
    """Return the sample standard deviation of logarithmic returns, scaled to one day, in percent."""
    return statistics.stdev(returns) * math.sqrt(bars_a_day) * 100


def sigmas(percent: Decimal, sigma: Decimal) -> float:
    """Return the size of a change of `percent` in daily sigmas of `sigma` percent."""
    return abs(math.log(1 + percent / 100)) / float(sigma / 100)


def _price_sigma(sigma: Fact, given: Given) -> Iterator[Result]:
    about = coin(given.snapshot)
    subject = Subject(about, "price_sigma", window_hours=DAY)
    change = given.sheet.get("price_change", asset=about, window=DAY)
    if change is None:
        yield MissingFact(subject, "sigma", "the change of price over 24 hours is not known")
    elif not sigma.number or change.number <= -100:
        yield MissingFact(subject, "sigma", "the closes held do not move, so there is no usual move")
    else:
        value = sigmas(change.number, sigma.number)
        formula = f"|ln(1 + {change.id} / 100)| / ({sigma.id} / 100)"
        yield derive(subject, value, "sigma", "ratio", (change, sigma), formula, as_of=change.as_of)


def _why_missing(samples: Sequence[Sample], fresh: Sequence[Sample]) -> str:
    if fresh:
        most = max(len(sample.returns) for sample in fresh)
        return f"a usual move needs {LEAST_RETURNS} candles in a row before the newest, and there are {most}"
    if samples:
        end = max(sample.made.end for sample in samples)
        return f"the candles end at {end:%H:%M} UTC on {end:%Y-%m-%d}, more than a day ago"
    return "the snapshot holds no candles to measure a usual move by"
