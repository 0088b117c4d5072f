"""Which way something leans: sides of a map, of a contract, of an order book, positions opened or closed on balance.

These are rules of roles and of direction; what has no sides, or is on both at once, is not told as leaning.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import Document, Statement
from commentary.checks.compared import sizes_of
from commentary.checks.shapes.saying import absolute, error, turned
from commentary.checks.supposed import supposes
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_LEANS = re.compile(
    r"\b(?:leans?|leaned|leaning|tilts?|tilted|tilting|skewed|skews|weighted|lopsided|slanted|biased|top-heavy"
    r"|heavy|tips?|tipped)\b"
    r"[^,.;]{0,20}?\b(?:to|towards?|on|in favour of|with)\b(?: the| its)?(?: side of)?(?: the)? (?P<one>longs?"
    r"|shorts?)\b"
    r"|\b(?P<two>longs?|shorts?)(?: side)? (?:dominates?|dominated|predominates?|predominated|prevails?|prevailed"
    r"|(?:is|are|was|were) (?:in the"
    r" (?:majority|lead)|dominant|ahead|on top)|(?:has|have|had) the upper hand|leads?(?=[.,;]| the map)"
    r"|make up most|makes? up the"
    r" (?:bulk|greater part)|hold(?:s)? the greater)",
    re.I,
)
_FEWER = re.compile(
    r"\b(?:fewer|less|lower|smaller) (?:\w+ ){0,2}?(?P<side>longs?"
    r"|shorts?)\b(?: \w+){0,2}? than (?:\w+ ){0,2}?(?:longs?|shorts?)\b",
    re.I,
)
_CONTRACTS = re.compile(
    r"\b(?:longs?|shorts?|buyers?|sellers?)\b[^.;]{0,40}?\b(?:outnumber(?:s|ed)?|outweigh(?:s|ed)?|exceed(?:s|ed)?"
    r"|dominates?|than|prevails?)\b"
    r"[^.;]{0,40}?(?:\b(?:longs?|shorts?|buyers?|sellers?)\b|$)|\b(?:more|fewer) (?:contracts|positions) (?:are"
    r"|were) (?:long|short)\b",
    re.I,
)
_BUYERS = re.compile(r"\b(?:more|fewer) (?:buyers than sellers|sellers than buyers)\b", re.I)
_BOTH = re.compile(
    r"\bon (?:each|both|either) sides?\b|\b(?:longs and shorts alike|each of the two sides|either side)\b", re.I
)
_SIDED = ("reach_size", "side_total", "cluster_size", "liq_size", "within_size")
_BOOK = re.compile(
    r"\b(?P<one>bids|asks|offers)\b[^.;]{0,60}?\b(?P<word>thinner|smaller|fewer|lighter|less|below|trail|thicker"
    r"|larger|bigger|heavier|more|exceed"
    r"|outweigh|outnumber|top|surpass|deeper|shallower)\b(?: \w+){0,3}? (?:than )?(?:the )?(?:\w+ )?(?P<two>bids"
    r"|asks|offers)\b",
    re.I,
)
_LESS = frozenset({"thinner", "smaller", "fewer", "lighter", "less", "below", "trail", "shallower"})
_NET = re.compile(
    r"\b(?:positions|contracts)\b[^.;]{0,20}?\b(?:(?P<up>opened|added|built up|taken on|put on|entered)"
    r"|(?P<down>closed|unwound|cut|shed|reduced"
    r"|exited))(?: out)?\b[^.;]{0,10}?\b(?:on balance|net|in sum|overall)\b|\bon balance,? (?:positions"
    r"|contracts) (?:were|have been) (?:(?P<up2>opened"
    r"|added)|(?P<down2>closed|unwound|cut|shed))",
    re.I,
)
_SHARE = re.compile(
    r"\b(?:made up|makes up|accounted for|accounts for|was|provided|supplied|contributed"
    r"|took) (?:the )?(?:larger half|majority|bulk|most|more than half"
    r"|greater part|larger part|lion's share)\b",
    re.I,
)
_TRADES = re.compile(
    r"\b(?P<side>longs?|shorts?)\b[^.,;]{0,25}?\b(?:forced to|have to|had to|obliged to|made to|compelled to|must"
    r"|would|need to) (?P<way>buy|sell)\b",
    re.I,
)


def balance(document: Document, statement: Statement) -> Iterator[Finding]:
    """Yield what is said to lean the way that it does not, or where nothing can."""
    if statement.asks or statement.scene.said(("denial", "ruled")):
        return
    yield from _leaning(document, statement)
    yield from _fewer(document, statement)
    yield from _contracts(document, statement)
    yield from _both(document, statement)
    yield from _traded(document, statement)
    if not supposes(statement.scene):
        yield from _book(document, statement)
        yield from _net(document, statement)
        yield from _asset_share(document, statement)


def _about(one: Fact, other: Fact) -> str:
    return f"by {one.id} and {other.id} it is the other way about; turn it"


def _leaning(document: Document, statement: Statement) -> Iterator[Finding]:
    """A map, or a day's liquidations, leans to the side that has more."""
    match = _LEANS.search(statement.text)
    if match is None or not statement.scene.said(("kind:map", "kind:liquidations")):
        return
    side = (match["one"] or match["two"]).casefold().rstrip("s")
    own, other = sizes_of(document.sheet, statement.scene, side)
    if own and other and not any(a.number > b.number for a in own for b in other):
        yield turned(document, statement, match, (own[0], other[0]))


