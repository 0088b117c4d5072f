"""How far from price a sum of a map runs: "within 5% of price", "a fall of 5%".

The sum of one distance is not that of another, and a cluster is no sum within a distance.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.fit.ranges import beside, range_of
from commentary.checks.fit.reading import Objection, Reading
from commentary.checks.numerals import NUMERALS
from commentary.checks.scene import Scene, Span

_WORDS = {word: number for word, number in NUMERALS.items() if number > 1 or word == "one"}
_PERCENT = rf"(?P<n>[0-9]+(?:\.[0-9]+)?|{'|'.join(_WORDS)}) ?(?:%|per ?cent\b)"
_MOVE = "move|fall|drop|decline|slide|dip|rise|gain|climb|advance|swing|change|rally|slip"
_LESS = "up to|at most|no more than|less than|not more than|as little as|as much as|just|only|by|another|a further|some"
_DISTANCES = tuple(
    re.compile(words, re.I)
    for words in (
        rf"\b(?:within|inside|over|across|in|for) (?:(?:an?|the|its|about|next|first|nearest|{_LESS}) )*"
        rf"(?:(?:{_MOVE}|distance|radius|reach|band) of (?:(?:{_LESS}) )?)?{_PERCENT}"
        rf"(?= (?:of|from|above|below|to|either|each|on|in either|up|down|both|or|any|around|away|{_MOVE})\b|[,;.:]|$)",
        rf"(?<!\w){_PERCENT} (?:each|either|any|both) ways?\b",
        rf"(?<!\w){_PERCENT} (?:on|to) (?:either|each|both) sides?\b",
        rf"(?<!\w){_PERCENT} (?:in either direction|up or down|down or up|up and down)\b",
        rf"\b(?:next|first|nearest) {_PERCENT}",
        rf"\b(?:{_MOVE}) (?:of )?(?:(?:{_LESS}) )*{_PERCENT}",
        rf"(?<!\w){_PERCENT} (?:{_MOVE})s?\b",
        rf"\b(?:falls|drops|declines|slides|rises|gains|climbs|moves|were|go(?:es)?|fell|rose|dropped)"
        rf" (?:up |down )?(?:(?:{_LESS}) )*{_PERCENT}(?! in\b)",
        rf"(?<!\w){_PERCENT} of (?:the |its |present |current )*(?:price|mark)\b",
    )
)
"""Ways to say how far; a percent alone, as that of a share, is none."""
_MOVED = re.compile(
    r"\b(?:fall|fell|drop|slip|slid|slide|declin|rise|rose|gain|climb|mov|lose|lost|shed|sink|sank|advanc|dip)[a-z]*"
    rf" (?:up |down )?(?:by )?(?:(?:{_LESS}) )*{_PERCENT}(?! in\b)",
    re.I,
)
"""The same where it is supposed: "if bitcoin slipped 1%"."""
_BEGINS = re.compile(r"\b(?:beg[iau]ns?|start(?:s|ed)?|edge|near end|lies?|sits?|stands?|reach(?:es)?)\b", re.I)


def distance(reading: Reading) -> Iterator[Objection]:
    """The distance told with a sum to a distance is its own; a cluster is told with none."""
    metric, at = reading.metric, reading.fact.subject.at or ""
    if metric == "within_percent" or not metric.startswith(("within_", "cluster_size", "cluster_coin")):
        return
    told = _told(reading.scene)
    places = beside(reading.scene, sorted(told), range_of(reading))
    if not places:
        return
    if metric.startswith("within_"):
        own = at.removesuffix("%")
        if Decimal(own) not in {told[place] for place in places}:
            message = f"{reading.fact.id} is of what lies within {own}%; write that, or the sum of the other distance"
            yield Objection("roles.place", places[0], message)
    elif reading.fact.is_ours and not _BEGINS.search(reading.scene.text, *reading.clause):
        message = f"{reading.fact.id} is a cluster, and not all within that distance; write from where to where it runs"
        yield Objection("roles.place", places[0], message)


def _told(scene: Scene) -> dict[Span, Decimal]:
    """Return where a sentence says how far, and how many percent that is."""
    found = {
        match.span(): _number(match["n"])
        for way in (*_DISTANCES, *([_MOVED] if scene.said("conditional") else []))
        for match in way.finditer(scene.text, scene.start, scene.end)
    }
    # Two ways to say it can meet in one: "within a fall of 5%".
    return {
        place: percent
        for place, percent in found.items()
        if not any(other != place and other[0] <= place[0] and place[1] <= other[1] for other in found)
    }


def _number(word: str) -> Decimal:
    return Decimal(_WORDS.get(word.casefold(), word))
