"""What a sentence claims without a figure: who pays, which is greater, that there is any.

These are rules of roles.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from commentary.checks.base import ATTRIBUTES, Document, Statement
from commentary.checks.bygone import rates_dated, rates_then
from commentary.checks.compared import Comparison, comparisons, sizes_of, unresolved
from commentary.checks.contrast import contrasted
from commentary.checks.payers import answered, held_rates, payers, paying, said_payers
from commentary.checks.scene import Scene
from commentary.checks.shapes.parts import is_missing, part_of
from commentary.checks.signed import vouched
from commentary.languages.phrases import Mark, named
from commentary.records.fact import OTHER_SIDE, Fact
from commentary.records.finding import Finding

_NONE = frozenset({"no", "none", "nothing", "without"})
_ARGUED = {"bullish": "short", "bearish": "long"}
_DATA = re.compile(r"\b(?:data|snapshot|file|record|sheet|numbers|entry|facts)\b", re.I)
_TOPS = re.compile(
    r"\b(?:(?:larg|bigg|great|heavi|fatt|tall|dens|thick)er|more|tops?|exceeds?|beats?|surpass\w*)\b", re.I
)
_ONES = re.compile(r"\b(long|short) ones?\b", re.I)
_PARTS = re.compile(r"[,:;] | and ")
_CLOSE = 4
"""As many words away something can still be joined to what stands beside it."""
_MODELLED = ("reach_", "cluster_", "within_", "side_total", "told_reach_", "told_cluster_")
_LOOSE = frozenset(
    {"level", "levels", "estimate", "estimates", "estimated", "reach", "reaches", "rate", "rates", "outstanding"}
)
"""Words of a kind that also say something else."""
_OF_POSITION = frozenset({"liquidation", "liquidate", "liquidated", "liquidation price", "liquidation prices"})
_CONCEDED = re.compile(r", if (?:not|only|less|more|at|by|just|anything|barely|slightly|a)\b", re.I)
"""An "if" that supposes nothing: "longs pay, if less than usual"."""
_SUPPOSED = 30
"""As far behind a side, in characters, a word can still suppose what it does: "longs on Binance would pay"."""
_WOULD = frozenset({"would", "could", "may", "might"})
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


def pays(document: Document, statement: Statement) -> Iterator[Finding]:
    """The side that is said to pay is the one that the rate makes pay."""
    scene = statement.scene
    answers = scene.text[: scene.start].rstrip("\"”’' ").endswith("?")
    if statement.asks or (not scene.said("kind:funding") and not scene.said("payers:") and not answers):
        return
    rated = any(told.metric.startswith("funding_") for told in statement.figures()) or scene.said("kind:funding")
    supposed = [mark for mark in scene.said("conditional") if not _CONCEDED.match(scene.text, mark.start - 2)]
    facts = [told.fact for told in statement.figures()]
    for mark, side in (*said_payers(scene), *answered(scene, document.vocabulary.marks(scene.text))):
        low, high = scene.clause(mark.start)
        elsewhere = _paid_elsewhere(document, statement, mark)
        if not rated and scene.said(("kind:liquidations", "kind:map"), (low, high)):
            # "A tenth of the liquidations fell on shorts": nothing is paid there.
            continue
        # "Longs would be liquidated there, as shorts pay longs": a "would" supposes its own clause alone.
        near = [one for one in supposed if one.start >= low or scene.word(one).casefold() not in _WOULD]
        if any(one.start < min(high, mark.end + _SUPPOSED) for one in near):
            continue
        told_facts = [told.fact for told in statement.told if told.style not in ATTRIBUTES]
        then = rates_dated(statement, mark.start) or held_rates(document.sheet, told_facts)
        then = rates_then(document.sheet, statement, mark.start) if then is None else then
        sides, rates = payers(document.sheet, scene, facts) if then is None else (paying(then), then)
        if elsewhere is not None:
            sides, rates = {"long" if elsewhere.text == "long" else "short"}, [elsewhere]
        if sides and side not in sides:
            ids = tuple(fact.id for fact in rates)
            message = (
                f"by {ids[0]} it is the other side that pays; turn the sides about, or name the rate that is meant"
            )
            yield document.finding("roles.payer", "error", statement.field, (mark.start, mark.end), message, ids)


def _paid_elsewhere(document: Document, statement: Statement, mark: Mark) -> Fact | None:
    """Return who pays on the other exchanges, where a side is said of them: by a mention of it, or in words."""
    elsewhere = document.sheet.get("venue_rate_payer")
    told = any(
        told.metric == "venue_rate_payer" and told.mention.start <= mark.start < told.mention.end
        for told in statement.told
    )
    others = statement.scene.said("other_exchanges", statement.scene.clause(mark.start))
    return elsewhere if told or others else None


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


def stand_in(document: Document, statement: Statement) -> Iterator[Finding]:
    """Positions are longs or shorts: a bull may hold either."""
    scene = statement.scene
    for told in statement.figures():
        if told.fact.subject.side is None or told.fact.unit == "price":
            continue
        span = (told.mention.start, told.mention.end)
        behind = scene.said("stand_ins", scene.behind(span))
        before = scene.said("stand_ins", scene.before(span))
        near = [mark for mark in behind[:1] if len(scene.text[span[1] : mark.start].split()) <= _CLOSE]
        near += [mark for mark in before[-1:] if len(scene.text[mark.end : span[0]].split()) <= _CLOSE]
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


def counted(document: Document, statement: Statement) -> Iterator[Finding]:
    """A model's sum is not said to have been counted, in the same sentence or behind it."""
    scene = statement.scene
    figures = list(statement.figures())
    modelled = any(told.metric.startswith(_MODELLED) for told in figures) or scene.said("kind:map")
    measured = any(not told.metric.startswith(_MODELLED) and told.fact.evidence != "asserted" for told in figures)
    if statement.asks:
        return
    for mark in scene.longest("no_model") if modelled or not figures else ():
        message = "a map is a model, and comes from no record of orders"
        yield document.finding("roles.evidence", "error", statement.field, (mark.start, mark.end), message)
    if not modelled or measured or any(scene.said(name) for name in ("denial", "unknown", "absent")):
        return
    for mark in scene.longest("counted"):
        if contrasted(scene, mark.start) or _of_records(document, scene, mark):
            continue
        message = "a map is a model; nobody counted it"
        yield document.finding("roles.evidence", "error", statement.field, (mark.start, mark.end), message)
        return