def _fewer(document: Document, statement: Statement) -> Iterator[Finding]:
    """The side of which fewer are told has the smaller sum."""
    match = _FEWER.search(statement.text)
    if match is None or not statement.scene.said(("kind:map", "kind:liquidations")):
        return
    own, other = sizes_of(document.sheet, statement.scene, match["side"].casefold().rstrip("s"))
    if own and other and not any(a.number < b.number for a in own for b in other):
        yield turned(document, statement, match, (own[0], other[0]))


def _contracts(document: Document, statement: Statement) -> Iterator[Finding]:
    """Every contract has a long and a short, so open interest has no larger side."""
    scene = statement.scene
    if scene.said(("kind:map", "kind:liquidations", "kind:funding", "payers:")):
        return
    match = _BUYERS.search(statement.text)
    if match is None and scene.said("kind:open_interest"):
        match = _CONTRACTS.search(statement.text)
        words = match[0].casefold() if match else ""
        if not ("long" in words and "short" in words) and not re.search(r"contracts|positions", words):
            match = None
    if match:
        message = "every contract has a buyer and a seller, so neither side is the larger; take it out"
        yield error(document, statement, "roles.larger", absolute(statement, match), message)


def _both(document: Document, statement: Statement) -> Iterator[Finding]:
    """A side's figure is not one of each side."""
    match = _BOTH.search(statement.text)
    if match is None:
        return
    for told in statement.figures():
        if told.metric in _SIDED and told.fact.subject.side and len(statement.figures()) == 1:
            same = any(
                fact.value == told.fact.value and fact.subject.side not in (None, told.fact.subject.side)
                for fact in document.sheet.all(told.metric)
            )
            if not same:
                message = f"{told.fact.id} is of {told.fact.subject.side}s; write that"
                yield error(document, statement, "roles.side", absolute(statement, match), message, told.fact)


def _traded(document: Document, statement: Statement) -> Iterator[Finding]:
    """A long is closed by a sale, and a short by a purchase."""
    for match in _TRADES.finditer(statement.text):
        side = match["side"].casefold().rstrip("s")
        if (side == "long") == (match["way"].casefold() == "buy"):
            message = f"a {side} is closed by a {'sale' if side == 'long' else 'purchase'}; turn it about"
            yield error(document, statement, "roles.mechanism", absolute(statement, match), message)


def _book(document: Document, statement: Statement) -> Iterator[Finding]:
    """Bids are said to outweigh asks only where they do."""
    match = _BOOK.search(statement.text)
    bids, asks = document.sheet.all("depth", side="long"), document.sheet.all("depth", side="short")
    if match is None or not bids or not asks or match["one"].casefold() == match["two"].casefold():
        return
    own, other = (bids[0], asks[0]) if match["one"].casefold() == "bids" else (asks[0], bids[0])
    if (own.number < other.number) != (match["word"].casefold() in _LESS):
        yield error(document, statement, "roles.larger", absolute(statement, match), _about(own, other), own, other)


def _net(document: Document, statement: Statement) -> Iterator[Finding]:
    """Positions were opened on balance where open interest rose in coin, and closed where it fell."""
    match = _NET.search(statement.text)
    if match is None:
        return
    hours = {told.fact.subject.window_hours for told in statement.told if told.style.startswith("window")}
    changes = [f for f in document.sheet.all("oi_change_coin") if f.subject.window_hours in (hours or {Decimal(24)})]
    opened = bool(match["up"] or match["up2"])
    if changes and not any((fact.number > 0) == opened for fact in changes):
        message = f"{changes[0].id} is {changes[0].number:.1f}%, which goes the other way"
        yield error(document, statement, "direction.sign", absolute(statement, match), message, changes[0])


def _asset_share(document: Document, statement: Statement) -> Iterator[Finding]:
    """An asset has most of all liquidations only where it has more than half."""
    scene = statement.scene
    match = _SHARE.search(statement.text)
    whole = document.sheet.all("liq_total", asset="market")
    if match is None or not whole or not scene.said("kind:liquidations") or scene.said("side:"):
        return
    before = scene.said("asset:", (statement.start, statement.start + match.start()))
    own = document.sheet.all("liq_total", asset=before[-1].name.removeprefix("asset:")) if before else []
    if own and own[0].number * 2 < whole[0].number:
        yield turned(document, statement, match, (own[0], whole[0]))
