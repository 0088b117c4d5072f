"""How long a settled funding rate has had its sign, what it had before, and whether that is news.

A run is settlements in a row, each an interval after the one before, at which the same side paid; a rate of nothing
ends it. `funding_state` says of the rate to be told first that it "turned negative" or "turned positive" within a day,
that it is "low" or "high" against its own earlier settlements, or "none", and then there are no other facts. Its
thresholds and their reasons stand in data/stories/funding.toml. Rates are percent per interval, positive when longs
pay, and are compared with settlements of the same exchange, interval and source alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.funding_history import DAY, LEAST_PRINTS, WITHIN
from commentary.metrics.rows import coin, evidence_of, percent, stale_at
from commentary.records.fact import Fact, MissingFact, Side, derive, twelve_digits
from commentary.records.snapshot import Funding

LEAST_OTHERS = 2
"""Of one other exchange its own rate is told."""
CHANGED_WITHIN = timedelta(days=7)
"""How far back a change of the interval is told."""


_TOLD = ("funding_before", "funding_previous", "funding_past")
"""The metrics of settlements that are facts whatever came of them."""


class Place(NamedTuple):
    """Where a rate stands among earlier settlements, and over how many days these are held."""

    below: Decimal
    """The percent of them that are strictly lower."""
    equal: Decimal
    days: Decimal


@metric("funding_run", needs=("funding",))
def funding_run(given: Given) -> Iterator[Result]:
    """Yield what is new in the rate that is told first, and if anything is, what is needed to tell it."""
    asset = coin(given.snapshot)
    rates = [
        rate
        for rate in given.sheet.all("funding_rate", asset=asset, at="settled")
        if rate.subject.window_hours is not None
    ]
    if not rates:
        return
    rate, rows = rates[0], _rows(rates[0], given)
    state = _state(rate, rows, given)
    yield state
    if isinstance(state, MissingFact) or state.text == "none":
        return
    venues = {one.subject.venue for one in rates}
    yield _counted(rate, "funding_exchanges", Decimal(len(venues)), "exchanges with a settled rate, {} among them")
    yield from _elsewhere(rate, rates)
    yield from _interval(rate, given)
    yield from _next(rate)
    yield from relayed(rate, "funding_relay")
    yield from _runs(rate, rows, given)
    yield from _among(rate, rows[1:])


def run_of(rates: Sequence[Decimal]) -> int:
    """Return how many of `rates`, the newest first, have the sign of the first; 0 where that is nothing."""
    for place, rate in enumerate(rates):
        if rate * rates[0] <= 0:
            return place
    return len(rates)


def state_of(
    eight_hours: Decimal,
    thresholds: Mapping[str, Decimal],
    *,
    place: Place | None,
    turned: bool,
    quiet_hours: Decimal | None,
) -> str:
    """Return what is new in a settled rate.

    Args:
        eight_hours: the rate in percent over eight hours.
        thresholds: those of data/stories/funding.toml.
        place: where it stands among its earlier settlements; None with too few of them.
        turned: whether another side paid within the last day.
        quiet_hours: how long the side that pays had not paid before this run; None where the rows do not say.
    """
    settled = quiet_hours is None or quiet_hours >= thresholds["quiet_hours"]
    if turned and settled and abs(eight_hours) >= thresholds["turn_floor"]:
        return "turned negative" if eight_hours < 0 else "turned positive"
    if place is None or place.days < thresholds["least_days"] or place.equal >= thresholds["tie_percent"]:
        return "none"
    if eight_hours <= -thresholds["low_floor"] and place.below + place.equal <= thresholds["tail_percent"]:
        return "low"
    if eight_hours >= thresholds["high_floor"] and place.below >= 100 - thresholds["tail_percent"]:
        return "high"
    return "none"


def relayed(of: Fact, metric: str) -> Iterator[Fact]:
    """Yield who gives a figure, where that is not the exchange itself."""
    if of.source != (of.subject.venue,):
        words = f"the source of {of.id}"
        subject = of.subject._replace(metric=metric)
        yield Fact(subject, "relayed", "name", "entity", of.evidence, of.source, of.as_of, words, (of.id,))


def _rows(rate: Fact, given: Given) -> list[Funding]:
    """Return the settlements of the rate's exchange, interval and source, the newest first, from the rate itself on."""
    own = rate.subject
    rows = [
        row
        for row in given.snapshot.funding
        if (row.about, row.venue, row.interval_hours, row.kind) == (own.asset, own.venue, own.window_hours, "settled")
        and source_of(row) == rate.source
        and row.at <= rate.as_of
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)


