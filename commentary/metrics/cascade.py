"""Cascade arithmetic: a modelled sum against a day's volume, and how often a day's price went as far as its level.

None of it says what comes. The volume is what one exchange traded in 24 hours, in US dollars, while a map may cover
other exchanges. The base rate counts UTC days, which do not overlap, the one that is not over as far as it has come:
those on which the lowest price (of a level of longs; the highest of one of shorts) was as far from the day's open as
the level is from the price, or further. price_base_last is the newest of those days on which price was beyond the level
itself, missing where it was on none. The days are those of the longest series of one exchange by one source. It goes
by last prices, while liquidations go by the mark price. Depth and what lies beyond a cluster are facts
of order_book and clusters; here the price to which orders were counted, and what a further sum of a map adds.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from commentary.metrics.bars import Candles, highest, lowest
from commentary.metrics.base import Given, Result, metric
from commentary.metrics.history import DAYS_NEEDED
from commentary.metrics.maps import SIDES, percent_from
from commentary.metrics.rows import coin, stale_at
from commentary.records.fact import Fact, MissingFact, Side, Subject, derive, twelve_digits, weakest

DAY = timedelta(days=1)
_LEVELS = (("cluster_near", "cluster_distance"), ("reach_price", "reach_distance"))
_SIZES = (("reach_size", "reach_volume_share"), ("cluster_size", "cluster_volume_share"))


class UtcDay(NamedTuple):
    """A day from midnight UTC, of which every candle is held; the newest may not be over."""

    start: datetime
    open: Decimal
    low: Decimal
    high: Decimal

    def reached(self, side: Side, percent: Decimal) -> bool:
        """Say whether its low (high) was as far from its open as `percent` below (above), or further."""
        away = percent_from(self.open, self.low if side == "long" else self.high)
        return away <= percent if side == "long" else away >= percent

    def beyond(self, side: Side, level: Decimal) -> bool:
        """Say whether its low was under a level of longs, or its high above one of shorts."""
        return self.low < level if side == "long" else self.high > level


@metric("cascade", needs=("price", "reach", "clusters", "order_book"))
def cascade(given: Given) -> Iterator[Result]:
    """Yield day_volume and sums against it, price_base with its days, depth_price, and what further sums add."""
    yield from _volume(given)
    yield from _base(given)
    for depth in given.sheet.all("depth"):
        at = depth.subject.at or ""
        if at.replace(".", "", 1).isdigit():
            shared = (depth.evidence, depth.source, depth.as_of)
            words = "where the orders were counted to"
            subject = depth.subject._replace(metric="depth_price")
            yield Fact(subject, Decimal(at), "price", "level", *shared, words, (depth.id,), given.snapshot.quote)
    yield from _beyond(given)


def utc_days(made: Candles) -> list[UtcDay]:
    """Return a series' days from midnight to midnight UTC that its bars fill, oldest first, and the day so far."""
    if made.interval > DAY or DAY % made.interval:
        return []
    opens = {bar.time: bar.open for bar in made.series.bars}
    days: dict[datetime, list[int]] = {}
    for place, bar in enumerate(made.bars):
        start = bar.end - made.interval
        days.setdefault(start.replace(hour=0, minute=0, second=0, microsecond=0), []).append(place)
    found = []
    for start, places in days.items():
        bars = [made.bars[place] for place in places]
        aligned = bars[0].end - made.interval == start
        until = made.end if made.bars[places[-1]] is made.bars[-1] else start + DAY
        if aligned and len(bars) * made.interval == until - start:
            found.append(UtcDay(start, opens[start], lowest(bars), highest(bars)))
    return found


def _volume(given: Given) -> Iterator[Result]:
    about = coin(given.snapshot)
    subject = Subject(about, "day_volume", window_hours=Decimal(24))
    volume = next((found for made in given.candles if (found := _traded(made, subject, given)) is not None), None)
    if volume is None:
        yield MissingFact(subject, "usd", "the snapshot holds no 24 hours of candles with their volume")
        return
    yield volume
    if not volume.number:
        return
    for name, share in _SIZES:
        for side in SIDES:
            size = given.sheet.get(name, asset=about, side=side)
            if size is not None:
                value = size.number / volume.number * 100
                words = f"{name} / day_volume * 100"
                yield derive(size.subject._replace(metric=share), value, "percent", "share", (size, volume), words)


def _traded(made: Candles, subject: Subject, given: Given) -> Fact | None:
    """Return what a series traded in the 24 hours to its newest bar, where each bar says it."""
    bars = made.complete(made.end - DAY, made.end)
    if bars is None or stale_at("candle", made.end, given.now):
        return None
    said = {bar.time: bar.volume_usd for bar in made.series.bars}
    volumes = [said[bar.end - made.interval] for bar in bars]
    told = [volume for volume in volumes if volume is not None]
    if len(told) < len(volumes):
        return None
    total = twelve_digits(sum(told, Decimal(0)))
    shared = (made.evidence, made.source, made.end)
    words = f"the volume of {len(told)} candles"
    return Fact(subject._replace(venue=made.series.venue), total, "usd", "level", *shared, words)


