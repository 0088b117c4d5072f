"""What would turn the label: bounds of price, open interest and a share a day ahead, tried out by its own rules.

A direction is sought where positions are added against the side that is forced out: price moves, open interest grows in
coin, and one side dominates what is liquidated, however much that is. The least bounds are kept at which the rules name
that direction, for every day that meets them and not only for one that just does. What is not told of in them stays as
it is.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from itertools import product
from typing import NamedTuple

from commentary.records.fact import Fact, Quantity, Side, Subject, Unit, Value
from commentary.records.sheet import FactSheet

Read = Callable[[FactSheet], tuple[str, str]]
"""The rules: the label of a sheet, and its strength."""
Rules = Mapping[str, Mapping[str, Decimal]]

RULES = "rules of data/sentiment.toml"
DAY = Decimal(24)
_Way = tuple[Side, str, int]
WAYS: tuple[_Way, ...] = (("long", "bearish", -1), ("short", "bullish", 1))
_MOVES = tuple(map(Decimal, ("0.5", "1")))
"""Of the move in price that gives all the points, as a share."""
_FURTHER = Decimal(3)
"""A day that meets a bound may be so many times past it."""
_TOTALS = (Decimal(0), _FURTHER)
"""Of the liquidations that give all the points: any sum meets the bounds."""
_HUNDRED = Decimal(100)
_UNDER = Decimal("0.999")
"""Of a rate, as a share: just under it."""
_EIGHT = Decimal(8)
"""Hours of the rates that the rules read."""
_DIGITS = 4
"""Of open interest in coin, as a text tells it."""


class Bounds(NamedTuple):
    """What one direction takes, a day ahead."""

    side: Side
    """The side that would be forced out."""
    price: Decimal
    """Beyond which price has to be: below it for longs, above it for shorts."""
    move: Decimal
    """That price has to make, as a share of the one that gives all the points."""
    funding: Decimal | None
    """Per eight hours; where the rate at hand bars the direction, the one at which it no longer does."""


def turning(sheet: FactSheet, read: Read, rules: Rules) -> Iterator[Fact]:
    """Yield the bounds within which a label would turn, as figures of the desk's.

    Args:
        sheet: the facts, of one asset.
        read: the rules of the label.
        rules: their parameters.
    """
    asset = sheet.asset
    made = Making(asset, sheet)
    label, _ = read(sheet)
    yield made.fact("turn_deadline", sheet.as_of + timedelta(hours=float(DAY)), "time", "time")
    if label in ("bullish", "bearish"):
        yield made.fact("turn_share", rules["guards"]["flow_share_percent"], "percent", "share", at="either side")
    price, now = sheet.get("price", asset=asset), sheet.get("oi_coin", asset=asset)
    worth = sheet.get("oi_usd", asset=asset)
    if label == "none" or price is None or now is None or worth is None or not (now.number and worth.number):
        return
    if worth.subject.venue not in (None, "all"):
        # What is liquidated on all exchanges is not measured by the open interest of one.
        return
    oi = _oi_bound(sheet, asset, now.number, rules)
    found = _found(sheet, read, rules, oi, [way for way in WAYS if way[1] != label])
    free = [one for one in found if one.funding is None]
    if not free:
        return
    bound = made.fact("oi_turn", oi, "coin", "level")
    yield replace(bound, subject=bound.subject._replace(venue=now.subject.venue))
    for one in found:
        bound = made.fact("price_turn", one.price, "price", "level", side=one.side, at=price.subject.at)
        yield replace(bound, currency=price.currency, subject=bound.subject._replace(venue=price.subject.venue))
    for one in found:
        yield made.fact("turn_share", rules["guards"]["flow_share_percent"], "percent", "share", side=one.side)
        paid = sheet.get("funding_rate", asset=asset, at="settled")
        if one.funding is not None and paid is not None and paid.subject.window_hours is not None:
            rate = one.funding * paid.subject.window_hours / _EIGHT
            payer: Side = "short" if one.side == "long" else "long"
            subject = paid.subject._replace(metric="turn_funding", side=payer)
            yield replace(made.fact("turn_funding", rate, "percent", "rate"), subject=subject)
    yield made.fact("turn_nearer", _nearer(sheet, price.number, free, rules), "name", "entity")


def _found(sheet: FactSheet, read: Read, rules: Rules, oi: Decimal, ways: list[_Way]) -> list[Bounds]:
    """Return the bounds of each direction that has any, all at the same move in price.

    Another rate of funding is told only where a direction has no bounds at the one at hand.
    """

    def least(way: _Way, move: Decimal) -> Bounds | None:
        tried = (_least(sheet, read, rules, oi, way, (move, funding)) for funding in (None, _bars(sheet, rules, way)))
        return next((bounds for bounds in tried if bounds is not None), None)

    found = [one for way in ways if (one := least(way, min(_MOVES))) is not None]
    # Further on there are as many points, or more.
    most = max((one.move for one in found), default=min(_MOVES))
    return [one for way in ways if (one := least(way, most)) is not None]


def _bars(sheet: FactSheet, rules: Rules, way: _Way) -> Decimal | None:
    """Return the rate, per eight hours, at which the one that argues against a direction no longer counts."""
    rate = sheet.get("funding_8h", at="settled")
    paid = sheet.get("funding_rate", asset=sheet.asset, at="settled")
    if rate is None or paid is None or rate.subject.venue != paid.subject.venue:
        return None
    if way[2] > 0:
        return rules["funding_8h"]["high"] if rate.number >= rules["funding_8h"]["high"] else None
    return Decimal(0) if rate.number <= rules["funding_8h"]["negative"] else None


def _nearer(sheet: FactSheet, price: Decimal, found: list[Bounds], rules: Rules) -> Side:
    """Return the side that is nearer to being forced out: it has its share already, or takes less of a move."""
    held = sheet.get("liq_share", asset=sheet.asset)
    flush = sheet.get("flush_state", asset=sheet.asset)
    most = held.subject.side if held is not None else None
    calm = flush is None or flush.text == "none"

    def away(one: Bounds) -> tuple[bool, Decimal, bool]:
        has = held is not None and calm and one.side == most and held.number >= rules["guards"]["flow_share_percent"]
        return not has, rounded(abs(one.price / price - 1) * _HUNDRED, 1), one.side != most

    return min(found, key=away).side


class Making(NamedTuple):
    """Makes figures of the desk's, of one asset."""

    asset: str
    sheet: FactSheet

    def fact(
        self,
        metric: str,
        value: Value,
        unit: Unit,
        quantity: Quantity,
        *,
        side: Side | None = None,
        at: str | None = None,
    ) -> Fact:
        """Return one, of the day ahead."""
        subject = Subject(self.asset, metric, side, None, DAY, at)
        return Fact(subject, value, unit, quantity, "asserted", (), self.sheet.as_of, RULES)


