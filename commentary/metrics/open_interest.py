"""Open interest: contracts outstanding, in coin and in US dollars, and how they changed.

In coin it is the better measure: in dollars most of a change may be only the price of each coin. It counts
positions, not leverage, and says nothing of who opened or closed them. Changes are percent, negative when
positions were closed on balance. A source that counts both sides of each contract is halved (as Bybit's
openInterest, its documentation of 2026).
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from commentary.config.tolerances import tolerance
from commentary.metrics.base import Given, Result, metric
from commentary.metrics.holdings import Holding, Level, holdings, how, of_unit
from commentary.metrics.maps import dollars, price_of
from commentary.metrics.open_interest_change import open_interest_changes
from commentary.metrics.rows import apart, gap, stale_at
from commentary.metrics.rows import coin as coin_of
from commentary.records.fact import Fact, Flag, MissingFact, Subject, Unit, derive

SUSPECT_RATIO = Decimal(3)
"""Dollars and coins of one row that part from the price by more than this are in other units than it says."""


@metric("open_interest", needs=("price",))
def open_interest(given: Given) -> Iterator[Result]:
    """Yield the newest open interest of each venue, all exchanges first, then changes and their rank."""
    held = holdings(given)
    own = coin_of(given.snapshot)
    if not any(one.asset == own for one in held):
        reason = "the snapshot holds no open interest"
        yield MissingFact(Subject(own, "oi_usd"), "usd", reason)
        yield MissingFact(Subject(own, "oi_coin"), "coin", reason)
    singles = [_level(given, one) for one in held if len(one.rows) == 1]
    by_subject = {level.holding.subject("oi"): level for level in singles}
    levels = [by_subject[one.subject("oi")] if len(one.rows) == 1 else _sum(one, singles) for one in held]
    for level in levels:
        yield from (level.usd, level.coin)
        yield from _flags(given, level)
    yield from _gaps(given, by_subject)
    yield from open_interest_changes(given, levels)


def _level(given: Given, held: Holding) -> Level:
    """Return the open interest of one row; what it does not say is converted with a price of the time."""
    usd, coin = _said(held, "usd"), _said(held, "coin")
    if usd is None and coin is None:
        reason = "the snapshot counts it in contracts and does not give their size in dollars"
        return Level(held, _missing(held, "usd", reason), _missing(held, "coin", reason))
    return Level(held, usd or _converted(given, held, "usd", coin), coin or _converted(given, held, "coin", usd))


def _said(held: Holding, unit: Unit) -> Fact | None:
    row = held.rows[0]
    value = of_unit(row, unit)
    if value is None:
        return None
    words = how(row, unit)
    return Fact(
        held.subject(f"oi_{unit}"),
        value,
        unit,
        "level",
        held.evidence,
        held.source,
        row.at,
        words,
        contract=held.contract,
    )


def _converted(given: Given, held: Holding, unit: Unit, known: Fact | None) -> Fact | MissingFact:
    price = price_of(given, held.asset)
    if known is None or price is None:
        return _missing(held, unit, "the snapshot holds no price to convert it with")
    limit = tolerance("open_interest").max_age_minutes
    apart_by = abs(price.as_of - known.as_of)
    if stale_at("price", price.as_of, given.now) or apart_by > timedelta(minutes=float(limit)):
        return _missing(held, unit, f"the price to convert it with is of {price.as_of:%Y-%m-%d %H:%M} UTC")
    rate, in_usd = dollars(given)
    subject = held.subject(f"oi_{unit}")
    if unit == "usd":
        value = known.number * price.number * rate
        return derive(subject, value, unit, "level", (known, price), f"oi_coin * {in_usd}")
    value = known.number / (price.number * rate)
    return derive(subject, value, unit, "level", (known, price), f"oi_usd / {in_usd}")


def _sum(held: Holding, singles: list[Level]) -> Level:
    """Return linear and inverse contracts of one venue together, where both can be told in the unit."""
    parts = [level for level in singles if level.holding.rows[0] in held.rows]
    return Level(
        held,
        _added(held, "usd", [level.usd for level in parts]),
        _added(held, "coin", [level.coin for level in parts]),
    )


def _added(held: Holding, unit: Unit, parts: list[Fact | MissingFact]) -> Fact | MissingFact:
    facts = tuple(part for part in parts if isinstance(part, Fact))
    for part in parts:
        if isinstance(part, MissingFact):
            return _missing(held, unit, f"of its {part.subject.at} contracts, {part.reason}")
    words = " + ".join(f"{fact.subject.metric} of {fact.subject.at} contracts" for fact in facts)
    value = sum((fact.number for fact in facts), Decimal(0))
    return derive(held.subject(f"oi_{unit}"), value, unit, "level", facts, words)


def _missing(held: Holding, unit: Unit, reason: str) -> MissingFact:
    return MissingFact(held.subject(f"oi_{unit}"), unit, reason)


def _flags(given: Given, level: Level) -> Iterator[Flag]:
    row = level.holding.rows[0]
    if row.sides == "both":
        yield Flag("oi_both_sides", f"{level.holding.subject('oi').id} counts both sides; it is halved")
    usd, coin, price = of_unit(row, "usd"), of_unit(row, "coin"), price_of(given, row.about)
    if usd and coin and price is not None:
        ratio = usd / coin / (price.number * dollars(given)[0])
        if not 1 / SUSPECT_RATIO <= ratio <= SUSPECT_RATIO:
            amounts = f"{usd:f} USD and {coin:f} coins at a price of {price.number:f}"
            yield Flag("unit_scale_suspect", f"{level.holding.subject('oi').id}: {amounts}")


def _gaps(given: Given, by_subject: dict[Subject, Level]) -> Iterator[Result]:
    """Yield how far the second source is from the first where the two disagree."""
    for subject, first in by_subject.items():
        if first.holding.place:
            continue
        second = by_subject.get(subject._replace(at=apart(subject.at, 1)))
        if second is None:
            continue
        rows = (first.holding.rows[0], second.holding.rows[0])
        for one, other, field in (
            (first.usd, second.usd, "value_usd"),
            (first.coin, second.coin, "value_coin"),
        ):
            if isinstance(one, Fact) and isinstance(other, Fact):
                found = gap(one, other, rows, field, given)
                if found is not None:
                    yield found
