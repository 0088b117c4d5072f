"""Other exchanges, or all of them, are told only by figures that are of them.

roles.venue: exchanges of a kind, or all of them, where the figure is of others.
"""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.scene import Scene
from commentary.languages.phrases import Mark
from commentary.records.finding import Finding

_OTHERS = "other exchanges"
_AGAINST = ("venue_", "funding_others", "funding_alike")
"""Beginnings of the metrics that set one exchange against the others."""
_AT_ONE = re.compile(r" (?:do |all )?(?:agree|(?:are|lie|stand) (?:in agreement|close together))\b", re.I)


def venues(document: Document, statement: Statement) -> Iterator[Finding]:
    """A figure of one exchange, or of those that a vendor covers, is not told as one of all of them."""
    scene = statement.scene
    if statement.asks_or_denies:
        return
    if statement.field.part == "unknowns" or statement.field.heading_says_absent:
        # "Prices on other exchanges in those hours": they are what is not at hand.
        return
    for mark in scene.longest(("other_exchanges", "every_exchange")):
        start, end = scene.clause(mark.start)
        figures = [told for told in statement.figures() if start <= told.mention.start < end] or list(
            statement.figures()
        )
        of_all = any(told.fact.subject.venue == "all" or told.fact.subject.asset == "market" for told in figures)
        if mark.name == "every_exchange" and (of_all or not figures):
            continue
        if scene.word(mark).casefold() == _OTHERS and (
            _is_against_others(document, statement) or _agree(document, scene, mark)
        ):
            continue
        message = f"no fact at hand is of {scene.word(mark)!r}; name the exchange, or whose count it is"
        yield document.finding("roles.venue", "error", statement.field, (mark.start, mark.end), message)


def _is_against_others(document: Document, statement: Statement) -> bool:
    """Say whether a sentence has a figure that sets one exchange against the others, or says who pays on them."""
    paid = statement.scene.said("payers:") and document.sheet.get("venue_rate_payer") is not None
    return bool(paid) or any(told.metric.startswith(_AGAINST) for told in statement.told)


def _agree(document: Document, scene: Scene, mark: Mark) -> bool:
    """Say whether the others are said to agree, and do so: one stands apart, or its feed does, and they do not."""
    states = {fact.text for fact in document.sheet.all("venue_state")}
    at_one = "others disagree" not in states and bool(states & {"apart", "feed unchanged"})
    return at_one and _AT_ONE.match(scene.text, mark.end) is not None
