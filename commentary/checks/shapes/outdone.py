"""Which of two sides is said to have more, however the two are named: the sizes at hand say which has.

The ends of a comparison are sides by name, figure, level, place or move: "a slide to the lower level would catch more
than a climb to the upper one". A side may also be said to have most of something, without the other.
"""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.compared import sizes_of
from commentary.checks.fit.reading import Reading
from commentary.checks.fit.sides import side as side_objections
from commentary.checks.scene import Span
from commentary.checks.shapes.saying import absolute, error
from commentary.checks.shapes.stretches import Stretch, is_paired, signs, stretches
from commentary.checks.shapes.words import HIGH, LESSER, LOW
from commentary.records.fact import OTHER_SIDE, Fact, Side
from commentary.records.finding import Finding

_FAR = r"nearer|closer|farther|further|longer|shorter|remoter|steeper|more distant|less distant"
_DEGREE = re.compile(
    rf"\b(?P<word>{HIGH}|{LOW}|{_FAR}|weightier|fatter|slimmer|richer|denser|harder|worse|ahead|behind)\b", re.I
)
_DISTANT = re.compile(_FAR, re.I)
_OF_LEVEL = re.compile(r"[ -](?:(?:than )?(?:the )?levels?|reach|end|one|side|edge|than the (?:level|one))\b")
_ALL_BUT = re.compile(r"\ball but (?:for )?\Z", re.I)
_COMMA = re.compile(r",(?![0-9])")
_SUM = re.compile(r" (?:\w+ )?(?:sum|total|amount|liquidations|count|share|number)\b")
_NOT_SIZED = re.compile(
    r" (?:(?!of\b|in\b|on\b)\w+ ){0,2}?(?:moves?|trips?|distance|way|steps?|journey|travel|fall|rise|climb|drop"
    r"|in percent|per cent|days?|settlements?|rates?|prices?|hours?|times|vendors?|sources?)\b",
    re.I,
)
_THAN = re.compile(r"\bthan\b(?! (?:twice|double|triple|half|one|two|three|four|five|[0-9.]+ times)\b)", re.I)
OUTDOING = re.compile(
    r"\b(?P<less>(?:is|are|was|were|be|being|been|gets?|got)(?: \w+ly)? (?:outdone|outweighed|outnumbered|outsized"
    r"|outstripped|outranked|eclipsed|dwarfed|surpassed|topped|beaten|exceeded|overshadowed|outmatched|trumped"
    r"|edged out|overtaken|outpaced) by"
    r"|trails?|trailed|trailing|lags?(?: behind)?|lagged(?: behind)?|falls? short of|fell short of|pales? (?:beside"
    r"|next to|against)|undercuts?)\b"
    r"|\b(?P<more>exceed(?:s|ed|ing)?|outdo(?:es|ne|ing)?|outdid|outweigh(?:s|ed|ing)?|outnumber(?:s|ed|ing)?"
    r"|outsizes?|outsized|outstrip(?:s|ped|ping)?|outranks?|outranked|outmatch(?:es|ed)?|outgrows?|outpaces?|outpaced"
    r"|eclips(?:e|es|ed|ing)|dwarf(?:s|ed|ing)?|surpass(?:es|ed|ing)?|top(?:s|ped|ping)?|beats?|beating|trumps?"
    r"|overshadow(?:s|ed)?|overtop(?:s|ped)?|edg(?:e|es|ed|ing) out|pip(?:s|ped)?|towers? over|towered over"
    r"|(?:leads?|led)(?= (?:the )?(?:longs|shorts)\b)|overpowers?|overwhelm(?:s|ed|ing)?|outmuscle[sd]?"
    r"|outclass(?:es|ed)?"
    r"|swamp(?:s|ed)?|(?:is|are|was|were|comes?|came|runs?|ran) (?:\w+ )?ahead of)\b",
    re.I,
)
_LESS_MARK = re.compile(r"\bno |\bnot |n['’]t\b|\bnever |\bneither ", re.I)

