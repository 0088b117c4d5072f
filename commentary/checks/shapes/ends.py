"""Moves told by where they go: to a level that lies on that side, and from one value to another that way."""

import re
from collections.abc import Iterator
from itertools import pairwise

from commentary.checks.base import Document, Statement, Told
from commentary.checks.shapes.saying import error
from commentary.languages.phrases import Mark
from commentary.records.finding import Finding

_LEVELS = ("reach_price", "cluster_near", "cluster_far", "cluster_peak", "reach_sum_price", "cluster_level_price")
_TO = re.compile(r"(?: back)?(?: up| down)? (?:to|towards?|as far as|onto) (?:about |around |the |its )?", re.I)
_ENDS = {
    "funding_rate": ("funding_before", "funding_previous", "funding_past"),
    "price": ("price_from",),
    "oi_coin": ("oi_from_coin",),
    "oi_usd": ("oi_from_usd",),
}
"""What a value came from, by the value."""
_WENT_TO = re.compile(r"\bto \Z", re.I)
_CAME_FROM = re.compile(r"\bfrom \Z", re.I)


def to_level(document: Document, statement: Statement) -> Iterator[Finding]:
    """A level of longs is fallen to and one of shorts risen to, under a condition too."""
    if statement.scene.said("denial") or any(document.sheet.all("level_passed")):
        return
    price = document.sheet.get("price")
    for told in statement.figures():
        side = told.fact.subject.side
        mark = _move_to(statement, told) if told.metric in _LEVELS and side is not None else None
        if mark is None or (price is not None and (price.number < told.fact.number) != (side == "short")):
            continue
        if mark.name.endswith("up") != (side == "short"):
            message = f"{told.fact.id} lies {'below' if side == 'long' else 'above'} the price; turn the move about"
            span = (mark.start, told.mention.end)
            yield error(document, statement, "direction.sign", span, message, told.fact)
            return


_WAY = re.compile(r"\b(?P<way>up|down) to (?:about |around |some )?\Z", re.I)
_WHICH_WAY = re.compile(
    r"\b(?P<way>up|down) to which\b[^.;,]{0,60}?\b(?P<side>longs?|shorts?)\b"
    r"|\b(?P<side2>longs?|shorts?) on the way (?P<way2>up|down)\b"
    r"|\b(?P<side3>longs?|shorts?) (?:that would be )?(?:liquidated|closed|forced out) (?:in|on|by) an? (?:\w+ )?"
    r"(?:(?P<rise>rise|rally|climb|gain|advance)|(?P<fall>fall|drop|slide|decline|dip))\b",
    re.I,
)


def way_to_level(document: Document, statement: Statement) -> Iterator[Finding]:
    """Sums of longs run down to their levels and sums of shorts up to theirs."""
    text = statement.field.text
    if statement.scene.said("denial"):
        return
    for told in statement.figures():
        side = told.fact.subject.side
        match = _WAY.search(text, statement.start, told.mention.start) if told.metric in _LEVELS and side else None
        if match and (match["way"].casefold() == "up") != (side == "short"):
            message = f"{told.fact.id} is on the way {'up' if side == 'short' else 'down'}; turn it about"
            span = (match.start(), told.mention.end)
            yield error(document, statement, "roles.side", span, message, told.fact)
            return
    for match in _WHICH_WAY.finditer(text, statement.start, statement.end):
        way = (match["way"] or match["way2"] or ("up" if match["rise"] else "down")).casefold()
        whose = (match["side"] or match["side2"] or match["side3"]).casefold()
        if statement.scene.said("kind:map") and (way == "up") != whose.startswith("short"):
            message = f"{whose} lie on the way {'up' if whose.startswith('short') else 'down'}; turn it about"
            yield error(document, statement, "roles.side", match.span(), message)
            return


def _move_to(statement: Statement, told: Told) -> Mark | None:
    """Return the word of rise or fall that ends at a figure: "fell to $59,200"."""
    scene = statement.scene
    marks = scene.longest(("move:", "moving:"), (scene.clause(told.mention.start)[0], told.mention.start))
    if marks and _TO.fullmatch(scene.text, marks[-1].end, told.mention.start):
        return marks[-1]
    return None


_CHANGE_TO = re.compile(r"(?: (?:in|over|within|during) [^,;.$€]{0,30}?)?,? (?:higher |lower )?to \Z", re.I)


_BY = re.compile(r" (?:by )?")


def price_as_change(document: Document, statement: Statement) -> Iterator[Finding]:
    """Where price is is not told as how far it went: "gave up $61,460"."""
    scene = statement.scene
    for told in statement.figures():
        level = told.metric in ("oi_coin", "oi_usd") and scene.text[: told.mention.start].endswith(" by ")
        if told.metric not in ("price", "price_to", "price_from", "price_low", "price_high") and not level:
            continue
        marks = scene.longest(("move:", "moving:"), (scene.clause(told.mention.start)[0], told.mention.start))
        if (
            marks
            and _BY.fullmatch(scene.text, marks[-1].end, told.mention.start)
            and not _TOUCHED.search(scene.word(marks[-1]))
        ):
            message = f"{told.fact.id} is where it was, and not how far it went; write from what to what"
            span = (marks[-1].start, told.mention.end)
            yield error(document, statement, "roles.metric", span, message, told.fact)
            return


_TOUCHED = re.compile(
    r"bottom|top|peak|trough|hit|touch|reach|clear|regain|recover|break|broke|cross|pass|at\b|low"
    r"|high",
    re.I,
)


def changed_to(document: Document, statement: Statement) -> Iterator[Finding]:
    """A measured change of price ends at the price, and no level is where it came from."""
    if statement.scene.said(("denial", "conditional", "kind:map")):
        return
    figures = statement.figures()
    text = statement.field.text
    for one, other in pairwise(figures):
        between = text[one.mention.end : other.mention.start]
        moved = one.metric == "price_change" and other.metric in _LEVELS and _CHANGE_TO.fullmatch(between)
        came = one.metric in _LEVELS and other.metric in ("price", "price_to") and between.strip() == "to"
        came = came and _CAME_FROM.search(text, statement.start, one.mention.start) is not None
        if moved or came:
            wrong = other if moved else one
            message = f"{wrong.fact.id} is a level of the map; write where price {'is' if moved else 'was'}"
            span = (wrong.mention.start, wrong.mention.end)
            yield error(document, statement, "roles.metric", span, message, wrong.fact)
            return


def went(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is told to have gone from one value to another went the way that its verb says."""
    scene = statement.scene
    if scene.said(("denial", "conditional")):
        return
    figures = statement.figures()
    for now in figures:
        before = [told for told in figures if told.metric.startswith(_ENDS.get(now.metric, ("\0",)))]
        mark = _move_to(statement, now)
        if len(before) != 1 or mark is None or not _WENT_TO.search(scene.text, scene.start, now.mention.start):
            continue
        then = before[0]
        if not _CAME_FROM.search(scene.text.lower(), scene.start, then.mention.start):
            continue
        if now.fact.number != then.fact.number and (now.fact.number > then.fact.number) != mark.name.endswith("up"):
            message = f"from {then.fact.id} to {now.fact.id} it went the other way; turn the verb about"
            yield error(document, statement, "direction.sign", (mark.start, mark.end), message, now.fact, then.fact)
            return
