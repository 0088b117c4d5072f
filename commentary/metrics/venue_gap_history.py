"""How usual it is that an exchange is off the others: its earlier prices and settlements against theirs of that time.

An earlier price or settlement of the exchange is compared with those of the others that are held of its time, as
data/tolerances.toml has it. The farthest is told where as many comparisons are held as a rank of settlements takes.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median

from commentary.config.tolerances import tolerance
from commentary.metrics.base import Given, source_of
from commentary.metrics.funding import example_notional, over_eight_hours, payment
from commentary.metrics.funding_history import LEAST_PRINTS, TRAILING
from commentary.metrics.rows import evidence_of, percent, preferred
from commentary.metrics.venue_against_others import LEAST, Off, percent_gap
from commentary.records.fact import Fact, Subject, Unit, twelve_digits
from commentary.records.snapshot import Price

EIGHT = Decimal(8)


def price_before(own: Fact, given: Given) -> Price | None:
    """Return the price before the newest of the same feed; one within the tolerance is the same."""
    limit = timedelta(minutes=float(tolerance("price").time_minutes))
    subject = own.subject
    rows = [
        row
        for row in given.snapshot.prices
        if (row.about, row.venue, row.kind) == (subject.asset, subject.venue, subject.at)
        and source_of(row) == own.source
        and own.as_of - row.at > limit
    ]
    return max(rows, key=lambda row: row.at, default=None)


def gap_before(off: Off, kind: str, given: Given) -> Iterator[Fact]:
    """Yield the price of the same feed before, and how far it was then from the others that are held of that time."""
    row = price_before(off.own, given)
    if row is None:
        return
    own = off.own.subject
    shared = (evidence_of(row), source_of(row), row.at)
    quote = given.snapshot.quote
    yield Fact(own._replace(metric="venue_before"), row.value, "price", "level", *shared, currency=quote)
    limit = timedelta(minutes=float(tolerance("price").time_minutes))
    venues = {other.subject.venue for other in off.others}
    near = [
        other
        for other in given.snapshot.prices
        if (other.about, other.kind) == (own.asset, kind) and other.venue in venues and abs(other.at - row.at) <= limit
    ]
    then = [preferred([one for one in near if one.venue == venue], given)[0] for venue in {one.venue for one in near}]
    if len(then) >= LEAST - 1:
        value = percent_gap(row.value, [other.value for other in then])
        sources = tuple(dict.fromkeys((*source_of(row), *sorted(name for one in then for name in source_of(one)))))
        words = "the same against the other exchanges at that time"
        before = own._replace(metric="venue_gap_before")
        yield Fact(before, twelve_digits(value), "percent", "delta", "reported", sources, row.at, words)


def earlier_gaps(off: Off, kind: str, given: Given) -> Iterator[Fact]:
    """Yield how many earlier comparisons of the same exchange are held, and the gap of that was farthest."""
    limit = timedelta(minutes=float(tolerance("price").time_minutes))
    own = off.own.subject
    venues = {other.subject.venue for other in off.others}
    rows = [row for row in given.snapshot.prices if (row.about, row.kind) == (own.asset, kind)]
    oldest, newest = off.own.as_of - TRAILING, off.own.as_of - limit
    mine = [row for row in rows if row.venue == own.venue and oldest <= row.at < newest]
    series = _by_time((row.at, row.venue or "", row.value) for row in rows if row.venue in venues)
    found = [
        (row.at, percent_gap(row.value, others))
        for row in mine
        if len(others := _near(series, row.at, limit)) >= LEAST - 1
    ]
    yield from _held(off, own._replace(at=kind), found, "percent", "venue_gap")


def _by_time(values: Iterable[tuple[datetime, str, Decimal]]) -> list[tuple[datetime, str, Decimal]]:
    return sorted(values)


def _near(series: Sequence[tuple[datetime, str, Decimal]], at: datetime, limit: timedelta) -> list[Decimal]:
    """Return the figure of each other exchange that is of the time given, or nearly."""
    start = bisect_left(series, at - limit, key=lambda one: one[0])
    end = bisect_right(series, at + limit, key=lambda one: one[0])
    nearest: dict[str, tuple[timedelta, Decimal]] = {}
    for time, name, value in series[start:end]:
        away = abs(time - at)
        if name not in nearest or away < nearest[name][0]:
            nearest[name] = (away, value)
    return [value for _, value in nearest.values()]


def _held(
    off: Off, subject: Subject, found: Sequence[tuple[datetime, Decimal]], unit: Unit, prefix: str
) -> Iterator[Fact]:
    """Yield the farthest of earlier gaps, their number and the days they cover, where there are enough for a rank."""
    if len(found) < LEAST_PRINTS:
        return
    evidence, sources = off.evidence, off.sources
    of = f"{len(found)} earlier comparisons with the other exchanges in 90 days"
    at, most = max(found, key=lambda one: (abs(one[1]), one[0]))
    value = twelve_digits(most)
    gap = (subject._replace(metric="venue_gap" if prefix == "venue_gap" else "venue_rate_gap").id,)
    told = subject._replace(metric=f"{prefix}_most")
    yield Fact(told, value, unit, "delta", evidence, sources, at, f"the largest of {of}", gap)
    count = Decimal(len(found))
    told = subject._replace(metric=f"{prefix}_readings")
    yield Fact(told, count, "count", "count", evidence, sources, off.own.as_of, of, gap)
    days = Decimal(max(round((off.own.as_of - min(time for time, _ in found)) / timedelta(days=1)), 1))
    told = subject._replace(metric=f"{prefix}_days")
    yield Fact(told, days, "days", "count", evidence, sources, off.own.as_of, f"whole days that {of} cover", gap)


def earlier_rates(off: Off, given: Given) -> Iterator[Fact]:
    """Yield how far the exchange was from the same others at earlier settlements, and how often as alone as now."""
    limit = timedelta(minutes=float(tolerance("funding").time_minutes))
    own = off.own.subject
    venues = {other.subject.venue for other in off.others}
    rows = [
        row
        for row in given.snapshot.funding
        if (row.about, row.kind) == (own.asset, "settled") and row.interval_hours is not None
    ]
    oldest, newest = off.own.as_of - TRAILING, off.own.as_of - limit
    rates = [
        (row.at, row.venue or "", over_eight_hours(percent(row.rate), row.interval_hours or EIGHT)) for row in rows
    ]
    series = _by_time(one for one in rates if one[1] in venues)
    mine = [one for one in rates if one[1] == own.venue and oldest <= one[0] < newest]
    held = [(at, rate, _near(series, at, limit)) for at, _, rate in mine]
    # Only settlements at which all the others settled too are compared.
    found = [(at, rate, others) for at, rate, others in held if len(others) == len(off.others)]
    gaps = [(at, rate - median(others)) for at, rate, others in found]
    made = list(_held(off, own, gaps, "points", "venue_rate"))
    yield from made
    if made:
        yield from _rate_money(off, made[0], given)
        sign = 1 if off.own.number > 0 else -1
        alone = sum(rate * sign > 0 and max(other * sign for other in others) < 0 for _, rate, others in found)
        words = f"of {made[1].formula}, those at which it was as alone on that side of zero"
        subject = own._replace(metric="venue_rate_alone")
        shared = (made[1].evidence, made[1].source, made[1].as_of)
        yield Fact(subject, Decimal(alone), "count", "count", *shared, words, made[1].inputs)


def _rate_money(off: Off, most: Fact, given: Given) -> Iterator[Fact]:
    """Yield what the present gap and the widest before it come to, on the position for which payments are told."""
    notional = example_notional(given)
    gap = off.own.subject._replace(metric="venue_rate_gap")
    for name, of, value, at in (
        ("venue_rate_gap_money", gap.id, off.gap, off.own.as_of),
        ("venue_rate_most_money", most.id, most.number, most.as_of),
    ):
        money = twelve_digits(payment(value, notional.number))
        formula = f"|{of}| / 100 * {notional.id}"
        shared = (most.evidence, most.source, at, formula, (of, notional.id))
        yield Fact(off.own.subject._replace(metric=name), money, "usd", "level", *shared)