def _base(given: Given) -> Iterator[Result]:
    about = coin(given.snapshot)
    levels = [
        (level, distance)
        for name, far in _LEVELS
        for side in SIDES
        if (level := given.sheet.get(name, asset=about, side=side)) is not None
        and (distance := given.sheet.get(far, asset=about, side=side, at=level.subject.at)) is not None
        and (distance.number < 0) == (side == "long")
        and distance.number
    ]
    if not levels:
        return
    series = [(made, utc_days(made)) for made in given.candles if not stale_at("candle", made.end, given.now)]
    enough = next((made for made, days in series if _over(days, made) >= DAYS_NEEDED), None)
    if enough is None:
        most = max((_over(days, made) for made, days in series), default=0)
        reason = f"a base rate needs {DAYS_NEEDED} UTC days of candles, the snapshot holds {most}"
        yield MissingFact(Subject(about, "price_base"), "count", reason)
        return
    same = [(made, days) for made, days in series if _giver(made) == _giver(enough)]
    made = max((made for made, _ in same), key=lambda one: one.end)
    # The series that is longest need not be the one that reaches into the day: a daily one ends at midnight.
    by_start = {day.start: day for _, days in sorted(same, key=lambda one: len(one[1])) for day in days}
    days = list(by_start.values())
    held = Fact(
        Subject(about, "price_base_days", venue=made.series.venue),
        Decimal(len(days)),
        "days",
        "count",
        made.evidence,
        made.source,
        made.end,
        "UTC days of finished candles, the last one so far",
    )
    yield held
    for level, distance in levels:
        count = sum(day.reached(level.side, distance.number) for day in days)
        word = "low was as far below" if level.side == "long" else "high was as far above"
        yield Fact(
            Subject(about, "price_base", level.side, made.series.venue, None, level.subject.at),
            Decimal(count),
            "count",
            "count",
            weakest((distance, held)),
            tuple(dict.fromkeys((*held.source, *distance.source))),
            distance.as_of,
            f"of {len(days)} UTC days, those whose {word} the open as {distance.id}, or further",
            (distance.id, held.id),
        )
        yield _last_beyond(days, level, held)


def _last_beyond(days: list[UtcDay], level: Fact, held: Fact) -> Result:
    """Return the newest UTC day on which the last price of an exchange was beyond a level."""
    subject = Subject(level.subject.asset, "price_base_last", level.side, held.subject.venue, None, level.subject.at)
    beyond = [day.start for day in days if day.beyond(level.side, level.number)]
    words = "low was under" if level.side == "long" else "high was above"
    if not beyond:
        return MissingFact(subject, "time", f"of the {len(days)} UTC days of candles there is none whose {words} it")
    shared = (held.evidence, held.source, held.as_of)
    formula = f"the newest of {len(days)} UTC days whose {words} {level.id}"
    return Fact(subject, max(beyond), "time", "time", *shared, formula, (level.id, held.id))


def _over(days: list[UtcDay], made: Candles) -> int:
    """Return how many of a series' days are over."""
    return sum(day.start + DAY <= made.end for day in days)


def _giver(made: Candles) -> tuple[str | None, str | None]:
    return made.series.venue, made.series.source


def _beyond(given: Given) -> Iterator[Result]:
    """Yield what the next further sum of a map adds to one, on the way from its end to the further one's."""
    sizes = given.sheet.all("reach_size")
    for size in sizes:
        price = _end(given, size)
        further = [
            (abs(end.number - price.number), other, end)
            for other in sizes
            if price is not None
            and (other.subject.asset, other.side, other.source, other.as_of, other.subject.window_hours)
            == (size.subject.asset, size.side, size.source, size.as_of, size.subject.window_hours)
            and (end := _end(given, other)) is not None
            and (end.number < price.number if size.side == "long" else end.number > price.number)
            and other.number > size.number
        ]
        if further:
            _, other, end = min(further, key=lambda one: (one[0], one[1].id))
            subject = size.subject._replace(metric="reach_beyond_size")
            more = other.number - size.number
            yield derive(subject, more, "usd", "level", (other, size), f"{other.id} - {size.id}")
            shared = (end.evidence, end.source, end.as_of)
            subject, words = size.subject._replace(metric="reach_beyond_price"), f"{end.id}, where the further sum ends"
            yield Fact(subject, end.number, "price", "level", *shared, words, (end.id,), given.snapshot.quote)


def _end(given: Given, size: Fact) -> Fact | None:
    """Return the price at which a sum of a map ends."""
    subject = size.subject
    found = given.sheet.all("reach_price", side=size.side, at=subject.at)
    return next((one for one in found if one.subject == subject._replace(metric="reach_price")), None)
