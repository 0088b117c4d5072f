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


_END_OF_MAP = re.compile(r"\b(lower|upper|higher) (?:modelled |mapped )?(?:level|one|end|reach)\b", re.I)


_THROUGH = re.compile(
    r"\b(?P<way>reclaimed|regained|retaken|recaptured|through|past|beyond|breached|pierced|crossed|broken|lost|below"
    r"|beneath|under|above|over) (?:the |its"
    r" |that )*"
    r"(?P<end>lower|upper|higher) (?:modelled |mapped )?(?:level|end|reach)\b",
    re.I,
)
_UNTOUCHED = re.compile(
    r"\b(?:yet to|not yet|has not|hasn['’]t|have not|never|still to|failed to) (?:\w+ )?(?:touch|reach|hit|test|get"
    r" to|pass"
    r"|cross|break|breach|meet)\w*(?: below| above| through)? (?:the |its )*(?P<end>lower|upper|higher) "
    r"(?:modelled |mapped )?(?:level|end|reach)\b",
    re.I,
)


def end_untouched(document: Document, statement: Statement) -> Iterator[Finding]:
    """Price that is said not to have touched the upper or the lower level of a map has not."""
    price = document.sheet.get("price")
    match = _UNTOUCHED.search(statement.field.text, statement.start, statement.end)
    if match is None or price is None or statement.asks:
        return
    side = "long" if match["end"].casefold() == "lower" else "short"
    levels = [fact for fact in document.sheet.all("reach_price") if fact.subject.side == side]
    beyond = [
        fact for fact in levels if (price.number <= fact.number) == (side == "long") or price.number == fact.number
    ]
    if levels and len(beyond) == len(levels):
        message = f"price is {price.number.normalize():f}, which is beyond {levels[0].id}; say so"
        yield document.finding("direction.crossed", "error", statement.field, match.span(), message, (price.id,))


_AT_LEVEL = re.compile(
    r"\b(?P<way>above|over|below|beneath|under) (?:the|its) level\b[^,.;]{0,60}?\b(?P<side>longs?|shorts?)\b", re.I
)


def beside_level(document: Document, statement: Statement) -> Iterator[Finding]:
    """Price that is said to be above or below the level of a side is so."""
    scene, price = statement.scene, document.sheet.get("price")
    match = _AT_LEVEL.search(scene.text, scene.start, scene.end)
    if match is None or price is None or statement.asks or scene.said(("conditional", "denial")):
        return
    before = scene.said(("kind:", "asset:", "side:"), (scene.start, match.start()))
    if not before or not before[-1].name.startswith(("kind:price", "kind:band", "asset:")) or "had" in match[0]:
        return
    levels = [f for f in document.sheet.all("reach_price") if f.subject.side == match["side"].casefold().rstrip("s")]
    above = match["way"].casefold() in _HIGHER
    if levels and not any((price.number > fact.number) == above for fact in levels):
        message = f"price is {price.number.normalize():f}, which is not so; say where it is"
        yield document.finding("direction.crossed", "error", statement.field, match.span(), message, (price.id,))


def end_passed(document: Document, statement: Statement) -> Iterator[Finding]:
    """Price that is said to have gone through the upper or the lower level of a map has."""
    scene, price = statement.scene, document.sheet.get("price")
    match = _THROUGH.search(scene.text, scene.start, scene.end)
    if match is None or price is None or statement.asks or scene.said(("conditional", "denial", "kind:band")):
        return
    side = "long" if match["end"].casefold() == "lower" else "short"
    before = scene.said(("kind:", "asset:"), (scene.clause(match.start())[0], match.start()))
    # "Bitcoin is lower than a day ago but still hovers above the lower end": of what the sentence began with.
    before = before or scene.said(("kind:", "asset:"), (scene.start, match.start()))
    if not before or not before[-1].name.startswith(("kind:price", "asset:")):
        return
    levels = [fact for fact in document.sheet.all("reach_price") if fact.subject.side == side]
    above = match["way"].casefold() in (*_HIGHER, "reclaimed", "regained", "retaken", "recaptured")
    below = not above and (side == "long" or match["way"].casefold() in _LOWER)
    reached = [fact for fact in levels if (price.number <= fact.number if below else price.number >= fact.number)]
    passed = not above and match["way"].casefold() not in _LOWER
    if (
        levels
        and not reached
        and not (passed and any(fact.subject.side == side for fact in document.sheet.all("level_passed")))
    ):
        message = f"price is {price.number.normalize():f}, which is not so; say where it is"
        yield document.finding("direction.crossed", "error", statement.field, match.span(), message, (price.id,))


def price_passed(sheet: FactSheet, scene: Scene, at: int) -> bool:
    """Say whether a clause tells that price has passed a level of the map, and price stands beyond it."""
    clause = scene.clause(at)
    price = sheet.get("price")
    named = scene.said(("kind:price", *(mark.name for mark in scene.said("asset:"))), clause) or _WAS_PASSED.search(
        scene.text, *clause
    )
    if price is None or not named:
        return False
    if not _PASSING.search(scene.text, *clause) and not _PLACE.search(scene.text, *clause):
        return False
    sides = {mark.name.removeprefix("side:") for mark in scene.said("side:", clause)}
    if not sides and (end := _END_OF_MAP.search(scene.text, *clause)):
        sides = {"long" if end[1].casefold() == "lower" else "short"}
    levels = [fact for fact in sheet.all("reach_price") if not sides or fact.subject.side in sides]
    if place := _PLACE.search(scene.text, *clause):
        # "Slipped above the level": price is not there, whatever it has passed.
        above = place[1].casefold() in _HIGHER
        levels = [fact for fact in levels if (price.number >= fact.number) == above]
    return any(
        (price.number <= level.number) if level.subject.side == "long" else (price.number >= level.number)
        for level in levels
    )
