"""Gaps: what is told of a source that was asked for something and did not give it.

The facts hold of every such source why it gave nothing and what it leaves out; what a text says of one is held against
those alone. These are rules of roles.

roles.gap: another source, another reason, or other data told as missing than those; or told as at hand.
"""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.gaps.kinds import lacking, present
from commentary.checks.gaps.states import complete, states
from commentary.records.finding import Finding

_SUPPOSED = re.compile(r"\b(?:if|would|should|unless|whether|might|suppos\w+|not known|unknown)\b", re.I)


def gaps(document: Document, statement: Statement) -> Iterator[Finding]:
    """Yield what a sentence says of a source that gave nothing, and is not so."""
    if statement.asks or _SUPPOSED.search(statement.text):
        return
    for rule in (states, complete, lacking, present):
        yield from rule(document, statement)
