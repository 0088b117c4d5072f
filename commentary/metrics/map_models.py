"""Map models: by which model, and with which assumption on leverage, the maps of a source are drawn, where it says so.

Two sums of one source and window are comparable only where they are of one model. `at` is the source.
"""

from collections.abc import Iterator

from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.maps import newest_maps
from commentary.records.fact import Fact, Subject
from commentary.records.snapshot import LiquidationMap


@metric("map_models")
def map_models(given: Given) -> Iterator[Result]:
    """Yield the models of each source's maps of one exchange and window, in words: "v2, low prior"."""
    groups: dict[Subject, list[LiquidationMap]] = {}
    for each in (*newest_maps(given, "cumulative"), *newest_maps(given, "levels")):
        row = each.row
        subject = Subject(row.about, "map_model", None, row.venue, row.window_hours, row.source)
        if row not in groups.setdefault(subject, []):
            groups[subject].append(row)
    for subject, rows in groups.items():
        named = sorted({_words(row) for row in rows})
        if any(named):
            value = "; ".join(words or "no model named" for words in named)
            first = rows[0]
            yield Fact(subject, value, "name", "entity", first.evidence, source_of(first), first.at)


def _words(row: LiquidationMap) -> str:
    prior = f"{row.prior} prior" if row.prior is not None else None
    return ", ".join(part for part in (row.model, prior) if part)
