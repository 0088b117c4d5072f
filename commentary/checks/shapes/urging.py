"""What tells a reader to act: a moment that is called right for it, and what the writer would do."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.records.finding import Finding

_ACTS = (
    r"(?:buy|sell|open|close|enter|exit|add|go long|go short|long|short|hold|wait|cut|trim|reduce|hedge|accumulate|load"
    r"|step in|step aside|get in|get out|stay|take|bet|lock in|scale|position|act|lighten|top up|pay up|chase|fade|bid"
    r"|stand aside|dip in|pile in|bail out|unwind|buying|selling|opening|closing|entering|adding|shorting|caution)"
)
_RIGHT = re.compile(
    rf"\b(?:moment|time|times|chance|opportunity|point|place|spot|price|level|entry|hour|juncture|occasion|reason|day"
    rf"|case|window|invitation|excuse)s? (?:to|for|at which to|in which to) (?:\w+ly )?{_ACTS}\b(?! of)",
    re.I,
)
_WOULD = re.compile(
    rf"\b(?:we|I)(?:['’]d| would| will|['’]ll| are| am|['’]re|['’]m| have been| prefer to| like to| want to)"
    rf"(?: \w+ly| rather| not| happily| be| now| keep| start| look to| still)* {_ACTS}\b",
    re.I,
)
_ORDER = re.compile(
    r"(?:^|[.;:] |, (?:so|then) |\bso )(?:now )?(?:buy|sell|go (?:long|short)|stay (?:long|short|away|out|put)|avoid"
    r"|get (?:out|in)|close your|open a|cut your|take profits?|hold on|lock in)\b",
    re.I,
)


def urging(document: Document, statement: Statement) -> Iterator[Finding]:
    """Yield what tells a reader to trade."""
    if statement.asks:
        return
    for pattern in (_RIGHT, _WOULD, _ORDER):
        match = pattern.search(statement.text)
        if match is not None:
            span = (statement.start + match.start(), statement.start + match.end())
            message = "this advises the reader; take it out"
            yield document.finding("wording.advice", "error", statement.field, span, message)
            return
