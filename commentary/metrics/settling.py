"""What became of a test that the feed set: the rules, on candles, prices and open interest since it was published.

A price has reached a level when a mark or index price lies at or beyond it, or a bar has closed there: one wick in
last price is no touch, as liquidations go by the mark price. That it has not is known only where candles leave no gap.
A change of open interest counts if its 24 hours begin after the test was published and hold the moment at which price
got there. Of an event's tests the newest is settled; an update has put it in the place of those before it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from commentary.metrics.bars import Candle, Candles, resampled
from commentary.metrics.base import Given
from commentary.records.fact import Fact
from commentary.records.history import History, PublishedCondition, PublishedItem, Result
from commentary.records.snapshot import OpenInterest

DAY = timedelta(hours=24)
NEAR = timedelta(hours=1)
"""A price and an open interest so near to each other are of one time; a value so near to a deadline is of it."""
_LATE = timedelta(days=7)
"""So long after its end a test is no news; it stays open in the record."""

Kind = Literal["level", "closes", "value"]
Why = Literal["open interest", "wick", "candles", "value"]


class OpenTest(NamedTuple):
    """An open test, and where it stands."""

    item: PublishedItem
    number: int
    condition: PublishedCondition

    @property
    def key(self) -> str:
        """What tells it from others: the draft's id and its place there."""
        return f"{self.item.id} {self.number + 1}"

    @property
    def kind(self) -> Kind:
        """What is watched: a level that price has to reach first, closes beyond a bound, or a value."""
        if self.condition.level is not None:
            return "level"
        return "closes" if self.condition.metric == "price" else "value"


class Settled(NamedTuple):
    """What became of a test."""

    test: OpenTest
    result: Result
    inputs: tuple[Fact, ...] = ()
    """Facts of the snapshot that decide it."""
    reached: bool | None = None
    close: tuple[Candles, Candle] | None = None
    """The first close beyond the level, where no price at hand shows that it was reached."""
    why: Why | None = None
    """What the data lacks, of a test that cannot be settled."""


def due(given: Given, history: History) -> list[Settled]:
    """Return the tests of the snapshot's coin that can be settled now, those with most to tell first."""
    found = [settled for test in open_tests(given, history) if (settled := _settle(given, test)) is not None]
    return sorted(found, key=lambda one: (_rank(one), -one.test.item.as_of.timestamp(), one.test.key))


def open_tests(given: Given, history: History) -> list[OpenTest]:
    """Return the tests of the snapshot's coin that nobody has settled: of an event those of its newest item."""
    newest: dict[str, PublishedItem] = {}
    for item in history.items:
        if given.snapshot.asset in item.assets and item.conditions and item.as_of < given.as_of:
            newest[item.event_key] = item
    return [
        OpenTest(item, i, condition)
        for item in newest.values()
        for i, condition in enumerate(item.conditions)
        if condition.outcome is None and given.as_of <= condition.deadline + _LATE
    ]


def is_beyond(value: Decimal, relation: str, bound: Decimal) -> bool:
    """Say whether a value lies beyond a bound."""
    return value < bound if relation == "below" else value > bound


def span(given: Given, test: OpenTest) -> tuple[datetime, datetime]:
    """Return from when to when a test watches, as far as the snapshot goes."""
    return test.item.as_of, min(test.condition.deadline, given.as_of)


def watched(given: Given, test: OpenTest) -> tuple[Candles, list[Candle]] | None:
    """Return the first series of candles that covers a test's time without a gap, and its bars there.

    A bar that began before is one of them: what lies in none of them was not traded.
    """
    start, end = span(given, test)
    for made in given.candles:
        bars = [bar for bar in made.bars if bar.end > start and bar.end - made.interval < end]
        covers = bars and bars[0].end - made.interval <= start and bars[-1].end >= end
        if covers and len(bars) * made.interval == bars[-1].end - bars[0].end + made.interval:
            return made, bars
    return None


