"""A snapshot as it was at an earlier time: what its rows say of then, and nothing that was not known yet.

Histories stand in a snapshot beside its newest figures, so that what was missed can be made up for. What has no
history (an order book, a map that is drawn anew) is not in the earlier one, and nothing is put in its place.
"""

from datetime import datetime, timedelta
from typing import Any

from commentary.records.snapshot import SECTIONS, Bar, CandleSeries, LiquidationMap, ReadSnapshot, Row
from commentary.sources.settle import Settled
from commentary.sources.snapshot_file import sealed

_AHEAD = "calendar"
"""Its rows are of dates that lie ahead; when they were published is not known."""


def cut(read: ReadSnapshot, at: datetime) -> ReadSnapshot:
    """Return a snapshot cut to what was known at a time: its rows of then or earlier, and bars that had ended.

    A row that was given without a time is of the snapshot's own, and so is not known earlier. Dates of the calendar
    stay, whatever their time. A map loses what is later in it, and is left out where it is later as a whole.

    Args:
        read: the snapshot; rows that were read have their asset and time.
        at: the time, which becomes its as_of.

    Raises:
        ValueError: the time is later than the snapshot.
    """
    snapshot = read.snapshot
    if at > snapshot.as_of:
        raise ValueError(f"a snapshot of {snapshot.as_of} does not say what was known at {at}")
    kept: dict[str, Any] = {name: _known(getattr(snapshot, name), at) for name in SECTIONS if name != _AHEAD}
    earlier = snapshot.model_copy(update={**kept, "as_of": at})
    note = f"cut to {at:%Y-%m-%d %H:%M} UTC, from a snapshot of {snapshot.as_of:%Y-%m-%d %H:%M} UTC"
    return sealed(Settled(earlier, (*read.notes, note)))


def _known(rows: tuple[Any, ...], at: datetime) -> tuple[Any, ...]:
    made = (_ended(row, at) if isinstance(row, CandleSeries) else _then(row, at) for row in rows)
    return tuple(row for row in made if row is not None)


def _ended(series: CandleSeries, at: datetime) -> CandleSeries | None:
    """Return a series with the bars that had ended; a bar's time is its start."""
    length = timedelta(minutes=float(series.interval_minutes))
    bars: tuple[Bar, ...] = tuple(bar for bar in series.bars if bar.time + length <= at)
    return series.model_copy(update={"bars": bars}) if bars else None


def _then(row: Row, at: datetime) -> Row | None:
    if row.at > at:
        return None
    if not isinstance(row, LiquidationMap):
        return row
    parts = {name: tuple(one for one in getattr(row, name) if one.at <= at) for name in ("levels", "cumulative")}
    return row.model_copy(update=parts) if any(parts.values()) else None
