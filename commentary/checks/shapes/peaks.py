"""A level told as the lowest or highest of a time, such as "open interest is at its lowest in 90 days".

Ranks are computed of a day's liquidations and of changes of open interest, a share of settlements of the funding rate,
and of the price the low and the high of its candles' day; how a level of open interest, or of price over more than a
day, stands to all earlier ones is nowhere computed, so nothing bears such words.
"""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_END = r"(?:lowest|highest|smallest|largest|peak|trough|low|high|maximum|minimum|nadir|zenith)"
_AT = re.compile(
    rf"\b(?:at|to|near|close to|off|from|hit(?:s|ting)?|reach(?:es|ed|ing)?|set(?:s|ting)?|mark(?:s|ed|ing)?|touch(?:es"
    rf"|ed|ing)?) (?:its |the |an? |their |[0-9]+-day |[a-z]+-(?:day|week|month|year) |multi-\w+ )*{_END}\b"
    rf"(?! of [$€0-9])[^.;:]{{0,40}}?(?P<span>\b(?:in|of|for|since|over|on|among) (?:the |all |its |our |more than "
    rf"|past "
    rf"|last |held )*(?:[0-9]+|[a-z]+)[ -](?:days?|weeks?|months?|years?|history|record)\b)?"
    r"|\b(?:lower|higher|less|more|smaller|larger) than (?:it has been |it was |ever |on any day |at any (?:time|point)"
    r"|any (?:earlier|other|previous) (?:reading|level|day)|on (?:every|any) (?:other |earlier )?day)(?P<ever>\b)",
    re.I,
)
_LONG = re.compile(r"[0-9]+-(?:day|week|month|year)|(?:week|month|year|quarter)-|multi-", re.I)
_RANKED = ("_rank", "_share", "_next", "_further", "days_", "prints_")


def peaks(document: Document, statement: Statement) -> Iterator[Finding]:
    """A level of open interest, or of price beyond the day's range, is not told as the lowest or highest of a time."""
    scene = statement.scene
    if scene.said(("denial", "conditional", "kind:map", "kind:liquidations", "kind:funding", "kind:band")):
        return
    for match in _AT.finditer(statement.text):
        start = statement.start + match.start()
        marks = scene.said(("kind:", "asset:"), (scene.clause(start)[0], start))
        kinds = [mark.name for mark in marks if mark.name.startswith("kind:")] or ["kind:price"] * bool(marks)
        long = match["span"] or match["ever"] is not None or _LONG.search(match[0])
        if not kinds or (kinds[-1] != "kind:open_interest" and not (kinds[-1] == "kind:price" and long)):
            continue
        if any(told.metric.endswith(_RANKED) for told in statement.told) and kinds[-1] != "kind:open_interest":
            continue
        message = "no fact ranks this level among earlier ones; give it with its time, or the change and its rank"
        yield error(document, statement, "wording.record", absolute(statement, match), message)
        return
