"""Where a day's change of open interest stands among those of earlier days, counted in coin.

Rank 1 is the largest of its sign. Windows are 24 hours, end to end; a day without a row is left out. The newest earlier
one ends by the start of the change, at the readings of the history.
"""

from collections.abc import Iterator
from decimal import Decimal

from commentary.metrics.base import Given, Result
from commentary.metrics.history import DAYS_NEEDED, changes, daily, earlier_end, rank, series, too_short
from commentary.metrics.holdings import Holding, Level, of_unit
from commentary.records.fact import Fact, MissingFact, Subject, twelve_digits


def open_interest_rank(given: Given, level: Level, change: Fact) -> Iterator[Result]:
    """Yield where the change stands among those of earlier days, of the same sign, in the same series."""
    held, subject = level.holding, change.subject._replace(metric="oi_change_rank")
    if change.source != held.source:
        yield MissingFact(subject, "count", "the change and the earlier levels come from different sources")
        return
    earlier = changes(earlier_sums(given, held))
    if len(earlier) < DAYS_NEEDED or not change.number:
        reason = too_short("a change in open interest", len(earlier)) if change.number else "it did not change"
        yield MissingFact(subject, "count", reason)
        return
    same_sign = [other for other in earlier if other * change.number > 0]
    shared = (held.evidence, held.source, change.as_of)
    place = Decimal(rank(abs(change.number), [abs(other) for other in same_sign]))
    words = "1 + the earlier days with a larger change of the same sign"
    yield Fact(subject, place, "count", "count", *shared, words, (change.id,))
    further = subject._replace(metric="oi_change_further")
    yield Fact(further, place - 1, "count", "count", *shared, "oi_change_rank - 1", (subject.id,))
    if same_sign:
        largest = twelve_digits(max(same_sign, key=abs))
        words = "the largest change of the same sign on an earlier day"
        yield Fact(subject._replace(metric="oi_change_next"), largest, "percent", "delta", *shared, words)
    about = f"open interest; {held.at}" if held.at else "open interest"
    days = Subject(held.asset, "history_days", None, held.venue, None, about)
    yield Fact(days, Decimal(len(earlier)), "days", "count", *shared, "the earlier days with a known change")


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
