"""One exchange against the others: how far its price, or its settled funding rate, is from their median.

Prices are compared within one kind (mark with mark) and one time, funding per eight hours and settled at one time; the
same time is what data/tolerances.toml calls so. At least two others are needed, and they have to agree: where they do
not, it is the market that has parted. The gap of a price is percent of the others' median, negative below it; that of
a rate is percentage points over eight hours. An earlier price of the same feed tells whether it was moving: one that
stands still is a feed's trouble and no news.

The state of each is a name: "apart", "within the bound", "others disagree" or "feed unchanged"; of funding also "other
side of zero", where the others were paid by those who pay there.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from commentary.config.storybook import storybook
from commentary.config.tolerances import tolerance
from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.funding import example_notional, over_eight_hours, payment
from commentary.metrics.funding_history import LEAST_PRINTS, TRAILING
from commentary.metrics.rows import coin, evidence_of, percent, preferred, stale_at
from commentary.records.fact import Fact, MissingFact, Subject, Unit, derive, twelve_digits, weakest
from commentary.records.snapshot import Price

KINDS = ("mark", "index", "last", "spot")
"""Best first: liquidations go by the mark price."""
LEAST = 3
"""An exchange and two others; of two that differ nobody knows which is off."""
EIGHT = Decimal(8)
HUNDRED = Decimal(100)
STORY = "venue_anomaly"
MISSING = f"the snapshot does not hold it of {LEAST} exchanges at one time"
SEPARATOR = "; "
"""Between the names of the others, which a style of the language joins."""
APART = "apart"
OTHER_SIDE = "other side of zero"


class Off(NamedTuple):
    """One exchange set against the others, in prices of one kind or in funding."""

    own: Fact
    others: tuple[Fact, ...]
    gap: Decimal
    spread: Decimal
    """Of the others, in the unit of the gap."""

    @property
    def middle(self) -> Decimal:
        """The median of the others."""
        return median(other.number for other in self.others)


@metric("venue_gap", needs=("price", "funding"))
def venue_gap(given: Given) -> Iterator[Result]:
    """Yield the exchange that is farthest from the others: by its price, of the best kind, then by its funding."""
    thresholds = {**storybook(STORY).thresholds, **given.thresholds.get(STORY, {})}
    yield from _prices(given, thresholds)
    yield from _rates(given, thresholds)


def percent_gap(value: Decimal, others: Sequence[Decimal]) -> Decimal:
    """Return how far a price is from the median of others, in percent of it: 99 beside 100 and 100 is -1."""
    middle = median(others)
    return (value - middle) / middle * HUNDRED


def percent_spread(values: Sequence[Decimal]) -> Decimal:
    """Return how far the highest of some prices is from the lowest, in percent of their median."""
    return (max(values) - min(values)) / median(values) * HUNDRED


def is_opposite(rate: Decimal, others: Sequence[Decimal], floor: Decimal) -> bool:
    """Say whether a rate is on another side of zero than all others, each at least `floor` away from it."""
    return (rate <= -floor and min(others) >= floor) or (rate >= floor and max(others) <= -floor)


def _together(facts: Iterable[Fact], kind: str, given: Given) -> list[Fact]:
    """Return the newest facts of one time, of as many exchanges as it takes; none where no time has so many."""
    limit = timedelta(minutes=float(tolerance(kind).time_minutes))
    held = [
        fact for fact in facts if fact.subject.venue not in (None, "all") and not stale_at(kind, fact.as_of, given.now)
    ]
    for end in sorted({fact.as_of for fact in held}, reverse=True):
        group = [fact for fact in held if timedelta(0) <= end - fact.as_of <= limit]
        if len(group) >= LEAST:
            return sorted(group, key=lambda fact: fact.subject.venue or "")
    return []


# Prices -----------------------------------------------------------------------------------------------


def _prices(given: Given, thresholds: Mapping[str, Decimal]) -> Iterator[Result]:
    about = coin(given.snapshot)
    groups = {kind: _together(given.sheet.all("price", asset=about, at=kind), "price", given) for kind in KINDS}
    found = [(kind, _farthest(group)) for kind, group in groups.items() if group]
    if not found:
        yield MissingFact(Subject(about, "venue_state", at="price"), "name", MISSING)
        return
    told = [(_price_state(off, given, thresholds), kind, off) for kind, off in found]
    # A kind in which one exchange is off comes before one in which none is.
    state, kind, off = min(told, key=lambda one: (one[0] != APART, KINDS.index(one[1])))
    yield from _gap_of_price(off, kind)
    if kind == "mark" and off.gap:
        yield _against(off)
    yield from _beside(off, off.own.subject._replace(metric="", at=kind), state, "price")
    spread = off.own.subject._replace(metric="venue_spread", venue=None)
    words = "(the highest - the lowest) / the median * 100"
    yield derive(spread, off.spread, "percent", "level", off.others, words)
    yield from _before(off, kind, given)
    yield from _earlier_gaps(off, kind, given)
    if kind == "mark" and off.gap:
        yield from _cost(off, given)
    for other_kind, group in groups.items():
        own = next((fact for fact in group if fact.subject.venue == off.own.subject.venue), None)
        if other_kind != kind and own is not None:
            yield from _gap_of_price(_off(own, group), other_kind, "venue_other_gap")


def _farthest(group: list[Fact]) -> Off:
    return max((_off(own, group) for own in group), key=lambda off: abs(off.gap))


def _off(own: Fact, group: list[Fact]) -> Off:
    others = tuple(fact for fact in group if fact is not own)
    values = [other.number for other in others]
    return Off(own, others, percent_gap(own.number, values), percent_spread(values))


def _price_state(off: Off, given: Given, thresholds: Mapping[str, Decimal]) -> str:
    if abs(off.gap) < thresholds["price_percent"]:
        return "within the bound"
    if off.spread > thresholds["agree_percent"]:
        return "others disagree"
    earlier = _earlier(off.own, given)
    return "feed unchanged" if earlier is not None and earlier.value == off.own.number else APART


def _gap_of_price(off: Off, kind: str, name: str = "venue_gap") -> Iterator[Fact]:
    """Yield the median of the others, and how far the exchange is from it."""
    about = off.own.subject.asset
    middle = Subject(about, "venue_median", at=kind)
    words = "the median of the other exchanges"
    others = derive(middle, off.middle, "price", "level", off.others, words)
    subject = off.own.subject._replace(metric=name)
    words = f"({off.own.id} - {others.id}) / {others.id} * 100"
    yield others
    yield derive(subject, off.gap, "percent", "delta", (off.own, others), words)


def _against(off: Off) -> Fact:
    """Return the side whose margin a mark price off the others' lowers: that of shorts where it is higher."""
    facts = (off.own, *off.others)
    gap = off.own.subject._replace(metric="venue_gap")
    return Fact(
        gap._replace(metric="venue_gap_against"),
        "short" if off.gap > 0 else "long",
        "name",
        "entity",
        weakest(facts),
        tuple(dict.fromkeys(name for fact in facts for name in fact.source)),
        max(fact.as_of for fact in facts),
        f"the side whose margin it lowers: the sign of {gap.id}",
        (gap.id,),
    )


