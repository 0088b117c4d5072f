"""What exchanges settled over the same eight hours, added up: how far one of them is from the median of the others.

A rate of four hours counted for eight is what nobody paid; the two settlements of those hours are. They are told where
each of the exchanges compared has all of its settlements in them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median

from commentary.metrics.base import Given, source_of
from commentary.metrics.funding import example_notional, payment
from commentary.metrics.funding_history import LEAST_PRINTS, TRAILING
from commentary.metrics.funding_spread import HOURS, STRETCH, TOGETHER, over_stretch
from commentary.metrics.rows import percent
from commentary.metrics.venue_against_others import Off
from commentary.records.fact import Fact, derive, twelve_digits


def rate_sums(off: Off, given: Given) -> Iterator[Fact]:
    """Yield the sum of the exchange and of each other, their gap now and at its widest before."""
    end = min(fact.as_of for fact in off.facts)
    newest = [(fact, _newest(fact, given)) for fact in off.facts]
    rows = [(fact, rate, rate.subject.window_hours or HOURS, _rows(rate, given)) for fact, rate in newest]
    sums: list[Fact] = []
    for fact, rate, hours, held in rows:
        total = over_stretch(held, end, hours)
        if total is None:
            return
        subject = fact.subject._replace(metric="venue_rate_sum")
        words = f"the settlements of every {hours:f} hours in the eight hours to {end:%Y-%m-%d %H:%M} UTC, added up"
        sums.append(Fact(subject, total, "percent", "rate", rate.evidence, rate.source, end, words))
    own, others = sums[0], tuple(sums[1:])
    yield from sums
    count = HOURS / rows[0][2]
    told = own.subject._replace(metric="venue_rate_sum_prints")
    words = f"settlements that {own.id} adds up"
    yield Fact(told, count, "count", "count", own.evidence, own.source, end, words, (own.id,))
    middle = own.subject._replace(metric="venue_rate_sum_median", venue=None)
    value = median(one.number for one in others)
    level = derive(middle, value, "percent", "rate", others, "the median of the other exchanges")
    yield level
    subject = own.subject._replace(metric="venue_rate_sum_gap")
    gap = derive(subject, own.number - level.number, "points", "delta", (own, level), f"{own.id} - {level.id}")
    yield gap
    yield _money(gap, given)
    found = []
    for place in range(1, int(TRAILING / STRETCH)):
        stop = end - place * STRETCH
        totals = [over_stretch(held, stop, hours) for _, _, hours, held in rows]
        compared = [total for total in totals if total is not None]
        if len(compared) == len(totals):
            found.append((stop, compared[0] - median(compared[1:])))
    if len(found) < LEAST_PRINTS:
        return
    of = f"{len(found)} earlier stretches of eight hours in 90 days"
    at, most = max(found, key=lambda one: (abs(one[1]), one[0]))
    shared = (gap.evidence, gap.source)
    subject = gap.subject._replace(metric="venue_rate_sum_most")
    words = f"the largest of {of}"
    widest = Fact(subject, twelve_digits(most), "points", "delta", *shared, at, words, (gap.id,))
    yield widest
    yield _money(widest, given)
    days = Decimal(max(round((end - min(stop for stop, _ in found)) / timedelta(days=1)), 1))
    subject = gap.subject._replace(metric="venue_rate_sum_days")
    yield Fact(subject, days, "days", "count", *shared, end, f"whole days that {of} cover", (gap.id,))


def _newest(fact: Fact, given: Given) -> Fact:
    return next(rate for rate in given.sheet.all("funding_rate") if rate.id in fact.inputs)


def _rows(rate: Fact, given: Given) -> list[tuple[datetime, Decimal]]:
    """Return the settlements of an exchange, the newest first."""
    subject = rate.subject
    rows = [
        (row.at, percent(row.rate))
        for row in given.snapshot.funding
        if (row.about, row.venue, row.interval_hours, row.kind)
        == (subject.asset, subject.venue, subject.window_hours, "settled")
        and source_of(row) == rate.source
        and row.at > rate.as_of - TRAILING - STRETCH - TOGETHER
    ]
    return sorted(rows, reverse=True)


def _money(of: Fact, given: Given) -> Fact:
    """Return what a gap comes to in dollars on the position for which payments are told."""
    notional = example_notional(given)
    subject = of.subject._replace(metric=f"{of.subject.metric}_money")
    money = twelve_digits(payment(of.number, notional.number))
    formula = f"|{of.id}| / 100 * {notional.id}"
    return Fact(subject, money, "usd", "level", of.evidence, of.source, of.as_of, formula, (of.id, notional.id))
