"""What would turn the label: bounds of price, open interest and liquidations a day ahead, tried out by its own rules.

A direction is sought where positions are added against the side that is forced out: price moves, open interest grows in
coin, and one side dominates what is liquidated. The least bounds are kept at which the rules name that direction, for
every day that meets them and not only for one that just does. What is not told of in them stays as it is.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import product
from typing import NamedTuple

from commentary.config.sizes import LIQUIDATIONS_FLOOR_USD
from commentary.records.fact import Fact, Quantity, Side, Subject, Unit
from commentary.records.sheet import FactSheet

Read = Callable[[FactSheet], tuple[str, str]]
"""The rules: the label of a sheet, and its strength."""
Rules = Mapping[str, Mapping[str, Decimal]]

RULES = "rules of data/sentiment.toml"
DAY = Decimal(24)
WAYS: tuple[tuple[Side, str, int], ...] = (("long", "bearish", -1), ("short", "bullish", 1))
_SIZES = tuple(map(Decimal, ("1.25", "1.5")))
"""Of the liquidations that give all the points today, as a share: they are measured by open interest that has grown."""
_MOVES = tuple(map(Decimal, ("0.5", "1")))
"""Of the move in price that gives all the points, as a share."""
_FURTHER = Decimal(3)
"""A day that meets a bound may be so many times past it."""
_HUNDRED = Decimal(100)


class Bounds(NamedTuple):
    """What one direction takes, a day ahead."""

    side: Side
    """The side that would be forced out."""
    price: Decimal
    """Beyond which price has to be: below it for longs, above it for shorts."""
    share: Decimal
    """Of recorded liquidations, in percent."""
    total: Decimal
    """Of recorded liquidations, in dollars."""


def turning(sheet: FactSheet, read: Read, rules: Rules) -> Iterator[Fact]:
    """Yield the bounds within which a neutral label would turn, as figures of the desk's.

    Args:
        sheet: the facts, of one asset.
        read: the rules of the label.
        rules: their parameters.
    """
    asset = sheet.asset
    made = Making(asset, sheet)
    label, _ = read(sheet)
    if label != "none":
        yield made.fact("turn_deadline", sheet.as_of + timedelta(hours=float(DAY)), "time", "time")
    if label in ("bullish", "bearish"):
        yield made.fact("turn_share", rules["guards"]["flow_share_percent"], "percent", "share", at="either side")
    price, now = sheet.get("price", asset=asset), sheet.get("oi_coin", asset=asset)
    if label != "neutral" or price is None or now is None or sheet.get("oi_usd", asset=asset) is None:
        return
    oi = _oi_bound(sheet, asset, now.number, rules)
    found = [one for way in WAYS if (one := _least(sheet, read, rules, oi, way))]
    if not found:
        return
    yield made.fact("oi_turn", oi, "coin", "level")
    for one in found:
        bound = made.fact("price_turn", one.price, "price", "level", side=one.side)
        yield replace(bound, currency=price.currency)
    for one in found:
        yield made.fact("turn_share", one.share, "percent", "share", side=one.side)
    if len(found) == len(WAYS):
        # More liquidations than a direction takes still turn the label, so that one figure serves both.
        yield made.fact("turn_total", max(one.total for one in found), "usd", "level", at="both")
    for one in found:
        yield made.fact("turn_total", one.total, "usd", "level", side=one.side)


class Making(NamedTuple):
    """Makes figures of the desk's, of one asset."""

    asset: str
    sheet: FactSheet

    def fact(
        self,
        metric: str,
        value: object,
        unit: Unit,
        quantity: Quantity,
        *,
        side: Side | None = None,
        at: str | None = None,
    ) -> Fact:
        """Return one, of the day ahead."""
        subject = Subject(self.asset, metric, side, None, DAY, at)
        return Fact(subject, value, unit, quantity, "asserted", (), self.sheet.as_of, RULES)  # type: ignore[arg-type]


def _oi_bound(sheet: FactSheet, asset: str, now: Decimal, rules: Rules) -> Decimal:
    """Return the open interest from which forced flow is read; after a large fall, half of it regained."""
    least = now * (1 + rules["guards"]["flow_oi_percent"] / _HUNDRED)
    regain = sheet.get("oi_half_regain", asset=asset, window=DAY)
    if regain is not None and regain.number > least:
        return regain.number
    return rounded(least, 4, up=True)


def _least(sheet: FactSheet, read: Read, rules: Rules, oi: Decimal, way: tuple[Side, str, int]) -> Bounds | None:
    """Return the least bounds of a direction, the smallest share first; None where none of them turn the label."""
    side, label, sign = way
    asset = sheet.asset
    price = sheet.get("price", asset=asset)
    worth = sheet.get("oi_usd", asset=asset)
    if price is None or worth is None:
        return None
    most = worth.number * rules["points"]["liquidations_full_at_oi_percent"] / _HUNDRED
    lowest = int(rules["guards"]["flow_share_percent"])
    for share, move, size in product(range(lowest, 96, 5), _MOVES, _SIZES):
        percent = max(move * full_move(sheet, rules), rules["points"]["quadrant_price_percent"])
        level = rounded(price.number * (1 + sign * percent / _HUNDRED), 3, up=sign > 0)
        bounds = Bounds(side, level, Decimal(share), max(rounded(most * size, 2, up=True), LIQUIDATIONS_FLOOR_USD))
        if all(read(day)[0] == label for day in days(sheet, bounds, oi)):
            return bounds
    return None


def full_move(sheet: FactSheet, rules: Rules) -> Decimal:
    """Return the day's move in price, in percent, that gives all the points."""
    sigma = sheet.get("daily_sigma", asset=sheet.asset)
    return 2 * sigma.number if sigma is not None and sigma.number > 0 else rules["points"]["price_full_at_percent"]


def days(sheet: FactSheet, bounds: Bounds, oi: Decimal) -> Iterator[FactSheet]:
    """Yield the facts of days that meet bounds: just so, and far past each of them."""
    asset = sheet.asset
    price, now = sheet.get("price", asset=asset), sheet.get("oi_coin", asset=asset)
    worth = sheet.get("oi_usd", asset=asset)
    if price is None or now is None or worth is None:
        return
    moved, added = (bounds.price / price.number - 1) * _HUNDRED, (oi / now.number - 1) * _HUNDRED
    for move, change, share, total in product(
        (moved, moved * _FURTHER),
        (added, added * _FURTHER),
        (bounds.share, _HUNDRED),
        (bounds.total, bounds.total * _FURTHER),
    ):
        then = worth.number * (1 + move / _HUNDRED) * (1 + change / _HUNDRED)
        figures = {"price_change": move, "oi_change_coin": change, "liq_total": total}
        yield day(sheet, {**figures, "liq_to_oi": total / then * _HUNDRED}, (bounds.side, share))


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


def rounded(value: Decimal, digits: int, *, up: bool) -> Decimal:
    """Return a figure in so many digits, as a text tells it."""
    step = Decimal(1).scaleb(value.adjusted() - digits + 1)
    whole = (value / step).to_integral_value(ROUND_CEILING if up else ROUND_FLOOR)
    return whole * step


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
