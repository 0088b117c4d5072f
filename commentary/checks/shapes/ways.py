"""A level and how far off it is, right beside each other: "a rise of 4.4% to $64,900", "$60,900 is 4.1% away"."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from commentary.checks.base import Document, Statement, Told
from commentary.checks.shapes.saying import error
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_DISTANCES = ("reach_distance", "cluster_distance", "cluster_far_distance", "distance_percent_", "passed_")
_LEVELS = ("reach_price", "reach_sum_price", "cluster_near", "cluster_far", "cluster_peak", "band_low", "band_high")
_WORD = (
    r"(?:rise|climb|gain|rally|fall|drop|slide|decline|dip|move|away|below|above|off|up|down|higher|lower|separates?"
    r"|parts?|divides?|lies?|stands?|sits?|between|from|to|at|is|the|its|price|mark|level|map['’]s|[A-Z]\w+(?:['’]s)?"
    r"|for|reach|sum|end|long|short|longs|shorts|side|sees?|where|would|takes?|it|a|of|on|modelled|just|only|present|current|latest"
    r"|about|some)"
)
_NEXT = re.compile(rf",? {_WORD}(?:,? {_WORD})* ")
_SEEN = Decimal("0.1")
"""In percentage points: what rounding and two times of a price leave between a distance and its level."""


def ways(document: Document, statement: Statement) -> Iterator[Finding]:
    """How far off a level is said to be, right beside it, it is."""
    price = document.sheet.get("price")
    if price is None or not price.number:
        return
    beside = list(_beside(statement)) or list(_alone(statement))
    right = [pair for pair in beside if _fits(pair[0], pair[1], price)]
    paired = {told.mention.start for pair in right for told in pair}
    levels = [told for told in statement.figures() if _is_level(told)]
    for way, level in beside:
        # "4.4% to $64,900, 2.5% to $60,593": a figure between two belongs to the one that it fits.
        if way.mention.start in paired or level.mention.start in paired:
            continue
        # "From $143.23 up to $145.03, 3% to 4.3% above": the near end of a distance is of the near edge.
        edges = [one for one in levels if one.fact.subject.side == level.fact.subject.side]
        if any(_fits(way, one, price) for one in edges):
            continue
        apart = abs(level.fact.number / price.number - 1) * 100
        message = f"{level.fact.id} is {apart:.1f}% from the price; write that"
        span = (way.mention.start, way.mention.end)
        yield error(document, statement, "roles.metric", span, message, way.fact, level.fact)


_IT = re.compile(r" (?P<place>above|over|below|beneath|under) (?:it|that)\b(?! (?:level|price|mark))", re.I)


def from_it(document: Document, statement: Statement) -> Iterator[Finding]:
    """Price is above, or below, the level that "it" stands for: "through $63,850, and stands $730 below it"."""
    price = document.sheet.get("price")
    figures = statement.figures()
    for told in figures:
        match = _IT.match(statement.field.text, told.mention.end, statement.end)
        before = [one for one in figures if one.mention.end < told.mention.start and one.fact.unit == "price"]
        if match is None or price is None or not told.metric.startswith("distance_") or not before:
            continue
        level = before[-1]
        above = match["place"].casefold() in ("above", "over")
        if _is_level(level) and level.fact.id in told.fact.inputs and (price.number > level.fact.number) != above:
            message = f"price is {'below' if above else 'above'} {level.fact.id}; write that"
            span = (told.mention.start, match.end())
            yield error(document, statement, "direction.sign", span, message, told.fact, level.fact)


def _beside(statement: Statement) -> Iterator[tuple[Told, Told]]:
    """Yield each distance and level with nothing between them but words that join the two."""
    for one, other in pairwise(statement.figures()):
        way, level = (one, other) if _is_way(one) else (other, one)
        joined = _NEXT.fullmatch(statement.field.text, one.mention.end, other.mention.start) is not None
        if joined and _is_way(way) and _is_level(level):
            yield way, level


def _alone(statement: Statement) -> Iterator[tuple[Told, Told]]:
    """Yield the one distance and the one level of a sentence, where no side but the level's is named."""
    distances, levels = ([told for told in statement.figures() if test(told)] for test in (_is_way, _is_level))
    if len(distances) != 1 or len(levels) != 1 or statement.scene.said("denial"):
        return
    sides = {mark.name.removeprefix("side:") for mark in statement.scene.said("side:")}
    start = statement.clause(distances[0].mention.start)[0]
    if start == statement.clause(levels[0].mention.start)[0] and sides <= {levels[0].fact.subject.side}:
        yield distances[0], levels[0]


def _fits(way: Told, level: Told, price: Fact) -> bool:
    """Say whether a level is as far from the price, in percent or in money, as is said."""
    if way.fact.unit == "percent":
        apart = (level.fact.number / price.number - 1) * 100
        return abs(abs(apart) - abs(way.fact.number)) <= _SEEN
    return abs(abs(level.fact.number - price.number) - abs(way.fact.number)) <= _SEEN * price.number / 100


def _is_level(told: Told) -> bool:
    return told.metric.startswith(_LEVELS) and told.fact.unit == "price"


def _is_way(told: Told) -> bool:
    return told.metric.startswith((*_DISTANCES, "distance_reach")) and told.fact.unit in ("percent", "price")
