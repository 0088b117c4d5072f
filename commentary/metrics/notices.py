"""Notices: what exchanges announced about a coin or about themselves, since when, by whom, and what it touches.

`outage` is an outage, auto-deleveraging or a draw on an insurance fund; `notice` a listing, a delisting, a change of
margin tiers or of the funding interval. The value is the kind in words; the words of the notice itself are a fact of
their own, kept as they are and attributed. All rows of one exchange and kind within data/tolerances.toml make one
event, told from its first row on, by every source that is named. A calendar row of the same exchange and the same
words gives the time from which it is in force.

While an exchange is out its feeds may be silent, and what is silent is not calm: a count of liquidations that takes in
such hours is compared with no other, and prices of other exchanges are told of them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from commentary.config.storybook import storybook
from commentary.metrics.bars import Candles, candles, highest, lowest
from commentary.metrics.base import Given, Result, metric
from commentary.metrics.funding import over_eight_hours
from commentary.metrics.history import DAYS_NEEDED, rank, row_at, series
from commentary.metrics.holdings import of_unit
from commentary.metrics.moves import percent_change
from commentary.metrics.rows import coin, evidence_of, is_stale, percent, says_itself
from commentary.records.fact import (
    Evidence,
    Fact,
    Flag,
    MissingFact,
    Quantity,
    Subject,
    Unit,
    Value,
    derive,
    twelve_digits,
)
from commentary.records.snapshot import Funding, Notice

OUTAGES = ("outage", "adl")
CHANGES = ("delisting", "tiers", "interval", "listing")
"""Of one time the first is told before the others."""
WORDS = {
    "outage": "outage",
    "adl": "auto-deleveraging",
    "delisting": "delisting",
    "tiers": "margin tiers",
    "interval": "funding interval",
    "listing": "listing",
}
FUND = "insurance"
"""In the words of a notice on auto-deleveraging: it tells of a draw on the insurance fund."""
DRAW = "insurance fund draw"
DAY = timedelta(hours=24)
NEAR = timedelta(hours=1)
"""Levels of open interest further apart in time are no part and whole."""


class Event(NamedTuple):
    """The notices of one exchange and kind, the first one first."""

    metric: str
    """outage or notice."""
    rows: tuple[Notice, ...]

    @property
    def first(self) -> Notice:
        """The first notice; of one time the exchange's own."""
        return self.rows[0]

    def subject(self, name: str = "") -> Subject:
        """Return what a fact is about."""
        row = self.first
        return Subject(row.about, f"{self.metric}{name}", None, row.venue, None, row.kind)

    @property
    def sources(self) -> tuple[str, ...]:
        """Who is named as telling of it, the exchange itself before others."""
        named = sorted(self.rows, key=lambda row: not says_itself(row))
        return tuple(dict.fromkeys(row.source for row in named if row.source))

    @property
    def evidence(self) -> Evidence:
        """Observed where the exchange alone says it of itself."""
        return "observed" if self.sources == (self.first.venue,) else "reported"

    @property
    def words(self) -> str:
        """The kind in words."""
        draws = self.first.kind == "adl" and any(FUND in (row.text or "").casefold() for row in self.rows)
        return DRAW if draws else WORDS[self.first.kind]


@metric("notices", needs=("price", "open_interest", "funding", "liquidations"))
def notices(given: Given) -> Iterator[Result]:
    """Yield what is announced, the newest first, and what it touches on its exchange."""
    told: set[str] = set()
    for name, kinds in (("outage", OUTAGES), ("notice", CHANGES)):
        events = _events(name, kinds, given)
        if not events:
            yield MissingFact(Subject(coin(given.snapshot), name), "name", _why_none(kinds, given))
        for event in events:
            for result in _event(event, given):
                # Two events of one exchange have one share of open interest there.
                if isinstance(result, Flag) or result.id not in told:
                    yield result
                if not isinstance(result, Flag):
                    told.add(result.id)


