"""Two figures set side by side: ends of a range, a whole and its part, a bound and what it is a bound of.

These are rules of roles.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from commentary.checks.base import Document, Statement, Told
from commentary.records.finding import Finding

_JOINED = re.compile(r"(?: ?[-–—] ?| (?:up |down )?to (?:from |between )?| and )")
_CHANGES = ("price_from", "oi_from", "price_to")
_SIDED = ("reach_price", "cluster_")
_UNDER = re.compile(r"\b(under|below|less than|over|above|more than)$")
_LOW = ("under", "below", "less than")


def ends(document: Document, statement: Statement) -> Iterator[Finding]:
    """The ends of a range are of one thing, the nearer or lower one first."""
    if statement.asks:
        return
    text = statement.field.text
    for first, second in pairwise(statement.figures()):
        between = text[first.mention.end : second.mention.start]
        joined = _JOINED.fullmatch(between)
        if first.metric.startswith("distance_") and between.endswith("to "):
            # "$1,547 down to $60,593": how far, and where to.
            continue
        if not joined or first.fact.unit != second.fact.unit or first.metric.startswith(_CHANGES):
            continue
        if second.metric.startswith(_CHANGES) or (between == " and " and not _spans(statement, first)):
            continue
        message = _wrong_range(statement, first, second, between)
        if message:
            span = (first.mention.start, second.mention.end)
            ids = (first.fact.id, second.fact.id)
            yield document.finding("roles.order", "error", statement.field, span, message, ids)


def _spans(statement: Statement, first: Told) -> bool:
    return statement.field.text[statement.start : first.mention.start].endswith(("between ", "Between "))


def _wrong_range(statement: Statement, first: Told, second: Told, between: str) -> str | None:
    one, two = first.fact, second.fact
    if one.unit == "price":
        if (
            between != " and "
            and _of_two_things(first, second)
            and not _is_way(statement, first, between)
            and not statement.scene.said("move:", statement.clause(first.mention.start))
        ):
            return f"{one.id} and {two.id} are no ends of one range; write each by itself"
        down = "down" in between
        if ("up" in between and one.number > two.number) or (down and one.number < two.number):
            return f"the range runs the other way: {one.number:f} and {two.number:f}"
        ran = statement.scene.said("ran", (statement.start, first.mention.start))
        if ran and not down and one.number > two.number:
            return f"the lower end comes first: {two.number:f}, then {one.number:f}"
    elif one.unit == "percent" and "distance" in one.subject.metric and abs(one.number) > abs(two.number):
        return f"the nearer end comes first: {two.number:f}, then {one.number:f}"
    return None


_FROM_PRICE = re.compile(r"\bfrom (?:[\w.'’]+ ){0,4}?(?:mark|index|last|spot) price of \Z", re.I)


def _is_way(statement: Statement, first: Told, between: str) -> bool:
    """Say whether a way is told from where price is: "from Kraken's mark price of $2,310 down to $2,205"."""
    way = between in (" up to ", " down to ")
    begins = _FROM_PRICE.search(statement.field.text, statement.start, first.mention.start)
    return way and first.metric == "price" and begins is not None


def _of_two_things(first: Told, second: Told) -> bool:
    """Say whether two prices are levels of both sides, or a level and where price is."""
    sides = (first.fact.subject.side, second.fact.subject.side)
    level = [told.metric.startswith(_SIDED) for told in (first, second)]
    if all(level):
        return sides[0] != sides[1]
    priced = [told.metric == "price" for told in (first, second)]
    return any(level) and any(priced)


def bounds(document: Document, statement: Statement) -> Iterator[Finding]:
    """Half of a total bounds it from below, and the total itself from above."""
    if not statement.scene.said("conditional") and not statement.scene.said("awaited"):
        return
    text = statement.field.text
    for told in statement.figures():
        if told.metric not in ("liq_test", "liq_total", "liq_size"):
            continue
        match = _UNDER.search(text, statement.start, told.mention.start - 1)
        if match is None:
            continue
        low = match[1] in _LOW
        tests = any(other.metric == "liq_test" for other in statement.figures())
        if tests and low != (told.metric == "liq_test"):
            message = f"{told.fact.id} is the {'half' if told.metric == 'liq_test' else 'whole'}; turn the bounds about"
            span = (match.start(), told.mention.end)
            yield document.finding("roles.order", "error", statement.field, span, message, (told.fact.id,))
