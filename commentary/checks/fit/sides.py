"""Which side's a figure is: longs' or shorts', bids' or asks'."""

import re
from collections.abc import Iterator

from commentary.checks.fit.pairs import AGAINST, respective
from commentary.checks.fit.ranges import range_of
from commentary.checks.fit.reading import BEING, SOME, Objection, Reading, joined, named_before
from commentary.checks.scene import Scene, Span
from commentary.languages.phrases import Mark
from commentary.records.fact import OTHER_SIDE

_SIDED = (
    "liq_size",
    "liq_previous_size",
    "liq_coin",
    "liq_week_size",
    "liq_week_share",
    "liq_week_largest_share",
    "liq_share",
    "size_share",
    "market_share",
    "reach_",
    "within_size",
    "cluster_",
    "side_total",
    "order_size",
    "passed_",
)

_RATIOS = ("reach_ratio", "within_ratio", "depth_ratio", "size_ratio", "reach_sum_depth")


_BOTH_SIDES = re.compile(
    r"\b(?:longs and shorts|shorts and longs|both sides|the two sides) "
    r"(?:together |combined |alike |both |in all )*\w+ (?:up )?(?:to )?\Z",
    re.I,
)


def of_both(reading: Reading) -> Iterator[Objection]:
    """A figure of one side is not what both come to together."""
    scene, own = reading.scene, reading.fact.subject.side
    if own is None or reading.fact.unit != "usd":
        return
    if match := _BOTH_SIDES.search(scene.text, scene.start, reading.span[0]):
        yield Objection("roles.side", match.span(), f"{reading.fact.id} is of {own}s alone; write that")


_SIDE_TOLD = re.compile(
    r"\b(?:longs?|shorts?|bulls?|bears?|former|latter|that side|this side|one side|other side|it|them)\b", re.I
)
_EARLIER = 160
"""As far before its sentence, in characters, the side of a figure may have been named."""


_TOTALLED = re.compile(
    r"(?<!\blong )(?<!\bshort )(?<!\blongs )(?<!\bshorts )\bliquidations (?:\w+ )?(?:total(?:l?ed|s)?|came to|come"
    r" to|amount(?:ed"
    r"|s)? to|added up to|reached|summed to|were|was|stood at|of) (?:about |some |around |nearly |over |more than )?\Z",
    re.I,
)


def totalled(reading: Reading) -> Iterator[Objection]:
    """What was recorded of one side is not what liquidations totalled: "totalled $214 million, 85% of them longs"."""
    fact, scene = reading.fact, reading.scene
    if fact.subject.side is None or reading.metric not in ("liq_size", "liq_previous_size"):
        return
    low = scene.clause(reading.span[0])[0]
    match = _TOTALLED.search(scene.text, low, reading.span[0])
    if match and not scene.said("side:", (low, reading.span[0])) and not _GIVEN_SIDE.match(scene.text, reading.span[1]):
        yield Objection("roles.side", reading.span, f"{fact.id} is of {fact.subject.side}s alone; write that")


_GIVEN_SIDE = re.compile(r",? (?:in|of|for|among|on|to|worth of) (?:[\w'’]+ ){0,2}(?:longs?|shorts?)\b", re.I)


def side_unnamed(reading: Reading) -> Iterator[Objection]:
    """What was recorded of one side is not told as what was recorded: "$512 million of liquidations" is of longs."""
    fact, scene = reading.fact, reading.scene
    sided = fact.subject.side is not None and reading.metric in ("liq_size", "market_share", "liq_previous_size")
    if not sided or _SIDE_TOLD.search(scene.text, max(0, scene.start - _EARLIER), scene.end):
        return
    yield Objection("roles.side", reading.span, f"{fact.id} is of {fact.subject.side}s alone; write that")


_AND_A = re.compile(r" and (?:an? )?")
_GIVEN_FOR = re.compile(
    r",? (?:the|a|its) (?:\w+ )?level (?:that |which |to which )?[^.;,$€]{0,45}? for (?:the )?(?P<side>longs?"
    r"|shorts?)\b",
    re.I,
)
"""Behind the price of a level: "$63,850, the level that a map made at 07:30 UTC gave for longs"."""


def side(reading: Reading) -> Iterator[Objection]:
    """A figure of one side stands with words of that side, not of the other alone."""
    # "Longs and $421 million to $771 million of shorts": what stands behind a range is of both its ends.
    reading = reading._replace(span=range_of(reading))
    fact, scene = reading.fact, reading.scene
    own = fact.subject.side
    if own is None or not reading.metric.startswith(_SIDED) or reading.metric.startswith(_RATIOS):
        if own is not None and reading.metric in ("reach_sum_depth", "depth_ratio"):
            named = {one.name: one for one in scene.said("side:")}
            if len(named) == 1 and f"side:{own}" not in named:
                other = next(iter(named.values()))
                yield Objection("roles.side", (other.start, other.end), f"{fact.id} is of {own}s; write that")
        return
    mark = respective(scene, reading.span, "side:") or joined(reading, "side:") or named_before(reading, "side:", _LINK)
    if mark is None and fact.unit != "price" and (placed := _placed(reading)) is not None:
        if placed[0] != own:
            yield Objection(
                "roles.side", placed[1], f"{fact.id} is of {own}s, which lie on the other side of the price"
            )
        return
    low, high = scene.before(reading.span)
    before = scene.said("side:", (scene.text.rfind(",", low, high) + 1 or low, high))
    if mark is None and before and fact.unit != "price" and not reading.said("denial"):
        mark = before[-1]
    behind = scene.said("side:", scene.behind(reading.span))
    if mark is not None and behind and _AND_A.fullmatch(scene.text, mark.end, reading.span[0]):
        # "A 2.8% fall to the cluster of longs and a 3.3% rise to that of shorts".
        mark = behind[0]
    if mark is None and fact.unit == "price" and (given := _GIVEN_FOR.match(scene.text, reading.span[1], scene.end)):
        if given["side"].casefold().rstrip("s") != own:
            yield Objection("roles.side", given.span("side"), f"{fact.id} is of {own}s; write that")
        return
    if mark is None and (fact.unit == "price" or reading.said("denial")):
        # Where a level is, another side may be spoken of.
        return
    if mark is None:
        sides = scene.said("side:", reading.clause)
        if len({one.name for one in scene.said("side:")}) > 1:
            sides = [one for one in sides if not _is_of_next(scene, one, reading.span)]
        sides = sides or [one for one in scene.said("side:") if not _has_own(scene, one, reading.clause)]
        if len({one.name for one in sides}) != 1:
            return
        mark = sides[0]
    if _is_rest(reading):
        own = OTHER_SIDE[own]
    elif _is_against(reading, mark):
        return
    if mark.name.removeprefix("side:") != own:
        message = f"{fact.id} is of {fact.side}s; write that, or name the fact that is meant"
        yield Objection("roles.side", (mark.start, mark.end), message)


