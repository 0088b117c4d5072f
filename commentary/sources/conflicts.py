"""Where two sources disagree about one thing at one time by more than data/tolerances.toml allows.

Exchanges may differ from one another; only prices and candles are compared between them, and by a wider tolerance.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import combinations

from commentary.config.tolerances import tolerance
from commentary.records.snapshot import (
    SECTIONS,
    CandleSeries,
    Conflict,
    LiquidationMap,
    Price,
    Row,
    Series,
    Snapshot,
)
from commentary.sources.candle_conflicts import candle_conflicts

Timeline = list[tuple[datetime, str, Row]]
"""One source's rows about one thing: time, path, row; in order."""


def conflicts(snapshot: Snapshot) -> tuple[Conflict, ...]:
    """Return the disagreements in a settled snapshot; maps of two vendors are two models and none."""
    groups: dict[tuple[object, ...], dict[str | None, Timeline]] = {}
    for group, path, row in _observations(snapshot):
        lines = groups.setdefault((type(row).__name__, *group, *row.key[:-1]), {})
        lines.setdefault(row.source, []).append((row.at, path, row))
    for lines in groups.values():
        for line in lines.values() if len(lines) > 1 else ():
            line.sort(key=_when)
    found = (
        conflict
        for lines in groups.values()
        for a, b in combinations(sorted(lines, key=lambda source: source or ""), 2)
        for conflict in _between(lines[a], lines[b])
    )
    return (*found, *_of_exchanges(snapshot), *candle_conflicts(snapshot))


def _of_exchanges(snapshot: Snapshot) -> Iterator[Conflict]:
    """Yield the lowest and the highest price of a coin at one time where they are too far apart to be of one coin."""
    allowed = tolerance(Price.METRIC)
    near = timedelta(minutes=float(allowed.time_minutes))
    by_coin: dict[str, list[tuple[datetime, str, Price]]] = {}
    for i, row in enumerate(snapshot.prices):
        by_coin.setdefault(row.about, []).append((row.at, f"/prices/{i}/value", row))
    for rows in by_coin.values():
        rows.sort(key=lambda one: one[0])
        start = 0
        while start < len(rows):
            end = bisect_right(rows, rows[start][0] + near, key=lambda one: one[0])
            together, start = rows[start:end], end
            (_, path_a, low), (_, path_b, high) = (pick(together, key=lambda one: one[2].value) for pick in (min, max))
            # Sources of one exchange and kind were compared above, and held to less.
            if low.key[:-1] != high.key[:-1] and high.value - low.value > allowed.venues_relative * high.value:
                yield Conflict(Price.METRIC, path_a, path_b, low.value, high.value, allowed.venues_relative)


def _observations(snapshot: Snapshot) -> Iterator[tuple[tuple[object, ...], str, Row]]:
    for section in SECTIONS:
        for i, row in enumerate(getattr(snapshot, section)):
            path = f"/{section}/{i}"
            if isinstance(row, CandleSeries):
                yield from (((row.key), f"{path}/bars/{j}", bar) for j, bar in enumerate(row.bars))
            elif isinstance(row, LiquidationMap):
                yield from (((i,), f"{path}/levels/{j}", level) for j, level in enumerate(row.levels))
                yield from (((i,), f"{path}/cumulative/{j}", level) for j, level in enumerate(row.cumulative))
            else:
                yield (), path, row


def _between(line_a: Timeline, line_b: Timeline) -> Iterator[Conflict]:
    """Compare each row of the shorter line with the other's nearest in time."""
    if len(line_b) < len(line_a):
        yield from (_turned(conflict) for conflict in _between(line_b, line_a))
        return
    allowed = tolerance(line_a[0][2].METRIC)
    near = timedelta(minutes=float(allowed.time_minutes))
    for when, path_a, row_a in line_a:
        at = bisect_left(line_b, when, key=_when)
        candidates = line_b[max(0, at - 1) : at + 1]
        time_b, path_b, row_b = min(candidates, key=lambda other: abs(other[0] - when))
        if abs(time_b - when) > near:
            continue
        for field in row_a.COMPARED:
            a, b = _number(row_a, field), _number(row_b, field)
            if a is not None and b is not None and allowed.apart(a, b):
                yield Conflict(row_a.METRIC, f"{path_a}/{field}", f"{path_b}/{field}", a, b, allowed.relative)


def _when(entry: tuple[datetime, str, Row]) -> datetime:
    return entry[0]


def _turned(conflict: Conflict) -> Conflict:
    return conflict._replace(
        path_a=conflict.path_b, path_b=conflict.path_a, value_a=conflict.value_b, value_b=conflict.value_a
    )


def _number(row: Series, field: str) -> Decimal | None:
    value = getattr(row, field)
    return value if isinstance(value, Decimal) else None
