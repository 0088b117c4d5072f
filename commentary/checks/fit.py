"""Whether a fact fits what the words around a figure say of it.

A figure of plain text may be several facts; the one that fits is meant. Of a figure that is known to be one fact,
each objection is an error. So one definition serves both, and a sentence is refused only when under no reading of
its figures all that it says is so.

Rules: kind (roles.metric), side (roles.side), source (roles.source), asset (roles.asset), window (roles.window),
sign (direction.sign), ends (roles.order), unit (roles.unit).
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from commentary.checks.scene import Scene, Span
from commentary.checks.vocabulary import Vocabulary
from commentary.languages.phrases import Mark
from commentary.records.fact import Fact


class Objection(NamedTuple):
    """Why a fact cannot be what a figure states."""

    code: str
    span: Span
    message: str


class Reading(NamedTuple):
    """A figure of a sentence, taken for a fact."""

    scene: Scene
    span: Span
    fact: Fact
    vocabulary: Vocabulary
    told: frozenset[str] = frozenset()
    """Metrics that the other figures of the sentence are sure to be of."""

    @property
    def metric(self) -> str:
        """What the fact measures."""
        return self.fact.subject.metric

    @property
    def clause(self) -> Span:
        """Where the figure's clause stands."""
        return self.scene.clause(self.span[0])

    def said(self, *names: str) -> bool:
        """Say whether words of a list stand in the figure's clause."""
        return bool(self.scene.said(names, self.clause))


Rule = Callable[[Reading], Iterator[Objection]]

_ATTACHED = re.compile(
    r"\s*(?:(?:worth )?of (?:(?!and |or )[\w'’-]+ ){0,3}|(?:from|in|on) (?:the |its )?(?:[A-Z][\w'’-]+ )?)?", re.I
)
_SIDED = (
    "liq_size",
    "liq_coin",
    "liq_share",
    "reach_",
    "within_size",
    "cluster_",
    "side_total",
    "order_size",
    "passed_",
)
_RATIOS = ("reach_ratio", "within_ratio", "depth_ratio", "size_ratio")
_BESIDE = 30
"""As far from a figure, in characters, a word is shown together with it."""


def objections(reading: Reading) -> Iterator[Objection]:
    """Yield what speaks against a fact being what a figure states.

    A word beside the figure is shown with it, as either may be the wrong one.
    """
    start, end = reading.span
    for rule in _RULES:
        for code, (low, high), message in rule(reading):
            if low - end <= _BESIDE and start - high <= _BESIDE:
                low, high = min(low, start), max(high, end)
            yield Objection(code, (low, high), message)


# What it is a figure of -------------------------------------------------------------------------------


def kind(reading: Reading) -> Iterator[Objection]:
    """The noun beside a figure is one of its metric's; where none is beside it, one in its sentence is."""
    own = reading.vocabulary.cues.kinds_of(reading.metric)
    if not own or reading.fact.evidence == "asserted" or reading.said("denial"):
        return
    scene = reading.scene
    beside = _beside(reading, "kind:") or _named_before(reading, "kind:", _IS)
    # What stands behind a figure and is not joined to it belongs to something else.
    marks = scene.longest("kind:", (reading.clause[0], reading.span[0]))
    if beside is None and (
        not marks or {mark.name for mark in scene.longest("kind:")} & {f"kind:{name}" for name in own}
    ):
        return
    mark = beside or marks[-1]
    named = scene.said("asset:", (mark.end, reading.span[0])) if beside is None else []
    if named and "price" in own:
        # "After a fall in open interest, ether tests $2,170": a new subject, and the figure is its price.
        return
    if mark.name.removeprefix("kind:") not in own:
        words = scene.word(mark)
        yield Objection("roles.metric", reading.span, f"{reading.fact.id} is no figure of {words!r}; name what it is")


