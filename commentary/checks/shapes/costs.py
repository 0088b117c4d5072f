"""Who would pay a rate, and where a position is dearer: both follow from the signs of rates at hand."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_PAYS = re.compile(
    r"\brates? (?:that|which|at which|where|for which) (?P<side>longs|shorts)\b(?: would| will| have to| had to)*"
    r" pa(?:y|id)\b",
    re.I,
)
_DEARER = re.compile(
    r"\b(?P<side>long|short)s?(?: positions?)? (?:is|are|was|were) (?P<word>dearer|costlier|more expensive|cheaper"
    r"|less expensive) to (?:hold|keep|carry) (?:on|at) (?P<one>[\w.]+) than (?:on|at) (?P<other>[\w.]+\w)",
    re.I,
)
_CHEAP = ("cheaper", "less expensive")


def rate_paid_by(document: Document, statement: Statement) -> Iterator[Finding]:
    """A rate above zero is one that longs pay, and one below it one that shorts pay."""
    for match in _PAYS.finditer(statement.text):
        before = [
            told
            for told in statement.figures()
            if told.metric.startswith("funding_")
            and told.fact.unit == "percent"
            and told.fact.number
            and told.mention.end <= statement.start + match.start()
        ]
        # Of two rates of unlike signs nothing says which is meant.
        payers = {"longs" if told.fact.number > 0 else "shorts" for told in before}
        if len(payers) == 1 and match["side"].casefold() not in payers:
            fact = before[-1].fact
            message = f"{fact.id} is a rate that {payers.pop()} pay; write that"
            yield error(document, statement, "roles.payer", absolute(statement, match, "side"), message, fact)


def dearer(document: Document, statement: Statement) -> Iterator[Finding]:
    """A long is dearer to hold where the rate is higher, and a short where it is lower."""
    if statement.scene.said("denial"):
        return
    for match in _DEARER.finditer(statement.text):
        rates = [
            fact
            for name in ("one", "other")
            for fact in document.sheet.all("funding_8h")
            if (fact.subject.venue or "").casefold() == match[name].casefold() and fact.subject.at == "settled"
        ]
        if len(rates) != 2 or rates[0].number == rates[1].number or rates[0].subject.asset != rates[1].subject.asset:
            continue
        costs = (rates[0].number > rates[1].number) == (match["side"].casefold() == "long")
        if costs == (match["word"].casefold() in _CHEAP):
            message = f"by {rates[0].id} and {rates[1].id} it is the other way about; turn it"
            yield error(document, statement, "roles.larger", absolute(statement, match), message, *rates)
