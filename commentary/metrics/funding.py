"""Funding: what longs pay shorts for holding a perpetual contract.

Percent per interval: 0.0024 over eight hours is $2.40 on $100,000, positive when longs pay. A rate belongs
to its exchange, its interval and its kind: settled was paid, predicted may still change. It is comparable
only with its own series and with the baseline of its own exchange, the rate at which that exchange's
formula rests (data/venues.toml). Definition: "Introduction to Binance Futures Funding Rates".
"""

from collections.abc import Iterator
from decimal import Decimal

from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.funding_checks import funding_flags
from commentary.metrics.funding_history import funding_history
from commentary.metrics.rows import apart, coin, evidence_of, gap, is_stale, percent, preferred
from commentary.metrics.venues import venue
from commentary.records.fact import Fact, MissingFact, Subject, Unit, derive
from commentary.records.snapshot import Funding

KINDS = ("settled", "predicted", None)
"""What was paid comes before what may be."""
NOTIONAL = Decimal(100_000)
"""US dollars of position for which the payment is told."""
YEAR_HOURS = 8760


@metric("funding")
def funding(given: Given) -> Iterator[Result]:
    """Return the newest rates of each exchange and kind, what they cost, and how usual they are."""
    groups = _groups(given)
    about = coin(given.snapshot)
    own = [rows for rows in groups if rows[0].about == about]
    yield from _missing(own, about)
    if any(rows[0].interval_hours for rows in groups):
        yield example_notional(given)
    told: set[str] = set()
    for rows in groups:
        for result in _rate(rows, given):
            # Settled and predicted rates of one exchange and interval share a baseline.
            if not isinstance(result, Fact) or result.id not in told:
                yield result
            if isinstance(result, Fact):
                told.add(result.id)
    yield from funding_flags([rows[0] for rows in own], given)


def over_eight_hours(rate: Decimal, interval_hours: Decimal) -> Decimal:
    """Return the rate for eight hours, in the unit it is given in."""
    return rate * 8 / interval_hours


def over_a_year(rate: Decimal, interval_hours: Decimal) -> Decimal:
    """Return the rate for 365 days without compounding: 0.01% per eight hours is 10.95%."""
    return rate * YEAR_HOURS / interval_hours


def payment(rate: Decimal, notional: Decimal) -> Decimal:
    """Return what one side pays the other on `notional` at a rate in percent, never negative."""
    return abs(rate) / 100 * notional


def _groups(given: Given) -> list[list[Funding]]:
    """Return the newest row of each source by asset, exchange and kind, the group to use first."""
    things: dict[tuple[object, ...], dict[str | None, Funding]] = {}
    for row in given.snapshot.funding:
        latest = things.setdefault((row.about, row.venue, row.kind), {})
        if row.source not in latest or _newer(row, latest[row.source]):
            latest[row.source] = row
    best = (preferred(by_source.values(), given) for by_source in things.values())
    return sorted(best, key=lambda rows: _rank(rows[0], given))


def _newer(row: Funding, other: Funding) -> bool:
    """Say whether a row replaces another; of two of one time, a known and shorter interval does."""
    if row.at != other.at or row.interval_hours is None:
        return row.at > other.at
    return other.interval_hours is None or row.interval_hours < other.interval_hours


def _rank(row: Funding, given: Given) -> tuple[object, ...]:
    order = venue(row.venue).funding_order
    return (
        row.about != coin(given.snapshot),
        row.about,
        KINDS.index(row.kind),
        is_stale(row, given.now),
        row.venue is None,
        order is None,
        order,
        row.venue,
    )


def _rate(rows: list[Funding], given: Given) -> Iterator[Result]:
    facts = [
        Fact(
            Subject(row.about, "funding_rate", None, row.venue, row.interval_hours, apart(row.kind, index)),
            percent(row.rate),
            "percent",
            "rate",
            evidence_of(row),
            source_of(row),
            row.at,
        )
        for index, row in enumerate(rows)
    ]
    yield from facts
    if len(rows) > 1 and (parted := gap(facts[0], facts[1], (rows[0], rows[1]), "rate", given)):
        yield parted
    yield from _payer(facts[0])
    if rows[0].interval_hours is not None:
        yield from _cost(facts[0], rows[0].interval_hours, given)
        yield from _baseline(facts[0], rows[0].interval_hours)
        yield from funding_history(facts[0], rows[0], given)


def _payer(rate: Fact) -> Iterator[Result]:
    if rate.number:
        yield Fact(
            rate.subject._replace(metric="funding_payer"),
            "long" if rate.number > 0 else "short",
            "name",
            "entity",
            rate.evidence,
            rate.source,
            rate.as_of,
            f"the side that pays: the sign of {rate.id}",
            (rate.id,),
        )


def _cost(rate: Fact, hours: Decimal, given: Given) -> Iterator[Result]:
    subject, number = rate.subject, rate.number
    formula = f"{rate.id} * 8 / {hours:f}"
    eight = subject._replace(metric="funding_8h", window_hours=Decimal(8))
    yield derive(eight, over_eight_hours(number, hours), "percent", "rate", (rate,), formula)
    formula = f"{rate.id} * {YEAR_HOURS} / {hours:f}, not compounded"
    apr = subject._replace(metric="funding_apr")
    yield derive(apr, over_a_year(number, hours), "percent", "rate", (rate,), formula)
    # The size of the example says nothing about the market, so the payment is as good as the rate.
    notional = example_notional(given)
    yield Fact(
        subject._replace(metric="funding_money"),
        payment(number, NOTIONAL),
        "usd",
        "level",
        rate.evidence,
        rate.source,
        rate.as_of,
        f"|{rate.id}| / 100 * {notional.id}",
        (rate.id, notional.id),
    )


def example_notional(given: Given) -> Fact:
    """Return the size of position for which payments are told."""
    subject = Subject(given.snapshot.asset, "example_notional")
    formula = "the size of position for which payments are told"
    return Fact(subject, NOTIONAL, "usd", "level", "asserted", (), given.as_of, formula)


def _baseline(rate: Fact, hours: Decimal) -> Iterator[Result]:
    subject = rate.subject
    known = venue(subject.venue)
    resting = known.baseline(subject.asset, hours)
    if resting is None or subject.venue is None:
        return
    baseline = Fact(
        subject._replace(metric="funding_baseline", at=None),
        resting,
        "percent",
        "rate",
        "reported",
        (subject.venue,),
        rate.as_of,
        f"{known.funding_baseline}% per {known.funding_baseline_hours} hours, scaled to {hours:f} hours",
    )
    yield baseline
    yield derive(
        subject._replace(metric="funding_to_baseline"),
        rate.number / baseline.number,
        "ratio",
        "ratio",
        (rate, baseline),
        f"{rate.id} / {baseline.id}",
    )


def _missing(own: list[list[Funding]], about: str) -> Iterator[Result]:
    unit: Unit = "percent"
    if not own:
        yield MissingFact(Subject(about, "funding_rate"), unit, "the snapshot holds no funding rate")
    elif own[0][0].kind != "settled":
        reason = "the snapshot holds no settled funding rate"
        yield MissingFact(Subject(about, "funding_rate", at="settled"), unit, reason)
    if own and not any(rows[0].interval_hours for rows in own):
        reason = "the interval of the funding rate is not given, so nothing is scaled or annualised"
        yield MissingFact(Subject(about, "funding_8h"), unit, reason)
