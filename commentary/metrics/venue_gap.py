"""One exchange against the others: how far its price, or its settled funding rate, is from their median.

Prices are compared within one kind (mark with mark) and one time, funding per eight hours and settled at one time. The
others have to agree: where they do not, it is the market that has parted. The gap of a price is percent of the others'
median, negative below it; that of a rate is percentage points over eight hours. An earlier price of the same feed tells
whether it was moving: one that stands still is a feed's trouble and no news.

The state of each is a name: "apart", "within the bound", "others disagree" or "feed unchanged"; of funding also "other
side of zero", where the others were paid by those who pay there.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median

from commentary.metrics.base import Given, Result, metric
from commentary.metrics.funding import example_notional, payment
from commentary.metrics.rows import coin
from commentary.metrics.venue_against_others import LEAST, Off, beside, percent_gap, percent_spread, together
from commentary.metrics.venue_gap_history import earlier_gaps, earlier_rates, gap_before, price_before
from commentary.metrics.venue_rate_sums import rate_sums
from commentary.records.fact import Fact, MissingFact, Subject, derive, twelve_digits

KINDS = ("mark", "index", "last", "spot")
"""Best first: liquidations go by the mark price."""
EIGHT = Decimal(8)
STORY = "venue_anomaly"
MISSING = f"the snapshot does not hold it of {LEAST} exchanges at one time"
APART = "apart"
OTHER_SIDE = "other side of zero"


@metric("venue_gap", needs=("price", "funding"))
def venue_gap(given: Given) -> Iterator[Result]:
    """Yield the exchange that is farthest from the others: by its price, of the best kind, then by its funding."""
    thresholds = given.limits(STORY)
    yield from _prices(given, thresholds)
    yield from _rates(given, thresholds)


def is_opposite(rate: Decimal, others: Sequence[Decimal], floor: Decimal) -> bool:
    """Say whether a rate is on another side of zero than all others, each at least `floor` away from it."""
    return (rate <= -floor and min(others) >= floor) or (rate >= floor and max(others) <= -floor)


def _prices(given: Given, thresholds: Mapping[str, Decimal]) -> Iterator[Result]:
    about = coin(given.snapshot)
    groups = {kind: together(given.sheet.all("price", asset=about, at=kind), "price", given) for kind in KINDS}
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
    yield from beside(off, off.own.subject._replace(metric="", at=kind), state, "price")
    spread = off.own.subject._replace(metric="venue_spread", venue=None)
    words = "(the highest - the lowest) / the median * 100"
    yield derive(spread, off.spread, "percent", "level", off.others, words)
    yield from gap_before(off, kind, given)
    yield from earlier_gaps(off, kind, given)
    if off.gap:
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
    earlier = price_before(off.own, given)
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
    gap = off.own.subject._replace(metric="venue_gap")
    return Fact(
        gap._replace(metric="venue_gap_against"),
        "short" if off.gap > 0 else "long",
        "name",
        "entity",
        off.evidence,
        off.sources,
        off.as_of,
        f"the side whose margin it lowers: the sign of {gap.id}",
        (gap.id,),
    )


def _cost(off: Off, given: Given) -> Iterator[Fact]:
    """Yield what the gap of a price comes to in dollars on the position for which payments are told."""
    if given.sheet.get("example_notional") is None:
        yield example_notional(given)
    notional, gap = example_notional(given), off.own.subject._replace(metric="venue_gap")
    yield Fact(
        gap._replace(metric="venue_gap_money"),
        payment(off.gap, notional.number),
        "usd",
        "level",
        off.evidence,
        off.sources,
        off.as_of,
        f"|{gap.id}| / 100 * {notional.id}",
        (gap.id, notional.id),
    )


def _middle_money(middle: Fact, given: Given) -> Iterator[Fact]:
    """Yield what the others' median rate comes to in dollars on the position for which payments are told."""
    if given.sheet.get("example_notional") is None:
        yield example_notional(given)
    notional = example_notional(given)
    subject = middle.subject._replace(metric="venue_rate_median_money")
    money = twelve_digits(payment(middle.number, notional.number))
    formula = f"|{middle.id}| / 100 * {notional.id}"
    shared = (middle.evidence, middle.source, middle.as_of, formula, (middle.id, notional.id))
    yield Fact(subject, money, "usd", "level", *shared)


def _rates(given: Given, thresholds: Mapping[str, Decimal]) -> Iterator[Result]:
    about = coin(given.snapshot)
    group = together(given.sheet.all("funding_8h", asset=about, at="settled"), "funding", given)
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
    yield from _middle_money(others, given)
    for name, value in (("lowest", min), ("highest", max)):
        end = middle._replace(metric=f"venue_rate_{name}")
        rates = [one.number for one in off.others]
        yield derive(end, value(rates), "percent", "rate", off.others, f"the {name} of the other exchanges")
    subject = off.own.subject._replace(metric="venue_rate_gap")
    yield derive(subject, off.gap, "points", "delta", (off.own, others), f"{off.own.id} - {others.id}")
    yield from beside(off, off.own.subject._replace(metric=""), state, "funding")
    yield from earlier_rates(off, given)
    own = next(fact for fact in given.sheet.all("funding_rate") if fact.id in off.own.inputs)
    if own.subject.window_hours not in (None, EIGHT):
        words = "the interval of the rate, where it is not eight hours"
        interval = off.own.subject._replace(metric="venue_rate_interval", window_hours=None)
        hours = own.subject.window_hours
        yield Fact(interval, hours, "hours", "level", own.evidence, own.source, own.as_of, words, (own.id,))
        yield from rate_sums(off, given)
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


def _rate_off(own: Fact, group: list[Fact]) -> Off:
    others = tuple(fact for fact in group if fact is not own)
    values = [other.number for other in others]
    return Off(own, others, own.number - median(values), max(values) - min(values))