_BEING = "was|is|of|at|stood at|stands at|came to|comes to|totalled|totals|settled at|amounted to|amounts to|to"
_SOME = "about |roughly |around |some |only |just |now |an estimated "
_IS = re.compile(rf"(?: (?:{_BEING}|on \w+ was|on \w+ is))*[,:]? ?(?:{_SOME})?", re.I)


def _named_before(reading: Reading, name: str, link: re.Pattern[str]) -> Mark | None:
    """Return the mark that names a figure right before it."""
    scene = reading.scene
    marks = scene.longest(name, scene.before(reading.span))
    if marks and link.fullmatch(scene.text[marks[-1].end : reading.span[0]]):
        return marks[-1]
    return None


def _beside(reading: Reading, name: str) -> Mark | None:
    """Return the mark that a figure is joined to by "of", or that follows it directly."""
    scene = reading.scene
    behind = scene.behind(reading.span)
    for mark in scene.longest(name, behind):
        gap = scene.text[behind[0] : mark.start]
        # "of the 1.9% price alone explains": what follows bare is no noun of the figure's, but "funding rate" is.
        joined = _ATTACHED.fullmatch(gap) and (gap.strip() or mark.name != "kind:price")
        return mark if joined else None
    return None


# Whose it is ------------------------------------------------------------------------------------------


def side(reading: Reading) -> Iterator[Objection]:
    """A figure of one side stands with words of that side, not of the other alone."""
    fact, scene = reading.fact, reading.scene
    own = fact.subject.side
    if own is None or not reading.metric.startswith(_SIDED) or reading.metric.startswith(_RATIOS):
        return
    mark = _beside(reading, "side:") or _named_before(reading, "side:", _LINK)
    before = scene.said("side:", scene.before(reading.span))
    if mark is None and before and fact.unit != "price" and not reading.said("denial"):
        mark = before[-1]
    if mark is None and (fact.unit == "price" or reading.said("denial")):
        # Where a level is, another side may be spoken of.
        return
    if mark is None:
        sides = scene.said("side:", reading.clause) or scene.said("side:")
        if len({one.name for one in sides}) != 1:
            return
        mark = sides[0]
    if mark.name.removeprefix("side:") != own:
        message = f"{fact.id} is of {own}s; write that, or name the fact that is meant"
        yield Objection("roles.side", (mark.start, mark.end), message)


_HOLDING = (
    f"{_BEING}|for|worth|up to|down to|come to|totalling|total|were|are|holds?|have|has|stand at|amount to|added up to"
    "|on the way"
)
_LINK = re.compile(
    rf"(?: side| positions?| liquidations?| level| reach| cluster)?(?:,? (?:{_HOLDING}))?[:,]? ?(?:{_SOME})?", re.I
)


def source(reading: Reading) -> Iterator[Objection]:
    """The exchange or vendor named with a figure is one of its own."""
    fact, scene = reading.fact, reading.scene
    if fact.evidence == "asserted" or fact.unit in ("name", "time", "days", "hours", "count"):
        return
    if fact.unit == "price" and not reading.metric.startswith(("price", "contract")):
        # A level of one vendor's is set against the price of another.
        return
    owners = {*fact.source, fact.subject.venue or ""}
    # Whose a figure is stands before it, where its source is not known; what is behind may have a source of its own.
    last = not any(start >= reading.span[1] for start, _ in scene.figures)
    stop = scene.behind(reading.span)[1] if fact.source and last else reading.span[0]
    marks = scene.said("giver:", (scene.before(reading.span)[0], stop))
    named = {mark.name.removeprefix("giver:") for mark in marks}
    if not named or named & owners or any(f"venue={name}" in one for name in named for one in fact.inputs):
        return
    yield Objection(
        "roles.source",
        (marks[0].start, marks[0].end),
        f"{fact.id} is not {scene.word(marks[0])}'s; name whose figure it is",
    )


