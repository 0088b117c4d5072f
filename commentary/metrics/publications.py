"""Publications: what became of the tests that the feed has set, and the score of all of them.

settled_ metrics are what became of a test, by the rules of commentary/metrics/settling.py, and score_ metrics count
what became of the level stories of the whole feed, each event once. Figures of the earlier draft beside them:
commentary/metrics/told_figures.py.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from commentary.metrics.base import Given, Result, metric
from commentary.metrics.settling import Settled, due, open_tests, watched
from commentary.metrics.told_figures import clock, own_figure, published_again, told_at
from commentary.records.fact import (
    Fact,
    MissingFact,
    Subject,
    Unit,
    Value,
    derive,
    weakest,
)
from commentary.records.history import History, PublishedItem


@metric("publications", needs=("price", "open_interest", "liquidations"))
def publications(given: Given) -> Iterator[Result]:
    """Yield what became of each test that comes due, those with most to tell first, and the feed's score."""
    about = Subject(given.snapshot.asset, "settled_result")
    if given.history is None:
        yield MissingFact(about, "name", "no history of a feed was given")
        return
    found = due(given, given.history)
    if not found:
        tests = open_tests(given, given.history)
        ends = min((one.condition.deadline for one in tests), default=None)
        of = f"open test of {given.snapshot.asset}"
        told = f"the feed's next {of} ends at {clock(ends)}" if ends else f"the feed has no {of}"
        yield MissingFact(about, "name", told)
    for one in found:
        yield from _settled(given, one)
    yield from _score(given, found)


# What became of a test --------------------------------------------------------------------------------


def _settled(given: Given, one: Settled) -> Iterator[Fact]:
    test = one.test
    condition, bound = test.condition, test.condition.threshold
    side = bound.subject.side

    def subject(name: str, venue: str | None = None, hours: Decimal | None = None) -> Subject:
        return Subject(given.snapshot.asset, f"settled_{name}", side, venue, hours, test.key)

    told = told_at(test.item)

    def own(name: str, value: Value, unit: Unit) -> Fact:
        return own_figure(subject(name), value, unit, test.item.as_of, told)

    bounds = [published_again(bound, subject("bound"), told)]
    if condition.level is not None:
        bounds.insert(0, published_again(condition.level, subject("level"), told))
    yield from bounds
    yield own("told", test.item.as_of, "time")
    yield own("until", condition.deadline, "time")
    yield own("kind", test.kind, "name")
    yield own("metric", condition.metric.replace("_", " "), "name")
    made = [*bounds, *one.inputs]
    if one.close is not None:
        series, bar = one.close
        close = Fact(
            subject("close", series.series.venue),
            bar.close,
            "price",
            "level",
            series.evidence,
            series.source,
            bar.end,
            "the first close beyond the bound since the test was set",
            currency=given.snapshot.quote,
        )
        yield close
        made.append(close)
    if (found := _extreme(given, one, subject("extreme"))) is not None:
        extreme, _ = found
        yield from found
        if condition.level is not None:
            level = bounds[0]
            away = (extreme.number / level.number - 1) * 100
            formula = f"({extreme.subject.metric} / settled_level - 1) * 100"
            yield derive(subject("gap"), away, "percent", "delta", (extreme, level), formula)
        if one.result in ("lapsed", "miss") and one.reached is not True:
            made.append(extreme)
        if condition.level is not None:
            # The map had another side: a story that names its level has to say whether price got there.
            yield from _extreme(given, one, subject("extreme"), other=True) or ()
    if one.why is not None:
        yield Fact(
            subject("why"), one.why, "name", "entity", "reported", (), given.as_of, "what the data does not show"
        )
    yield Fact(
        subject("result"),
        one.result,
        "name",
        "entity",
        weakest(tuple(made)),
        tuple(dict.fromkeys(name for fact in made for name in fact.source)),
        max(fact.as_of for fact in made),
        _decided_by(one),
        tuple(fact.id for fact in made),
    )


def _decided_by(one: Settled) -> str:
    if one.test.kind == "level" and one.result in ("hit", "miss"):
        passed = "price" if one.close is None else "settled_close"
        return f"{passed} past settled_level; oi_delta_coin against settled_bound"
    return "what the data since then shows against the bounds that were set"


def _extreme(given: Given, one: Settled, subject: Subject, other: bool = False) -> tuple[Fact, Fact] | None:
    """Return the farthest price towards a level, or towards the other side's, since a test was set.

    And the same price as that of its bar, which says in what hours it was traded.
    """
    found = watched(given, one.test)
    if found is None or one.test.kind == "value":
        return None
    made, bars = found
    condition = one.test.condition
    down = condition.relation == "below"
    if condition.level is not None:
        down = (condition.level.subject.side == "long") is not other
        subject = subject._replace(side="long" if down else "short")
    farthest = min(bars, key=lambda bar: bar.low) if down else max(bars, key=lambda bar: bar.high)
    name, words = ("settled_lowest", "lowest low") if down else ("settled_highest", "highest high")

    def fact(metric: str, length: timedelta, end: datetime, formula: str) -> Fact:
        hours = Decimal(length // timedelta(minutes=1)) / 60
        return Fact(
            subject._replace(metric=metric, venue=made.series.venue, window_hours=hours),
            farthest.low if down else farthest.high,
            "price",
            "level",
            made.evidence,
            made.source,
            end,
            formula,
            currency=given.snapshot.quote,
        )

    span = bars[-1].end - bars[0].end + made.interval
    return (
        fact(name, span, bars[-1].end, f"{words} of {len(bars)} candles since the test was set"),
        fact(f"{name}_bar", made.interval, farthest.end, f"the {words}, of the candle that ends then"),
    )


# The score --------------------------------------------------------------------------------------------


class _Verdict(NamedTuple):
    result: str
    reached: bool | None
    settled: datetime


def _score(given: Given, found: list[Settled]) -> Iterator[Fact]:
    """Yield how many level stories of the feed were settled, those of now among them, and how they came out."""
    verdicts: dict[str, _Verdict] = {}
    for item in given.history.items if given.history is not None else ():
        for condition in item.conditions:
            if condition.level is not None and condition.outcome is not None:
                outcome = condition.outcome
                verdicts[item.event_key] = _Verdict(outcome.result, outcome.reached, outcome.as_of)
    for one in found:
        if one.test.kind == "level":
            verdicts[one.test.item.event_key] = _Verdict(one.result, one.reached, given.as_of)
    every = list(verdicts.values())
    if not every:
        return
    counts = {
        "stories": len(every),
        "reached": sum(one.reached is True for one in every),
        "stood": sum(one.result == "hit" for one in every),
        "lapsed": sum(one.result == "lapsed" for one in every),
        "failed": sum(one.result == "miss" for one in every),
        "unknown": sum(one.result == "unsettled" for one in every),
    }
    formula = f"of the {len(every)} level stories of the feed that were settled"
    for name, count in counts.items():
        yield own_figure(Subject(given.snapshot.asset, f"score_{name}"), Decimal(count), "count", given.as_of, formula)
    since = min(one.settled for one in every)
    yield own_figure(Subject(given.snapshot.asset, "score_since"), since, "time", given.as_of, formula)


def tested(history: History, key: str) -> PublishedItem | None:
    """Return the item whose test a settled fact is of, by the fact's `at`."""
    return next((item for item in history.items if item.id == key.partition(" ")[0]), None)
