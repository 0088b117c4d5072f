"""Figures told of more, or of another thing, than what they were computed of.

A cluster's price is not told of a larger cluster, a total's rank or median not of one side, and a rate of the day
before not as the settlement before; what part of a change of open interest was forced nobody knows.
"""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_LARGEST = re.compile(r"\b(?:largest|biggest|heaviest|densest|main) (?:\w+ ){0,2}?cluster\b", re.I)
_SMALLEST = re.compile(r"\b(?:smallest|lightest|thinnest|least|tiniest) (?:\w+ ){0,2}?(?:bucket|level)\b", re.I)
_CLUSTER = ("cluster_near", "cluster_far", "cluster_peak", "cluster_size", "cluster_distance", "cluster_share")


def of_largest(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is told of a side's largest cluster is of that one."""
    if (small := _SMALLEST.search(statement.text)) and not statement.scene.said("denial"):
        for told in statement.figures():
            if told.metric == "cluster_level_largest":
                message = f"{told.fact.id} is the largest; write that"
                yield error(document, statement, "roles.larger", absolute(statement, small), message, told.fact)
    matches = list(_LARGEST.finditer(statement.text))
    if len(matches) != 1 or statement.scene.said("denial"):
        return
    span = absolute(statement, matches[0])
    low, high = statement.clause(span[0])
    figures = [told for told in statement.figures() if low <= told.mention.start < high]
    for told in figures:
        if not told.metric.startswith(_CLUSTER) or len({one.fact.subject.at for one in figures}) != 1:
            continue
        rivals = document.sheet.all("cluster_size", side=told.fact.subject.side)
        own = next((fact for fact in rivals if fact.subject.at == told.fact.subject.at), None)
        larger = [fact for fact in rivals if own is not None and fact.number > own.number]
        if own is not None and larger:
            message = f"{told.fact.id} is of a smaller cluster; write that, or the largest one's"
            place = (told.mention.start, told.mention.end)
            yield error(document, statement, "roles.larger", place, message, told.fact, larger[0])
            return


_ONE_LEVEL = re.compile(
    r"\b(?:single|one|lone) (?:price )?(?:level|bucket|price)\b|\b(?:at|on) [$€][0-9.,]+ alone\b|\b(?:at|on) that"
    r" (?:level"
    r"|price)"
    r" alone\b",
    re.I,
)
_AT_ONE = re.compile(
    r"\b(?:at|on) (?:the |a |one )?single (?:price|level|bucket)\b|\b(?:at|on) [$€][0-9.,]+ alone\b", re.I
)
_WAY = re.compile(
    r"\b(?:climb|rise|rally|fall|drop|slide|move|gain|decline|dip)\b[^.;,]{0,40}? to [$€]|\bin all\b|\baltogether\b"
    r"|\bin total\b|\bon the way\b|\bcumulative",
    re.I,
)


def one_level(document: Document, statement: Statement) -> Iterator[Finding]:
    """What stands at one level is not told as the sum on the way there, nor a side's sum as that of one level."""
    if statement.scene.said("denial"):
        return
    for told in statement.figures():
        single = told.metric in ("cluster_level", "cluster_level_largest")
        runs = told.metric in ("reach_size", "reach_sum")
        match = (_WAY if single else _AT_ONE if runs else _ONE_LEVEL).search(statement.text)
        if (
            match
            and told.fact.unit == "usd"
            and (single or told.metric in ("side_total", "cluster_size", "reach_size", "reach_sum"))
        ):
            what = "of one level" if single else "of more than one level"
            message = f"{told.fact.id} is {what}; write that"
            yield error(document, statement, "roles.reach", (told.mention.start, told.mention.end), message, told.fact)
            return


_PART = re.compile(
    r"\b(?:most|much|half|part|all|some|the bulk|the majority|a third|a quarter|[0-9.]+%) of (?:that|it|this|the"
    r" (?:fall|drop|decline|change|decrease|unwinding)(?: in open interest)?) (?:was|were|came from|is|stemmed from"
    r"|owes to|reflects?|represents?) (?:\w+ )?(?:liquidations?|forced|closures?|force)\b"
    r"|\b(?:the )?(?:rest|remainder|balance|others?) (?:was|were|came from|is|are) (?:\w+ )?(?:traders?|holders?|people"
    r"|positions? (?:that|which)|those (?:who|that)|voluntary)\b[^.;]*?"
    r"(?:leav\w+|left|clos\w+|exit\w*|walk\w*|quit\w*|voluntar\w+|unw[io]\w+)",
    re.I,
)


def part_closed(document: Document, statement: Statement) -> Iterator[Finding]:
    """How much of a change of open interest was forced is not told: both are counted in other ways."""
    match = _PART.search(statement.text)
    if match and not statement.scene.said("denial"):
        message = "liquidations and open interest are counted apart, and neither is a part of the other; take it out"
        yield error(document, statement, "wording.cause", absolute(statement, match), message)


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


_TOTALS = ("liq_to_median", "liq_median", "liq_rank", "liq_to_oi")


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


_ABSORBED = re.compile(
    r"\b(?:bids|asks|orders|book)\b[^.;]{0,40}?\b(?:could|would|can|suffice to|enough to|ample to|able to)(?: \w+)? "
    r"(?:swallow|absorb|soak up|take up|meet|match|cover|digest|handle|satisfy|fill|take) (?:up )?"
    r"(?:all|every|the (?:whole|entire)|each)\b",
    re.I,
)


def absorbed(document: Document, statement: Statement) -> Iterator[Finding]:
    """Resting orders are as much as the modelled sum to their price where they are said to take all of it."""
    match = _ABSORBED.search(statement.text)
    scene = statement.scene
    if match is None or scene.said("denial"):
        return
    sides = {{"bids": "long", "asks": "short"}[one.name.removeprefix("book:")] for one in scene.said("book:")}
    for depth in document.sheet.all("depth"):
        for size in document.sheet.all("reach_sum", side=depth.subject.side, at=depth.subject.at):
            if depth.subject.side in sides and depth.number < size.number:
                message = f"{depth.id} is less than {size.id}; write that"
                yield error(document, statement, "roles.larger", absolute(statement, match), message, depth, size)
                return


_HOLDERS = (
    r"(?:traders|holders|accounts|investors|people|players|speculators|participants|everyone|everybody|the market)"
)
_CROWD = re.compile(
    rf"\b(?:more|most|fewer|the majority of|many) {_HOLDERS}(?: \w+)? (?:are|were|is|hold|sit|stay|remain|bet)(?:"
    rf" \w+)? "
    r"(?:longs?|shorts?)\b"
    r"|\bthere (?:are|were) (?:\w+ )?(?:more|fewer) (?P<one>longs|shorts) than (?P<two>longs|shorts)\b"
    r"|\b(?:longs|shorts) (?:\w+ )?outnumber (?:the )?(?:longs|shorts)\b (?:in|on|across) (?:the )?market\b",
    re.I,
)


def crowds(document: Document, statement: Statement) -> Iterator[Finding]:
    """How many are long and how many short nobody counts: each contract has one of either."""
    match = _CROWD.search(statement.text)
    if match is None or statement.scene.said(("denial", "kind:map", "kind:liquidations")):
        return
    message = "no fact counts who is long and who is short; say of which sums more is on one side"
    yield error(document, statement, "roles.held", absolute(statement, match), message)


_WITHIN = re.compile(
    r"\b(?:most|much|many|half|the bulk|nearly all|almost all|all|the majority) (?:of )?(?:them|it|that|these|which"
    r"|(?:the )?(?:longs|shorts|liquidations|closures|sum|total))\b[^.;]{0,40}?\b(?:in|within|during|over) "
    r"(?:the |just |only |a )*(?:\w+ )?(?:hours?|minutes?|session|time)\b(?P<when>[^.;,]{0,12}?\b(?:when|as|after"
    r"|before"
    r"|while|that)\b)?",
    re.I,
)


def timed_within(document: Document, statement: Statement) -> Iterator[Finding]:
    """When, within their window, positions were closed no fact says."""
    match = _WITHIN.search(statement.text)
    if match is None or match["when"] is None or statement.scene.said(("denial", "conditional")):
        return
    if statement.scene.said("kind:liquidations") or any(told.metric.startswith("liq_") for told in statement.figures()):
        message = "no fact says when within the window it was; take that out"
        yield error(document, statement, "roles.window", absolute(statement, match), message)


_BOOKS = {"bids": "long", "asks": "short"}
_WAY_TO = re.compile(
    r"\b(?P<book>bids|asks)\b[^,.;]{0,40}?\b(?<!add )(?<!adds )(?<!added )(?<!summed )(?P<way>up|down) to\b"
    r"(?! (?:about |some )?[$€][0-9.,]+ (?:million|billion|trillion))",
    re.I,
)
_AGAINST_SIDE = re.compile(
    r"\b(?P<side>longs?|shorts?)\b[^,.;]{0,60}?\b(?:exceeds?|exceeded|outweighs?|top|tops|outsizes?|dwarfs?|than|times"
    r"|outstrips?|surpass(?:es)?|fall short of|falls short of) (?:the |those |that of the |its |\w+['’]s"
    r" )*(?:resting )?"
    r"(?P<book>bids|asks)\b",
    re.I,
)
_FRONT = re.compile(r"(?:on|to) the (?P<way>upside|downside)\b,", re.I)


def way_to(document: Document, statement: Statement) -> Iterator[Finding]:
    """Bids are counted down to a price, and asks up to one."""
    for match in _WAY_TO.finditer(statement.text):
        up = match["way"].casefold() == "up"
        if up == (match["book"].casefold() == "bids"):
            message = f"{match['book']} rest {'below' if up else 'above'} the price; turn the way about"
            yield error(document, statement, "roles.side", absolute(statement, match), message)


_BOOK_FIRST = re.compile(
    r"\b(?P<book>bids|asks)\b[^,.;]{0,40}?\b(?:by|than|exceed|outweigh|match|cover|below|above|short of|less than"
    r"|more than)"
    r" (?:the |those )?(?:\w+ )?(?P<side>longs?|shorts?)\b",
    re.I,
)


def against_side(document: Document, statement: Statement) -> Iterator[Finding]:
    """Longs are set against bids, which lie on the way down as they do, and shorts against asks."""
    match = _AGAINST_SIDE.search(statement.text) or _BOOK_FIRST.search(statement.text)
    if match and document.sheet.all("depth") and not statement.scene.said("denial"):
        side = match["side"].casefold().rstrip("s")
        if _BOOKS[match["book"].casefold()] != side:
            message = f"{match['book']} do not stand where {side}s are; turn one about"
            yield error(document, statement, "roles.side", absolute(statement, match), message)


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
