"""Whether a snapshot holds enough to be drafted from: what was there before, and is fresh.

A story is chosen among those that the facts carry: where open interest is missing for a quarter of an hour, a flush
would be told as something else. So a snapshot that lacks for now what sources usually give is held back a while, and
one that is cut from a later one counts only where all that is fresh in the later one is fresh in it too.
"""

from collections.abc import Iterator
from datetime import timedelta

from commentary.config.tolerances import tolerance
from commentary.records.snapshot import Gap, Row, Snapshot

PATIENCE = timedelta(hours=1)
"""So long data that lacks a part is held back: open interest of an hour ago is stale, and so is what it tells."""
PASSING = frozenset({"no_answer", "refused", "unreadable", "contradicted", "stale", "empty", "clock"})
"""Reasons of a gap that may be over in a quarter of an hour; the others are there to stay."""
CORE = ("open_interest", "funding", "liquidations")
"""The sections that decide which of two stories an event is; beside them the price."""
_PRICE = ("prices", "candles")
Part = tuple[str, str | None, str | None]
"""A section, with exchange and source."""
_SOME_PRICE: Part = ("price", None, None)
"""Of the price any will do."""


def gaps(snapshot: Snapshot, had: frozenset[Part] | None = None) -> tuple[Gap, ...]:
    """Return what is missing for now of what decides which story an event is.

    Args:
        snapshot: the snapshot.
        had: what was fresh at the last look, `fresh_parts`: a source that left out what it never gives lacks nothing.
            None: it is not known, and a source that gave any part of a section is taken to have given it.
    """
    fresh = fresh_parts(snapshot)
    given = {(section, source) for section, _, source in fresh}
    found = []
    for row in snapshot.gaps:
        if row.reason not in PASSING:
            continue
        if row.of in _PRICE:
            lacks = _SOME_PRICE not in fresh
        elif row.of not in CORE:
            lacks = False
        elif had is None:
            lacks = (row.of, row.source) not in given
        else:
            lacks = any(part not in fresh for part in had if part[0] == row.of and part[2] == row.source)
        if lacks:
            found.append(row)
    return tuple(found)


def fresh_parts(snapshot: Snapshot) -> frozenset[Part]:
    """Return what is fresh in a snapshot."""
    return frozenset(_fresh(snapshot))


def is_like(earlier: Snapshot, later: Snapshot) -> bool:
    """Say whether all that is fresh in the later of two snapshots of one asset is fresh in the earlier one too.

    Each of a time of its own: what matters is that the two hold the same.
    """
    return fresh_parts(later) <= fresh_parts(earlier)


def _fresh(snapshot: Snapshot) -> Iterator[Part]:
    for section in CORE:
        for row in getattr(snapshot, section):
            # What may still change has no history.
            if getattr(row, "kind", None) != "predicted" and _is_fresh(row, snapshot):
                yield section, row.venue, row.source
    if any(_is_fresh(row, snapshot) for row in snapshot.prices) or _has_fresh_close(snapshot):
        yield _SOME_PRICE


def _is_fresh(row: Row, snapshot: Snapshot) -> bool:
    limit = timedelta(minutes=float(tolerance(row.METRIC).max_age_minutes))
    return snapshot.as_of - row.at <= limit


def _has_fresh_close(snapshot: Snapshot) -> bool:
    limit = timedelta(minutes=float(tolerance("price").max_age_minutes))
    for series in snapshot.candles:
        length = timedelta(minutes=float(series.interval_minutes))
        ends = [bar.time + length for bar in series.bars[-2:] if bar.time + length <= snapshot.as_of]
        if ends and snapshot.as_of - max(ends) <= limit:
            return True
    return False
