"""Whether what a sentence speaks of can belong to what it is put to: a side, a level, a total, a currency, an interval.

These are rules of roles. Each asks for the kind of thing and not for its size.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import Document, Statement, Told
from commentary.checks.fit.moves import move_beside
from commentary.checks.supposed import supposes
from commentary.records.fact import Fact
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
    r"\b(?:(?:clusters?|level|reach|sum|bucket|stack) (?:of|for) (?:the |modelled |liquidated |bitcoin |ether |all )*"
    r"(?P<one>longs?|shorts?)|(?P<two>long|short|longs['’]|shorts['’])(?: side['’]?s?)? (?:liquidation )?(?:cluster"
    r"|level|reach"
    r"|sum|bucket|stack))\b(?! (?:above|below|of) )",
    re.I,
)
_OTHER = re.compile(r"\b(?:longs?|shorts?|price|mark|trades?|traded|against|than|while|and|band)\b", re.I)
_OF_SIDE = re.compile(
    r" (?:worth )?(?:of|in) (?:(?!and\b|or\b)[\w'’]+ ){0,3}?(?P<side>longs?|shorts?)\b(?! and\b| or\b|,? shorts)", re.I
)
_SIDE_OF = re.compile(
    r"\b(?P<side>longs?|shorts?)(?: positions| liquidations| closures)?(?: (?:worth|totalling|of|made up|make up"
    r"|accounted for"
    r"|account for|were|came to|lost|contributed|provided|supplied))? (?:about |some |roughly |all |nearly |the )?$",
    re.I,
)
_TOTALS = {"liq_total": "liq_size", "reach_total": "reach_size"}
_BOTH = re.compile(
    r"\b(?:both|together|combined|longs? (?:and|or|plus|as well as) (?:of )?shorts?|shorts? (?:and|or"
    r"|plus) (?:of )?longs?|either)\b",
    re.I,
)
_MONEY = re.compile(
    r"\b(?:(?:is|are|was|were|being|all|both|come|comes|given|stated|quoted|priced|counted|measured|expressed"
    r"|denominated|reckoned"
    r"|told|reported|settled|valued|worth) )+(?:\w+ )?in (?P<what>euros?|pounds?|sterling|yen|francs?|yuan|won"
    r"|roubles|rupees"
    r"|reais|lira|pesos|Canadian dollars|Australian dollars|EUR|GBP|JPY|USDT|USDC|tether|stablecoins?|dollars?)\b",
    re.I,
)
_SUMS = re.compile(
    r"\b(?:sums?|maps?|model|liquidations?|open interest|order book|depth|bids|asks|longs|shorts|totals?|amounts?)\b",
    re.I,
)
_PRICED = re.compile(r"\bprices?\b|\bmark\b|\bquote", re.I)
_TYPES = (
    ("mark", re.compile(r"\bmark(?: price)?\b", re.I)),
    ("spot", re.compile(r"\bspot(?: price)?\b", re.I)),
    ("index", re.compile(r"\bindex(?: price)?\b", re.I)),
    ("last", re.compile(r"\blast (?:price|trade|traded price)\b|\blast (?:traded|changed hands)\b", re.I)),
)
_EVERY = re.compile(
    r"\b(?:every|each|per|for|once (?:every|in)|at intervals of|in intervals of) (?P<n>one|two|three|four|six|eight"
    r"|twelve|"
    r"[0-9]+)[ -]hours?\b|\b(?P<m>one|two|four|six|eight|twelve|[0-9]+)[ -](?:hourly|hour (?:interval|rate"
    r"|settlements?|funding|"
    r"periods?|basis|cycle|rhythm))\b|\b(?P<h>hourly|every hour|each hour)\b",
    re.I,
)
_HOURS = {
    "once": 1,
    "twice": 2,
    "thrice": 3,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "eight": 8,
    "twelve": 12,
}
_A_DAY = re.compile(
    r"\b(?P<n>one|two|three|four|six|eight|[0-9]+|once|twice|thrice)(?: (?:settlements?|payments?|times|charges"
    r"|rates))?(?: \w+)? (?:a|per"
    r"|each|every) day\b",
    re.I,
)
_CHARGED = re.compile(
    r"\b(?:charged|settle[sd]?|settling|paid|pay|pays|due|collected|exchanged|levied|changes? hands|falls due"
    r"|accrues|applied"
    r"|billed|reset|calculated|comes|takes place|taken|owed|transferred|set|interval|payments?|settlements?)\b",
    re.I,
)
_JOINS = re.compile(
    r" (?:holds|applies|counts|stands|good|is|was|being|,|and|due|charged|paid|levied|settled|collected| )*"
)
_STRONG = {
    **dict.fromkeys(("crash", "crashed", "crashes", "collapsed", "collapses", "plummeted", "plummets", "nosedived"), 2),
    **dict.fromkeys(("skyrocketed", "rocketed", "cratered", "imploded", "exploded"), 2),
    **dict.fromkeys(("soared", "soars", "plunged", "plunges", "tumbled", "tumbles", "surged", "surges", "slumped"), 1),
    **dict.fromkeys(("slumps", "spiked", "leapt", "leaped", "dived", "dove", "vaulted", "ballooned", "jumped"), 1),
}
"""Verbs that say how strong a move was, with how many of the asset's usual daily moves it takes to bear them."""
_USUAL = {"price": Decimal("1.5"), "oi": Decimal("1.5")}
"""The usual daily move in percent where none was computed: bitcoin's calmest months have about so much."""
_SLIGHT = re.compile(
    r"\b(?:inched|edged|nudged|ticked|crept|slightly|marginally|a touch|a shade|barely moved|modestly|gently)(?: up"
    r"| down| higher| lower)?\b",
    re.I,
)
_BESIDE = 14
"""As far before its figure, in characters, a verb can stand."""
_DAY = 24
_SINGLE = re.compile(r"\b(?:largest|biggest|single|one|individual|heaviest) (?:\w+ ){0,4}?(?:orders?|prints?)\b", re.I)
_DEGREES = frozenset({"higher", "lower", "up", "down", "off", "ahead", "heavier", "lighter", "fewer", "more"})
"""Words of rise and fall that also say how two things compare."""
_FORCE = re.compile(r"\b(?:force|forces|flush|wipe|close|clear|squeeze|knock|stop|take)[a-z]* (?:out|by force)\b", re.I)
_FAR_OFF = 80
"""As far into its sentence, in characters, a level still opens it."""
_COVERED = re.compile(
    r"\b(?:all (?:of )?(?:the )?|every |each )(?:exchanges?|venues?)(?: (?:that|which) \w+ covers| it covers"
    r"| covered)?\b"
    r"|\b(?:the )?exchanges (?:that|which) \w+ covers\b",
    re.I,
)


