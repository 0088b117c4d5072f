"""What nobody counts: who is long, how much of a change of open interest was forced, when within a window it was."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_PART = re.compile(
    r"\b(?:most|much|half|part|all|some|the bulk|the majority|a third|a quarter|[0-9.]+%) of (?:that|it|this|the"
    r" (?:fall|drop|decline|change|decrease|unwinding)(?: in open interest)?) (?:was|were|came from|is|stemmed from"
    r"|owes to|reflects?|represents?) (?:\w+ )?(?:liquidations?|forced|closures?|force)\b"
    r"|\b(?:the )?(?:rest|remainder|balance|others?) (?:was|were|came from|is|are) (?:\w+ )?(?:traders?|holders?|people"
    r"|positions? (?:that|which)|those (?:who|that)|voluntary)\b[^.;]*?"
    r"(?:leav\w+|left|clos\w+|exit\w*|walk\w*|quit\w*|voluntar\w+|unw[io]\w+)",
    re.I,
)


def part_closed(document: Document, statement: Statement) -> Iterator[Finding]:
    """How much of a change of open interest was forced is not told: both are counted in other ways."""
    match = _PART.search(statement.text)
    if match and not statement.scene.said("denial"):
        message = "liquidations and open interest are counted apart, and neither is a part of the other; take it out"
        yield error(document, statement, "wording.cause", absolute(statement, match), message)


_HOLDERS = (
    r"(?:traders|holders|accounts|investors|people|players|speculators|participants|everyone|everybody|the market)"
)
_CROWD = re.compile(
    rf"\b(?:more|most|fewer|the majority of|many) {_HOLDERS}(?: \w+)? (?:are|were|is|hold|sit|stay|remain|bet)(?:"
    rf" \w+)? "
    r"(?:longs?|shorts?)\b"
    r"|\bthere (?:are|were) (?:\w+ )?(?:more|fewer) (?P<one>longs|shorts) than (?P<two>longs|shorts)\b"
    r"|\b(?:longs|shorts) (?:\w+ )?outnumber (?:the )?(?:longs|shorts)\b (?:in|on|across) (?:the )?market\b",
    re.I,
)


def crowds(document: Document, statement: Statement) -> Iterator[Finding]:
    """How many are long and how many short nobody counts: each contract has one of either."""
    match = _CROWD.search(statement.text)
    if match is None or statement.scene.said(("denial", "kind:map", "kind:liquidations")):
        return
    message = "no fact counts who is long and who is short; say of which sums more is on one side"
    yield error(document, statement, "roles.held", absolute(statement, match), message)


_WITHIN = re.compile(
    r"\b(?:most|much|many|half|the bulk|nearly all|almost all|all|the majority) (?:of )?(?:them|it|that|these|which"
    r"|(?:the )?(?:longs|shorts|liquidations|closures|sum|total))\b[^.;]{0,40}?\b(?:in|within|during|over) "
    r"(?:the |just |only |a )*(?:\w+ )?(?:hours?|minutes?|session|time)\b(?P<when>[^.;,]{0,12}?\b(?:when|as|after"
    r"|before"
    r"|while|that)\b)?",
    re.I,
)


def timed_within(document: Document, statement: Statement) -> Iterator[Finding]:
    """When, within their window, positions were closed no fact says."""
    match = _WITHIN.search(statement.text)
    if match is None or match["when"] is None or statement.scene.said(("denial", "conditional")):
        return
    if statement.scene.said("kind:liquidations") or any(told.metric.startswith("liq_") for told in statement.figures()):
        message = "no fact says when within the window it was; take that out"
        yield error(document, statement, "roles.window", absolute(statement, match), message)
