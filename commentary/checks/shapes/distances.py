"""Nearer and farther: of the two sides' levels, and of the ends of a range."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import turned
from commentary.records.fact import OTHER_SIDE, Fact, Side
from commentary.records.finding import Finding

_SIDES: dict[str, Side] = {
    "long": "long",
    "short": "short",
    "lower": "long",
    "upper": "short",
    "downside": "long",
    "upside": "short",
}
_SIDE = re.compile(r"\b(longs?|shorts?|lower|upper|downside|upside)['’]?\b(?! (?:than|of|sum|total|by)\b)", re.I)
_NEAR = re.compile(
    r"\b(nearer|closer|nearest|closest|less distant|less far|less remote|farther|further|more distant|more remote"
    r"|farthest|furthest|most distant|remoter)\b(?! (?:cluster|clusters|bucket|fall|rise|drop|gain|decline"
    r"|than one)\b)",
    re.I,
)
_FAR = re.compile(r"(?:farther|further|more|farthest|furthest|most|remoter)", re.I)
_ALONE = re.compile(r" (?:to (?:the |its )?(?:\w+ )?(?:price|mark|market)|of the two|level|one)\b")
"""Behind "nearest", where it is said of one of two: "the nearest cluster of longs" is said of longs' own."""
_OF_TWO = re.compile(r" of (?:the |its |CoinGlass['’]s |map['’]s )*(?:two|pair)\b", re.I)
_PLACES = re.compile(r"\b(?:level|levels|end|ends|cluster|clusters|reach|sum|one|map|threshold|price|mark)\b", re.I)
_THAN_THE = re.compile(
    r" (?:to (?:the |its )?(?:\w+ )?(?:price|mark) )?than (?:the |its )?(?:longs?|shorts?|lower|upper)[^,.;]{0,20},"
    r" (?:the )?",
    re.I,
)
_THAN_THAT = re.compile(
    r" (?:to (?:the |its )?(?:\w+ )?(?:price|mark) )?than (?:that|the one|the level) (?:of|for) (?:the )?(?:longs?"
    r"|shorts?)\Z",
    re.I,
)
_AND_IS = re.compile(r"\band (?:is|lies|stands|sits|was) (?:\w+ )?\Z", re.I)
_RANGE = re.compile(
    r"\b(?:near|at|close to|towards?|by|not far from|just off|just under|just below|around) (?:the "
    r"|its )?(?:very )?(?P<end>top|"
    r"upper end|high|ceiling|peak|bottom|lower end|low|floor|foot|middle|mid-?point|centre"
    r"|center)\b[^.;]{0,25}?\brange\b"
    r"|\b(?:closer|nearer) to (?:the |its )?(?:[\w-]+ ){0,2}?(?P<end3>top|high|upper end|peak|bottom|low"
    r"|lower end)\b[^.;]{0,12}? than"
    r"|\b(?P<end4>upper|lower|top|bottom|middle) (?:half|third|quarter|fifth|part|end"
    r"|reaches)(?: \w+)? of [^.;]{0,20}?\brange\b"
    r"|\brange\b[^.;]{0,25}?\b(?:near|at|close to|towards?) (?:the |its )?(?P<end2>top|upper end|high|bottom"
    r"|lower end"
    r"|low|middle|mid-?point)\b",
    re.I,
)
_TOPS = frozenset({"upper", "top", "upper end", "high", "ceiling", "peak"})
_MIDDLES = ("mid", "cent")
_THIRD = Decimal(1) / 3
_EVEN = re.compile(
    r"\bas (?:far|near|close|distant|remote) (?:away )?(?:from|to) [^.,;]{1,25}? as\b"
    r"|\b(?:equally far|equidistant|just as far)\b",
    re.I,
)
_WAY = re.compile(
    r"\b(?:distance|way|path|road|gap) (?:down |up )?to (?:the )?(?P<side>long|short|upper|lower) (?:level|one|end"
    r"|reach|sum)\b[^.,;]{0,12}?\b"
    r"(?:(?P<less>shorter|smaller|less)|longer|greater|larger|wider)\b"
    r"|\b(?:reaching|getting to|a trip to|a move to|to reach|to get to) (?:the )?(?P<side2>long|short|upper"
    r"|lower) (?:level"
    r"|one|end)\b[^.,;]{0,60}?\b(?:(?P<less2>shorter|smaller|lesser)|longer|greater|larger|bigger) (?:trip|move"
    r"|way|journey"
    r"|distance|step|climb|fall|rise|drop)\b"
    r"|\b(?:(?P<less4>shorter|smaller|lesser)|longer|greater|larger|bigger) (?:trip|move|way|journey|distance|step"
    r"|climb|fall|rise|drop)\b[^.,;]{0,40}?\b(?:to|at|reach) (?:the )?(?P<side4>long|short|upper|lower) (?:level"
    r"|one|end)\b"
    r"[^.,;]{0,10}? than\b"
    r"|\b(?:(?P<less5>less|shorter|smaller)|more|greater|longer|larger) (?:distance|ground|way)\b[^.;]{0,30}?"
    r" (?:from|to) [^.;]{0,25}?"
    r"(?P<side5>long|short|upper|lower)[^.;]{0,20}? than\b"
    r"|\b(?P<side3>long|short|upper|lower) (?:level|one|end)\b (?:is|lies|stands|sits) (?:\w+ )?(?:a "
    r"|the )?(?:(?P<less3>shorter"
    r"|smaller)|longer|greater|larger) (?:way|distance|trip|stretch)\b",
    re.I,
)
_TENTH = Decimal("0.1")