def _oi_bound(sheet: FactSheet, asset: str, now: Decimal, rules: Rules) -> Decimal:
    """Return the open interest above which forced flow is read; after a large fall, half of it regained.

    It is worked out from open interest as a text tells it, where a count that is told as more than the bound still is
    enough of a change.
    """
    grown = 1 + rules["guards"]["flow_oi_percent"] / _HUNDRED
    least = now * grown
    regain = sheet.get("oi_half_regain", asset=asset, window=DAY)
    if regain is not None and regain.number > least:
        return regain.number
    bound = rounded(rounded(now, _DIGITS) * grown, _DIGITS)
    if past(bound) < least or any(sheet.get(metric, asset=asset) is not None for metric in _SAME):
        return rounded(least, _DIGITS)
    return bound


_SAME = ("oi_event_high", "oi_expiry_high")
"""Thresholds that a test of a story works out from the count itself, by the same percent."""


def past(bound: Decimal) -> Decimal:
    """Return the least count that is told as more than a bound of open interest."""
    return bound + Decimal(1).scaleb(bound.adjusted() - _DIGITS + 1) / 2


def _least(
    sheet: FactSheet, read: Read, rules: Rules, oi: Decimal, way: _Way, given: tuple[Decimal, Decimal | None]
) -> Bounds | None:
    """Return the least bounds of a direction; None where none of them turn the label.

    Given are the least move in price, and the rate of funding that the direction takes as well, if any.
    """
    nearest, funding = given
    side, label, sign = way
    asset = sheet.asset
    price = sheet.get("price", asset=asset)
    if price is None:
        return None
    for move in (move for move in _MOVES if move >= nearest):
        percent = max(move * full_move(sheet, rules), rules["points"]["quadrant_price_percent"])
        level = rounded(price.number * (1 + sign * percent / _HUNDRED), 3, ROUND_CEILING if sign > 0 else ROUND_FLOOR)
        bounds = Bounds(side, level, move, funding)
        if all(read(day)[0] == label for day in days(sheet, bounds, oi, rules)):
            return bounds
    return None


