"""Candles as metrics read them: one series a venue, finished bars only, longer bars made of shorter ones.

The time of a bar is its start; its close holds at its end. A bar that ends after the snapshot is not
finished: its close is no close yet, so it is left out. So is one that stands apart from what its
exchange or the others say of the same time (a conflict that names it): a text of it would tell a slip.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from commentary.metrics.base import Given, newest, source_of
from commentary.metrics.holdings import of_unit
from commentary.metrics.rows import coin, evidence_of, says_itself, stale_at
from commentary.records.fact import Evidence, Fact, Subject
from commentary.records.snapshot import Bar, CandleSeries, Conflict, Snapshot, bars_left_out

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WEEK = timedelta(days=7)


class Candle(NamedTuple):
    """A finished bar by its end."""

    end: datetime
    low: Decimal
    high: Decimal
    close: Decimal


class Candles(NamedTuple):
    """The finished bars of one series, oldest first; never empty."""

    series: CandleSeries
    interval: timedelta
    bars: tuple[Candle, ...]
    doubted: datetime | None = None
    """The start of the newest bar that is left out, since it stands apart from what others show of its time."""

    @property
    def end(self) -> datetime:
        """The end of the newest bar."""
        return self.bars[-1].end

    @property
    def source(self) -> tuple[str, ...]:
        """Who says so."""
        return source_of(self.series)

    @property
    def evidence(self) -> Evidence:
        """How good it is: the exchange's own candles are observed, a vendor's reported."""
        return evidence_of(self.series)

    def close_at(self, when: datetime) -> Decimal | None:
        """Return the close of the bar that ends exactly at `when`."""
        return next((bar.close for bar in reversed(self.bars) if bar.end == when), None)

    def within(self, start: datetime, end: datetime) -> list[Candle]:
        """Return the bars that lie wholly between two times."""
        return [bar for bar in self.bars if bar.end - self.interval >= start and bar.end <= end]

    def complete(self, start: datetime, end: datetime) -> list[Candle] | None:
        """Return the bars between two times, or None where they leave a gap."""
        found = self.within(start, end)
        return found if found and len(found) * self.interval == end - start else None


def closing(made: Candles, bar: Candle, given: Given, name: str, words: str) -> Fact:
    """Return the close of a bar as a fact of a name, of the time at which the bar ended."""
    return Fact(
        Subject(coin(given.snapshot), name, venue=made.series.venue),
        bar.close,
        "price",
        "level",
        made.evidence,
        made.source,
        bar.end,
        words,
        currency=given.snapshot.quote,
    )


def candles(snapshot: Snapshot, conflicts: tuple[Conflict, ...], now: datetime) -> tuple[Candles, ...]:
    """Return the series of the snapshot's coin, the one to use first.

    Metrics read them from what they are given: there may be tens of thousands of bars, and most metrics ask for them.

    Fresh before stale, one without a bar of the last week that stands apart before one with, the exchange itself before
    a vendor, then the newest end, the exchange whose open interest is told, the longest series, the finest bars, then
    venue and source by name.
    """
    told = _exchange_of_open_interest(snapshot)
    left_out = bars_left_out(conflicts)
    made = [
        finished
        for place, series in enumerate(snapshot.candles)
        if series.about == coin(snapshot)
        and (finished := _finished(series, snapshot.as_of, left_out.get(place, frozenset()))) is not None
    ]
    made.sort(
        key=lambda each: (
            stale_at("candle", each.end, now),
            each.doubted is not None and each.end - each.doubted <= WEEK,
            not says_itself(each.series),
            now - each.end,
            each.series.venue != told,
            each.bars[0].end - each.end,
            each.interval,
            each.series.venue or "",
            each.series.source or "",
        ),
    )
    return tuple(made)


def _exchange_of_open_interest(snapshot: Snapshot) -> str | None:
    """Return the exchange with the most open interest in coin: one text's price and positions are of one place."""
    about = coin(snapshot)
    held = [
        (amount, row.venue)
        for row in newest(snapshot.open_interest)
        if row.about == about and row.venue not in (None, "all") and (amount := of_unit(row, "coin")) is not None
    ]
    return max(held, key=lambda one: (one[0], one[1] or ""), default=(0, None))[1]


def resampled(made: Candles, hours: int) -> list[Candle]:
    """Return bars of `hours`, counted from midnight UTC, made of the shorter bars that fill them."""
    length = timedelta(hours=hours)
    if made.interval == length:
        return list(made.bars)
    if made.interval > length or length % made.interval:
        return []
    groups: dict[datetime, list[Candle]] = {}
    for bar in made.bars:
        start = bar.end - made.interval
        groups.setdefault(start - (start - EPOCH) % length, []).append(bar)
    return [
        Candle(start + length, lowest(group), highest(group), group[-1].close)
        for start, group in groups.items()
        if len(group) * made.interval == length
    ]


def lowest(bars: Iterable[Candle]) -> Decimal:
    """Return the lowest price that was traded in the bars."""
    return min(bar.low for bar in bars)


def highest(bars: Iterable[Candle]) -> Decimal:
    """Return the highest price that was traded in the bars."""
    return max(bar.high for bar in bars)


def _finished(series: CandleSeries, as_of: datetime, left_out: frozenset[int]) -> Candles | None:
    interval = timedelta(minutes=float(series.interval_minutes))
    ended = [(place, bar) for place, bar in enumerate(series.bars) if bar.time + interval <= as_of]
    bars = tuple(_candle(bar, interval) for place, bar in ended if place not in left_out)
    doubted = [bar.time for place, bar in ended if place in left_out]
    return Candles(series, interval, bars, max(doubted, default=None)) if bars else None


def _candle(bar: Bar, interval: timedelta) -> Candle:
    return Candle(bar.time + interval, bar.low, bar.high, bar.close)
