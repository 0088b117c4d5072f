"""Where price stands to a band that somebody marked: in it, above it, below it."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error
from commentary.checks.supposed import supposes
from commentary.records.finding import Finding

_BAND = (
    r"(?:(?:[$€][\d,.]+(?:-| to )[$€][\d,.]+|the|its|our|a|that|this|desk['’]s"
    r"|bitcoin['’]s|marked|whole|entire|support|resistance|price|same) )*"
    r"(?:band|zone|support|resistance|range of (?:support|resistance))\b"
)
_EDGE = (
    r"(?:(?:the|its) (?P<edge>top|foot|bottom|floor|ceiling|upper edge|lower edge|roof|base|upper end|lower end) of )?"
)
_OUT = re.compile(
    rf"\b(?P<word>out of|outside(?: of)?|through|off|beyond|clear of|left|pierced|breached|undercut|violated|leaving"
    rf"|leaves|exited|exits|lost|loses|losing"
    rf"|above|over|on top of|atop|below|under|beneath|underneath|inside|within|in|into|between the foot and the top of"
    rf"|past) {_EDGE}{_BAND}(?P<behind>[^,;.]{{0,12}})",
    re.I,
)
_LOST = re.compile(
    rf"\b{_BAND} (?:from \S+ to \S+ )?(?:has been|was|is|had been|lies|is now) "
    r"(?P<word>lost|breached|broken|pierced|violated|above|below|overhead)\b",
    re.I,
)
_BROKEN = ("pierced", "breached", "undercut", "violated")
_BELOW = re.compile(r"below|under|beneath|underneath", re.I)
_ABOVE = re.compile(r"above|over|on top of|atop", re.I)
_IN = re.compile(r"inside|within|in|into|between .*", re.I)
_UPPER = re.compile(r"top|ceiling|upper edge|roof|upper end", re.I)
_WAS = re.compile(
    r"\b(?:was|had|yesterday|earlier|before|then|candle\w*|clos\w+|marked(?! at)|drew|level|map|longs|shorts|edge)\b",
    re.I,
)


def banded(document: Document, statement: Statement) -> Iterator[Finding]:
    """Price is in, above or below a band as it is said to be."""
    low, high = document.sheet.get("band_low"), document.sheet.get("band_high")
    price = document.sheet.get("price")
    scene = statement.scene
    if low is None or high is None or price is None:
        return
    for match in (*_OUT.finditer(statement.text), *_LOST.finditer(statement.text)):
        start, end = absolute(statement, match)
        begun = scene.clause(start)[0]
        lead = scene.text[begun:start]
        broken = match["word"].casefold() in _BROKEN
        if supposes(scene, (begun, end)) or scene.said(("denial", "ruled"), (begun, end)):
            continue
        if _WAS.search(lead.removesuffix("had ") if broken else lead):
            continue
        if match.re is _OUT and not scene.said(("kind:price", *{mark.name for mark in scene.said("asset:")})):
            continue
        place = _place(match, price.number < low.number)
        now = "below" if price.number < low.number else "above" if price.number > high.number else "in"
        if place is not None and now not in place:
            why = f"{price.id} is {price.number.normalize():f}, which is {now} the band; write that"
            yield error(document, statement, "direction.crossed", (start, end), why, price, low, high)
            return


def _place(match: re.Match[str], is_below: bool) -> set[str] | None:
    """Return where price can be by what is said; nothing where the words say something else."""
    word, edge = match["word"].casefold(), match.groupdict().get("edge")
    if match.re is _LOST:
        return (
            {"below", "above"}
            if word not in ("above", "below", "overhead")
            else {"below"}
            if word in ("above", "overhead")
            else {"above"}
        )
    if edge:
        upper = _UPPER.fullmatch(edge) is not None
        if _ABOVE.fullmatch(word):
            return {"above"} if upper else {"in", "above"}
        if _BELOW.fullmatch(word):
            return {"in", "below"} if upper else {"below"}
        if word in ("out of", "through", "off", "past", "beyond", *_BROKEN):
            return {"above"} if upper else {"below"}
        return None
    if _IN.fullmatch(word):
        return {"in"} if word != "in" or "close" not in match["behind"] else None
    if _ABOVE.fullmatch(word):
        return {"above"}
    if _BELOW.fullmatch(word):
        return {"below"}
    return None if word in ("off", "past", "through") and is_below else {"above", "below"}
