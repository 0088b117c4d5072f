"""Bids lie on the way down, as longs do on a map, and asks on the way up, as shorts do."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

BOOK_SIDES = {"bids": "long", "asks": "short"}
_ABSORBED = re.compile(
    r"\b(?:bids|asks|orders|book)\b[^.;]{0,40}?\b(?:could|would|can|suffice to|enough to|ample to|able to)(?: \w+)? "
    r"(?:swallow|absorb|soak up|take up|meet|match|cover|digest|handle|satisfy|fill|take) (?:up )?"
    r"(?:all|every|the (?:whole|entire)|each)\b",
    re.I,
)


def absorbed(document: Document, statement: Statement) -> Iterator[Finding]:
    """Resting orders are as much as the modelled sum to their price where they are said to take all of it."""
    match = _ABSORBED.search(statement.text)
    scene = statement.scene
    if match is None or scene.said("denial"):
        return
    sides = {BOOK_SIDES[one.name.removeprefix("book:")] for one in scene.said("book:")}
    sides = sides or {"long", "short"}
    for depth in document.sheet.all("depth"):
        for size in document.sheet.all("reach_sum", side=depth.subject.side, at=depth.subject.at):
            if depth.subject.side in sides and depth.number < size.number:
                message = f"{depth.id} is less than {size.id}; write that"
                yield error(document, statement, "roles.larger", absolute(statement, match), message, depth, size)
                return


_WAY_TO = re.compile(
    r"\b(?P<book>bids|asks)\b[^,.;]{0,40}?\b(?<!add )(?<!adds )(?<!added )(?<!summed )(?P<way>up|down) to\b"
    r"(?! (?:about |some )?[$€][0-9.,]+ (?:million|billion|trillion))",
    re.I,
)
_AGAINST_SIDE = re.compile(
    r"\b(?P<side>longs?|shorts?)\b[^,.;]{0,60}?\b(?:exceeds?|exceeded|outweighs?|top|tops|outsizes?|dwarfs?|than|times"
    r"|outstrips?|surpass(?:es)?|fall short of|falls short of) (?:the |those |that of the |its |\w+['’]s"
    r" )*(?:resting )?"
    r"(?P<book>bids|asks)\b",
    re.I,
)


def way_to(document: Document, statement: Statement) -> Iterator[Finding]:
    """Bids are counted down to a price, and asks up to one."""
    for match in _WAY_TO.finditer(statement.text):
        up = match["way"].casefold() == "up"
        if up == (match["book"].casefold() == "bids"):
            message = f"{match['book']} rest {'below' if up else 'above'} the price; turn the way about"
            yield error(document, statement, "roles.side", absolute(statement, match), message)


_BOOK_FIRST = re.compile(
    r"\b(?P<book>bids|asks)\b[^,.;]{0,40}?\b(?:by|than|exceed|outweigh|match|cover|below|above|short of|less than"
    r"|more than)"
    r" (?:the |those )?(?:\w+ )?(?P<side>longs?|shorts?)\b",
    re.I,
)


def against_side(document: Document, statement: Statement) -> Iterator[Finding]:
    """Longs are set against bids, which lie on the way down as they do, and shorts against asks."""
    match = _AGAINST_SIDE.search(statement.text) or _BOOK_FIRST.search(statement.text)
    if match and document.sheet.all("depth") and not statement.scene.said("denial"):
        side = match["side"].casefold().rstrip("s")
        if BOOK_SIDES[match["book"].casefold()] != side:
            message = f"{match['book']} do not stand where {side}s are; turn one about"
            yield error(document, statement, "roles.side", absolute(statement, match), message)
