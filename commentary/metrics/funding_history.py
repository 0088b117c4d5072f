"""How usual a settled funding rate is: the prints before it, and its place among all prints that are held.

Only prints of one exchange, interval and source are compared. Prints pile up at exactly the baseline, so
those equal to the newest are counted apart from those below it: among ties a percentile says nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from commentary.metrics.base import Given, Result, at_time, source_of
from commentary.metrics.history import series
from commentary.metrics.rows import evidence_of, percent
from commentary.records.fact import Fact, MissingFact, Quantity, Subject, Unit, twelve_digits
from commentary.records.snapshot import Funding

TRAILING = timedelta(days=90)
"""For what is compared between exchanges, which hold histories of different lengths."""
LEAST_PRINTS = 30
DAY = timedelta(hours=24)
TOLD = timedelta(hours=48)
"""How far back single settlements are told."""
WITHIN = timedelta(hours=1)


class Shares(NamedTuple):
    """The place of a value among others, in percent of their number."""

    below: Decimal
    equal: Decimal


def shares(value: Decimal, others: Sequence[Decimal]) -> Shares:
    """Return which part of `others` is strictly lower than `value`, and which is exactly equal."""
    below = sum(other < value for other in others)
    equal = sum(other == value for other in others)
    return Shares(Decimal(below) / len(others) * 100, Decimal(equal) / len(others) * 100)


def funding_history(rate: Fact, row: Funding, given: Given) -> Iterator[Result]:
    """Return what earlier settled prints say about the newest one.

    Args:
        rate: the fact of the newest print.
        row: its row, with an interval.
        given: what the metric reads.
    """
    if row.kind != "settled":
        return
    earlier = [other for other in series(given.snapshot.funding, row) if other.at < row.at]
    interval = timedelta(hours=float(row.interval_hours or 0))
    for metric, earlier_by in (("funding_previous", DAY), ("funding_before", interval)):
        if (previous := at_time(earlier, row.at - earlier_by, WITHIN)) is not None:
            yield Fact(
                rate.subject._replace(metric=metric),
                percent(previous.rate),
                "percent",
                "rate",
                evidence_of(previous),
                source_of(previous),
                previous.at,
            )
    yield from _past(rate, row, earlier)
    yield from _place(rate, row, earlier)


def _past(rate: Fact, row: Funding, earlier: list[Funding]) -> Iterator[Result]:
    """Yield the settlements of the last two days that are no facts yet; a text tells one with its time."""
    interval = timedelta(hours=float(row.interval_hours or 0))
    told = [at_time(earlier, row.at - by, WITHIN) for by in (DAY, interval)]
    for other in sorted(earlier, key=lambda one: one.at, reverse=True):
        if other.at > row.at - TOLD and other not in told:
            subject = rate.subject._replace(metric="funding_past", at=f"settled; {other.at:%Y-%m-%d %H:%M} UTC")
            yield Fact(subject, percent(other.rate), "percent", "rate", evidence_of(other), source_of(other), other.at)


def _place(rate: Fact, row: Funding, earlier: list[Funding]) -> Iterator[Result]:
    if len(earlier) < LEAST_PRINTS:
        reason = f"a place among earlier settlements needs {LEAST_PRINTS}, and there are {len(earlier)}"
        yield MissingFact(rate.subject._replace(metric="funding_below_share"), "percent", reason)
        return
    found = shares(row.rate, [other.rate for other in earlier])
    # A print stands for the interval it closes, so the days held begin one interval before the oldest.
    interval = timedelta(hours=float(row.interval_hours or 0))
    days = (row.at - min(other.at for other in earlier) + interval).days
    of = f"{len(earlier)} earlier settlements held"
    made: list[tuple[str, Decimal, Unit, Quantity, str]] = [
        ("funding_prints", Decimal(len(earlier)), "count", "count", of),
        ("funding_below_share", found.below, "percent", "share", f"of {of}, those below {rate.id}, * 100"),
        ("funding_equal_share", found.equal, "percent", "share", f"of {of}, those equal to {rate.id}, * 100"),
    ]
    if 0 < found.below < 1:
        lower = sum(other.rate < row.rate for other in earlier)
        made.append(("funding_lower", Decimal(lower), "count", "count", f"of {of}, those below {rate.id}"))
    for name, value, unit, quantity, formula in made:
        subject = rate.subject._replace(metric=name)
        yield _fact(rate, subject, twelve_digits(value), unit, quantity, formula)
    subject = Subject(rate.subject.asset, "history_days", venue=rate.subject.venue, at="funding")
    yield _fact(rate, subject, Decimal(days), "days", "count", f"whole days that {of} cover")


def _fact(rate: Fact, subject: Subject, value: Decimal, unit: Unit, quantity: Quantity, formula: str) -> Fact:
    """Return a fact about the series of `rate`, as good as the rate."""
    inputs = (rate.id,) if rate.id in formula else ()
    return Fact(subject, value, unit, quantity, rate.evidence, rate.source, rate.as_of, formula, inputs)
