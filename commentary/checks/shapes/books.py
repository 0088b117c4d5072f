"""Resting orders against the modelled sum to the same price, and liquidations against those of the day before."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import Document, Statement
from commentary.checks.bygone import day_before
from commentary.checks.scene import Scene
from commentary.checks.shapes.book_sides import BOOK_SIDES
from commentary.checks.shapes.saying import error
from commentary.languages.phrases import Mark
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_THE = re.compile(r" (?:the|an?|its|their|that)(?: (?:estimated|modelled|roughly|about|some))? ", re.I)
_THAN = re.compile(r"\bthan\Z", re.I)
_DIFFERING = re.compile(r"above|below|over|under|more|less|\w+er", re.I)
_THAN_THEN = re.compile(
    r"(?: than)?(?: (?:on|in|that of|those of|they were|it was|were|was|at|its|their|the total|the count|of))*"
    r" (?:(?:the |a )?day (?:before|earlier|ago)|(?:the )?(?:previous|preceding|prior) (?:day|24 hours)"
    r"|24 hours (?:before|earlier|ago)|(?:the )?24 hours before|yesterday)\b",
    re.I,
)
_THEN = re.compile(
    r" (?:(?:(?:on )?the|a) day (?:before|earlier|ago)|(?:on|in) the (?:previous|preceding|prior) (?:day|24 hours)"
    r"|24 hours (?:before|earlier|ago)|(?:in )?the 24 hours before)\b",
    re.I,
)
_OF_WHAT = re.compile(r" (?:of|in) (?:[\w'’]+ ){0,2}(?:liquidations|longs|shorts|positions|closures)\b")
_NOW = ("liq_total", "liq_size")


def books(document: Document, statement: Statement) -> Iterator[Finding]:
    """Bids and asks are said to be more, or less, than the sum of the levels to their price only where they are."""
    scene = statement.scene
    if not scene.said("kind:depth") or scene.said("denial"):
        return
    for mark in scene.longest("comparisons:"):
        if scene.text.startswith(" which", mark.end):
            # "A stretch over which the map has longs".
            continue
        sides = {BOOK_SIDES[one.name.removeprefix("book:")] for one in scene.said("book:")}
        measures = any(stop + 1 == mark.start for _, stop in scene.figures) and _DIFFERING.fullmatch(scene.word(mark))
        if len(sides) != 1 or measures:
            # "2.5% lower" is a difference, and no comparison of what stands around it.
            continue
        first = _is_book(scene, (scene.start, mark.start))
        second = _is_book(scene, (mark.end, scene.end))
        pairs = [
            (size, depth)
            for depth in document.sheet.all("depth")
            if depth.subject.side in sides
            for size in document.sheet.all("reach_sum", side=depth.subject.side, at=depth.subject.at)
        ]
        if first == second or not pairs or not _modelled(scene, mark, book_first=first):
            continue
        greater = mark.name.endswith("greater") == first
        if not any((depth.number > size.number) == greater for size, depth in pairs):
            size, depth = pairs[0]
            message = f"by {depth.id} and {size.id} it is the other way about; turn it"
            yield error(document, statement, "roles.larger", (mark.start, mark.end), message, depth, size)


def _is_book(scene: Scene, span: tuple[int, int]) -> bool:
    """Say whether what stands at an end of a comparison is resting orders and no sum of positions."""
    return bool(scene.said("book:", span)) and not scene.said("side:", span)


def _modelled(scene: Scene, mark: Mark, *, book_first: bool) -> bool:
    """Say whether the other end is a side's positions."""
    span = (mark.end, scene.end) if book_first else (scene.start, mark.start)
    return bool(scene.said("side:", span))


