"""What a figure is a figure of, by the noun beside it."""

import re
from collections.abc import Iterator

from commentary.checks.fit.reading import BEING, SOME, Objection, Reading, joined, named_before
from commentary.languages.phrases import Mark


def kind(reading: Reading) -> Iterator[Objection]:
    """The noun beside a figure is one of its metric's; where none is beside it, one in its sentence is."""
    own = reading.vocabulary.cues.kinds_of(reading.metric)
    if not own or reading.fact.is_house or reading.said("denial"):
        return
    scene = reading.scene
    if "price" in own and _EACH_AT.search(scene.text, scene.start, reading.span[0]):
        # "About 307,000 ETH at $2,895": the price that coins were counted at.
        return
    beside = joined(reading, "kind:") or named_before(reading, "kind:", _IS)
    if beside is not None and beside.end <= reading.span[0] and _ends_place(reading, beside):
        # "Beginning 7.6% below price, $317 million of longs": it says where they are.
        beside = None
    # What stands behind a figure and is not joined to it belongs to something else.
    marks = scene.longest("kind:", (reading.clause[0], reading.span[0]))
    elsewhere = not scene.said("kind:open_interest", reading.clause)
    if reading.metric.startswith("oi_change") and elsewhere and _of_coin_alone(reading):
        # "Bitcoin fell by less than 1%": what is said of a coin alone is said of its price.
        if not scene.said(("in_coin", "in_dollars")):
            yield Objection("roles.metric", reading.span, f"{reading.fact.id} is of open interest; name it")
        return
    unnamed = not scene.said(("kind:price", "asset:"), reading.clause)
    if reading.metric.startswith("price_change") and unnamed and scene.said(("in_coin", "in_dollars"), reading.clause):
        # "In coin it shrank by 0.3%": a price is counted in nothing.
        yield Objection("roles.metric", reading.span, f"{reading.fact.id} is of the price; name what was counted")
        return
    if beside is None and (
        not marks or {mark.name for mark in scene.longest("kind:")} & {f"kind:{name}" for name in own}
    ):
        return
    mark = beside or marks[-1]
    named = scene.said("asset:", (mark.end, reading.span[0])) if beside is None else []
    side = reading.fact.subject.side
    if beside is None and mark.name == "kind:price" and side is not None:
        sides = scene.said("side:", (mark.end, reading.span[0]))
        placed = _PLACED_BY.search(scene.text, scene.start, mark.start)
        if (sides and sides[-1].name == f"side:{side}") or (placed and "," in scene.text[mark.end : reading.span[0]]):
            # "Longs of $14 million lie below the price and shorts of $12 million above it": a new subject.
            return
    if named and "price" in own:
        # "After a fall in open interest, ether tests $2,170": a new subject, and the figure is its price.
        return
    if mark.name.removeprefix("kind:") not in own:
        words = scene.word(mark)
        yield Objection("roles.metric", reading.span, f"{reading.fact.id} is no figure of {words!r}; name what it is")


def _ends_place(reading: Reading, mark: Mark) -> bool:
    """Say whether a price is the end of a phrase that says where a sum of one side lies."""
    text = reading.scene.text
    placed = mark.name == "kind:price" and _PLACED_BY.search(text, reading.scene.start, mark.start) is not None
    return placed and reading.fact.subject.side is not None and "," in text[mark.end : reading.span[0]]


def _of_coin_alone(reading: Reading) -> bool:
    """Say whether a figure's clause names a coin before it, or its sentence a coin and nothing else."""
    scene = reading.scene
    if not scene.said("kind:"):
        return bool(scene.said("asset:"))
    start, _ = reading.clause
    return bool(scene.said("asset:", (start, reading.span[0]))) and not scene.said("kind:", (start, reading.span[0]))


