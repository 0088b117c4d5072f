"""Whose our own estimate is: nobody else's, named or not."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.ours.subject import figures, words
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_SET_APART = re.compile(
    r"\b(?:unlike|not|nor|neither|than|no|without|rather than|instead of|and not) (?:that of )?\Z", re.I
)


def others(document: Document, statement: Statement) -> Iterator[Finding]:
    """A figure of our own map is not put to a vendor, an analyst or an outside model."""
    told = figures(statement)
    if not told or statement.scene.said("denial"):
        return
    for match in words("maker", "others").finditer(statement.text):
        if not _SET_APART.search(statement.text, 0, match.start()):
            message = f"{told[0].fact.id} is our own estimate, and {match[0]!r} did not give it; say that it is ours"
            yield error(document, statement, "roles.source", absolute(statement, match), message, told[0].fact)
            return
