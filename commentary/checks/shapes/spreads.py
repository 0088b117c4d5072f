"""Two funding rates set against each other, and futures against spot: whose is which, how wide, for how long."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import Document, Statement
from commentary.checks.numerals import NUMERALS
from commentary.checks.patterns import pattern
from commentary.checks.shapes.saying import absolute, error
from commentary.checks.supposed import supposes
from commentary.records.finding import Finding

_GAP = re.compile(r"\b(?:gap|spread|difference)\b", re.I)
_DENIED = re.compile(r"\b(?:no|not|nor|never|cannot|nothing|neither|none)\b|n't\b", re.I)
_ENDS = ("funding_spread_high", "funding_spread_low", "funding_money", "funding_rate")
_HOURS = {"hour": 1, "day": 24, "week": 168}
_FREE = re.compile(
    r"(?<!not )(?<!nor )(?<!hardly )\b(?:without (?:any )?risk|risk[ -]free|risklessly|riskless)\b", re.I
)
_IS_FOR = re.compile(
    rf" (?:is |was |are )?(?:for|per|every|over|each) (?P<n>{'|'.join(NUMERALS)}|[0-9]+) hours?\b", re.I
)
_SUMS = ("funding_spread", "funding_money", "funding_flow", "funding_week", "basis_money")
_EACH_YEAR = re.compile(r"(?: apart)? (?:on|for|per) (?:each|every|a)? ?\$[0-9,]+,? (?:a|per|each|every) year\b", re.I)
_SPOT = re.compile(r" (?P<way>above|over|below|under|beneath) (?:the )?(?:spot|cash|index)\b", re.I)
_RATHER = (("above", 1), ("over", 1), ("below", -1), ("under", -1), ("beneath", -1))


def gap_told(document: Document, statement: Statement) -> Iterator[Finding]:
    """What one side of a spread comes to is not told as the gap, and the gap lasted as long as it did."""
    run = document.sheet.get("funding_spread_run")
    if run is None or supposes(statement.scene) or _DENIED.search(statement.text) or statement.scene.said("ruled"):
        return
    told = {one.metric for one in statement.figures()}
    if match := _FREE.search(statement.text):
        why = "nothing about a market is certain; take it out"
        yield error(document, statement, "wording.certainty", absolute(statement, match), why)
        return
    for one in statement.figures():
        ends = one.metric.startswith(_ENDS) and one.fact.unit == "usd"
        low = statement.clause(one.mention.start)[0]
        match = _GAP.search(statement.field.text, low, one.mention.start)
        both = {"high" in name or "low" in name or name in _ENDS for name in told} == {True} and len(told) > 1
        if ends and match and not both:
            why = f"{one.fact.id} is what one of the two comes to; write the gap"
            yield error(document, statement, "roles.metric", match.span(), why, one.fact)
            return
        if one.metric.startswith("funding_spread") and (match := _IS_FOR.match(statement.field.text, one.mention.end)):
            own = one.fact.subject.window_hours
            if own not in (None, Decimal(NUMERALS.get(match["n"].casefold()) or int(match["n"]))):
                why = f"{one.fact.id} is for {own:f} hours; write that"
                yield error(document, statement, "roles.interval", match.span(), why, one.fact)
                return
    if match := pattern("told", "spreads", "lasted").search(statement.text):
        number = NUMERALS.get(match["n"].casefold()) or int(match["n"])
        hours = (run.subject.window_hours or Decimal(8)) * run.number
        if Decimal(number * _HOURS[match["unit"].casefold().rstrip("s")]) != hours:
            why = f"{run.id} is {run.number:f}, which is {hours:f} hours; write that"
            yield error(document, statement, "roles.window", absolute(statement, match), why, run)


def per_year(document: Document, statement: Statement) -> Iterator[Finding]:
    """A sum on each $100,000 is for the time that it is for, and not for a year."""
    for told in statement.figures():
        match = _EACH_YEAR.match(statement.field.text, told.mention.end)
        if match and told.metric.startswith(_SUMS) and told.metric.endswith("_money"):
            why = f"{told.fact.id} is for no year; write for how long it is"
            yield error(document, statement, "roles.interval", match.span(), why, told.fact)
            return


def paid_more(document: Document, statement: Statement) -> Iterator[Finding]:
    """Of two exchanges those paid more whose rate, over the same hours, is the larger."""
    match = pattern("told", "spreads", "paid").search(statement.text)
    if match is None or supposes(statement.scene):
        return
    found = [
        next((fact for fact in document.sheet.all("funding_8h", venue=match[name])), None)
        or next((fact for metric in _ENDS[:2] for fact in document.sheet.all(metric, venue=match[name])), None)
        for name in ("one", "other")
    ]
    spread = [
        next(
            (
                fact
                for metric in _ENDS[:2]
                for fact in document.sheet.all(metric, venue=match[name])
                if fact.unit == "percent"
            ),
            None,
        )
        for name in ("one", "other")
    ]
    one, other = spread if all(spread) else found
    if one is None or other is None or one.value == other.value:
        return
    if (abs(one.number) > abs(other.number)) != (match["way"].casefold() == "more"):
        why = f"by {one.id} and {other.id} it is the other way about; turn it"
        yield error(document, statement, "roles.larger", absolute(statement, match), why, one, other)


def over_spot(document: Document, statement: Statement) -> Iterator[Finding]:
    """A future stands on the side of spot on which its premium has it."""
    for told in statement.figures():
        if (
            not told.metric.startswith(("basis_premium", "basis"))
            or told.fact.unit != "percent"
            or told.metric.startswith("basis_test")
        ):
            continue
        match = _SPOT.match(statement.field.text, told.mention.end)
        way = dict(_RATHER).get(match["way"].casefold(), 0) if match else 0
        if match and told.fact.number and (told.fact.number > 0) != (way > 0):
            why = f"{told.fact.id} is {told.fact.number:.2f}, which goes the other way"
            yield error(document, statement, "direction.sign", match.span(), why, told.fact)
            return
