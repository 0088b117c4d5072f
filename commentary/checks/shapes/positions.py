"""A single position: its margin, which way its funding runs, and what nobody reported: its beginning or its end."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import TIMES, Document, Statement
from commentary.checks.numerals import NUMERALS
from commentary.checks.patterns import pattern
from commentary.checks.shapes.saying import absolute, error
from commentary.checks.supposed import supposes
from commentary.records.finding import Finding

_PER = re.compile(
    rf" (?:per|every|each|an?) (?:(?P<n>{'|'.join(NUMERALS)}|[0-9]+) )?(?P<unit>hour|day|week|year)s?\b", re.I
)
_HOURS = {"hour": 1, "day": 24, "week": 168, "year": 8760}
_AT = re.compile(r"(?: [a-z]+){0,3} (?:at|on|since) (?:about )?")
_OPEN = ("denial", "unknown", "absent", "ruled", "lacks_data")


def position_told(document: Document, statement: Statement) -> Iterator[Finding]:
    """The margin of a position is of its mode, and its holders are as many as they are."""
    modes = {fact.text for fact in document.sheet.all("position_margin_mode")}
    if supposes(statement.scene) or statement.scene.said(_OPEN):
        return
    for match in pattern("told", "positions", "mode").finditer(statement.text):
        mode = (match["mode"] or match["other"]).casefold()
        if modes and mode not in modes:
            fact = document.sheet.all("position_margin_mode")[0]
            why = f"{fact.id} is {fact.text}; write that"
            yield error(document, statement, "roles.held", absolute(statement, match), why, fact)
            return
    counts = document.sheet.all("position_count")
    lone = pattern("told", "positions", "one").search(statement.text)
    if lone and counts and all(fact.number > 1 for fact in counts):
        why = f"{counts[0].id} is {counts[0].number:f}; write that"
        yield error(document, statement, "roles.held", absolute(statement, lone), why, counts[0])


def position_funding(document: Document, statement: Statement) -> Iterator[Finding]:
    """A position pays or receives as the rate has it, per so many hours as the sum is for."""
    for told in statement.figures():
        if told.metric != "position_funding":
            continue
        fact = told.fact
        payer = document.sheet.get("funding_payer", venue=fact.subject.venue)
        low = statement.clause(told.mention.start)[0]
        text = statement.field.text
        if payer is not None and payer.text in ("long", "short"):
            wrong = pattern("told", "positions", "pays" if payer.text != fact.subject.side else "gets")
            if match := wrong.search(text, low, told.mention.start):
                why = f"by {payer.id} it is the other side that pays; turn it about"
                yield error(document, statement, "roles.payer", match.span(), why, fact, payer)
                return
        if (match := _PER.match(text, told.mention.end)) and fact.subject.window_hours is not None:
            hours = Decimal(
                (NUMERALS.get((match["n"] or "one").casefold()) or int(match["n"])) * _HOURS[match["unit"].casefold()]
            )
            if hours != fact.subject.window_hours:
                why = f"{fact.id} is for {fact.subject.window_hours.normalize():f} hours; write that"
                yield error(document, statement, "roles.interval", match.span(), why, fact)
                return


def position_life(document: Document, statement: Statement) -> Iterator[Finding]:
    """No fact says when a position was opened, that it was closed, or that no other is larger."""
    facts = document.sheet.all("position_size")
    if not facts or supposes(statement.scene) or statement.scene.said(_OPEN):
        return
    opened, timed = (
        pattern("told", "positions", "opened").search(statement.text),
        [told for told in statement.told if told.style in TIMES],
    )
    if opened and any(
        _AT.fullmatch(statement.field.text, statement.start + opened.end(), told.mention.start) for told in timed
    ):
        why = f"{facts[0].id} is what was open then; nothing at hand says when it was opened"
        yield error(document, statement, "roles.held", absolute(statement, opened), why, facts[0])
    elif (ended := pattern("told", "positions", "ended").search(statement.text)) and not document.sheet.all(
        "position_closed"
    ):
        why = f"{facts[0].id} was open by the data at hand; take that out"
        yield error(document, statement, "roles.held", absolute(statement, ended), why, facts[0])
    elif ranked := pattern("told", "positions", "ranked").search(statement.text):
        why = "no computed rank of positions says so; take it out"
        yield error(document, statement, "roles.held", absolute(statement, ranked), why, facts[0])
