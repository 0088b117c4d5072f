"""The seven days to the newest candle: high and low and their days, and how far price moved and swung by past weeks.

Weeks lie end to end, seven days each, counted back from the newest close. A week's volatility is the sample standard
deviation of the logarithmic returns from close to close, for a year of 365 days, in percent. Prices are last prices.
"""

import math
import statistics
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from commentary.metrics.bars import Candle, Candles, highest, lowest
from commentary.metrics.base import Given, Result
from commentary.metrics.moves import percent_change
from commentary.metrics.rows import coin
from commentary.metrics.volatility import DAYS_A_YEAR
from commentary.records.fact import Evidence, Fact, MissingFact, Quantity, Subject, Unit, derive, twelve_digits

Shared = tuple[Evidence, tuple[str, ...], datetime]
"""How good a series is, who gives it, and when it ends."""
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
HOURS = Decimal(168)
WEEKS_NEEDED = 8
"""With fewer earlier weeks a count of them says more about the series' length than about the week."""
LEAST_RETURNS = 7
OLDEST = WEEK / 24
"""A day's change is stale after an hour, when its window has moved by a twenty-fourth; a week's likewise."""


def weekly_series(given: Given) -> Candles | None:
    """Return the first series that is fresh, by its week, and has a close both now and seven days before."""
    fresh = (made for made in given.candles if given.now - made.end <= OLDEST)
    return next((made for made in fresh if made.close_at(made.end - WEEK) is not None), None)


def week_of_candles(given: Given, made: Candles) -> Iterator[Result]:
    """Yield the week's range with its days, its volatility, and what earlier weeks say of both and of the move."""
    start = made.end - WEEK
    bars = made.complete(start, made.end)
    subject = Subject(coin(given.snapshot), "price_high", venue=made.series.venue, window_hours=HOURS)
    if bars is None:
        missing = WEEK - len(made.within(start, made.end)) * made.interval
        yield _fact(made, subject._replace(metric="week_gap", at="price"), _hours(missing), "hours", "level",
                    "hours of which no candle is used")  # fmt: skip
        reason = f"of the seven days of candles {_hours(missing):f} hours are missing"
        yield MissingFact(subject, "price", reason)
    else:
        extremes = list(_range(given, made, subject, bars))
        yield from extremes
        yield from _off(made, subject, extremes)
    move = given.sheet.get("price_change", asset=subject.asset, window=HOURS)
    if move is None:
        move, *ends = week_move(given, made, subject)
        yield from (move, *ends)
    if move.subject.venue == subject.venue and move.as_of == made.end:
        yield from further(move, moves(made)[1:], "price", _shared(made))
    yield from _volatility(made, subject._replace(metric="week_volatility"))


def week_move(given: Given, made: Candles, subject: Subject) -> tuple[Fact, Fact, Fact]:
    """Return the change between the closes at both ends of the week, and the closes."""
    start = made.end - WEEK
    first, last = (
        Fact(
            subject._replace(metric=name),
            made.close_at(when) or Decimal(0),
            "price",
            "level",
            made.evidence,
            made.source,
            when,
            currency=given.snapshot.quote,
        )
        for name, when in (("price_from", start), ("price_to", made.end))
    )
    change = derive(
        subject._replace(metric="price_change"),
        percent_change(first.number, last.number),
        "percent",
        "delta",
        (first, last),
        f"({last.id} / {first.id} - 1) * 100",
        as_of=made.end,
    )
    return change, first, last


def further(change: Fact, earlier: Sequence[Decimal | None], family: str, shared: Shared) -> Iterator[Result]:
    """Yield in how many earlier weeks a figure changed by more in the same direction, and how many weeks are held.

    Args:
        change: of the week.
        earlier: of the weeks before it; None where one is not known.
        family: the first word of the facts.
        shared: evidence, source and time of the series.
    """
    known = [other for other in earlier if other is not None]
    subject = change.subject._replace(metric=f"{family}_week_further")
    if len(known) < WEEKS_NEEDED or not change.number:
        reason = too_few(len(known)) if change.number or not known else "it did not change"
        yield MissingFact(subject, "count", reason)
        return
    count = sum(1 for other in known if other * change.number > 0 and abs(other) > abs(change.number))
    words = "the earlier weeks with a larger change of the same sign"
    yield Fact(subject, Decimal(count), "count", "count", *shared, words, (change.id,))
    yield weeks_held(subject, family, len(known), shared)


def higher(figure: Fact, earlier: Sequence[Decimal | None], family: str, shared: Shared) -> Iterator[Result]:
    """Yield in how many earlier weeks a figure was higher, in how many as low, and how many weeks are held."""
    known = [other for other in earlier if other is not None]
    subject = figure.subject._replace(metric=f"{family}_week_higher", window_hours=HOURS)
    if len(known) < WEEKS_NEEDED:
        yield MissingFact(subject, "count", too_few(len(known)))
        return
    count = sum(1 for other in known if other > figure.number)
    words = "the earlier weeks in which it was higher"
    yield Fact(subject, Decimal(count), "count", "count", *shared, words, (figure.id,))
    low, words = Decimal(len(known) - count), "the earlier weeks in which it was as low"
    yield Fact(subject._replace(metric=f"{family}_week_as_low"), low, "count", "count", *shared, words, (figure.id,))
    yield weeks_held(subject, family, len(known), shared)