_MOST = (
    r"(?<!at )(?<!the )most|(?:the )?bulk|(?:the )?lion['’]s share|(?:the )?brunt"
    r"|(?:the |a )?(?:vast |great |clear |large )?majority"
    r"|(?:the )?preponderance|more than half|over half|(?:the |an? )?(?:greater|larger|bigger|better|heavier|main"
    r"|fatter)"
    r" (?:parts?|shares?|portion|half|slice|chunk)"
)
_LEAST = (
    r"(?<!at )(?:the )?least(?= of)|(?:a |the )?(?:small |tiny |clear |mere )?minority|less than half|under half"
    r"|(?:the |a )?(?:smaller|lesser"
    r"|lighter"
    r"|minor|slimmer) (?:parts?|shares?|portion|half|slice|chunk)|a small part|a fraction"
)
_SHARE = re.compile(rf"\b(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))\b", re.I)
_CHIEFLY = re.compile(
    r"\b(?:mostly|mainly|chiefly|largely|primarily|principally|predominantly|overwhelmingly|for the most part)"
    r" (?:of |from |on |in |by |hit |made up of )?(?:the )?(?:\w+ )?(?P<side>longs?|shorts?)\b(?! and| or)",
    re.I,
)
_OF_WHAT = re.compile(
    r" (?:of (?:the |its |those |these |all |modelled |liquidated |estimated |bitcoin |ether )*)?(?:longs?|shorts?)\b"
    r"|,? of (?:the |those |its |all |our |past |earlier |previous |\d+ )*(?:days|settlements|readings|time"
    r"|exchanges|venues"
    r"|traders|hours|history|past(?! day)|years?|order|range|move|drop|fall|rise|gain|change)\b"
    r"|(?:ly| recent| likely| remote| distant)\b",
    re.I,
)
_AHEAD = re.compile(
    r"\b(?P<side>longs?|shorts?)(?: side)?(?:,? (?:which|who))? (?:(?:are|is|were|was|come|comes|came|coming|stay"
    r"|remain|to|would) )*"
    r"(?:out )?(?:\w+ly |just |still |a (?:little|touch|shade|bit) |well |far |somewhat )?(?:(?P<more>ahead"
    r"|on top|in front|"
    r"in the lead|uppermost)|(?P<less>behind|in second place|second))(?=[.,;:!]|$| on the map| of the two)",
    re.I,
)
_LED = re.compile(
    r"\b(?P<side>longs?|shorts?)(?: side)?(?: above the price| below the price| overhead| underneath)? (?:led|leads?"
    r"|dominated?|prevail(?:s|ed)?|predominate[sd]?|won out)"
    r"(?=[.,;:!]|$| on the map| in both| the (?:\w+ )?(?:map|model)\b)",
    re.I,
)
_CARRIES = re.compile(
    r"\b(?P<side>longs?|shorts?)(?: reach| level| side| cluster)?(?: \w+){0,2}? (?:carr(?:y|ies)|bears?|has|have|holds?"
    r"|commands?|shows?|gets?|face|would face|would see|suffer|(?<=gives its longs)|(?<=gives its shorts))(?: the|"
    r" by far the) (?:(?P<more>larger|bigger"
    r"|greater|heavier|fatter)|(?P<less>smaller|lesser|lighter|slimmer)) (?:\w+ )?(?:sum|total|amount|share|part"
    r"|liquidations|closures|sums)\b",
    re.I,
)
_SIDE_LIES = re.compile(
    r"\bthe (?:(?P<more>heavier|larger|bigger|fatter|weightier)|(?P<less>lighter|smaller|slimmer)) side of (?:the "
    r"|its |\w+['’]s )*"
    r"(?:\w+ )?(?:map|model) (?:lies|sits|is|stands|rests) (?:\w+ )?(?P<side>above|overhead|below|beneath"
    r"|underneath)\b",
    re.I,
)
_WEIGHT = re.compile(
    r"\bthe (?:weight|mass|emphasis|accent) (?:rests?|lies|sits|is|falls) (?:with|on|in)(?: the)? "
    r"(?P<side>longs?|shorts?)\b",
    re.I,
)
_LEANS = re.compile(
    r"\b(?:leans?|leaned|leaning|tilts?|tilted|skews?|skewed|tips?|tipped|slants?|slanted)"
    r"(?: (?:\w+ly|clearly|heavily|far))? (?:(?:to|towards?|on) (?:the |its )?)?"
    r"(?P<side>longs?|shorts?|upside|downside)\b",
    re.I,
)


