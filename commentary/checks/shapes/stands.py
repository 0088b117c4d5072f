"""Where the price is said to stand from a level of the map: above it or below."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error
from commentary.checks.supposed import supposes
from commentary.records.fact import Fact, Side
from commentary.records.finding import Finding

_UP, _DOWN = (
    r"above|over|higher than|overshoots?|clear of",
    r"below|under|beneath|underneath|lower than|undershoots?|short of",
)
_OWN = r"(?:(?:the|its|that|this|one|morning|old|earlier|CoinGlass['’]s|map['’]s|bitcoin['’]s|model['’]s) )*"
_LEVEL = (
    r"(?:(?P<word>upper|higher|lower) (?:level|end|reach|one)\b"
    r"|(?P<side>long|short)s?['’]?(?:[ -]side)? (?:level|reach)\b"
    r"|(?:level|one|price) (?:of|for|given for|that \w+ (?:gave|had given|named|had named) for) (?:the "
    r"|its )?(?P<of>longs|shorts)\b)"
)
_PRICE = r"(?:price|mark|Bitcoin|Ether|Solana|Pepe|BTC|ETH|SOL|PEPE|market)"
_STANDS = re.compile(
    rf"\b{_PRICE}\b(?![’']s (?!price|mark))(?P<between>[^;:.]{{0,60}}?)"
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN})) {_OWN}{_LEVEL}",
    re.I,
)
_LIES = re.compile(
    rf"\b{_LEVEL}(?P<between>[^;:.]{{0,70}}?)\b(?:(?P<up>{_UP})|(?P<down>{_DOWN})) (?:the |its |Binance['’]s "
    rf"|Kraken['’]s |present"
    r" |current |latest |bitcoin |ether )*(?:mark|price)\b",
    re.I,
)
_BEFORE_LEVEL = re.compile(
    rf"\b{_PRICE}\b(?![’']s (?!price|mark))(?P<between>[^;:.,]{{0,40}}?)"
    r" (?:(?P<up>above|over)|(?P<down>below|under|beneath)) \Z",
    re.I,
)
_OTHER_PLACE = re.compile(
    r"\b(?:than|while|whereas|but|and|against|if|when|above|below|under|over|would|longs?|shorts?|to)\b", re.I
)
_SIDES: dict[str, Side] = {"upper": "short", "higher": "short", "lower": "long", "long": "long", "short": "short"}


def standing(document: Document, statement: Statement) -> Iterator[Finding]:
    """The price is above a level only where it is, and below it only where it is."""
    scene = statement.scene
    if supposes(scene) or scene.said(("denial", "denies", "kind:band")):
        return
    price = document.sheet.get("price")
    levels = {fact.subject.side: fact for fact in document.sheet.all("reach_price")}
    if price is None or not levels:
        return
    yield from _from_figures(document, statement, price)
    for pattern in (_STANDS, _LIES):
        for match in pattern.finditer(statement.text):
            word = (match["word"] or match["side"] or match["of"]).casefold().rstrip("s")
            level = levels.get(_SIDES[word])
            if level is None or level.currency != price.currency or _OTHER_PLACE.search(match["between"]):
                continue
            if match["word"] and len(levels) < 2:
                continue
            above = price.number > level.number
            if pattern is _LIES:
                above = not above
            if price.number != level.number and above != (match["up"] is not None):
                message = (
                    f"price is {price.number.normalize():f}, and {level.id} {level.number.normalize():f}; turn it about"
                )
                yield error(document, statement, "direction.crossed", absolute(statement, match), message, price, level)
                return


def _from_figures(document: Document, statement: Statement, price: Fact) -> Iterator[Finding]:
    """The price is above, or below, a level that is given by its figure: "Bitcoin clings on above $63,850"."""
    for told in statement.figures():
        if told.metric != "reach_price" or told.fact.currency != price.currency:
            continue
        match = _BEFORE_LEVEL.search(statement.field.text, statement.start, told.mention.start)
        if match is None or _OTHER_PLACE.search(match["between"]) or re.search(r"[0-9]", match["between"]):
            continue
        if price.number != told.fact.number and (price.number > told.fact.number) != (match["up"] is not None):
            message = f"price is {price.number.normalize():f}, which is on the other side of it; turn it about"
            span = (match.start(), told.mention.end)
            yield error(document, statement, "direction.crossed", span, message, price, told.fact)
