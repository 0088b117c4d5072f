"""Map coverage: the exchange and the window that a liquidation map says it covers; many maps do not say.

Of a map of our own also what it assumes, which is said beside it: map_tiers, the day or the first of the month of which
the exchange's margin tiers are that it was drawn by, missing where a default of ours stood in for them; map_mixes, by
how many mixes of leverage; map_leverage_least and map_leverage_most, the lowest and the highest leverage of all of
these, in times the collateral.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from commentary.liquidation_map.tiers import NO_EXCHANGE
from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.maps import NamedMap, newest_maps, priors
from commentary.records.fact import OURS, Fact, MissingFact, Subject, Unit
from commentary.records.snapshot import LiquidationMap


@metric("map_coverage", needs=("price",))
def map_coverage(given: Given) -> Iterator[Result]:
    """Yield window and exchange of the map that comes first, or that they are not known."""
    maps = [*newest_maps(given, "levels"), *newest_maps(given, "cumulative")]
    if not maps:
        return
    row = maps[0].row
    yield _window(maps[0])
    subject = Subject(row.about, "map_venue", window_hours=row.window_hours)
    if row.venue in (None, "all"):
        yield MissingFact(subject, "name", f"{maps[0].by} does not name its exchanges")
        return
    yield Fact(subject, str(row.venue), "name", "entity", row.evidence, source_of(row), row.at)
    if row.source == OURS:
        yield from _assumed(given, row)


def _assumed(given: Given, row: LiquidationMap) -> Iterator[Result]:
    """Yield what a map of our own assumes of margin tiers and of leverage."""
    subject = Subject(row.about, "map_tiers", venue=row.venue, window_hours=row.window_hours)
    if (row.assumptions or {}).get("tiers_of") == NO_EXCHANGE:
        yield MissingFact(subject, "time", f"we hold no margin tiers of {row.venue} for it, and a default stood in")
    elif (day := _tiers(row)) is not None:
        yield Fact(subject, day, "time", "time", row.evidence, source_of(row), row.at)
    drawn = priors(given, row)
    times = [leverage for one in drawn for leverage in _leverages(one)]
    if not times or not all(_leverages(one) for one in drawn):
        return
    figures: tuple[tuple[str, Decimal, Unit], ...] = (
        ("map_mixes", Decimal(len(drawn)), "count"),
        ("map_leverage_least", min(times), "ratio"),
        ("map_leverage_most", max(times), "ratio"),
    )
    for name, value, unit in figures:
        yield Fact(subject._replace(metric=name), value, unit, "level", row.evidence, source_of(row), row.at)


def _leverages(row: LiquidationMap) -> list[Decimal]:
    """Return the leverages of a mix that hold any of it, which its assumptions name as {"5x": 0.2}."""
    shares = (row.assumptions or {}).get("leverage_shares")
    if not isinstance(shares, dict):
        return []
    named = [name.removesuffix("x") for name, share in shares.items() if share]
    return [Decimal(times) for times in named if times.isdecimal()]


def _tiers(row: LiquidationMap) -> datetime | None:
    """Return the day of the margin tiers, named as "2026-09-01" or, where the day is not known, as "2026-09"."""
    named = str((row.assumptions or {}).get("tiers_read"))
    for form in ("%Y-%m-%d", "%Y-%m"):
        try:
            return datetime.strptime(named, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _window(each: NamedMap) -> Result:
    """Return the hours that a map counts back from its time."""
    row = each.row
    subject = Subject(row.about, "map_window", window_hours=row.window_hours)
    if row.window_hours is None:
        return MissingFact(subject, "hours", f"{each.by} does not give its window")
    return Fact(subject, row.window_hours, "hours", "level", row.evidence, source_of(row), row.at)
