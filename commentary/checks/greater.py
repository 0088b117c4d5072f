"""What is said to be the greater, or to have most of something, without a figure of its own.

roles.larger: the smaller side called the larger.
wording.comparison: something set against what no fact says.
"""

from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.compared import Comparison, comparisons, sizes_of, unresolved
from commentary.checks.scene import Scene
from commentary.languages.phrases import Mark
from commentary.records.fact import OTHER_SIDE
from commentary.records.finding import Finding


def compared(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is said to be the greater is so."""
    scene = statement.scene
    if statement.asks or scene.said("ruled") or _supposed(scene):
        return
    told = [((one.mention.start, one.mention.end), one.fact) for one in statement.figures()]
    every = list(comparisons(document.sheet, scene, told))
    if not scene.said("denial") and (statement.told or scene.said(("asset:", "side:"))):
        for mark in unresolved(scene, {one.mark for one in every}, told):
            message = "no fact says what this is set against; give the figure, or take it out"
            yield document.finding("wording.comparison", "error", statement.field, (mark.start, mark.end), message)
    for one in every:
        # "Shorts on Bybit paid more": of rates below zero the lower makes them pay more.
        comparison = one._replace(greater=not one.greater) if _paid_by_shorts(scene, one) else one
        if not comparison.holds():
            ids = tuple(dict.fromkeys(fact.id for fact in (*comparison.first, *comparison.second)))
            mark = comparison.mark
            message = f"by {ids[0]} and {ids[-1]} it is the other way about; turn it"
            yield document.finding("roles.larger", "error", statement.field, (mark.start, mark.end), message, ids)


def _paid_by_shorts(scene: Scene, comparison: Comparison) -> bool:
    facts = (*comparison.first, *comparison.second)
    rates = all(fact.subject.metric.startswith("funding") and fact.unit == "percent" for fact in facts)
    return rates and bool(scene.said("payers:")) and all(fact.number < 0 for fact in facts)


def _supposed(scene: Scene) -> bool:
    """Say whether a comparison is supposed: what a map would liquidate "would exceed" something now."""
    marks = [mark for mark in scene.said("conditional") if not _either_way(scene, mark)]
    words = {scene.word(mark).casefold() for mark in marks}
    return bool(words) and not (words == {"would"} and scene.said("kind:map"))


def _either_way(scene: Scene, mark: Mark) -> bool:
    """Say whether a "whether" leaves nothing open: "shorts exceed longs, whether in sums or per percent"."""
    behind = scene.text[mark.end : scene.end]
    return scene.word(mark) == "whether" and scene.text[: mark.start].endswith(", ") and " or " in behind


def most(document: Document, statement: Statement) -> Iterator[Finding]:
    """The side that is said to have most of something has it."""
    scene = statement.scene
    if statement.asks_or_denies or scene.said("conditional") or scene.said("ruled"):
        return
    for mark in scene.longest(("most_of", "least_of")):
        start, end = scene.clause(mark.start)
        before, behind = scene.said("side:", (start, mark.start)), scene.said("side:", (mark.end, end))
        if scene.word(mark).casefold() == "outnumbered" and not scene.said("passive", (start, mark.start)):
            # "Longs outnumbered shorts" says that they are the more, and is compared as that.
            continue
        sides = {one.name for one in (*before, *behind)}
        close = [one for one in before[-1:] if scene.joins(one.end, mark.start)]
        if len(sides) != 1 and not close:
            continue
        side = (close[0].name if close else next(iter(sides))).removeprefix("side:")
        if mark.name == "least_of":
            side = OTHER_SIDE[side]
        own, other = sizes_of(document.sheet, scene, side)
        if own and other and not any(one.number >= two.number for one in own for two in other if one.unit == two.unit):
            ids = (own[0].id, other[0].id)
            message = f"by {ids[0]} and {ids[1]} it is the other side; turn the sides about"
            place = before[-1] if before else behind[0]
            yield document.finding("roles.larger", "error", statement.field, (place.start, place.end), message, ids)
