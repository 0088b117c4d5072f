"""The largest moves of price over 24 hours before the one told, in the same direction: a yardstick a reader can check.

A move is one between the closes of any two candles 24 hours apart, to whatever hour, that ended by the start of the
one told; two that share an hour count once, as the larger. The candles are of the exchange of the price told, no
longer than four hours each, of the length and the source that reach back farthest. Percent, negative for a fall.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from commentary.metrics.bars import Candles
from commentary.metrics.base import Given, Result, metric
from commentary.metrics.held_points import Point, apart, larger, same_way, windows
from commentary.metrics.history import DAYS_NEEDED
from commentary.metrics.rows import coin
from commentary.records.fact import Evidence, Fact, MissingFact, Subject

DAY = timedelta(hours=24)
HOURS = Decimal(24)
LONGEST_BAR = timedelta(hours=4)
"""Longer bars end at one hour of the day or two, and miss most windows of 24 hours."""
Held = tuple[list[Point], Evidence, tuple[str, ...]]
"""The closes of one exchange by one source, oldest first; how good they are, and who gives them."""


@metric("price_before", needs=("price",))
def price_before(given: Given) -> Iterator[Result]:
    """Yield the next largest move over 24 hours, how many were larger than the one told, and the days held."""
    about = coin(given.snapshot)
    move = given.sheet.get("price_change", asset=about, window=HOURS)
    subject = Subject(about, "price_change_next", window_hours=HOURS)
    if move is None or not move.number:
        yield MissingFact(subject, "percent", "the 24-hour change of price is not known, or nought")
        return
    subject = move.subject._replace(metric="price_change_next", at=None)
    points, evidence, source = _closes(given, move)
    days = (points[-1].time - points[0].time) // DAY if points else 0
    if days < DAYS_NEEDED:
        reason = f"it needs {DAYS_NEEDED} days of candles of at most four hours, the snapshot holds {days}"
        yield MissingFact(subject, "percent", reason)
        return
    earlier = same_way(windows(points, DAY, timedelta(0)), move.number, move.as_of - DAY)
    shared = (evidence, source, points[-1].time)
    held = Subject(about, "history_days", venue=move.subject.venue, at="price changes")
    yield Fact(held, Decimal(days), "days", "count", *shared, "whole days from the first close held to the last")
    words = "the earlier changes over 24 hours, apart from each other, that are larger and of the same sign"
    further = subject._replace(metric="price_change_further")
    yield Fact(further, Decimal(larger(earlier, move.number)), "count", "count", *shared, words, (move.id,))
    if (largest := next(apart(earlier), None)) is not None:
        words = "the largest earlier change over 24 hours of the same sign, to any hour"
        yield Fact(subject, largest.change, "percent", "delta", evidence, source, largest.end, words)


def _closes(given: Given, move: Fact) -> Held:
    """Return the closes that reach back farthest; of two that reach as far, those of the finer bars."""
    of_one: dict[tuple[str | None, tuple[str, ...], timedelta], list[Candles]] = {}
    for made in given.candles:
        if move.subject.venue in (None, made.series.venue) and made.interval <= LONGEST_BAR:
            of_one.setdefault((made.series.venue, made.source, made.interval), []).append(made)
    if not of_one:
        return [], "observed", ()
    _, longest = min(of_one.items(), key=lambda one: (min(each.bars[0].end for each in one[1]), one[0][2]))
    closes = {bar.end: bar.close for each in longest for bar in each.bars if bar.close}
    return [Point(end, closes[end]) for end in sorted(closes)], longest[0].evidence, longest[0].source
