"""The week: what the seven days to the snapshot brought, and what lies ahead that the data itself names.

Each series ends at its own newest row and says so; weeks that are compared lie end to end. What is ahead is an event
of the calendar or an expiry of options within seven days, told as its source gives it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.rows import coin, evidence_of
from commentary.metrics.week_candles import WEEK, week_of_candles, weekly_series
from commentary.metrics.week_flows import week_of_funding, week_of_liquidations, week_of_open_interest
from commentary.records.fact import Fact, MissingFact, Subject
from commentary.records.snapshot import Options

SUNDAY = 6
"""As datetime counts weekdays, from Monday at 0."""
EVENTS = 2
"""No more dates than these are told."""
_SERIES = ("price_to", "oi_change_coin", "funding_week_prints", "liq_week_total")
"""What is known where a series holds its seven days."""


@metric("week", needs=("price", "open_interest", "funding", "liquidations", "volatility"))
def week(given: Given) -> Iterator[Result]:
    """Yield the week of each series, how many series hold one, and the dates ahead."""
    about = coin(given.snapshot)
    made: list[Result] = [*week_of_open_interest(given), *week_of_funding(given), *week_of_liquidations(given)]
    series = weekly_series(given)
    if series is None:
        subject = Subject(about, "price_high", window_hours=Decimal(168))
        yield MissingFact(subject, "price", "no fresh candles hold a close of seven days before their newest")
    else:
        made = [*week_of_candles(given, series), *made]
    yield from made
    known = {one.subject.metric for one in made if isinstance(one, Fact)}
    known |= {name for name in ("price_to", "oi_change_coin") if given.sheet.get(name, asset=about, window=168)}
    count = sum(name in known for name in _SERIES)
    if count:
        subject = Subject(about, "week_series")
        words = "of candles, open interest, funding and liquidations, those that hold seven days"
        yield Fact(subject, Decimal(count), "count", "count", "reported", (), given.as_of, words)
    yield _since_sunday(given)
    yield from _events(given)
    yield from _expiry(given)


def _since_sunday(given: Given) -> Fact:
    """Return the hours since the last Sunday began, UTC: a review is due from then on."""
    today = datetime.combine(given.as_of.astimezone(UTC).date(), time(), UTC)
    sunday = today - timedelta(days=(today.weekday() - SUNDAY) % 7)
    hours = Decimal(int((given.as_of - sunday).total_seconds())) / 3600
    subject = Subject(coin(given.snapshot), "week_since_sunday")
    words = "hours from the start of Sunday, UTC, to the time of the snapshot"
    return Fact(subject, hours, "hours", "level", "reported", (), given.as_of, words)


def _events(given: Given) -> Iterator[Fact]:
    about = {given.snapshot.asset, coin(given.snapshot), "market"}
    ahead = [
        row for row in given.snapshot.calendar if row.about in about and given.as_of < row.time <= given.as_of + WEEK
    ]
    for place, row in enumerate(sorted(ahead, key=lambda row: (row.time, row.event))[:EVENTS], start=1):
        shared = (evidence_of(row), source_of(row), given.as_of)
        subject = Subject(coin(given.snapshot), "week_event", venue=row.venue, at=str(place))
        yield Fact(subject, row.event, "name", "entity", *shared)
        yield Fact(subject._replace(metric="week_event_time"), row.time, "time", "time", *shared)


def _expiry(given: Given) -> Iterator[Fact]:
    """Yield the day and the size of the largest expiry of options within seven days."""
    today = given.as_of.astimezone(UTC).date()
    rows = [row for row in given.snapshot.options if row.about == coin(given.snapshot) and row.of != "volume"]
    ahead = [
        row
        for row in rows
        if row.expiry is not None and today < row.expiry <= today + WEEK and row.notional_usd is not None
    ]
    if not ahead:
        return
    row = min(ahead, key=_by_size)
    shared = (evidence_of(row), source_of(row), row.at)
    subject = Subject(row.about, "week_expiry", venue=row.venue)
    day = datetime.combine(row.expiry or today, time(), UTC)
    yield Fact(subject, day, "time", "time", *shared)
    yield Fact(subject._replace(metric="week_expiry_size"), row.notional_usd or Decimal(0), "usd", "level", *shared)


def _by_size(row: Options) -> tuple[object, ...]:
    return -(row.notional_usd or Decimal(0)), row.at, row.venue or "", row.source or ""
