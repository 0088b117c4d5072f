"""What our own estimate cannot see: what is opened before its days, collateral that is added, cross margin."""

import re
from collections.abc import Iterator
from functools import cache

from commentary.checks.base import Document, Statement
from commentary.checks.ours.subject import is_about, is_denied, phrase
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_BETWEEN = (
    r"(?:how|that|what|which|the|any|all|also|of|for|with|traders|holders|where|when|in|their|bitcoin|its|even|every|some"
    r"|many|to|on|\w+['’]s|\w+ed)"
)
_OURS = re.compile(r"\b(?:estimate|model|map|it|we)\b", re.I)


@cache
def _sees() -> re.Pattern[str]:
    verbs, blind = phrase("sees", "verbs"), phrase("sees", "blind")
    return re.compile(rf"\b{verbs}(?: {_BETWEEN}){{0,5}} {blind}\b", re.I)


def sees(document: Document, statement: Statement) -> Iterator[Finding]:
    """It is not said to see what it does not."""
    if not is_about(document, statement) or statement.scene.said("conditional"):
        return
    for match in _sees().finditer(statement.text):
        at = statement.start + match.start()
        if is_denied(statement, at) or not _OURS.search(statement.text, 0, match.start()):
            continue
        why = "our own estimate does not see that; say so, or take it out"
        yield error(document, statement, "roles.model", absolute(statement, match), why)
        return
