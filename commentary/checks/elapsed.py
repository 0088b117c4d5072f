"""How old figures are, and how long lies between two of them, as a sentence asks for it."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import combinations

from commentary.checks.scene import Scene
from commentary.checks.worked_out import made
from commentary.records.fact import Fact
from commentary.records.sheet import FactSheet

_HOUR = Decimal(3600)
"""In seconds."""
_TIMED = {
    "price": ("price",),
    "open_interest": ("oi_coin",),
    "funding": ("funding_rate",),
    "map": ("map_window", "reach_size", "side_total"),
    "liquidations": ("liq_total",),
    "depth": ("depth",),
}
"""What has a time of its own, by the kind of words that speak of it."""


def ages(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield how old each kind of figure is, in hours and in days."""
    if not scene.said("aged"):
        return
    seen: set[tuple[str, object]] = set()
    for fact in sheet:
        key = (fact.subject.metric.partition("_")[0], fact.as_of)
        hours = Decimal(str((sheet.as_of - fact.as_of).total_seconds())) / _HOUR
        if key in seen or hours <= 0 or fact.evidence == "asserted":
            continue
        seen.add(key)
        yield made(f"age_{key[0]}", "hours", "level", hours, f"{sheet.as_of:%Y-%m-%d %H:%M} - {fact.id}", fact)
        if hours < 1:
            continue
        yield made(f"age_days_{key[0]}", "days", "level", (hours / 24).to_integral_value(), "in whole days", fact)


def between(sheet: FactSheet, scene: Scene) -> Iterator[Fact]:
    """Yield how long lies between the times of two readings of what a sentence names."""
    if not scene.said(("aged", "apart")):
        return
    kinds = {mark.name.removeprefix("kind:") for mark in scene.said("kind:")}
    timed: dict[datetime, Fact] = {}
    for kind in kinds & set(_TIMED) if kinds else ("price", "open_interest"):
        for metric in _TIMED[kind]:
            for fact in sheet.all(metric):
                timed.setdefault(fact.as_of, fact)
    for one, other in combinations(sorted(timed.values(), key=lambda fact: fact.as_of), 2):
        hours = Decimal(str((other.as_of - one.as_of).total_seconds())) / _HOUR
        yield made("time_between", "hours", "level", hours, f"{other.id} - {one.id}, in time", other, one)