def asset(reading: Reading) -> Iterator[Objection]:
    """The asset named with a figure is its own."""
    fact, scene = reading.fact, reading.scene
    if fact.evidence == "asserted" or fact.unit in ("name", "time"):
        return
    marks = scene.said("asset:", reading.clause)
    named = {mark.name.removeprefix("asset:") for mark in marks}
    own = fact.subject.asset
    if named and own not in named and own != "market":
        words = scene.word(marks[0])
        yield Objection("roles.asset", (marks[0].start, marks[0].end), f"{fact.id} is not of {words}; name its asset")
    if own == "market" and len(named) == 1 and not reading.said("all_coins") and not scene.said("all_coins"):
        words = scene.word(marks[0])
        yield Objection(
            "roles.scope", (marks[0].start, marks[0].end), f"{fact.id} is of all coins, not of {words} alone"
        )
    if reading.metric in ("liq_share", "size_share") and own != "market" and scene.said("all_coins"):
        mark = scene.said("all_coins")[0]
        yield Objection("roles.scope", (mark.start, mark.end), f"{fact.id} is a share of {own} alone, not of all coins")
    elif own != "market" and not named and reading.metric != "market_share" and reading.said("all_coins"):
        mark = scene.said("all_coins", reading.clause)[0]
        yield Objection("roles.scope", (mark.start, mark.end), f"{fact.id} is of {own} alone, not of all coins")


# Of when ----------------------------------------------------------------------------------------------

_WINDOWED = (
    "liq_",
    "oi_change",
    "oi_delta",
    "oi_price",
    "price_change",
    "price_low",
    "price_high",
    "price_from",
    "oi_from",
)
_OTHER_DAYS = ("liq_median", "liq_next", "oi_change_next")


def window(reading: Reading) -> Iterator[Objection]:
    """A figure of a window is told with that window, where the clause names one by a word."""
    hours = reading.fact.subject.window_hours
    if hours is None or not reading.metric.startswith(_WINDOWED) or reading.metric.startswith(_OTHER_DAYS):
        return
    marks = [mark for mark in reading.scene.said("window:", reading.clause)]
    named = {Decimal(mark.name.removeprefix("window:")) for mark in marks}
    if len(named) == 1 and hours not in named:
        mark = marks[0]
        message = f"{reading.fact.id} is of {hours.normalize():f} hours, not of {reading.scene.word(mark)!r}"
        yield Objection("roles.window", (mark.start, mark.end), message)


_CHANGES_OF = {"oi_change_coin": "in_coin", "oi_change_usd": "in_dollars"}
_OTHER_UNIT = {"in_coin": "in_dollars", "in_dollars": "in_coin"}


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
        if named:
            if own not in named:
                mark = named[_OTHER_UNIT[own]]
                message = f"{reading.fact.id} is a change {own.replace('_', ' ')}; write that"
                yield Objection("roles.unit", (mark.start, mark.end), message)
            return


def book(reading: Reading) -> Iterator[Objection]:
    """Bids rest below the price and asks above it."""
    if reading.metric != "depth" or reading.fact.subject.side is None:
        return
    scene = reading.scene
    own = "bids" if reading.fact.subject.side == "long" else "asks"
    for span in (scene.behind(reading.span), scene.before(reading.span)):
        named = {mark.name.removeprefix("book:"): mark for mark in scene.said("book:", span)}
        if named:
            if own not in named:
                mark = next(iter(named.values()))
                yield Objection("roles.side", (mark.start, mark.end), f"{reading.fact.id} is of {own}; write that")
            return


# Which way --------------------------------------------------------------------------------------------

_PARTS = re.compile(r"\b(?:mak(?:e|es|ing)|made|g(?:ave|iven|iving|ive|ives)|add(?:s|ed|ing)?) $", re.I)
"""Before an "up" that is part of its verb."""
_BY = "by |of |another |a further |further |only |just |back |in coin |in dollars |as much as |an? |nearly |almost "
_GAP = re.compile(rf"[\s,]*(?:{_BY}|{_SOME}|more than |over )*", re.I)


