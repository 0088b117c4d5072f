"""Dates ahead: what is published when, the first settlement after it, and when a day has passed since.

A date says that something is due, never what it will say or do. Hours are counted from the snapshot.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.rows import coin
from commentary.records.fact import Fact, MissingFact, Quantity, Subject, Unit, Value, derive
from commentary.records.snapshot import CalendarEvent

AT_MOST = 3
"""Dates told, the nearest first."""
_HUNDREDTH = Decimal("0.01")
_AFTER = timedelta(hours=24)
"""When a change over a day lies wholly behind the date."""
OI_PERCENT = Decimal("2.5")
"""The change in coin from which the flush rule reads forced flow: beyond it positions changed over a date."""


@metric("calendar", needs=("funding", "open_interest"))
def calendar(given: Given) -> Iterator[Result]:
    """Yield the dates ahead, the nearest first, each of a name of its own."""
    ahead: dict[str, CalendarEvent] = {}
    for row in sorted(given.snapshot.calendar, key=lambda one: (one.at, one.event)):
        if row.at > given.as_of:
            ahead.setdefault(row.event, row)
    if not ahead:
        reason = "the snapshot holds no date ahead"
        yield MissingFact(Subject(coin(given.snapshot), "event_time"), "time", reason)
    for row in list(ahead.values())[:AT_MOST]:
        yield from _event(row, given)


def _event(row: CalendarEvent, given: Given) -> Iterator[Result]:
    about = coin(given.snapshot)

    def fact(metric: str, value: Value, unit: Unit, quantity: Quantity, formula: str = "", *inputs: Fact) -> Fact:
        subject = Subject(about, metric, None, None, None, row.event)
        sources = tuple(dict.fromkeys((*source_of(row), *(name for one in inputs for name in one.source))))
        ids = tuple(one.id for one in inputs)
        return Fact(subject, value, unit, quantity, "reported", sources, given.as_of, formula, ids)

    yield fact("event_name", row.event, "name", "entity")
    due = fact("event_time", row.at, "time", "time")
    yield due
    hours = Decimal(int((row.at - given.as_of).total_seconds())) / 3600
    words = "hours from the snapshot to it"
    yield fact("event_hours", hours.quantize(_HUNDREDTH), "hours", "level", words, due)
    yield fact("event_check", row.at + _AFTER, "time", "time", "24 hours after it", due)
    held = given.sheet.get("oi_coin", asset=about)
    if held is not None:
        yield from _bounds(held, row.event)
    rate = given.sheet.get("funding_rate", asset=about, at="settled")
    if rate is not None and rate.subject.window_hours:
        every = rate.subject.window_hours
        words = f"the first settlement after it, every {every:f} hours"
        after = first_after(row.at, rate.as_of, timedelta(hours=float(every)))
        yield fact("event_settlement", after, "time", "time", words, due, rate)


def _bounds(held: Fact, event: str) -> Iterator[Fact]:
    """Yield between which levels open interest counts as unmoved by a date."""
    for name, sign in (("oi_event_low", "-"), ("oi_event_high", "+")):
        part = OI_PERCENT / 100 * (-1 if sign == "-" else 1)
        subject = held.subject._replace(metric=name, at=event)
        words = f"oi_coin * (1 {sign} {OI_PERCENT} / 100)"
        yield derive(subject, held.number * (1 + part), "coin", "level", (held,), words)


def first_after(when: datetime, settled: datetime, every: timedelta) -> datetime:
    """Return the first time after `when` that lies a whole number of intervals from a settlement."""
    passed = (when - settled) // every
    return settled + (passed + 1) * every
