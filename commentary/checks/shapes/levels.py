"""Levels that price has passed, and those that it has not."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_YET = re.compile(
    r"\b(?:still has to|has still to|still needs to|needs still to|must still|still must"
    r"|(?:has|have) (?:yet to|not yet|not|never|so far not|still not|still to)|hasn't(?: yet)?|had yet to|is yet to"
    r"|remains to be|failed to|did not|didn't|never)\b(?: \w+)? (?:reach|reached|touch|touched|trade|traded|fall|fallen"
    r"|fell|drop|dropped|break|broken|broke|hit|pass|passed|cross|crossed|breach|breached|get|got|test|tested|arrive"
    r"|arrived|come|go|gone|slip|slipped|sink|sunk|dip|dipped|be reached|be passed|been reached|been passed|been hit"
    r"|been touched|been broken)\b",
    re.I,
)
_HELD = re.compile(
    r"\b(?:has|have) survived\b|\bsurvives\b|\bhas held(?: firm| fast| up)?(?=[.,;])|\bheld (?:firm|fast)\b"
    r"|\b(?:has held|held|holds|stayed|stays|remained|remains|has remained|has stayed|has kept|kept|is still|still"
    r"|has been|trades|trading|stood|stands|sits) (?:safely |well |just |comfortably )?(above|clear of|short of"
    r"|shy of|over|away from)\b"
    r"|\bis (?:still )?(?:intact|unbroken|untouched|unreached|untested)\b|\bremains (?:intact|unbroken|untouched"
    r"|unreached"
    r"|untested)\b",
    re.I,
)
_LEVEL = re.compile(r"\b(?:level|levels|liquidation price|end of (?:the|that) sum|reach)\b", re.I)
_LEVELS = {"long": "long", "lower": "long", "short": "short", "upper": "short"}
_HIT = re.compile(
    r"\b(?P<one>both|all|each|every|long|short|lower|upper)(?: of the)? levels?\b[^.,;]{0,30}?\b(?:has|have|had|was"
    r"|were|got) (?:\w+ )?(?:been )?(?:hit"
    r"|reached|passed|broken|crossed|touched|taken out|breached|tagged)\b"
    r"|\b(?:passed|broke|broken|reached|crossed|fallen through|fell through|risen through|rose through|hit|touched"
    r"|breached) (?:the |its |CoinGlass's |map's )*"
    r"(?P<two>long|short|lower|upper) level\b",
    re.I,
)


def unreached(document: Document, statement: Statement) -> Iterator[Finding]:
    """A level that price has passed is not told as one that it has yet to reach."""
    passed = [fact for fact in document.sheet.all("level_passed") if fact.text == "passed"]
    scene = statement.scene
    if not passed:
        return
    answers = re.match(r"(?:No|Not yet|Not so far)\b,?", statement.text) and statement.start
    asked = answers and _LEVEL.search(statement.field.text[: statement.start].rsplit(".", 1)[-1])
    figures = [told.fact for told in statement.figures() if told.metric == "reach_price"]
    if not _LEVEL.search(statement.text) and not asked and not figures:
        return
    match = _YET.search(statement.text) or _HELD.search(statement.text)
    if match is None or (scene.said("conditional") and not asked):
        return
    upper = re.search(r"\b(?:upper|short|higher)\b", statement.text, re.I)
    lower = re.search(
        r"\b(?:lower|long)\b", f"{statement.field.text[: statement.end] if asked else statement.text}", re.I
    )
    side = "short" if upper and not lower else "long" if lower and not upper else None
    sides = {fact.subject.side for fact in document.sheet.all("reach_price")}
    hit = [fact for fact in passed if fact.subject.side == side or (side is None and len(sides) == 1)]
    if figures:
        hit = [fact for fact in passed if any(fact.subject.at == one.subject.at for one in figures)]
    if hit:
        why = f"{hit[0].id} is {hit[0].text!r}; write that it was passed"
        yield error(document, statement, "direction.crossed", absolute(statement, match), why, *hit[:1])


def reached(document: Document, statement: Statement) -> Iterator[Finding]:
    """A level of the map is told as passed only where price has been there."""
    match = _HIT.search(statement.text)
    scene = statement.scene
    if match is None or scene.said(("denial", "unknown", "band")) or any(document.sheet.all("band_low")):
        return
    passed = {fact.subject.side for fact in document.sheet.all("level_passed") if fact.text == "passed"}
    named = next((match[name].casefold() for name in ("one", "two") if match[name]), "")
    sides: set[str | None] = {_LEVELS[named]} if named in _LEVELS else {"long", "short"} if named else set()
    held = {fact.subject.side for fact in document.sheet.all("reach_price")}
    missed = [fact for fact in document.sheet.all("reach_price") if fact.subject.side in sides - passed]
    if missed and sides <= held and not document.sheet.get("cluster_size"):
        why = f"price has not been at {missed[0].id}; say what would happen there"
        yield error(document, statement, "direction.crossed", absolute(statement, match), why, *missed[:1])


_TOWARDS = re.compile(
    r"\b(?:further|another|renewed|additional|fresh|new) (?:fall|drop|decline|slide|dip|slip|plunge|slump|rise|climb"
    r"|gain|jump|rally|advance|move)\b[^,;:]{0,24} to \Z",
    re.I,
)


def beyond(document: Document, statement: Statement) -> Iterator[Finding]:
    """A move to a level of the map is still to come: "a further fall to $63,850" is none once price is below it."""
    passed = {fact.subject.at for fact in document.sheet.all("level_passed") if fact.text == "passed"}
    if not statement.scene.said("conditional"):
        return
    for told in statement.figures():
        match = _TOWARDS.search(statement.field.text, statement.start, told.mention.start)
        if match and told.metric == "reach_price" and told.fact.subject.at in passed:
            message = f"price has passed {told.fact.id} already; say what it would have meant, or leave it out"
            span = (match.start(), told.mention.end)
            yield error(document, statement, "direction.crossed", span, message, told.fact)
