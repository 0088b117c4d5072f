"""The terms on which the label turns: which bounds a label takes, which way each of them is, and that it takes all.

roles.terms: a bound of the label's told as one of the other label, the wrong way, as measured or met, or as enough.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from commentary.checks.base import Document, Statement, Told
from commentary.checks.scene import Span
from commentary.records.fact import Fact, Side
from commentary.records.finding import Finding

_TAKES: dict[str, Side] = {"bearish": "long", "bullish": "short"}
"""The side that is forced out where the label is so."""
_LEVELS = ("price_turn", "oi_turn", "turn_funding")
_SHARES = ("turn_share", "flow_share_bound")
_LABEL = re.compile(
    r"(?<!from )(?<!than )(?<!instead of )\b(?:bearish|bullish|neutral(?! (?:label )?(?:turns?|goes|becomes?|to)\b)"
    r"|(?:stays|remains|keeps)(?! (?:bearish|bullish)\b))\b",
    re.I,
)
_PARTS = re.compile(r"[;:,] | (?:and|but|while|or|whereas) | [–—-] ?|—")
_ASKS = re.compile(
    r"\b(?:takes?|asks?(?: for)?|needs?|needed|requires?|ha[sv]e to|must|(?:holds|applies|counts|so|does) only if"
    r"|(?:holds|applies|counts) only with|condition|terms)\b",
    re.I,
)
WAY = re.compile(
    r"\b(?P<not>(?:not|never|no longer|no|nor)(?: (?:be|yet|been))? |n['’]t (?:be )?)?"
    r"(?:(?P<up>above|over|more than|higher than|greater than|beyond|past|at least|exceed(?:s|ing)?|in excess of"
    r"|at or above|north of)"
    r"|(?P<down>under|below|beneath|less than|lower than|fewer than|smaller than|at most|a maximum of|short of"
    r"|at or below|south of|of up to))(?: about)? \Z"
    r"|\b(?P<rise>(?:rises?|climbs?|grows?|gains?|jumps?|goes up|moves up) to)(?: about)? \Z"
    r"|\b(?P<fall>(?:falls?|drops?|shrinks?|slides?|sinks?|slips?|declines?|goes down|moves down) to)(?: about)? \Z",
    re.I,
)
_FIGURE = re.compile(r"[^A-Za-z ]")
_PAYS = re.compile(r" (?:are |were )?(?:pay|pays|paid|paying)\b", re.I)
_COUNTED = re.compile(
    r"\b(?:were|was|came to|come to|totall?ed|reached|hit|amounted to|ran to|add(?:ed)? up to) \Z", re.I
)
_STANDS = re.compile(
    r"\b(?:is|was|stands|stood|trades|traded|rose|climbed|grew|went|fell|dropped|shrank|slid)(?: now| at)? \Z", re.I
)
_MEASURED = {
    "oi_turn": ("oi_coin", _STANDS),
    "price_turn": ("price", _STANDS),
}
"""What was measured of what a bound is of, and how it would be told."""
_JOINED = re.compile(r"\bor(?! (?:more|less|higher|lower|above|over|not)\b)\b", re.I)
_THINGS = (
    r"(?:open interest|positions?|liquidations?|liquidated|price|the share|longs|shorts|volumes?|recorded|funding)"
)
_DIRECTION = re.compile(r"\bdirection\b", re.I)
_BOTH = re.compile(r"\band\b", re.I)
_TAKEN_BACK = re.compile(
    rf"\b(?:whatever|regardless of|irrespective of|no matter|with or without|even without|even if|whether or not)"
    rf"\b[^.;]{{0,40}}?\b{_THINGS}\b",
    re.I,
)
_ENOUGH = re.compile(
    r"(?<!\bnot )\b(?:alone|by itself|on its own|all (?:that )?it takes|nothing (?:else|more))\b", re.I
)
_MET = re.compile(
    r"\b(?P<met>meets?|met|reach(?:es|ed)?|satisf(?:y|ies|ied)|fulfil(?:s|led)?|pass(?:es|ed)?|clear(?:s|ed)?"
    r"|exceed(?:s|ed)?|tops?|topped|above|over|beyond|enough for|more than)\b"
    r"|\b(?P<short>short of|below|under|less than|miss(?:es|ed)?|too (?:little|small) for|not enough for)\b",
    re.I,
)
_PAIRS = (("oi_change_coin", ("flow_bound",)), ("liq_share", _SHARES))
"""What was measured, and the bounds that it is held to."""
_BEFORE = re.compile(r"(?:It|That|This|Our rule|The rule|For that|Also|A further|Recorded|Of recorded)\b")
"""What begins a sentence that goes on with the terms of the one before."""


class _Word(NamedTuple):
    start: int
    name: str


def terms(document: Document, statement: Statement) -> Iterator[Finding]:
    """Yield bounds of the label's that are told otherwise than its rules have them."""
    every = [told for told in statement.figures() if told.metric in (*_LEVELS, *_SHARES, "flow_bound")]
    if statement.asks or not every:
        return
    yield from _met(document, statement)
    yield from _again(document, statement, every)
    bounds = [told for told in every if told.metric != "flow_bound"]
    words = _words(document, statement)
    for told in bounds:
        label = _label(statement, words, bounds, told)
        if label in _TAKES and not _is_denied(statement, told):
            yield from _of_label(document, statement, told, label)
        yield from _way(document, statement, told, label)
        if label is None and not words:
            yield from _counted(document, statement, told)
    if {word.name for word in words} & set(_TAKES) or (not words and _DIRECTION.search(statement.text)):
        yield from _joined(document, statement, every)


