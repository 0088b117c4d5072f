"""A map of one side alone: which side it has, and which it lacks."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error
from commentary.records.fact import OTHER_SIDE
from commentary.records.finding import Finding

_SIDE = r"(?:the |its |modelled |bitcoin['’]?s? |ether['’]?s? )*(?P<side>longs?|shorts?)\b"
_ONLY = re.compile(
    rf"\b(?:only|solely|exclusively|just|nothing but|no more than|merely) (?:of |for |about )?{_SIDE}(?! pa)"
    r"|\b(?P<two>longs?|shorts?)(?: positions?| side| liquidations)? (?:only|alone|exclusively)\b"
    r"(?! (?:\w+ly )?(?:surpass|exceed|outweigh|outnumber|came|come|total|top|beat|outdo|eclips|dwarf|amount|make"
    r"|made))",
    re.I,
)
_NONE = re.compile(
    rf"\b(?:about|for|on|of|regarding) {_SIDE},? (?:(?:the|its|this|CoinGlass['’]s|liquidation|bitcoin"
    rf"|ether) )*(?:map|model"
    r"|estimate|it|CoinGlass|data|snapshot)\b[^.,;]{0,12}?\b(?:says? nothing|(?:gives?|has|holds?|returns?|shows?"
    r"|offers?"
    r"|carries|supplies|names?|provides?|lists?) (?:nothing|none|no (?:figures?|sums?|values?|estimates?"
    r"|numbers?|level|data|total))|is (?:silent|empty|blank|mute))"
    r"|\b(?:no|nothing|not any) (?:figures?|estimates?|values?|sums?|number|level|data|word|reading|total)?"
    r" ?(?:at all )?(?:for|on|about|of) (?:the |any |its )*(?P<two>longs?|shorts?)\b"
    r"|\b(?:leaves? out|left out|omits?|omitted|skips?|lacks?|misses|ignores?|excludes?) (?:the |any "
    r"|all )*(?P<three>longs?|shorts?)\b"
    r"|\bleaves? (?:the )?(?P<four>longs?|shorts?)(?: positions?)? out\b"
    r"|\b(?:says?|tells?|knows?|reveals?|holds?|shows?) nothing (?:about|of|on) (?:the )?(?P<five>longs?|shorts?)\b",
    re.I,
)
_HELD = ("reach_size", "cluster_size", "side_total")


def one_sided(document: Document, statement: Statement) -> Iterator[Finding]:
    """The side that a map has is not told as missing, nor the other as the only one."""
    held = {side for name in _HELD for fact in document.sheet.all(name) if (side := fact.subject.side)}
    scene = statement.scene
    if not held or not (scene.said("kind:map") or re.search(r"\bCoinGlass models\b", statement.text)):
        return
    if scene.said(("kind:funding", "payers:")) or (any(document.sheet.all("liq_size")) and not scene.said("kind:map")):
        return
    for pattern in (_ONLY, _NONE):
        for match in pattern.finditer(statement.text):
            word = next(found for found in match.groups() if found)
            side = "long" if word.casefold().startswith("long") else "short"
            wrong = (OTHER_SIDE[side] in held) if pattern is _ONLY else side in held
            if pattern is _ONLY and scene.said(("denial", "denies"), absolute(statement, match)):
                continue
            if wrong and (pattern is _NONE or not statement.figures() or side not in held):
                message = f"the map at hand has {' and '.join(f'{one}s' for one in sorted(held))}; say so"
                yield error(document, statement, "roles.held", absolute(statement, match), message)
                return
