"""Funding spread: what two exchanges' settled funding differs by, over the same eight hours, three times running.

A stretch is eight hours. What an exchange settled in it is added up: one rate of eight hours, two of four, eight of
one; a stretch that lacks a settlement, or that the two exchanges do not end together, is not counted. Rates are
percent over eight hours, positive when longs pay; the spread is the higher less the lower, in percentage points. A pair
that stays closer than the bound of data/stories/funding_spread.toml makes no facts but the reason. Fees, caps on a rate
and the cost of holding both sides are not in it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.funding import NOTIONAL, payment
from commentary.metrics.funding_history import LEAST_PRINTS, TRAILING, shares
from commentary.metrics.funding_run import relayed
from commentary.metrics.rows import coin, percent, stale_at
from commentary.records.fact import Fact, MissingFact, Subject, derive, twelve_digits
from commentary.records.snapshot import Funding

STRETCH = timedelta(hours=8)
HOURS = Decimal(8)
STRETCHES = 3
TOGETHER = timedelta(minutes=15)
"""Two settlements so far apart are of one time."""
Columns = dict[tuple[str, datetime], list[Decimal | None]]
"""What was settled by stretch, by the newest fact of an exchange and the end of the newest stretch."""


class Settled(NamedTuple):
    """What one exchange settled."""

    newest: Fact
    rows: Sequence[Funding]
    """The newest first, from the newest fact on."""

    @property
    def venue(self) -> str:
        """Its name."""
        return self.newest.subject.venue or ""


class Pair(NamedTuple):
    """Two exchanges, the one with the higher rates first, and their rates by stretch, the newest first."""

    high: Settled
    low: Settled
    end: datetime
    rates: Sequence[tuple[Decimal, Decimal]]

    @property
    def name(self) -> str:
        """Which exchanges they are."""
        return f"{self.high.venue} over {self.low.venue}"

    @property
    def gaps(self) -> list[Decimal]:
        """How far the first is above the second, by stretch."""
        return [high - low for high, low in self.rates]


@metric("funding_spread", needs=("funding",))
def funding_spread(given: Given) -> Iterator[Result]:
    """Yield the pair of exchanges that stayed furthest apart over three stretches, and how usual that is."""
    asset = coin(given.snapshot)
    every = list(_every(asset, given))
    columns: Columns = {}
    pairs = [pair for high, low in permutations(every, 2) if (pair := _pair(high, low, columns)) is not None]
    subject = Subject(asset, "funding_spread", window_hours=HOURS)
    if not pairs:
        reason = "two exchanges have to settle three stretches of eight hours together, and none do"
        yield MissingFact(subject._replace(metric="funding_spread_least"), "points", reason)
        return
    pair = max(pairs, key=lambda pair: (min(pair.gaps[:STRETCHES]), pair.high.venue, pair.low.venue))
    least, bound = min(pair.gaps[:STRETCHES]), given.limits("funding_spread")["gap_points"]
    if least < bound:
        told = f"{pair.name} came to {least.normalize():f} percentage points" if least > 0 else "no pair kept its order"
        reason = f"over three stretches of eight hours {told}, and {bound} would be a gap"
        yield MissingFact(subject._replace(metric="funding_spread_least"), "points", reason)
        return
    spreads = []
    for place in range(STRETCHES):
        made = list(_stretch(subject, pair, place, given))
        yield from made
        spreads.append(made[-1])
    yield from _told(spreads, given)
    yield _run(spreads[0], pair, given)
    compared = {one.venue for pair in pairs for one in (pair.high, pair.low)}
    words = "the exchanges that settled three stretches of eight hours together with another"
    yield _counted(spreads[0], "funding_spread_venues", Decimal(len(compared)), words)
    yield from _place(spreads[0], pair)
    yield from _widest_before(spreads[0], pair, given)


def over_stretch(rows: Sequence[tuple[datetime, Decimal]], end: datetime, interval_hours: Decimal) -> Decimal | None:
    """Return what was settled in the eight hours to `end`, or None where a settlement is missing.

    Args:
        rows: times and rates of the settlements of one exchange.
        end: when the stretch ends, within a quarter of an hour.
        interval_hours: how often it settles; a divisor of eight.
    """
    inside = [(at, rate) for at, rate in rows if end - STRETCH + TOGETHER < at <= end + TOGETHER]
    if len(inside) * interval_hours != HOURS or abs(max(at for at, _ in inside) - end) > TOGETHER:
        return None
    return sum((rate for _, rate in inside), Decimal(0))


def _every(asset: str, given: Given) -> Iterator[Settled]:
    """Yield each exchange whose settlements add up to stretches of eight hours, if they are fresh."""
    for fact in given.sheet.all("funding_rate", asset=asset, at="settled"):
        hours = fact.subject.window_hours
        if fact.subject.venue is None or hours is None or HOURS % hours or stale_at("funding", fact.as_of, given.now):
            continue
        rows = [
            row
            for row in given.snapshot.funding
            if (row.about, row.venue, row.interval_hours, row.kind) == (asset, fact.subject.venue, hours, "settled")
            and source_of(row) == fact.source
        ]
        yield Settled(fact, sorted(rows, key=lambda row: row.at, reverse=True))


def _pair(high: Settled, low: Settled, columns: Columns) -> Pair | None:
    """Return two exchanges if both settled three stretches that end together."""
    end = min(high.newest.as_of, low.newest.as_of)
    for one in (high, low):
        if (one.newest.id, end) not in columns:
            columns[one.newest.id, end] = _column(one, end)
    rates = []
    for first, second in zip(columns[high.newest.id, end], columns[low.newest.id, end], strict=False):
        if first is None or second is None:
            break
        rates.append((first, second))
    return Pair(high, low, end, rates) if len(rates) >= STRETCHES else None


def _column(one: Settled, end: datetime) -> list[Decimal | None]:
    """Return what an exchange settled by stretch, the newest first, as far back as it is compared."""
    hours = one.newest.subject.window_hours or HOURS
    rows = [(row.at, percent(row.rate)) for row in one.rows if row.at > end - TRAILING - STRETCH]
    found: list[Decimal | None] = []
    start = 0
    for place in range(int(TRAILING / STRETCH)):
        stop = end - place * STRETCH
        # Rows are in order, so that each stretch begins where the one after it ended.
        while start < len(rows) and rows[start][0] > stop + TOGETHER:
            start += 1
        if start == len(rows):
            break
        found.append(over_stretch(rows[start : start + int(HOURS / hours) + 1], stop, hours))
    return found


def _stretch(subject: Subject, pair: Pair, place: int, given: Given) -> Iterator[Fact]:
    """Yield both rates of a stretch, what they cost, and last their difference."""
    end = pair.end - place * STRETCH
    at = pair.name if place == 0 else f"{end:%Y-%m-%d %H:%M} UTC; {pair.name}"
    sides = []
    for name, one, rate in zip(("high", "low"), (pair.high, pair.low), pair.rates[place], strict=True):
        own = Subject(subject.asset, f"funding_spread_{name}", None, one.venue, HOURS, at)
        hours = one.newest.subject.window_hours or HOURS
        words = f"the settlements of every {hours:f} hours in the eight hours to {end:%Y-%m-%d %H:%M} UTC, added up"
        told = Fact(own, rate, "percent", "rate", one.newest.evidence, one.newest.source, end, words)
        yield told
        if place == 0:
            yield from relayed(told, f"funding_spread_{name}_relay")
            yield _counted(told, f"funding_spread_{name}_prints", HOURS / hours, "settlements that {} adds up")
        sides.append(told)
        if place == 0:
            yield from _cost(told, given)
    formula = f"{sides[0].id} - {sides[1].id}"
    yield derive(subject._replace(at=at), sides[0].number - sides[1].number, "points", "delta", (*sides,), formula)


def _cost(rate: Fact, given: Given) -> Iterator[Fact]:
    """Yield who paid over a stretch, and how much."""
    if rate.number:
        subject = rate.subject._replace(metric=f"{rate.subject.metric}_payer")
        value = "long" if rate.number > 0 else "short"
        words = f"the side that pays: the sign of {rate.id}"
        yield Fact(subject, value, "name", "entity", rate.evidence, rate.source, rate.as_of, words, (rate.id,))
    yield _money(rate, f"{rate.subject.metric}_money", given)


def _money(of: Fact, name: str, given: Given) -> Fact:
    notional = given.sheet[Subject(given.snapshot.asset, "example_notional").id]
    formula = f"|{of.id}| / 100 * {notional.id}"
    inputs = (of.id, notional.id)
    subject = of.subject._replace(metric=name)
    money = payment(of.number, NOTIONAL)
    return Fact(subject, money, "usd", "level", of.evidence, of.source, of.as_of, formula, inputs)


def _told(spreads: Sequence[Fact], given: Given) -> Iterator[Fact]:
    """Yield the least and the most of three spreads, and what the newest and both come to in dollars."""
    yield _money(spreads[0], "funding_spread_money", given)
    for name, choose in (("least", min), ("most", max)):
        value = choose(fact.number for fact in spreads)
        subject = spreads[0].subject._replace(metric=f"funding_spread_{name}")
        one = derive(subject, value, "points", "delta", (*spreads,), f"the {name} of three stretches")
        yield one
        yield _money(one, f"funding_spread_{name}_money", given)


def _run(spread: Fact, pair: Pair, given: Given) -> Fact:
    bound = given.limits("funding_spread")["gap_points"]
    gaps = pair.gaps
    run = next((place for place, gap in enumerate(gaps) if gap < bound), len(gaps))
    return _counted(
        spread, "funding_spread_run", Decimal(run), "stretches in a row with a spread of {} at the bound or over it"
    )


def _place(spread: Fact, pair: Pair) -> Iterator[Result]:
    """Yield where the newest spread stands among earlier ones of the two exchanges, their order kept."""
    earlier = pair.gaps[1:]
    if len(earlier) < LEAST_PRINTS:
        reason = f"a place among earlier stretches needs {LEAST_PRINTS}, and there are {len(earlier)}"
        yield MissingFact(spread.subject._replace(metric="funding_spread_below_share"), "percent", reason)
        return
    of = f"{len(earlier)} earlier stretches of eight hours in 90 days"
    below = twelve_digits(shares(spread.number, earlier).below)
    subject = spread.subject._replace(metric="funding_spread_below_share")
    shared = (spread.evidence, spread.source, spread.as_of)
    yield Fact(
        subject, below, "percent", "share", *shared, f"of {of}, those with less than {spread.id}, * 100", (spread.id,)
    )
    yield _counted(spread, "funding_spread_prints", Decimal(len(earlier)), of)
    days = Decimal((len(earlier) + 1) // 3)
    held = spread.subject._replace(metric="funding_spread_days")
    yield Fact(held, days, "days", "count", *shared, f"whole days that {of} cover", (spread.id,))


def _widest_before(spread: Fact, pair: Pair, given: Given) -> Iterator[Fact]:
    """Yield the widest gap before the run of wide ones that the newest is part of, whichever exchange was higher."""
    bound = given.limits("funding_spread")["gap_points"]
    run = next((place for place, gap in enumerate(pair.gaps) if gap < bound), len(pair.gaps))
    before = pair.gaps[run:]
    if len(pair.gaps) <= LEAST_PRINTS or not before:
        return
    place = max(range(len(before)), key=lambda at: abs(before[at]))
    of = f"{len(pair.gaps) - 1} earlier stretches of eight hours in 90 days"
    formula = f"the widest of {of}, before the run of wide ones"
    one = Fact(
        spread.subject._replace(metric="funding_spread_before"),
        before[place],
        "points",
        "delta",
        spread.evidence,
        spread.source,
        pair.end - (run + place) * STRETCH,
        formula,
        (spread.id,),
    )
    yield one
    yield _money(one, "funding_spread_before_money", given)


def _counted(spread: Fact, name: str, value: Decimal, words: str) -> Fact:
    subject, formula = spread.subject._replace(metric=name), words.format(spread.id)
    return Fact(subject, value, "count", "count", spread.evidence, spread.source, spread.as_of, formula, (spread.id,))
