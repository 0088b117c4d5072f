"""Whose a figure is: which exchange's or vendor's."""

import re
from collections.abc import Iterator

from commentary.checks.fit.reading import Objection, Reading
from commentary.checks.scene import Scene, Span
from commentary.languages.phrases import Mark
from commentary.records.fact import BOUNDS


def source(reading: Reading) -> Iterator[Objection]:
    """The exchange or vendor named with a figure is one of its own."""
    fact, scene = reading.fact, reading.scene
    if fact.is_house or fact.unit in ("name", "time", "days", "hours", "count"):
        return
    if reading.metric == "price_change" and fact.subject.venue is None:
        # Whose change it is the data does not say; a sentence gives it with the price that it led to.
        return
    if reading.metric.endswith(BOUNDS):
        # A bound made of one vendor's sum, that another's count is held against.
        return
    if fact.unit == "price" and not reading.metric.startswith(("price", "contract")):
        # A level of one vendor's is set against the price of another.
        return
    owners = {*fact.source, fact.subject.venue or ""}
    # Whose a figure is stands before it, where its source is not known; what is behind may have a source of its own.
    last = not any(start >= reading.span[1] for start, _ in scene.figures)
    stop = scene.behind(reading.span)[1] if fact.source and last else reading.span[0]
    marks = scene.said("giver:", (scene.before(reading.span)[0], stop))
    if fact.is_range_end and fact.subject.venue is not None:
        # On which exchange the positions of our own estimate are is asked of all that stands by its range (venues).
        marks = [mark for mark in marks if mark.name.removeprefix("giver:") not in reading.vocabulary.known.venues]
    # "Below the price of $1.70, in CoinGlass's model": what is behind and owns a noun of its own is not the figure's.
    marks = [
        mark for mark in marks if mark.end <= reading.span[0] or scene.text[mark.end : mark.end + 2] not in ("'s", "’s")
    ]
    # "A rise of 3.3% from the Kraken mark would expose $547 million": the exchange is the price's.
    if not reading.metric.startswith(("price", "contract", "reach_distance", "distance")):
        marks = [mark for mark in marks if mark.end > reading.span[0] or not _OF_PRICE.match(scene.text, mark.end)]
    # "$6.18 on Binance and $7.40 on Bybit": a name joined to a figure is its own, and no other's.
    own = _joined_giver(scene, reading.span)
    marks = [own] if own else [mark for mark in marks if not _is_taken(scene, mark, reading.span)]
    # "It is set here against those of Bitget and Kraken": what a figure is held against is of others.
    marks = [mark for mark in marks if not AGAINST.search(scene.text, reading.span[1], mark.start)]
    named = {mark.name.removeprefix("giver:") for mark in marks}
    if not named or named & owners or any(f"venue={name}" in one for name in named for one in fact.inputs):
        return
    if reading.metric.startswith("funding_spread") and named <= set((fact.subject.at or "").split(" over ")):
        # A gap between two exchanges is of both.
        return
    yield Objection(
        "roles.source",
        (marks[0].start, marks[0].end),
        f"{fact.id} is not {scene.word(marks[0])}'s; name whose figure it is",
    )


AGAINST = re.compile(r"\bagainst (?:those|the rates|the prices|the figures) (?:of|on) [^.;:]*\Z")
_ON = re.compile(r" (?:on|at|from) (?:the )?")


def _joined_giver(scene: Scene, span: Span) -> Mark | None:
    """Return the exchange or vendor that stands right behind a figure: "$6.18 on Binance"."""
    for mark in scene.said("giver:", scene.behind(span))[:1]:
        if _ON.fullmatch(scene.text, span[1], mark.start) and not _OF_PRICE.match(scene.text, mark.end):
            return mark
    return None


def _is_taken(scene: Scene, mark: Mark, span: Span) -> bool:
    """Say whether a name before a figure is joined to the figure before it, and another follows."""
    earlier = [one for one in scene.figures if one[1] <= mark.start and one[1] < span[0]]
    return (
        bool(earlier) and _joined_giver(scene, earlier[-1]) == mark and bool(scene.said("giver:", (span[1], scene.end)))
    )


_OF_PRICE = re.compile(
    r"(?:['’]s)? (?:(?:last|mark|spot|latest|present|current) )*(?:mark|price|quote|candles?)\b", re.I
)