def belongs(document: Document, statement: Statement) -> Iterator[Finding]:
    """Yield what is put to a side, level, currency or interval that it cannot be of."""
    if statement.asks:
        return
    yield from _placed(document, statement)
    yield from _levels(document, statement)
    yield from _level_forces(document, statement)
    yield from _unsplit(document, statement)
    yield from _totals(document, statement)
    yield from _currency(document, statement)
    yield from _price_type(document, statement)
    yield from _intervals(document, statement)
    yield from _strong(document, statement)
    yield from _mild(document, statement)
    yield from _order(document, statement)
    yield from _covered(document, statement)
    yield from _gaps(document, statement)
    yield from _all_but(document, statement)


def _error(
    document: Document, statement: Statement, code: str, span: tuple[int, int], message: str, *facts: Fact
) -> Finding:
    return document.finding(code, "error", statement.field, span, message, tuple(fact.id for fact in facts))


def _absolute(statement: Statement, match: re.Match[str], group: str | int = 0) -> tuple[int, int]:
    return statement.start + match.start(group), statement.start + match.end(group)


def _placed(document: Document, statement: Statement) -> Iterator[Finding]:
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
                yield _error(document, statement, "roles.side", _absolute(statement, match, "side"), message)
                return


def _levels(document: Document, statement: Statement) -> Iterator[Finding]:
    """The price of a side's level or cluster is told of that side."""
    text = statement.field.text
    for told in statement.figures():
        own = told.fact.subject.side
        if told.fact.unit != "price" or not told.metric.startswith(("cluster_", "reach_price")) or own is None:
            continue
        start = statement.clause(told.mention.start)[0]
        before = text[start : told.mention.start]
        named = list(_LEVEL_OF.finditer(before))
        if not named:
            continue
        side = (named[-1]["one"] or named[-1]["two"]).casefold().rstrip("'’s").rstrip("s")
        between = before[named[-1].end() :]
        if side != own and not _OTHER.search(between) and "$" not in between:
            message = f"{told.fact.id} is of {own}s; write that, or name the fact that is meant"
            span = (start + named[-1].start(), told.mention.end)
            yield _error(document, statement, "roles.side", span, message, told.fact)


def _level_forces(document: Document, statement: Statement) -> Iterator[Finding]:
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
            yield _error(document, statement, "roles.side", span, message, told.fact)