def _settle(given: Given, test: OpenTest) -> Settled | None:
    if test.kind == "level":
        return _level(given, test)
    return _closes(given, test) if test.kind == "closes" else _value(given, test)


def _rank(one: Settled) -> int:
    if one.test.kind == "level":
        return {"hit": 0, "miss": 0, "unsettled": 2 if one.reached else 5, "lapsed": 3}[one.result]
    return {"hit": 1, "miss": 4, "unsettled": 5, "lapsed": 5}[one.result]


# A level, and what positions did when price got there ------------------------------------------------


def _level(given: Given, test: OpenTest) -> Settled | None:
    level = _number(test.condition.level)
    relation = "below" if test.condition.level is not None and test.condition.level.subject.side == "long" else "above"
    over = given.as_of > test.condition.deadline
    late = given.as_of > test.condition.deadline + DAY
    price = _price_beyond(given, test, relation, level)
    close = None if price is not None else _close_beyond(given, test, relation, level)
    if price is None and close is None:
        found = watched(given, test)
        if not over or (found is None and not late):
            return None
        return _away(given, test, found, relation, level)
    when = price.as_of if price is not None else close[1].end if close is not None else given.as_of
    prices = (price,) if price is not None else ()
    lost = _lost(given, test, when)
    if lost is not None:
        # A test of a model counts against it where open interest shrinks by less.
        result: Result = "hit" if -lost.number >= _number(test.condition.threshold) else "miss"
        return Settled(test, result, (*prices, lost), True, close)
    if given.as_of <= max(when, test.item.as_of + NEAR) + DAY:
        return None
    return Settled(test, "unsettled", prices, True, close, "open interest")


def _away(
    given: Given, test: OpenTest, found: tuple[Candles, list[Candle]] | None, relation: str, level: Decimal
) -> Settled:
    """Return what becomes of a test at its end, where neither a price nor a close shows that the level was reached."""
    if found is None:
        return Settled(test, "unsettled", why="candles")
    start, end = span(given, test)
    touching = [bar for bar in found[1] if _touches(bar, relation, level)]
    if any(bar.end - found[0].interval >= start and bar.end <= end for bar in touching):
        return Settled(test, "unsettled", why="wick")
    # A bar that goes on after the end, or began before the start, may have touched it outside of the test's time.
    return Settled(test, "unsettled", why="candles") if touching else Settled(test, "lapsed", reached=False)


def _price_beyond(given: Given, test: OpenTest, relation: str, level: Decimal) -> Fact | None:
    """Return a mark or index price of the time of the test that lies at or beyond a level."""
    start, end = span(given, test)
    for fact in given.sheet.all("price", asset=given.snapshot.asset):
        kind = (fact.subject.at or "").partition(";")[0]
        is_there = fact.number == level or is_beyond(fact.number, relation, level)
        if kind in ("mark", "index") and start < fact.as_of <= end and is_there:
            return fact
    return None


def _close_beyond(given: Given, test: OpenTest, relation: str, level: Decimal) -> tuple[Candles, Candle] | None:
    start, end = span(given, test)
    for made in given.candles:
        for bar in made.bars:
            if start < bar.end <= end and (bar.close == level or is_beyond(bar.close, relation, level)):
                return made, bar
    return None


def _touches(bar: Candle, relation: str, level: Decimal) -> bool:
    return bar.low <= level if relation == "below" else bar.high >= level


def _lost(given: Given, test: OpenTest, when: datetime) -> Fact | None:
    """Return the change of open interest in coin over the 24 hours in which price got to a level."""
    measure = test.condition.measure
    for fact in given.sheet.all("oi_delta_coin", asset=given.snapshot.asset, window=24):
        same = measure is None or (fact.subject.venue == measure.subject.venue and fact.source == measure.source)
        begins = fact.as_of - DAY
        if same and begins - NEAR <= when <= fact.as_of + NEAR and begins >= test.item.as_of - NEAR:
            return fact
    return None


