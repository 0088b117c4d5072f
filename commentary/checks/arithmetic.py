"""Arithmetic that a reader can redo: sums, gaps, ratios and shares that a sentence asks for.

They are no standing facts, or a random figure would match one by luck. Each is made only where the words of the
sentence ask for it: "together" for a sum, "more than" for a gap, a multiple for a ratio, a percent for a share.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from commentary.checks.elapsed import ages, between
from commentary.checks.remainders import REMAINDERS
from commentary.checks.scene import Scene
from commentary.checks.worked_out import made
from commentary.languages.base import Figure
from commentary.records.fact import Fact
from commentary.records.sheet import FactSheet

_SIDED = {
    "map": ("reach_size", "cluster_size", "side_total", "within_size"),
    "liquidations": ("liq_size",),
    "depth": ("depth",),
}
"""Sizes of which there is one for each side, by the kind of words that speak of them."""
_LEVELS = (
    "reach_price",
    "cluster_near",
    "cluster_far",
    "cluster_peak",
    "band_low",
    "band_high",
    "price_low",
    "price_high",
    "price_from",
)
_HUNDRED = Decimal(100)
_EXAMPLE = Decimal(100_000)
"""In dollars: the position that payments of funding are told for."""

Maker = Callable[[FactSheet, Scene], Iterator[Fact]]


def asked(sheet: FactSheet, scene: Scene, figure: Figure) -> Iterator[Fact]:
    """Yield what a figure of a sentence could be the result of."""
    for maker in (*_MAKERS.get(figure.kind, ()), *REMAINDERS.get(figure.kind, ())):
        yield from maker(sheet, scene)


def side_pairs(sheet: FactSheet, scene: Scene) -> Iterator[tuple[Fact, Fact]]:
    """Yield the longs' and the shorts' size of each kind that the sentence speaks of."""
    kinds = {mark.name.removeprefix("kind:") for mark in scene.said("kind:")}
    # "Longs dominated with $741 million; shorts came to $152 million": what there is of both sides is meant.
    every = not kinds and bool(scene.said(("side:", "things:levels")))
    for kind, metrics in _SIDED.items():
        if kind not in kinds and not every:
            continue
        for metric in metrics:
            for one in sheet.all(metric, side="long"):
                for other in sheet.all(metric, side="short", asset=one.subject.asset):
                    if _alike(one, other, metric):
                        yield one, other


def _alike(one: Fact, other: Fact, metric: str) -> bool:
    a, b = one.subject, other.subject
    # A reach has its own price on each side; a distance is the same for both.
    same_place = metric in ("reach_size", "depth") or a.at == b.at
    return (a.venue, a.window_hours) == (b.venue, b.window_hours) and same_place and one.unit == other.unit


def _ratios(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    for long, short in side_pairs(sheet, scene):
        large, small = (long, short) if long.number >= short.number else (short, long)
        if small.number:
            value, formula = large.number / small.number, f"{large.id} / {small.id}"
            yield made("size_ratio", "ratio", "ratio", value, formula, large, small, side=large.subject.side)
    for one, other in combinations(_totals(sheet, scene), 2):
        large, small = (one, other) if one.number >= other.number else (other, one)
        if small.number:
            value, formula = large.number / small.number, f"{large.id} / {small.id}"
            yield made("total_ratio", "ratio", "ratio", value, formula, large, small)


def _totals(sheet: FactSheet, scene: Scene) -> list[Fact]:
    """Return the liquidation totals of the assets that a sentence names, and the market's."""
    if scene.said("kind:") and not scene.said("kind:liquidations"):
        return []
    named = {mark.name.removeprefix("asset:") for mark in scene.said("asset:")} | {"market"}
    return [fact for fact in sheet.all("liq_total") if fact.subject.asset in named]


