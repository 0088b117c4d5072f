"""Whose data is told of: an exchange or vendor that gave none of that kind, or another's figure."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.occasions import is_of_occasion
from commentary.checks.shapes.saying import error
from commentary.records.finding import Finding

_METRICS: dict[str, tuple[str, ...]] = {
    "kind:funding": ("funding_rate",),
    "kind:open_interest": ("oi_coin", "oi_usd", "oi_change"),
    "kind:liquidations": ("liq_total", "liq_size", "order_size"),
}


def given_by(document: Document, statement: Statement) -> Iterator[Finding]:
    """In a clause of one kind of data, the one exchange or vendor that is named is one that it is of."""
    scene = statement.scene
    if statement.figures() or scene.said(("denial", "absent", "unknown", "lacks_data", "comparisons:")):
        return
    if statement.field.part == "unknowns" or statement.field.heading_says_absent:
        # "Binance's share of open interest": it is what is not at hand.
        return
    for mark in scene.longest("kind:"):
        metrics = _METRICS.get(mark.name)
        clause = scene.clause(mark.start)
        givers = {one.name.removeprefix("giver:"): one for one in scene.said("giver:", clause)}
        if metrics is None or len(givers) != 1 or len({one.name for one in scene.longest("kind:", clause)}) != 1:
            continue
        if mark.name == "kind:open_interest" and scene.said("move:", clause):
            metrics = ("oi_change", "oi_delta")
        facts = [fact for fact in document.sheet if fact.subject.metric.startswith(metrics)]
        ((name, place),) = givers.items()
        if facts and not any(name in (*fact.source, fact.subject.venue) for fact in facts):
            why = f"{facts[0].id} is not {name}'s; name whose it is"
            yield error(document, statement, "roles.source", (place.start, place.end), why, facts[0])
            return


_PUTS = re.compile(
    r"(?:['’]s \w+)? (?:pegs?|pegged|puts?|sets?|places?|placed|counts?|counted|has|reports?|reported|shows?|showed"
    r"|gives?|gave"
    r"|records?|recorded|measures?|measured|reckons?|tallies|tallied|sees)\b[^,;.0-9]{0,50}? \Z"
)


def told_by(document: Document, statement: Statement) -> Iterator[Finding]:
    """The figure that a vendor is said to give is that vendor's, where it gives one of that kind."""
    scene = statement.scene
    if scene.said("denial"):
        return
    for mark in scene.said("giver:"):
        name = mark.name.removeprefix("giver:")
        behind = [told for told in statement.figures() if told.mention.start > mark.end]
        told = behind[0] if behind else None
        if told is None or name in (*told.fact.source, told.fact.subject.venue) or told.fact.inputs:
            continue
        own = [fact for fact in document.sheet.all(told.metric) if name in fact.source]
        if is_of_occasion(document.sheet, scene.text, (mark.start, mark.end)):
            continue
        if own and _PUTS.fullmatch(scene.text, mark.end, told.mention.start):
            why = f"{told.fact.id} is not {name}'s, which has {own[0].id}; name whose it is"
            yield error(document, statement, "roles.source", (mark.start, told.mention.end), why, told.fact, own[0])
            return
