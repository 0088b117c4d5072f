"""A price band that somebody marked: where price stands to it, and what four-hour closes made of it.

A support band is held when a four-hour candle closes above its top after a touch, broken when two in a row
close below its foot, and reclaimed when one closes above the foot after that; a resistance band is the
mirror image. One wick settles nothing. The band is its author's opinion, so its source is named.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from commentary.metrics.bars import Candle, Candles, resampled
from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.rows import coin
from commentary.records.fact import Evidence, Fact, MissingFact, Subject, derive, weakest
from commentary.records.snapshot import PriceLevel

HOURS = 4
CLOSE = timedelta(hours=HOURS)
CLOSES_TO_BREAK = 2

State = Literal["untested", "touched", "inside", "held", "broken", "reclaimed"]


class Band(NamedTuple):
    """A band from its foot to its top."""

    kind: Literal["support", "resistance"]
    low: Decimal
    high: Decimal
    marked: datetime

    def holds(self, price: Decimal) -> bool:
        """Say whether a price lies in it, its edges included."""
        return self.low <= price <= self.high

    def beyond(self, price: Decimal) -> bool:
        """Say whether a price lies past it: below a support, above a resistance."""
        return price < self.low if self.kind == "support" else price > self.high

    def back(self, price: Decimal) -> bool:
        """Say whether a price lies back across the edge that was broken."""
        return price > self.low if self.kind == "support" else price < self.high

    def held_by(self, price: Decimal) -> bool:
        """Say whether a price lies on the side that the band defends: above a support, below a resistance."""
        return price > self.high if self.kind == "support" else price < self.low

    def touched_by(self, bar: Candle) -> bool:
        """Say whether a bar traded in it."""
        return bar.low <= self.high and bar.high >= self.low


@metric("band", needs=("price",))
def band(given: Given) -> Iterator[Result]:
    """Return the newest band with both edges, the price's distance to them, and its state."""
    about = coin(given.snapshot)
    rows = [row for row in given.snapshot.price_levels if row.about == about and row.low and row.high]
    price = given.sheet.get("price", asset=about)
    if not rows:
        reason = "the snapshot holds no band with a foot and a top"
        yield MissingFact(Subject(about, "band_low"), "price", reason)
        return
    newest = max(row.at for row in rows)
    row = min((row for row in rows if row.at == newest), key=lambda each: _rank(each, price))
    marked = Band(row.kind, row.low or Decimal(0), row.high or Decimal(0), row.at)
    edges = _edges(row, marked, given)
    yield from edges
    low, high, _ = edges
    if price is not None and marked.holds(price.number):
        yield _distance("band_to_foot", price, low, low, price)
        yield _distance("band_to_top", high, price, high, price)
    yield from _outcome(marked, edges, price, given)


def state_of(marked: Band, closes: Sequence[Candle], first_touch: datetime | None, price: Decimal | None) -> State:
    """Return what became of a band since it was marked; the last outcome stands until the next.

    Args:
        marked: the band.
        closes: four-hour bars that closed since then, oldest first.
        first_touch: the end of the first bar that traded in it.
        price: the price now, or None where it is not known.
    """
    outcome: State | None = None
    past = 0
    for bar in closes:
        past = past + 1 if marked.beyond(bar.close) else 0
        if past >= CLOSES_TO_BREAK:
            outcome = "broken"
        elif outcome == "broken":
            outcome = "reclaimed" if marked.back(bar.close) else outcome
        elif outcome is None and marked.held_by(bar.close):
            outcome = "held" if first_touch is not None and first_touch <= bar.end else outcome
    if outcome is not None:
        return outcome
    if price is not None and marked.holds(price):
        return "inside"
    return "untested" if first_touch is None else "touched"


def _rank(row: PriceLevel, price: Fact | None) -> tuple[object, ...]:
    """Order bands of one time: the one around the price, support, the lower, the one with a source."""
    low, high = row.low or Decimal(0), row.high or Decimal(0)
    around = price is not None and low <= price.number <= high
    return not around, row.kind != "support", low, high, row.venue or "", row.source is None, row.source or ""


