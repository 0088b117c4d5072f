"""A snapshot that rolls on: the histories of an earlier one with the rows of a later one.

A watch asks for the whole history of an asset once, and from then on only for what is new. Of a row that both have, the
later one counts: a source may have corrected it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from commentary.records.rows import Series
from commentary.records.snapshot import SECTIONS, CandleSeries, LiquidationMap, Row, Snapshot

KEPT = timedelta(days=95)
"""Longer than the 90 days that the longest comparison reads."""
FUNDING_KEPT = timedelta(days=366)
"""A rate is ranked among all settlements that are held, and exchanges give more than 90 days of them."""
MAPS_KEPT = timedelta(days=8)
"""A map has up to a thousand levels; stories compare with those of a week."""
MAPS_EVERY = timedelta(hours=24)
"""Of one model, one map a day is kept beside the newest."""
_OF_NOW = frozenset({"gaps", "calendar", "order_book", "positions"})
"""What a later round says whole, or not at all: an order of yesterday does not rest in today's book."""


def rolled(earlier: Snapshot, later: Snapshot) -> Snapshot:
    """Return the later snapshot with what the earlier one holds besides.

    Args:
        earlier: as it was read, of the same asset.
        later: as it was read; its asset, name, quote and as_of are kept.

    Raises:
        ValueError: they are of two assets, or the earlier one is later.
    """
    if earlier.asset != later.asset or earlier.as_of > later.as_of:
        raise ValueError(f"{later.asset} of {later.as_of} does not follow {earlier.asset} of {earlier.as_of}")
    since, settled_since = later.as_of - KEPT, later.as_of - FUNDING_KEPT
    made: dict[str, Any] = {}
    for section in SECTIONS:
        old, new = getattr(earlier, section), getattr(later, section)
        if section in _OF_NOW:
            continue
        if section == "candles":
            made[section] = _series(old, new, since)
        elif section == "liquidation_maps":
            made[section] = _maps(old, new, later.as_of)
        else:
            start = settled_since if section == "funding" else since
            made[section] = tuple(row for row in _joined(old, new) if row.at >= start)
    return later.model_copy(update=made)


def _joined(old: Iterable[Any], new: Iterable[Any]) -> list[Any]:
    """Return the rows of both, each once, the later one where both have it."""
    rows: dict[object, Row] = {(row.key, row.source): row for row in old}
    rows.update({(row.key, row.source): row for row in new})
    return list(rows.values())


def _series(old: tuple[CandleSeries, ...], new: tuple[CandleSeries, ...], since: datetime) -> tuple[CandleSeries, ...]:
    series: dict[object, CandleSeries] = {_place(each): each for each in old}
    for each in new:
        before = series.get(_place(each))
        bars = _joined(before.bars, each.bars) if before is not None else list(each.bars)
        series[_place(each)] = each.model_copy(update={"bars": tuple(sorted(bars, key=lambda bar: bar.time))})
    kept = (
        each.model_copy(update={"bars": tuple(bar for bar in each.bars if bar.time >= since)})
        for each in series.values()
    )
    return tuple(each for each in kept if each.bars)


def _maps(
    old: tuple[LiquidationMap, ...], new: tuple[LiquidationMap, ...], now: datetime
) -> tuple[LiquidationMap, ...]:
    """Return the new maps, and of each model one a day of the days before."""
    kept: list[LiquidationMap] = list(new)
    newest: dict[object, datetime] = {}
    for row in new:
        newest[_model(row)] = max(row.at, newest.get(_model(row), row.at))
    for row in sorted(old, key=lambda each: each.at, reverse=True):
        last = newest.get(_model(row))
        if row.at >= now - MAPS_KEPT and (last is None or last - row.at >= MAPS_EVERY):
            kept.append(row)
            newest[_model(row)] = row.at
    return tuple(kept)


def _model(row: LiquidationMap) -> object:
    return (row.key[:-1], row.source)


def _place(series: Series) -> object:
    return (series.key, series.source)