def _earlier(own: Fact, given: Given) -> Price | None:
    """Return the price before the newest of the same feed; one within the tolerance is the same."""
    limit = timedelta(minutes=float(tolerance("price").time_minutes))
    subject = own.subject
    rows = [
        row
        for row in given.snapshot.prices
        if (row.about, row.venue, row.kind) == (subject.asset, subject.venue, subject.at)
        and source_of(row) == own.source
        and own.as_of - row.at > limit
    ]
    return max(rows, key=lambda row: row.at, default=None)


def _before(off: Off, kind: str, given: Given) -> Iterator[Fact]:
    """Yield the price of the same feed before, and how far it was then from the others that are held of that time."""
    row = _earlier(off.own, given)
    if row is None:
        return
    own = off.own.subject
    shared = (evidence_of(row), source_of(row), row.at)
    quote = given.snapshot.quote
    yield Fact(own._replace(metric="venue_before"), row.value, "price", "level", *shared, currency=quote)
    limit = timedelta(minutes=float(tolerance("price").time_minutes))
    venues = {other.subject.venue for other in off.others}
    near = [
        other
        for other in given.snapshot.prices
        if (other.about, other.kind) == (own.asset, kind) and other.venue in venues and abs(other.at - row.at) <= limit
    ]
    then = [preferred([one for one in near if one.venue == venue], given)[0] for venue in {one.venue for one in near}]
    if len(then) >= LEAST - 1:
        value = percent_gap(row.value, [other.value for other in then])
        sources = tuple(dict.fromkeys((*source_of(row), *sorted(name for one in then for name in source_of(one)))))
        words = "the same against the other exchanges at that time"
        before = own._replace(metric="venue_gap_before")
        yield Fact(before, twelve_digits(value), "percent", "delta", "reported", sources, row.at, words)


