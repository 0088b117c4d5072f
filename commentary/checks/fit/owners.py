"""Whose a figure is: which side's, exchange's, vendor's and asset's, and in coins or dollars."""

import re
from collections.abc import Iterator

from commentary.checks.fit.pairs import AGAINST, respective
from commentary.checks.fit.reading import BEING, SOME, Objection, Reading, joined, named_before
from commentary.checks.scene import Scene, Span
from commentary.languages.phrases import Mark

_SIDED = (
    "liq_size",
    "liq_previous_size",
    "liq_coin",
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
    r"(?:together |combined |alike |both |in all )*\w+ \Z",
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


def side_unnamed(reading: Reading) -> Iterator[Objection]:
    """What was recorded of one side is not told as what was recorded: "$512 million of liquidations" is of longs."""
    fact, scene = reading.fact, reading.scene
    sided = fact.subject.side is not None and reading.metric in ("liq_size", "market_share", "liq_previous_size")
    if not sided or _SIDE_TOLD.search(scene.text, max(0, scene.start - _EARLIER), scene.end):
        return
    yield Objection("roles.side", reading.span, f"{fact.id} is of {fact.subject.side}s alone; write that")


def side(reading: Reading) -> Iterator[Objection]:
    """A figure of one side stands with words of that side, not of the other alone."""
    fact, scene = reading.fact, reading.scene
    own = fact.subject.side
    if own is None or not reading.metric.startswith(_SIDED) or reading.metric.startswith(_RATIOS):
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
    if mark is None and (fact.unit == "price" or reading.said("denial")):
        # Where a level is, another side may be spoken of.
        return
    if mark is None:
        sides = scene.said("side:", reading.clause)
        if len({one.name for one in scene.said("side:")}) > 1:
            sides = [one for one in sides if not _is_of_next(scene, one, reading.span)]
        sides = sides or scene.said("side:")
        if len({one.name for one in sides}) != 1:
            return
        mark = sides[0]
    if _is_rest(reading):
        own = "short" if own == "long" else "long"
    elif _is_against(reading, mark):
        return
    if mark.name.removeprefix("side:") != own:
        message = f"{fact.id} is of {fact.side}s; write that, or name the fact that is meant"
        yield Objection("roles.side", (mark.start, mark.end), message)


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


def source(reading: Reading) -> Iterator[Objection]:
    """The exchange or vendor named with a figure is one of its own."""
    fact, scene = reading.fact, reading.scene
    if fact.is_house or fact.unit in ("name", "time", "days", "hours", "count"):
        return
    if reading.metric == "price_change" and fact.subject.venue is None:
        # Whose change it is the data does not say; a sentence gives it with the price that it led to.
        return
    if reading.metric.endswith(("_test", "_regain")):
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
    named = {mark.name.removeprefix("giver:") for mark in marks}
    if not named or named & owners or any(f"venue={name}" in one for name in named for one in fact.inputs):
        return
    yield Objection(
        "roles.source",
        (marks[0].start, marks[0].end),
        f"{fact.id} is not {scene.word(marks[0])}'s; name whose figure it is",
    )


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


_OF_WHOLE = re.compile(r"\b(?:out )?of (?:the |its |all )?\Z", re.I)


def _is_whole(reading: Reading) -> bool:
    """Say whether a figure of all coins is what a coin's is a part of, or what is left of it without some."""
    scene, start = reading.scene, reading.span[0]
    if reading.metric.startswith("liq_rest"):
        return True
    parts = any(end <= start for _, end in scene.figures)
    return parts and _OF_WHOLE.search(scene.text, scene.start, start) is not None


_OF_MARKET = re.compile(r"\bof (?:the |all )?(?:whole |entire |crypto )?(?:market|coins)(?:['’]s)? \Z", re.I)
"""Before a total that a coin's part is of: "45.1% of the market's $1.27 billion"."""


def asset(reading: Reading) -> Iterator[Objection]:
    """The asset named with a figure is its own."""
    fact, scene = reading.fact, reading.scene
    if fact.is_house or fact.unit in ("name", "time"):
        return
    marks = scene.said("asset:", reading.clause)
    named = {mark.name.removeprefix("asset:") for mark in marks}
    own = fact.subject.asset
    if named and own not in named and own != "market":
        words = scene.word(marks[0])
        yield Objection("roles.asset", (marks[0].start, marks[0].end), f"{fact.id} is not of {words}; name its asset")
    if (
        own == "market"
        and not _is_whole(reading)
        and not (reading.metric == "liq_total" and _OF_MARKET.search(scene.text, scene.start, reading.span[0]))
        and len(named) == 1
        and not reading.said("all_coins")
        and not scene.said("all_coins")
    ):
        words = scene.word(marks[0])
        yield Objection(
            "roles.scope", (marks[0].start, marks[0].end), f"{fact.id} is of all coins, not of {words} alone"
        )
    if reading.metric in ("liq_share", "size_share") and own != "market" and scene.said("all_coins"):
        mark = scene.said("all_coins")[0]
        # "85.2% of Bitcoin's liquidations, against 83.0% for the whole market": of the other figure.
        if not any(reading.span[1] <= low < mark.start for low, _ in scene.figures) or not named:
            why = f"{fact.id} is a share of {own} alone, not of all coins"
            yield Objection("roles.scope", (mark.start, mark.end), why)
    elif own != "market" and not named and reading.metric != "market_share" and reading.said("all_coins"):
        mark = scene.said("all_coins", reading.clause)[0]
        yield Objection("roles.scope", (mark.start, mark.end), f"{fact.id} is of {own} alone, not of all coins")


_CHANGES_OF = {"oi_change_coin": "in_coin", "oi_change_usd": "in_dollars"}

_OTHER_UNIT = {"in_coin": "in_dollars", "in_dollars": "in_coin"}


_NOT_IN = re.compile(r"\b(?:rather than|not|instead of|and not) \Z", re.I)
_COUNTED_IN = re.compile(r"\b(?:counted|measured|expressed|reckoned|denominated|stated|taken|seen) in \Z", re.I)


def unit(reading: Reading) -> Iterator[Objection]:
    """A change of open interest is of coins or of dollars, and told as what it is."""
    own = _CHANGES_OF.get(reading.metric)
    if own is None:
        return
    scene = reading.scene
    behind, before = scene.behind(reading.span), scene.before(reading.span)
    # "14.1% in dollars": what stands behind, as far as the next comma, belongs to the figure; else what stands before.
    comma = scene.text.find(",", *behind)
    behind = (behind[0], comma if comma >= 0 else behind[1])
    for span in (behind, before, reading.clause):
        named = {mark.name: mark for mark in scene.said(("in_coin", "in_dollars"), span)}
        named = {name: one for name, one in named.items() if not _NOT_IN.search(scene.text, span[0], one.start)}
        counted = [mark for mark in scene.said("asset:", span) if _COUNTED_IN.search(scene.text, span[0], mark.start)]
        if counted and not named:
            # "Counted in SOL" is in coin.
            named = {"in_coin": counted[0]}
        if named:
            if own not in named:
                mark = named[_OTHER_UNIT[own]]
                message = f"{reading.fact.id} is a change {own.replace('_', ' ')}; write that"
                yield Objection("roles.unit", (mark.start, mark.end), message)
            return


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
