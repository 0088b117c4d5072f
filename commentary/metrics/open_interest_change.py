"""Changes of open interest over a window, in coin and in dollars.

A change that a source reports comes before one counted from two rows; where the two part by more than
data/tolerances.toml allows, neither is told, since one of them is wrong. A change in dollars is never turned
into one in coin, because the price inside it is not known. Percent of the level at the window's start,
negative for a fall.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from commentary.config.tolerances import tolerance
from commentary.metrics.base import Given, Result, at_time, newest, source_of
from commentary.metrics.history import series
from commentary.metrics.holdings import Level, total
from commentary.metrics.open_interest_rank import open_interest_rank
from commentary.metrics.rows import apart, evidence_of, gap, plain, preferred
from commentary.metrics.rows import coin as coin_of
from commentary.records.fact import Fact, Flag, MissingFact, Subject, Unit, derive
from commentary.records.snapshot import OpenInterest, OpenInterestChange

DAY = Decimal(24)
UNITS: tuple[Unit, ...] = ("coin", "usd")
WINDOWS = (DAY, Decimal(4), Decimal(168), Decimal(720))
"""Hours for which a change is counted from two rows; reported ones come with any window."""


class Move(NamedTuple):
    """A change in one unit: in percent, the level at the window's start, the difference."""

    change: Fact | None = None
    start: Fact | None = None
    delta: Fact | None = None


def open_interest_changes(given: Given, levels: Sequence[Level]) -> Iterator[Result]:
    """Yield the changes of the preferred sources: own coin first, all exchanges before one."""
    firsts = {level.holding.subject(""): level for level in levels if not level.holding.place}
    said = newest(given.snapshot.open_interest_changes)
    subjects = dict.fromkeys((*firsts, *(Subject(row.about, "", venue=row.venue) for row in said)))
    for subject in sorted(subjects, key=lambda one: (one.asset != coin_of(given.snapshot), one.venue != "all")):
        # A reported change does not tell the margins apart.
        rows = [row for row in said if subject == Subject(row.about, "", venue=row.venue)]
        for window in dict.fromkeys((*WINDOWS, *(row.window_hours for row in rows))):
            of_window = [row for row in rows if row.window_hours == window]
            yield from _window(given, subject._replace(window_hours=window), firsts.get(subject), of_window)
    if any(row.of is None and row.percent is not None for row in said):
        why = "a change of open interest does not say in what it is measured; it is taken as dollars"
        yield Flag("oi_usd_price_effect", why)


def _window(given: Given, subject: Subject, level: Level | None, rows: list[OpenInterestChange]) -> Iterator[Result]:
    contradictions = [why for unit in UNITS if (why := _contradiction(given, subject, unit, level, rows))]
    if contradictions:
        # Where a change in coin is wrong, so may be the one in dollars: both are of the same levels.
        yield Flag("figures_contradict", f"{subject._replace(metric='oi_change').id}: {contradictions[0]}")
        for unit in UNITS:
            yield MissingFact(subject._replace(metric=f"oi_change_{unit}"), "percent", contradictions[0])
        return
    coin = _move(given, subject, "coin", level, rows)
    usd = _move(given, subject, "usd", level, rows)
    is_day = subject.window_hours == DAY
    effect = None
    if coin.change is None and is_day:
        reason = (
            "only a change in dollars is given"
            if usd.change is not None
            else "the snapshot holds no reported change and no earlier row to count it from"
        )
        yield MissingFact(subject._replace(metric="oi_change_coin"), "percent", reason)
    yield from (fact for fact in coin if fact is not None)
    if coin.change is not None and usd.change is None:
        usd = usd._replace(change=_with_price(given, coin.change))
    elif coin.change is not None and usd.change is not None and coin.change.number > -100:
        effect = _price_effect(usd.change, coin.change)
    yield from (fact for fact in (*usd, effect) if fact is not None)
    if is_day and level is not None:
        yield from _regain(level, coin)
        if coin.change is not None:
            yield from open_interest_rank(given, level, coin.change)
    yield from _other_sources(given, "coin", coin, rows)
    yield from _other_sources(given, "usd", usd, rows)