def _of_records(document: Document, scene: Scene, mark: Mark) -> bool:
    """Say whether a clause that names no map tells of liquidations that were recorded."""
    clause = scene.clause(mark.start)
    told = scene.said("kind:liquidations", clause) and not scene.said("kind:map", clause)
    return bool(told) and any(fact.subject.metric.startswith("liq_") for fact in document.sheet)


_OTHERS = "other exchanges"
_AGAINST = "venue_"
"""The beginning of the metrics that set one exchange against the others."""


def _is_against_others(document: Document, statement: Statement) -> bool:
    """Say whether a sentence has a figure that sets one exchange against the others, or says who pays on them."""
    paid = statement.scene.said("payers:") and document.sheet.get("venue_rate_payer") is not None
    return bool(paid) or any(told.metric.startswith(_AGAINST) for told in statement.told)


_AT_ONE = re.compile(r" (?:do |all )?(?:agree|(?:are|lie|stand) (?:in agreement|close together))\b", re.I)


def _agree(document: Document, scene: Scene, mark: Mark) -> bool:
    """Say whether the others are said to agree, and do so: one stands apart, or its feed does, and they do not."""
    states = {fact.text for fact in document.sheet.all("venue_state")}
    at_one = "others disagree" not in states and bool(states & {"apart", "feed unchanged"})
    return at_one and _AT_ONE.match(scene.text, mark.end) is not None


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
        close = [one for one in before[-1:] if len(scene.text[one.end : mark.start].split()) <= _CLOSE]
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
