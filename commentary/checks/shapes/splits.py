"""Totals and their sides: a total is not told as one side's, nor one side as the whole."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement, Told
from commentary.checks.shapes.saying import absolute, error
from commentary.checks.supposed import supposes
from commentary.records.finding import Finding

_OF_SIDE = re.compile(
    r" (?:worth )?(?:of|in) (?:(?!and\b|or\b)[\w'’]+ ){0,3}?(?P<side>longs?|shorts?)\b(?! and\b| or\b|,? shorts)", re.I
)
_SIDE_OF = re.compile(
    r"\b(?P<side>longs?|shorts?)(?: positions| liquidations| closures)?(?: alone)?(?: (?:constituted?|reached|summed to"
    r"|added up to|worth|totalling|of|made up|make up"
    r"|accounted for"
    r"|account for|were|came to|lost|contributed|provided|supplied))? (?:about |some |roughly |all |nearly |the )?$",
    re.I,
)
_OF_CLOSED = re.compile(
    r"\b(?P<side>longs?|shorts?) (?:liquidated|closed|forced out|wiped out)\b[^,.;]{0,40}? (?:reached|came to|totall?ed"
    r"|amounted to|were|was|summed to|added up to) (?:about |some |roughly |nearly )?$",
    re.I,
)
_OF_ALONE = re.compile(r"\bof (?:the )?(?P<side>longs|shorts)(?: alone| only)?, (?:about |some |roughly )?$", re.I)
_TOTALS = {"liq_total": "liq_size", "reach_total": "reach_size"}
_BOTH = re.compile(
    r"\b(?:both|together|combined|longs? (?:and|or|plus|as well as) (?:of )?shorts?|shorts? (?:and|or"
    r"|plus) (?:of )?longs?|either)\b",
    re.I,
)
_CONFINED = re.compile(
    r"\b(?:confined|limited|restricted) to (?:the )?(?P<one>longs?|shorts?)\b(?! and)|\b(?:only|solely|exclusively"
    r"|purely|nothing but)"
    r" (?:the )?(?P<two>longs?|shorts?)\b(?! and)|\b(?P<three>longs?|shorts?) (?:only|alone)\b"
    r"(?! (?:\w+ly )?(?:surpass|exceed|outweigh|outnumber|came|come|total|top|beat|outdo|eclips|dwarf|amount|ma[dk]e))"
    r"|\b(?:every|each|all)(?: of the)? (?:\w+ )?(?:liquidations?|closures?)\b[^,.;]{0,30}?\b(?:was|were|hit|fell on)"
    r"(?: of| an?| the)* (?P<four>longs?|shorts?)\b(?! and| or)",
    re.I,
)


def unsplit(document: Document, statement: Statement) -> Iterator[Finding]:
    """A side's liquidations are told of only where the record has them by side."""
    scene, sheet = statement.scene, document.sheet
    counted = any(told.metric == "liq_total" for told in statement.figures())
    if not (counted or scene.said("kind:liquidations")) or scene.said("kind:map") or supposes(scene):
        return
    if scene.said(("denial", "absent", "unknown", "ruled")):
        return
    # What a label takes is no split of what was recorded.
    if any(told.metric == "turn_share" for told in statement.figures()):
        return
    recorded = sheet.all("liq_total")
    sides = scene.said("side:")
    if recorded and sides and not sheet.all("liq_size") and not sheet.all("liq_share") and not sheet.all("order_size"):
        mark = sides[0]
        message = f"{recorded[0].id} is not split by side; take the side out"
        yield error(document, statement, "roles.held", (mark.start, mark.end), message, recorded[0])


def totals(document: Document, statement: Statement) -> Iterator[Finding]:
    """A total of both sides is not told as one side's."""
    text = statement.field.text
    if _BOTH.search(statement.text) or statement.scene.said("denial"):
        return
    for told in statement.figures():
        if told.metric not in _TOTALS or not document.sheet.all(_TOTALS[told.metric], asset=told.fact.subject.asset):
            continue
        if _is_also_sided(document, told):
            continue
        start, end = statement.clause(told.mention.start)
        before = text[start : told.mention.start]
        match = _OF_SIDE.match(text[:end], told.mention.end)
        found = match.span("side") if match else None
        if found is None and (back := _SIDE_OF.search(before) or _OF_CLOSED.search(before) or _OF_ALONE.search(before)):
            found = (start + back.start("side"), start + back.end("side"))
        if found:
            message = f"{told.fact.id} is of both sides; give the side's own figure"
            yield error(document, statement, "roles.side", found, message, told.fact)


def _is_also_sided(document: Document, told: Told) -> bool:
    return any(
        fact.subject.side is not None and fact.value == told.fact.value
        for fact in document.sheet.all(_TOTALS[told.metric])
    )


def confined(document: Document, statement: Statement) -> Iterator[Finding]:
    """Liquidations of both sides are not told as of one alone."""
    scene = statement.scene
    match = _CONFINED.search(statement.text)
    if match is None or not scene.said("kind:liquidations") or scene.said(("kind:map", "denial")):
        return
    side = (match["one"] or match["two"] or match["three"] or match["four"]).casefold().rstrip("s")
    named = {mark.name.removeprefix("asset:") for mark in scene.said("asset:")} or {document.sheet.asset}
    rest = [
        f
        for f in document.sheet.all("liq_size")
        if f.subject.side != side and f.subject.asset in named and f.number > 0
    ]
    if rest and not statement.figures():
        why = f"{rest[0].id} is {rest[0].number:f}; say how much of each side it was"
        yield error(document, statement, "roles.denied", absolute(statement, match), why, *rest[:1])
