"""Dates ahead: what is published when, the first settlement after it, and when a day has passed since.

A date says that something is due, never what it will say or do. Two dates of one event contradict each other, and
neither is told. Hours are counted from the snapshot. What price
and open interest did over earlier dates of the name is counted over 24 hours, from the last close or level before each.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from commentary.config.tolerances import tolerance
from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.history import row_at, series
from commentary.metrics.holdings import Holding, holdings, total
from commentary.metrics.rows import coin, evidence_of
from commentary.records.fact import Fact, Flag, MissingFact, Quantity, Subject, Unit, Value, derive, twelve_digits
from commentary.records.snapshot import CalendarEvent

AT_MOST = 3
"""Dates told, the nearest first."""
_HUNDREDTH = Decimal("0.01")
_HOUR = timedelta(hours=1)
_AFTER = timedelta(hours=24)
"""When a change over a day lies wholly behind the date."""
OI_PERCENT = Decimal("2.5")
"""The change in coin from which the flush rule reads forced flow: beyond it positions changed over a date."""
PAST_NEEDED = 3
"""A quarter of monthly dates: with fewer the largest change among them says nothing of the kind."""
_BEFORE = timedelta(hours=4)
"""How long before a date the last close or level may be: a bar of four hours."""


@metric("calendar", needs=("funding", "open_interest"))
def calendar(given: Given) -> Iterator[Result]:
    """Yield the dates ahead, the nearest first, each of a name of its own."""
    ahead: dict[str, CalendarEvent] = {}
    for row in sorted(given.snapshot.calendar, key=lambda one: (one.at, one.event)):
        if row.at > given.as_of:
            ahead.setdefault(row.event, row)
    told: list[CalendarEvent] = []
    for name, row in ahead.items():
        if len(told) == AT_MOST:
            break
        if (other := other_date(row, given)) is None:
            told.append(row)
        else:
            two = f"{row.at:%Y-%m-%d %H:%M} and {other.at:%Y-%m-%d %H:%M} UTC"
            yield Flag("figures_contradict", f"{name}: the data has it on {two}, too near each other to be two dates")
            reason = f"the data has two dates of it, {two}"
            yield MissingFact(Subject(coin(given.snapshot), "event_time", at=name), "time", reason)
    if not ahead:
        reason = "the snapshot holds no date ahead"
        yield MissingFact(Subject(coin(given.snapshot), "event_time"), "time", reason)
    for row in told:
        yield from _event(row, given)


def other_date(row: CalendarEvent, given: Given) -> CalendarEvent | None:
    """Return a date of the same event that contradicts this: too far to be rounded, too near to be the next."""
    allowed = tolerance(row.METRIC)
    same, one = (timedelta(minutes=float(each)) for each in (allowed.time_minutes, allowed.one_date_minutes))
    about = (row.about, row.event)
    others = (other for other in given.snapshot.calendar if (other.about, other.event) == about)
    return next((other for other in others if same < abs(other.at - row.at) <= one), None)


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
    yield from _past(row, given)
    rate = given.sheet.get("funding_rate", asset=about, at="settled")
    if rate is not None and rate.subject.window_hours:
        every = rate.subject.window_hours
        words = f"the first settlement after it, every {every:f} hours"
        after = first_after(row.at, rate.as_of, timedelta(hours=float(every)))
        yield fact("event_settlement", after, "time", "time", words, due, rate)


def _past(event: CalendarEvent, given: Given) -> Iterator[Fact]:
    """Yield the largest change of price and of open interest over earlier dates of the name."""
    about = coin(given.snapshot)
    dates = sorted({row.at for row in given.snapshot.calendar if row.event == event.event and row.at < given.as_of})
    held = next((one for one in holdings(given) if one.asset == about and not one.place), None)
    made = next(iter(given.candles), None)
    prices = [] if made is None else [_change(when, made.close_at) for when in dates]
    levels = [] if held is None else [_change(when, lambda at: _level(given, held, at)) for when in dates]
    both = [
        (price, level) for price, level in zip(prices, levels, strict=False) if price is not None and level is not None
    ]
    if held is None or made is None or len(both) < PAST_NEEDED:
        return
    words = f"the largest change over 24 hours on {len(both)} earlier dates"
    priced, counted = (max((pair[k] for pair in both), key=abs) for k in (0, 1))
    venue = made.series.venue
    yield Fact(
        Subject(about, "price_change_past", None, venue, Decimal(24), event.event), twelve_digits(priced), "percent",
        "delta", made.evidence, made.source, given.as_of, words,
    )  # fmt: skip
    shared = (held.evidence, held.source, given.as_of)
    subject = Subject(about, "oi_change_past", None, held.venue, Decimal(24), event.event)
    yield Fact(subject, twelve_digits(counted), "percent", "delta", *shared, words)
    named = Subject(about, "event_past", None, None, None, event.event)
    words = "the earlier dates with a known change"
    yield Fact(named, Decimal(len(both)), "count", "count", evidence_of(event), source_of(event), given.as_of, words)


def _change(when: datetime, level: Callable[[datetime], Decimal | None]) -> Decimal | None:
    """Return the change in percent over 24 hours from the last full hour before a date at which a level is held."""
    hour = when.replace(minute=0, second=0, microsecond=0)
    for back in range(int(_BEFORE / _HOUR)):
        start = hour - back * _HOUR
        before, after = level(start), level(start + _AFTER)
        if before and after is not None:
            return (after / before - 1) * 100
    return None


def _level(given: Given, held: Holding, when: datetime) -> Decimal | None:
    rows = [row_at(series(given.snapshot.open_interest, row), when) for row in held.rows]
    found = [row for row in rows if row is not None]
    return total(found, "coin") if len(found) == len(held.rows) else None


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