def _move(given: Given, subject: Subject, unit: Unit, level: Level | None, rows: list[OpenInterestChange]) -> Move:
    now = None if level is None else level.coin if unit == "coin" else level.usd
    held = now if isinstance(now, Fact) else None
    said = _saying(given, unit, rows)
    if said:
        return _reported(subject, unit, held, said[0])
    if level is None or held is None or subject.window_hours not in WINDOWS:
        return Move()
    return _counted(given, subject, unit, level, held)


def _contradiction(
    given: Given, subject: Subject, unit: Unit, level: Level | None, rows: list[OpenInterestChange]
) -> str:
    """Return how a reported change and the levels of both its ends contradict each other; nothing where they do not."""
    now = None if level is None else level.coin if unit == "coin" else level.usd
    said = _saying(given, unit, rows)
    if level is None or not isinstance(now, Fact) or not said:
        return ""
    near = timedelta(minutes=float(tolerance("open_interest").time_minutes))
    reported, counted = _reported(subject, unit, now, said[0]).change, _counted(given, subject, unit, level, now).change
    if reported is None or counted is None or abs(now.as_of - said[0].at) > near:
        return ""
    if source_of(said[0]) != now.source:
        # Two sources may cover other exchanges, and both are told.
        return ""
    if not tolerance("open_interest_change").apart(reported.number, counted.number):
        return ""
    return (
        f"{said[0].source or 'a source'} reports a change of {plain(reported.number)}% in {unit} over "
        f"{plain(subject.window_hours or DAY)} hours, and the levels at both ends make it {counted.number:.1f}%"
    )


def _saying(given: Given, unit: Unit, rows: list[OpenInterestChange]) -> list[OpenInterestChange]:
    """Return one row a source that says a change in `unit`, those in percent first."""
    by_source: dict[str | None, OpenInterestChange] = {}
    for row in preferred((row for row in rows if _percent(row, unit) is not None), given):
        by_source.setdefault(row.source, row)
    for row in preferred((row for row in rows if _difference(row, unit) is not None), given):
        by_source.setdefault(row.source, row)
    return list(by_source.values())


def _percent(row: OpenInterestChange, unit: Unit) -> Decimal | None:
    return row.percent if (row.of or "usd") == unit else None


def _difference(row: OpenInterestChange, unit: Unit) -> Decimal | None:
    return row.change_coin if unit == "coin" else row.change_usd


def _reported(subject: Subject, unit: Unit, now: Fact | None, row: OpenInterestChange) -> Move:
    """Return what a source says, and the rest where it also gives the level of that time."""
    shared = (evidence_of(row), source_of(row), row.at)
    percent, difference = _percent(row, unit), _difference(row, unit)
    change = delta = start = None
    if percent is not None:
        change = Fact(subject._replace(metric=f"oi_change_{unit}"), percent, "percent", "delta", *shared)
    if difference is not None:
        delta = Fact(subject._replace(metric=f"oi_delta_{unit}"), difference, unit, "delta", *shared)
    near = timedelta(minutes=float(tolerance("open_interest").time_minutes))
    if now is None or abs(now.as_of - row.at) > near:
        return Move(change, start, delta)
    at_start = subject._replace(metric=f"oi_from_{unit}")
    if delta is not None:
        if now.number - delta.number > 0:
            words = f"oi_{unit} - oi_delta_{unit}"
            start = derive(at_start, now.number - delta.number, unit, "level", (now, delta), words)
            change = change or _change(subject, unit, now, start)
    elif change is not None and change.number > -100:
        value = now.number / (1 + change.number / 100)
        start = derive(at_start, value, unit, "level", (now, change), f"oi_{unit} / (1 + oi_change_{unit} / 100)")
        delta = _delta(subject, unit, now, start)
    return Move(change, start, delta)


def _counted(given: Given, subject: Subject, unit: Unit, level: Level, now: Fact) -> Move:
    """Return the change from the rows of one window earlier, where neither end was converted with a price."""
    rows = level.holding.rows
    earlier = [_earlier(given, row, subject.window_hours or DAY) for row in rows]
    found = [row for row in earlier if row is not None]
    before = total(found, unit)
    if len(found) < len(rows) or total(rows, unit) is None or not before:
        return Move()
    start = Fact(
        subject._replace(metric=f"oi_from_{unit}"),
        before,
        unit,
        "level",
        now.evidence,
        now.source,
        now.as_of,
        f"the level at {found[0].at:%Y-%m-%d %H:%M} UTC",
        contract=now.contract,
    )
    return Move(_change(subject, unit, now, start), start, _delta(subject, unit, now, start))


