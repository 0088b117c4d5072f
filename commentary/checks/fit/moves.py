"""Which way a figure went, and where to: words of rise and fall, of place, and the ends of a change."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.fit.reading import SOME, Objection, Reading
from commentary.checks.scene import Scene, Span
from commentary.languages.phrases import Mark
from commentary.records.fact import BOUNDS

_PARTS = re.compile(
    r"\b(?:(?:stump|cough|pick|chip|fork|rack|tot|sum|settl)(?:e?s|ed|ing)?|pon(?:y|ies|ied)|mak(?:e|es|ing)|made"
    r"|g(?:ave|iven|iving|ive|ives)|add(?:s|ed|ing)?|heads) $",
    re.I,
)
"""Before an "up" that is part of its verb."""

_BY = (
    "by|of|another|a further|further|only|just|back|in coins?|in dollars|in value|as much as|an?|nearly|almost|exactly"
    "|a mere|a full|in coin terms|in dollar terms|slightly|sharply|gently|modestly|marginally|a touch|steeply|steadily"
    "|more than|over"
)
_TIME = (
    r"(?:over|in|within|during|across|inside|on) (?:the |a |an |one )?(?:past |last |latest |single |previous )*"
    r"(?:[0-9]+ |[a-z]+ )?(?:hours?|days?|weeks?|months?)"
)
_GAP = re.compile(rf"[\s,]*(?:(?:{_BY}|{SOME.replace(' |', '|').strip()}|{_TIME})[\s,]+)*", re.I)


def move_beside(scene: Scene, span: Span) -> Mark | None:
    """Return the word of rise or fall that stands right before a figure, or right behind it."""
    before = scene.said("move:", (scene.before(span)[0], span[1]))
    behind = scene.said("move:", scene.behind(span))
    if before and _GAP.fullmatch(scene.text[before[-1].end : max(before[-1].end, span[0])]):
        return before[-1]
    if behind and re.fullmatch(r"[\s,-]*(?:it )?", scene.text[span[1] : behind[0].start]):
        return behind[0]
    return None


_MEASURED = ("price_change", "oi_change", "oi_delta", "reset_fall", "reset_depth")
"""Beginnings of metrics that say how far price or open interest moved."""


def moving_beside(scene: Scene, span: Span) -> Mark | None:
    """Return any other word that tells of a move, right before a figure or right behind it."""
    before = scene.longest("moving:", (scene.before(span)[0], span[1]))
    if before and _GAP.fullmatch(scene.text[before[-1].end : max(before[-1].end, span[0])]):
        return before[-1]
    behind = scene.longest("moving:", scene.behind(span))
    if behind and re.fullmatch(
        r"[\s,-]*(?:(?:has|have|was|were|had|of \w+ \w+ has|daily|net) )?", scene.text[span[1] : behind[0].start]
    ):
        return behind[0]
    return None


def _is_subject(scene: Scene, word: Mark) -> bool:
    """Say whether what stands last before a word is the price or open interest: what else moved is not measured."""
    marks = scene.said(("kind:", "asset:", "side:"), (scene.clause(word.start)[0], word.start))
    return bool(marks) and (marks[-1].name in ("kind:price", "kind:open_interest") or marks[-1].name[:6] == "asset:")


def part_of_verb(scene: Scene, word: Mark) -> bool:
    """Say whether an "up" belongs to its verb and says no direction: "gave up", "makes up"."""
    return scene.word(word).casefold() == "up" and _PARTS.search(scene.text[scene.start : word.start]) is not None


_FROM_IT = re.compile(r" (?:from|off)\b")


def _stands(scene: Scene, end: int, word: Mark) -> tuple[bool, Span] | None:
    """Return whether price is put above a level that it has moved past or away from, and by which words."""
    for pattern, above in ((_ABOVE, True), (_BELOW, False), (_FROM_IT, word.name == "move:up")):
        if match := pattern.match(scene.text, end):
            return above, match.span()
    return None


_TO_PRICE = re.compile(r",? to [$€]")
_MORE = re.compile(r" (?:more|less|fewer|higher|lower|larger|smaller|bigger|greater|dearer|cheaper)\b")
"""Behind a percent: it is a difference."""


def sign(reading: Reading) -> Iterator[Objection]:
    """A word of rise or fall right beside a figure is of a change, and goes the way that the change went."""
    fact, scene = reading.fact, reading.scene
    if not isinstance(fact.value, Decimal) or fact.is_house or reading.metric.endswith(BOUNDS):
        return
    if reading.metric == "within_percent":
        return
    if fact.quantity == "share" and _MORE.match(scene.text, reading.span[1]):
        yield Objection(
            "roles.metric", reading.span, f"{fact.id} is a part of a whole, and no difference; write of what"
        )
    word = move_beside(scene, reading.span)
    if word is None:
        word = moving_beside(scene, reading.span)
        if word is not None and not reading.metric.startswith(_MEASURED) and not _is_subject(scene, word):
            return
    if word is None or part_of_verb(scene, word):
        return
    if reading.metric.startswith("distance_") and word.start > reading.span[1] and scene.word(word).casefold() == "off":
        # "$72.10 off its low": how far, and not which way.
        return
    if reading.metric.startswith(("price_change", "oi_change")) and reading.said("supposing"):
        yield Objection("roles.metric", reading.span, f"{fact.id} was measured, and is no condition; write what it was")
    elif fact.quantity != "delta":
        to_price = word.start >= reading.span[1] and _TO_PRICE.match(scene.text, word.end) is not None
        if fact.unit in ("percent", "points") and (to_price or word.start < reading.span[0]):
            message = f"{fact.id} is no change that was measured; give one that was, or write what the figure is"
            yield Objection("roles.metric", reading.span, message)
    elif reading.metric.startswith("distance_") and (placed := _stands(scene, reading.span[1], word)) is not None:
        # "Price sank $730 under the level": where price is by now, and not which way the level lies.
        above, span = placed
        if (fact.number > 0) == above:
            yield Objection("direction.sign", span, f"{fact.id} is {fact.number:f}, which goes the other way")
    elif reading.metric.startswith("distance_price_") and word.start >= reading.span[1]:
        # "Having topped out at $66,462 it trades $250 lower": where price is, and not the high.
        if (fact.number > 0) == word.name.endswith(":up"):
            yield Objection("direction.sign", (word.start, word.end), f"{fact.id} is {fact.number:f}, the other way")
    elif fact.number and (fact.number > 0) != word.name.endswith(":up"):
        message = f"{fact.id} is {fact.number:f}, which goes the other way"
        yield Objection("direction.sign", (word.start, word.end), message)


_TO = re.compile(r"(?<!compared )(?<!close )(?<!equal )(?<!relative )(?<!next )(?<!up )(?<!down )\bto \Z", re.I)

_EARLIER = (
    "oi_from", "price_from", "funding_before", "funding_previous", "funding_same_last", "funding_turned_from",
    "funding_run_start",
)  # fmt: skip


def ends(reading: Reading) -> Iterator[Objection]:
    """A change runs from the value before to the present one."""
    if reading.metric.startswith(_EARLIER) and _TO.search(reading.scene.text, reading.scene.start, reading.span[0]):
        message = f"{reading.fact.id} is the value before; write it after 'from'"
        yield Objection("roles.order", reading.span, message)


_LOWER = re.compile(r"\b(?:above|higher|more|exceed\w*|over|greater|larger|topped|outdid|beat)\b", re.I)

_LESS = re.compile(
    r"\b(?:by less|less sharply|less than that|by a smaller|by smaller|less steeply|more gently)\b", re.I
)


_SMALLER = re.compile(r"\b(?:below|lower|fewer|less|smaller|lighter|milder)\b", re.I)

_ALL_BUT = re.compile(r"\ball but \Z", re.I)

_RANKS_BELOW = re.compile(
    r"\b(?:rank(?:s|ed|ing)?|stands?|stood|is|was|lies|lay|sits?|sat|comes?|came|falls?|fell) "
    r"(?:below|under|beneath|lower than) \Z",
    re.I,
)
_LESSER, _REST = ("prints_lower", "days_smaller"), ("prints_rest", "days_larger")


def ranked(reading: Reading) -> Iterator[Objection]:
    """A share of lower values, and a count of larger moves, are told as what they are."""
    scene, (start, end) = reading.scene, reading.span
    if reading.metric in _LESSER or reading.metric in _REST:
        if not _ALL_BUT.search(scene.text, scene.start, start):
            return
        # "All but 23 came in lower": those are the ones that did not.
        wrong = _LOWER if reading.metric in _REST else _SMALLER
        match = wrong.search(scene.text, end, scene.behind(reading.span)[1])
    elif reading.metric.endswith("_below_share"):
        match = _RANKS_BELOW.search(scene.text, scene.start, start)
        match = match or _LOWER.search(scene.text, end, scene.behind(reading.span)[1])
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


_EDGES = {"cluster_near": "farthest", "cluster_far": "nearest"}


def edge(reading: Reading) -> Iterator[Objection]:
    """The near edge of a cluster is the one nearest to price."""
    wrong = _EDGES.get(reading.metric)
    for mark in reading.scene.said(wrong, reading.clause) if wrong else ():
        yield Objection("roles.order", (mark.start, mark.end), f"{reading.fact.id} is the other edge; turn it about")
        return


_ABOVE = re.compile(r" (?:above|over|higher than)\b")

_BELOW = re.compile(r" (?:below|under|beneath|lower than)\b")


_THEN = re.compile(
    r" (?:above|over|higher than|below|under|lower than) (?:(?:the|its|a|an|one|that|this|of|at|it|was|where|in|price|"
    r"level|value|mark|same|past|last|previous|full|about|around) )*"
    r"(?:past|last|previous|day|week|month|hour|stood|before|(?:[0-9]+|[a-z]+)[ -](?:hours?|days?|weeks?)|24)\b",
    re.I,
)
"""Behind a change: the time it took, or the time that its end is set against."""


_FROM_LEVEL = re.compile(
    r" (?:(?:the|its|that|this|a|our|map['’]s|[A-Z]\w+['’]s|upper|lower|higher|other|long|short|longs['’]|"
    r"shorts['’]|day['’]s|24-hour|side) )*"
    r"(?:[$€][0-9][0-9,.]*\b(?! (?:mark|price))|levels?\b|one\b|reach\b|sum\b|end\b|high\b|low\b|top\b|bottom\b"
    r"|foot\b|peak\b|trough\b|edge\b)"
)
"""Behind a distance and a word of place: a level, so that it is the price that lies above or below."""
_OF_MARK = re.compile(
    r" (?:above|below|over|under|beneath) (?:(?:the|its|present|current|latest|last|[A-Z]\w+['’]s) )*(?:mark|price)\b"
)
_IT = re.compile(r" (?:it|that|this|them)\b")


def place(reading: Reading) -> Iterator[Objection]:
    """A level so far above or below the price is so."""
    if reading.fact.quantity == "share" and _OF_MARK.match(reading.scene.text, reading.span[1]):
        yield Objection("roles.metric", reading.span, f"{reading.fact.id} is a part of a whole, and no distance")
    if reading.metric.startswith("move_from_") and _OF_MARK.match(reading.scene.text, reading.span[1]):
        yield Objection("roles.metric", reading.span, f"{reading.fact.id} is a move, and no distance to the price")
    if reading.fact.is_house and reading.fact.unit == "percent" and _OF_MARK.match(reading.scene.text, reading.span[1]):
        yield Objection("roles.rule", reading.span, f"{reading.fact.id} is a bound of the desk's, and no distance")
    if not reading.metric.startswith(
        ("reach_distance", "cluster_distance", "cluster_far_distance", "price_change", "distance_")
    ):
        return
    for pattern, above in ((_ABOVE, True), (_BELOW, False)):
        match = pattern.match(reading.scene.text, reading.span[1])
        if match and reading.metric.startswith("price_change") and _THEN.match(reading.scene.text, reading.span[1]):
            if match[0] != " over" and (reading.fact.number > 0) != above:
                message = f"{reading.fact.id} is {reading.fact.number:f}, which goes the other way"
                yield Objection("direction.sign", (match.start() + 1, match.end()), message)
        elif match and reading.metric.startswith("price_change"):
            message = f"{reading.fact.id} is a change, and no distance to a level"
            yield Objection("roles.metric", reading.span, message)
        elif match and reading.metric.startswith("distance_") and _IT.match(reading.scene.text, match.end()):
            continue
        elif match and (reading.fact.number > 0) != (above != bool(_FROM_LEVEL.match(reading.scene.text, match.end()))):
            message = f"{reading.fact.id} is {reading.fact.number:f}, which goes the other way"
            yield Objection("direction.sign", (match.start() + 1, match.end()), message)