def _edges(row: PriceLevel, marked: Band, given: Given) -> list[Fact]:
    evidence: Evidence = "reported" if row.source else "asserted"
    edges = [
        Fact(
            Subject(row.about, name, venue=row.venue, at=row.kind),
            value,
            "price",
            "level",
            evidence,
            source_of(row),
            row.at,
            currency=given.snapshot.quote,
        )
        for name, value in (("band_low", marked.low), ("band_high", marked.high))
    ]
    subject = Subject(row.about, "band_marked", venue=row.venue, at=row.kind)
    return [*edges, Fact(subject, row.at, "time", "time", evidence, source_of(row), row.at)]


def _distance(name: str, upper: Fact, lower: Fact, edge: Fact, price: Fact) -> Fact:
    return derive(
        edge.subject._replace(metric=name),
        upper.number - lower.number,
        "price",
        "delta",
        (upper, lower),
        f"{upper.id} - {lower.id}",
        as_of=price.as_of,
    )


class Closes(NamedTuple):
    """What four-hour candles say of the time since a band was marked."""

    made: Candles
    bars: tuple[Candle, ...]
    first_touch: datetime | None


def _closes(marked: Band, given: Given) -> Closes | None:
    """Return the closes since the band was marked, of the first series that holds each of them."""
    for made in given.candles:
        bars = [bar for bar in resampled(made, HOURS) if bar.end > marked.marked]
        if not bars or bars[0].end - marked.marked > CLOSE or given.as_of - bars[-1].end > CLOSE:
            continue
        if len(bars) * CLOSE != bars[-1].end - bars[0].end + CLOSE:
            continue
        # A bar that began before the band was marked may have traded in it then; its close came after.
        touches = [bar.end for bar in bars if marked.holds(bar.close)]
        later = [bar for bar in made.bars if bar.end - made.interval >= marked.marked]
        touches += [bar.end for bar in later if marked.touched_by(bar)]
        return Closes(made, tuple(bars), min(touches, default=None))
    return None


def _outcome(marked: Band, edges: list[Fact], price: Fact | None, given: Given) -> Iterator[Result]:
    subject = edges[0].subject._replace(metric="band_state")
    closes = _closes(marked, given)
    if closes is None:
        if price is not None and marked.holds(price.number):
            yield _state(subject, "inside", (*edges, price))
        else:
            yield MissingFact(subject, "name", _why_missing(marked, given))
        return
    extremes = _extremes(closes, edges, given)
    yield from extremes
    state = state_of(marked, closes.bars, closes.first_touch, price.number if price else None)
    yield _state(subject, state, (*edges, *extremes, *((price,) if price else ())))


def _extremes(closes: Closes, edges: list[Fact], given: Given) -> tuple[Fact, Fact]:
    made, bars = closes.made, closes.bars
    lowest, highest = (
        Fact(
            Subject(coin(given.snapshot), name, venue=made.series.venue, window_hours=Decimal(HOURS)),
            value,
            "price",
            "level",
            made.evidence,
            made.source,
            bars[-1].end,
            f"of {len(bars)} four-hour closes since the band was marked",
            (edges[2].id,),
            currency=given.snapshot.quote,
        )
        for name, value in (
            ("band_lowest_close", min(bar.close for bar in bars)),
            ("band_highest_close", max(bar.close for bar in bars)),
        )
    )
    return lowest, highest


def _state(subject: Subject, state: State, inputs: tuple[Fact, ...]) -> Fact:
    return Fact(
        subject,
        state,
        "name",
        "entity",
        weakest(inputs),
        tuple(dict.fromkeys(name for fact in inputs for name in fact.source)),
        max(fact.as_of for fact in inputs),
        "price against the band, and the four-hour closes since it was marked",
        tuple(fact.id for fact in inputs),
    )


def _why_missing(marked: Band, given: Given) -> str:
    if given.as_of - marked.marked < CLOSE:
        return "no four-hour candle is known to have closed since the band was marked"
    when = f"{marked.marked:%H:%M} UTC on {marked.marked:%Y-%m-%d}"
    return f"the snapshot does not hold every four-hour close since the band was marked at {when}"
