"""How the rules of this folder say what they found."""

import re

from commentary.checks.base import Document, Statement
from commentary.records.fact import Fact
from commentary.records.finding import Finding


def error(
    document: Document, statement: Statement, code: str, span: tuple[int, int], message: str, *facts: Fact
) -> Finding:
    """Return an error at a stretch, with the facts that say otherwise."""
    return document.finding(code, "error", statement.field, span, message, tuple(fact.id for fact in facts))


def absolute(statement: Statement, match: re.Match[str], group: str | int = 0) -> tuple[int, int]:
    """Return where a match in a sentence, or a group of it, stands in the field."""
    return statement.start + match.start(group), statement.start + match.end(group)


def turned(
    document: Document, statement: Statement, match: re.Match[str], facts: tuple[Fact, ...], code: str = "larger"
) -> Finding:
    """Return that what a stretch says is the other way about."""
    told = " and ".join(dict.fromkeys(fact.id for fact in (facts[0], facts[-1])))
    message = f"by {told} it is the other way about; turn it"
    return error(document, statement, f"roles.{code}", absolute(statement, match), message, *facts)


def of_first(document: Document, fact: Fact) -> Fact:
    """Return the fact that says whose another is: open interest in dollars is not of the exchange of the price."""
    return document.sheet[fact.inputs[0]] if fact.inputs and fact.inputs[0] in document.sheet else fact
