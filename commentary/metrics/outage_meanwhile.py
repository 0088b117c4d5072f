"""While an exchange is out: the counts that take it in, and what prices did on another exchange.

While an exchange is out its feeds may be silent, and what is silent is not calm: a count of liquidations that takes in
such hours is compared with no other, and prices of other exchanges are told of them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from commentary.metrics.bars import Candles, highest, lowest
from commentary.metrics.base import Given, Result
from commentary.metrics.history import DAYS_NEEDED, rank
from commentary.metrics.moves import percent_change
from commentary.metrics.notice_events import Event
from commentary.metrics.rows import coin
from commentary.records.fact import Fact, Flag, Subject, derive, twelve_digits

DAY = timedelta(hours=24)
NEAR = timedelta(hours=1)
"""Prices further apart in time say nothing of a gap between exchanges."""


def silent(event: Event, given: Given) -> Iterator[Result]:
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


def priced_apart(event: Event, given: Given) -> Iterator[Fact]:
    """Yield how far the exchange's mark price is from that of the first other exchange with one of the same hour."""
    marks = given.sheet.all("price", asset=event.first.about, at="mark")
    own = next((mark for mark in marks if mark.subject.venue == event.first.venue), None)
    others = [mark for mark in marks if own is not None and mark.subject.venue not in (None, event.first.venue)]
    for other in others:
        if own is not None and abs(own.as_of - other.as_of) <= NEAR:
            gap = percent_change(other.number, own.number)
            subject = own.subject._replace(metric="outage_gap")
            yield derive(subject, gap, "percent", "delta", (own, other), f"({own.id} / {other.id} - 1) * 100")
            return


def meanwhile(event: Event, given: Given) -> Iterator[Result]:
    """Yield what prices did on the first other exchange that has candles from the notice on."""
    for made in given.candles:
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
