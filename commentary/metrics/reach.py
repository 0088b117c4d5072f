"""Reach: the sum that a map counts from the market to a price, and how far off that price is.

"$1.07B to $60,593" lies between the market and $60,593; it says nothing about how dense the map is at
$60,593. Longs are closed below the price and shorts above it. Sums are US dollars of notional as the map
gives them; distances are percent of the price, negative below it. The test is half the modelled coins: a
smaller fall of open interest in coin while the level is passed counts against the model.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from commentary.config.tolerances import tolerance
from commentary.metrics.bars import Candle
from commentary.metrics.base import Given, Result, metric, source_of
from commentary.metrics.maps import SIDES, NamedMap, measured, newest_maps, percent_from, price_of
from commentary.metrics.rows import coin, plain
from commentary.records.fact import Fact, Flag, MissingFact, Side, Subject, derive, three_digits, weakest
from commentary.records.snapshot import Cumulative
from commentary.records.values import number

FAR_PERCENT = Decimal(25)
"""A level farther from the price than this is more likely a slip than a stretch of a current map."""
NEAR_PERCENT = Decimal("0.1")
"""Nearer than this a quote moves there and back within a minute: what ends there is no level ahead of the price."""
SUSPECT_OI = Decimal("1.5")
"""A model cannot close half as much again as is open: one of the two is in another unit."""


class Reach(NamedTuple):
    """The facts of one sum that the others are made of."""

    size: Fact
    level: Fact
    is_passed: bool
    per_percent: Fact | None
    results: tuple[Result, ...]


@metric("reach", needs=("price", "volatility", "open_interest"))
def reach(given: Given) -> Iterator[Result]:
    """Yield the sums of every map, the largest of each side first; a level that was passed before others."""
    maps = newest_maps(given, "cumulative")
    if not maps:
        reason = "the snapshot holds no liquidation map with sums up to a price"
        yield MissingFact(Subject(coin(given.snapshot), "reach_size"), "usd", reason)
    for each in maps:
        yield from _map(given, each)
    yield from _map_flags(given)


def _map(given: Given, each: NamedMap) -> Iterator[Result]:
    by_side = {side: _side(given, each, side) for side in SIDES}
    firsts = sorted((found[0] for found in by_side.values() if found), key=lambda one: -one.size.number)
    for first in firsts:
        for one in by_side[first.size.side]:
            yield from one.results
    for side, found in by_side.items():
        if not found:
            at_price = any(row.side == side for row in each.row.cumulative)
            reason = f"{each.by} gives no sum for {side}s"
            if at_price:
                reason = f"the sum of {side}s that {each.by} gives ends within {NEAR_PERCENT}% of the price"
                yield Flag("level_at_price", reason)
            yield MissingFact(each.subject("reach_size", side), "usd", reason)
    yield from _from_then([one for found in by_side.values() for one in found])
    if len(firsts) == 2:
        yield from _both(each, firsts[0], firsts[1])


def _side(given: Given, each: NamedMap, side: Side) -> list[Reach]:
    found = [_reach(given, each, row) for row in each.row.cumulative if row.side == side and not _at_price(given, row)]
    # A sum that is given as zero is a figure, but the last of its side.
    return sorted(found, key=lambda one: (not one.size.number, not one.is_passed, -one.size.number, one.level.number))


def _reach(given: Given, each: NamedMap, row: Cumulative) -> Reach:
    at = plain(row.price)
    shared = (each.row.evidence, source_of(each.row), each.row.at)
    size = Fact(each.subject("reach_size", row.side, at), row.notional_usd, "usd", "level", *shared)
    level = Fact(
        each.subject("reach_price", row.side, at),
        row.price,
        "price",
        "level",
        *shared,
        currency=given.snapshot.quote,
    )
    price = price_of(given, row.about)
    is_passed = price is not None and passed(row.side, price.number, row.price)
    then = _price_then(given, each, level) if is_passed else None
    results: list[Result] = [size, level, *([then] if then else [])]
    results.extend(measured(given, size, level, "reach", "reach_share", counted_at=then))
    results.extend(_test(size, results))
    per_percent = None if is_passed or not _of_one_time(each, price) else _per_percent(size, results)
    if per_percent is not None:
        results.append(per_percent)
    if price is not None and is_passed:
        results.extend(_passed(given, each, level, price))
    results.extend(_flags(given, size, results))
    return Reach(size, level, is_passed, per_percent, tuple(results))


def _test(size: Fact, results: list[Result]) -> Iterator[Result]:
    """Yield half of the coins that a sum is told as: the test that a move to its end sets."""
    subject = size.subject._replace(metric="reach_test")
    for coins in results:
        if isinstance(coins, Flag) or coins.subject.metric != "reach_coin":
            continue
        if isinstance(coins, MissingFact):
            yield MissingFact(subject, "coin", coins.reason)
        else:
            words = "reach_coin in three digits, as it is told / 2"
            yield derive(subject, three_digits(coins.number) / 2, "coin", "level", (coins,), words)


def _price_then(given: Given, each: NamedMap, level: Fact) -> Fact | None:
    """Return the last close before the map was drawn: a test set that day counts coins at that price."""
    for made in given.candles if each.row.about == coin(given.snapshot) else []:
        before = [bar for bar in made.bars if each.row.at - 2 * made.interval < bar.end <= each.row.at]
        if before:
            return Fact(
                level.subject._replace(metric="price_then", venue=made.series.venue),
                before[-1].close,
                "price",
                "level",
                made.evidence,
                made.source,
                before[-1].end,
                "the last close before the map's time",
                currency=given.snapshot.quote,
            )
    return None


def passed(side: Side, price: Decimal, level: Decimal) -> bool:
    """Say whether price has gone through a level; a price at the level has not."""
    return price < level if side == "long" else price > level


def _at_price(given: Given, row: Cumulative) -> bool:
    """Say whether a sum ends where price stands: no move leads there, and price has not gone through it."""
    price = price_of(given, row.about)
    return (
        price is not None
        and not passed(row.side, price.number, row.price)
        and abs(percent_from(price.number, row.price)) < NEAR_PERCENT
    )


def _from_then(found: list[Reach]) -> Iterator[Fact]:
    """Yield how far each end of a map lay from the price of its time, where one of them has been passed since.

    And what each side averages per percent of that way, where it is not divided by the way from the price of now.
    """
    made = (fact for one in found for fact in one.results if isinstance(fact, Fact))
    then = next((fact for fact in made if fact.subject.metric == "price_then"), None)
    if then is None:
        return
    for one in found:
        distance = derive(
            one.size.subject._replace(metric="map_end_distance"),
            percent_from(then.number, one.level.number),
            "percent",
            "delta",
            (one.level, then),
            "(reach_price / price_then - 1) * 100",
        )
        yield distance
        if one.per_percent is None and abs(distance.number) >= NEAR_PERCENT:
            subject = one.size.subject._replace(metric="reach_per_percent")
            value = one.size.number / abs(distance.number)
            yield derive(subject, value, "usd", "ratio", (one.size, distance), "reach_size / |map_end_distance|")


def _of_one_time(each: NamedMap, price: Fact | None) -> bool:
    """Say whether a map's sums began where price stands now, so that they can be divided by the way from there."""
    # The map of the hour may be up to an hour late.
    within = 2 * timedelta(minutes=float(tolerance("liquidation_map").time_minutes))
    return price is not None and abs(price.as_of - each.row.at) <= within


