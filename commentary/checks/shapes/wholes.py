"""Parts and wholes: an order told as most of a day, coins as the whole market, a gap of two sources as a change."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_LONE = re.compile(
    r"\b(?:(?:one|a) (?:single|lone|sole) |(?:the )?(?:single|lone|sole) |just one |only one )(?:\w+ ){0,2}?"
    r"(?:orders?|shorts?|longs?|positions?|liquidations?|closures?|trades?|account|trader)\b",
    re.I,
)
_MOST = re.compile(
    r"\b(?:most|the bulk|the majority|the lion['’]s share|more than half|over half|half|nearly all|almost all"
    r"|all) of\b"
    r"|\bthe (?:bulk|majority|lion['’]s share|brunt)\b",
    re.I,
)
_ALL = re.compile(
    r"\b(?:all (?:of )?|every (?:dollar|cent|bit|one) of |the (?:whole|entirety|total) of |the (?:whole"
    r"|entire) )(?:the )?"
    r"(?:market['’]s|market[- ]wide|crypto(?:['’]s)?|liquidations (?:across|in) the (?:crypto )?market|day['’]s"
    r"|(?:forced )?(?:liquidations|closures))",
    re.I,
)
_OTHER_COINS = re.compile(r"\b(?:other|elsewhere|rest|remainder|else|smaller)\b", re.I)
_OVER_TIME = re.compile(
    r"\b(?:over|in|within|during|across) (?:the |a |one |this |its )*(?:past|last|previous|latest|full|whole"
    r"|single|24|day|hour|week)\b"
    r"|\b(?:since|overnight|(?:a day|an hour|a week) (?:ago|earlier|before)"
    r"|grew|grown|swelled|shrank|shrunk|built up)\b",
    re.I,
)
_HALF = Decimal("0.5")


def lone_order(document: Document, statement: Statement) -> Iterator[Finding]:
    """One order is not told as a side's whole sum, nor as most of a day's liquidations, where it is not."""
    match = _LONE.search(statement.text)
    if match is None or statement.scene.said(("denial", "denies", "kind:map")):
        return
    largest = [*document.sheet.all("order_size"), *document.sheet.all("liq_largest")]
    whole = max((fact.number for fact in document.sheet.all("liq_total")), default=None)
    at = statement.start + match.end()
    near = [told for told in statement.figures() if told.mention.start >= at][:1]
    sums = [told for told in near if told.metric in ("liq_size", "liq_total") and told.mention.start - at <= _BESIDE]
    if sums and not any(fact.value == sums[0].fact.value for fact in largest):
        message = f"{sums[0].fact.id} is the sum of many orders; write that"
        yield error(document, statement, "roles.metric", absolute(statement, match), message, sums[0].fact)
    elif largest and whole and _MOST.search(statement.text, match.end()) and largest[0].number < whole * _HALF:
        message = f"{largest[0].id} is less than half of the day's liquidations; give its size"
        yield error(document, statement, "roles.part", absolute(statement, match), message, largest[0])


_BESIDE = 12
"""As far behind its noun, in characters, the size of an order stands."""


def whole_market(document: Document, statement: Statement) -> Iterator[Finding]:
    """All of the market's liquidations are not told as those of some coins, where others had some too."""
    scene = statement.scene
    match = _ALL.search(statement.text)
    total = next(iter(document.sheet.all("liq_total", asset="market")), None)
    if match is None or total is None or scene.said(("denial", "denies")) or _OTHER_COINS.search(statement.text):
        return
    named = {mark.name.removeprefix("asset:") for mark in scene.said("asset:")}
    own: list[Fact] = [f for f in document.sheet.all("liq_total") if f.subject.asset in named - {"market"}]
    bare = re.search(r"\b(?:not|nearly|almost|of|from|for|to|in) \Z", statement.text[: match.start()], re.I)
    if own and not bare and sum((fact.number for fact in own), Decimal(0)) < total.number:
        message = f"{total.id} is more than those of the coins named; say what share they have"
        yield error(document, statement, "roles.part", absolute(statement, match), message, total, *own)


def gap_in_time(document: Document, statement: Statement) -> Iterator[Finding]:
    """How far two sources are apart is no change over a time."""
    for told in statement.figures():
        if not told.metric.startswith(("source_gap", "funding_gap", "conflict_gap")):
            continue
        low, high = statement.clause(told.mention.start)
        match = _OVER_TIME.search(statement.field.text, low, high)
        if match:
            message = f"{told.fact.id} is how far two sources are apart at one time; write that"
            yield error(document, statement, "roles.metric", match.span(), message, told.fact)
            return


_EDGES = {"band_to_foot": "foot", "band_to_top": "top", "distance_band_low": "foot", "distance_band_high": "top"}
_FOOT = re.compile(r"\b(?:foot|bottom|floor|base|lower (?:edge|end|bound|limit))\b", re.I)
_TOP = re.compile(r"\b(?:top|ceiling|upper (?:edge|end|bound|limit))\b", re.I)


def band_edges(document: Document, statement: Statement) -> Iterator[Finding]:
    """How far the price is from one edge of a band is not told of the other."""
    ends = {_EDGES[told.metric] for told in statement.figures() if told.metric in _EDGES}
    if len(ends) != 1:
        return
    foot, top = _FOOT.search(statement.text), _TOP.search(statement.text)
    wrong = top if ends == {"foot"} and not foot else foot if ends == {"top"} and not top else None
    if wrong:
        told = next(one for one in statement.figures() if one.metric in _EDGES)
        message = f"{told.fact.id} is the distance to the {ends.pop()} of the band; write that"
        yield error(document, statement, "roles.metric", absolute(statement, wrong), message, told.fact)