def move_beside(scene: Scene, span: Span) -> Mark | None:
    """Return the word of rise or fall that stands right before a figure, or right behind it."""
    before = scene.said("move:", (scene.before(span)[0], span[1]))
    behind = scene.said("move:", scene.behind(span))
    if before and _GAP.fullmatch(scene.text[before[-1].end : max(before[-1].end, span[0])]):
        return before[-1]
    if behind and re.fullmatch(r"[\s,-]*(?:it )?", scene.text[span[1] : behind[0].start]):
        return behind[0]
    return None


def part_of_verb(scene: Scene, word: Mark) -> bool:
    """Say whether an "up" belongs to its verb and says no direction: "gave up", "makes up"."""
    return scene.word(word).casefold() == "up" and _PARTS.search(scene.text[scene.start : word.start]) is not None


def sign(reading: Reading) -> Iterator[Objection]:
    """A word of rise or fall right beside a figure is of a change, and goes the way that the change went."""
    fact, scene = reading.fact, reading.scene
    if (
        not isinstance(fact.value, Decimal)
        or fact.evidence == "asserted"
        or reading.metric.endswith(("_test", "_regain"))
    ):
        return
    if reading.metric == "within_percent":
        return
    word = move_beside(scene, reading.span)
    if word is None or part_of_verb(scene, word):
        return
    if reading.metric.startswith(("price_change", "oi_change")) and reading.said("supposing"):
        yield Objection("roles.metric", reading.span, f"{fact.id} was measured, and is no condition; write what it was")
    elif fact.quantity != "delta":
        if fact.unit in ("percent", "points") and word.start < reading.span[0]:
            message = f"{fact.id} is no change that was measured; give one that was, or write what the figure is"
            yield Objection("roles.metric", reading.span, message)
    elif fact.number and (fact.number > 0) != (word.name == "move:up"):
        message = f"{fact.id} is {fact.number:f}, which goes the other way"
        yield Objection("direction.sign", (word.start, word.end), message)


_TO, _FROM = re.compile(r"\bto \Z"), re.compile(r"\bfrom \Z")
_EARLIER = ("oi_from", "price_from")


def ends(reading: Reading) -> Iterator[Objection]:
    """A change runs from the value before to the present one."""
    if reading.metric.startswith(_EARLIER) and _TO.search(reading.scene.text, reading.scene.start, reading.span[0]):
        message = f"{reading.fact.id} is the value before; write it after 'from'"
        yield Objection("roles.order", reading.span, message)


_WORDS_OF_RULES = ("conditional", "ruled", "bounding")
_FREE = ("example_notional", "history", "count_deadline", "test_deadline", "within")


def ruled(reading: Reading) -> Iterator[Objection]:
    """A bound of the desk's rules is told as one."""
    fact = reading.fact
    if fact.evidence != "asserted" or fact.unit not in ("percent", "usd", "coin", "ratio") or reading.metric in _FREE:
        return
    beside = move_beside(reading.scene, reading.span)
    if beside is not None and not reading.scene.said(_WORDS_OF_RULES):
        yield Objection("roles.rule", reading.span, f"{fact.id} is a bound of a rule, and nothing measured; say so")


_LOWER = re.compile(r"\b(?:above|higher|more|exceed\w*|over|greater|larger|topped|outdid|beat)\b", re.I)
_LESS = re.compile(
    r"\b(?:by less|less sharply|less than that|by a smaller|by smaller|less steeply|more gently)\b", re.I
)


