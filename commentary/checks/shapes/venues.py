"""Exchanges that stand apart in price, and parts of a whole: whose figure it is, of which kind of price, of what."""

import re
from collections.abc import Iterator
from itertools import pairwise

from commentary.checks.base import Document, Statement
from commentary.checks.patterns import pattern
from commentary.checks.shapes.saying import absolute, error
from commentary.checks.supposed import supposes
from commentary.records.finding import Finding

_KINDS = {
    "mark": re.compile(r"\bmark(?: price)?s?\b"),
    "last": re.compile(r"\blast(?:ly)? (?:price|trade)s?|\blast traded\b"),
}
_GAPS = ("venue_gap", "venue_other_gap")
_COINS_AT = re.compile(r"[0-9](?: thousand| million| billion| trillion)? [A-Z][A-Z0-9]+(?: of [a-z]+ [a-z]+)?,? at \Z")
_OF = re.compile(r" of (?:the |its |all |a total of )?\Z")


def apart(document: Document, statement: Statement) -> Iterator[Finding]:
    """How far an exchange stands apart is told of it, and in the price that it was measured in."""
    scene = statement.scene
    for told in statement.figures():
        if told.metric not in _GAPS or scene.said("denial"):
            continue
        venue, kind = told.fact.subject.venue, (told.fact.subject.at or "").partition(";")[0]
        before = (statement.clause(told.mention.start)[0], told.mention.start)
        named = [(mark.name.removeprefix("giver:"), mark) for mark in scene.said("giver:", before)]
        if named and venue not in {name for name, _ in named}:
            mark = named[0][1]
            why = f"{told.fact.id} is {venue}'s; name that exchange"
            yield error(document, statement, "roles.venue", (mark.start, mark.end), why, told.fact)
            return
        others = [
            match for name, words in _KINDS.items() if name != kind for match in words.finditer(scene.text, *before)
        ]
        if others and kind in _KINDS and not _KINDS[kind].search(scene.text, statement.start, statement.end):
            why = f"{told.fact.id} is of {kind} prices; write that"
            yield error(document, statement, "roles.metric", others[0].span(), why, told.fact)
            return


def off_price(document: Document, statement: Statement) -> Iterator[Finding]:
    """The price of an exchange that stands apart is told with its name, and never as the coin's."""
    for told in statement.figures():
        fact = told.fact
        if told.metric != "price" or fact.subject.venue is None:
            continue
        state = document.sheet.get("venue_state", venue=fact.subject.venue)
        gaps = document.sheet.all("venue_gap", venue=fact.subject.venue, at=fact.subject.at)
        alike = [one for one in document.sheet.all("price") if one.value == fact.value and one is not fact]
        near = statement.field.text[: statement.end]
        made = any(one.fact.unit == "coin" and fact.id in one.fact.inputs for one in statement.figures())
        beside = _COINS_AT.search(statement.field.text, statement.start, told.mention.start)
        each = statement.field.text.startswith(" each", told.mention.end)
        if made or ((beside or each) and statement.scene.said("side:")):
            # "Shorts of about 7.95 million SOL, at $139.04 each": what a sum in dollars was reckoned at.
            continue
        if state is not None and gaps and not alike and fact.subject.venue not in near:
            span = (told.mention.start, told.mention.end)
            why = f"{fact.id} stands apart from the others; name its exchange"
            yield error(document, statement, "roles.venue", span, why, fact, state)
            return


def still_apart(document: Document, statement: Statement) -> Iterator[Finding]:
    """A gap that is at hand is not told as closed."""
    gaps = [fact for metric in ("venue_gap", "funding_spread") for fact in document.sheet.all(metric)]
    match = pattern("told", "spreads", "closed").search(statement.text) if gaps else None
    if match and not supposes(statement.scene) and not statement.scene.said(("denial", "unknown", "ruled")):
        why = f"{gaps[0].id} is the gap by the latest figures; write that"
        yield error(document, statement, "roles.held", absolute(statement, match), why, gaps[0])


def share_of(document: Document, statement: Statement) -> Iterator[Finding]:
    """A share is of its whole, and not of the part itself: "29.8% of $75 million" where that is the part."""
    figures = statement.figures()
    for one, other in pairwise(figures):
        inputs = [document.sheet[name] for name in one.fact.inputs if name in document.sheet]
        if (
            one.fact.unit != "percent"
            or not one.metric.endswith("share")
            or len(inputs) < 2
            or other.fact.unit != inputs[0].unit
        ):
            continue
        between = statement.field.text[one.mention.end : other.mention.start]
        if _OF.fullmatch(between) and other.fact.value == inputs[0].value != inputs[1].value:
            span = (other.mention.start, other.mention.end)
            why = f"{other.fact.id} is the part itself; write of what {one.fact.id} is a share"
            yield error(document, statement, "roles.part", span, why, one.fact, other.fact)
            return