def nearer(document: Document, statement: Statement) -> Iterator[Finding]:
    """The side whose level is called the nearer to price has the nearer one."""
    text = statement.text
    if not statement.scene.said("kind:map") and not re.search(r"\blevels?\b", text, re.I):
        return
    if statement.scene.said(("denial", "band", "ruled")):
        return
    if any(statement.scene.word(mark).casefold() != "would" for mark in statement.scene.said("conditional")):
        # "Price would have to travel farther": that supposes nothing of where the levels are.
        return
    if way := _WAY.search(text):
        named = next(way[name] for name in ("side", "side2", "side3", "side4", "side5") if way[name])
        own, other = (
            _distances(document, statement, side)
            for side in (_SIDES[named.casefold()], OTHER_SIDE[_SIDES[named.casefold()]])
        )
        less = any(way[name] for name in ("less", "less2", "less3", "less4", "less5"))
        if own and other and (abs(own[0].number) < abs(other[0].number)) != less:
            yield turned(document, statement, way, (own[0], other[0]))
        return
    if even := _EVEN.search(text):
        longs, shorts = _distances(document, statement, "long"), _distances(document, statement, "short")
        apart = [abs(abs(one.number) - abs(two.number)) for one in longs[:1] for two in shorts[:1]]
        if apart and apart[0] > _TENTH:
            yield turned(document, statement, even, (longs[0], shorts[0]))
        return
    if (level := _NEARER_LEVEL.search(text)) is not None:
        yield from _of_levels(document, statement, level)
        return
    for match in _NEAR.finditer(text):
        start, end = statement.clause(statement.start + match.start())
        start, end = start - statement.start, end - statement.start
        before = list(_SIDE.finditer(text, start, match.start()))
        behind = list(_SIDE.finditer(text, match.end(), end))
        if match[0].casefold().endswith("est") and not _ALONE.match(text, match.end()):
            continue
        owner = before[-1] if before else (behind[0] if behind else None)
        if len(before) > 1 and _AND_IS.search(text, 0, match.start()):
            # "The short side trails the long side in size and is farther from price": said of the first.
            owner = before[0]
        if not before and (than := _THAN_THE.match(text, match.end())):
            # "Closer to the price than the long reach, the short reach also carries more."
            owner = next(iter(_SIDE.finditer(text, than.end())), owner)
        if owner is None and _OF_TWO.match(text, match.end()):
            # "The nearer of the two levels also bears the larger sum, and it is the one for longs."
            every = list(_SIDE.finditer(text))
            owner = every[0] if len(every) == 1 else None
        if owner is None or not _PLACES.search(text):
            continue
        side = _SIDES[owner[1].casefold().rstrip("s")]
        if not before and _THAN_THAT.match(text, match.end(), owner.end()):
            # "Their level is nearer to the price than that of the longs": it is the others'.
            side = OTHER_SIDE[side]
        own = _distances(document, statement, side)
        other = _distances(document, statement, OTHER_SIDE[side])
        if not own or not other:
            continue
        farther = _FAR.match(match[0]) is not None
        one, two = (min(found, key=lambda fact: abs(fact.number)) for found in (own, other))
        wrong = abs(one.number) < abs(two.number) if farther else abs(one.number) > abs(two.number)
        if wrong and not _any(own, other, farther):
            yield turned(document, statement, match, (one, two))
            return


def _any(own: list[Fact], other: list[Fact], farther: bool) -> bool:
    """Say whether any pair alike in kind stands as said: the largest cluster's distance is one too."""
    return any(
        (abs(one.number) > abs(two.number)) == farther
        for one in own
        for two in other
        if one.subject.metric == two.subject.metric and one.subject.at == two.subject.at and one.subject.at == "1"
    )


def _distances(document: Document, statement: Statement, side: Side) -> list[Fact]:
    clusters = document.sheet.all("cluster_distance", side=side)
    reaches = document.sheet.all("reach_distance", side=side)
    return clusters if clusters and (statement.scene.said("kind:map") or not reaches) else reaches


def in_range(document: Document, statement: Statement) -> Iterator[Finding]:
    """Price stands at the end of its range that it is said to stand at."""
    price, low, high = (document.sheet.get(name) for name in ("price", "price_low", "price_high"))
    match = _RANGE.search(statement.text)
    if match is None or price is None or low is None or high is None or high.number <= low.number:
        return
    if statement.scene.said("denial"):
        return
    end = next(match[name] for name in ("end", "end2", "end3", "end4") if match[name]).casefold()
    if statement.scene.said(("band", "kind:map", "kind:band")):
        return
    part = (price.number - low.number) / (high.number - low.number)
    middle = end.startswith(_MIDDLES)
    halves = bool(match["end3"]) or "half" in match[0]
    edge = Decimal(1) / 2 if halves else 1 - _THIRD
    right = _THIRD <= part <= 1 - _THIRD if middle else part >= edge if end in _TOPS else part <= 1 - edge
    if not right:
        yield turned(document, statement, match, (price, low, high), "order")


_NEARER_LEVEL = re.compile(
    r"\b(?:(?P<near>nearer|closer)|(?P<far>farther|further)) (?:to|from) [^;.]*?(?P<one>[$€]\S*[0-9])[^;.]*? than"
    r"[^;.]*?(?P<two>[$€]\S*[0-9])",
    re.I,
)


def _of_levels(document: Document, statement: Statement, match: re.Match[str]) -> Iterator[Finding]:
    """Of two levels that are given by their figures price is nearer to the one that is said to be."""
    price = document.sheet.get("price")
    ends = {
        told.mention.start - statement.start: told.fact for told in statement.figures() if told.fact.unit == "price"
    }
    one, other = ends.get(match.start("one")), ends.get(match.start("two"))
    if price is None or one is None or other is None:
        return
    nearer = abs(one.number - price.number) < abs(other.number - price.number)
    if nearer != (match["near"] is not None):
        yield turned(document, statement, match, (one, other))
