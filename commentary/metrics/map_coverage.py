"""Map coverage: the exchange and the window that a liquidation map says it covers; many maps do not say."""

from collections.abc import Iterator

from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.maps import NamedMap, newest_maps
from commentary.records.fact import Fact, MissingFact, Subject


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


def _window(each: NamedMap) -> Result:
    """Return the hours that a map counts back from its time."""
    row = each.row
    subject = Subject(row.about, "map_window", window_hours=row.window_hours)
    if row.window_hours is None:
        return MissingFact(subject, "hours", f"{each.by} does not give its window")
    return Fact(subject, row.window_hours, "hours", "level", row.evidence, source_of(row), row.at)
