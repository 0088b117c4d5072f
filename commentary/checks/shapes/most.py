"""Which side, and which of two assets, has the most of what was closed."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.compared import sizes_of
from commentary.checks.shapes.outdone import OUTDOING
from commentary.checks.shapes.saying import turned
from commentary.checks.shapes.words import LESSER, THAN
from commentary.records.finding import Finding

_MOST = re.compile(
    r"\b(?P<most>most|the bulk|the majority|the lion's share|the greater part|the larger part|the better part"
    r"|nearly all|almost all"
    r"|the vast majority)(?: of)? (?:what|those|which|them|the (?:dollars|positions|sum|total|money|liquidations"
    r"|closures)"
    r"|liquidations|closures|that)\b"
    r"[^,.;]{0,50}?\b(?:was|were|is|are|came from|from|on|by|hit|fell on)(?: the)? (?P<side>longs?|shorts?)\b"
    r"|\b(?P<side2>longs?|shorts?)\b (?:were|was|are|bore|took|being|have been|as)(?: the)? (?:(?:main|chief"
    r"|principal|biggest|worst|primary)"
    r" (?:victims?|casualt(?:y|ies)|losers?)|hardest hit|worst hit|hit (?:the )?hardest|hit (?:the )?worst)",
    re.I,
)


def mostly(document: Document, statement: Statement) -> Iterator[Finding]:
    """Most of what was closed was of the side that it is said of."""
    match = _MOST.search(statement.text)
    if match is None:
        return
    begun = statement.text.rfind(",", 0, match.start()) + 1
    if statement.scene.said("denial", (statement.start + begun, statement.end)):
        return
    side = (match["side"] or match["side2"]).casefold().rstrip("s")
    own, other = sizes_of(document.sheet, statement.scene, side)
    if own and other and not any(one.number > two.number for one in own for two in other):
        yield turned(document, statement, match, (own[0], other[0]))


_LED = re.compile(
    r"\b(?:led|leads?|topped|tops?|dominated?|headed|heads?) (?:the |all )?(?:recorded |forced |day['’]s |past"
    r" day['’]s )*"
    r"(?:liquidations|closures|count|list|table|total)\b"
    r"|\b(?:had|saw|has|took|counted|recorded|suffered|bore) the (?:most|largest|heaviest|greatest) "
    r"(?:\w+ )?(?:liquidations|closures|total|sum)\b",
    re.I,
)


def leading(document: Document, statement: Statement) -> Iterator[Finding]:
    """The asset that is said to lead the liquidations has the largest total of those recorded."""
    match = _LED.search(statement.text)
    scene = statement.scene
    if match is None or scene.said("denial"):
        return
    at = statement.start + match.start()
    before = scene.said(("asset:", "side:"), (scene.clause(at)[0], at))
    totals = [fact for fact in document.sheet.all("liq_total") if fact.subject.asset != "market"]
    own = [fact for fact in totals if before and f"asset:{fact.subject.asset}" == before[-1].name]
    larger = [fact for fact in totals if own and fact.number > own[0].number]
    if larger:
        yield turned(document, statement, match, (own[0], larger[0]))


_LARGER_PART = re.compile(
    r"\b(?:produced|supplied|made up|accounted for|contributed|provided|was|were|had|took|bore) (?:the )?(?:larger"
    r"|greater|bigger"
    r"|better) (?:part|share|half)\b|\b(?:most|the majority|the bulk|more than half) of (?:the |all )?(?:\w+['’]s )?"
    r"(?:liquidations|closures|total|sum)\b",
    re.I,
)
_MORE_THAN = re.compile(r"\b(?P<word>more|less|fewer) (?:of |was liquidated in |went in )?\Z", re.I)


def larger_part(document: Document, statement: Statement) -> Iterator[Finding]:
    """The asset that is said to have most of the whole market's liquidations has more than half of them."""
    match = _LARGER_PART.search(statement.text)
    scene = statement.scene
    market = next(iter(document.sheet.all("liq_total", asset="market")), None)
    if match is None or market is None or not scene.said("all_coins") or scene.said(("denial", "side:")):
        return
    before = scene.said("asset:", (statement.start, statement.start + match.start()))
    named = {mark.name.removeprefix("asset:") for mark in before}
    own = [fact for fact in document.sheet.all("liq_total") if fact.subject.asset in named]
    if len(named) == 1 and own and own[0].number * 2 <= market.number:
        yield turned(document, statement, match, (own[0], market))


def more_of(document: Document, statement: Statement) -> Iterator[Finding]:
    """Of two assets, "more ether than bitcoin was liquidated" only where it is so in dollars."""
    scene = statement.scene
    marks = scene.said("asset:")
    if len(marks) != 2 or not scene.said("kind:liquidations") or scene.said(("denial", "side:")):
        return
    match = _MORE_THAN.search(scene.text, scene.start, marks[0].start)
    if match is None or scene.text[marks[0].end : marks[1].start] not in (" than ", " than in "):
        return
    one, other = (document.sheet.all("liq_total", asset=mark.name.removeprefix("asset:")) for mark in marks)
    more = match["word"].casefold() == "more"
    if one and other and (one[0].number > other[0].number) != more:
        message = f"by {one[0].id} and {other[0].id} it is the other way about; turn it"
        span = (match.start(), marks[1].end)
        yield document.finding("roles.larger", "error", statement.field, span, message, (one[0].id, other[0].id))


def assets(document: Document, statement: Statement) -> Iterator[Finding]:
    """The asset that is said to have more liquidations than another has more."""
    scene = statement.scene
    if not scene.said("kind:liquidations"):
        return
    for match in (*THAN.finditer(statement.text), *OUTDOING.finditer(statement.text)):
        at, end = statement.start + match.start(), statement.start + match.end()
        before, behind = scene.said("asset:", (statement.start, at)), scene.said("asset:", (end, statement.end))
        if not before or not behind or len(scene.text[end : behind[0].start].split()) > 2:
            continue
        names = [mark.name.removeprefix("asset:") for mark in (before[-1], behind[0])]
        sides = {mark.name.removeprefix("side:") for mark in scene.said("side:", scene.clause(at))}
        metric = "liq_size" if len(sides) == 1 else "liq_total"
        one, two = (
            [f for f in document.sheet.all(metric, asset=name) if not sides or f.subject.side in sides]
            for name in names
        )
        said = match.groupdict()
        lower = LESSER.fullmatch(said["word"]) is not None if "word" in said else said["less"] is not None
        if one and two and len(sides) < 2 and (one[0].number < two[0].number) != lower:
            yield turned(document, statement, match, (one[0], two[0]))