def _cost(off: Off, given: Given) -> Iterator[Fact]:
    """Yield what the gap of a mark price comes to in dollars on the position for which payments are told."""
    if given.sheet.get("example_notional") is None:
        yield example_notional(given)
    notional, gap = example_notional(given), off.own.subject._replace(metric="venue_gap")
    facts = (off.own, *off.others)
    yield Fact(
        gap._replace(metric="venue_gap_money"),
        payment(off.gap, notional.number),
        "usd",
        "level",
        weakest(facts),
        tuple(dict.fromkeys(name for fact in facts for name in fact.source)),
        max(fact.as_of for fact in facts),
        f"|{gap.id}| / 100 * {notional.id}",
        (gap.id, notional.id),
    )


def _earlier_gaps(off: Off, kind: str, given: Given) -> Iterator[Fact]:
    """Yield how many earlier comparisons of the same exchange are held, and the gap of that was farthest."""
    limit = timedelta(minutes=float(tolerance("price").time_minutes))
    own = off.own.subject
    venues = {other.subject.venue for other in off.others}
    rows = [row for row in given.snapshot.prices if (row.about, row.kind) == (own.asset, kind)]
    oldest, newest = off.own.as_of - TRAILING, off.own.as_of - limit
    mine = [row for row in rows if row.venue == own.venue and oldest <= row.at < newest]
    series = _by_time((row.at, row.venue or "", row.value) for row in rows if row.venue in venues)
    found = [
        (row.at, percent_gap(row.value, others))
        for row in mine
        if len(others := _near(series, row.at, limit)) >= LEAST - 1
    ]
    yield from _held(off, own._replace(at=kind), found, "percent", "venue_gap")


def _by_time(values: Iterable[tuple[datetime, str, Decimal]]) -> list[tuple[datetime, str, Decimal]]:
    return sorted(values)


def _near(series: Sequence[tuple[datetime, str, Decimal]], at: datetime, limit: timedelta) -> list[Decimal]:
    """Return the figure of each other exchange that is of the time given, or nearly."""
    start = bisect_left(series, at - limit, key=lambda one: one[0])
    end = bisect_right(series, at + limit, key=lambda one: one[0])
    nearest: dict[str, tuple[timedelta, Decimal]] = {}
    for time, name, value in series[start:end]:
        away = abs(time - at)
        if name not in nearest or away < nearest[name][0]:
            nearest[name] = (away, value)
    return [value for _, value in nearest.values()]


