"""Where something stands: above or below the price, and whose level a price is."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_THING = r"(?:liquidation )?(?:clusters?|levels?|buckets?|reach(?:es)?|sums?|stacks?|bulk|liquidations?|ones?)"
_UP, _DOWN = r"above|over|overhead|higher than|atop|upwards of", r"below|under|beneath|underneath|lower than|short of"
_HERE = (
    r"(?:(?:the|its|this|present|current|latest|mark|market|Binance|Kraken|Bitcoin|Ether|asset) )*(?:price|mark|market)"
)
_HOLDS = (
    r"(?:consists?|consisted|is composed|composed|is made up|made up|are made up|is full|comprises?|is comprised"
    r"|holds?|held"
    r"|contains?|is|are|is one|belongs?|is formed|formed|represents?|gathers?|collects|stands for|carries)"
)
_PLACED = (
    re.compile(
        rf"\b{_THING}\b(?:,? (?:on the map|modelled|that (?:lies|lie|sits|sit)))? (?P<place>{_UP}|{_DOWN})(?: {_HERE})?"
        rf"(?:,(?:[^,;]|,(?=[0-9]))*,)? {_HOLDS}(?: up)?(?: (?:of|by|to|from|only|mainly|mostly|all|modelled|about"
        rf"|some|\$[\d.,]+ \w+))* "
        r"(?:the )?(?P<side>longs?|shorts?)\b(?! (?:of|by|term))",
        re.I,
    ),
    re.compile(
        rf"\b(?P<side>longs?|shorts?)\b(?: (?:{_THING}|worth|of|about|rest|rests|resting|[$€][\d.,]+|million"
        rf"|billion|modelled|liquidations|positions|that|which|sit|sits|lie|lies|stand|are|"
        rf"stacked|is|in|the|model|map|wait|waits|waiting|rest|gather|gathered|bunch|cluster"
        rf"|pile up)){{0,7}} (?P<place>{_UP}|{_DOWN}) {_HERE}\b",
        re.I,
    ),
    re.compile(
        rf"\b(?P<place>{_UP}|{_DOWN}) {_HERE}\b,? (?:(?:lies?|sits?|stands?|are|is|wait|come|the (?:map"
        rf"|model) (?:has|puts|shows|"
        rf"places|lists|counts)|CoinGlass(?:'s \w+)? (?:has|puts|shows|places|lists|models)|there (?:is|are)|a|an"
        rf"|the|its|nearest|largest"
        rf"|biggest|dense|modelled|cluster|clusters|level|levels|sum|sums|of|only|about|\$[\d.,]+|million|billion) )*"
        r"\b(?P<side>longs?|shorts?)\b",
        re.I,
    ),
)
_LEVEL_OF = re.compile(
    r"\b(?:(?:clusters?|concentrations?|level|reach|sum|bucket|stack) (?:of|for) (?:the |modelled |liquidated "
    r"|bitcoin |ether |all )*"
    r"(?P<one>longs?|shorts?)|(?P<two>long|short|longs['’]|shorts['’])(?: side['’]?s?)? (?:liquidation )?(?:cluster"
    r"|level|reach"
    r"|sum|bucket|stack))\b(?! (?:above|below|of(?! the (?:map|model))) )",
    re.I,
)
_OTHER = re.compile(r"\b(?:longs?|shorts?|price|mark|trades?|traded|against|than|while|and|band)\b", re.I)
_FORCE = re.compile(r"\b(?:force|forces|flush|wipe|close|clear|squeeze|knock|stop|take)[a-z]* (?:out|by force)\b", re.I)
_FAR_OFF = 80
"""As far into its sentence, in characters, a level still opens it."""


def placed(document: Document, statement: Statement) -> Iterator[Finding]:
    """On a map shorts stand above the price and longs below it."""
    scene = statement.scene
    mapped = any(told.metric.startswith(("reach_", "cluster_", "side_total")) for told in statement.told)
    if not (mapped or scene.said("kind:map")) or scene.said("denial") or any(document.sheet.all("level_passed")):
        return
    for pattern in _PLACED:
        for match in pattern.finditer(statement.text):
            begun = max(statement.text.rfind(sign, 0, match.start()) for sign in ",;:")
            front = (statement.start + begun + 1, statement.start + match.start("place"))
            if match.start("place") < match.start("side") and scene.said("side:", front):
                # "Longs lie below the mark, shorts above it": the place is that of the side before it.
                continue
            above = re.fullmatch(_UP, match["place"], re.I) is not None
            side = match["side"].casefold().rstrip("s")
            if (side == "short") != above:
                where = "below" if side == "long" else "above"
                message = f"{side}s are liquidated {where} the price; turn the side or the place about"
                yield error(document, statement, "roles.side", absolute(statement, match, "side"), message)
                return


def own_levels(document: Document, statement: Statement) -> Iterator[Finding]:
    """The price of a side's level or cluster is told of that side."""
    text = statement.field.text
    for told in statement.figures():
        own = told.fact.subject.side
        if told.fact.unit != "price" or not told.metric.startswith(("cluster_", "reach_price")) or own is None:
            continue
        start = statement.clause(told.mention.start)[0]
        before = text[start : told.mention.start]
        named = list(_LEVEL_OF.finditer(before))
        if not named and "$" not in text[statement.start : start]:
            # "The nearest cluster of longs, as CoinGlass models it, culminates at $2,480".
            start, before = statement.start, text[statement.start : told.mention.start]
            named = list(_LEVEL_OF.finditer(before))
        if not named:
            continue
        side = (named[-1]["one"] or named[-1]["two"]).casefold().rstrip("'’s").rstrip("s")
        between = before[named[-1].end() :]
        if side != own and not _OTHER.search(between) and "$" not in between:
            message = f"{told.fact.id} is of {own}s; write that, or name the fact that is meant"
            span = (start + named[-1].start(), told.mention.end)
            yield error(document, statement, "roles.side", span, message, told.fact)