def outdone(document: Document, statement: Statement) -> Iterator[Finding]:
    """Of two sides, the one that is said to have more, or to lie farther, does."""
    scene = statement.scene
    if scene.said(("ruled", "kind:band")) or not (_is_mapped(document, statement) or _is_counted(statement)):
        return
    every = signs(document, statement)
    if len({sign.side for sign in every}) < 2:
        return
    for span, low, word, turned_about in _comparators(statement):
        if scene.said("payers:", scene.clause(span[0])):
            continue
        parts = stretches(statement, every, ((low, span[0]), (low, span[1])))
        before = [part for part in parts if part.span[1] <= span[0] and part.span[0] >= low and part.side()]
        behind = [part for part in parts if part.span[0] >= span[1] and part.signs]
        if not before or not behind or _LESS_MARK.search(scene.text, max(low, span[0] - 25), span[0]):
            continue
        first, second = before[-1].side(), behind[0].side()
        if first is None or second is None or first == second:
            continue
        if ";" in scene.text[span[1] : behind[0].span[0]] or _is_both(before[-1]):
            continue
        if _DISTANT.fullmatch(word):
            continue
        less = turned_about or LESSER.fullmatch(word) is not None
        yield from _held(document, statement, span, first, less=less)


def _comparators(statement: Statement) -> Iterator[tuple[Span, int, str, bool]]:
    """Yield words that set one thing against another, where their clause begins, and whether they name the less."""
    text = statement.field.text
    for match in OUTDOING.finditer(text, statement.start, statement.end):
        yield match.span(), _begun(statement, match.start()), match[0], match["less"] is not None
    for match in _THAN.finditer(text, statement.start, statement.end):
        low = _begun(statement, match.start())
        words = list(_DEGREE.finditer(text, low, match.start()))
        if not words or _COMMA.search(text, words[-1].end(), match.start()):
            continue
        if words[-1]["word"].casefold() in ("higher", "lower") and not _SUM.match(text, words[-1].end()):
            # A price, a level or a rate is higher; a sum is higher where it is called one.
            continue
        if _NOT_SIZED.match(text, words[-1].end(), match.start()) or _OF_LEVEL.match(text, words[-1].end()):
            continue
        yield match.span(), low, words[-1]["word"].casefold(), words[-1]["word"].casefold() == "behind"


def _begun(statement: Statement, at: int) -> int:
    text = statement.field.text
    return max(statement.start, *(text.rfind(sign, statement.start, at) + 1 for sign in (";", ":", "—")))


def _is_both(part: Stretch) -> bool:
    return len({sign.side for sign in part.signs}) > 1


def _held(document: Document, statement: Statement, span: Span, side: Side, *, less: bool) -> Iterator[Finding]:
    """Yield an error where the side is not the one that has more, or less, by any size that can be meant."""
    own, other = _sizes(document, statement, side)
    pairs = [
        (one, two)
        for one in own
        for two in other
        if one.unit == two.unit and one.subject.asset == two.subject.asset and one.subject.metric == two.subject.metric
    ]
    if pairs and not any((one.number < two.number) == less and one.number != two.number for one, two in pairs):
        one, two = pairs[0]
        message = f"by {one.id} and {two.id} it is the other way about; turn it"
        yield error(document, statement, "roles.larger", span, message, one, two)


