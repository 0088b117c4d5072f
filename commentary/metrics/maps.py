"""Liquidation maps as metrics read them: the newest of each model, how far off and how large its sums are.

A map is a model of where positions would be closed by force; its evidence stays with every fact made of it.
"""

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from commentary.metrics.base import Given, Result, newest
from commentary.metrics.rows import apart, coin, is_stale
from commentary.records.fact import OURS, Fact, MissingFact, Quantity, Side, Subject, Unit, derive
from commentary.records.snapshot import LiquidationMap

SIDES: tuple[Side, Side] = ("long", "short")
_PRIORS = ("base", None, "low", "high")
OUR_PRIORS = ("low", "base", "high")
"""Our own map is drawn by each of them, and told as the range that they give."""


class NamedMap(NamedTuple):
    """A map, and what tells it from another of the same venue and window."""

    row: LiquidationMap
    apart: str | None
    """Such as "second source" or a model's name; None for the one to use first."""

    def subject(self, metric: str, side: Side | None = None, at: str | None = None) -> Subject:
        """Return what a fact of this map is about."""
        parts = [part for part in (at, self.apart) if part]
        return Subject(self.row.about, metric, side, self.row.venue, self.row.window_hours, "; ".join(parts) or None)

    @property
    def by(self) -> str:
        """The map in a reason: "the map of CoinGlass"."""
        return f"the map of {self.row.source}" if self.row.source else "the map"


def newest_maps(given: Given, part: Literal["levels", "cumulative"]) -> list[NamedMap]:
    """Return the newest map of each source, model and window that holds `part`, the one to use first.

    The snapshot's own coin comes first, fresh before stale, then the larger. Of a model's priors the
    base (or the only) one is taken. A map that we estimated ourselves stands in only where no fresh map of
    a vendor is at hand, and only with all of its priors, as it is told as a range.
    """
    chosen: dict[tuple[object, ...], LiquidationMap] = {}
    maps = given.snapshot.liquidation_maps
    vendors = {row.about for row in maps if row.source != OURS and not is_stale(row, given.now)}
    for row in newest(row for row in maps if getattr(row, part)):
        if row.source == OURS and (row.about in vendors or len(priors(given, row)) < len(OUR_PRIORS)):
            continue
        model = (row.about, row.venue, row.model, row.window_hours, row.source)
        if model not in chosen or _prior(row, given) < _prior(chosen[model], given):
            chosen[model] = row
    order = sorted(chosen.values(), key=lambda row: _order(row, part, given))
    return [NamedMap(row, _apart(row, order[:place])) for place, row in enumerate(order)]


def priors(given: Given, drawn: LiquidationMap) -> list[LiquidationMap]:
    """Return the maps that a model drew at one time by different leverage priors, low, base and high."""

    def thing(row: LiquidationMap) -> tuple[object, ...]:
        return (row.about, row.venue, row.model, row.window_hours, row.source, row.at)

    alike = {row.prior: row for row in given.snapshot.liquidation_maps if thing(row) == thing(drawn)}
    return [alike[prior] for prior in OUR_PRIORS if prior in alike]


def side_of(price: Decimal, level: Decimal) -> Side | None:
    """Return whose positions close at a level: longs below price, shorts above it; None at the price."""
    if level == price:
        return None
    return "long" if level < price else "short"


def percent_from(price: Decimal, level: Decimal) -> Decimal:
    """Return how far a level lies from the price in percent, negative below it."""
    return (level / price - 1) * 100


def sigmas(price: Decimal, level: Decimal, daily_percent: Decimal) -> float:
    """Return the distance to a level in daily standard deviations of the log price, without its sign."""
    return abs(math.log(level / price)) / (float(daily_percent) / 100)


def price_of(given: Given, asset: str) -> Fact | None:
    """Return the preferred price of a coin."""
    return given.sheet.get("price", asset=asset)


def dollars(given: Given) -> tuple[Decimal, str]:
    """Return the US dollars for one unit of the quote, and the price in US dollars as formulas name it."""
    rate = given.snapshot.usd_rate
    if rate is None or rate == 1:
        return Decimal(1), "price"
    return rate, f"(price * {rate} USD per {given.snapshot.quote})"


