"""When options and futures expire: the day beside a figure of theirs, and how long it is until then."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from commentary.checks.base import Document, Statement, Told
from commentary.checks.numerals import NUMERALS
from commentary.checks.shapes.saying import absolute, error
from commentary.checks.supposed import supposes
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_EXPIRES = re.compile(r"\b(?:expir(?:es?|ed|ing|y|ies|ation)|lapses?|lapsed|settles?|settled|run(?:s)? out)\b", re.I)
_DATE = re.compile(r"\b(?:on|of|for|to) (?:[A-Z]\w+day,? )?\Z")
_IN = re.compile(
    rf"\b(?:expir\w+|lapses?|runs? out|settles?)\b(?: [\w'’-]+){{0,3}}? in (?:about |just |under |the next )?"
    rf"(?P<n>{'|'.join(NUMERALS)}|[0-9]+) (?P<unit>hours?|days?|weeks?)\b",
    re.I,
)
_TODAY = re.compile(r"\bexpir\w+\b[^,;.]{0,20}?\b(?P<day>today|tonight|tomorrow)\b", re.I)
_HOURS = {"hour": 1, "day": 24, "week": 168}
_OPTIONS = re.compile(r"\b(?:options?|calls|puts|contracts?|futures?|expir\w+)\b", re.I)
_SLACK = Decimal("0.75")


def _own_day(fact: Fact) -> date | None:
    """Return the day of the expiry that a figure of options is of."""
    try:
        return date.fromisoformat((fact.subject.at or "")[:10]) if fact.subject.metric.startswith("options_") else None
    except ValueError:
        return None


def _days(document: Document) -> dict[date, Fact]:
    metrics = ("options_expires", "options_expiry", "week_expiry", "basis_expiry", "basis_expires")
    facts = [fact for metric in metrics for fact in document.sheet.all(metric) if isinstance(fact.value, datetime)]
    return {fact.value.date(): fact for fact in facts if isinstance(fact.value, datetime)}


def _told_days(statement: Statement, span: tuple[int, int]) -> Iterator[tuple[Told, date]]:
    for told in statement.told:
        if told.style in ("day", "when", "moment", "moment_day") and span[0] <= told.mention.start < span[1]:
            value = told.fact.value
            yield told, (value if isinstance(value, datetime) else told.fact.as_of).date()


def expiry_day(document: Document, statement: Statement) -> Iterator[Finding]:
    """A figure of one expiry is not told of another's day, nor an expiry on a day on which nothing expires."""
    days = _days(document)
    if not days or supposes(statement.scene) or statement.scene.said("denial"):
        return
    text = statement.field.text
    for told in statement.figures():
        own = _own_day(told.fact)
        if own is None and told.metric == "week_expiry_size":
            expiry = document.sheet.get("week_expiry")
            own = expiry.value.date() if expiry and isinstance(expiry.value, datetime) else None
        clause = statement.clause(told.mention.start)
        found = [one for one in _told_days(statement, clause) if one[1] in days or _expires_on(statement, one[0])]
        if own is not None and len(found) == 1 and found[0][1] != own:
            if told.fact.as_of.date() == found[0][1] and not _expires_on(statement, found[0][0]):
                continue
            if any(_own_day(one.fact) == found[0][1] for one in statement.figures() if one is not told):
                continue
            mention = found[0][0].mention
            why = f"{told.fact.id} is of the expiry of {own:%Y-%m-%d}; write that"
            yield error(document, statement, "roles.time", (mention.start, mention.end), why, told.fact)
            return
    if statement.figures() or not _OPTIONS.search(statement.text) or statement.scene.said("kind:funding"):
        # "Funding settled on Oct. 13": of no expiry.
        return
    for told, day in _told_days(statement, (statement.start, statement.end)):
        if day not in days and _expires_on(statement, told) and _DATE.search(text[: told.mention.start]):
            fact = next(iter(days.values()))
            why = f"no expiry at hand is of that day; {fact.id} is of {next(iter(days)):%Y-%m-%d}"
            yield error(document, statement, "roles.time", (told.mention.start, told.mention.end), why, fact)
            return


def _expires_on(statement: Statement, told: Told) -> bool:
    """Say whether a day stands right behind a word of expiry."""
    before = statement.field.text[max(statement.start, told.mention.start - 40) : told.mention.start]
    match = _EXPIRES.search(before)
    return match is not None and not re.search(r"[,;.0-9]", before[match.end() :])


def until_expiry(document: Document, statement: Statement) -> Iterator[Finding]:
    """How long it is until an expiry is so long."""
    facts = [fact for name in ("options_days_left", "basis_days") for fact in document.sheet.all(name)]
    hours = document.sheet.all("options_hours_left")
    match = _IN.search(statement.text) or _TODAY.search(statement.text)
    if match is None or not (facts or hours) or supposes(statement.scene):
        return
    if statement.scene.said(("denial", "kind:funding")):
        return
    if "day" in match.re.groupindex and "n" not in match.re.groupindex:
        said = Decimal(24 if match["day"].casefold() == "tomorrow" else 0)
        left = {fact.number * 24 for fact in facts}
        wrong = said not in left
    else:
        number = NUMERALS.get(match["n"].casefold()) or int(match["n"])
        unit = match["unit"].casefold().rstrip("s")
        said = Decimal(number * _HOURS[unit])
        exact = {fact.number for fact in hours}
        left = exact if unit == "hour" and exact else {fact.number * 24 for fact in facts} | exact
        wrong = all(
            abs(said - one) > max(_SLACK * (24 if unit != "hour" else 1), Decimal(1) if unit == "hour" else Decimal(0))
            for one in left
        )
    if wrong:
        fact = (hours or facts)[0]
        why = f"{fact.id} is {fact.number:f}; write that"
        yield error(document, statement, "roles.window", absolute(statement, match), why, fact)


def days_as_count(document: Document, statement: Statement) -> Iterator[Finding]:
    """The days to an expiry are no count of anything else."""
    for told in statement.told:
        written = statement.field.text[told.mention.start : told.mention.end + len(" trading days")]
        if told.metric == "basis_days" and "day" not in written.casefold():
            span = (told.mention.start, told.mention.end)
            why = f"{told.fact.id} is of days; write so, or give the count that is meant"
            yield error(document, statement, "roles.metric", span, why, told.fact)
            return