def _sizes(document: Document, statement: Statement, side: Side) -> tuple[list[Fact], list[Fact]]:
    scene, sheet = statement.scene, document.sheet
    if scene.said(("book:bids", "book:asks")) and not scene.said("side:"):
        return sheet.all("depth", side=side), sheet.all("depth", side=OTHER_SIDE[side])
    if _is_counted(statement) and not _is_mapped(document, statement):
        named = {mark.name.removeprefix("asset:") for mark in scene.said("asset:")}
        own, other = sheet.all("liq_size", side=side), sheet.all("liq_size", side=OTHER_SIDE[side])
        if named and not scene.said("all_coins"):
            own = [fact for fact in own if fact.subject.asset in named] or own
        return own, other
    own, other = sizes_of(sheet, scene, side)
    if not own and _is_counted(statement):
        return sheet.all("liq_size", side=side), sheet.all("liq_size", side=OTHER_SIDE[side])
    return own, other


def _is_mapped(document: Document, statement: Statement) -> bool:
    figures = [told.metric for told in statement.figures()]
    if any(metric.startswith("liq_") for metric in figures):
        return False
    mapped = any(metric.startswith(("reach_", "cluster_", "side_total", "within_", "depth")) for metric in figures)
    levels = any(document.sheet.all("reach_price")) and not statement.scene.said("kind:liquidations")
    return mapped or bool(statement.scene.said(("kind:map", "kind:depth"))) or levels


def _is_counted(statement: Statement) -> bool:
    return bool(statement.scene.said("kind:liquidations"))


def shared(document: Document, statement: Statement) -> Iterator[Finding]:
    """The side that is told to have most of something, to lead or to be leaned to, is the larger."""
    scene, text = statement.scene, statement.text
    denials = [mark for mark in scene.said("denial") if not _NOT_SIDE.match(scene.text, mark.start)]
    if denials or scene.said(("denies", "ruled", "kind:band", "payers:", "skews:")) or is_paired(statement):
        # What the label line calls the skew is judged as the label is.
        return
    if not (_is_mapped(document, statement) or _is_counted(statement)):
        return
    for pattern in (_CHIEFLY, _AHEAD, _LED, _CARRIES, _SIDE_LIES, _WEIGHT, _LEANS):
        if (match := pattern.search(text)) and not (pattern is _CHIEFLY and _THAN.search(text)):
            word = match["side"].casefold()
            side: Side = "short" if word.startswith(("short", "up", "above", "over")) else "long"
            less = pattern in (_AHEAD, _CARRIES, _SIDE_LIES) and match["less"] is not None
            yield from _held(document, statement, absolute(statement, match), side, less=less)
            return
    every = signs(document, statement)
    for match in _SHARE.finditer(text):
        span = absolute(statement, match)
        if _OF_WHAT.match(text, match.end()) or _THAN.search(text, match.start()):
            continue
        low, high = _clause(statement, span)
        near = [sign for sign in every if low <= sign.start < high and sign.kind != "move"]
        names = [sign for sign in near if sign.kind == "name"] or near
        if len({sign.side for sign in names}) == 1:
            yield from _held(document, statement, span, names[0].side, less=match["least"] is not None)
            return


_NOT_SIDE = re.compile(r"not (?:the )?(?:longs?|shorts?),", re.I)
"""What a side is set apart from: "shorts, not longs, bore the larger share"."""
_JOINTS = re.compile(r"[;:]|, (?:and|but|while|whereas|as|with)\b| (?:while|whereas|but) | and (?=most|the|its|only)")


def _clause(statement: Statement, span: Span) -> Span:
    """Return the part of the sentence around a place, cut where another claim begins."""
    text = statement.field.text
    cuts = [match.span() for match in _JOINTS.finditer(text, statement.start, statement.end)]
    low = max([statement.start, *(stop for _, stop in cuts if stop <= span[0])])
    return low, min([statement.end, *(start for start, _ in cuts if start >= span[1])])


def parts_of_sides(document: Document, statement: Statement) -> Iterator[Finding]:
    """A fraction in words, "a tenth", is of the side that it is told of."""
    for told in statement.told:
        if "fraction" not in told.style or told.fact.quantity != "share":
            continue
        if _ALL_BUT.search(statement.field.text, statement.start, told.mention.start):
            continue
        reading = Reading(statement.scene, (told.mention.start, told.mention.end), told.fact, document.vocabulary)
        for found in side_objections(reading):
            yield error(document, statement, found.code, found.span, found.message, told.fact)
