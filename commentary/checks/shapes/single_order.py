"""A single liquidation order: whether one is at hand, and whose it is."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_SINGLE = re.compile(r"\b(?:largest|biggest|single|one|individual|heaviest) (?:\w+ ){0,4}?(?:orders?|prints?)\b", re.I)


_SMALLEST = re.compile(r"\b(?:smallest|least) (?:\w+ ){0,2}?order\b", re.I)


def largest_order(document: Document, statement: Statement) -> Iterator[Finding]:
    """A single order is told of with its own size and price, and only where one is at hand."""
    sizes = document.sheet.all("order_size")
    match = _SINGLE.search(statement.text) if "in the data" not in statement.text else None
    recorded = document.sheet.all("liq_largest")
    scene = statement.scene
    if (
        match
        and not sizes
        and not recorded
        and scene.said("kind:liquidations")
        and not scene.said(("denial", "absent"))
    ):
        message = "no fact at hand is of a single order; take it out, or say that the data lacks it"
        yield error(document, statement, "roles.held", absolute(statement, match), message)
        return
    if smallest := _SMALLEST.search(statement.text):
        message = "the order at hand is the largest; write that"
        yield error(document, statement, "roles.larger", absolute(statement, smallest), message, *sizes[:1])
    yield from _of_order(document, statement, sizes)
    prices = document.sheet.all("order_price")
    text = statement.field.text
    for told in statement.figures():
        if told.metric != "price" or not prices or not re.search(r"\bat $", text[statement.start : told.mention.start]):
            continue
        low = statement.clause(told.mention.start)[0]
        of_order = [one for one in statement.figures() if one.metric in ("order_size", "liq_largest")]
        near = [one for one in of_order if low <= one.mention.start < told.mention.start]
        if near and not re.search(r"\b(?:price|mark|trad|now)\w*\b", text[near[-1].mention.end : told.mention.start]):
            message = f"{prices[0].id} is {prices[0].number:f}; write the order's own price"
            span = (told.mention.start, told.mention.end)
            yield error(document, statement, "roles.metric", span, message, told.fact, prices[0])


def _has_sums(statement: Statement) -> bool:
    """Say whether figures of a side's liquidations stand in the sentence, beside the order."""
    return any(told.metric in ("liq_size", "liq_share", "size_share") for told in statement.figures())


def _of_order(document: Document, statement: Statement, sizes: list[Fact]) -> Iterator[Finding]:
    """The largest order is told with its own side, asset and exchange."""
    match = _SINGLE.search(statement.text)
    if match is None or len(sizes) != 1 or statement.scene.said("denial"):
        return
    own = sizes[0].subject
    low, high = statement.clause(statement.start + match.start())
    for group, value, code in (
        ("side:", own.side, "side"),
        ("asset:", own.asset, "asset"),
        ("giver:", own.venue, "venue"),
    ):
        marks = statement.scene.said(group, (low, high))
        if not marks and group == "side:" and not _has_sums(statement):
            # "The largest order, a Bitcoin long on Bybit": told of it behind a comma.
            marks = statement.scene.said(group)
        marks = [mark for mark in marks if mark.name.partition(":")[2] not in sizes[0].source]
        if value and marks and all(mark.name.partition(":")[2] != value for mark in marks):
            message = f"{sizes[0].id} is of {value}; write that"
            yield error(document, statement, f"roles.{code}", (marks[0].start, marks[0].end), message, sizes[0])
