"""A map that commentary estimated itself is told as its own, and each of its sums as a range.

roles.range: a sum of our own map by one assumption on leverage, or one end of its range without the other.
roles.order: the ends of such a range changed about.
roles.source: a vendor's or an exchange's figure told as our own estimate, or ours as an exchange's map.
completeness.own: our own estimate in a headline, a digest or a body that does not say whose it is.
"""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Part, Statement, Told
from commentary.records.fact import HIGH, LOW, Fact
from commentary.records.finding import Finding

_READ_ALONE: tuple[Part, ...] = ("headline", "digest", "body")


def own_estimate(document: Document, statement: Statement) -> Iterator[Finding]:
    """Hold a sentence to whose estimate it tells, and to the range that ours is."""
    if statement.asks:
        return
    yield from _ranges(document, statement)
    yield from _ours_of_others(document, statement)
    yield from _others_as_ours(document, statement)


def _ranges(document: Document, statement: Statement) -> Iterator[Finding]:
    figures = {told.fact.id: told for told in statement.figures()}
    for told in figures.values():
        ends = _ends(document, told.fact)
        if ends is None or _is_bound(told):
            continue
        low, high = ends
        span = (told.mention.start, told.mention.end)
        if low.id not in figures or high.id not in figures:
            message = f"our own estimate is a range: write both {low.id} and {high.id}"
            yield document.finding("roles.range", "error", statement.field, span, message, (low.id, high.id))
        elif told.fact is low and figures[high.id].mention.start < told.mention.start:
            message = f"the lower end comes first: {low.id}, then {high.id}"
            yield document.finding("roles.order", "error", statement.field, span, message, (low.id, high.id))


def _ends(document: Document, fact: Fact) -> tuple[Fact, Fact] | None:
    """Return the two ends of the range that a figure of our own map belongs to; None for any other figure."""
    if not (fact.is_point_of_range or fact.is_range_end):
        return None
    name = fact.subject.metric
    name = name.removesuffix(LOW).removesuffix(HIGH) if fact.is_range_end else name
    ids = [fact.subject._replace(metric=name + end).id for end in (LOW, HIGH)]
    return (document.sheet[ids[0]], document.sheet[ids[1]]) if all(one in document.sheet for one in ids) else None


def _is_bound(told: Told) -> bool:
    """Say whether a figure is told as a bound: of a test, which is made of the lower end, or as that end itself."""
    return "_test" in told.metric or told.style == "usd_least"


def _ours_of_others(document: Document, statement: Statement) -> Iterator[Finding]:
    """An exchange whose figures our estimate is made of has drawn no map."""
    venues = {told.fact.subject.venue for told in statement.told if told.fact.is_ours and told.fact.subject.venue}
    for venue in sorted(filter(None, venues)):
        drawn, draws = (document.cues[name].pattern for name in ("drawn_map", "draws_map"))
        pattern = re.compile(rf"(?<!\w)(?<!for )(?<!of ){re.escape(venue)}(?:['’]s {drawn}| {draws})", re.I)
        match = pattern.search(statement.field.text, statement.start, statement.end)
        if match is not None and not statement.scene.said("denial"):
            message = f"{venue} gives no such map: write that it is our own estimate"
            yield document.finding("roles.source", "error", statement.field, match.span(), message)


def _others_as_ours(document: Document, statement: Statement) -> Iterator[Finding]:
    """What somebody else gives is not our own estimate."""
    marks = statement.scene.longest("own_estimate")
    figures = [told for told in statement.figures() if told.fact.source and not told.fact.is_house]
    if marks and figures and not any(told.fact.is_ours for told in statement.told):
        first = figures[0].fact
        message = f"{first.id} is no estimate of ours; name {' and '.join(first.source)}, whose it is"
        span = (marks[0].start, marks[0].end)
        yield document.finding("roles.source", "error", statement.field, span, message, (first.id,))


def unnamed(document: Document) -> Iterator[Finding]:
    """In what is read alone our own estimate is called ours, at or before its first figure."""
    said: set[Part] = set()
    for statement in document.statements:
        part = statement.field.part
        if part not in _READ_ALONE or part in said or statement.asks:
            continue
        if statement.scene.said("own_estimate"):
            said.add(part)
            continue
        told = next((one for one in statement.figures() if one.fact.is_range_end or one.fact.is_point_of_range), None)
        if told is not None:
            said.add(part)
            message = f"{told.fact.id} is our own estimate; say so at or before it"
            span = (told.mention.start, told.mention.end)
            yield document.finding("completeness.own", "error", statement.field, span, message, (told.fact.id,))