def ranked(reading: Reading) -> Iterator[Objection]:
    """A share of lower values, and a count of larger moves, are told as what they are."""
    scene, (start, end) = reading.scene, reading.span
    if reading.metric.endswith("_below_share"):
        match = _LOWER.search(scene.text, end, scene.behind(reading.span)[1])
    elif reading.metric.endswith("_further"):
        match = _LESS.search(scene.text, scene.clause(start)[0], scene.clause(start)[1])
    else:
        return
    if match:
        yield Objection("roles.order", match.span(), f"{reading.fact.id} says the reverse; turn it about")


_SOFTENED = (
    "a|an|the|mere|low of|high of|as high as|as low as|some|about|below|above|just|under|over|around|nearly|almost"
)
_ONTO = re.compile(rf"\b(?:to|towards?|from|at|near|until|onto) (?:(?:{_SOFTENED}) )*\Z")
_COMES = re.compile(r"\b(?:c[ao]mes?|amount(?:s|ed)|equals?|equivalent|adds? up|translates?) \Z")


def moved_by(reading: Reading) -> Iterator[Objection]:
    """A change in percent is how far something moved, not where to."""
    if not reading.metric.startswith(("price_change", "oi_change_coin", "oi_change_usd")):
        return
    match = _ONTO.search(reading.scene.text, reading.scene.start, reading.span[0])
    if match and not _COMES.search(reading.scene.text, reading.scene.start, match.start()):
        message = f"{reading.fact.id} is how far it moved; write it without {match[0].strip()!r}"
        yield Objection("roles.order", (match.start(), reading.span[1]), message)


def evidence(reading: Reading) -> Iterator[Objection]:
    """A model's sum is not told as one that was counted."""
    if not reading.metric.startswith(("reach_", "cluster_", "within_", "side_total")):
        return
    if reading.said("denial"):
        return
    for mark in reading.scene.longest("counted", reading.clause):
        message = f"{reading.fact.id} is a model's; nobody counted it"
        yield Objection("roles.evidence", (mark.start, mark.end), message)
        return


_EACH = re.compile(r"\b(?:each|per|every|a position of|positions of) \Z", re.I)


def example(reading: Reading) -> Iterator[Objection]:
    """The size of position that payments are told for is no figure of the market."""
    before = _EACH.search(reading.scene.text, reading.scene.start, reading.span[0])
    if reading.metric == "example_notional" and before is None:
        message = f"{reading.fact.id} is the size of an example; write it after 'each'"
        yield Objection("roles.metric", reading.span, message)


_EDGES = {"cluster_near": "farthest", "cluster_far": "nearest"}


def edge(reading: Reading) -> Iterator[Objection]:
    """The near edge of a cluster is the one nearest to price."""
    wrong = _EDGES.get(reading.metric)
    for mark in reading.scene.said(wrong, reading.clause) if wrong else ():
        yield Objection("roles.order", (mark.start, mark.end), f"{reading.fact.id} is the other edge; turn it about")
        return


_ABOVE = re.compile(r" (?:above|over|higher than)\b")
_BELOW = re.compile(r" (?:below|under|beneath|lower than)\b")


def place(reading: Reading) -> Iterator[Objection]:
    """A level so far above or below the price is so."""
    if not reading.metric.startswith(("reach_distance", "cluster_distance", "cluster_far_distance", "price_change")):
        return
    for pattern, above in ((_ABOVE, True), (_BELOW, False)):
        match = pattern.match(reading.scene.text, reading.span[1])
        if match and reading.metric.startswith("price_change"):
            message = f"{reading.fact.id} is a change, and no distance to a level"
            yield Objection("roles.metric", reading.span, message)
        elif match and (reading.fact.number > 0) != above:
            message = f"{reading.fact.id} is {reading.fact.number:f}, which goes the other way"
            yield Objection("direction.sign", (match.start() + 1, match.end()), message)


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


_RULES: tuple[Rule, ...] = (
    kind,
    side,
    source,
    asset,
    window,
    unit,
    book,
    sign,
    ends,
    moved_by,
    evidence,
    example,
    ruled,
    ranked,
    edge,
    place,
    called,
)
