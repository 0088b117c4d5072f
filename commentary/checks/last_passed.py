"""When price was last beyond a level, or that it was not in the days held: the side, the exchange and the denial.

direction.crossed: a day on which price was last beyond a level told as one on which it was not, or on its other side;
or a level that price was beyond within the days told as one that it was not.
roles.venue: the prices of another exchange.
"""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement, Told
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_LEVELS = ("cluster_near", "reach_price")
_WAY = re.compile(
    r"\b(?:(?P<down>below|under|beneath|lower than)|(?P<up>above|over|higher than))\b(?: the| its)? ?\Z", re.I
)
_WAY_WITHIN = re.compile(r"(?:(?P<down>below|under)|(?P<up>above|over))\b", re.I)
_NOT = re.compile(r"\b(?:not|never|none|no|nor|neither|without)\b|n['’]t\b", re.I)
_SINCE = re.compile(r"\bsince\b", re.I)


def last_beyond(statement: Statement, level: Fact) -> bool:
    """Say whether a sentence tells the day on which price was last beyond a level, before it came back."""
    return any(told.metric == "price_base_last" and level.id in told.fact.inputs for told in statement.told)


def was_not_beyond(document: Document, statement: Statement, level: Fact) -> bool:
    """Say whether a level was not passed in the days told, or since the day told: "has not been above it since"."""
    if last_beyond(statement, level):
        return True
    return _days(document, statement) is not None and _last(document, level) is None


def last_passed(document: Document, statement: Statement) -> Iterator[Finding]:
    """A level is told as last passed, or as not passed, on the side, the exchange and the days that it was."""
    days = _days(document, statement)
    for told in statement.figures() if not statement.asks else ():
        if told.metric not in _LEVELS or told.fact.subject.side is None:
            continue
        last = _last(document, told.fact)
        is_dated = last_beyond(statement, told.fact)
        if not is_dated and days is None:
            continue
        why = _wrong(statement, told, last, is_dated=is_dated)
        span = (told.mention.start, told.mention.end)
        if why:
            ids = tuple(fact.id for fact in (told.fact, last) if fact is not None)
            yield document.finding("direction.crossed", "error", statement.field, span, why, ids)
        base = last if is_dated else days
        names = {mark.name.removeprefix("giver:") for mark in statement.scene.said("giver:")}
        if base is not None and names and base.subject.venue not in names:
            why = f"the prices are {base.subject.venue}'s; write that"
            yield document.finding("roles.venue", "error", statement.field, span, why, (base.id,))


def _wrong(statement: Statement, told: Told, last: Fact | None, *, is_dated: bool) -> str:
    """Return what is wrong in what a sentence says of price and a level; nothing where it is right."""
    text, at = statement.field.text, told.mention.start
    way = _WAY.search(text, statement.start, at) or _WAY_WITHIN.match(text, at)
    if way is None:
        return ""
    side = told.fact.subject.side
    if (way["down"] is not None) != (side == "long"):
        return f"it is a level of {side}s, and what is held is when price was beyond it on its far side; turn it about"
    denied = _NOT.search(text, statement.start, at) is not None
    if is_dated and not denied and _SINCE.search(text, at, statement.end):
        return "price was beyond it on that day for the last time, and has not been since; say so"
    if not is_dated and denied and last is not None:
        return f"price was beyond it, the last time on {last.value:%b. %-d}; say so"
    return ""


def _last(document: Document, level: Fact) -> Fact | None:
    return next((fact for fact in document.sheet.all("price_base_last") if level.id in fact.inputs), None)


def _days(document: Document, statement: Statement) -> Fact | None:
    """Return the days of prices that a sentence counts: of a text read back, any days of so many."""
    counted = {told.fact.value for told in statement.told if told.fact.unit == "days"}
    return next((fact for fact in document.sheet.all("price_base_days") if fact.value in counted), None)
