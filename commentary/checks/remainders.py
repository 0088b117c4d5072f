"""Arithmetic with the figures of before, and with what is left when parts are taken out, as a sentence asks for it."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import combinations

from commentary.checks.bygone import PAST, day_before
from commentary.checks.scene import Scene
from commentary.checks.worked_out import made
from commentary.records.fact import Fact, Quantity, Unit, derive
from commentary.records.sheet import FactSheet

_LEFT = re.compile(
    r"\b(?:rest|remain(?:s|ed|ing|der)?|left(?:over)?|leav(?:es|ing)|elsewhere|balance|every(?:thing| other coin| coin)"
    r" (?:else|but)|all (?:the )?(?:other|else)|(?:all |the )?others?|other (?:coins|assets)|aside|apart from"
    r"|other than|except(?:ing)?|exclud(?:e|es|ed|ing)|without|minus|outside(?: of)?|beyond|stripped?|knock(?:ed)? off"
    r"|take away|taken out)\b"
    r"|\b(?:take|took|taking|strip|leave|set|put)\b[^.;]{0,60}?\b(?:out|off|away|aside)\b",
    re.I,
)
_WIDE = re.compile(
    r"\b(?:range|span(?:s|ned)?|wide|width|breadth|band|corridor|from|between|swing|swung|spread)\b", re.I
)
_HUNDRED = Decimal(100)


def _fact(name: str, unit: Unit, quantity: Quantity, value: Decimal, formula: str, *inputs: Fact) -> Fact:
    return made(name, unit, quantity, value, formula, *inputs, side=inputs[0].subject.side)


def rests(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield what is left of all coins' liquidations without the coins named: in dollars, by side and in all."""
    if not _LEFT.search(scene.text, scene.start, scene.end):
        return
    named = [mark.name.removeprefix("asset:") for mark in scene.said("asset:")]
    for metric in ("liq_total", "liq_size"):
        for whole in sheet.all(metric, asset="market"):
            parts = [
                part
                for asset in dict.fromkeys(named)
                for part in sheet.all(metric, asset=asset, side=whole.subject.side)
                if part.subject.window_hours == whole.subject.window_hours
            ]
            if parts:
                left = whole.number - sum((part.number for part in parts), Decimal(0))
                formula = " - ".join(fact.id for fact in (whole, *parts))
                yield _fact("liq_rest", "usd", "level", left, formula, whole, *parts)


def rest_shares(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield what part of all coins' liquidations is left without the coins named."""
    for left in rests(sheet, scene):
        whole = next(fact for fact in sheet if fact.id == left.inputs[0])
        if whole.number:
            value = left.number / whole.number * _HUNDRED
            yield _fact("liq_rest_share", "percent", "share", value, f"{left.id} / {whole.id} * 100", left, whole)


def _pairs(sheet: FactSheet, scene: Scene) -> Iterator[tuple[Fact, Fact]]:
    """Yield each liquidation figure with that of the day before, where a sentence speaks of that day."""
    if not day_before(scene) or (scene.said("kind:") and not scene.said("kind:liquidations")):
        return
    for now, before in (("liq_total", "liq_previous_total"), ("liq_size", "liq_previous_size")):
        for one in sheet.all(now):
            subject = one.subject
            for other in sheet.all(before, asset=subject.asset, venue=subject.venue, side=subject.side):
                if subject.window_hours == other.subject.window_hours:
                    yield one, other


def day_ratios(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield how many times the liquidations of the day before those of the day are."""
    for one, other in _pairs(sheet, scene):
        large, small = (one, other) if one.number >= other.number else (other, one)
        if small.number:
            yield _fact(
                "liq_day_ratio", "ratio", "ratio", large.number / small.number, f"{large.id} / {small.id}", large, small
            )


def day_changes(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield by how many percent liquidations changed from the day before."""
    for one, other in _pairs(sheet, scene):
        if other.number:
            value = (one.number / other.number - 1) * _HUNDRED
            formula = f"({one.id} / {other.id} - 1) * 100"
            yield _fact("liq_day_change", "percent", "delta", value, formula, one, other)


def day_gaps(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield by how many dollars liquidations changed from the day before."""
    for one, other in _pairs(sheet, scene):
        value = one.number - other.number
        yield _fact("liq_day_gap", "usd", "delta", value, f"{one.id} - {other.id}", one, other)


def cluster_sums(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield what the clusters of one side come to together."""
    if not scene.said("together") or not scene.said("things:clusters"):
        return
    for side in ("long", "short"):
        parts = [fact for fact in sheet.all("cluster_size") if fact.subject.side == side]
        if len(parts) > 1:
            value = sum((fact.number for fact in parts), Decimal(0))
            yield _fact("cluster_sum", "usd", "level", value, " + ".join(fact.id for fact in parts), *parts)


def day_ranges(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield how far apart the low and the high of a day's candles are."""
    if not _WIDE.search(scene.text, scene.start, scene.end):
        return
    for low in sheet.all("price_low"):
        for high in sheet.all("price_high", venue=low.subject.venue, window=low.subject.window_hours):
            yield _fact("price_range", "price", "level", high.number - low.number, f"{high.id} - {low.id}", high, low)


def paid_rates(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield a rate below zero without its sign, where a sentence says who pays it: "shorts paid 0.0012%"."""
    if not scene.said("payers:"):
        return
    for name in ("funding_rate", "funding_8h", "funding_apr", *PAST):
        for rate in sheet.all(name):
            if rate.number < 0:
                subject = rate.subject._replace(metric=f"{name}_paid", side="short")
                paid = derive(subject, -rate.number, "percent", "rate", (rate,), f"-{rate.id}, which shorts pay")
                yield paid


def book_shares(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield resting orders as a part of the modelled sum to the same price."""
    if not scene.said("kind:depth"):
        return
    for depth in sheet.all("depth"):
        for size in sheet.all("reach_sum", side=depth.subject.side, at=depth.subject.at):
            if size.number:
                value, formula = depth.number / size.number * _HUNDRED, f"{depth.id} / {size.id} * 100"
                yield _fact("depth_share", "percent", "share", value, formula, depth, size)


def order_shares(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield the largest order as a part of the liquidations of its coin, and of its side."""
    if not re.search(r"\border\b", scene.text[scene.start : scene.end], re.I):
        return
    for order in sheet.all("order_size"):
        wholes = (
            *sheet.all("liq_total", asset=order.subject.asset),
            *sheet.all("liq_size", asset=order.subject.asset, side=order.subject.side),
        )
        for whole in wholes:
            if whole.number:
                value, formula = order.number / whole.number * _HUNDRED, f"{order.id} / {whole.id} * 100"
                yield _fact("order_share", "percent", "share", value, formula, order, whole)


def price_gaps(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield how far two prices of one coin, a mark and a last price, are apart, in money of less than one unit."""
    if not scene.said(("apart", "comparisons:")):
        return
    for one, other in combinations(sheet.all("price"), 2):
        if (
            one.unit == other.unit
            and one.subject.asset == other.subject.asset
            and 0 < abs(one.number - other.number) < 1
        ):
            gap = abs(one.number - other.number)
            yield _fact("price_cents_gap", "usd", "level", gap, f"|{one.id} - {other.id}|", one, other)


REMAINDERS: dict[str, tuple[Callable[[FactSheet, Scene], Iterator[Fact]], ...]] = {
    "multiple": (day_ratios,),
    "money": (rests, day_gaps, day_ranges, price_gaps, cluster_sums),
    "percent": (rest_shares, day_changes, paid_rates, book_shares, order_shares),
}
"""By the kind of a figure, what it could be the result of."""
