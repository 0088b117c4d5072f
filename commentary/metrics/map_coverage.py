"""Map coverage: the exchange and the window that a liquidation map says it covers; many maps do not say.

Of a map of our own also map_tiers, the day of which the margin tiers are that it was drawn by.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.maps import NamedMap, newest_maps
from commentary.records.fact import OURS, Fact, MissingFact, Subject
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
    if row.source == OURS and (day := _tiers(row)) is not None:
        subject = subject._replace(metric="map_tiers", venue=row.venue)
        yield Fact(subject, day, "time", "time", row.evidence, source_of(row), row.at)


def _tiers(row: LiquidationMap) -> datetime | None:
    """Return the day of the margin tiers, which the assumptions of our model name as "2026-09-01"."""
    named = (row.assumptions or {}).get("tiers_read")
    try:
        return datetime.strptime(str(named), "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None


def _window(each: NamedMap) -> Result:
    """Return the hours that a map counts back from its time."""
    row = each.row
    subject = Subject(row.about, "map_window", window_hours=row.window_hours)
    if row.window_hours is None:
        return MissingFact(subject, "hours", f"{each.by} does not give its window")
    return Fact(subject, row.window_hours, "hours", "level", row.evidence, source_of(row), row.at)
