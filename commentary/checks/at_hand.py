"""A kind of data, or a side of a map, is told of only where the facts hold some.

roles.held: something told of a kind of data of which the facts hold none, or denied of one that they hold.
"""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.scene import Scene
from commentary.checks.shapes.parts import is_missing, part_of
from commentary.checks.signed import vouched
from commentary.languages.phrases import Mark, named
from commentary.records.finding import Finding

_NONE = frozenset({"no", "none", "nothing", "without"})
_DATA = re.compile(r"\b(?:data|snapshot|file|record|sheet|numbers|entry|facts)\b", re.I)
_TOPS = re.compile(
    r"\b(?:(?:larg|bigg|great|heavi|fatt|tall|dens|thick)er|more|tops?|exceeds?|beats?|surpass\w*)\b", re.I
)
_ONES = re.compile(r"\b(long|short) ones?\b", re.I)
_LOOSE = frozenset(
    {"level", "levels", "estimate", "estimates", "estimated", "reach", "reaches", "rate", "rates", "outstanding"}
)
"""Words of a kind that also say something else."""
_OF_POSITION = frozenset({"liquidation", "liquidate", "liquidated", "liquidation price", "liquidation prices"})
_FOOTED = re.compile(r"foot (?:the|this|that|their) (?:\w+ )?(?:bill|tab|cost|charge|funding)", re.I)
_KIND_METRICS = {
    "price": ("price",),
    "depth": ("depth",),
    "volatility": ("daily_sigma", "realised_volatility", "options_volatility", "options_skew"),
    "band": ("band_",),
    "funding": ("funding_",),
    "open_interest": ("oi_", "options_"),
    "liquidations": ("liq_", "order_", "reach_", "cluster_", "side_total", "told_liq_", "told_reach_", "told_cluster_"),
    "map": ("reach_", "cluster_", "side_total", "map_", "told_reach_", "told_cluster_", "settled_level"),
}


def held(document: Document, statement: Statement) -> Iterator[Finding]:
    """Something is told of a kind of data only where the facts hold some."""
    scene = statement.scene
    if statement.asks or statement.field.part in ("unknowns", "heading"):
        return
    if scene.said(("conditional", "ruled")):
        return
    if any(told.fact.is_house for told in statement.told) or statement.field.heading_says_absent:
        return
    own = vouched(document, statement)
    if scene.said("realised") or scene.said("tallied"):
        marks = [] if scene.said(("denial", "unknown", "absent")) else scene.said("kind:liquidations")
        recorded = any(fact.subject.metric.startswith(("liq_", "order_")) for fact in document.sheet)
        if marks and not recorded:
            message = "no liquidations were recorded in the facts at hand; a map only says what would be liquidated"
            yield document.finding("roles.held", "error", statement.field, (marks[0].start, marks[0].end), message)
            return
    paying = {mark.start for mark in scene.said("payers:")}
    for mark in scene.longest("kind:"):
        if mark.start in paying:
            # "Longs foot the bill": no foot of a band.
            continue
        if is_missing(scene, mark.start) or _is_of_position(document, scene, mark):
            continue
        if mark.name == "kind:price" and not _DATA.search(scene.text, *part_of(scene, mark.start)):
            # That an asset without a price moved is the business of shapes.unheld.
            continue
        metrics = _KIND_METRICS.get(mark.name.removeprefix("kind:"))
        if _is_of_options(scene, mark):
            metrics = (*(metrics or ()), "options_")
        if (
            metrics
            and scene.word(mark).casefold() not in _LOOSE
            and not _FOOTED.match(scene.text, mark.start)
            and not named(scene.word(mark).casefold(), own)
            and not any(fact.subject.metric.startswith(metrics) for fact in document.sheet)
        ):
            message = f"no fact at hand is of {scene.word(mark)!r}; take it out, or say that the data lacks it"
            yield document.finding("roles.held", "error", statement.field, (mark.start, mark.end), message)
            return


def _is_of_options(scene: Scene, mark: Mark) -> bool:
    """Say whether a word can tell of the settlement of options: of funding a side is then said to pay."""
    paid = scene.said("payers:") and scene.said("side:")
    return scene.word(mark).casefold().startswith("settle") and not paid


def _is_of_position(document: Document, scene: Scene, mark: Mark) -> bool:
    """Say whether a word tells of the liquidation price of a single position, which no map gives."""
    return scene.word(mark).casefold() in _OF_POSITION and document.sheet.get("position_liquidation") is not None


def sided(document: Document, statement: Statement) -> Iterator[Finding]:
    """A side of the map is said to be there, or not to be, only where it is so."""
    scene = statement.scene
    maps = [mark for mark in scene.said("kind:map") if scene.word(mark).casefold() not in _LOOSE]
    maps = [mark for mark in maps if not _is_of_position(document, scene, mark)]
    if statement.asks or not maps or scene.said("conditional"):
        return
    if statement.field.part in ("unknowns", "heading") or statement.field.heading_says_absent:
        return
    sizes = {
        fact.subject.side
        for fact in document.sheet
        if fact.subject.metric.removeprefix("told_").startswith(("reach_", "cluster_", "side_"))
    }
    # "A short one" is an innocent phrase elsewhere, and on a map names a side.
    ones = [
        Mark(*found.span(1), f"side:{found[1].casefold()}")
        for found in _ONES.finditer(scene.text, scene.start, scene.end)
    ]
    for mark in (*scene.said("side:"), *ones):
        denials = scene.said("denial", (scene.start, mark.start))
        between = scene.text[denials[-1].end : mark.start].split() if denials else []
        denied = bool(denials) and len(between) <= 3 and "cluster" not in between
        side = mark.name.removeprefix("side:")
        if denied and _TOPS.search(scene.text, mark.end, scene.end):
            # "No bucket of shorts is bigger": there are some.
            continue
        if denied and side in sizes and scene.word(denials[-1]).casefold() in _NONE:
            message = f"the map at hand has {side}s; take the denial out"
        elif not denied and side not in sizes and not is_missing(scene, mark.start):
            message = f"the map at hand has no {side}s; say that they are missing"
        else:
            continue
        yield document.finding("roles.held", "error", statement.field, (mark.start, mark.end), message)