def _per_percent(size: Fact, results: list[Result]) -> Fact | None:
    """Return the average sum per percent of price on the way to the level."""
    distance = _made(results, "reach_distance")
    if distance is None:
        return None
    subject = size.subject._replace(metric="reach_per_percent")
    value = size.number / abs(distance.number)
    return derive(subject, value, "usd", "ratio", (size, distance), "reach_size / |reach_distance|")


def _both(each: NamedMap, first: Reach, second: Reach) -> Iterator[Result]:
    """Yield what needs both sides of one map; sums of two maps are never compared."""
    yield derive(
        each.subject("reach_total"),
        first.size.number + second.size.number,
        "usd",
        "level",
        (first.size, second.size),
        "reach_size of longs + reach_size of shorts",
    )
    if first.size.number == second.size.number > 0:
        yield Flag("identical_values_check", f"{each.by} gives {first.size.number:f} USD for both sides")
    rates = sorted(
        (rate for rate in (first.per_percent, second.per_percent) if rate is not None),
        key=lambda rate: (-rate.number, rate.side),
    )
    if len(rates) == 2 and rates[1].number:
        yield derive(
            each.subject("reach_ratio", rates[0].side),
            rates[0].number / rates[1].number,
            "ratio",
            "ratio",
            (rates[0], rates[1]),
            "reach_per_percent / reach_per_percent of the other side",
        )


def _passed(given: Given, each: NamedMap, level: Fact, price: Fact) -> Iterator[Result]:
    yield Fact(
        level.subject._replace(metric="level_passed"),
        "passed",
        "name",
        "entity",
        weakest((level, price)),
        tuple(dict.fromkeys((*level.source, *price.source))),
        price.as_of,
        "price is beyond reach_price",
        (level.id, price.id),
    )
    why = f"the price {price.number:f} is beyond {level.number:f}, to which {each.by} counts {level.side}s"
    yield Flag("trigger_already_passed", why)
    yield _extreme(given, each, level, price)
    if (close := _first_close(given, each, level, price)) is not None:
        yield close