def _unsplit(document: Document, statement: Statement) -> Iterator[Finding]:
    """A side's liquidations are told of only where the record has them by side."""
    scene, sheet = statement.scene, document.sheet
    counted = any(told.metric == "liq_total" for told in statement.figures())
    if not (counted or scene.said("kind:liquidations")) or scene.said("kind:map") or supposes(scene):
        return
    if scene.said(("denial", "absent", "unknown", "ruled")):
        return
    recorded = sheet.all("liq_total")
    sides = scene.said("side:")
    if recorded and sides and not sheet.all("liq_size") and not sheet.all("liq_share") and not sheet.all("order_size"):
        mark = sides[0]
        message = f"{recorded[0].id} is not split by side; take the side out"
        yield _error(document, statement, "roles.held", (mark.start, mark.end), message, recorded[0])


def _totals(document: Document, statement: Statement) -> Iterator[Finding]:
    """A total of both sides is not told as one side's."""
    text = statement.field.text
    if _BOTH.search(statement.text) or statement.scene.said("denial"):
        return
    for told in statement.figures():
        if told.metric not in _TOTALS or not document.sheet.all(_TOTALS[told.metric], asset=told.fact.subject.asset):
            continue
        if _is_also_sided(document, told):
            continue
        start, end = statement.clause(told.mention.start)
        before = text[start : told.mention.start]
        match = _OF_SIDE.match(text[:end], told.mention.end)
        found = match.span("side") if match else None
        if found is None and (back := _SIDE_OF.search(before)):
            found = (start + back.start("side"), start + back.end("side"))
        if found:
            message = f"{told.fact.id} is of both sides; give the side's own figure"
            yield _error(document, statement, "roles.side", found, message, told.fact)


def _is_also_sided(document: Document, told: Told) -> bool:
    return any(
        fact.subject.side is not None and fact.value == told.fact.value
        for fact in document.sheet.all(_TOTALS[told.metric])
    )


def _currency(document: Document, statement: Statement) -> Iterator[Finding]:
    """Sums are dollars, and a price is of its own currency."""
    price = document.sheet.get("price")
    own = price.currency if price is not None else "USD"
    for match in _MONEY.finditer(statement.text):
        word = match["what"].casefold()
        before = re.split(r", | and | but | while | whereas ", statement.text[: match.start()])[-1]
        if word.startswith("dollar"):
            wrong = own != "USD" and bool(_PRICED.search(before)) and not _SUMS.search(before)
        elif word in ("euro", "euros", "eur"):
            wrong = bool(_SUMS.search(before)) or (own != "EUR" and bool(_PRICED.search(before)))
        else:
            wrong = bool(_SUMS.search(before) or _PRICED.search(before))
        if wrong and not statement.scene.said(("denial", "payers:"), statement.clause(statement.start + match.start())):
            message = f"nothing of that is in {match['what']}; name its own currency"
            yield _error(document, statement, "roles.unit", _absolute(statement, match), message)


def _price_type(document: Document, statement: Statement) -> Iterator[Finding]:
    """A mark price is not told as one of spot, of an index or of the last trade."""
    text = statement.field.text
    for told in statement.figures():
        kind = (told.fact.subject.at or "").partition(";")[0]
        if told.metric != "price" or kind not in ("mark", "last", "index", "spot"):
            continue
        low, high = statement.scene.before((told.mention.start, told.mention.end))
        stretch = text[low:high]
        if "," in stretch:
            stretch = stretch.rpartition(",")[2]
        named = [(match.start(), name, match) for name, pattern in _TYPES for match in pattern.finditer(stretch)]
        if not named:
            continue
        _, name, match = max(named, key=lambda one: one[0])
        alike = any(fact.value == told.fact.value for fact in document.sheet.all("price") if fact.subject.at == name)
        if name != kind and not alike:
            start = told.mention.start - len(stretch) + match.start()
            message = f"{told.fact.id} is the {kind} price; write that"
            yield _error(document, statement, "roles.metric", (start, start + len(match[0])), message, told.fact)


