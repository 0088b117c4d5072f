"""Rows of one thing by several sources: which comes first, what the others are called, how far they part.

The first row keeps the plain subject, and derived facts are made from it alone; the second is told apart
by "second source". Evidence is "observed" where the exchange itself says what happened on it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from commentary.config.tolerances import tolerance
from commentary.metrics.base import Given, R, newest
from commentary.records.fact import Evidence, Fact, Subject, derive
from commentary.records.rows import Row, Series
from commentary.records.snapshot import Snapshot
from commentary.records.values import number

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def preferred(rows: Iterable[R], given: Given) -> list[R]:
    """Return the newest row of each source about one thing, the one to use first.

    Fresh rows come before stale ones, the exchange itself before a vendor, then the newer before the
    older, then by the source's name.
    """
    return sorted(newest(rows), key=lambda row: _rank(row, given))


def coin(snapshot: Snapshot) -> str:
    """Return the coin whose price, candles and funding are meant: the lead where the asset is "market"."""
    return snapshot.lead or snapshot.asset


def is_stale(row: Row, now: datetime) -> bool:
    """Say whether a row is older than data/tolerances.toml allows for its kind."""
    return stale_at(row.METRIC, row.at, now)


def stale_at(metric: str, when: datetime, now: datetime) -> bool:
    """Say whether `when` is too long ago for an observation of the tolerance table `metric`."""
    return now - when > timedelta(minutes=float(tolerance(metric).max_age_minutes))


def says_itself(row: Series) -> bool:
    """Say whether the exchange is its own source."""
    return row.source is not None and row.source == row.venue


def evidence_of(row: Series) -> Evidence:
    """Return "observed" where the exchange says it itself, else "reported"."""
    return "observed" if says_itself(row) else "reported"


def percent(fraction: Decimal) -> Decimal:
    """Return a fraction in percent, exactly: 0.000024 is 0.0024."""
    return number(fraction * 100)


def plain(value: Decimal) -> str:
    """Return a price or percent as plain decimal text, to stand in Subject.at: "60593", "0.00001234"."""
    return f"{value.normalize():f}"


def apart(at: str | None, index: int) -> str | None:
    """Return what tells the row at `index` of `preferred` apart: "mark", "mark; second source", and so on."""
    if index == 0:
        return at
    ordinal = _ORDINALS[index] if index < len(_ORDINALS) else f"{index + 1}th"
    return f"{at}; {ordinal} source" if at else f"{ordinal} source"


def gap(first: Fact, second: Fact, rows: tuple[Row, Row], field: str, given: Given) -> Fact | None:
    """Return how far the second source is from the first in percent, where the snapshot names the conflict.

    Args:
        first: the fact of the preferred row.
        second: the same fact of the next row.
        rows: the two rows, in the same order.
        field: the field of the rows that the facts were made of, such as "value_coin".
        given: what the metric reads; its conflicts decide.
    """
    values = [getattr(row, field) for row in rows]
    if None in values or not first.number or not _conflict(rows, field, values, given):
        return None
    subject = first.subject
    # Questions in data/ write spaces as underscores: at=oi_coin asks for "oi coin".
    name = subject.metric.replace("_", " ")
    about = f"{name}; {subject.at}" if subject.at else name
    return derive(
        Subject(subject.asset, "conflict_gap", subject.side, subject.venue, subject.window_hours, about),
        (second.number - first.number) / abs(first.number) * 100,
        "percent",
        "delta",
        (first, second),
        f"({second.id} - {first.id}) / |{first.id}| * 100",
    )


def _conflict(rows: tuple[Row, Row], field: str, values: list[Decimal], given: Given) -> bool:
    return any(
        conflict.metric == rows[0].METRIC
        and conflict.path_a.endswith(f"/{field}")
        and sorted((conflict.value_a, conflict.value_b)) == sorted(values)
        for conflict in given.conflicts
    )


def _rank(row: Row, given: Given) -> tuple[bool, bool, timedelta, str]:
    return is_stale(row, given.now), not says_itself(row), _age(row, given), row.source or ""


def _age(row: Row, given: Given) -> timedelta:
    """Return the age of a row in steps within which two times count as one: minutes prefer no source."""
    step = timedelta(minutes=float(tolerance(row.METRIC).time_minutes))
    age = given.now - row.at
    return age // step * step if step else age
