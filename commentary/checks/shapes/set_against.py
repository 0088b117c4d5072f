"""A figure set right against another of its unit: below it, over it, near the median."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from commentary.checks.base import Document, Statement, Told
from commentary.checks.compared import sizes_of
from commentary.checks.shapes.saying import absolute, error, turned
from commentary.checks.supposed import supposes
from commentary.records.finding import Finding

_AGAINST = re.compile(
    r"(?:^|[\s,])(?:just |well |far |slightly )?(?:(?P<more>above|over|higher than|more than|greater than|larger than)"
    r"|(?P<less>below|under|beneath|lower than|less than|smaller than))"
    r" (?:the |its |a |usual |day['’]s |24-hour |low of |high of |level of |[A-Z]\w+['’]s |that of )*\Z"
)
_OTHERWISE = re.compile(
    r"\b(?:from|to|by|and|or|with|while|but|whereas|fell|rose|down|up|between|if|when|than before|ago|earlier)\b", re.I
)
_FAR = 90
"""As far apart, in characters, two figures can stand that are set against each other."""
_MEDIAN = re.compile(
    r"\b(?:near|close to|about at|around|in line with|much like|on a par with) (?:the|its|that) median\b", re.I
)
_NEAR = Decimal("1.25")
_HARDLY = re.compile(r"\b(?:hardly|barely|scarcely|next to no|almost no) (?:any )?(?P<side>longs?|shorts?)\b", re.I)
_TENTH = Decimal("0.1")


def set_against(document: Document, statement: Statement) -> Iterator[Finding]:
    """Of two figures with nothing but a word of more or less between them the first is the one it is said to be."""
    if statement.asks or supposes(statement.scene) or statement.scene.said(("denial", "ruled")):
        return
    text, figures = statement.field.text, statement.figures()
    for one, other in pairwise(figures):
        between = text[one.mention.end : other.mention.start]
        match = _AGAINST.search(between)
        if match is None or len(between) > _FAR or _OTHERWISE.search(between[: match.start()]):
            continue
        first, second = one.fact, other.fact
        alike = first.unit == second.unit and first.quantity == second.quantity and first.currency == second.currency
        if one.metric.endswith("_gap"):
            yield from _apart(document, statement, figures, (one, other), match)
            continue
        if not alike or first.quantity == "delta" or first.number == second.number:
            continue
        if (first.number > second.number) != (match["more"] is not None):
            span = (one.mention.end + match.start(), other.mention.end)
            message = f"by {first.id} and {second.id} it is the other way about; turn it"
            yield error(document, statement, "roles.larger", span, message, first, second)


def _apart(
    document: Document, statement: Statement, figures: tuple[Told, ...], pair: tuple[Told, Told], match: re.Match[str]
) -> Iterator[Finding]:
    """Of "279,500 BTC, which is 13,100 BTC above the 266,400 BTC" the first is as much more than the last."""
    gap, other = pair
    before = [told for told in figures if told.mention.end < gap.mention.start and told.fact.unit == other.fact.unit]
    if not before or before[-1].fact.number == other.fact.number:
        return
    if (before[-1].fact.number > other.fact.number) != (match["more"] is not None):
        span = (gap.mention.end + match.start(), other.mention.end)
        message = f"by {before[-1].fact.id} and {other.fact.id} it is the other way about; turn it"
        yield error(document, statement, "roles.larger", span, message, before[-1].fact, other.fact)


def near_median(document: Document, statement: Statement) -> Iterator[Finding]:
    """A day's total is near the median of past days only where it is within a quarter of it."""
    match = _MEDIAN.search(statement.text)
    if match is None or not statement.scene.said("kind:liquidations") or statement.scene.said("denial"):
        return
    pairs = [
        (total, median)
        for median in document.sheet.all("liq_median")
        for total in document.sheet.all("liq_total", asset=median.subject.asset)
        if median.number > 0 and total.number > 0
    ]
    far = [pair for pair in pairs if max(one.number for one in pair) > _NEAR * min(one.number for one in pair)]
    if pairs and len(far) == len(pairs):
        yield turned(document, statement, match, far[0], "larger")


def hardly_any(document: Document, statement: Statement) -> Iterator[Finding]:
    """Hardly any of a side was liquidated only where it is less than a tenth of both."""
    match = _HARDLY.search(statement.text)
    if match is None or not statement.scene.said(("kind:liquidations", "kind:map")):
        return
    own, others = sizes_of(document.sheet, statement.scene, match["side"].casefold().rstrip("s"))
    if own and others and not any(one.number < _TENTH * (one.number + other.number) for one in own for other in others):
        message = f"{own[0].id} is {own[0].number:f}; give it"
        yield error(document, statement, "roles.denied", absolute(statement, match), message, own[0])
