"""Whether a sentence's times are those of its figures, and whether they have come.

These are rules of roles and of modality.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from commentary.checks.base import TIMES, Document, Statement, Told
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_SNAPSHOT = re.compile(r" (?:snapshot|data|file|update)\b", re.I)
_TAKEN = re.compile(
    r"\b(?:snapshot|data|file|update)(?: itself)?,? (?:was |is |were )?"
    r"(?:taken |made |dated |drawn up |stamped |compiled )?"
    r"(?:at |of |as of )?\Z",
    re.I,
)
_SAME_MINUTES = 15
_SPANNING = frozenset({"since", "from", "until", "till", "by", "before", "after", "to"})
"""Before a time that begins or ends a stretch."""
_VERB = 12
"""Behind a time, in characters: where its verb begins."""


_DATES = frozenset({"event_time", "options_expiry", "options_expires"})
"""What a calendar gives: such a time is known before it comes."""
_BEFORE = re.compile(r"\b(?:before|ahead of)\b[^;:.]*\Z", re.I)
"""What is told of the time before a date: "open interest falls before CPI on Oct. 14"."""
_EVENTS = ("outage", "notice")
_OF_EVENT = re.compile(r"\b(?:reports?|reported|word of|notices?|announced|outages?|auto-deleveraging|fund)\b", re.I)
_OF_NOTICE = re.compile(
    r"\b(?:is|are) (?:set |due |scheduled )?to (?:be )?(?:de-?list|list|change|take effect|apply)"
    r"|\b(?:takes effect|appl(?:y|ies) from|comes? into force)\b",
    re.I,
)
_BYGONE = re.compile(r"\b(?:was|were|has been|have been|had|took|since|passed)\b", re.I)
_JOINED = re.compile(r",? (?:on [A-Z]\w+ )?(?:at|as of|as at) ")
"""Between a figure and the time that is told of it alone: "at $61,240 at 17:50 UTC, when open interest came to"."""


def time(document: Document, statement: Statement) -> Iterator[Finding]:
    """A time of day stands with a figure of that time."""
    if statement.asks or statement.scene.said("aged"):
        return
    values = [told for told in statement.figures() if not told.fact.is_house]
    if not values:
        return
    for told in statement.told:
        if told.style not in TIMES or told.style in ("moment", "moment_day", "to_when", "to_clock"):
            continue
        if told.metric in _EVENTS and _OF_EVENT.search(statement.text):
            # "The report of 13:20 UTC lies within them": the time of what was reported.
            continue
        if told.style == "day" or (told.fact.is_house and statement.scene.said("conditional")):
            continue
        text = statement.field.text
        of_all = _SNAPSHOT.match(text, told.mention.end) or _TAKEN.search(text[statement.start : told.mention.start])
        if told.fact.as_of == document.sheet.as_of and of_all:
            # "The 18:00 UTC snapshot" is of that time, whatever stands in it.
            continue
        before = statement.field.text[statement.start : told.mention.start].rsplit(" ", 2)[-2:-1]
        if before and before[0].casefold() in _SPANNING:
            continue
        moment = told.fact.as_of
        joined = [value for value in values if _JOINED.fullmatch(text, value.mention.end, told.mention.start)]
        if told.style == "began":
            moment -= timedelta(hours=float(told.fact.subject.window_hours or 0))
        if not any(
            _apart(moment, fact) <= _allowed(fact)
            for value in joined or values
            for fact in told_with(document, value.fact)
        ):
            one = (joined or values)[0].fact
            message = f"{one.id} is of {one.as_of:%H:%M} UTC; write its own time"
            span = (told.mention.start, told.mention.end)
            yield document.finding("roles.time", "error", statement.field, span, message, (one.id,))


def told_with(document: Document, fact: Fact) -> Iterator[Fact]:
    """Yield a fact, and what it was worked out from: a distance is of its price's time as much as of its map's."""
    yield fact
    yield from (document.sheet[one] for one in fact.inputs if one in document.sheet)


def _allowed(fact: Fact) -> int:
    """Return how many minutes a time may be off: vendors refresh their counts every five to fifteen."""
    return 0 if fact.subject.metric.startswith(("price", "funding")) else _SAME_MINUTES


def _apart(moment: datetime, fact: Fact) -> float:
    """Return how many minutes a time is from a fact's; a value that a window began with is of its beginning."""
    apart = abs((fact.as_of - moment).total_seconds())
    if "_from" in fact.subject.metric and fact.subject.window_hours is not None:
        begun = fact.as_of - timedelta(hours=float(fact.subject.window_hours))
        apart = min(apart, abs((begun - moment).total_seconds()))
    return apart / 60


def future(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is of a time still to come is told under a condition, or as a date."""
    scene = statement.scene
    if statement.asks or scene.said("conditional") or scene.said("awaited"):
        return
    for told in statement.told:
        moment = told.fact.value if told.style.startswith("moment") else told.fact.as_of
        if not isinstance(moment, datetime) or told.style not in TIMES or moment <= document.edition.as_of:
            continue
        dated = told.metric in _DATES or moment.date() in _days(document)
        if dated and _BEFORE.search(scene.text[statement.start : told.mention.start]):
            continue
        in_force = any(fact.value == moment for fact in document.sheet.all("notice_in_force"))
        if (
            told.metric.endswith("_in_force") or (in_force and _OF_NOTICE.search(scene.text, scene.start, scene.end))
        ) and not _BYGONE.search(scene.text, *_before(statement, told)):
            # A date that a notice gives is known before it comes.
            continue
        message = "that time has not come; say what it would mean"
        span = (told.mention.start, min(statement.end, told.mention.end + _VERB))
        yield document.finding("wording.modality", "error", statement.field, span, message, (told.fact.id,))


def _days(document: Document) -> set[date]:
    """Return the days of what a calendar gives."""
    values = (fact.value for metric in _DATES for fact in document.sheet.all(metric))
    return {value.date() for value in values if isinstance(value, datetime)}


def _before(statement: Statement, told: Told) -> tuple[int, int]:
    """Return the stretch of a mention's clause that stands before it."""
    return statement.clause(told.mention.start)[0], told.mention.start
