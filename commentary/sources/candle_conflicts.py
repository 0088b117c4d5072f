"""Where a candle stands apart: from what its exchange says of the price within it, or from every other exchange.

A wick that one exchange alone shows may be a true flash crash there, or a slip of whoever passed it on; which of the
two cannot be told from here. So it stays in the snapshot, a conflict names it with the figure that it stands apart
from, and no text is made of it: what a text calls the low was seen by a second exchange as well. Of two exchanges the
less extreme figure was passed at both, and counts; of two closes of one time that are too far apart neither does,
unless their exchanges' own prices bear out one of them.

How far is too far: data/tolerances.toml, [candle] venues_relative, and data/bounds.toml, [candle] alone.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import chain
from typing import Literal, NamedTuple

from commentary.config.bounds import bound
from commentary.config.tolerances import tolerance
from commentary.records.snapshot import Bar, Conflict, Price, Snapshot, bars_left_out

LONGEST_ALONE = 240
"""Minutes: a longer bar has time to fall by a third and rise again."""


class _Place(NamedTuple):
    """A bar, where it stands, and the prices that its exchange gives of times within it, each with its path."""

    path: str
    bar: Bar
    prices: list[tuple[str, Price]]


def candle_conflicts(snapshot: Snapshot) -> tuple[Conflict, ...]:
    """Return where candles stand apart, each bar once, with the bar that texts leave out.

    Args:
        snapshot: settled, so that rows have their asset and time, and stand in order.
    """
    allowed = tolerance(Bar.METRIC).venues_relative
    found: dict[str, Conflict] = {}
    for minutes, places in _together(snapshot):
        made = _apart(places, allowed) if len(places) > 1 else _alone(places[0], minutes)
        for one in chain(made, _against_prices(places, allowed)):
            found.setdefault(one.left_out or one.path_b, one)
    return tuple(found.values())


def without_left_out(snapshot: Snapshot) -> Snapshot:
    """Return a settled snapshot without the bars that stand apart."""
    places = bars_left_out(candle_conflicts(snapshot))
    if not places:
        return snapshot
    candles = []
    for i, series in enumerate(snapshot.candles):
        bars = tuple(bar for j, bar in enumerate(series.bars) if j not in places.get(i, ()))
        candles.append(series.model_copy(update={"bars": bars}))
    return snapshot.model_copy(update={"candles": tuple(each for each in candles if each.bars)})


def _together(snapshot: Snapshot) -> Iterator[tuple[Decimal, list[_Place]]]:
    """Yield the bars of one asset, length and time, whoever gives them, with that length in minutes."""
    prices: dict[tuple[str, str], list[tuple[str, Price]]] = {}
    for k, row in enumerate(snapshot.prices):
        if row.venue is not None:
            prices.setdefault((row.about, row.venue), []).append((f"/prices/{k}/value", row))
    bars: dict[tuple[str, Decimal, datetime], list[_Place]] = {}
    for i, series in enumerate(snapshot.candles):
        starts = [bar.time for bar in series.bars]
        length = timedelta(minutes=float(series.interval_minutes))
        within: dict[int, list[tuple[str, Price]]] = {}
        for path, row in prices.get((series.about, series.venue or ""), ()):
            # A price at the very end of a bar is its, and one at the start is that of the bar before.
            j = bisect_left(starts, row.at) - 1
            if j >= 0 and row.at <= starts[j] + length:
                within.setdefault(j, []).append((path, row))
        for j, bar in enumerate(series.bars):
            place = _Place(f"/candles/{i}/bars/{j}", bar, within.get(j, []))
            bars.setdefault((series.about, series.interval_minutes, bar.time), []).append(place)
    for (_, minutes, _), places in bars.items():
        yield minutes, places


def _apart(places: Sequence[_Place], allowed: Decimal) -> Iterator[Conflict]:
    """Yield which of several bars of one time stand apart from all others."""
    lows, highs, closes = ([getattr(one.bar, name) for one in places] for name in ("low", "high", "close"))
    if all(max(each) - min(each) <= allowed * max(each) for each in (lows, highs, closes)):
        return
    left = []
    for place in places:
        nearest = min((one for one in places if one is not place), key=_distance_to(place))
        if _far(place.bar.close, nearest.bar.close, allowed) and not _settled_by_price(place, nearest, allowed):
            yield _conflict(place, "close", nearest, allowed)
        else:
            left.append(place)
    if len(left) > 1:
        first, second = sorted(left, key=lambda one: one.bar.low)[:2]
        if _far(first.bar.low, second.bar.low, allowed):
            yield _conflict(first, "low", second, allowed)
        last, before = sorted(left, key=lambda one: one.bar.high, reverse=True)[:2]
        if _far(last.bar.high, before.bar.high, allowed):
            yield _conflict(last, "high", before, allowed)


def _distance_to(place: _Place) -> Callable[[_Place], Decimal]:
    return lambda other: abs(other.bar.close - place.bar.close)


def _settled_by_price(place: _Place, other: _Place, allowed: Decimal) -> bool:
    """Say whether prices bear out one bar and not the other, as where one exchange stands still."""
    return _borne_out(place, allowed) and not _borne_out(other, allowed)


def _borne_out(place: _Place, allowed: Decimal) -> bool:
    return bool(place.prices) and not any(_outside(place.bar, row, allowed) for _, row in place.prices)


def _alone(place: _Place, minutes: Decimal) -> Iterator[Conflict]:
    """Yield a wick of the only bar of a time that reaches farther than one exchange is believed alone."""
    bar, path, most = place.bar, place.path, bound("candle", "alone")
    if minutes > LONGEST_ALONE:
        return
    (bottom, low_end), (top, high_end) = sorted([(bar.open, "open"), (bar.close, "close")])
    for extreme, own, name, end in (("low", bar.low, low_end, bottom), ("high", bar.high, high_end, top)):
        if _far(own, end, most):
            yield Conflict(Bar.METRIC, f"{path}/{extreme}", f"{path}/{name}", own, end, most, path)


def _against_prices(places: Sequence[_Place], allowed: Decimal) -> Iterator[Conflict]:
    """Yield where a price of an exchange lies outside the bar in which it was.

    Where the same bar of another exchange bears this one out, the price is what stands apart, and the bar is used.
    """
    for place in places:
        for path, row in place.prices:
            if extreme := _outside(place.bar, row, allowed):
                others = (one for one in places if one is not place)
                is_alone = all(_far(place.bar.close, other.bar.close, allowed) for other in others)
                values = getattr(place.bar, extreme), row.value
                left_out = place.path if is_alone else ""
                yield Conflict(Bar.METRIC, f"{place.path}/{extreme}", path, *values, allowed, left_out)


def _outside(bar: Bar, row: Price, allowed: Decimal) -> Literal["low", "high", ""]:
    """Return the end of a bar beyond which a price lies, farther than allowed; empty where it does not."""
    if row.value < bar.low and _far(row.value, bar.low, allowed):
        return "low"
    return "high" if row.value > bar.high and _far(row.value, bar.high, allowed) else ""


def _far(a: Decimal, b: Decimal, allowed: Decimal) -> bool:
    return abs(a - b) > allowed * max(a, b)


def _conflict(own: _Place, field: str, other: _Place, allowed: Decimal) -> Conflict:
    values = getattr(own.bar, field), getattr(other.bar, field)
    return Conflict(Bar.METRIC, f"{own.path}/{field}", f"{other.path}/{field}", *values, allowed, own.path)
