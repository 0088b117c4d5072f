"""Which side of the market each stretch of a sentence speaks of: by names, figures, levels, places and moves.

On a map longs lie below the price and shorts above it. So "the lower level", "below the mark", "a fall to" and the bids
of a book speak of the long side as surely as the word "longs" does, and of the short side the other way about.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from commentary.checks.base import Document, Statement
from commentary.checks.scene import Span
from commentary.records.fact import Side

Kind = Literal["name", "figure", "price", "level", "place", "move"]
MAPPED = ("reach_", "cluster_", "within_size", "side_total", "depth")
"""Beginnings of the names of metrics of which there is one on each side of the price."""

_CUT = re.compile(
    r"[,;:()]|—| [–-] |\b(?:and|but|while|whereas|against|versus|vs\.?|than|compared (?:with|to)|or|nor|yet|though"
    r"|although|who|unlike|from|rather|with|before|after|as)\b",
    re.I,
)
_BETWEEN = re.compile(r"\b(?:between|from|both) [^,;:]{0,60}\Z", re.I)
_UP, _DOWN = r"above|overhead|atop|over|north of", r"below|beneath|underneath|under|south of"
_PRICE = (
    r"(?:(?:the|its|that|this|today['’]s|present|current|latest|last|mark|market|spot|prevailing) )*"
    r"(?:[A-Z]\w+(?:['’]s)? )?(?:(?:present|current|latest|last|mark|market|spot|own) )*(?:price|mark|market|quote)\b"
    r"(?!['’]s (?:level|map))"
)
_PLACE = re.compile(
    rf"\b(?P<word>{_UP}|{_DOWN}) {_PRICE}"
    rf"|\b(?P<over>over|under|above|below|beneath) (?:Bitcoin|Ether|Solana|Pepe)\b(?! (?:long|short)"
    rf"|['’]s (?!price|mark))"
    r"|\b(?P<bare>above|overhead|below|beneath|underneath)(?= (?:it\b|(?:would|is|are|sits?|lies?|waits?|stands?"
    r"|holds?"
    r"|total|come|add|and|but|while|against|than|versus)\b)|\s*(?:[.,;:!?)]|\Z))"
    r"|\bto the (?P<way>upside|downside)\b",
    re.I,
)
_LEVEL = re.compile(
    r"\b(?P<word>upper|higher|lower|uppermost|lowermost)[ -](?:price )?(?:levels?|reach|sum|end|one|side|target"
    r"|threshold|liquidation level)\b(?! (?:of (?:the |its |our )?(?:\w+ )?(?:band|range|cluster)|than\b))",
    re.I,
)
_TOWARDS = (
    r"(?: back)?(?: further)?(?: (?:of|by) (?:about |some |another |only )?[$€]?[\d.,]+(?:%| per ?cent)?)?"
    r"(?: from (?:[\w'’]+ ){0,4}?(?:of )?[$€]?[\d.,]*)? (?:to|towards?|as far as|until|onto)"
)
_TO = re.compile(
    rf"{_TOWARDS} (?:about |around |the |its |that |this |a |an |his |price |of |[A-Z]\w+['’]s |map['’]s |level )*"
    r"(?P<end>[$€]|(?:upper|lower|higher|long|short)s?['’]?[ -]|levels? |level of)",
    re.I,
)
_UP_TO = re.compile(
    r"\b(?P<word>up|down)(?:wards?)?(?: as far as)? (?:to|towards?) (?:the |its |CoinGlass['’]s |map['’]s )*"
    r"(?=[$€]|(?:upper|lower|higher|long|short)s?['’]?[ -](?:level|reach|one|end|side))",
    re.I,
)
_MOVES = re.compile(
    r"\b(?:(?P<up>bounce|pop|uptick|leap|hop|upswing|recovery|ascent|push up|run-up|upturn|lift|move up|return up)"
    r"|dip|slip|pullback|pull-back|sell-?off|descent|downswing|downturn|dive|tumble|plunge|sag|move down|setback"
    r"|correction|step down|decline|drop)",
    re.I,
)
_AS_FAR = re.compile(r"\bas (?P<word>high|low|far up|far down) as (?=[$€])", re.I)
_NO_SIDE = re.compile(
    r" (?:of\b|ways?\b|terms?\b|run\b|trip|time\b|lived\b|ago\b|distance|before\b|after\b|by\b|haul|order\b)"
)
_AS_LONG = re.compile(
    r"\b(?:as|how|so|too|no|falls?|fell|falling|cut|stops?|stopped|far|a|days?|weeks?|years?)[ -]\Z", re.I
)
_PAIRED = re.compile(
    r"\b(?:longs?|shorts?|bids?|asks?|upper|lower|above|below)(?: levels?| positions| side)? (?:and|or|nor) "
    r"(?:for |of |the |on |in )*(?:longs?|shorts?|bids?|asks?|upper|lower|above|below)\b",
    re.I,
)
_UPWARD = frozenset(
    {"up", "above", "over", "overhead", "atop", "north of", "upper", "higher", "uppermost", "upside", "high", "far up"}
)
_ENDING = re.compile(r"[.;!]|\Z")
_ENDS_NAMED = re.compile(r"\b(?:longs|shorts),\Z", re.I)
_APPOSED = re.compile(r",(?: or| that is| i\.e\.)? ?")
_COMMA = re.compile(r",(?: or)? \Z")
_FRONTED = re.compile(
    r"\W*(?:if|should|were|once|when|below|above|beneath|under|over|on|at|down|up|in an? \w+|per|for each|for every)\b",
    re.I,
)


class Sign(NamedTuple):
    """What tells the side of a stretch."""

    start: int
    end: int
    side: Side
    kind: Kind


class Stretch(NamedTuple):
    """A part of a sentence that tells of one thing, with the signs of its side."""

    span: Span
    signs: tuple[Sign, ...]

    def of(self, *kinds: Kind) -> set[Side]:
        """Return the sides that signs of these kinds tell."""
        return {sign.side for sign in self.signs if sign.kind in kinds}

    def side(self) -> Side | None:
        """Return the side that the stretch is of: what its names say, or else its figures, levels, places and moves."""
        orders: tuple[tuple[Kind, ...], ...] = (("name",), ("figure", "price"), ("level", "place"), ("move",))
        for kinds in orders:
            if found := self.of(*kinds):
                return next(iter(found)) if len(found) == 1 else None
        return None


def is_paired(statement: Statement) -> bool:
    """Say whether two sides share a predicate: "longs and shorts lie below and above the price"."""
    return _PAIRED.search(statement.text) is not None


def has_passed(document: Document) -> bool:
    """Say whether a level of the map lies on the other side of the price by now."""
    return any(fact.text == "passed" for fact in document.sheet.all("level_passed"))


def signs(document: Document, statement: Statement) -> list[Sign]:
    """Return the signs of a side in a sentence, in their order."""
    found = [*_names(statement), *_figures(statement)]
    two = {fact.subject.side for fact in document.sheet.all("reach_price")} == {"long", "short"}
    if two and not document.sheet.all("cluster_size"):
        found += _matched(statement, _LEVEL, "level")
    if not has_passed(document):
        apart = {told.mention.end + 1 for told in statement.figures() if told.fact.quantity == "delta"}
        # "$1,547 above it": what a distance is measured from is asked where the figure is judged.
        places = list(_matched(statement, _PLACE, "place"))
        found += [
            sign for sign in places if sign.start not in apart or " " in statement.field.text[sign.start : sign.end]
        ]
        found += _moves(statement)
    return sorted(found)


def stretches(statement: Statement, every: list[Sign], cuts: tuple[Span, ...] = ()) -> list[Stretch]:
    """Return the parts of a sentence with their signs, cut at conjunctions and at further places."""
    text, taken = statement.field.text, [(sign.start, sign.end) for sign in every]
    taken += statement.scene.figures
    breaks = [statement.start, *(stop for _, stop in cuts)]
    for match in _CUT.finditer(text, statement.start, statement.end):
        if any(low <= match.start() < high for low, high in taken):
            continue
        if match[0].casefold() in ("and", "or") and _BETWEEN.search(text, statement.start, match.start()):
            continue
        breaks.append(match.end())
    breaks = [at for at in breaks if not _beside(text, statement, at)]
    breaks = sorted({*breaks, statement.end})
    return [
        Stretch((low, high), tuple(sign for sign in every if low <= sign.start < high))
        for low, high in pairwise(breaks)
    ]


def _beside(text: str, statement: Statement, at: int) -> bool:
    """Say whether what a cut begins or ends is only another figure, or a place, for what stands before it."""
    place = _PLACE.match(text, at + 1, statement.end)
    if (
        text[at - 1] == ","
        and place
        and _ENDING.match(text, place.end())
        and _ENDS_NAMED.search(text, statement.start, at)
    ):
        # "The weight rests with the longs, below the price."
        return True
    low = max((stop for _, stop in statement.scene.figures if stop < at), default=at)
    if _APPOSED.fullmatch(text, low, at):
        # "$1,547, or 2.5%, to touch the level": the figures belong to one stretch.
        begun = next((start for start, stop in statement.scene.figures if stop == low), low)
        return _COMMA.search(text, statement.start, begun) is not None
    high = min((start for start, _ in statement.scene.figures if start >= at), default=None)
    if high is not None and _APPOSED.fullmatch(text, at - 1, high) and text[at - 1] == ",":
        stop = next(stop for start, stop in statement.scene.figures if start == high)
        return text[stop : stop + 1] in (",", ".", ";", ")", "")
    return False


def merged(statement: Statement, parts: list[Stretch]) -> Iterator[Stretch]:
    """Yield each stretch joined to a condition or a place that stands before it: "below the price, it has longs"."""
    text = statement.field.text
    front: Stretch | None = None
    for part in parts:
        joined = part if front is None else Stretch((front.span[0], part.span[1]), (*front.signs, *part.signs))
        opens = front is not None or _FRONTED.match(text, part.span[0], part.span[1])
        amounts = any(sign.kind == "name" for sign in part.signs)
        if opens and part.signs and not amounts and text[part.span[1] - 1] in ",:":
            front = joined
            continue
        front = None
        yield joined


def _names(statement: Statement) -> Iterator[Sign]:
    scene, text = statement.scene, statement.field.text
    for mark in scene.longest("side:"):
        single = scene.word(mark).casefold() in ("long", "short")
        if (single and _NO_SIDE.match(text, mark.end)) or (
            single
            and _AS_LONG.search(text, statement.start, mark.start)
            and not re.match(r"[ -](?:side|level|position|liquidation|cluster)", text[mark.end :])
        ):
            continue
        yield Sign(mark.start, mark.end, "long" if mark.name.endswith("long") else "short", "name")
    for mark in scene.said(("book:bids", "book:asks")):
        yield Sign(mark.start, mark.end, "long" if mark.name.endswith("bids") else "short", "name")


def _figures(statement: Statement) -> Iterator[Sign]:
    for told in statement.figures():
        side = told.fact.subject.side
        distance = told.metric.startswith("distance_") and "price_" not in told.metric.replace("reach_price", "")
        if side is not None and (told.metric.startswith(MAPPED) or distance):
            kind: Kind = "price" if told.metric == "reach_price" else "figure"
            yield Sign(told.mention.start, told.mention.end, side, kind)


def _matched(statement: Statement, pattern: re.Pattern[str], kind: Kind) -> Iterator[Sign]:
    for match in pattern.finditer(statement.field.text, statement.start, statement.end):
        word = next(found for found in match.groups() if found)
        yield Sign(*match.span(), "short" if word.casefold() in _UPWARD else "long", kind)


def _moves(statement: Statement) -> Iterator[Sign]:
    scene, text = statement.scene, statement.field.text
    priced = {
        told.mention.start for told in statement.figures() if told.fact.unit == "price" and told.fact.subject.side
    }
    for mark in scene.longest(("move:up", "move:down")):
        match = _TO.match(text, mark.end, statement.end)
        if match is None or (match["end"] in "$€" and match.start("end") not in priced):
            continue
        yield Sign(mark.start, match.start("end"), "short" if mark.name == "move:up" else "long", "move")
    for match in _MOVES.finditer(text, statement.start, statement.end):
        end = _TO.match(text, match.end(), statement.end)
        if end and (end["end"] not in "$€" or end.start("end") in priced):
            yield Sign(*match.span(), "short" if match["up"] else "long", "move")
    for match in (
        *_AS_FAR.finditer(text, statement.start, statement.end),
        *_UP_TO.finditer(text, statement.start, statement.end),
    ):
        if match.end() in priced or text[match.end()] not in "$€":
            yield Sign(*match.span(), "short" if match["word"].casefold() in _UPWARD else "long", "move")