def _sums(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    if scene.said("together"):
        for long, short in side_pairs(sheet, scene):
            formula = f"{long.id} + {short.id}"
            yield made("size_sum", long.unit, "level", long.number + short.number, formula, long, short)
        totals = [fact for fact in _totals(sheet, scene) if fact.subject.asset != "market"]
        if len(totals) > 1:
            value = sum((fact.number for fact in totals), Decimal(0))
            yield made(
                "size_sum", "usd", "level", value, " + ".join(fact.id for fact in totals), *totals, at="together"
            )


def _gaps(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    if not scene.said(("comparisons:", "apart")):
        return
    for long, short in side_pairs(sheet, scene):
        large, small = (long, short) if long.number >= short.number else (short, long)
        value, formula = large.number - small.number, f"{large.id} - {small.id}"
        yield made("size_gap", large.unit, "level", value, formula, large, small, side=large.subject.side)
    for metric in ("oi_coin", "oi_usd", "price", "funding_money"):
        for one, other in combinations(sheet.all(metric), 2):
            value, formula = abs(one.number - other.number), f"|{one.id} - {other.id}|"
            if one.unit == other.unit and value:
                name = "funding_gap" if metric == "funding_money" else "source_gap"
                yield made(name, one.unit, "level", value, formula, one, other)
    for total in sheet.all("liq_total"):
        median = sheet.get("liq_median", asset=total.subject.asset, window=total.subject.window_hours)
        if median is not None and scene.said("references:median"):
            value = total.number - median.number
            yield made("median_gap", total.unit, "delta", value, f"{total.id} - {median.id}", total, median)


_SHORT_OF = re.compile(r"\b(?:short|shy|clear|north|south) of\b|\b(?:off|above|below|under|over|beneath)\b", re.I)


def _is_apart(scene: Scene) -> bool:
    """Say whether a sentence sets something apart from a level; "short of" is innocent elsewhere, and no mark."""
    marked = scene.said(("comparisons:", "apart", "move:"))
    return bool(marked) or _SHORT_OF.search(scene.text, scene.start, scene.end) is not None


def _distances(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield how far the price is from each level: positive where the level is above it."""
    price = sheet.get("price")
    if price is None or not _is_apart(scene):
        return
    for level in _levels(sheet, price):
        name, formula = f"distance_{level.subject.metric}", f"{level.id} - {price.id}"
        value = level.number - price.number
        if level.subject.metric == "price_from":
            value, formula = -value, f"{price.id} - {level.id}"
        yield made(name, "price", "delta", value, formula, level, price, side=level.subject.side, at=level.subject.at)


def _levels(sheet: FactSheet, price: Fact) -> list[Fact]:
    return [fact for metric in _LEVELS for fact in sheet.all(metric) if fact.currency == price.currency]


def _distance_percents(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    price = sheet.get("price")
    if price is None or not price.number or not _is_apart(scene):
        return
    for level in _levels(sheet, price):
        if level.subject.metric == "price_from":
            # How far price moved is a measured change, with a source and a window of its own.
            continue
        name, at = f"distance_percent_{level.subject.metric}", level.subject.at
        value = (level.number / price.number - 1) * _HUNDRED
        formula = f"({level.id} / {price.id} - 1) * 100"
        yield made(name, "percent", "delta", value, formula, level, price, side=level.subject.side, at=at)
        if level.subject.metric in ("price_low", "price_high"):
            value, formula = (price.number / level.number - 1) * _HUNDRED, f"({price.id} / {level.id} - 1) * 100"
            yield made(f"move_from_{level.subject.metric}", "percent", "delta", value, formula, price, level, at=at)


def _shares(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    for long, short in side_pairs(sheet, scene):
        whole = long.number + short.number
        for part in (long, short) if whole else ():
            formula = f"{part.id} / ({long.id} + {short.id}) * 100"
            value = part.number / whole * _HUNDRED
            yield made("size_share", "percent", "share", value, formula, part, long, short, side=part.subject.side)
    market = next((fact for fact in sheet.all("liq_total", asset="market")), None)
    if market is None or not market.number:
        return
    totals = [fact for fact in _totals(sheet, scene) if fact.subject.asset != "market"]
    for total in totals:
        formula = f"{total.id} / {market.id} * 100"
        yield made("market_share", "percent", "share", total.number / market.number * _HUNDRED, formula, total, market)
    if len(totals) > 1 and scene.said("together"):
        value = sum((fact.number for fact in totals), Decimal(0)) / market.number * _HUNDRED
        formula = f"({' + '.join(fact.id for fact in totals)}) / {market.id} * 100"
        yield made("market_share", "percent", "share", value, formula, *totals, market, at="together")
    named = {mark.name.removeprefix("asset:") for mark in scene.said("asset:")}
    for whole_side in sheet.all("liq_size", asset="market"):
        for part in sheet.all("liq_size", side=whole_side.subject.side):
            if part.subject.asset in named and whole_side.number:
                value = part.number / whole_side.number * _HUNDRED
                formula = f"{part.id} / {whole_side.id} * 100"
                yield made("market_share", "percent", "share", value, formula, part, whole_side,
                            side=part.subject.side)  # fmt: skip


def _counts(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield how many past days were larger, and smaller, than the present one."""
    for rank in sheet.all("liq_rank"):
        larger = rank.number - 1
        yield made("days_larger", "count", "count", larger, f"{rank.id} - 1", rank)
        for days in sheet.all("history_days"):
            if days.subject.at == "liquidations":
                value = days.number - larger
                yield made("days_smaller", "count", "count", value, f"{days.id} - {larger:f}", days, rank)


def _all_days(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield how many days a rank is a place among: those of the history, and the latest."""
    ranks = {"liquidations": sheet.all("liq_rank"), "open interest": sheet.all("oi_change_rank")}
    for days in sheet.all("history_days") if re.search(r"\bof ", scene.text[scene.start : scene.end]) else ():
        for rank in ranks.get(days.subject.at or "", ()):
            formula = f"{days.id} and the latest"
            yield made("days_ranked", "days", "count", days.number + 1, formula, days, rank)


def _rate_counts(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    for prints in sheet.all("funding_prints"):
        share = sheet.get("funding_below_share", venue=prints.subject.venue)
        if share is not None:
            lower = (share.number * prints.number / _HUNDRED).to_integral_value()
            yield made("prints_lower", "count", "count", lower, f"{share.id} of {prints.id}", prints, share)
            rest = prints.number - lower
            yield made("prints_rest", "count", "count", rest, f"{prints.id} - those lower", prints, share)


def _payments(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield what a rate of unknown interval takes from a position, and the size of that position."""
    for rate in sheet.all("funding_rate") if not sheet.all("funding_money") else ():
        size = made("example_notional", "usd", "level", _EXAMPLE, "the size of an example", rate)
        yield replace(size, evidence="asserted")
        paid = abs(rate.number) * _EXAMPLE / _HUNDRED
        yield made("funding_money", "usd", "level", paid, f"|{rate.id}| of {_EXAMPLE}", rate)


def _payments_before(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield what the rate of the settlement before took from the same position."""
    if not scene.said("references:previous"):
        return
    for before in sheet.all("funding_before"):
        paid = abs(before.number) * _EXAMPLE / _HUNDRED
        yield made("funding_before_money", "usd", "level", paid, f"|{before.id}| of {_EXAMPLE}", before)


_MAKERS: dict[str, tuple[Maker, ...]] = {
    "multiple": (_ratios,),
    "money": (_sums, _gaps, _distances, _payments, _payments_before),
    "coin": (_gaps,),
    "percent": (_shares, _distance_percents),
    "fraction": (_shares,),
    "count": (_counts, _rate_counts, _all_days),
    "length": (ages, between, _all_days),
}