def _in_row(rows: Sequence[Funding], interval: timedelta) -> list[Funding]:
    """Return the newest rows up to the first gap between two settlements."""
    within = min(WITHIN, interval / 2)
    for place, (later, earlier) in enumerate(pairwise(rows), start=1):
        if abs(later.at - earlier.at - interval) > within:
            return list(rows[:place])
    return list(rows)


def _runs(rate: Fact, rows: list[Funding], given: Given) -> Iterator[Result]:
    """Yield the run of the side that pays, the one that it ended, and how long the side had not paid before it.

    The settlements that they begin and end at are among their inputs; those of the last two days are facts already.
    """
    if not rate.number:
        return
    chain = _in_row(rows, _hours(rate))
    run = run_of([row.rate for row in chain])
    words = "settlements in a row at which the side of {} paid"
    # Of a run that goes back to the first row held nobody knows the beginning.
    start = [*_known(rate, "funding_run_start", chain[run - 1], given)] if 1 < run < len(chain) else []
    yield from _new(start, given)
    yield _counted(rate, "funding_run", Decimal(run), words, *start)
    rest = chain[run:]
    if rest and (before := run_of([row.rate for row in rest])):
        turned = [*_known(rate, "funding_turned_from", rest[0], given)]
        yield from _new(turned, given)
        words = "settlements in a row, before the run of {}, at which the other side paid"
        yield _counted(rate, "funding_run_before", Decimal(before), words, *turned)
    last = next((row for row in rows[run:] if row.rate * rate.number > 0), None)
    if last is not None:
        same = [*_known(rate, "funding_same_last", last, given)]
        yield from _new(same, given)
        hours = Decimal(int((rate.as_of - last.at).total_seconds())) / 3600
        formula = f"hours since the side of {rate.id} last paid before its run"
        shared = (rate.evidence, rate.source, rate.as_of, formula, (rate.id, *(fact.id for fact in same)))
        yield Fact(rate.subject._replace(metric="funding_quiet"), twelve_digits(hours), "hours", "level", *shared)
    else:
        reason = "no earlier settlement at which the same side paid is held"
        yield MissingFact(rate.subject._replace(metric="funding_quiet"), "hours", reason)
    yield from _bounds(rate)


def _known(rate: Fact, name: str, row: Funding, given: Given) -> Iterator[Fact]:
    """Yield the fact of an earlier settlement: the one that the sheet has, or a new one of this name."""
    for told in _TOLD:
        for fact in given.sheet.all(told, asset=rate.subject.asset, venue=rate.subject.venue):
            if fact.as_of == row.at and fact.source == rate.source:
                yield fact
                return
    yield _given(rate, name, row)


def _new(facts: Sequence[Fact], given: Given) -> Iterator[Fact]:
    yield from (fact for fact in facts if fact.id not in given.sheet)


def _bounds(rate: Fact) -> Iterator[Fact]:
    """Yield the half of a rate, and where another side would pay; both of the side that pays it."""
    side: Side = "long" if rate.number > 0 else "short"
    for name, value, formula in (
        ("funding_half", rate.number / 2, f"{rate.id} / 2"),
        ("funding_zero", Decimal(0), f"where the sign of {rate.id} changes"),
    ):
        subject = rate.subject._replace(metric=name, side=side)
        yield derive(subject, value, "percent", "rate", (rate,), formula)


def _among(rate: Fact, earlier: list[Funding]) -> Iterator[Result]:
    """Yield what the earlier settlements hold: their ends, and how often the same side paid."""
    if len(earlier) < LEAST_PRINTS:
        if earlier:
            yield _counted(rate, "funding_few", Decimal(len(earlier)), "earlier settlements held than {}")
        return
    of = f"{len(earlier)} earlier settlements held"
    low = min(earlier, key=lambda row: (row.rate, -row.at.timestamp()))
    high = max(earlier, key=lambda row: (row.rate, row.at.timestamp()))
    ends = [
        _given(rate, "funding_low", low, f"the lowest of {of}"),
        _given(rate, "funding_high", high, f"the highest of {of}"),
    ]
    yield from ends
    end = ends[rate.number > 0]
    if end.number * rate.number > 0 and abs(rate.number) > abs(end.number):
        # Of a rate that left its history on its own side alone: twice the highest while longs pay.
        subject = rate.subject._replace(metric="funding_beyond_end")
        yield derive(subject, rate.number / end.number, "ratio", "ratio", (rate, end), f"{rate.id} / {end.id}")
    if rate.number:
        same = sum(row.rate * rate.number > 0 for row in earlier)
        yield _counted(rate, "funding_same_side", Decimal(same), f"of {of}, those at which the side of {{}} paid")


