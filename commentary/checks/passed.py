"""Whether price has passed a level that a clause names by its side, without a figure."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.scene import Scene
from commentary.records.finding import Finding
from commentary.records.sheet import FactSheet

_PASSING = re.compile(
    r"\b(?:gone|went|fallen|fell|dropped|slipped|sunk|sank|risen|rose|climbed|moved|traded|passed|broken|broke|"
    r"crossed|reached|hit|left behind|pierced|breached|undercut|cleared|overtaken|overtook|overrun)\b",
    re.I,
)
_WAS_PASSED = re.compile(
    r"\blevels?\b[^,;:]*? (?:been|was|were|is|are) (?:already |since )?"
    r"(?:passed|crossed|broken|reached|left behind)\b",
    re.I,
)
_BOTH = re.compile(
    r"\b(above|over|below|under|beneath|underneath|between|beyond|past) (?:both|the two|either)(?: of the)?(?: \w+)? "
    r"(?:levels|reaches)\b",
    re.I,
)
_PLACE = re.compile(r"\b(above|over|below|under|beneath) (?:the|its|that|a)(?: \w+){0,2} level\b", re.I)
_HIGHER = ("above", "over")
_LOWER = ("below", "under", "beneath", "underneath")


def both_levels(document: Document, statement: Statement) -> Iterator[Finding]:
    """Price that is said to be above, below or between both levels of a map is so."""
    scene, price = statement.scene, document.sheet.get("price")
    levels = [fact.number for fact in document.sheet.all("reach_price")]
    if statement.asks or price is None or len(levels) < 2 or scene.said("conditional") or scene.said("denial"):
        return
    for match in _BOTH.finditer(scene.text, scene.start, scene.end):
        before = scene.said(("kind:", "asset:"), (scene.clause(match.start())[0], match.start()))
        if not before or not before[-1].name.startswith(("kind:price", "asset:")):
            continue
        place = match[1].casefold()
        if place in _HIGHER:
            right = price.number >= max(levels)
        elif place in _LOWER:
            right = price.number <= min(levels)
        else:
            right = (min(levels) <= price.number <= max(levels)) == (place == "between")
        if not right:
            message = f"price is {price.number.normalize():f}, which is not so; say where it is"
            yield document.finding("direction.crossed", "error", statement.field, match.span(), message, (price.id,))


def price_passed(sheet: FactSheet, scene: Scene, at: int) -> bool:
    """Say whether a clause tells that price has passed a level of the map, and price stands beyond it."""
    clause = scene.clause(at)
    price = sheet.get("price")
    named = scene.said(("kind:price", *(mark.name for mark in scene.said("asset:"))), clause) or _WAS_PASSED.search(
        scene.text, *clause
    )
    if price is None or not named or not _PASSING.search(scene.text, *clause):
        return False
    sides = {mark.name.removeprefix("side:") for mark in scene.said("side:", clause)}
    levels = [fact for fact in sheet.all("reach_price") if not sides or fact.subject.side in sides]
    if place := _PLACE.search(scene.text, *clause):
        # "Slipped above the level": price is not there, whatever it has passed.
        above = place[1].casefold() in _HIGHER
        levels = [fact for fact in levels if (price.number >= fact.number) == above]
    return any(
        (price.number <= level.number) if level.subject.side == "long" else (price.number >= level.number)
        for level in levels
    )