def _earlier(given: Given, row: OpenInterest, hours: Decimal) -> OpenInterest | None:
    near = timedelta(minutes=float(tolerance("open_interest").time_minutes))
    return at_time(series(given.snapshot.open_interest, row), row.at - timedelta(hours=float(hours)), near)


def _change(subject: Subject, unit: Unit, now: Fact, start: Fact) -> Fact:
    value = (now.number / start.number - 1) * 100
    words = f"(oi_{unit} / oi_from_{unit} - 1) * 100"
    return derive(subject._replace(metric=f"oi_change_{unit}"), value, "percent", "delta", (now, start), words)


def _delta(subject: Subject, unit: Unit, now: Fact, start: Fact) -> Fact:
    value, words = now.number - start.number, f"oi_{unit} - oi_from_{unit}"
    return derive(subject._replace(metric=f"oi_delta_{unit}"), value, unit, "delta", (now, start), words)


def _with_price(given: Given, coin: Fact) -> Fact | None:
    """Return the change in dollars that a change in coin and one of the price make together."""
    subject = coin.subject
    price = given.sheet.get("price_change", asset=subject.asset, window=subject.window_hours)
    near = timedelta(minutes=float(tolerance("price_change").time_minutes))
    if price is None or abs(price.as_of - coin.as_of) > near:
        return None
    return derive(
        subject._replace(metric="oi_change_usd"),
        compound(coin.number, price.number),
        "percent",
        "delta",
        (coin, price),
        "((1 + oi_change_coin / 100) * (1 + price_change / 100) - 1) * 100",
    )


def compound(first: Decimal, second: Decimal) -> Decimal:
    """Return two changes in percent, one upon the other."""
    return ((1 + first / 100) * (1 + second / 100) - 1) * 100


def price_effect(usd: Decimal, coin: Decimal) -> Decimal:
    """Return the part of a change in dollars that is only the price of each coin, in percent."""
    return ((1 + usd / 100) / (1 + coin / 100) - 1) * 100


def _price_effect(usd: Fact, coin: Fact) -> Fact:
    subject = coin.subject._replace(metric="oi_price_effect")
    words = "((1 + oi_change_usd / 100) / (1 + oi_change_coin / 100) - 1) * 100"
    return derive(subject, price_effect(usd.number, coin.number), "percent", "delta", (usd, coin), words)


def _regain(level: Level, coin: Move) -> Iterator[Fact]:
    """Yield the level at which half of a fall is regained."""
    now = level.coin
    if isinstance(now, Fact) and coin.start is not None and now.number < coin.start.number:
        value = now.number + (coin.start.number - now.number) / 2
        subject = coin.start.subject._replace(metric="oi_half_regain")
        words = "oi_coin + (oi_from_coin - oi_coin) / 2"
        yield derive(subject, value, "coin", "level", (now, coin.start), words)


def half_further(given: Given, change: Fact) -> Iterator[Fact]:
    """Yield the level at which a change in coin has gone on by half as much again."""
    subject = change.subject
    now = given.sheet.get("oi_coin", asset=subject.asset, venue=subject.venue)
    start = given.sheet.get("oi_from_coin", asset=subject.asset, venue=subject.venue, window=subject.window_hours)
    if now is not None and start is not None and now.number != start.number:
        value = now.number + (now.number - start.number) / 2
        words = "oi_coin + (oi_coin - oi_from_coin) / 2"
        yield derive(subject._replace(metric="oi_half_further"), value, "coin", "level", (now, start), words)


def _other_sources(given: Given, unit: Unit, move: Move, rows: list[OpenInterestChange]) -> Iterator[Result]:
    """Yield what other sources report in percent, and how far the second is from the first."""
    if move.change is None:
        return
    said = _saying(given, unit, rows)
    for place, row in enumerate(said[1:], start=1):
        percent = _percent(row, unit)
        if percent is None:
            continue
        subject = move.change.subject._replace(at=apart(None, place))
        other = Fact(subject, percent, "percent", "delta", evidence_of(row), source_of(row), row.at)
        yield other
        found = gap(move.change, other, (said[0], row), "percent", given) if place == 1 else None
        if found is not None:
            yield found
