"""A change told from one figure to another: which came first, how long it took, and over which interval each is."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from commentary.checks.base import Document, Statement, Told
from commentary.checks.numerals import NUMERALS
from commentary.checks.patterns import pattern
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_FROM = re.compile(r"\bfrom (?:about |minus )?\Z", re.I)
_TO = re.compile(r"[^,;:.0-9]{0,24}? to (?:about |minus )?\Z|,? (?:a year |per \w+ \w+ )?to \Z", re.I)
_OLDER = re.compile(r"_(?:before|previous|from|past)(?=_|\Z)")
_TIME = re.compile(
    rf"\b(?:in|over|within) (?:the |just )?(?P<n>{'|'.join(NUMERALS)}|[0-9]+) (?P<unit>hours?|days?|weeks?)\b", re.I
)
_HOURS = {"hour": 1, "day": 24, "week": 168}
_EVERY = re.compile(r"\b(?:interval|settl\w+)\b", re.I)
_TOOK = ("basis_change", "reset_fall", "reset_depth")
_BY = re.compile(r"\b(?:by|to|until|till) \Z")
_RANGE = re.compile(r"\b(?:rang\w+|span\w*|lies?|lay|anywhere)\b", re.I)
_PER = re.compile(r"\b(?:per|every|each|interval|hours?)\b", re.I)


def _pairs(statement: Statement) -> Iterator[tuple[Told, Told]]:
    text, figures = statement.field.text, statement.figures()
    for one, other in pairwise(figures):
        if _FROM.search(text, statement.start, one.mention.start) and _TO.fullmatch(
            text, one.mention.end, other.mention.start
        ):
            yield one, other


def turned_about(document: Document, statement: Statement) -> Iterator[Finding]:
    """What a change is told from came before what it is told to, and no longer before than is said."""
    for one, other in _pairs(statement):
        first, last = one.fact, other.fact
        if (
            first.unit != last.unit
            or one.metric.split("_")[0] != other.metric.split("_")[0]
            or first is last
            or _is_range(statement, one, other)
        ):
            continue
        older = bool(_OLDER.search(other.metric)) and not _OLDER.search(one.metric)
        if first.as_of > last.as_of or (older and first.as_of >= last.as_of):
            span = (one.mention.start, other.mention.end)
            why = f"{last.id} is the value before; write it after 'from'"
            yield error(document, statement, "roles.order", span, why, first, last)
            return
        took = last.as_of - first.as_of
        match = _TIME.search(statement.text)
        if match and took > timedelta(hours=1) and abs(took - _length(match)) > took / 12:
            why = f"{first.id} is {took.total_seconds() / 3600:.0f} hours before {last.id}; write that"
            yield error(document, statement, "roles.window", absolute(statement, match), why, first, last)
            return
        if (
            one.metric.startswith("funding")
            and first.unit == "percent"
            and _unlike(one, other)
            and not _PER.search(statement.text)
        ):
            span = (one.mention.start, other.mention.end)
            why = f"{first.id} and {last.id} are of other intervals; write of which, or give both for the same hours"
            yield error(document, statement, "roles.interval", span, why, first, last)
            return


def took(document: Document, statement: Statement) -> Iterator[Finding]:
    """A change of the basis, and a fall that was, took so long and ended when it did."""
    text = statement.field.text
    for told in statement.figures():
        hours = told.fact.subject.window_hours
        if not told.metric.startswith(_TOOK) or hours is None:
            continue
        low, high = statement.clause(told.mention.start)
        match = _TIME.search(text, low, high)
        if match and _length(match) != timedelta(hours=float(hours)):
            why = f"{told.fact.id} is over {hours.normalize():f} hours; write that"
            yield error(document, statement, "roles.window", match.span(), why, told.fact)
            return
        for one in statement.told:
            ends = one.style in ("when", "clock") and _BY.search(text, low, one.mention.start)
            if ends and low <= one.mention.start < high and told.fact.as_of != one.fact.as_of:
                why = f"{told.fact.id} is to {told.fact.as_of:%Y-%m-%d %H:%M} UTC; write that"
                span = (one.mention.start, one.mention.end)
                yield error(document, statement, "roles.time", span, why, told.fact)
                return


def _is_range(statement: Statement, one: Told, other: Told) -> bool:
    """Say whether two figures bound what lies between them, and are no beginning and end."""
    ends = any(told.metric.endswith(("_low", "_high")) for told in (one, other))
    return ends or _RANGE.search(statement.text) is not None


def _unlike(one: Told, other: Told) -> bool:
    return one.fact.subject.window_hours != other.fact.subject.window_hours


def _length(match: re.Match[str]) -> timedelta:
    number = NUMERALS.get(match["n"].casefold()) or int(match["n"])
    return timedelta(hours=number * _HOURS[match["unit"].casefold().rstrip("s")])


def interval_turned(document: Document, statement: Statement) -> Iterator[Finding]:
    """An interval went from what it was to what it is."""
    now, before = document.sheet.get("funding_interval"), document.sheet.get("funding_interval_before")
    match = pattern("told", "spreads", "interval").search(statement.text)
    if match is None or now is None or before is None or not _EVERY.search(statement.text) or now.value == before.value:
        return
    one, other = (Decimal(NUMERALS.get(match[name].casefold()) or int(match[name])) for name in ("one", "other"))
    if (one, other) != (before.number, now.number):
        why = f"{before.id} was {before.number:f} hours, and {now.id} is {now.number:f}; write that"
        yield error(document, statement, "roles.order", absolute(statement, match), why, before, now)
