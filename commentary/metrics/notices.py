"""Notices: what exchanges announced about a coin or about themselves, since when, by whom, and what it touches.

`outage` is an outage, auto-deleveraging or a draw on an insurance fund; `notice` a listing, a delisting, a change of
margin tiers or of the funding interval. The words of the notice itself are a fact of their own, kept as they are and
attributed. A calendar row of the same exchange and the same words gives the time from which it is in force, where one
of the sources of the notice gives it and no other contradicts it.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from commentary.config.tolerances import tolerance
from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.funding import over_eight_hours
from commentary.metrics.notice_events import CHANGES, OUTAGES, Event, events_of, notices_of, why_none
from commentary.metrics.notice_open_interest import touched
from commentary.metrics.outage_meanwhile import meanwhile, priced_apart, silent
from commentary.metrics.rows import coin, evidence_of, is_stale, percent, says_itself
from commentary.records.fact import Fact, Flag, MissingFact, Quantity, Subject, Unit, Value, derive, twelve_digits
from commentary.records.snapshot import CalendarEvent, Funding

DAY = timedelta(hours=24)


@metric("notices", needs=("price", "open_interest", "funding", "liquidations"))
def notices(given: Given) -> Iterator[Result]:
    """Yield what is announced, the newest first, and what it touches on its exchange."""
    told: set[str] = set()
    for name, kinds in (("outage", OUTAGES), ("notice", CHANGES)):
        events = events_of(name, kinds, given)
        if not events:
            yield MissingFact(Subject(coin(given.snapshot), name), "name", why_none(kinds, given))
        for event in events:
            for result in _event(event, given):
                # Two events of one exchange have one share of open interest there.
                if isinstance(result, Flag) or result.id not in told:
                    yield result
                if not isinstance(result, Flag):
                    told.add(result.id)


def _event(event: Event, given: Given) -> Iterator[Result]:
    def said(name: str, value: Value, unit: Unit, quantity: Quantity, formula: str = "") -> Fact:
        shared = (event.evidence, event.sources, event.first.at)
        return Fact(event.subject(name), value, unit, quantity, *shared, formula)

    yield said("", event.words, "name", "entity")
    yield said("_time", event.first.at, "time", "time")
    yield said("_sources", Decimal(len(event.sources)), "count", "count", "the sources that are named")
    own_word = any(says_itself(row) for row in (*event.rows, *_dates(event, given)))
    if event.sources and not own_word:
        words = "the sources that are named, none of them the exchange itself"
        yield said("_relay", Decimal(len(event.sources)), "count", "count", words)
    age = twelve_digits(Decimal((given.now - event.first.at).total_seconds()) / 3600)
    yield said("_age", age, "hours", "level", "hours from the notice to the time of reading")
    yield from _text(event)
    yield from _earlier(event, given)
    yield from touched(event, given)
    if event.metric == "outage":
        yield from silent(event, given)
        yield from meanwhile(event, given)
        yield from priced_apart(event, given)
    else:
        yield from _in_force(event, given)
        yield from _interval(event, given)


def _text(event: Event) -> Iterator[Fact]:
    """Yield the words of the first notice that has some, which are those of its own source alone."""
    row = next((row for row in event.rows if row.text and row.source), None)
    if row is not None:
        shared = (evidence_of(row), source_of(row), row.at)
        yield Fact(event.subject("_text"), row.text or "", "name", "entity", *shared)


def _earlier(event: Event, given: Given) -> Iterator[Fact]:
    """Yield how many notices of the same kind are held of the exchange from before, and when the outer two came.

    Rows of less than a day apart are of one event.
    """
    row = event.first
    times = sorted(
        other.at
        for other in notices_of((row.kind,), given)
        if other.venue == row.venue and other.source and is_stale(other, given.now)
    )
    begun = [time for before, time in pairwise([None, *times]) if time and (before is None or time - before > DAY)]
    if not begun:
        return
    shared = (event.evidence, event.sources, row.at)
    count = event.subject("_earlier")
    words = "the earlier notices that are held, more than a day apart"
    yield Fact(count, Decimal(len(begun)), "count", "count", *shared, words)
    yield Fact(event.subject("_earlier_first"), begun[0], "time", "time", *shared, "the first of them")
    yield Fact(event.subject("_earlier_last"), begun[-1], "time", "time", *shared, "the last of them")


def _dates(event: Event, given: Given) -> list[CalendarEvent]:
    """Return the dates of the same exchange in the words of the notice."""
    return [
        row
        for row in given.snapshot.calendar
        if row.about == event.first.about
        and row.venue == event.first.venue
        and any(row.event == notice.text for notice in event.rows)
    ]


def _in_force(event: Event, given: Given) -> Iterator[Result]:
    """Yield from when the change is in force, by a date of the same exchange in the words of the notice."""
    dates = [row for row in _dates(event, given) if row.time > event.first.at]
    if not dates:
        return
    missing = event.subject("_in_force")
    first, last = min(row.time for row in dates), max(row.time for row in dates)
    if last - first > timedelta(minutes=float(tolerance(dates[0].METRIC).time_minutes)):
        two = f"{first:%Y-%m-%d %H:%M} and {last:%Y-%m-%d %H:%M} UTC"
        yield Flag("figures_contradict", f"{dates[0].event}: the data has it in force on {two}")
        yield MissingFact(missing, "time", f"the data has two dates of it, {two}")
        return
    row = min(dates, key=lambda date: (date.source not in event.sources, not says_itself(date), date.time))
    if row.source and row.source not in event.sources:
        # Texts tell notice and date together, by the sources of the notice.
        reason = f"the date is given by {row.source}, which is not among the sources of the notice"
        yield MissingFact(missing, "time", reason)
        return
    shared = (evidence_of(row), source_of(row) or event.sources, event.first.at)
    yield Fact(event.subject("_in_force"), row.time, "time", "time", *shared)
    yield Fact(event.subject("_check"), row.time + DAY, "time", "time", *shared, "24 hours after the date in force")
    hours = twelve_digits(Decimal((row.time - given.now).total_seconds()) / 3600)
    formula = "hours from the time of reading to the date in force"
    yield Fact(event.subject("_hours_left"), hours, "hours", "level", *shared, formula)


def _interval(event: Event, given: Given) -> Iterator[Fact]:
    """Yield the interval of the newest settlement there, and the one before it where that was another."""
    if event.first.kind != "interval":
        return
    rows = [
        row
        for row in given.snapshot.funding
        if (row.about, row.venue, row.kind) == (event.first.about, event.first.venue, "settled") and row.interval_hours
    ]
    if not rows:
        return
    newest = max(rows, key=lambda row: (row.at, -(row.interval_hours or 0)))
    before = [row for row in rows if row.interval_hours != newest.interval_hours and row.at < newest.at]
    yield _hours("funding_interval", newest)
    if before:
        last = max(before, key=lambda row: row.at)
        yield _hours("funding_interval_before", last)
        yield from _old_rate(last)


def _old_rate(row: Funding) -> Iterator[Fact]:
    """Yield the last rate at the old interval, as it was and over eight hours, to be compared with the new."""
    hours = row.interval_hours or Decimal(0)
    subject = Subject(row.about, "funding_previous_interval", None, row.venue, hours, row.kind)
    rate = Fact(subject, percent(row.rate), "percent", "rate", evidence_of(row), source_of(row), row.at)
    yield rate
    eight = subject._replace(metric="funding_previous_8h", window_hours=Decimal(8))
    formula = f"{rate.id} * 8 / {hours:f}"
    yield derive(eight, over_eight_hours(rate.number, hours), "percent", "rate", (rate,), formula)


def _hours(name: str, row: Funding) -> Fact:
    subject, shared = Subject(row.about, name, venue=row.venue), (evidence_of(row), source_of(row), row.at)
    return Fact(subject, row.interval_hours or Decimal(0), "hours", "level", *shared)