def _words(document: Document, statement: Statement) -> list[_Word]:
    """Return where the sentence names a label, or, where it goes on with the terms of one, the one before it."""
    now = {fact.text for metric in ("sentiment_label", "asset_label") for fact in document.sheet.all(metric)}
    found = [
        _Word(statement.start + match.start(), name if (name := match[0].casefold()) in _TAKES else "neutral")
        for match in _LABEL.finditer(statement.text)
    ]
    # The label of the day turns by no bounds of its own.
    own = [word for word in found if word.name == "neutral" or word.name not in now]
    if own or not _BEFORE.match(statement.text):
        return own
    before = [one for one in document.statements if one.field is statement.field and one.end <= statement.start]
    if not before or not any(told.metric in (*_LEVELS, "turn_share") for told in before[-1].figures()):
        return own
    names = {match[0].casefold() for match in _LABEL.finditer(before[-1].text)} - now
    return [_Word(statement.start, name) for name in names if names <= _TAKES.keys() and len(names) == 1]


def _label(statement: Statement, words: list[_Word], bounds: list[Told], told: Told) -> str | None:
    """Return the label that a bound is told for: the only one, that of its part of the sentence, or the nearest."""
    if len({word.name for word in words}) == 1:
        return words[0].name
    cuts = [match.end() for match in _PARTS.finditer(statement.text)]
    parts = [(statement.start + a, statement.start + b) for a, b in pairwise([0, *cuts, len(statement.text)])]
    named: list[tuple[Span, list[_Word]]] = [
        (part, [w for w in words if part[0] <= w.start < part[1]]) for part in parts
    ]
    own = next((found for (a, b), found in named if a <= told.mention.start < b), [])
    if own:
        return own[0].name if len({word.name for word in own}) == 1 else None
    # Where each part that has both begins with its label, or ends with it, so do the parts without one.
    leads = {
        found[0].start < one.mention.start
        for (a, b), found in named
        for one in bounds
        if found and a <= one.mention.start < b
    }
    if leads == {True}:
        return next((word.name for word in reversed(words) if word.start < told.mention.start), None)
    if leads == {False}:
        return next((word.name for word in words if word.start > told.mention.start), None)
    return None


def _is_denied(statement: Statement, told: Told, words: Span = (0, 0)) -> bool:
    """Say whether a sentence denies what it says of a bound, outside of some words; "not unless" is a condition."""
    lead, _ = lead_of(statement, told)
    own = WAY.search(lead)
    low = statement.start + own.start() if own else told.mention.start
    denials = [
        mark
        for mark in statement.scene.said("denial")
        if not low <= mark.start <= told.mention.end and not words[0] <= mark.start < words[1]
    ]
    unless = re.search(r"\bunless\b", statement.text, re.I) is not None
    # "Not bearish unless" holds to the terms, "bearish unless" turns them about.
    return bool(denials) != unless


def lead_of(statement: Statement, told: Told) -> tuple[str, int]:
    """Return the words of a sentence up to the digits of a figure, whose mention may hold its word of place."""
    written = statement.field.text[told.mention.start : told.mention.end]
    digits = _FIGURE.search(written)
    at = told.mention.start + (digits.start() if digits else 0)
    return statement.field.text[statement.start : at], at


def _of_label(document: Document, statement: Statement, told: Told, label: str) -> Iterator[Finding]:
    """A bound is one of the label that it is told for."""
    side, asset = _TAKES[label], told.fact.subject.asset
    named = _side(statement, told) if told.metric in _SHARES else told.fact.subject.side
    if told.metric in ("price_turn", *_SHARES) and named is not None and named != side:
        what = "price" if told.metric == "price_turn" else f"{named}s"
        message = f"that bound of {what} is not one of a {label} label; write its own, or the other label"
        yield _error(document, statement, told, message)
    elif told.metric in _SHARES and told.fact.subject.at is None:
        own = document.sheet.get("turn_share", side=side, asset=asset)
        if own is not None and own.number != told.fact.number:
            yield _error(document, statement, told, f"it takes {own.number.normalize():f}%: {own.id}; write that", own)


def _side(statement: Statement, told: Told) -> Side | None:
    """Return the side that is named nearest to a share, of those that are not said to pay."""
    scene = statement.scene
    sides = [mark for mark in scene.said("side:") if not _PAYS.match(scene.text, mark.end)]

    def away(start: int, end: int) -> int:
        return told.mention.start - end if end <= told.mention.start else start - told.mention.end

    near = min(sides, key=lambda mark: away(mark.start, mark.end), default=None)
    if near is None:
        return told.fact.subject.side
    return "long" if near.name == "side:long" else "short"