_MOVE_TO = re.compile(
    r"\b(?P<side>long|short)(?:s| liquidations| positions) (?:over|within|in|on|across|for|during) an? \S+% "
    r"(?:fall|drop|decline|slide|rise|gain|climb|move|advance) to \Z",
    re.I,
)


def ends_of_moves(document: Document, statement: Statement) -> Iterator[Finding]:
    """What a move to a price holds is of the side that this price is of: "of longs over a 2.5% fall to $60,593"."""
    for told in statement.figures():
        own = told.fact.subject.side
        if told.metric != "reach_price" or own is None:
            continue
        match = _MOVE_TO.search(statement.field.text, statement.start, told.mention.start)
        if match and match["side"].casefold() != own:
            message = f"{told.fact.id} is of {own}s; write that, or name the fact that is meant"
            yield error(document, statement, "roles.side", (match.start(), told.mention.end), message, told.fact)


_CALLED = re.compile(
    r",? (?:the|its|a|that) (?P<end>lower|upper|higher) (?:end|level|reach|one|bound) (?:of|on|in) (?:the |a |its "
    r"|that |\w+['’]s )*"
    r"(?:\w+ )?(?:map|model|estimate)\b",
    re.I,
)


def called_end(document: Document, statement: Statement) -> Iterator[Finding]:
    """The price of a level is called the upper or the lower one as it is."""
    for told in statement.figures():
        side = told.fact.subject.side
        if told.metric != "reach_price" or side is None:
            continue
        match = _CALLED.match(statement.field.text, told.mention.end, statement.end)
        if match and (match["end"].casefold() == "lower") != (side == "long"):
            message = f"{told.fact.id} is of {side}s, and the other end; write that"
            yield error(document, statement, "roles.side", (told.mention.start, match.end()), message, told.fact)


_END_OF = re.compile(
    r"\b(?P<end>lower|upper|higher) (?:modelled |mapped )?(?:level|end|reach|one)\b[^.;]{0,30}?,? (?:that|the one)"
    r" (?:of|for) "
    r"(?:the )?(?P<side>longs?|shorts?)\b",
    re.I,
)
_END = re.compile(
    r"\b(?P<end>lower|upper|higher) (?:modelled |mapped )?(?:level|end|reach|one)\b(?! of the band)", re.I
)


def ends_of_map(document: Document, statement: Statement) -> Iterator[Finding]:
    """The lower level of a map is of longs and the upper one of shorts, and so is the distance to it."""
    scene = statement.scene
    if scene.said(("denial", "kind:band")) or not document.sheet.all("reach_price"):
        return
    match = _END_OF.search(statement.text)
    if match and (match["end"].casefold() == "lower") != match["side"].casefold().startswith("long"):
        message = "longs are liquidated at the lower level and shorts at the upper one; turn it about"
        yield error(document, statement, "roles.side", absolute(statement, match), message)
        return
    ends = list(_END.finditer(statement.text))
    ways = [told for told in statement.figures() if told.metric.startswith(("reach_distance", "distance_"))]
    if len(ends) != 1 or not ways or len({told.fact.subject.side for told in ways}) != 1:
        return
    side = ways[0].fact.subject.side
    at = statement.start + ends[0].start()
    alone = scene.clause(at) == scene.clause(ways[0].mention.start) and not scene.said("side:", scene.clause(at))
    if side and alone and (ends[0]["end"].casefold() == "lower") != (side == "long"):
        message = f"{ways[0].fact.id} is to the {'lower' if side == 'long' else 'upper'} level; write that"
        yield error(document, statement, "roles.side", absolute(statement, ends[0]), message, ways[0].fact)


_CONSISTS = re.compile(
    r"\b(?:consists?|is made up|is composed|made up|is full) (?:of|by) (?:\w+ ){0,2}?(?P<side>longs?|shorts?)\b", re.I
)


def consisting(document: Document, statement: Statement) -> Iterator[Finding]:
    """What the cluster or level of a price consists of is of its side."""
    match = _CONSISTS.search(statement.text)
    told = [
        one for one in statement.figures() if one.fact.unit == "price" and one.metric.startswith(("cluster_", "reach_"))
    ]
    sides = {one.fact.subject.side for one in told}
    if match is None or len(sides) != 1 or statement.scene.said("denial"):
        return
    side = match["side"].casefold().rstrip("s")
    if side not in sides and None not in sides:
        message = f"{told[0].fact.id} is of {told[0].fact.subject.side}s; write that"
        yield error(document, statement, "roles.side", absolute(statement, match, "side"), message, told[0].fact)


def level_forces(document: Document, statement: Statement) -> Iterator[Finding]:
    """A level of a side's is no price at which the other side would be closed."""
    scene = statement.scene
    sides = {mark.name.removeprefix("side:") for mark in scene.said("side:")}
    sized = any(told.fact.subject.side and told.fact.unit != "price" for told in statement.figures())
    if len(sides) != 1 or sized or not (scene.said("kind:liquidations") or _FORCE.search(statement.text)):
        return
    for told in statement.figures():
        own = told.fact.subject.side
        levels = {fact.subject.side for fact in document.sheet.all("reach_price")}
        if told.metric != "reach_price" or own in sides or own is None or not levels > {own}:
            continue
        if told.mention.start - statement.start <= _FAR_OFF and not scene.said(("denial", "kind:band")):
            message = f"{told.fact.id} is of {own}s; write that, or name the other level"
            span = (told.mention.start, told.mention.end)
            yield error(document, statement, "roles.side", span, message, told.fact)
