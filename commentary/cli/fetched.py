"""What a round with live sources gave, in lines for a terminal."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commentary.cli.output import columns

if TYPE_CHECKING:
    from commentary.sources.collecting import Collection


def map_lines(collection: "Collection") -> Iterator[str]:
    """Yield for each exchange of which we could estimate no liquidation map the reason; none beside a vendor's map."""
    from commentary.liquidation_map.from_snapshot import why_none
    from commentary.records.fact import OURS

    snapshot = collection.snapshots[0].read.snapshot
    if not any(each.levels and each.source != OURS for each in snapshot.liquidation_maps):
        yield from (f"no map of {reason}" for reason in why_none(snapshot))


def source_lines(collection: "Collection") -> Iterator[str]:
    """Yield a line for each source: how many rows it gave, how its clock is off, and what it left out."""
    from commentary.sources.live_snapshot import skew_in_words

    found = collection.snapshots[0]
    rows: dict[str, int] = {}
    for one in found.readings:
        name = one.question.source.title
        rows[name] = rows.get(name, 0) + len(one.rows)
    skews = {source.title: collection.skews[source.name] for source in collection.round.sources}
    gaps: dict[str, list[str]] = {}
    for gap in found.read.snapshot.gaps:
        gaps.setdefault(str(gap.source), []).append(f"{gap.of} ({gap.detail or gap.reason})")
    table = []
    for name in dict.fromkeys((*rows, *gaps)):
        skew = skews.get(name)
        clock = "" if skew is None else f"clock {skew_in_words(skew)}"
        table.append((name, f"{rows.get(name, 0)} rows", clock))
    yield from columns(table)
    for name, missing in gaps.items():
        yield f"{name}: without {'; '.join(missing)}"