def against_figure(document: Document, statement: Statement) -> Iterator[Finding]:
    """A figure is more, or less, than the one behind "than the" where it is: "$214 million, less than the $684"."""
    scene, told = statement.scene, statement.figures()
    for mark in scene.longest("comparisons:"):
        behind = [one for one in told if _THE.fullmatch(scene.text, mark.end, max(mark.end, one.mention.start))]
        before = [one for one in told if one.mention.end <= mark.start]
        if (
            not behind
            or not before
            or before[-1].fact.unit != behind[0].fact.unit
            or not _THAN.search(scene.word(mark))
        ):
            continue
        one, other = before[-1].fact, behind[0].fact
        denied = scene.said("denial", (before[-1].mention.end, mark.start))
        if (
            not denied
            and one.quantity == other.quantity
            and (_size(one) > _size(other)) != mark.name.endswith("greater")
            and _size(one) != _size(other)
        ):
            message = f"by {one.id} and {other.id} it is the other way about; turn it"
            yield error(document, statement, "roles.larger", (mark.start, mark.end), message, one, other)


def _size(fact: Fact) -> Decimal:
    """Return how large a figure is; a change, how far it went: "down 2.1%, less than the 3.6% that price lost"."""
    return abs(fact.number) if fact.quantity == "delta" else fact.number


def before_that(document: Document, statement: Statement) -> Iterator[Finding]:
    """Liquidations are more, or fewer, than those of the day before only where they are; today's are not that day's."""
    scene, sheet = statement.scene, document.sheet
    if not day_before(scene) or not sheet.all("liq_previous_total"):
        return
    for told in statement.figures():
        of_what = _OF_WHAT.match(scene.text, told.mention.end, scene.end)
        then = _THEN.match(scene.text, of_what.end() if of_what else told.mention.end, scene.end)
        if told.metric in _NOW and then and not _follows(scene, then.end()):
            message = f"{told.fact.id} is of the latest day, not of the one before; write that day's"
            span = (told.mention.start, then.end())
            yield error(document, statement, "roles.earlier", span, message, told.fact)
    if (scene.said("kind:") and not scene.said("kind:liquidations")) or scene.said("denial"):
        return
    for mark in scene.longest("comparisons:"):
        measured = any(stop + 1 == mark.start for _, stop in scene.figures)
        if measured or not _THAN_THEN.match(scene.text, mark.end, scene.end):
            # "4.6% lower than a day earlier" is a difference, and its figure says of what.
            continue
        sides = {one.name.removeprefix("side:") for one in scene.said("side:", scene.clause(mark.start))}
        now, before = _day(document, sides)
        greater = mark.name.endswith("greater")
        if now and before and (now.number > before.number) != greater:
            message = f"by {now.id} and {before.id} it is the other way about; turn it"
            yield error(document, statement, "roles.larger", (mark.start, mark.end), message, now, before)


def rose_from(document: Document, statement: Statement) -> Iterator[Finding]:
    """Liquidations rose, or fell, from the day before as they are said to."""
    scene = statement.scene
    if not document.sheet.all("liq_previous_total") or scene.said(("conditional", "denial")):
        return
    for mark in scene.longest(("move:", "moving:")):
        clause = scene.clause(mark.start)
        kinds = scene.said("kind:", (clause[0], mark.start))
        measured = any(stop + 1 == mark.start or start - mark.end <= len(" by ") for start, stop in scene.figures)
        if not kinds or kinds[-1].name != "kind:liquidations" or not day_before(scene, clause) or measured:
            continue
        now, before = _day(document, {one.name.removeprefix("side:") for one in scene.said("side:", clause)})
        up = mark.name.endswith("up")
        if now and before and now.number != before.number and (now.number > before.number) != up:
            message = f"by {now.id} and {before.id} it is the other way about; turn it"
            yield error(document, statement, "direction.sign", (mark.start, mark.end), message, now, before)
            return


def _follows(scene: Scene, at: int) -> bool:
    """Say whether a time opens what comes behind it: "$40 million the day before it fell"."""
    return re.match(r" (?:it|they|that|price|the|bitcoin|ether)\b", scene.text[at : scene.end], re.I) is not None


def _day(document: Document, sides: set[str]) -> tuple[Fact | None, Fact | None]:
    sheet, own = document.sheet, document.sheet.asset
    if len(sides) != 1:
        return sheet.get("liq_total", asset=own), sheet.get("liq_previous_total", asset=own)
    now = [fact for fact in sheet.all("liq_size", asset=own) if fact.subject.side in sides]
    before = [fact for fact in sheet.all("liq_previous_size", asset=own) if fact.subject.side in sides]
    return next(iter(now), None), next(iter(before), None)
