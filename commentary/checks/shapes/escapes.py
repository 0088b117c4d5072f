"""A side that paid, or was closed by force, told as one that went free."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.payers import payers
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_ESCAPED = re.compile(
    r"\b(?:escaped?|escapes|avoided|avoids?|dodged|dodges|evaded|evades|skipped|skips|(?:was|were|are|is) (?:spared"
    r"|exempt"
    r"|free of|free from|relieved of|let off)|(?:paid|pay|pays|owed|owe|owes) (?:no|nothing|zero|not a cent)|without "
    r"paying|at no cost|got away without|got off (?:free|lightly)|(?:did not|didn't|do not|don't|never) (?:pay|owe"
    r"|face))\b",
    re.I,
)
_UNHURT = re.compile(
    r"\b(?:without(?: one| a single| any| a)?|not (?:one|a single)|no|escaped|avoided|dodged|spared|unscathed|unharmed"
    r"|untouched|free of|free from|got off)\b",
    re.I,
)
_UNHURT_ALONE = re.compile(r"\b(?:unscathed|unharmed|untouched|intact|got off free)\b", re.I)


def unpaid(document: Document, statement: Statement) -> Iterator[Finding]:
    """The side that pays funding has not escaped it."""
    scene = statement.scene
    if not scene.said("kind:funding"):
        return
    for match in _ESCAPED.finditer(statement.text):
        before = scene.said("side:", (statement.start, statement.start + match.start()))
        sides, rates = payers(document.sheet, scene, [told.fact for told in statement.figures()])
        if before and len(sides) == 1 and before[-1].name.removeprefix("side:") in sides:
            why = f"by {rates[0].id} that side pays; turn the sides about, or take the denial out"
            yield error(document, statement, "roles.payer", absolute(statement, match), why, *rates)


def unhurt(document: Document, statement: Statement) -> Iterator[Finding]:
    """A side of which positions were closed by force has not gone free."""
    scene = statement.scene
    for match in _UNHURT.finditer(statement.text):
        start = statement.start + match.start()
        low, high = scene.clause(start)
        closed = scene.said("kind:liquidations", (start, high))
        alone = _UNHURT_ALONE.fullmatch(match[0])
        if not alone and (not closed or len(scene.text[start + len(match[0]) : closed[0].start].split()) > 3):
            continue
        sides = scene.said("side:", (low, start)) or scene.said("side:", (start, high))
        side = sides[-1].name.removeprefix("side:") if sides else None
        named = {mark.name.removeprefix("asset:") for mark in scene.said("asset:")}
        sized = [
            fact
            for fact in document.sheet.all("liq_size")
            if fact.subject.side == side and fact.number > 0 and fact.subject.asset in (named or {document.sheet.asset})
        ]
        between = scene.text[start + len(match[0]) : closed[0].start] if closed else ""
        if side and sized and not re.search(r"\b(?:record|count|history|map|more|other|further|split)\b", between):
            why = f"{sized[0].id} is {sized[0].number:f}; take the denial out"
            yield error(document, statement, "roles.denied", absolute(statement, match), why, *sized[:1])
            return
