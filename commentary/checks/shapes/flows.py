"""Flows of funds: which way the money went, over how many sessions, and to which close."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from commentary.checks.base import Document, Statement, Told
from commentary.checks.numerals import NUMERALS
from commentary.checks.patterns import pattern
from commentary.checks.shapes.saying import error
from commentary.checks.supposed import supposes
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_FLOWS = ("etf_flow", "etf_flow_last")
_OPEN = ("denial", "unknown", "absent", "ruled", "lacks_data")
_SESSIONS = re.compile(
    rf"\b(?:over|in|across|during|for|within) (?:the |its |these |those |all )?(?:last |past |latest )?"
    rf"(?P<n>{'|'.join(NUMERALS)}|[0-9]+) (?:straight |consecutive )?(?:sessions|trading days|days)\b(?! (?:in|of) \$)",
    re.I,
)
_LAST_OF = re.compile(r"\b(?:last|latest|final|one|most recent) of (?:the )?[\w ]{0,20}\Z", re.I)
_ENDS = re.compile(r"\b(?:to|through|ended?|ending|until|on|by|closed?|of) (?:on )?\Z", re.I)
_ONE = 1
_BEFORE = ("funding_flow_before", "basis_flow_before", "oi_flow_from")
_EARLIER = re.compile(r"\b(?:before|earlier|previous|prior|from|after|against|compared|than|up|down)\b", re.I)
_HOURS = re.compile(r"\b(?:in|over|within|during) (?:the )?(?:last |past )?(?:24|[a-z]+) hours\b")
_ORDERS = re.compile(r"\borders? (?:can|could|may) be \Z", re.I)


def _words(name: str) -> re.Pattern[str]:
    return pattern("flows", "words", name)


def flow_sign(document: Document, statement: Statement) -> Iterator[Finding]:
    """Money that left is not told as money that came, with its figure or without one."""
    flows = [fact for metric in _FLOWS for fact in document.sheet.all(metric)]
    if not flows or statement.scene.said(_OPEN):
        return
    told = [one for one in statement.figures() if one.metric in _FLOWS]
    for one in told:
        wrong = "out" if one.fact.number > 0 else "in"
        own = "in" if wrong == "out" else "out"
        low, high = _beside(statement, one)
        found = [match for match in _words(wrong).finditer(statement.field.text, low, high)]
        if found and not _words(own).search(statement.field.text, low, high):
            yield error(document, statement, "direction.sign", found[0].span(), _why(one.fact), one.fact)
            return
    signs = {fact.number > 0 for fact in flows}
    if not told and len(signs) == 1 and not statement.figures() and not supposes(statement.scene):
        match = _words("noun_out" if flows[0].number > 0 else "noun_in").search(statement.text)
        # "Such orders can be withdrawn" is of a book, not of a fund.
        if match and " or " not in statement.text and not _ORDERS.search(statement.text, 0, match.start()):
            span = (statement.start + match.start(), statement.start + match.end())
            yield error(document, statement, "direction.sign", span, _why(flows[0]), flows[0])


def _why(fact: Fact) -> str:
    return f"{fact.id} is money that {'came in' if fact.number > 0 else 'went out'}; write that"


def _beside(statement: Statement, one: Told) -> tuple[int, int]:
    """Return the stretch around a figure, up to the next on either side, in its clause."""
    span = (one.mention.start, one.mention.end)
    return statement.scene.before(span)[0], statement.scene.behind(span)[1]


def flow_window(document: Document, statement: Statement) -> Iterator[Finding]:
    """A sum over sessions is of so many of them and no single day; that of a day is of no more."""
    sessions = document.sheet.get("etf_sessions")
    if sessions is None or supposes(statement.scene):
        return
    for one in statement.figures():
        if one.metric not in _FLOWS:
            continue
        low, high = _beside(statement, one)
        text = statement.field.text
        if hours := _HOURS.search(text, low, high):
            why = f"{one.fact.id} is of sessions, and of no hours to a time; write which"
            yield error(document, statement, "roles.window", hours.span(), why, one.fact)
            return
        if sessions.number == _ONE:
            continue
        many = _SESSIONS.search(text, low, high)
        if many and _of_other(statement, one, many):
            many = None
        if one.metric == "etf_flow":
            single = _words("one_day").search(text, low, high)
            if single is not None and not many:
                yield error(document, statement, "roles.window", single.span(), _long(one, sessions), one.fact)
                return
            if many and NUMERALS.get(many["n"].casefold(), many["n"]) not in (sessions.number, str(sessions.number)):
                yield error(document, statement, "roles.window", many.span(), _long(one, sessions), one.fact, sessions)
                return
        elif many and not _LAST_OF.search(text, low, many.start("n")):
            why = f"{one.fact.id} is of one session; write that"
            yield error(document, statement, "roles.window", many.span(), why, one.fact)
            return
        if (day := _other_day(document, statement, one, (low, high))) is not None:
            why = f"{one.fact.id} is to the close of {one.fact.as_of:%Y-%m-%d}; write that"
            yield error(document, statement, "roles.time", (day.mention.start, day.mention.end), why, one.fact)
            return


_THEN = re.compile(r" (?:as|while|when|with|and|but) ")


def _of_other(statement: Statement, one: Told, days: re.Match[str]) -> bool:
    """Say whether days belong to the figure right before them: "rises 5.4% over eight days as funds take in $1.43B"."""
    text = statement.field.text
    joined = any(told.mention.end + 1 == days.start() for told in statement.figures())
    return joined and _THEN.match(text, days.end()) is not None and days.end() < one.mention.start


def _long(one: Told, sessions: Fact) -> str:
    return f"{one.fact.id} is of {sessions.number:f} sessions; write that"


def _other_day(document: Document, statement: Statement, one: Told, span: tuple[int, int]) -> Told | None:
    """Return the day beside a flow that it is not of: a sum is told of no day alone, but for its end."""
    for told in statement.told:
        if told.style not in ("day", "when", "moment_day") or not span[0] <= told.mention.start < span[1]:
            continue
        ends = _ENDS.search(statement.field.text, statement.start, told.mention.start)
        if ends is None:
            continue
        alone = ends[0].casefold().startswith("on") and one.metric == "etf_flow"
        if _day(told) != one.fact.as_of.date() or (alone and not _SESSIONS.search(statement.text)):
            return told
    return None


def before_flow(document: Document, statement: Statement) -> Iterator[Finding]:
    """What was measured before the sessions of a flow is not told of the days of the sessions."""
    for one in statement.figures():
        if not one.metric.startswith(_BEFORE):
            continue
        low, high = statement.clause(one.mention.start)
        later = [
            told
            for told in statement.told
            if told.style in ("day", "when") and low <= told.mention.start < high and _day(told) > one.fact.as_of.date()
        ]
        own = any(_day(told) == one.fact.as_of.date() for told in statement.told if told.style in ("day", "when"))
        if own and one.metric != "funding_flow_before":
            continue
        if later and not _EARLIER.search(statement.field.text, low, high):
            why = f"{one.fact.id} is of before {one.fact.as_of:%Y-%m-%d}; say so"
            yield error(document, statement, "roles.earlier", (one.mention.start, one.mention.end), why, one.fact)
            return


def _day(told: Told) -> date:
    value = told.fact.value
    return (value if isinstance(value, datetime) else told.fact.as_of).date()
