"""The day's high and low: neither is told as the other, and price lies between them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from commentary.checks.base import Document, Statement, Told
from commentary.checks.shapes.saying import error
from commentary.records.finding import Finding

_LOW = (
    "low|lows|lowest|bottom|bottoms|bottomed(?: out)?|trough|troughed|floor|minimum|nadir|cheapest|low point|lower end"
    "|as low as|lower bound|foot|weakest"
)
_HIGH = (
    "high|highs|highest|top|tops|topped(?: out)?|peak|peaks|peaked|ceiling|maximum|zenith|summit|dearest|high point"
    "|upper end|as high as|upper bound|crest|crested|strongest"
)
_WORD = re.compile(rf"\b(?:(?P<low>{_LOW})|(?P<high>{_HIGH}))\b", re.I)
_CALLS = re.compile(
    r",? (?:was|is|being|as|the|its|(?:\w+ )?(?:reached|hit|set|made|marked|touched|posted|found|printed|put in))\b",
    re.I,
)
_BETWEEN = re.compile(
    r"\b(?:than|and|or|to|from|off|below|above|under|over|between|short|short of|away|range|not)\b", re.I
)
_NEAR, _BEHIND = 6, 5
"""As many words before or behind the figure a word can stand that calls it the high or the low."""


def extremes(document: Document, statement: Statement) -> Iterator[Finding]:
    """The figure of the day's high is not called its low, nor the other way about."""
    scene = statement.scene
    if scene.said(("denial", "conditional", "kind:map")):
        return
    lows = {fact.number for fact in document.sheet.all("price_low")}
    highs = {fact.number for fact in document.sheet.all("price_high")}
    for told in statement.figures():
        if told.fact.unit == "price" and told.fact.number not in lows | highs:
            yield from _no_extreme(document, statement, told, lows, highs)
        if told.fact.unit != "price" or told.fact.number not in lows ^ highs:
            continue
        span = (told.mention.start, told.mention.end)
        low, high = scene.before(span)
        before = list(_WORD.finditer(scene.text, low, high))
        gap = scene.text[before[-1].end() : high] if before else ""
        both = len({bool(each["low"]) for each in before}) == 2
        word = (
            before[-1] if before and len(gap.split()) <= (2 if both else _NEAR) and not _BETWEEN.search(gap) else None
        )
        if word is None and not before:
            behind = _WORD.search(scene.text, *scene.behind(span))
            gap = scene.text[span[1] : behind.start()] if behind else ""
            close = behind and len(gap.split()) <= _BEHIND and _CALLS.match(gap)
            word = behind if close and not _BETWEEN.search(gap) else None
        is_low = told.fact.number in lows
        if word is not None and bool(word["low"]) != is_low:
            what = "low" if is_low else "high"
            message = f"{told.mention.fact} is the day's {what}; write that, or the other figure"
            yield error(document, statement, "roles.order", (word.start(), word.end()), message, told.fact)


_REACHED = re.compile(
    r"\b(?:(?P<high>high of the (?:past |last )?(?:day|24 hours) (?:was|came at|stood at|is)|high (?:on \w+"
    r" )?(?:registered|was|printed|stood at"
    r"|came in at|hit)|peaked|topped out"
    r"|crested|maxed out|(?:a |its |the |day['’]s |24-hour )?high of|as high as)"
    r"|(?P<low>low of the (?:past |last )?(?:day|24 hours) (?:was|came at|stood at|is)|low (?:on \w+ )?(?:registered"
    r"|was|printed|stood at"
    r"|came in at|hit)|bottomed(?: out)?|troughed"
    r"|(?:a |its |the |day['’]s |24-hour )?low of|as low as))"
    r"(?: on \w+)?(?: at| near| around)? \Z",
    re.I,
)


_SWUNG = re.compile(
    r"\b(?:swung|ranged|traded|moved|oscillated|fluctuated|seesawed|bounced|travelled|stayed|kept)\b[^.;]{0,40}?"
    r"\b(?:between|from) \Z",
    re.I,
)


def swung(document: Document, statement: Statement) -> Iterator[Finding]:
    """Price is said to have swung between its low and its high, and between no other two prices."""
    low, high = (document.sheet.get(name) for name in ("price_low", "price_high"))
    if low is None or high is None or statement.scene.said(("denial", "conditional")):
        return
    figures = statement.figures()
    for one, other in pairwise(figures):
        between = statement.field.text[one.mention.end : other.mention.start]
        ends = {one.fact.number, other.fact.number}
        if between not in (" and ", " to ") or one.fact.unit != "price" or other.fact.unit != "price":
            continue
        swings = _SWUNG.search(statement.field.text, statement.start, one.mention.start)
        if swings and len(ends & {low.number, high.number}) == 1 and ends not in _ranges(document):
            wrong = other if one.fact.number in (low.number, high.number) else one
            message = f"{wrong.fact.id} is not the day's {'high' if wrong is other else 'low'}; write that"
            span = (wrong.mention.start, wrong.mention.end)
            yield error(document, statement, "roles.order", span, message, wrong.fact, low, high)
            return


def _ranges(document: Document) -> list[set[Decimal]]:
    """Return the lows and highs of other hours than the last 24: of those around a notice."""
    lows = [fact for fact in document.sheet if fact.subject.metric.startswith("price_low_")]
    return [
        {low.number, high.number}
        for low in lows
        for high in document.sheet.all(low.subject.metric.replace("_low_", "_high_"), venue=low.subject.venue)
    ]


def _no_extreme(
    document: Document, statement: Statement, told: Told, lows: set[Decimal], highs: set[Decimal]
) -> Iterator[Finding]:
    """A price that is neither the high nor the low is not called the one that price reached."""
    match = _REACHED.search(statement.field.text, statement.start, told.mention.start)
    if match and (lows if match["low"] else highs) and not statement.scene.said("window:720"):
        message = f"{told.fact.id} is not the day's {'low' if match['low'] else 'high'}; write that, or what it is"
        yield error(document, statement, "roles.order", match.span(), message, told.fact)