_EACH_AT = re.compile(r"[0-9](?: million| billion| trillion)? [A-Z][A-Z0-9]+,? at \Z")
_PLACED_BY = re.compile(r"\b(?:above|below|under|over|beneath) (?:the |its |mark |last )*\Z", re.I)
"""Before a price that says where something lies: "longs below the price, $668 million of shorts above it"."""
_STEPPED = 12
"""As far behind a sum, in characters, what it is divided by can stand."""


STEP = re.compile(r"\b(?:per|each|every) (?:(?:1|one|single) ?)?(?:%|per ?cent\b|percentage point\b)", re.I)
"""What a sum is divided by: "per 1% of price"."""
_EVENLY = re.compile(r"\bpercent for percent\b|\bsame percent\b", re.I)


def per_percent(reading: Reading) -> Iterator[Objection]:
    """A sum for each percent of price is told as one, and no other sum is."""
    scene, end = reading.scene, reading.span[1]
    if reading.fact.unit != "usd" or not reading.metric.startswith(("reach_", "cluster_", "within_", "side_total")):
        return
    steps = [match.span() for match in STEP.finditer(scene.text, scene.start, scene.end)]
    if reading.metric.endswith("_per_percent"):
        if not steps and not _EVENLY.search(scene.text, scene.start, scene.end):
            yield Objection("roles.metric", reading.span, f"{reading.fact.id} is a sum for each 1% of price; say so")
        return
    for low, high in steps:
        # "Per 1% of price, the map has …": it is said of all that follows.
        behind = 0 <= low - end <= _STEPPED and not any(mark in scene.text[end:low] for mark in ",:;.(")
        if behind or low - scene.start <= _STEPPED:
            message = f"{reading.fact.id} is the whole sum, and not one for each 1% of price; write that"
            yield Objection("roles.metric", (low, high), message)
            return


_IS = re.compile(rf"(?: (?:{BEING}|on \w+ was|on \w+ is))*[,:]? ?(?:{SOME})?", re.I)


_MEDIAN = re.compile(
    r"\bmedian(?: of (?:(?! and )[^,;.]){0,45}?)? (?:is|was|stands?|stood|comes?|came|weighs?|lies|lay|in|at|to|"
    r" )+\Z",
    re.I,
)
_TIMES_MEDIAN = re.compile(r" (?:the|its|that|their|a) (?:\w+ )?median\b", re.I)


def median(reading: Reading) -> Iterator[Objection]:
    """What is called the median is it, and what is so many times the median is measured by it."""
    text, (start, end) = reading.scene.text, reading.span
    is_median = _MEDIAN.search(text, reading.scene.start, start) is not None
    of_median = reading.fact.unit == "ratio" and _TIMES_MEDIAN.match(text, end) is not None
    both = len({mark.name for mark in reading.scene.said("side:")}) > 1
    if both and reading.metric == "liq_to_median" and "median" not in text[reading.scene.start : reading.scene.end]:
        yield Objection(
            "roles.metric", reading.span, f"{reading.fact.id} is not of one side to the other; write what it is"
        )
    if (is_median or of_median) and "median" not in reading.metric:
        yield Objection("roles.metric", reading.span, f"{reading.fact.id} is not of the median; write what it is")


def called(reading: Reading) -> Iterator[Objection]:
    """The words right beside a figure that call it something call it what it is."""
    text, (start, end) = reading.scene.text, reading.span
    before, behind = text[reading.scene.start : start], text[end : reading.scene.end]
    cues = reading.vocabulary.cues
    for words, allowed in cues.behind:
        if (match := words.match(behind)) and not any(part in reading.metric for part in allowed):
            yield Objection(
                "roles.metric", reading.span, f"{reading.fact.id} is not what {match[0].strip()!r} calls it"
            )
    for words, allowed in cues.before:
        if (match := words.search(before)) and not any(part in reading.metric for part in allowed):
            yield Objection(
                "roles.metric", reading.span, f"{reading.fact.id} is not what {match[0].strip()!r} calls it"
            )