def _intervals(document: Document, statement: Statement) -> Iterator[Finding]:
    """Funding is told as settled, or as a rate, per interval that it has."""
    scene = statement.scene
    rates = [fact for fact in document.sheet.all("funding_rate") if fact.subject.window_hours is not None]
    if not rates or not scene.said(("kind:funding", "payers:")) or scene.said("denial"):
        return
    named = {mark.name.removeprefix("giver:") for mark in scene.said("giver:")}
    rates = [fact for fact in rates if fact.subject.venue in named] or rates
    own = {fact.subject.window_hours for fact in rates}
    if match := _A_DAY.search(statement.text):
        times = _HOURS.get(match["n"].casefold()) or int(match["n"])
        if all(hours is not None and Decimal(24) / hours != times for hours in own):
            message = f"{rates[0].id} has another interval; write its own"
            yield _error(document, statement, "roles.interval", _absolute(statement, match), message, rates[0])
    for match in _EVERY.finditer(statement.text):
        start, end = _absolute(statement, match)
        word = (match["n"] or match["m"] or "1").casefold()
        hours = Decimal(_HOURS.get(word) or int(word) if match["h"] is None else 1)
        right_before = [told for told in statement.figures() if told.mention.end + 1 >= start > told.mention.start]
        beside = [told for told in right_before if told.metric.startswith("funding")]
        low = statement.clause(start)[0]
        stretch = scene.text[low:start]
        figures = [told for told in statement.figures() if low <= told.mention.start < end]
        if beside:
            fact = beside[-1].fact
            wrong = fact.subject.window_hours not in (hours, None) and fact.unit in ("percent", "usd")
        else:
            near = [
                told
                for told in figures
                if told.metric == "funding_rate" and _JOINS.fullmatch(scene.text, told.mention.end, start)
            ]
            wrong = any(told.fact.subject.window_hours != hours for told in near)
            wrong = wrong or (hours not in own and not figures and _CHARGED.search(stretch) is not None)
        if wrong and not re.search(r"\b(?:not|rather than|instead of) $", scene.text[:start], re.I):
            message = f"{rates[0].id} has another interval; write its own"
            yield _error(document, statement, "roles.interval", (start, end), message, rates[0])


def _strong(document: Document, statement: Statement) -> Iterator[Finding]:
    """A strong verb takes a move of as many usual days as it says."""
    scene, sheet = statement.scene, document.sheet
    for match in re.finditer(r"[a-z]+", statement.text):
        times = _STRONG.get(match[0])
        if times is None or supposes(scene):
            continue
        start, end = _absolute(statement, match)
        told = next((one for one in statement.figures() if 0 <= one.mention.start - end <= _BESIDE), None)
        if told is None:
            yield from _bare(document, statement, (start, end), times)
        if told is None or not told.metric.startswith(("price_change", "oi_change")) or told.fact.unit != "percent":
            continue
        if told.fact.subject.window_hours != _DAY:
            continue
        sigma = sheet.get("daily_sigma") if told.metric.startswith("price") else None
        usual = sigma.number if sigma is not None else _USUAL["price"]
        if abs(told.fact.number) < times * usual:
            message = (
                f"{told.fact.id} is {told.fact.number:.1f}%, and a usual day has {usual:.1f}%; write 'rose' or 'fell'"
            )
            yield _error(document, statement, "wording.magnitude", (start, end), message, told.fact)


def _bare(document: Document, statement: Statement, span: tuple[int, int], times: int) -> Iterator[Finding]:
    """Hold a strong verb without a figure against the day's change of the price that it is said of."""
    scene = statement.scene
    near = [mark for mark in scene.said(("asset:", "kind:price"), (scene.clause(span[0])[0], span[0]))]
    if not near or len(scene.text[near[-1].end : span[0]].split()) > 1 or scene.said("denial") or statement.figures():
        return
    sigma = document.sheet.get("daily_sigma")
    usual = sigma.number if sigma is not None else _USUAL["price"]
    for fact in document.sheet.all("price_change"):
        if fact.subject.window_hours == _DAY and abs(fact.number) < times * usual:
            message = f"{fact.id} is {fact.number:.1f}%, and a usual day has {usual:.1f}%; write 'rose' or 'fell'"
            yield _error(document, statement, "wording.magnitude", span, message, fact)


def _mild(document: Document, statement: Statement) -> Iterator[Finding]:
    """A move of more than a usual day is not told as a slight one."""
    sigma = document.sheet.get("daily_sigma")
    for match in _SLIGHT.finditer(statement.text):
        start, end = _absolute(statement, match)
        told = next((one for one in statement.figures() if 0 <= one.mention.start - end <= _BESIDE), None)
        if told is None or told.metric != "price_change" or told.fact.subject.window_hours != _DAY or sigma is None:
            continue
        if abs(told.fact.number) > 2 * sigma.number:
            message = f"{told.fact.id} is more than two usual days' moves; write 'rose' or 'fell'"
            yield _error(document, statement, "wording.magnitude", (start, end), message, told.fact)


