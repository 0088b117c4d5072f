"""Where a day's recorded total stands among earlier ones, by the same source about the same venue.

Rank 1 is the largest. An earlier total is one of 24 hours, to whatever hour it is held, that ended by the start of the
day told; two that share an hour count once, as the larger. The median is of days that lie end to end. No series is
compared with another: exchanges and vendors record different parts, and changed what they record over the years.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from statistics import median

from commentary.config.tolerances import tolerance
from commentary.metrics.base import Given, Result, source_of
from commentary.metrics.held_points import Window, apart
from commentary.metrics.history import DAYS_NEEDED, daily, earlier_end, row_at, series, too_short
from commentary.metrics.rows import evidence_of
from commentary.records.fact import Fact, MissingFact, Side, Subject, derive, twelve_digits
from commentary.records.snapshot import Liquidations

DAY = Decimal(24)


def liquidation_history(given: Given, row: Liquidations, made: Sequence[Result]) -> Iterator[Result]:
    """Yield rank, next largest and median of earlier totals, where 30 earlier days are held.

    Args:
        given: what the metric reads.
        row: the newest row, of a window of 24 hours; other windows overlap and are left out.
        made: its facts.
    """
    total = next((one for one in made if isinstance(one, Fact) and one.subject.metric == "liq_total"), None)
    if total is None or row.window_hours != DAY:
        return
    yield from _previous(given, row)
    earlier = earlier_totals(given, row)
    subject = total.subject._replace(metric="liq_rank")
    if len(earlier) < DAYS_NEEDED:
        yield MissingFact(subject, "count", too_short("a day's liquidations", len(earlier)))
        return
    shared = (evidence_of(row), total.source, total.as_of)
    before = list(apart(_earlier_windows(given, row)))
    place = Decimal(1 + sum(1 for one in before if one.change > total.number))
    words = "1 + the earlier totals of 24 hours, apart from each other, that are larger"
    yield Fact(subject, place, "count", "count", *shared, words, (total.id,))
    largest = subject._replace(metric="liq_next")
    words = "the largest earlier total of 24 hours, to any hour"
    yield Fact(largest, before[0].change, "usd", "level", evidence_of(row), total.source, before[0].end, words)
    middle = Fact(
        subject._replace(metric="liq_median"),
        twelve_digits(median(earlier)),
        "usd",
        "level",
        *shared,
        "the median total of the earlier days",
    )
    yield middle
    if middle.number:
        ratio = subject._replace(metric="liq_to_median")
        value = total.number / middle.number
        yield derive(ratio, value, "ratio", "ratio", (total, middle), "liq_total / liq_median")
    days = Subject(row.about, "history_days", None, row.venue, None, "liquidations")
    yield Fact(days, Decimal(len(earlier)), "days", "count", *shared, "the earlier days with a known total")


def _previous(given: Given, row: Liquidations) -> Iterator[Result]:
    """Yield the total and both sides of the 24 hours before, where a row ends as the newest begins. US dollars."""
    day_before = row_at(series(given.snapshot.liquidations, row), row.at - timedelta(hours=int(DAY)))
    if day_before is None:
        return
    subject = Subject(row.about, "liq_previous_total", None, row.venue, row.window_hours)
    shared = (evidence_of(day_before), source_of(day_before), day_before.at)
    sides: tuple[tuple[Side, Decimal | None], ...] = (("long", day_before.long_usd), ("short", day_before.short_usd))
    sizes = [
        Fact(subject._replace(metric="liq_previous_size", side=side), value, "usd", "level", *shared)
        for side, value in sides
        if value is not None
    ]
    if day_before.total_usd is not None:
        yield Fact(subject, day_before.total_usd, "usd", "level", *shared)
    elif len(sizes) == len(sides):
        value, words = sizes[0].number + sizes[1].number, "liq_previous_size of longs + liq_previous_size of shorts"
        yield derive(subject, value, "usd", "level", tuple(sizes), words)
    yield from sizes


def _earlier_windows(given: Given, row: Liquidations) -> Iterator[Window]:
    """Yield the totals of 24 hours in the same series that ended by the start of the newest, by their windows.

    A feed's days lie end to end to a minute or so: what two share within the tolerance is no hour of both.
    """
    day, within = timedelta(hours=int(DAY)), timedelta(minutes=float(tolerance("liquidations").time_minutes))
    for other in series(given.snapshot.liquidations, row):
        total = total_of(other)
        if total is not None and other.at <= row.at - day + within:
            yield Window(other.at - day + within, other.at, total)


def earlier_totals(given: Given, row: Liquidations) -> list[Decimal]:
    """Return the totals of earlier days in the same series, newest first; unknown days are left out."""
    same = series(given.snapshot.liquidations, row)
    return [total for total in daily(same, earlier_end([same], row.at), total_of) if total is not None]


def total_of(row: Liquidations) -> Decimal | None:
    """Return the reported total, else both sides together; None where neither is known."""
    if row.total_usd is not None:
        return row.total_usd
    if row.long_usd is None or row.short_usd is None:
        return None
    return row.long_usd + row.short_usd
