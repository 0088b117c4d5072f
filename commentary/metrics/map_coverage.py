"""Map coverage: the exchange that a liquidation map says it covers; most vendors' maps do not say."""

from collections.abc import Iterator

from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.maps import newest_maps
from commentary.records.fact import Fact, MissingFact, Subject


@metric("map_coverage", needs=("price",))
def map_coverage(given: Given) -> Iterator[Result]:
    """Yield the exchange of the map that comes first, or that it is not known."""
    maps = [*newest_maps(given, "levels"), *newest_maps(given, "cumulative")]
    if not maps:
        return
    row = maps[0].row
    subject = Subject(row.about, "map_venue", window_hours=row.window_hours)
    if row.venue in (None, "all"):
        yield MissingFact(subject, "name", f"{maps[0].by} does not name its exchanges")
        return
    yield Fact(subject, str(row.venue), "name", "entity", row.evidence, source_of(row), row.at)
