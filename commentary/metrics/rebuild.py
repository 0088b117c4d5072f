"""Rebuild: how much of an earlier fall in open interest is back, in coin.

The fall is the largest over 24 hours, to any hour, that ended within 14 days; the low is the lowest level since that
fall began, and the depth is percent from the level before the fall to the low. What is back is percent of the coins
between the two, so that 100 is all of it. Hours are counted from the low to the first row with half of it back. Rows
are those of one venue and source, all exchanges before one. Falls too small to be followed up, by the thresholds of
data/stories/rebuild.toml, give no facts: the open interest of two weeks ago is no figure of the day.

Price moves are between closes of one series: a text may not set a mark price against a last price.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from commentary.metrics.bars import Candles, closing
from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.held_points import Point, held_points, larger, point_at, same_way, windows
from commentary.metrics.history import DAYS_NEEDED, row_at, too_short
from commentary.metrics.holdings import Holding, holdings
from commentary.metrics.moves import percent_change
from commentary.metrics.rows import coin, evidence_of, stale_at
from commentary.records.fact import Fact, MissingFact, Subject, derive, twelve_digits

DAY = Decimal(24)
ONE_DAY = timedelta(days=1)
LOOK_BACK = timedelta(days=14)
"""A desk remembers a flush for about two weeks; what is older is no follow-up."""
HUNDRED = Decimal(100)
STORY = "rebuild"
OF_THE_FALL = "the fall"
"""Tells the liquidations of those 24 hours from those of other days."""


class Before(NamedTuple):
    """What is held of the time before a fall."""

    days: int
    """The 24 hours, end to end, of which both ends are known."""
    larger: int
    """The falls over 24 hours that were larger, to whatever hour, apart from each other."""


class Flush(NamedTuple):
    """A fall and what came of it."""

    start: Point
    end: Point
    """Of the 24 hours of the largest fall."""
    low: Point
    half: Point | None
    """The first point after the low with half of the loss back."""
    now: Point


@metric("rebuild", needs=("price", "open_interest", "liquidations"))
def rebuild(given: Given) -> Iterator[Result]:
    """Yield the fall, its low, what is back and how long that took, and what price did since."""
    about = coin(given.snapshot)
    missing = Subject(about, "reset_share")
    held = next((one for one in holdings(given) if one.asset == about and not one.place and not one.at), None)
    if held is None or stale_at("open_interest", held.rows[0].at, given.now):
        yield MissingFact(missing, "percent", "no current open interest of one series is held")
        return
    points = held_points(given, held)
    now = given.sheet.get("oi_coin", asset=about, venue=held.venue)
    if now is None or not points or points[-1].time != now.as_of:
        yield MissingFact(missing, "percent", "the newest row of open interest does not say it in coin")
        return
    found = flush(points)
    if found is None:
        reason = "the rows of open interest in coin hold no day of the last two weeks on which it fell"
        yield MissingFact(missing, "percent", reason)
        return
    before = _before(found, points)
    thresholds = given.limits(STORY)
    if reason := not_to_be_followed(found, before, thresholds):
        yield MissingFact(missing, "percent", reason)
        return
    yield from _facts(held, found, before, now)
    yield from _price(given, held, found)
    yield from _liquidated(given, found)


def not_to_be_followed(found: Flush, before: Before, thresholds: Mapping[str, Decimal]) -> str:
    """Return why a fall is none that a rebuild is told of; empty where it is.

    Args:
        found: the fall.
        before: what is held of the time before it.
        thresholds: those of data/stories/rebuild.toml.
    """
    fall = percent_change(found.start.value, found.end.value)
    if found.low.time >= found.now.time:
        return "open interest is at its low of the last two weeks"
    told = f"the largest fall over 24 hours in the last two weeks is {-fall:.1f}%"
    if fall > thresholds["fall_percent"]:
        return f"{told}, under the floor of {-thresholds['fall_percent']:f}%"
    if before.days < DAYS_NEEDED:
        enough = fall <= thresholds["fall_alone_percent"]
        return "" if enough else f"{told}, and too few days before it are held to call it large"
    place = 1 + before.larger
    enough = place <= thresholds["fall_rank"] or fall <= thresholds["fall_alone_percent"]
    return "" if enough else f"{told}, number {place} in the {before.days} days before it"


def flush(points: Sequence[Point]) -> Flush | None:
    """Return the largest fall over 24 hours that ended in the last two weeks; None where no day ended lower.

    Args:
        points: of one series, oldest first; the last is now.
    """
    falls = [
        (end.value / start.value, start, end)
        for end in points
        if end.time >= points[-1].time - LOOK_BACK and (start := point_at(points, end.time - ONE_DAY)) is not None
    ]
    if not falls:
        return None
    left, start, end = min(falls, key=lambda fall: (fall[0], fall[2].time))
    if left >= 1:
        return None
    low = min((point for point in points if point.time > start.time), key=lambda point: (point.value, point.time))
    bound = low.value + (start.value - low.value) / 2
    half = next((point for point in points if point.time > low.time and point.value >= bound), None)
    return Flush(start, end, low, half, points[-1])


def _facts(held: Holding, found: Flush, before: Before, now: Fact) -> Iterator[Result]:
    about = held.subject("")
    shared = (held.evidence, held.source)

    def level(name: str, point: Point) -> Fact:
        return Fact(about._replace(metric=name), point.value, "coin", "level", *shared, point.time)

    start, end, low = level("reset_from", found.start), level("reset_to", found.end), level("reset_low", found.low)
    yield from (start, end, low)
    day = about._replace(metric="reset_fall", window_hours=DAY)
    fall = percent_change(found.start.value, found.end.value)
    yield derive(day, fall, "percent", "delta", (end, start), "(reset_to / reset_from - 1) * 100")
    yield from _place(held, found, before, day)
    hours = twelve_digits(Decimal(int((found.low.time - found.start.time).total_seconds())) / 3600)
    depth = about._replace(metric="reset_depth", window_hours=hours)
    whole = percent_change(found.start.value, found.low.value)
    yield derive(depth, whole, "percent", "delta", (low, start), "(reset_low / reset_from - 1) * 100")
    lost = derive(
        about._replace(metric="reset_lost"),
        low.number - start.number,
        "coin",
        "delta",
        (low, start),
        "reset_low - reset_from",
    )
    yield lost
    half = derive(
        about._replace(metric="reset_half_regain"),
        low.number + (start.number - low.number) / 2,
        "coin",
        "level",
        (low, start),
        "reset_low + (reset_from - reset_low) / 2",
    )
    yield half
    yield derive(about._replace(metric="reset_full_regain"), start.number, "coin", "level", (start,), "reset_from")
    half_of_it = about._replace(metric="reset_half_share")
    words = "(reset_half_regain - reset_low) / -reset_lost"
    yield derive(half_of_it, Decimal("0.5"), "ratio", "ratio", (half, low, lost), words)
    subject = about._replace(metric="reset_back")
    back = derive(subject, now.number - low.number, "coin", "delta", (now, low), "oi_coin - reset_low")
    yield back
    yield derive(
        about._replace(metric="reset_share"),
        -back.number / lost.number * HUNDRED,
        "percent",
        "share",
        (back, lost),
        "reset_back / -reset_lost * 100",
    )
    yield derive(
        about._replace(metric="reset_half_kept"),
        low.number + (now.number - low.number) / 2,
        "coin",
        "level",
        (low, now),
        "reset_low + (oi_coin - reset_low) / 2",
    )
    if now.number < start.number:
        subject = about._replace(metric="reset_missing")
        yield derive(subject, start.number - now.number, "coin", "delta", (start, now), "reset_from - oi_coin")
        share = percent_change(start.number, now.number)
        subject = about._replace(metric="reset_short")
        yield derive(subject, share, "percent", "delta", (now, start), "(oi_coin / reset_from - 1) * 100")
    yield from _hours(held, found)


def _hours(held: Holding, found: Flush) -> Iterator[Result]:
    """Yield how long it took until half was back, and how long ago that was."""
    about = held.subject("reset_hours")
    if found.half is None:
        yield MissingFact(about, "hours", "half of the loss is not back")
        return
    for name, start, end, words in (
        ("reset_hours", found.low.time, found.half.time, "from reset_low to the first row with reset_half_regain"),
        ("reset_age", found.half.time, found.now.time, "from the first row with reset_half_regain to the newest"),
    ):
        hours = Decimal(int((end - start).total_seconds())) / 3600
        at = found.half.time if name == "reset_hours" else found.now.time
        subject = about._replace(metric=name)
        yield Fact(subject, twelve_digits(hours), "hours", "level", held.evidence, held.source, at, words)


def _before(found: Flush, points: Sequence[Point]) -> Before:
    """Return how many days before the fall are held, and how many falls over 24 hours by its start were larger."""
    days = (found.end.time - points[0].time) // ONE_DAY
    levels = [point_at(points, found.end.time - count * ONE_DAY) for count in range(1, days + 1)]
    known = sum(1 for after, before in pairwise(levels) if after is not None and before is not None)
    fall = percent_change(found.start.value, found.end.value)
    return Before(known, larger(same_way(windows(points, ONE_DAY), fall, found.start.time), fall))


def _place(held: Holding, found: Flush, before: Before, day: Subject) -> Iterator[Result]:
    """Yield where the fall stands among the days before it, in the same series."""
    subject = day._replace(metric="reset_rank")
    if before.days < DAYS_NEEDED:
        yield MissingFact(subject, "count", too_short("the fall", before.days))
        return
    place = Decimal(1 + before.larger)
    shared = (held.evidence, held.source, found.end.time)
    yield Fact(
        subject, place, "count", "count", *shared, "1 + the larger falls over 24 hours before it, apart from each other"
    )
    about = Subject(held.asset, "history_days", None, held.venue, None, "open interest before the fall")
    yield Fact(about, Decimal(before.days), "days", "count", *shared, "the earlier days with a known change")


def _price(given: Given, held: Holding, found: Flush) -> Iterator[Result]:
    """Yield the closes at the low and before the fall, the newest close, and the changes to it."""
    for made in given.candles:
        if stale_at("price_change", made.end, given.now - made.interval):
            continue
        then = _close(made, found.low.time, given, "reset_price_then")
        if then is None or made.bars[-1].end <= then.as_of:
            continue
        now = _close(made, made.end, given, "reset_price_now")
        before = _close(made, found.start.time, given, "reset_price_before")
        if now is None:
            continue
        yield from (then, now)
        yield _change("reset_price_change", then, now)
        if before is not None:
            yield before
            yield _change("reset_price_gap", before, now)
        return
    reason = "the snapshot holds no candles from the low to now"
    yield MissingFact(Subject(held.asset, "reset_price_change"), "percent", reason)


def _liquidated(given: Given, found: Flush) -> Iterator[Fact]:
    """Yield both sides of what was recorded over the 24 hours of the fall, in the series of the newest day."""
    total = given.sheet.get("liq_total", asset=given.snapshot.asset, window=DAY)
    if total is None or total.as_of <= found.end.time:
        return
    own = (total.subject.asset, total.subject.venue, total.subject.window_hours, total.source)
    rows = [
        row for row in given.snapshot.liquidations if (row.about, row.venue, row.window_hours, source_of(row)) == own
    ]
    row = row_at(rows, found.end.time)
    if row is None or row.long_usd is None or row.short_usd is None or row.at == total.as_of:
        return
    shared = (evidence_of(row), source_of(row), row.at)
    subject = total.subject._replace(metric="liq_previous_size", at=OF_THE_FALL)
    yield Fact(subject._replace(side="long"), row.long_usd, "usd", "level", *shared)
    yield Fact(subject._replace(side="short"), row.short_usd, "usd", "level", *shared)


def _close(made: Candles, when: datetime, given: Given, name: str) -> Fact | None:
    """Return the last close at a time; None where no bar ended within one bar's length before it."""
    bar = next((bar for bar in reversed(made.bars) if bar.end <= when), None)
    if bar is None or when - bar.end >= made.interval:
        return None
    return closing(made, bar, given, name, "the last close of a candle by then")


def _change(name: str, first: Fact, last: Fact) -> Fact:
    words = f"({last.id} / {first.id} - 1) * 100"
    subject = first.subject._replace(metric=name)
    return derive(subject, percent_change(first.number, last.number), "percent", "delta", (last, first), words)
