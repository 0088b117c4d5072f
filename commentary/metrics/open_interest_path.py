"""When a day's change of open interest happened: the shortest span of the 24 hours that holds most of it.

A span runs from one held row to another. It is told where it holds at least path_percent of the window's net change in
coin and is no longer than path_hours (data/stories/open_interest.toml); of two as short, the one that holds more. Its
share is percent of the net change, and more than 100 where part of it was undone in the rest of the window. Price is
the last close of the candles by each end: of one exchange, that whose price is told.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from commentary.metrics.bars import Candles, closing
from commentary.metrics.base import Given, Result, metric
from commentary.metrics.held_points import Point, held_points, point_at
from commentary.metrics.holdings import Holding, holdings
from commentary.metrics.moves import percent_change
from commentary.metrics.rows import coin
from commentary.records.fact import Fact, MissingFact, Subject, derive, twelve_digits

DAY = Decimal(24)
HUNDRED = Decimal(100)
STORY = "open_interest"
LONGEST_BAR = timedelta(hours=1)
"""A close of a longer bar may be of a time well before the span's end."""


class Span(NamedTuple):
    """Two points of a series, and what they hold of a net change."""

    start: Point
    end: Point

    @property
    def delta(self) -> Decimal:
        """The change between its ends, in coin."""
        return self.end.value - self.start.value

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end.time - self.start.time


@metric("open_interest_path", needs=("price", "open_interest"))
def open_interest_path(given: Given) -> Iterator[Result]:
    """Yield when most of a day's change of open interest happened, what price did then, and what came since."""
    about = coin(given.snapshot)
    missing = Subject(about, "oi_path_share", window_hours=DAY)
    change = given.sheet.get("oi_delta_coin", asset=about, window=DAY)
    held = None if change is None else _holding(given, change)
    if change is None or held is None:
        reason = "the 24-hour change of open interest in coin is not known from rows of one series"
        yield MissingFact(missing, "percent", reason)
        return
    limits = given.limits(STORY)
    points = _within(held_points(given, held), held.rows[0].at)
    longest = timedelta(hours=float(limits["path_hours"]))
    found = shortest(points, change.number * limits["path_percent"] / HUNDRED)
    if found is None or found.length > longest:
        reason = "no span of the window that is short enough holds most of the change"
        yield MissingFact(change.subject._replace(metric="oi_path_share"), "percent", reason)
        return
    yield from _facts(given, held, found, change)
    yield from _price(given, found)


def shortest(points: Sequence[Point], least: Decimal) -> Span | None:
    """Return the shortest span whose change is at least `least`, of its sign; of two as short, the larger.

    Args:
        points: oldest first, each time once.
        least: what a span has to hold; nothing of nought.
    """
    sign = 1 if least > 0 else -1
    best: Span | None = None
    # Starts that may still begin a shorter span: a later one that lies as far back in value takes their place.
    starts: deque[Point] = deque()
    for end in points:
        while starts and least and (end.value - starts[0].value) * sign >= least * sign:
            span = Span(starts.popleft(), end)
            if best is None or (span.length, -abs(span.delta)) < (best.length, -abs(best.delta)):
                best = span
        while starts and (starts[-1].value - end.value) * sign >= 0:
            starts.pop()
        starts.append(end)
    return best


def _holding(given: Given, change: Fact) -> Holding | None:
    """Return the holding that a change is of; none where another source says the change."""
    about = change.subject._replace(metric="", window_hours=None)
    same = (one for one in holdings(given) if not one.place and one.subject("") == about)
    held = next(same, None)
    return held if held is not None and held.source == change.source and held.rows[0].at == change.as_of else None


def _within(points: Sequence[Point], now: datetime) -> list[Point]:
    """Return the points of the 24 hours to now; none where the start of them is not held."""
    first = point_at(points, now - timedelta(hours=int(DAY)))
    return [] if first is None else [point for point in points if point.time >= first.time]


def _facts(given: Given, held: Holding, found: Span, change: Fact) -> Iterator[Result]:
    about = held.subject("")
    start, end = (
        Fact(
            about._replace(metric=name),
            point.value,
            "coin",
            "level",
            held.evidence,
            held.source,
            point.time,
            f"the level at {point.time:%Y-%m-%d %H:%M} UTC",
        )
        for name, point in (("oi_path_from", found.start), ("oi_path_to", found.end))
    )
    yield from (start, end)
    yield derive(
        change.subject._replace(metric="oi_path_share"),
        found.delta / change.number * HUNDRED,
        "percent",
        "share",
        (end, start, change),
        "(oi_path_to - oi_path_from) / oi_delta_coin * 100",
    )
    yield derive(
        about._replace(metric="oi_path_change", window_hours=_hours(found.length)),
        percent_change(start.number, end.number),
        "percent",
        "delta",
        (end, start),
        "(oi_path_to / oi_path_from - 1) * 100",
    )
    now = given.sheet.get("oi_coin", asset=held.asset, venue=held.venue)
    if now is not None and now.as_of > end.as_of:
        yield derive(
            about._replace(metric="oi_path_since", window_hours=_hours(now.as_of - end.as_of)),
            percent_change(end.number, now.number),
            "percent",
            "delta",
            (now, end),
            "(oi_coin / oi_path_to - 1) * 100",
        )


def _price(given: Given, found: Span) -> Iterator[Fact]:
    """Yield the closes at both ends of a span, of the exchange whose price is told, and the change between them."""
    about = coin(given.snapshot)
    told = given.sheet.get("price_change", asset=about, window=DAY)
    for made in given.candles:
        if made.interval > LONGEST_BAR or (told is not None and told.subject.venue not in (None, made.series.venue)):
            continue
        first, last = (
            _close(given, made, point.time, name)
            for name, point in (("price_path_from", found.start), ("price_path_to", found.end))
        )
        if first is None or last is None or first.as_of >= last.as_of:
            continue
        yield from (first, last)
        yield derive(
            first.subject._replace(metric="price_path_change", window_hours=_hours(last.as_of - first.as_of)),
            percent_change(first.number, last.number),
            "percent",
            "delta",
            (last, first),
            f"({last.id} / {first.id} - 1) * 100",
        )
        return


def _close(given: Given, made: Candles, when: datetime, name: str) -> Fact | None:
    """Return the close nearest to a time, of two as near the earlier; None where none is within half a bar of it."""
    bar = min(made.bars, key=lambda bar: abs(bar.end - when))
    if abs(bar.end - when) > made.interval / 2:
        return None
    return closing(made, bar, given, name, "the close nearest to that time")


def _hours(length: timedelta) -> Decimal:
    return twelve_digits(Decimal(int(length.total_seconds())) / 3600)