# Closes and values ------------------------------------------------------------------------------------


def _closes(given: Given, test: OpenTest) -> Settled | None:
    condition = test.condition
    bound = _number(condition.threshold)
    hours = int(condition.bar_hours or 0)
    start, end = span(given, test)
    for made in given.candles:
        bars = resampled(made, hours) if hours else list(made.bars)
        run = 0
        for bar in (one for one in bars if start < one.end <= end):
            run = run + 1 if is_beyond(bar.close, condition.relation, bound) else 0
            if run < max(1, condition.closes):
                continue
            beside = _beside(given, test)
            if beside is not None:
                return Settled(test, "hit", beside, close=(made, bar))
    if given.as_of <= condition.deadline:
        return None
    if watched(given, test) is not None:
        return Settled(test, "miss")
    return Settled(test, "unsettled", why="candles") if given.as_of > condition.deadline + DAY else None


def _beside(given: Given, test: OpenTest) -> tuple[Fact, ...] | None:
    """Return the figure that a second bound holds for, nothing where there is none; None where it does not hold."""
    bound = test.condition.beside
    if bound is None:
        return ()
    metric = "price" if bound.unit == "price" else "oi_coin"
    for fact in given.sheet.all(metric, asset=given.snapshot.asset, venue=bound.subject.venue):
        if is_beyond(fact.number, test.condition.beside_relation or "above", _number(bound)):
            return (fact,)
    return None


def _value(given: Given, test: OpenTest) -> Settled | None:
    condition = test.condition
    bound = _number(condition.threshold)
    at_end = condition.metric.startswith("liq_")
    start, end = test.item.as_of, condition.deadline
    values = [one for one in _values(given, condition) if start < one.as_of <= end + NEAR]
    if at_end:
        values = [one for one in values if abs(one.as_of - end) <= NEAR]
    beyond = [one for one in values if is_beyond(one.number, condition.relation, bound)]
    if beyond:
        return Settled(test, "hit", (beyond[0],))
    if given.as_of < end:
        return None
    last = [one for one in values if abs(one.as_of - end) <= NEAR]
    if last and (at_end or _no_row_beyond(given, test, bound)):
        return Settled(test, "miss", (last[0],))
    return Settled(test, "unsettled", why="value") if given.as_of > end + DAY else None


def _values(given: Given, condition: PublishedCondition) -> Iterator[Fact]:
    """Yield the figures of the snapshot that a bound is about: its side, window, exchange and source."""
    bound = condition.threshold
    for fact in given.sheet.all(condition.metric, asset=bound.subject.asset):
        own = fact.subject
        alike = own.side == bound.subject.side and own.venue == bound.subject.venue
        windows = condition.metric == "oi_coin" or own.window_hours == bound.subject.window_hours
        if alike and windows and fact.source == bound.source:
            yield fact


def _no_row_beyond(given: Given, test: OpenTest, bound: Decimal) -> bool:
    """Say whether rows of the time of a test show that open interest was never beyond a bound."""
    if test.condition.metric != "oi_coin":
        return False
    start, end = span(given, test)
    rows: list[OpenInterest] = sorted(
        (row for row in given.snapshot.open_interest if start < row.at <= end + NEAR and row.value_coin is not None),
        key=lambda row: row.at,
    )
    gaps = [later.at - row.at for row, later in pairwise(rows)]
    held = [row.value_coin for row in rows if row.value_coin is not None]
    whole = bool(rows) and rows[0].at - start <= DAY / 4 and all(gap <= DAY / 4 for gap in gaps)
    return whole and not any(is_beyond(value, test.condition.relation, bound) for value in held)


def _number(record: object) -> Decimal:
    value = getattr(record, "value", None)
    return value if isinstance(value, Decimal) else Decimal(str(value))