def _held(
    off: Off, subject: Subject, found: Sequence[tuple[datetime, Decimal]], unit: Unit, prefix: str
) -> Iterator[Fact]:
    """Yield the farthest of earlier gaps, their number and the days they cover, where there are enough for a rank."""
    if len(found) < LEAST_PRINTS:
        return
    facts = (off.own, *off.others)
    evidence = weakest(facts)
    sources = tuple(dict.fromkeys(name for fact in facts for name in fact.source))
    of = f"{len(found)} earlier comparisons with the other exchanges in 90 days"
    at, most = max(found, key=lambda one: (abs(one[1]), one[0]))
    value = twelve_digits(most)
    gap = (subject._replace(metric="venue_gap" if prefix == "venue_gap" else "venue_rate_gap").id,)
    told = subject._replace(metric=f"{prefix}_most")
    yield Fact(told, value, unit, "delta", evidence, sources, at, f"the largest of {of}", gap)
    count = Decimal(len(found))
    told = subject._replace(metric=f"{prefix}_readings")
    yield Fact(told, count, "count", "count", evidence, sources, off.own.as_of, of, gap)
    days = Decimal(max(round((off.own.as_of - min(time for time, _ in found)) / timedelta(days=1)), 1))
    told = subject._replace(metric=f"{prefix}_days")
    yield Fact(told, days, "days", "count", evidence, sources, off.own.as_of, f"whole days that {of} cover", gap)


# Funding ----------------------------------------------------------------------------------------------


def _rates(given: Given, thresholds: Mapping[str, Decimal]) -> Iterator[Result]:
    about = coin(given.snapshot)
    group = _together(given.sheet.all("funding_8h", asset=about, at="settled"), "funding", given)
    if not group:
        yield MissingFact(Subject(about, "venue_state", at="funding"), "name", MISSING)
        return
    floor = thresholds["funding_sign_percent"]
    offs = [_rate_off(own, group) for own in group]
    opposite = [off for off in offs if is_opposite(off.own.number, [one.number for one in off.others], floor)]
    off = opposite[0] if opposite else max(offs, key=lambda one: abs(one.gap))
    state = "within the bound"
    if opposite:
        state = OTHER_SIDE
    elif abs(off.gap) >= thresholds["funding_points"]:
        state = APART if off.spread <= thresholds["funding_agree_points"] else "others disagree"
    middle = Subject(about, "venue_rate_median", None, None, EIGHT, "settled")
    others = derive(middle, off.middle, "percent", "rate", off.others, "the median of the other exchanges")
    yield others
    for name, value in (("lowest", min), ("highest", max)):
        end = middle._replace(metric=f"venue_rate_{name}")
        rates = [one.number for one in off.others]
        yield derive(end, value(rates), "percent", "rate", off.others, f"the {name} of the other exchanges")
    subject = off.own.subject._replace(metric="venue_rate_gap")
    yield derive(subject, off.gap, "points", "delta", (off.own, others), f"{off.own.id} - {others.id}")
    yield from _beside(off, off.own.subject._replace(metric=""), state, "funding")
    yield from _earlier_rates(off, given)
    own = next(fact for fact in given.sheet.all("funding_rate") if fact.id in off.own.inputs)
    if own.subject.window_hours not in (None, EIGHT):
        words = "the interval of the rate, where it is not eight hours"
        interval = off.own.subject._replace(metric="venue_rate_interval", window_hours=None)
        hours = own.subject.window_hours
        yield Fact(interval, hours, "hours", "level", own.evidence, own.source, own.as_of, words, (own.id,))
    if len({one.number > 0 for one in off.others}) == 1 and all(one.number for one in off.others):
        yield Fact(
            middle._replace(metric="venue_rate_payer"),
            "long" if off.middle > 0 else "short",
            "name",
            "entity",
            others.evidence,
            others.source,
            others.as_of,
            f"the side that pays: the sign of {others.id}",
            (others.id,),
        )


