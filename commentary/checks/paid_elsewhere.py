"""On how many of the other exchanges a side is said to have paid: as many as the facts count.

roles.venue: another number of exchanges, or of those on which that side paid.
"""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.payers import said_payers
from commentary.languages.en.numbers import SMALL
from commentary.records.finding import Finding

_NUMBER = "|".join(SMALL[1:]) + r"|[0-9]{1,3}"
_OTHERS = re.compile(
    rf"\b(?:(?P<none>none|neither|not one)|(?P<each>each|every one|all)|(?P<part>{_NUMBER})|)(?: of)? ?"
    rf"(?:the |all )?(?:(?P<all>{_NUMBER}) )?other exchanges\b"
    rf"(?:(?: we hold| held)?, (?:which are )?(?P<counting>{_NUMBER}) counting [A-Z]\w+"
    rf"(?:, (?P<behind>{_NUMBER}) had\b)?)?",
    re.I,
)


def paid_elsewhere(document: Document, statement: Statement) -> Iterator[Finding]:
    """The other exchanges are as many as are held, and those on which a side paid as many as it did on."""
    match = _OTHERS.search(statement.field.text, statement.start, statement.end)
    others, alike = document.sheet.get("funding_others"), document.sheet.get("funding_alike")
    payer = None if alike is None else document.sheet.get("funding_payer", venue=alike.subject.venue, at="settled")
    sides = [side for _, side in said_payers(statement.scene)]
    if match is None or others is None or alike is None or payer is None or not sides or statement.asks:
        return
    held = match["all"] or match["counting"]
    part = match["part"] or match["behind"]
    if held is None:
        return
    told = 0 if match["none"] else _number(part or held)
    same = sides[0] == payer.text
    # A rate of nothing is paid by neither, so that the other side paid on the rest at most.
    right = told == alike.number if same else told <= others.number - alike.number
    if _number(held) != others.number or not right:
        message = f"on {alike.number:f} of {others.number:f} other exchanges {payer.text}s paid; write that"
        ids = (others.id, alike.id)
        yield document.finding("roles.venue", "error", statement.field, match.span(), message, ids)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else SMALL.index(word.casefold())
