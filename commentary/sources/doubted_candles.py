"""Series of candles that cannot be what they say, held against prices of the same times before a snapshot is made.

Single bars that stand apart are the matter of `candle_conflicts`. Here it is a whole series: of another coin or unit,
of another time, or of a feed that stands still. Its closes are off, at the median of many, from its exchange's own
prices, or most of those lie outside its bars; or they are off from the closes of the other exchanges, and its own
prices do not bear them out. Where another exchange bears a series out it is used, and its own prices are off.

What is too far: data/bounds.toml, [candle], and data/tolerances.toml, [candle] venues_relative.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from commentary.config.bounds import bound
from commentary.config.tolerances import tolerance
from commentary.records.snapshot import Bar, CandleSeries, Price
from commentary.sources.placed import Doubted, Placed, rows_of
from commentary.sources.readings import Missed

_Closes = Mapping[datetime, Decimal]
"""Closes by the time at which each holds."""
_Prices = Sequence[tuple[datetime, Decimal]]
"""Of one exchange, in order of time."""
_OTHERS = 2
"""So many other exchanges have to agree against one."""


class _Line(NamedTuple):
    """The candles of one reading, oldest first: those of an exchange, all of one length."""

    venue: str
    length: timedelta
    bars: tuple[Bar, ...]
    owner: int | None

    @property
    def closes(self) -> _Closes:
        return {bar.time + self.length: bar.close for bar in self.bars}


def doubted_candles(placed: Sequence[Placed]) -> Doubted:
    """Return which readings gave candles that are not used, and why.

    Args:
        placed: the rows of a round about one asset.
    """
    lines = list(_lines(placed))
    prices: dict[str, list[tuple[datetime, Decimal]]] = {}
    for _, row in rows_of(placed, Price):
        if row.venue is not None and row.time is not None:
            prices.setdefault(row.venue, []).append((row.time, row.value))
    found: Doubted = {}
    for line in lines:
        others = _others(lines, line)
        own = sorted(prices.get(line.venue, ()))
        why = _still(line)
        if not why and not _has_own_prices(line, own):
            why = _off_from_others(line, others)
        if not why and not any(_agrees(line.closes, one) for one in others):
            why = _off_from_prices(line, own)
        if why:
            found[line.owner, "candles"] = Missed("contradicted", why)
    return found


def _lines(placed: Sequence[Placed]) -> Iterator[_Line]:
    for owner, row in rows_of(placed, CandleSeries):
        length = timedelta(minutes=float(row.interval_minutes))
        yield _Line(row.venue or "", length, tuple(sorted(row.bars, key=lambda bar: bar.time)), owner)


def _others(lines: Sequence[_Line], own: _Line) -> list[_Closes]:
    """Return the closes of each other exchange for bars of the same length; a history comes in pages."""
    found: dict[str, dict[datetime, Decimal]] = {}
    for one in lines:
        if one.venue != own.venue and one.length == own.length:
            found.setdefault(one.venue, {}).update(one.closes)
    return list(found.values())


def _still(line: _Line) -> str:
    """Return why a series is of a feed that stands still: most bars have one price, though coins changed hands."""
    if len(line.bars) < bound("candle", "points"):
        return ""
    flat = sum(bar.high == bar.low and bar.volume_usd != 0 for bar in line.bars)
    return f"{flat} of {len(line.bars)} bars have one price" if 2 * flat > len(line.bars) else ""


def _off_from_others(line: _Line, others: Sequence[_Closes]) -> str:
    """Return why closes are off from the middle of other exchanges' closes; empty where those are too few."""
    middle: dict[datetime, Decimal] = {}
    for time in line.closes:
        known = [closes[time] for closes in others if time in closes]
        if len(known) >= _OTHERS:
            middle[time] = median(known)
    off = _distance(line.closes, middle)
    return f"its closes are {off:.1%} from those of other exchanges" if off > bound("candle", "off") else ""


def _agrees(closes: _Closes, others: _Closes) -> bool:
    """Say whether another exchange's closes are, at enough times, those of this one."""
    return len(closes.keys() & others.keys()) >= bound("candle", "points") and _distance(closes, others) <= bound(
        "candle", "off"
    )


def _distance(closes: _Closes, others: _Closes) -> Decimal:
    """Return how far closes are from others of the same times, at the median; 0 where the times are too few."""
    shared = closes.keys() & others.keys()
    if len(shared) < bound("candle", "points"):
        return Decimal(0)
    return median([abs(closes[time] / others[time] - 1) for time in shared])


def _off_from_prices(line: _Line, prices: _Prices) -> str:
    """Return why a series is off from its exchange's own prices; empty where there are none to hold it against."""
    off = _distance(line.closes, dict(prices))
    if off > bound("candle", "off"):
        return f"its closes are {off:.1%} from its own prices of the same times"
    inside, outside = _counted(line, prices, tolerance(Bar.METRIC).venues_relative)
    if outside > inside:
        return f"{outside} of {inside + outside} of its own prices lie outside its bars"
    behind = None if inside else _price_behind(line, prices)
    if behind is None or (beyond := _beyond(line.bars[-1], behind[1])) <= bound("candle", "alone"):
        return ""
    return f"its own price of {behind[0]:%Y-%m-%dT%H:%M:%SZ} is {beyond:.0%} beyond its last bar"


def _has_own_prices(line: _Line, prices: _Prices) -> bool:
    """Say whether its exchange's own prices bear a series out: then they part together, which is news and no slip."""
    most = bound("candle", "off")
    if len(line.closes.keys() & dict(prices).keys()) >= bound("candle", "points"):
        return _distance(line.closes, dict(prices)) <= most
    inside, outside = _counted(line, prices, most)
    if inside or outside:
        return inside > outside
    behind = _price_behind(line, prices)
    return behind is not None and _beyond(line.bars[-1], behind[1]) <= most


def _counted(line: _Line, prices: _Prices, most: Decimal) -> tuple[int, int]:
    """Return how many prices lie in the bar of their time, or near enough, and how many do not."""
    starts = [bar.time for bar in line.bars]
    inside, outside = 0, 0
    for time, value in prices:
        place = bisect_left(starts, time) - 1
        if place >= 0 and time <= starts[place] + line.length:
            is_off = _beyond(line.bars[place], value) > most
            inside, outside = inside + (not is_off), outside + is_off
    return inside, outside


def _price_behind(line: _Line, prices: _Prices) -> tuple[datetime, Decimal] | None:
    """Return the first price behind the last bar, within the time that the next one takes."""
    end = line.bars[-1].time + line.length
    return next((one for one in prices if end < one[0] <= end + line.length), None)


def _beyond(bar: Bar, value: Decimal) -> Decimal:
    """Return how far a price lies outside a bar, as a part of the larger of the two; 0 or less within it."""
    return max(1 - value / bar.low, 1 - bar.high / value)