def _order(document: Document, statement: Statement) -> Iterator[Finding]:
    """A single order is told of with its own size and price, and only where one is at hand."""
    sizes = document.sheet.all("order_size")
    match = _SINGLE.search(statement.text) if "in the data" not in statement.text else None
    recorded = document.sheet.all("liq_largest")
    scene = statement.scene
    if (
        match
        and not sizes
        and not recorded
        and scene.said("kind:liquidations")
        and not scene.said(("denial", "absent"))
    ):
        message = "no fact at hand is of a single order; take it out, or say that the data lacks it"
        yield _error(document, statement, "roles.held", _absolute(statement, match), message)
        return
    yield from _of_order(document, statement, sizes)
    prices = document.sheet.all("order_price")
    text = statement.field.text
    for told in statement.figures():
        if told.metric != "price" or not prices or not re.search(r"\bat $", text[statement.start : told.mention.start]):
            continue
        low = statement.clause(told.mention.start)[0]
        of_order = [one for one in statement.figures() if one.metric in ("order_size", "liq_largest")]
        near = [one for one in of_order if low <= one.mention.start < told.mention.start]
        if near and not re.search(r"\b(?:price|mark|trad|now)\w*\b", text[near[-1].mention.end : told.mention.start]):
            message = f"{prices[0].id} is {prices[0].number:f}; write the order's own price"
            span = (told.mention.start, told.mention.end)
            yield _error(document, statement, "roles.metric", span, message, told.fact, prices[0])


def _of_order(document: Document, statement: Statement, sizes: list[Fact]) -> Iterator[Finding]:
    """The largest order is told with its own side, asset and exchange."""
    match = _SINGLE.search(statement.text)
    if match is None or len(sizes) != 1 or statement.scene.said("denial"):
        return
    own = sizes[0].subject
    low, high = statement.clause(statement.start + match.start())
    for group, value, code in (
        ("side:", own.side, "side"),
        ("asset:", own.asset, "asset"),
        ("giver:", own.venue, "venue"),
    ):
        marks = [mark for mark in statement.scene.said(group, (low, high))]
        marks = [mark for mark in marks if mark.name.partition(":")[2] not in sizes[0].source]
        if value and marks and all(mark.name.partition(":")[2] != value for mark in marks):
            message = f"{sizes[0].id} is of {value}; write that"
            yield _error(document, statement, f"roles.{code}", (marks[0].start, marks[0].end), message, sizes[0])


def _covered(document: Document, statement: Statement) -> Iterator[Finding]:
    """A figure of one exchange is not told as one of all that its source covers."""
    match = _COVERED.search(statement.text)
    if match is None or statement.scene.said("denial"):
        return
    figures = [told for told in statement.figures() if told.metric.startswith(("liq_", "oi_"))]
    if figures and all(told.fact.subject.venue not in (None, "all") for told in figures):
        message = f"{figures[0].fact.id} is of {figures[0].fact.subject.venue} alone; name it"
        yield _error(document, statement, "roles.venue", _absolute(statement, match), message, figures[0].fact)


def _gaps(document: Document, statement: Statement) -> Iterator[Finding]:
    """How far two sources are apart is no move in time."""
    for told in statement.figures():
        if not told.metric.startswith(("source_gap", "conflict_gap")):
            continue
        span = (told.mention.start, told.mention.end)
        word = move_beside(statement.scene, span)
        verb = word is not None and word.start < span[0] and statement.scene.word(word).casefold() not in _DEGREES
        if word is not None and verb:
            message = f"{told.fact.id} is how far two sources are apart; write that"
            yield _error(document, statement, "roles.metric", (word.start, span[1]), message, told.fact)


def _all_but(document: Document, statement: Statement) -> Iterator[Finding]:
    """What "all but 17" says is of the rest, not of those that the figure counts."""
    for told in statement.told:
        before = statement.field.text[statement.start : told.mention.start]
        if told.fact.unit not in ("count", "days") or not re.search(r"\ball but (?:the |about )?$", before, re.I):
            continue
        behind = statement.field.text[told.mention.end : statement.end]
        less = re.search(r"\b(?:fewer|less|lower|smaller|below|under|lighter|calmer|quieter)\b", behind, re.I)
        more = re.search(r"\b(?:more|higher|larger|above|greater|bigger|over|topped|exceeded|heavier)\b", behind, re.I)
        wrong = less if told.metric.endswith(("smaller", "lower")) else more
        other = more if wrong is less else less
        if wrong and not other and told.metric.endswith(("smaller", "lower", "larger", "further", "higher")):
            message = f"{told.fact.id} counts those themselves, and not the rest; turn it about"
            span = (told.mention.start, statement.field.text.index(wrong[0], told.mention.end) + len(wrong[0]))
            yield _error(document, statement, "roles.order", span, message, told.fact)