def _first_close(given: Given, each: NamedMap, level: Fact, price: Fact) -> Fact | None:
    """Return the close of the bar in which price went through a level, where candles leave no gap from the map on.

    The level lay ahead at the map's time. A bar that touched it first and closed short of it leaves the hour open.
    """
    series = given.candles if level.subject.asset == coin(given.snapshot) else []
    for made in sorted(series, key=lambda one: one.series.venue != price.subject.venue):
        bars = [bar for bar in made.bars if bar.end > each.row.at]
        if not bars or bars[0].end - made.interval > each.row.at:
            continue
        touched = (bar for bar in bars if passed(level.side, _toward(bar, level), level.number))
        first = next(touched, None)
        if first is None or not passed(level.side, first.close, level.number):
            continue
        if made.complete(bars[0].end - made.interval, first.end) is None:
            continue
        hours = Decimal(made.interval // timedelta(minutes=1)) / 60
        return Fact(
            level.subject._replace(metric="passed_close", venue=made.series.venue, window_hours=number(hours)),
            first.close,
            "price",
            "level",
            made.evidence,
            made.source,
            first.end,
            "the first close beyond the level since the map's time",
            currency=given.snapshot.quote,
        )
    return None


def _toward(bar: Candle, level: Fact) -> Decimal:
    return bar.low if level.side == "long" else bar.high


def _extreme(given: Given, each: NamedMap, level: Fact, price: Fact) -> Result:
    """Return the farthest price since the map was drawn, where candles reach back to it.

    Its window is what the candles cover: they begin after the map and end before the price.
    """
    subject = level.subject._replace(metric="passed_extreme")
    series = given.candles if subject.asset == coin(given.snapshot) else []
    for made in sorted(series, key=lambda one: one.series.venue != price.subject.venue):
        since = made.within(each.row.at, given.as_of)
        if (value := _farthest(since, made.interval, each, level)) is not None:
            hours = Decimal((made.end - since[0].end + made.interval) // timedelta(minutes=1)) / 60
            side = "lowest low" if level.side == "long" else "highest high"
            return Fact(
                subject._replace(venue=made.series.venue, window_hours=number(hours)),
                value,
                "price",
                "level",
                made.evidence,
                made.source,
                made.end,
                f"{side} of {made.series.venue or 'the'} candles since {each.row.at:%Y-%m-%d %H:%M} UTC",
                currency=given.snapshot.quote,
            )
    reason = "no candles reach from the map to beyond the level"
    return MissingFact(subject, "price", reason)


def _farthest(since: list[Candle], interval: timedelta, each: NamedMap, level: Fact) -> Decimal | None:
    if not since or since[0].end - each.row.at >= 2 * interval:
        return None
    if level.side == "long":
        lowest = min(bar.low for bar in since)
        return lowest if lowest < level.number else None
    highest = max(bar.high for bar in since)
    return highest if highest > level.number else None


def _flags(given: Given, size: Fact, results: list[Result]) -> Iterator[Flag]:
    distance = _made(results, "reach_distance")
    if distance is not None and abs(distance.number) > FAR_PERCENT:
        yield Flag("far_level", f"{size.id} lies {distance.number:.1f}% from the price")
    oi = given.sheet.get("oi_usd", asset=size.subject.asset, venue="all")
    if oi is not None and size.number > SUSPECT_OI * oi.number:
        why = f"{size.id} is {size.number:f} USD, open interest on all exchanges {oi.number:f} USD"
        yield Flag("unit_scale_suspect", why)


def _map_flags(given: Given) -> Iterator[Flag]:
    """Yield what readers must be told of maps with sums or with separate levels."""
    maps = [each.row for each in (*newest_maps(given, "cumulative"), *newest_maps(given, "levels"))]
    if any(row.evidence == "estimated" for row in maps):
        yield Flag("model_estimate", "a liquidation map is a model's estimate")
    for asset in dict.fromkeys(row.about for row in maps):
        of_asset = [row for row in maps if row.about == asset]
        sides = {entry.side for row in of_asset for entry in row.cumulative}
        sides |= {entry.side for row in of_asset for entry in row.levels}
        if len(sides) == 1:
            yield Flag("other_side_unknown", f"the maps of {asset} hold {sides.pop()}s only")


def _made(results: list[Result], name: str) -> Fact | None:
    return next((one for one in results if isinstance(one, Fact) and one.subject.metric == name), None)