def full_move(sheet: FactSheet, rules: Rules) -> Decimal:
    """Return the day's move in price, in percent, that gives all the points."""
    sigma = sheet.get("daily_sigma", asset=sheet.asset)
    return 2 * sigma.number if sigma is not None and sigma.number > 0 else rules["points"]["price_full_at_percent"]


def days(sheet: FactSheet, bounds: Bounds, oi: Decimal, rules: Rules) -> Iterator[FactSheet]:
    """Yield the facts of days that meet bounds: just so, and far past each of them."""
    asset = sheet.asset
    price, now = sheet.get("price", asset=asset), sheet.get("oi_coin", asset=asset)
    worth = sheet.get("oi_usd", asset=asset)
    if price is None or now is None or worth is None:
        return
    moved, added = (bounds.price / price.number - 1) * _HUNDRED, (past(oi) / now.number - 1) * _HUNDRED
    for move, change, share, much in product(
        (moved, moved * _FURTHER),
        (added, added * _FURTHER),
        (rules["guards"]["flow_share_percent"], _HUNDRED),
        _TOTALS,
    ):
        then = worth.number * (1 + move / _HUNDRED) * (1 + change / _HUNDRED)
        if then <= 0:
            # Three times a fall of more than a third is no day.
            continue
        to_oi = much * rules["points"]["liquidations_full_at_oi_percent"]
        figures = {"price_change": move, "oi_change_coin": change, "liq_total": to_oi * then / _HUNDRED}
        found = day(sheet, {**figures, "liq_to_oi": to_oi}, (bounds.side, share))
        yield found if bounds.funding is None else funded(found, bounds.funding * _UNDER)


def funded(sheet: FactSheet, rate: Decimal) -> FactSheet:
    """Return a sheet with another rate of funding, per eight hours; what else is told of funding stays."""
    facts = (replace(fact, value=rate) if fact.subject.metric == "funding_8h" else fact for fact in sheet)
    return replace(sheet, facts=tuple(facts))


_OF_THE_DAY = ("price_change", "oi_change_coin", "liq_share", "liq_total", "liq_to_oi", "flush_state")


def day(sheet: FactSheet, figures: Mapping[str, Decimal], share: tuple[Side, Decimal]) -> FactSheet:
    """Return a sheet with other figures of the day; the rest of it, such as the funding rate, stays.

    Args:
        sheet: the facts.
        figures: the day's by metric.
        share: the larger side of recorded liquidations, and its share in percent.
    """
    asset = sheet.asset
    kept = [
        fact
        for fact in sheet
        if fact.subject.metric not in _OF_THE_DAY
        or fact.subject.asset != asset
        or fact.subject.window_hours not in (None, DAY)
    ]
    units: dict[str, Unit] = {"liq_total": "usd"}
    made = Making(asset, sheet)
    new = [made.fact(name, value, units.get(name, "percent"), "level") for name, value in figures.items()]
    new.append(made.fact("liq_share", share[1], "percent", "share", side=share[0]))
    flags = tuple(flag for flag in sheet.flags if flag != "below_size_floor")
    return FactSheet(sheet.asset, sheet.as_of, (*new, *kept), (), flags)


def rounded(value: Decimal, digits: int, how: str = ROUND_HALF_EVEN) -> Decimal:
    """Return a figure in so many digits, as a text tells it."""
    step = Decimal(1).scaleb(value.adjusted() - digits + 1)
    return (value / step).to_integral_value(how) * step


_FLAGS = ("below_size_floor", "stale_data", "venue_divergence")
"""Those that the rules read. A wrap does not tell of which asset a flag is."""


def labels(sheet: FactSheet, read: Read, rules: Rules) -> Iterator[Fact]:
    """Yield the label of each asset of a wrap, and what would turn that of the first.

    An asset whose label hangs on a flag that may be another's has none.
    """
    for asset in sheet.assets:
        own = tuple(fact for fact in sheet if fact.subject.asset == asset and fact.subject.metric != "wrap_assets")
        facts = FactSheet(asset, sheet.as_of, own, (), sheet.flags)
        found = read(facts)
        if found != read(replace(facts, flags=tuple(flag for flag in sheet.flags if flag not in _FLAGS))):
            continue
        for metric, value in zip(("asset_label", "asset_strength"), found, strict=True):
            yield Fact(Subject(asset, metric), value, "name", "entity", "estimated", (), sheet.as_of, RULES)
        if asset == sheet.assets[0]:
            yield from turning(facts, read, rules)
