"""Dates of a calendar: each is told at its own time, and none that the calendar at hand does not have."""

import re
from collections.abc import Iterator
from datetime import datetime

from commentary.checks.base import TIMES, Document, Statement, Told
from commentary.checks.patterns import before, pattern
from commentary.checks.shapes.saying import absolute, error
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_NAMES = ("event_name", "week_event")
_TIMES = ("event_time", "week_event_time")
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b|\b[A-Z][a-z]{3,}\b")
_BESIDE = re.compile(r"\b(?:after|before|following|ahead of|until|since|beyond|with) (?:the )?\Z", re.I)


def event_time(document: Document, statement: Statement) -> Iterator[Finding]:
    """The time beside the name of a date is the one of that date."""
    known = {fact.text: fact for name in _NAMES for fact in document.sheet.all(name)}
    if not known or statement.scene.said(("denial", "conditional")):
        return
    text = statement.field.text
    names = _named(statement, known)
    for name, start in names:
        if match := before("told", "calendar", "for").search(text, statement.start, start):
            why = "no fact shows for what a position was taken; say what came before what"
            yield error(document, statement, "wording.cause", match.span(), why, known[name])
            return
    times = [told for told in statement.told if told.style in TIMES and told.style not in ("to_when", "to_clock")]
    names_here = {name for name, _ in names}
    if len(names_here) == 1 and not statement.figures():
        (name,) = names_here
        own = _times(document, name)
        for told in times:
            words = text[statement.start : told.mention.start]
            if (
                own
                and before("told", "calendar", "due").search(words)
                and not any(_is_at(told, moment) for moment in own)
            ):
                why = f"{known[name].id} is at {own[0]:%Y-%m-%d %H:%M} UTC; write that"
                yield error(document, statement, "roles.time", (told.mention.start, told.mention.end), why, known[name])
                return
    match = pattern("told", "calendar", "is_due").search(statement.text)
    if match is None or names or not times:
        return
    known_words = {word for name in known for word in re.findall(r"\w+", name)}
    what = match["what"] if match.start() else match["what"][:1].lower() + match["what"][1:]
    own_words = known_words | document.vocabulary.name_words
    strange = [
        one for one in _CAPITALS.findall(what) if one not in own_words or (one.isupper() and one not in known_words)
    ]
    if strange and any(_is_at(told, moment) for told in times for name in known for moment in _times(document, name)):
        why = f"the calendar at hand has no {match['what'].strip()}; take it out, or give an editor's fact"
        yield error(document, statement, "wording.foreign", absolute(statement, match, "what"), why)


def _named(statement: Statement, known: dict[str, Fact]) -> list[tuple[str, int]]:
    """Return which dates a sentence names, and where."""
    return [
        (name, match.start())
        for name in known
        for match in re.finditer(rf"\b{re.escape(name)}\b", statement.field.text[: statement.end], re.I)
        if match.start() >= statement.start and not _BESIDE.search(statement.field.text, statement.start, match.start())
    ]


def _times(document: Document, name: str) -> list[datetime]:
    at = {fact.subject.at for kind in _NAMES for fact in document.sheet.all(kind) if fact.text == name}
    found = [fact.value for kind in _TIMES for fact in document.sheet.all(kind) if fact.subject.at in at]
    return [value for value in found if isinstance(value, datetime)]


def _is_at(told: Told, moment: datetime) -> bool:
    value = told.fact.value
    given = value if isinstance(value, datetime) else told.fact.as_of
    if told.style in ("day", "moment_day"):
        return given.date() == moment.date()
    if told.style == "clock":
        return (given.hour, given.minute) == (moment.hour, moment.minute)
    return given == moment