def _earlier_rates(off: Off, given: Given) -> Iterator[Fact]:
    """Yield how far the exchange was from the same others at earlier settlements, and how often as alone as now."""
    limit = timedelta(minutes=float(tolerance("funding").time_minutes))
    own = off.own.subject
    venues = {other.subject.venue for other in off.others}
    rows = [
        row
        for row in given.snapshot.funding
        if (row.about, row.kind) == (own.asset, "settled") and row.interval_hours is not None
    ]
    oldest, newest = off.own.as_of - TRAILING, off.own.as_of - limit
    rates = [
        (row.at, row.venue or "", over_eight_hours(percent(row.rate), row.interval_hours or EIGHT)) for row in rows
    ]
    series = _by_time(one for one in rates if one[1] in venues)
    mine = [one for one in rates if one[1] == own.venue and oldest <= one[0] < newest]
    held = [(at, rate, _near(series, at, limit)) for at, _, rate in mine]
    # Only settlements at which all the others settled too are compared.
    found = [(at, rate, others) for at, rate, others in held if len(others) == len(off.others)]
    gaps = [(at, rate - median(others)) for at, rate, others in found]
    made = list(_held(off, own, gaps, "points", "venue_rate"))
    yield from made
    if made:
        yield from _rate_money(off, made[0], given)
        sign = 1 if off.own.number > 0 else -1
        alone = sum(rate * sign > 0 and max(other * sign for other in others) < 0 for _, rate, others in found)
        words = f"of {made[1].formula}, those at which it was as alone on that side of zero"
        subject = own._replace(metric="venue_rate_alone")
        shared = (made[1].evidence, made[1].source, made[1].as_of)
        yield Fact(subject, Decimal(alone), "count", "count", *shared, words, made[1].inputs)


def _rate_money(off: Off, most: Fact, given: Given) -> Iterator[Fact]:
    """Yield what the present gap and the widest before it come to, on the position for which payments are told."""
    notional = example_notional(given)
    gap = off.own.subject._replace(metric="venue_rate_gap")
    for name, of, value, at in (
        ("venue_rate_gap_money", gap.id, off.gap, off.own.as_of),
        ("venue_rate_most_money", most.id, most.number, most.as_of),
    ):
        money = twelve_digits(payment(value, notional.number))
        formula = f"|{of}| / 100 * {notional.id}"
        shared = (most.evidence, most.source, at, formula, (of, notional.id))
        yield Fact(off.own.subject._replace(metric=name), money, "usd", "level", *shared)


def _rate_off(own: Fact, group: list[Fact]) -> Off:
    others = tuple(fact for fact in group if fact is not own)
    values = [other.number for other in others]
    return Off(own, others, own.number - median(values), max(values) - min(values))


# Both -------------------------------------------------------------------------------------------------


def _beside(off: Off, subject: Subject, state: str, what: str) -> Iterator[Fact]:
    """Yield the state, the others by name and number, and how far apart in time the compared figures are."""
    facts = (off.own, *off.others)
    ids = tuple(fact.id for fact in facts)
    sources = tuple(dict.fromkeys(name for fact in facts for name in fact.source))
    end = max(fact.as_of for fact in facts)
    names = SEPARATOR.join(fact.subject.venue or "" for fact in off.others)
    evidence = weakest(facts)
    words = "one exchange against the median of the others, and thresholds"
    stated = subject._replace(metric="venue_state", window_hours=None, at=what)
    yield Fact(stated, state, "name", "entity", evidence, sources, end, words, ids)
    words = "the exchanges it is compared with"
    prefix = "venue" if what == "price" else "venue_rate"
    yield Fact(subject._replace(metric=f"{prefix}_others"), names, "name", "entity", evidence, sources, end, words, ids)
    count = Decimal(len(off.others))
    yield Fact(subject._replace(metric=f"{prefix}_count"), count, "count", "count", evidence, sources, end, words, ids)
    hours = Decimal(int((end - min(fact.as_of for fact in facts)).total_seconds())) / 3600
    words = "from the earliest to the latest of the figures compared"
    apart = subject._replace(metric=f"{prefix}_apart")
    yield Fact(apart, twelve_digits(hours), "hours", "level", evidence, sources, end, words, ids)