def _state(rate: Fact, rows: list[Funding], given: Given) -> Fact | MissingFact:
    subject = rate.subject._replace(metric="funding_state")
    if stale_at("funding", rate.as_of, given.now):
        return MissingFact(subject, "name", f"the last settlement at hand is of {rate.as_of:%Y-%m-%d %H:%M} UTC")
    thresholds = given.limits("funding")
    hours = rate.subject.window_hours or Decimal(8)
    run = run_of([row.rate for row in rows])
    other = any(row.rate * rate.number < 0 and row.at >= rate.as_of - DAY - WITHIN for row in rows)
    last = next((row.at for row in rows[run:] if row.rate * rate.number > 0), None)
    quiet = None if last is None else Decimal(int((rows[run - 1].at - last).total_seconds())) / 3600
    state = state_of(rate.number * 8 / hours, thresholds, place=_place(rate, given), turned=other, quiet_hours=quiet)
    return Fact(
        subject,
        state,
        "name",
        "entity",
        rate.evidence,
        rate.source,
        rate.as_of,
        f"{rate.id} and the settlements before it against thresholds",
        (rate.id,),
    )


def _place(rate: Fact, given: Given) -> Place | None:
    own = rate.subject
    found = [
        given.sheet.get(f"funding_{name}_share", asset=own.asset, venue=own.venue, at=own.at)
        for name in ("below", "equal")
    ]
    days = given.sheet.get("history_days", asset=own.asset, venue=own.venue, at="funding")
    below, equal = found
    if below is None or equal is None or days is None:
        return None
    return Place(below.number, equal.number, days.number)


def _elsewhere(rate: Fact, rates: Sequence[Fact]) -> Iterator[Fact]:
    """Yield how many other exchanges settled within an interval, and on how many of them the same side paid."""
    found: dict[str | None, Fact] = {}
    for one in rates:
        if one.subject.venue != rate.subject.venue and rate.as_of - one.as_of < max(_hours(rate), _hours(one)):
            found.setdefault(one.subject.venue, one)
    if len(found) < LEAST_OTHERS:
        return
    others = tuple(found.values())
    alike = sum(one.number * rate.number > 0 for one in others)
    yield _counted(
        rate, "funding_others", Decimal(len(others)), "other exchanges with a rate settled beside {}", *others
    )
    words = "of the others, those on which the side of {} paid"
    yield _counted(rate, "funding_alike", Decimal(alike), words, *others)


def _interval(rate: Fact, given: Given) -> Iterator[Result]:
    """Yield the interval that the exchange settled by before, where it changed within a week."""
    own = rate.subject
    rows = [
        row
        for row in given.snapshot.funding
        if (row.about, row.venue, row.kind) == (own.asset, own.venue, "settled")
        and source_of(row) == rate.source
        and row.interval_hours is not None
    ]
    others = [row for row in rows if row.interval_hours != own.window_hours and row.at < rate.as_of]
    last = max(others, key=lambda row: row.at, default=None)
    if last is None or last.interval_hours is None or last.at < rate.as_of - CHANGED_WITHIN:
        return
    start = min(row.at for row in rows if row.interval_hours == own.window_hours and row.at > last.at)
    shared = (rate.evidence, rate.source)
    was = own._replace(metric="funding_interval_was")
    yield Fact(was, last.interval_hours, "hours", "level", *shared, last.at, "the interval of the settlements before")
    since = own._replace(metric="funding_interval_from")
    yield Fact(since, start, "time", "time", *shared, start, "the first settlement by the present interval")


def _next(rate: Fact) -> Iterator[Result]:
    hours = rate.subject.window_hours or Decimal(0)
    yield Fact(
        rate.subject._replace(metric="funding_next"),
        rate.as_of + _hours(rate),
        "time",
        "time",
        rate.evidence,
        rate.source,
        rate.as_of,
        f"the time of {rate.id} and {hours:f} hours",
        (rate.id,),
    )


def _hours(rate: Fact) -> timedelta:
    return timedelta(hours=float(rate.subject.window_hours or 0))


def _given(rate: Fact, name: str, row: Funding, formula: str = "") -> Fact:
    """Return an earlier settlement as a fact of the series of `rate`."""
    shared = (evidence_of(row), rate.source, row.at)
    return Fact(rate.subject._replace(metric=name), percent(row.rate), "percent", "rate", *shared, formula)


def _counted(rate: Fact, name: str, value: Decimal, words: str, *others: Fact) -> Fact:
    subject, formula = rate.subject._replace(metric=name), words.format(rate.id)
    inputs = (rate.id, *(fact.id for fact in others))
    return Fact(subject, value, "count", "count", rate.evidence, rate.source, rate.as_of, formula, inputs)
