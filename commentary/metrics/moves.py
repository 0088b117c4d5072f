"""How the price moved: changes over a window in percent, and the day's low and high.

A reported change comes first, since its source measured it; else it is made of two prices of one kind by
one source, else of two closes of one series. Negative for a fall. A move that ended too long ago is not
made: it would be another day's.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from commentary.config.tolerances import tolerance
from commentary.metrics.bars import Candles, highest, lowest
from commentary.metrics.base import Given, Result, at_time, source_of
from commentary.metrics.history import DAYS_NEEDED, too_short
from commentary.metrics.rows import apart, coin, evidence_of, gap, is_stale, preferred, says_itself, stale_at
from commentary.records.fact import Fact, MissingFact, Subject, before_change, derive, is_change, twelve_digits
from commentary.records.snapshot import Price, PriceChange

DAY = Decimal(24)
WINDOWS = (DAY, Decimal(4), Decimal(168), Decimal(720))
"""Hours over which a change is made where none is reported; the day first."""


def percent_change(first: Decimal, last: Decimal) -> Decimal:
    """Return the change from `first` to `last` in percent: 100 to 95 is -5."""
    return (last / first - 1) * 100


def price_changes(groups: list[list[Price]], given: Given) -> Iterator[Result]:
    """Return the changes of price, reported or made.

    Args:
        groups: the newest price rows by thing, the thing to use first.
        given: what the metric reads.
    """
    about = coin(given.snapshot)
    reported = _reported(given)
    for rows in reported:
        facts = list(_facts(rows, given))
        yield from facts
        if rows[0].about == about:
            yield from _before(facts[0], groups, given)
    told = {rows[0].window_hours for rows in reported if rows[0].about == about}
    for window in WINDOWS:
        if window in told:
            continue
        made = list(_from_prices(groups, window, given)) or list(_from_closes(window, given))
        yield from made
        if window == DAY and not made:
            subject = Subject(about, "price_change", window_hours=DAY)
            yield MissingFact(subject, "percent", _why_missing(given))


def range_of_the_day(given: Given) -> Iterator[Result]:
    """Return low and high of the 24 hours to the end of the newest candle, and how wide they lie by earlier days."""
    for made in given.candles:
        bars = made.complete(made.end - timedelta(hours=24), made.end)
        if bars is None or stale_at("candle", made.end, given.now):
            continue
        ends = [
            Fact(
                Subject(coin(given.snapshot), name, venue=made.series.venue, window_hours=DAY),
                value,
                "price",
                "level",
                made.evidence,
                made.source,
                made.end,
                f"{'lowest low' if name == 'price_low' else 'highest high'} of {len(bars)} candles",
                currency=given.snapshot.quote,
            )
            for name, value in (("price_low", lowest(bars)), ("price_high", highest(bars)))
        ]
        yield from ends
        yield from _width(made, ends[0], ends[1])
        return


def _width(made: Candles, low: Fact, high: Fact) -> Iterator[Result]:
    """Yield how far the day's high lies above its low in percent, and on how many earlier days it lay farther."""
    if not low.number:
        return
    width = derive(
        low.subject._replace(metric="range_percent"),
        percent_change(low.number, high.number),
        "percent",
        "level",
        (high, low),
        "(price_high / price_low - 1) * 100",
    )
    yield width
    day = timedelta(hours=int(DAY))
    earlier, end = [], made.end - day
    while (bars := made.complete(end - day, end)) is not None:
        earlier.append(twelve_digits(percent_change(lowest(bars), highest(bars))))
        end -= day
    if len(earlier) < DAYS_NEEDED:
        yield MissingFact(
            width.subject._replace(metric="range_wider"), "count", too_short("a day's range", len(earlier))
        )
        return
    shared = (made.evidence, made.source, made.end)
    days = Fact(
        width.subject._replace(metric="range_days", window_hours=None),
        Decimal(len(earlier)),
        "days",
        "count",
        *shared,
        "the earlier days of finished candles",
    )
    yield days
    wider = Decimal(sum(one > width.number for one in earlier))
    subject = width.subject._replace(metric="range_wider")
    yield Fact(subject, wider, "count", "count", *shared, "the earlier days with a wider range", (width.id, days.id))


def _reported(given: Given) -> list[list[PriceChange]]:
    things: dict[tuple[object, ...], list[PriceChange]] = {}
    for row in given.snapshot.price_changes:
        things.setdefault((row.about, row.venue, row.window_hours), []).append(row)
    return sorted((preferred(rows, given) for rows in things.values()), key=lambda rows: _rank(rows[0], given))


def _rank(row: PriceChange, given: Given) -> tuple[object, ...]:
    return (
        row.about != coin(given.snapshot),
        row.about,
        row.window_hours != DAY,
        row.window_hours,
        is_stale(row, given.now),
        not says_itself(row),
        given.now - row.at,
        row.venue is None,
        row.venue,
    )