def _events(name: str, kinds: tuple[str, ...], given: Given) -> list[Event]:
    """Return the events of some kinds: the newest first, then by kind and exchange."""
    groups: dict[tuple[str, str | None], list[Notice]] = {}
    for row in _own(kinds, given):
        if row.venue not in (None, "all") and not is_stale(row, given.now):
            groups.setdefault((row.kind, row.venue), []).append(row)
    events = [Event(name, tuple(sorted(rows, key=_earliest))) for rows in groups.values()]
    return sorted(events, key=lambda one: (-one.first.at.timestamp(), kinds.index(one.first.kind), one.first.venue))


def _own(kinds: tuple[str, ...], given: Given) -> list[Notice]:
    about = {given.snapshot.asset, coin(given.snapshot)}
    return [row for row in given.snapshot.notices if row.kind in kinds and row.about in about]


def _earliest(row: Notice) -> tuple[object, ...]:
    return (row.at, not says_itself(row), row.source or "", row.text or "")


def _why_none(kinds: tuple[str, ...], given: Given) -> str:
    own = _own(kinds, given)
    if not own:
        return "the snapshot holds no such notice"
    if all(row.venue in (None, "all") for row in own):
        return "the notice names no exchange"
    newest = max(row.at for row in own)
    return f"the newest notice is of {newest:%Y-%m-%d %H:%M} UTC, too old to be news"


def _event(event: Event, given: Given) -> Iterator[Result]:
    def said(name: str, value: Value, unit: Unit, quantity: Quantity, formula: str = "") -> Fact:
        shared = (event.evidence, event.sources, event.first.at)
        return Fact(event.subject(name), value, unit, quantity, *shared, formula)

    yield said("", event.words, "name", "entity")
    yield said("_time", event.first.at, "time", "time")
    yield said("_sources", Decimal(len(event.sources)), "count", "count", "the sources that are named")
    age = twelve_digits(Decimal((given.now - event.first.at).total_seconds()) / 3600)
    yield said("_age", age, "hours", "level", "hours from the notice to the time of reading")
    yield from _text(event)
    yield from _earlier(event, given)
    yield from _touched(event, given)
    if event.metric == "outage":
        yield from _silent(event, given)
        yield from _meanwhile(event, given)
    else:
        yield from _in_force(event, given)
        yield from _interval(event, given)


def _text(event: Event) -> Iterator[Fact]:
    """Yield the words of the first notice that has some, which are those of its own source alone."""
    row = next((row for row in event.rows if row.text and row.source), None)
    if row is not None:
        evidence: Evidence = "observed" if says_itself(row) else "reported"
        yield Fact(event.subject("_text"), row.text or "", "name", "entity", evidence, (row.source or "",), row.at)


