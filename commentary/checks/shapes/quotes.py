"""Two prices of one coin set against each other without their figures: its mark and its last price."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.outdone import OUTDOING
from commentary.checks.shapes.saying import turned
from commentary.records.finding import Finding

_QUOTE = re.compile(
    r"\b(?:(?P<last>last(?: price| trade)?)|(?P<mark>mark(?: price)?))\b(?! (?:hours?|day|24|week))", re.I
)
_WORD = re.compile(
    rf"(?P<above>\b(?:above|over|higher than|ahead of|more than)\b)|(?P<below>\b(?:below|under|beneath|lower than"
    rf"|behind"
    rf"|less than)\b)|{OUTDOING.pattern}",
    re.I,
)


def quotes(document: Document, statement: Statement) -> Iterator[Finding]:
    """Of a coin's last price and its mark on one exchange, the one that is said to be the higher is."""
    prices = {(fact.subject.at or "").partition(";")[0]: fact for fact in document.sheet.all("price")}
    last, mark = prices.get("last"), prices.get("mark")
    if last is None or mark is None or last.number == mark.number or statement.scene.said(("denial", "conditional")):
        return
    named = list(_QUOTE.finditer(statement.text))
    if len(named) != 2 or (named[0]["last"] is None) == (named[1]["last"] is None):
        return
    match = _WORD.search(statement.text, named[0].end(), named[1].start())
    if match is None:
        return
    first, second = (last, mark) if named[0]["last"] else (mark, last)
    less = bool(match["below"] or match["less"])
    if (first.number < second.number) != less:
        yield turned(document, statement, match, (first, second))