def weeks_held(subject: Subject, family: str, count: int, shared: Shared) -> Fact:
    """Return how many days the earlier weeks are together."""
    held = subject._replace(metric=f"{family}_weeks")
    return Fact(held, Decimal(7 * count), "days", "count", *shared, "seven days for each earlier week")


def moves(made: Candles) -> list[Decimal | None]:
    """Return the change of each week in percent, the newest first; None where a close is not held."""
    closes = _weekly_closes(made)
    return [None if now is None or then is None else percent_change(then, now) for now, then in pairwise(closes)]


def volatility_of(closes: Sequence[Decimal], bars_a_day: float) -> Decimal:
    """Return the standard deviation of logarithmic returns for a year of 365 days, in percent."""
    returns = [math.log(now / before) for before, now in pairwise(closes)]
    return twelve_digits(statistics.stdev(returns) * math.sqrt(bars_a_day * DAYS_A_YEAR) * 100)


def _weekly_closes(made: Candles) -> list[Decimal | None]:
    count = (made.end - made.bars[0].end) // WEEK
    closes = {bar.end: bar.close for bar in made.bars}
    return [closes.get(made.end - k * WEEK) for k in range(count + 1)]


def _range(given: Given, made: Candles, subject: Subject, bars: list[Candle]) -> Iterator[Fact]:
    for name, value in (("high", highest(bars)), ("low", lowest(bars))):
        word = "highest high" if name == "high" else "lowest low"
        extreme = Fact(
            subject._replace(metric=f"price_{name}"),
            value,
            "price",
            "level",
            made.evidence,
            made.source,
            made.end,
            f"{word} of {len(bars)} candles",
            currency=given.snapshot.quote,
        )
        yield extreme
        bar = next(bar for bar in bars if (bar.high if name == "high" else bar.low) == value)
        began = bar.end - made.interval
        # A bar that crosses midnight does not tell the day.
        if (bar.end - timedelta(microseconds=1)).date() == began.date():
            day = subject._replace(metric=f"week_{name}_day")
            words = f"when the candle with the {word} began"
            yield Fact(day, began, "time", "time", *_shared(made), words, (extreme.id,))


def _off(made: Candles, subject: Subject, extremes: list[Fact]) -> Iterator[Fact]:
    close = made.bars[-1].close
    now = Fact(
        subject._replace(metric="week_close"),
        close,
        "price",
        "level",
        *_shared(made),
        currency=extremes[0].currency,
    )
    yield now
    for extreme in extremes:
        if extreme.subject.metric in ("price_high", "price_low"):
            name = extreme.subject.metric.removeprefix("price_")
            yield derive(
                subject._replace(metric=f"week_off_{name}"),
                percent_change(extreme.number, close),
                "percent",
                "delta",
                (now, extreme),
                f"(week_close / price_{name} - 1) * 100",
                as_of=made.end,
            )


def _volatility(made: Candles, subject: Subject) -> Iterator[Result]:
    closes = [_closes_of(made, k) for k in range((made.end - made.bars[0].end) // WEEK)]
    own = closes[0] if closes else None
    if own is None or len(own) <= LEAST_RETURNS:
        yield MissingFact(subject, "percent", "the closes of the seven days are not all held")
        return
    a_day = DAY / made.interval
    found = [None if one is None else volatility_of(one, a_day) for one in closes]
    words = f"standard deviation of {len(own) - 1} logarithmic returns of closes, for a year, * 100"
    fact = _fact(made, subject, found[0] or Decimal(0), "percent", "rate", words)
    yield fact
    yield from higher(fact, found[1:], "volatility", _shared(made))


def _closes_of(made: Candles, back: int) -> list[Decimal] | None:
    """Return the closes of a week, that at its start included, where all are held."""
    end = made.end - back * WEEK
    found = [bar.close for bar in made.bars if end - WEEK <= bar.end <= end]
    return found if len(found) == WEEK // made.interval + 1 else None


def _hours(span: timedelta) -> Decimal:
    return Decimal(int(span.total_seconds())) / 3600


def _shared(made: Candles) -> Shared:
    return made.evidence, made.source, made.end


def _fact(made: Candles, subject: Subject, value: Decimal, unit: Unit, quantity: Quantity, words: str) -> Fact:
    return Fact(subject, value, unit, quantity, *_shared(made), words)


def too_few(held: int) -> str:
    """Return the reason why a series of weeks cannot place a figure."""
    return f"a place among earlier weeks needs {WEEKS_NEEDED} of them, the snapshot holds {held}"
