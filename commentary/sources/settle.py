"""Rows in order: what a row inherits is filled in, duplicates are dropped, contradictions are refused.

The result does not depend on the order of the rows in the file, so neither does any text made of it.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from commentary.errors import BadInputError
from commentary.records.canonical import dump
from commentary.records.snapshot import SECTIONS, CandleSeries, Funding, LiquidationMap, Row, Series, Snapshot
from commentary.sources.json_text import shown

S = TypeVar("S", bound=Series)
R = TypeVar("R", bound=Row)


class Settled(NamedTuple):
    """A snapshot whose rows all have asset and time and are sorted by key, each once."""

    snapshot: Snapshot
    notes: tuple[str, ...]


class _Placed(NamedTuple):
    """A row (Any: each section has its own type) and its JSON Pointer in the file."""

    row: Any
    path: str


class _Tally:
    """Counts what the notes tell, by section."""

    def __init__(self, snapshot: Snapshot, name: str) -> None:
        self.snapshot = snapshot
        self.name = name
        self.without_time: dict[str, int] = {}
        self.unsettled: dict[str, int] = {}
        self.twice: dict[str, int] = {}
        self.unused: dict[str, int] = {}

    def notes(self) -> tuple[str, ...]:
        as_of = f"{self.snapshot.as_of:%Y-%m-%dT%H:%M:%SZ}"
        untimed = (
            f"{section}: {_rows(count)} without a time; the snapshot's as_of, {as_of}, is taken"
            for section, count in self.without_time.items()
        )
        twice = (f"{section}: {_rows(count)} given twice; kept once" for section, count in self.twice.items())
        unsettled = (
            f"{section}: {_rows(count)} settled, without the time; no rate settles at {as_of}, so it is told as one "
            "that is not known to have settled; give its time"
            for section, count in self.unsettled.items()
        )
        unused = (
            f"{what}: {_rows(count)} read and kept; no figure is made of them yet"
            for what, count in self.unused.items()
        )
        return tuple(chain(untimed, unsettled, twice, unused))


def settle(snapshot: Snapshot, name: str = "") -> Settled:
    """Fill in, sort and deduplicate the rows; `name` stands before the paths of errors.

    Raises:
        BadInputError: two rows have one key and source and other values.
    """
    tally = _Tally(snapshot, name)
    sections: dict[str, object] = {}
    for section in SECTIONS:
        placed = [_Placed(row, f"/{section}/{i}") for i, row in enumerate(getattr(snapshot, section))]
        if placed:
            sections[section] = tuple(_section(placed, section, tally))
    settled = snapshot.model_copy(update=sections)
    tally.unused = {what: count for what, count in _unused(settled) if count}
    return Settled(settled, tally.notes())


def _unused(snapshot: Snapshot) -> Iterable[tuple[str, int]]:
    """Yield what the format has and no metric reads, and in how many rows it stands."""
    bars = chain.from_iterable(series.bars for series in snapshot.candles)
    yield "candles bars, taker_buy_usd", sum(bar.taker_buy_usd is not None for bar in bars)
    yield "liquidation_maps, assumptions", sum(row.assumptions is not None for row in snapshot.liquidation_maps)
    yield "long_short", len(snapshot.long_short)


def sort_key(row: Series) -> tuple[tuple[int, Any], ...]:
    """Return what rows are sorted by: key, then source; None first."""
    return tuple((0, 0) if part is None else (1, part) for part in (*row.key, row.source))


def _written(value: object) -> str:
    """Return a row or snapshot as canonical JSON, without the fields that say nothing."""
    if isinstance(value, Series | Snapshot):
        held = vars(value)
        told = [
            f'"{name}":{_written(item) if isinstance(item, tuple) else dump(item)}'
            for name in _names(type(value))
            if (item := held[name]) is not None and item != ()
        ]
        return "{" + ",".join(told) + "}"
    if isinstance(value, tuple):
        return "[" + ",".join([_written(item) for item in value]) + "]"
    return dump(value)


@cache
def _names(model: type[Series | Snapshot]) -> tuple[str, ...]:
    return tuple(sorted(model.model_fields))


def _section(placed: list[_Placed], section: str, tally: _Tally) -> Iterable[Series]:
    snapshot = tally.snapshot
    first = placed[0].row
    if isinstance(first, CandleSeries):
        filled = [_Placed(_with(each.row, asset=snapshot.asset), each.path) for each in placed]
        return _merged(filled, section, tally)
    filled = [_Placed(_timed(each.row, section, tally), each.path) for each in placed]
    if isinstance(first, LiquidationMap):
        return _merged(filled, section, tally)
    return (each.row for each in _distinct(filled, section, tally))


def _timed(row: R, section: str, tally: _Tally) -> R:
    as_of = tally.snapshot.as_of
    if row.time is None:
        tally.without_time[section] = tally.without_time.get(section, 0) + 1
        if isinstance(row, Funding) and row.kind == "settled" and as_of.replace(minute=0, second=0) != as_of:
            # Exchanges settle on the hour, so this is not when it did.
            tally.unsettled[section] = tally.unsettled.get(section, 0) + 1
            row = row.model_copy(update={"kind": None})
    return _with(row, asset=tally.snapshot.asset, time=as_of)


def _with(row: S, **inherited: object) -> S:
    """Return the row with what it does not say itself."""
    update = {name: value for name, value in inherited.items() if value is not None and getattr(row, name) is None}
    return row.model_copy(update=update) if update else row


def _distinct(placed: Iterable[_Placed], section: str, tally: _Tally) -> list[_Placed]:
    """Return each row once, sorted."""
    first: dict[object, _Placed] = {}
    for each in placed:
        key = (each.row.key, each.row.source)
        earlier = first.setdefault(key, each)
        if earlier is each:
            continue
        if earlier.row != each.row:
            raise _contradiction(earlier, each, tally.name)
        tally.twice[section] = tally.twice.get(section, 0) + 1
    return sorted(first.values(), key=lambda each: sort_key(each.row))


def _merged(placed: list[_Placed], section: str, tally: _Tally) -> list[Series]:
    """Return maps or candle series, those of one key and source as one, with their inner rows distinct."""
    groups: dict[object, list[_Placed]] = {}
    for each in placed:
        groups.setdefault((each.row.key, each.row.source), []).append(each)
    merged: list[Series] = []
    for group in groups.values():
        outer = group[0]
        for other in group[1:]:
            if other.row.values != outer.row.values:
                raise _contradiction(outer, other, tally.name)
        update = {
            part: tuple(each.row for each in _distinct(_inner(group, part), f"{section} {part}", tally))
            for part in _parts(outer.row)
        }
        merged.append(outer.row.model_copy(update=update))
    return sorted(merged, key=sort_key)


def _inner(group: list[_Placed], part: str) -> Iterable[_Placed]:
    for row, path in group:
        inherited = {"asset": row.asset, "venue": row.venue, "source": row.source}
        if isinstance(row, Row):
            inherited["time"] = row.time
        for i, item in enumerate(getattr(row, part)):
            yield _Placed(_with(item, **inherited), f"{path}/{part}/{i}")


def _contradiction(earlier: _Placed, later: _Placed, name: str) -> BadInputError:
    fields = [field for field in later.row.VALUES if getattr(later.row, field) != getattr(earlier.row, field)]
    field = fields[0]
    value = getattr(later.row, field)
    other = shown(getattr(earlier.row, field))
    remedy = f"{name}{earlier.path}/{field} is {other} for the same thing, time and source; keep the right row"
    return BadInputError(f"{name}{later.path}/{field}", shown(value), remedy)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def normalised(snapshot: Snapshot) -> bytes:
    """Return the one spelling of a snapshot: rows filled in, sorted and distinct, canonical JSON.

    It is itself a snapshot file, and its sha256 stands in the `inputs` of a draft.
    """
    return normal_form(settle(snapshot))


def normal_form(settled: Settled) -> bytes:
    """Return the normal form of a snapshot that is settled already."""
    return _written(settled.snapshot).encode()


def observation_times(snapshot: Snapshot) -> Iterable[tuple[tuple[str | int, ...], datetime]]:
    """Yield place and time of every observation that says when it was, but of no date that may lie ahead."""
    yield ("as_of",), snapshot.as_of
    for section in SECTIONS:
        if section == "calendar":
            continue
        for i, row in enumerate(getattr(snapshot, section)):
            if isinstance(row, Row) and row.time is not None:
                yield (section, i, "time"), row.time
            for part in _parts(row):
                for j, inner in enumerate(getattr(row, part)):
                    if inner.time is not None:
                        yield (section, i, part, j, "time"), inner.time


def _parts(row: Series) -> tuple[str, ...]:
    """Return the fields of a row that hold rows of their own."""
    if isinstance(row, CandleSeries):
        return ("bars",)
    return ("levels", "cumulative") if isinstance(row, LiquidationMap) else ()
