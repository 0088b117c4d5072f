"""Figures told of more, or of another thing, than what they were computed of.

A total's rank or median is not told of one side, a rate of the day before not as the settlement before, a share of
lower settlements not as most of them, and what lies above the price not under the downside.
"""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_BEFORE = re.compile(
    r",? (?:at|of|in|from) (?:the )?(?:settlement (?:before|earlier)|(?:previous|preceding|prior) (?:settlement|one"
    r"|print"
    r"|interval))\b(?! (?:that|but one|day))",
    re.I,
)
_THEN = ("funding_previous", "funding_past")


def settled_before(document: Document, statement: Statement) -> Iterator[Finding]:
    """A rate of the settlement before is that one's, and of no earlier one."""
    for told in statement.figures():
        if not told.metric.startswith(_THEN):
            continue
        match = _BEFORE.match(statement.field.text, told.mention.end)
        before = document.sheet.get("funding_before", venue=told.fact.subject.venue)
        if match and before is not None and before.number != told.fact.number:
            message = f"{told.fact.id} was settled earlier; the settlement before is {before.id}"
            span = (told.mention.start, match.end())
            yield error(document, statement, "roles.earlier", span, message, told.fact, before)


_TOTALS = ("liq_to_median", "liq_median", "liq_rank", "liq_to_oi", "liq_to_before")


_SIDE_ALONE = re.compile(
    r"\b(?:liquidated (?:longs|shorts)(?: alone)?|(?:longs|shorts) alone|(?:long|short) liquidations(?: alone)?) "
    r"(?:corresponded to|equall?ed|came to|amounted to|were|was|are|equals?|made up|represented|stood at|reached) "
    r"(?:about |some |only |just |nearly |over |more than )?\Z",
    re.I,
)


def of_the_total(document: Document, statement: Statement) -> Iterator[Finding]:
    """What was computed of a day's total is not told of one side alone."""
    for told in statement.figures():
        if told.metric not in _TOTALS:
            continue
        low = statement.clause(told.mention.start)[0]
        if match := _SIDE_ALONE.search(statement.field.text, low, told.mention.start):
            message = f"{told.fact.id} is of longs and shorts together; write that"
            yield error(document, statement, "roles.side", match.span(), message, told.fact)
            continue
        before = [one for one in statement.figures() if low <= one.mention.start < told.mention.start]
        if before and before[-1].metric == "liq_size" and not any(one.metric == "liq_total" for one in before):
            own = {one.name for one in statement.scene.said("side:", (low, told.mention.end))}
            if own == {f"side:{before[-1].fact.subject.side}"}:
                message = f"{told.fact.id} is of longs and shorts together; write that"
                span = (told.mention.start, told.mention.end)
                yield error(document, statement, "roles.side", span, message, told.fact)


_THAN_MOST = re.compile(
    r"\b(?:(?P<more>outranked|outranks|exceeds|exceeded|tops|topped|beats|beat|(?:is|was|stands|ranks|sits|stood)"
    r" (?:above"
    r"|higher than|over))|(?P<less>trails|trailed|undercuts|undercut|(?:is|was|stands|ranks|sits|stood) (?:below"
    r"|lower than"
    r"|under)))(?: that of| those of)? (?:most|the majority|the bulk|more than half) of (?:the |its |all )*(?:\w+"
    r" ){0,3}"
    r"(?:settlements|prints|rates)\b",
    re.I,
)
_HALF = 50


def than_most(document: Document, statement: Statement) -> Iterator[Finding]:
    """A rate above most of the settlements held has more than half of them below it."""
    match = _THAN_MOST.search(statement.text)
    if match is None or statement.scene.said("denial"):
        return
    below, equal = (document.sheet.get(f"funding_{name}_share") for name in ("below", "equal"))
    if below is None or equal is None:
        return
    share = below.number if match["more"] else 100 - below.number - equal.number
    if share <= _HALF:
        message = f"{below.id} is {below.number:.1f}%; write that"
        yield error(document, statement, "roles.order", absolute(statement, match), message, below)


_WENT = re.compile(
    r" of open interest (?:\w+ ){0,2}?(?:vanish|disappear|evaporat|unw[io]|clos|left|gone|shed|eras|was added|were"
    r" added"
    r"|built|wip|unravel|exit|melt)\w*",
    re.I,
)


def level_as_change(document: Document, statement: Statement) -> Iterator[Finding]:
    """How much open interest there is is not told as how much of it went or came."""
    if statement.scene.said(("denial", "conditional")):
        return
    for told in statement.figures():
        match = _WENT.match(statement.field.text, told.mention.end, statement.end)
        if told.metric in ("oi_coin", "oi_usd") and match:
            message = f"{told.fact.id} is all there is, and not what went or came; give the change"
            span = (told.mention.start, match.end())
            yield error(document, statement, "roles.metric", span, message, told.fact)
            return


_FRONT = re.compile(r"(?:on|to) the (?P<way>upside|downside)\b,", re.I)


def fronted(document: Document, statement: Statement) -> Iterator[Finding]:
    """What a sentence opens with, the upside or the downside, is that of its modelled sums."""
    match = _FRONT.match(statement.text)
    if match is None:
        return
    side = "short" if match["way"].casefold() == "upside" else "long"
    sums = [
        told for told in statement.figures() if told.metric.startswith(("reach_size", "cluster_size", "side_total"))
    ]
    if sums and all(told.fact.subject.side not in (None, side) for told in sums):
        message = f"{sums[0].fact.id} lies on the other side of the price; turn one about"
        yield error(document, statement, "roles.side", absolute(statement, match), message, sums[0].fact)
