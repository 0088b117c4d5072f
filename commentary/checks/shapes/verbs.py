"""Verbs that say how strong a move was, held against the usual one."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error
from commentary.checks.supposed import supposes
from commentary.records.finding import Finding

_STRONG = {
    **dict.fromkeys(("crash", "crashed", "crashes", "collapsed", "collapses", "plummeted", "plummets", "nosedived"), 2),
    **dict.fromkeys(("skyrocketed", "rocketed", "cratered", "imploded", "exploded"), 2),
    **dict.fromkeys(("soared", "soars", "plunged", "plunges", "tumbled", "tumbles", "surged", "surges", "slumped"), 1),
    **dict.fromkeys(("slumps", "spiked", "leapt", "leaped", "dived", "dove", "vaulted", "ballooned", "jumped"), 1),
}
"""Verbs that say how strong a move was, with how many of the asset's usual daily moves it takes to bear them."""
_USUAL = {"price": Decimal("1.5"), "oi": Decimal("1.5")}
"""The usual daily move in percent where none was computed: bitcoin's calmest months have about so much."""
_SLIGHT = re.compile(
    r"\b(?:inched|edged|nudged|ticked|crept|slightly|marginally|a touch|a shade|barely moved|modestly|gently)(?: up"
    r"| down| higher| lower)?\b",
    re.I,
)
_BESIDE = 14
"""As far before its figure, in characters, a verb can stand."""
_DAY = 24


def strong(document: Document, statement: Statement) -> Iterator[Finding]:
    """A strong verb takes a move of as many usual days as it says."""
    scene, sheet = statement.scene, document.sheet
    for match in re.finditer(r"[a-z]+", statement.text):
        times = _STRONG.get(match[0])
        if times is None or supposes(scene):
            continue
        start, end = absolute(statement, match)
        told = next((one for one in statement.figures() if 0 <= one.mention.start - end <= _BESIDE), None)
        if told is None:
            yield from _bare(document, statement, (start, end), times)
        if told is None or not told.metric.startswith(("price_change", "oi_change")) or told.fact.unit != "percent":
            continue
        if told.fact.subject.window_hours != _DAY:
            continue
        sigma = sheet.get("daily_sigma") if told.metric.startswith("price") else None
        usual = sigma.number if sigma is not None else _USUAL["price"]
        if abs(told.fact.number) < times * usual:
            message = (
                f"{told.fact.id} is {told.fact.number:.1f}%, and a usual day has {usual:.1f}%; write 'rose' or 'fell'"
            )
            yield error(document, statement, "wording.magnitude", (start, end), message, told.fact)


def _bare(document: Document, statement: Statement, span: tuple[int, int], times: int) -> Iterator[Finding]:
    """Hold a strong verb without a figure against the day's change of the price that it is said of."""
    scene = statement.scene
    near = [mark for mark in scene.said(("asset:", "kind:price"), (scene.clause(span[0])[0], span[0]))]
    if not near or len(scene.text[near[-1].end : span[0]].split()) > 1 or scene.said("denial") or statement.figures():
        return
    sigma = document.sheet.get("daily_sigma")
    usual = sigma.number if sigma is not None else _USUAL["price"]
    for fact in document.sheet.all("price_change"):
        if fact.subject.window_hours == _DAY and abs(fact.number) < times * usual:
            message = f"{fact.id} is {fact.number:.1f}%, and a usual day has {usual:.1f}%; write 'rose' or 'fell'"
            yield error(document, statement, "wording.magnitude", span, message, fact)


def mild(document: Document, statement: Statement) -> Iterator[Finding]:
    """A move of more than a usual day is not told as a slight one."""
    sigma = document.sheet.get("daily_sigma")
    for match in _SLIGHT.finditer(statement.text):
        start, end = absolute(statement, match)
        told = next((one for one in statement.figures() if 0 <= one.mention.start - end <= _BESIDE), None)
        if told is None or told.metric != "price_change" or told.fact.subject.window_hours != _DAY or sigma is None:
            continue
        if abs(told.fact.number) > 2 * sigma.number:
            message = f"{told.fact.id} is more than two usual days' moves; write 'rose' or 'fell'"
            yield error(document, statement, "wording.magnitude", (start, end), message, told.fact)