def _earlier(event: Event, given: Given) -> Iterator[Fact]:
    """Yield how many notices of the same kind are held of the exchange from before, and when the outer two came.

    Rows of less than a day apart are of one event.
    """
    row = event.first
    times = sorted(
        other.at
        for other in _own((row.kind,), given)
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


def _touched(event: Event, given: Given) -> Iterator[Result]:
    """Yield what part of the coin's open interest lies on the exchange, and the level that would show it left."""
    row = event.first
    there, whole = (given.sheet.get("oi_usd", asset=row.about, venue=venue) for venue in (row.venue, "all"))
    subject = Subject(row.about, "oi_venue_share", venue=row.venue)
    if there is None or whole is None or not whole.number:
        reason = "the snapshot does not hold open interest both of the exchange and of all in dollars"
        yield MissingFact(subject, "percent", reason)
    elif there.number <= whole.number and abs(there.as_of - whole.as_of) <= NEAR:
        value, formula = there.number / whole.number * 100, f"{there.id} / {whole.id} * 100"
        yield derive(subject, value, "percent", "share", (there, whole), formula)
    if event.metric == "notice" and there is not None:
        yield derive(event.subject("_oi"), there.number, "usd", "level", (there,), there.id)
    coins = given.sheet.get("oi_coin", asset=row.about, venue=row.venue)
    if event.metric == "notice" and coins is not None and there is None:
        yield derive(event.subject("_oi_coin"), coins.number, "coin", "level", (coins,), coins.id)
    if event.metric == "notice" and coins is not None:
        yield from _tests(coins, event, given)
    if event.metric == "notice" and coins is None and whole is not None and row.kind == "listing":
        share, subject = _limits(given)["listing_percent"], event.subject("_listing_test")
        yield derive(subject, whole.number * share / 100, "usd", "level", (whole,), f"oi_usd * {share:f} / 100")


def _limits(given: Given) -> dict[str, Decimal]:
    return {**storybook("notice").thresholds, **given.thresholds.get("notice", {})}


def _tests(coins: Fact, event: Event, given: Given) -> Iterator[Fact]:
    """Yield the levels that would show positions leaving or coming: 10 percent off what was held at the notice.

    What was held before it is not always known; then they are off what is held now.
    """
    subject = Subject(event.first.about, "oi_venue_test", venue=event.first.venue)
    percent, base = _limits(given)["fall_percent"], coins
    for before in _held_before(coins, event, given):
        yield before
        since, formula = subject._replace(metric="oi_venue_since"), "(oi_coin / oi_venue_before - 1) * 100"
        change = percent_change(before.number, coins.number)
        yield derive(since, change, "percent", "delta", (coins, before), formula, as_of=coins.as_of)
        base = before
    of, up = base.subject.metric, subject._replace(metric="oi_venue_test_up")
    low, high = base.number * (1 - percent / 100), base.number * (1 + percent / 100)
    yield derive(subject, low, "coin", "level", (base,), f"{of} * (1 - {percent:f} / 100)")
    yield derive(up, high, "coin", "level", (base,), f"{of} * (1 + {percent:f} / 100)")


def _held_before(coins: Fact, event: Event, given: Given) -> Iterator[Fact]:
    """Yield what was held on the exchange when the notice came, by the source that says what is held now."""
    now = next(
        (
            row
            for row in given.snapshot.open_interest
            if (row.about, row.venue, row.at) == (event.first.about, event.first.venue, coins.as_of)
            and (row.source,) == coins.source
            and of_unit(row, "coin") == coins.number
        ),
        None,
    )
    before = row_at(series(given.snapshot.open_interest, now), event.first.at) if now is not None else None
    held = of_unit(before, "coin") if before is not None and before is not now else None
    if before is not None and held:
        subject = Subject(before.about, "oi_venue_before", venue=before.venue)
        source = (before.source,) if before.source else ()
        yield Fact(subject, held, "coin", "level", evidence_of(before), source, before.at)


def _silent(event: Event, given: Given) -> Iterator[Result]:
    """Yield how long before the end of a count of liquidations the exchange went out, where the count takes it in."""
    if event.first.kind != "outage":
        return
    for total in given.sheet.all("liq_total") or given.sheet.all("liq_size"):
        window = total.subject.window_hours or Decimal(0)
        hours = Decimal((total.as_of - event.first.at).total_seconds()) / 3600
        if 0 <= hours < window and total.subject.venue in (None, "all", event.first.venue):
            subject = Subject(total.subject.asset, "outage_into_count", None, event.first.venue, window)
            formula = "hours from the first notice to the end of the count"
            yield Fact(
                subject, twelve_digits(hours), "hours", "level", event.evidence, event.sources, event.first.at, formula
            )
            told = f"{event.first.venue} at {event.first.at:%Y-%m-%d %H:%M} UTC"
            yield Flag("silent_feed", f"the liquidations of {window:f} hours take in an outage of {told}")
            return


def _meanwhile(event: Event, given: Given) -> Iterator[Result]:
    """Yield what prices did on the first other exchange that has candles from the notice on."""
    for made in candles(given):
        if made.series.venue in (None, event.first.venue):
            continue
        start = max((bar.time for bar in made.series.bars if bar.time <= event.first.at), default=None)
        bars = made.complete(start, made.end) if start is not None and start < made.end else None
        if start is not None and bars and event.first.at < made.end:
            yield from _moved(made, start, given)
            return


def _moved(made: Candles, start: datetime, given: Given) -> Iterator[Fact]:
    bars = made.within(start, made.end)
    hours = Decimal((made.end - start) // timedelta(minutes=1)) / 60
    opened = next(bar.open for bar in made.series.bars if bar.time == start)
    since = f"candles since {start:%Y-%m-%d %H:%M} UTC"

    def told(name: str, value: Decimal, when: datetime, formula: str) -> Fact:
        subject = Subject(coin(given.snapshot), f"price_{name}_meanwhile", venue=made.series.venue, window_hours=hours)
        shared = (made.evidence, made.source, when)
        return Fact(subject, value, "price", "level", *shared, formula, currency=given.snapshot.quote)

    yield told("low", lowest(bars), made.end, f"lowest low of {len(bars)} {since}")
    yield told("high", highest(bars), made.end, f"highest high of {len(bars)} {since}")
    first = told("from", opened, start, f"the open of the candle at {start:%Y-%m-%d %H:%M} UTC")
    last = told("to", bars[-1].close, made.end, "the newest close")
    yield first
    yield last
    change = percent_change(first.number, last.number)
    formula = "(price_to_meanwhile / price_from_meanwhile - 1) * 100"
    subject = first.subject._replace(metric="price_change_meanwhile")
    made_of = (last, first)
    moved = derive(subject, change, "percent", "delta", made_of, formula, as_of=last.as_of)
    yield moved
    yield from _ranked(made, start, moved, given)


def _ranked(made: Candles, start: datetime, moved: Fact, given: Given) -> Iterator[Fact]:
    """Yield where the change stands among those of the same hours of earlier days, of the same sign."""
    earlier: list[Decimal] = []
    for day in range(1, (start - made.bars[0].end) // DAY + 1):
        before, after = made.close_at(start - day * DAY), made.close_at(made.end - day * DAY)
        if before and after:
            earlier.append(percent_change(before, after))
    same = [abs(other) for other in earlier if other * moved.number > 0]
    if len(earlier) < DAYS_NEEDED or not same:
        return
    shared = (moved.evidence, moved.source, moved.as_of)
    place = Decimal(rank(abs(moved.number), same))
    words = "1 + the earlier days with a larger change of the same sign in those hours"
    subject = moved.subject._replace(metric="meanwhile_rank")
    yield Fact(subject, place, "count", "count", *shared, words, (moved.id,))
    next_one = twelve_digits(max(same) * (1 if moved.number > 0 else -1))
    words = "the largest change of the same sign in those hours of an earlier day"
    yield Fact(subject._replace(metric="meanwhile_next"), next_one, "percent", "delta", *shared, words)
    days = Subject(coin(given.snapshot), "history_days", None, made.series.venue, None, "meanwhile")
    yield Fact(days, Decimal(len(earlier)), "days", "count", *shared, "the earlier days with the same hours")


def _in_force(event: Event, given: Given) -> Iterator[Fact]:
    """Yield from when the change is in force, by a date of the same exchange in the words of the notice."""
    dates = [
        row
        for row in given.snapshot.calendar
        if row.about == event.first.about
        and row.venue == event.first.venue
        and row.time > event.first.at
        and any(row.event == notice.text for notice in event.rows)
    ]
    if not dates:
        return
    row = min(dates, key=lambda date: (not says_itself(date), date.time, date.source or ""))
    evidence: Evidence = "observed" if says_itself(row) else "reported"
    source = (row.source,) if row.source else event.sources
    shared = (evidence, source, event.first.at)
    yield Fact(event.subject("_in_force"), row.time, "time", "time", *shared)
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
    evidence: Evidence = "observed" if says_itself(row) else "reported"
    source = (row.source,) if row.source else ()
    subject = Subject(row.about, "funding_previous_interval", None, row.venue, hours, row.kind)
    rate = Fact(subject, percent(row.rate), "percent", "rate", evidence, source, row.at)
    yield rate
    eight = subject._replace(metric="funding_previous_8h", window_hours=Decimal(8))
    formula = f"{rate.id} * 8 / {hours:f}"
    yield derive(eight, over_eight_hours(rate.number, hours), "percent", "rate", (rate,), formula)


def _hours(name: str, row: Funding) -> Fact:
    evidence: Evidence = "observed" if says_itself(row) else "reported"
    source = (row.source,) if row.source else ()
    subject = Subject(row.about, name, venue=row.venue)
    return Fact(subject, row.interval_hours or Decimal(0), "hours", "level", evidence, source, row.at)