def _way(document: Document, statement: Statement, told: Told, label: str | None) -> Iterator[Finding]:
    """A bound is told the way in which it is one."""
    asked = label in _TAKES or (label is None and _ASKS.search(statement.text))
    lead, at = lead_of(statement, told)
    match = WAY.search(lead)
    if match is None or not asked or _is_denied(statement, told):
        return
    up = is_up(match)
    rightly = told.fact.subject.side == "short" if told.metric == "price_turn" else told.metric != "turn_funding"
    if up != rightly and (told.metric not in _SHARES or not up):
        message = f"{told.fact.id} is a bound the other way; turn it about"
        span = (statement.start + match.start(), max(at, told.mention.end))
        yield document.finding("roles.terms", "error", statement.field, span, message, (told.fact.id,))


def _counted(document: Document, statement: Statement, told: Told) -> Iterator[Finding]:
    """A bound is not told as where price or a sum is, unless the one that was measured is there too."""
    lead, _ = lead_of(statement, told)
    way = WAY.search(lead)
    said = statement.scene.said(("conditional", "ruled", "terms", "denial")) or _ASKS.search(statement.text)
    metric, states = _MEASURED.get(told.metric, ("", _COUNTED))
    if not metric or said or way is None or not states.search(lead[: way.start()]):
        return
    found = document.sheet.get(metric, asset=told.fact.subject.asset)
    if found is None or (found.number > told.fact.number) != is_up(way):
        yield _error(document, statement, told, f"{told.fact.id} is a bound by rule, and nothing measured; say so")


def is_up(way: re.Match[str]) -> bool:
    """Say whether a word of place in front of a figure means more than it: "above", "not under"."""
    return (way["up"] or way["rise"]) is not None if way["not"] is None else way["down"] is not None


def _met(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is said to meet a bound of the rules does, and what is said to be short of it is."""
    scene = statement.scene
    if scene.said(("conditional", "denial")):
        return
    for first, second in pairwise(statement.figures()):
        held_to = next((bounds for metric, bounds in _PAIRS if first.metric == metric), ())
        match = _MET.search(scene.text, first.mention.end, lead_of(statement, second)[1])
        if second.metric not in held_to or match is None:
            continue
        if (abs(first.fact.number) >= second.fact.number) != (match["met"] is not None):
            message = f"{first.fact.id} is {abs(first.fact.number.normalize()):f}, and does not; turn it about"
            yield _error(document, statement, second, message, first.fact)


def _joined(document: Document, statement: Statement, bounds: list[Told]) -> Iterator[Finding]:
    """A label takes all of its terms at once."""
    text = statement.field.text
    for first, second in pairwise(bounds):
        match = _JOINED.search(text, first.mention.end, second.mention.start)
        if match and first.metric != second.metric and not _is_denied(statement, second):
            yield _of_all(document, statement, second, match, "write 'and'")
    levels = [told for told in bounds if told.metric in _LEVELS]
    for pattern in (_TAKEN_BACK, _ENOUGH):
        match = pattern.search(text, statement.start, statement.end)
        if match and levels and not _is_denied(statement, levels[0], match.span()):
            yield _of_all(document, statement, levels[0], match, "take that out")


def _of_all(document: Document, statement: Statement, told: Told, match: re.Match[str], mend: str) -> Finding:
    message = f"a label takes all of its terms at once; {mend}"
    return document.finding("roles.terms", "error", statement.field, match.span(), message, (told.fact.id,))


_AGAIN = re.compile(r"\b(?:neutral again|(?:turns?|back to|becomes?|goes) neutral|neutral label)\b", re.I)
_LACKS = re.compile(r"\b(?:not|neither|no|nor|less|under|below|short|n['’]t|without|fewer)\b", re.I)


def _again(document: Document, statement: Statement, every: list[Told]) -> Iterator[Finding]:
    """A label is neutral again where either of its bounds is missed: that both are, or that they are met, is not so."""
    text = statement.field.text
    if not _AGAIN.search(text, statement.start, statement.end):
        return
    at = statement.start
    for told in every:
        if told.metric in _SHARES or told.metric == "flow_bound":
            if not _LACKS.search(text, at, told.mention.start):
                message = f"{told.fact.id} is a bound that is not reached where a label is neutral again; say so"
                yield _error(document, statement, told, message)
            at = told.mention.end
    for first, second in pairwise(every):
        between = text[first.mention.end : second.mention.start]
        if {first.metric, second.metric} & {"flow_bound"} and _BOTH.search(between) and not _JOINED.search(between):
            message = f"either is enough for a label to be neutral again; write 'or' before {second.fact.id}"
            yield _error(document, statement, second, message)


def _error(document: Document, statement: Statement, told: Told, message: str, *others: Fact) -> Finding:
    span = (told.mention.start, told.mention.end)
    ids = (told.fact.id, *(fact.id for fact in others))
    return document.finding("roles.terms", "error", statement.field, span, message, ids)