def per_coin(given: Given, price: Fact, counted_at: Fact | None = None) -> Fact:
    """Return the price in US dollars at which the coins of a sum are counted."""
    converted = given.sheet.get("price_usd", asset=price.subject.asset)
    return converted or counted_at or price


def measured(
    given: Given, size: Fact, level: Fact, name: str, share: str, *, counted_at: Fact | None = None
) -> Iterator[Result]:
    """Yield what a sum means: distance, sigma, coins, share of open interest.

    Args:
        given: what the metric reads.
        size: the sum in US dollars.
        level: the price from which the distance counts.
        name: the first word of the facts: reach or cluster.
        share: the metric of the share of open interest.
        counted_at: the price at which its coins are counted; the price of now where it is None.
    """

    def subject(metric: str) -> Subject:
        return size.subject._replace(metric=metric)

    price = price_of(given, size.subject.asset)
    if price is None:
        units: dict[str, Unit] = {"distance": "percent", "sigma": "sigma", "coin": "coin"}
        for word, unit in units.items():
            yield MissingFact(subject(f"{name}_{word}"), unit, "the snapshot holds no price to measure it with")
    else:
        level_name = level.subject.metric
        yield derive(
            subject(f"{name}_distance"),
            percent_from(price.number, level.number),
            "percent",
            "delta",
            (level, price),
            f"({level_name} / price - 1) * 100",
        )
        yield _sigma(given, subject(f"{name}_sigma"), level, price)
        if not size.number:
            yield MissingFact(subject(f"{name}_coin"), "coin", "the sum is zero, so it tests nothing")
            return
        each = per_coin(given, price, counted_at)
        yield derive(
            subject(f"{name}_coin"),
            size.number / each.number,
            "coin",
            "level",
            (size, each),
            f"{size.subject.metric} / {each.subject.metric}",
        )
    yield _share(given, subject(share), size)


def _sigma(given: Given, subject: Subject, level: Fact, price: Fact) -> Result:
    sigma = given.sheet.get("daily_sigma", asset=subject.asset)
    if sigma is None or not sigma.number:
        reason = given.sheet.why_missing("daily_sigma") if sigma is None else "the price did not move"
        return MissingFact(subject, "sigma", reason or "the snapshot holds no daily volatility")
    name = level.subject.metric
    value = sigmas(price.number, level.number, sigma.number)
    inputs = (level, price, sigma)
    return derive(subject, value, "sigma", "ratio", inputs, f"|ln({name} / price)| / (daily_sigma / 100)")


def _share(given: Given, subject: Subject, size: Fact) -> Result:
    quantity: Quantity = "share"
    if subject.venue not in (None, "all"):
        return MissingFact(subject, "percent", f"the map is of {subject.venue}, the open interest of all exchanges")
    held = given.sheet.all("oi_usd", asset=subject.asset, venue="all")
    # A vendor's map is set against the open interest of the same vendor, whose exchanges are its own.
    oi = next((fact for fact in held if fact.source == size.source), held[0] if held else None)
    if oi is None or not oi.number:
        return MissingFact(subject, "percent", "the snapshot holds no open interest of all exchanges in dollars")
    value = size.number / oi.number * 100
    return derive(subject, value, "percent", quantity, (size, oi), f"{size.subject.metric} / oi_usd * 100")


def _prior(row: LiquidationMap, given: Given) -> tuple[bool, int]:
    return is_stale(row, given.now), _PRIORS.index(row.prior)


def _order(row: LiquidationMap, part: str, given: Given) -> tuple[object, ...]:
    sums = [entry.notional_usd for entry in getattr(row, part)]
    largest = max(sums) if part == "cumulative" else sum(sums, Decimal(0))
    names = (row.about, row.venue or "", row.source or "", row.model or "", row.window_hours or 0)
    return (row.about != coin(given.snapshot), is_stale(row, given.now), -largest, *names)


def _apart(row: LiquidationMap, earlier: list[LiquidationMap]) -> str | None:
    """Return what tells a map from those before it of the same asset, venue and window."""
    same = [
        other
        for other in earlier
        if (other.about, other.venue, other.window_hours) == (row.about, row.venue, row.window_hours)
    ]
    sources = list(dict.fromkeys([*(other.source for other in same), row.source]))
    source = apart(None, sources.index(row.source))
    if any(other.source == row.source for other in same):
        model = row.model or "no model named"
        return f"{source}; {model}" if source else model
    return source
