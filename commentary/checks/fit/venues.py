"""On which exchange the positions of our own estimate are: each of its maps is of one, and its sums of no other."""

import re
from collections.abc import Iterator

from commentary.checks.fit.ranges import SUM, beside, both_ends, range_of
from commentary.checks.fit.reading import Objection, Reading
from commentary.checks.scene import Scene
from commentary.languages.phrases import Mark

_MODELLED = ("within_", "cluster_", "side_total", "reach_")
_ANOTHERS = re.compile(
    r"(?:['’]s?)? (?:(?:last|mark|spot|latest|present|current|index|liquidation|margin|own|fresh|raw|hourly) )*"
    r"(?:mark|price|prices|quote|candles?|formula|funding|rate|rules?|tiers?|data|clock|feed)\b",
    re.I,
)
"""Behind the name of an exchange: what is told of it is its price, or what an estimate is made from."""
_SET_APART = re.compile(
    r"\b(?:not(?: just| only| that)?|nor|neither|than|unlike|besides|beyond|outside|except|without|from|exchanges but"
    r"|other than|instead of|rather than)(?: (?:of|on|at|for|in|the|that|those))* \Z",
    re.I,
)

_AND = re.compile(r",? (?:and|or|plus) (?:on |at )?|, ")


def venue(reading: Reading) -> Iterator[Objection]:
    """A sum of our own map is told of the exchange that the map is of."""
    fact, scene = reading.fact, reading.scene
    own = fact.subject.venue
    if not fact.is_ours or own is None or not reading.metric.startswith(_MODELLED) or fact.unit == "price":
        return
    marks = {(mark.start, mark.end): mark for mark in scene.said("giver:") if _holds(reading, mark)}
    named = [marks[place] for place in beside(scene, sorted(marks), range_of(reading))]
    names = {mark.name.removeprefix("giver:") for mark in named}
    if len(named) > 1 and len(names) > 1 and _AND.fullmatch(scene.text, named[-2].end, named[-1].start):
        # "Longs on Binance and OKX": one sum is not told of both.
        names -= {own} if _is_one_sum(scene) else set()
    if named and own not in names:
        message = f"{fact.id} is of positions on {own}; write that, or give the sum of the other exchange"
        yield Objection("roles.venue", (named[0].start, named[0].end), message)


def _is_one_sum(scene: Scene) -> bool:
    """Say whether a sentence gives one sum alone, or one range."""
    spans = {both_ends(scene, span) for span in scene.figures if "$" in scene.text[slice(*span)]}
    return sum(1 for low, high in spans if SUM.search(scene.text, low, high)) == 1


def _holds(reading: Reading, mark: Mark) -> bool:
    """Say whether a name is that of an exchange on which positions are."""
    scene = reading.scene
    if mark.name.removeprefix("giver:") not in reading.vocabulary.known.venues:
        return False
    return not _ANOTHERS.match(scene.text, mark.end) and not _SET_APART.search(scene.text, scene.start, mark.start)
