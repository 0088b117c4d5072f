"""Whatever tells a side in one stretch of a sentence tells the same side: shorts lie above the price, longs below."""

import re
from collections.abc import Iterator
from itertools import combinations

from commentary.checks.base import Document, Statement
from commentary.checks.scene import Span
from commentary.checks.shapes.outdone import OUTDOING
from commentary.checks.shapes.saying import error
from commentary.checks.shapes.stretches import MAPPED, Kind, Sign, Stretch, is_paired, merged, signs, stretches
from commentary.records.finding import Finding

_PLACES = frozenset({"above", "over", "below", "under", "beneath"})
_SAID: dict[Kind, str] = {
    "name": "the side named",
    "figure": "the side of the figure",
    "price": "the level's price",
    "level": "the level named",
    "place": "that side of the price",
    "move": "that way",
}


def agreeing(document: Document, statement: Statement) -> Iterator[Finding]:
    """Names, figures, levels, places and moves of one stretch belong to one side of the map or the book."""
    scene = statement.scene
    mapped = any(told.metric.startswith(MAPPED) for told in statement.figures())
    if not any(fact.subject.metric.startswith(MAPPED) for fact in document.sheet):
        return
    every = signs(document, statement)
    about = mapped or scene.said(("kind:map", "kind:depth")) or any(sign.kind == "level" for sign in every)
    if not about or is_paired(statement) or scene.said(("kind:band", "ruled", "payers:")):
        return
    for part in merged(statement, stretches(statement, every, comparing(statement))):
        if scene.said(("denial", "denies", "absent", "unknown"), part.span):
            continue
        if (pair := _split(statement, part)) is not None:
            one, other = pair
            later = max(pair)
            message = f"{_SAID[one.kind]} is of {one.side}s, and {_SAID[other.kind]} of {other.side}s; turn one about"
            yield error(document, statement, "roles.side", (later.start, later.end), message)
            return


def comparing(statement: Statement) -> tuple[Span, ...]:
    """Return the words of a sentence that set one thing against another; a place is none."""
    scene = statement.scene
    verbs = [match.span() for match in OUTDOING.finditer(scene.text, statement.start, statement.end)]
    return tuple(verbs) + tuple(
        (mark.start, mark.end)
        for mark in scene.longest("comparisons:")
        if scene.word(mark).casefold() not in _PLACES and not _is_degree(statement, mark.start, mark.end)
    )


def _is_degree(statement: Statement, start: int, end: int) -> bool:
    """Say whether a word of more or less is part of a noun: "the higher level", "a larger sum"."""
    word = statement.field.text[start:end]
    return word.casefold().endswith("er") and " " not in word


def _owned(statement: Statement, name: Sign, figure: Sign) -> bool:
    """Say whether a figure is one that no sum stands with: a distance, or a level "to which shorts were summed"."""
    told = next(one for one in statement.figures() if one.mention.start == figure.start)
    if told.fact.quantity == "delta":
        return True
    between = statement.field.text[figure.end : name.start] if name.start > figure.end else ""
    return told.fact.unit == "price" and re.search(r"\b(?:to|at|until) which\b", between) is not None


def _split(statement: Statement, part: Stretch) -> tuple[Sign, Sign] | None:
    """Return two signs of a stretch that tell different sides, if nothing in it speaks of both sides anyway."""
    kinds: dict[Kind, Sign] = {}
    for sign in part.signs:
        if kinds.setdefault(sign.kind, sign).side != sign.side:
            return None
    for one, other in combinations(kinds.values(), 2):
        # Which side's figure stands beside which name is asked where figures are bound.
        if one.side == other.side:
            continue
        if {one.kind, other.kind} not in ({"name", "figure"}, {"name", "price"}):
            return one, other
        name, figure = (one, other) if one.kind == "name" else (other, one)
        if _owned(statement, name, figure):
            return one, other
    return None
