"""Bulls, bears and what argues for them, in the place of longs and shorts.

roles.side: positions called by a name that is not of their side, or a side said to argue the other way.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from commentary.checks.base import Document, Statement
from commentary.records.finding import Finding

_ARGUED = {"bullish": "short", "bearish": "long"}
_PARTS = re.compile(r"[,:;] | and ")


def stand_in(document: Document, statement: Statement) -> Iterator[Finding]:
    """Positions are longs or shorts: a bull may hold either."""
    scene = statement.scene
    for told in statement.figures():
        if told.fact.subject.side is None or told.fact.unit == "price" or told.metric == "turn_share":
            # A share on which the label turns stands beside the label's name (label_terms).
            continue
        span = (told.mention.start, told.mention.end)
        behind = scene.said("stand_ins", scene.behind(span))
        before = scene.said("stand_ins", scene.before(span))
        near = [mark for mark in behind[:1] if scene.joins(span[1], mark.start)]
        near += [mark for mark in before[-1:] if scene.joins(mark.end, span[0])]
        for mark in near:
            if scene.text[mark.end : mark.end + 1] != ":":
                message = f"{told.fact.id} is of {told.fact.side}s; write that"
                yield document.finding("roles.side", "error", statement.field, (mark.start, mark.end), message)


def rule_sides(document: Document, statement: Statement) -> Iterator[Finding]:
    """Forced selling of longs argues for a fall, forced buying by shorts for a rise."""
    scene = statement.scene
    if not scene.said("same_side") or not scene.said("kind:liquidations"):
        return
    cuts = [
        statement.start,
        *(match.end() for match in _PARTS.finditer(scene.text, statement.start, statement.end)),
        statement.end,
    ]
    for start, end in pairwise(cuts):
        sides = {mark.name.removeprefix("side:") for mark in scene.said("side:", (start, end))}
        labels = [mark for mark in scene.said("stand_ins", (start, end)) if scene.word(mark).casefold() in _ARGUED]
        if len(sides) == 1 and len(labels) == 1:
            (side,) = sides
            if _ARGUED[scene.word(labels[0]).casefold()] != side:
                message = f"{side}s closed by force argue the other way; turn it about"
                yield document.finding("roles.side", "error", statement.field, (start, end), message)
