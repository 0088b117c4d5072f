"""Where a day's change of open interest stands among the changes over 24 hours before it, counted in coin.

Rank 1 is the largest of its sign. An earlier change is one between any two rows 24 hours apart, to whatever hour, that
ended by the start of the one told; two that share an hour count once, as the larger. The days of data, and those of
them on which it changed by more, are 24 hours each, end to end, on the readings of which most are held; a day without a
row is left out.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from commentary.metrics.base import Given, Result
from commentary.metrics.held_points import apart, held_points, larger, point_at, same_way, windows
from commentary.metrics.history import DAYS_NEEDED, changes, daily, earlier_end, series, too_short
from commentary.metrics.holdings import Holding, Level, of_unit
from commentary.records.fact import Fact, MissingFact, Subject

DAY = timedelta(hours=24)


def open_interest_rank(given: Given, level: Level, change: Fact) -> Iterator[Result]:
    """Yield where the change stands among those of earlier days, of the same sign, in the same series."""
    held, subject = level.holding, change.subject._replace(metric="oi_change_rank")
    if change.source != held.source:
        yield MissingFact(subject, "count", "the change and the earlier levels come from different sources")
        return
    once_a_day = changes(earlier_sums(given, held))
    days = len(once_a_day)
    if days < DAYS_NEEDED or not change.number:
        reason = too_short("a change in open interest", days) if change.number else "it did not change"
        yield MissingFact(subject, "count", reason)
        return
    points = held_points(given, held)
    began = held.rows[0].at - DAY
    start = point_at(points, began)
    earlier = same_way(windows(points, DAY), change.number, began if start is None else start.time)
    shared = (held.evidence, held.source, change.as_of)
    place = Decimal(1 + larger(earlier, change.number))
    words = "1 + the earlier changes over 24 hours, apart from each other, that are larger and of the same sign"
    yield Fact(subject, place, "count", "count", *shared, words, (change.id,))
    further = subject._replace(metric="oi_change_further")
    more = Decimal(sum(other * change.number > 0 and abs(other) > abs(change.number) for other in once_a_day))
    words = "the earlier days, measured once a day, with a larger change of the same sign"
    yield Fact(further, more, "count", "count", *shared, words, (change.id,))
    if (largest := next(apart(earlier), None)) is not None:
        words = "the largest earlier change over 24 hours of the same sign, to any hour"
        of_then = subject._replace(metric="oi_change_next")
        yield Fact(of_then, largest.change, "percent", "delta", held.evidence, held.source, largest.end, words)
    about = f"open interest; {held.at}" if held.at else "open interest"
    held_days = Subject(held.asset, "history_days", None, held.venue, None, about)
    yield Fact(held_days, Decimal(days), "days", "count", *shared, "the earlier days with a known change")


def earlier_sums(given: Given, held: Holding, days: int = 1) -> list[Decimal | None]:
    """Return a holding's coins day by day, the newest first, from where the newest earlier window ends.

    Args:
        given: what the metric reads.
        held: the holding; its rows are added up.
        days: the length of the window told, which is left out.
    """
    columns = [series(given.snapshot.open_interest, row) for row in held.rows]
    end = earlier_end(columns, held.rows[0].at, days)
    levels = [daily(rows, end, lambda row: of_unit(row, "coin")) for rows in columns]
    return [
        None if None in day else sum((part for part in day if part), Decimal(0)) for day in zip(*levels, strict=False)
    ]