def _has_own(scene: Scene, mark: Mark, clause: Span) -> bool:
    """Say whether a word of a later clause has a figure there: "a fall of 7.6%; that of shorts begins 11.2% above"."""
    own = scene.clause(mark.start)
    return own[0] >= clause[1] and any(own[0] <= start < own[1] for start, _ in scene.figures)


def _is_of_next(scene: Scene, mark: Mark, span: Span) -> bool:
    """Say whether a word stands with the next figure: "$1.42 billion to the longs' $318 million"."""
    later = [one for one in scene.figures if one[0] >= span[1]]
    if not later or mark.start < span[1]:
        return False
    return mark.end > later[0][1] or re.fullmatch(r"['’]?s? ", scene.text[mark.end : later[0][0]]) is not None


_ALL_BUT = re.compile(r"\ball (?:but|except|save)(?: for)? \Z", re.I)


def _is_rest(reading: Reading) -> bool:
    """Say whether a figure is what a side is all but: "all but $13.9 million of it was long" is of shorts."""
    return _ALL_BUT.search(reading.scene.text, reading.scene.start, reading.span[0]) is not None


def _is_against(reading: Reading, mark: Mark) -> bool:
    """Say whether a figure is what that of a side named before is set against: "longs by 2.6 times, $1bn to $412m"."""
    scene, start = reading.scene, reading.span[0]
    before = [one for one in scene.figures if one[1] <= start]
    if not before or mark.start > start or scene.said("side:", (before[-1][1], scene.behind(reading.span)[1])):
        return False
    named = {one.name for one in scene.said("side:", (scene.start, start))}
    return len(named) == 1 and AGAINST.fullmatch(scene.text, before[-1][1], start) is not None


_PLACED = re.compile(
    r" (?:(?:above|below|beneath|over|under) (?:the |its |current |present )*(?:price|mark|market|it)\b"
    r"|(?:sits |lies |is |are |stands )?(?:above|overhead|below|beneath|underneath)"
    r"(?=[,;.:]| and | but | against | while |\Z))",
    re.I,
)


def _placed(reading: Reading) -> tuple[str, Span] | None:
    """Return the side that lies where a modelled sum is put, right behind it: shorts above the price, longs below."""
    if not reading.metric.startswith(("reach_", "cluster_", "within_", "side_total")):
        return None
    scene = reading.scene
    match = _PLACED.match(scene.text, reading.span[1], scene.end)
    if match is None:
        return None
    words = match[0].casefold()
    above = any(word in words for word in ("above", "over"))
    return ("short" if above else "long"), match.span()


_HOLDING = (
    f"{BEING}|for|worth|up to|down to|come to|totalling|total|were|are|holds?|have|has|stand at|amount to|added up to"
    "|on the way"
)

_LINK = re.compile(
    rf"(?: side| positions?| liquidations?| level| reach| cluster)?(?:,? (?:{_HOLDING}))?[:,]? ?(?:{SOME})?", re.I
)


_BOOKED = re.compile(r"(?: orders)?(?: resting)?(?: (?:of|worth|at|total|totalling|for|come to|add up to))?[,:]? ?")
"""Between bids or asks and their size."""


def book(reading: Reading) -> Iterator[Objection]:
    """Bids rest below the price and asks above it."""
    if reading.metric != "depth" or reading.fact.subject.side is None:
        return
    scene = reading.scene
    own = "bids" if reading.fact.subject.side == "long" else "asks"
    before = scene.said("book:", scene.before(reading.span))
    told = before and _BOOKED.fullmatch(scene.text[before[-1].end : reading.span[0]])
    for span in (scene.before(reading.span),) if told else (scene.behind(reading.span), scene.before(reading.span)):
        named = {mark.name.removeprefix("book:"): mark for mark in scene.said("book:", span)}
        if named:
            if own not in named:
                mark = next(iter(named.values()))
                yield Objection("roles.side", (mark.start, mark.end), f"{reading.fact.id} is of {own}; write that")
            return
    only = {mark.name.removeprefix("book:"): mark for mark in scene.said("book:")}
    if len(only) == 1 and own not in only:
        # "Asks up to $2,475 amount to $96.4 million".
        mark = next(iter(only.values()))
        yield Objection("roles.side", (mark.start, mark.end), f"{reading.fact.id} is of {own}; write that")