def _facts(rows: list[PriceChange], given: Given) -> Iterator[Result]:
    facts = [
        Fact(
            Subject(
                row.about,
                "price_change",
                venue=row.venue,
                window_hours=row.window_hours,
                at=apart(None, index),
            ),
            row.percent,
            "percent",
            "delta",
            evidence_of(row),
            source_of(row),
            row.at,
        )
        for index, row in enumerate(rows)
    ]
    yield from facts
    if len(rows) > 1 and (parted := gap(facts[0], facts[1], (rows[0], rows[1]), "percent", given)):
        yield parted


def _before(change: Result, groups: list[list[Price]], given: Given) -> Iterator[Result]:
    """Return the price before a reported change, where a price of the same exchange and time is held.

    It is the open of the exchange's own candle there, where the percent bears it out; else it is worked out.
    """
    if not isinstance(change, Fact) or change.number <= -100:
        return
    within = timedelta(minutes=float(tolerance("price_change").time_minutes))
    for rows in groups:
        row = rows[0]
        same_venue = change.subject.venue in (None, row.venue)
        if row.about == change.subject.asset and same_venue and abs(row.at - change.as_of) <= within:
            now = next(fact for fact in price_facts(rows, given))
            subject = change.subject._replace(metric="price_from", at=None)
            if (opened := _opened(subject, now, change, given)) is not None:
                yield opened
                return
            formula = "price / (1 + price_change / 100), rounded to what the percent can tell"
            yield derive(subject, before_change(now.number, change.number), "price", "level", (now, change), formula)
            return


def _opened(subject: Subject, now: Fact, change: Fact, given: Given) -> Fact | None:
    """Return the open of the candle that begins as a reported change does, where the percent is of that price."""
    start = change.as_of - timedelta(hours=float(subject.window_hours or 0))
    for made in given.candles:
        for bar in made.series.bars if made.series.venue == subject.venue is not None else ():
            if bar.time == start and is_change(bar.open, now.number, change.number):
                shared = (made.evidence, made.source, start)
                formula = f"the open of the candle at {start:%Y-%m-%d %H:%M} UTC"
                return Fact(subject, bar.open, "price", "level", *shared, formula, currency=given.snapshot.quote)
    return None


def price_facts(rows: list[Price], given: Given) -> Iterator[Fact]:
    """Return the price of each source's row, the one to use first."""
    for index, row in enumerate(rows):
        yield Fact(
            Subject(row.about, "price", venue=row.venue, at=apart(row.kind, index)),
            row.value,
            "price",
            "level",
            evidence_of(row),
            source_of(row),
            row.at,
            currency=given.snapshot.quote,
        )


def _from_prices(groups: list[list[Price]], window: Decimal, given: Given) -> Iterator[Result]:
    """Return changes between two prices of one kind and source, made of the best kind of each exchange."""
    within = timedelta(minutes=float(tolerance("price").time_minutes))
    told: set[str | None] = set()
    series: dict[tuple[object, ...], list[Price]] = {}
    for row in given.snapshot.prices:
        series.setdefault((*row.key[:-1], row.source), []).append(row)
    for rows in groups:
        now = rows[0]
        if now.about != coin(given.snapshot) or now.venue in told or is_stale(now, given.now):
            continue
        same = [row for row in series[(*now.key[:-1], now.source)] if row is not now]
        before = at_time(same, now.at - timedelta(hours=float(window)), within)
        if before is None:
            continue
        told.add(now.venue)
        quote = given.snapshot.quote
        last = next(price_facts(rows, given))
        first = Fact(
            Subject(now.about, "price_from", venue=now.venue, window_hours=window),
            before.value,
            "price",
            "level",
            evidence_of(before),
            source_of(before),
            before.at,
            currency=quote,
        )
        yield _change(first, last, window)
        yield first


def _from_closes(window: Decimal, given: Given) -> Iterator[Result]:
    """Return the change between two closes of the first series that reaches back so far."""
    for made in given.candles:
        start = made.end - timedelta(hours=float(window))
        before = made.close_at(start)
        if before is None or stale_at("price_change", made.end, given.now):
            continue
        first, last = (
            Fact(
                Subject(coin(given.snapshot), name, venue=made.series.venue, window_hours=window),
                value,
                "price",
                "level",
                made.evidence,
                made.source,
                when,
                currency=given.snapshot.quote,
            )
            for name, value, when in (
                ("price_from", before, start),
                ("price_to", made.bars[-1].close, made.end),
            )
        )
        yield _change(first, last, window)
        yield first
        yield last
        return


def _change(first: Fact, last: Fact, window: Decimal) -> Fact:
    return derive(
        Subject(last.subject.asset, "price_change", venue=last.subject.venue, window_hours=window),
        percent_change(first.number, last.number),
        "percent",
        "delta",
        (first, last),
        f"({last.id} / {first.id} - 1) * 100",
        as_of=last.as_of,
    )


def _why_missing(given: Given) -> str:
    series = given.candles
    if series and stale_at("price_change", series[0].end, given.now):
        end = f"{series[0].end:%H:%M} UTC on {series[0].end:%Y-%m-%d}"
        return f"the candles end at {end}, too early for a change to now, and no earlier price is given"
    return "the snapshot holds neither a change over 24 hours nor a price of a day before"
