"""What is so, told as absent, escaped, still ahead, ordinary or agreed.

These are rules of roles and of direction: the inverse of claims.held, which asks that what is told of is at hand.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import Document, Statement
from commentary.checks.payers import payers
from commentary.checks.supposed import supposes
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_HOLDER = (
    r"(?:data(?: ?set)?|snapshot|file|feed|record|sheet|facts?|figures|numbers|source|sources|CoinGlass|Binance|Bybit"
    r"|Coinalyze|Kraken|history)"
)
_LACK = (
    r"(?:lacks?|lacked|(?:has|have|holds?) nothing (?:on|about|of)|omits?|omitted|leaves? out|left out|misses"
    r"|is missing|(?:offers?|holds?|contains?|has|have"
    r"|gives?"
    r"|carries|carry|includes?|provides?|features?|shows?|records?|reports?|knows) (?:no|neither|not a|not any)"
    r"|(?:does not|do not|doesn't|don't) (?:hold|contain|have|give|carry|include|provide|offer|feature"
    r"|record) (?:an?|any))"
)
_NOUNS = (
    (r"mark price|mark", ("price",), "mark"),
    (r"prices?(?: at all)?", ("price",), None),
    (r"settled (?:funding )?rate|funding rates?|funding|settlements?", ("funding_rate",), None),
    (r"open interest", ("oi_coin", "oi_usd"), None),
    (r"(?:recorded )?liquidations|liquidation (?:record|count|totals?|figures)", ("liq_total", "liq_size"), None),
    (r"liquidation maps?|maps?", ("reach_size", "cluster_size"), None),
    (r"order books?|bids|asks", ("depth",), None),
    (r"(?:support|resistance)(?: band)?", ("band_low",), None),
)  # fmt: skip
_FILL = r"(?:(?:an?|any|the|its|single|own|sort of|kind of|[A-Z]\w+'s|bitcoin's|ether's) )*"
_REST = (
    r"(?: (?:for|of|on|about) (?:\w+|the coin|this coin|the asset))?(?: whatsoever| at all| altogether| of any kind"
    r"| in the \w+)?(?=[.,;:!]|$)"
)
_ABSENT = re.compile(r"\b(?:is|are) (?:missing|absent|lacking|not given|not in the data|nowhere to be found)\b", re.I)
_ESCAPED = re.compile(
    r"\b(?:escaped?|escapes|avoided|avoids?|dodged|dodges|evaded|evades|skipped|skips|(?:was|were|are|is) (?:spared"
    r"|exempt"
    r"|free of|free from|relieved of|let off)|(?:paid|pay|pays|owed|owe|owes) (?:no|nothing|zero|not a cent)|without "
    r"paying|at no cost|got away without|got off (?:free|lightly)|(?:did not|didn't|do not|don't|never) (?:pay|owe"
    r"|face))\b",
    re.I,
)
_UNHURT = re.compile(
    r"\b(?:without(?: one| a single| any| a)?|not (?:one|a single)|no|escaped|avoided|dodged|spared|unscathed|unharmed"
    r"|untouched|free of|free from|got off)\b",
    re.I,
)
_UNHURT_ALONE = re.compile(r"\b(?:unscathed|unharmed|untouched|intact|got off free)\b", re.I)
_YET = re.compile(
    r"\b(?:(?:has|have) (?:yet to|not yet|not|never|so far not|still not|still to)|hasn't(?: yet)?|had yet to|is yet to"
    r"|remains to be|failed to|did not|didn't|never)\b(?: \w+)? (?:reach|reached|touch|touched|trade|traded|fall|fallen"
    r"|fell|drop|dropped|break|broken|broke|hit|pass|passed|cross|crossed|breach|breached|get|got|test|tested|arrive"
    r"|arrived|come|go|gone|slip|slipped|sink|sunk|dip|dipped|be reached|be passed|been reached|been passed|been hit"
    r"|been touched|been broken)\b",
    re.I,
)
_HELD = re.compile(
    r"\b(?:has|have) survived\b|\bsurvives\b|\bhas held(?: firm| fast| up)?(?=[.,;])|\bheld (?:firm|fast)\b"
    r"|\b(?:has held|held|holds|stayed|stays|remained|remains|has remained|has stayed|has kept|kept|is still|still"
    r"|has been|trades|trading|stood|stands|sits) (?:safely |well |just |comfortably )?(above|clear of|short of"
    r"|shy of|over|away from)\b"
    r"|\bis (?:still )?(?:intact|unbroken|untouched|unreached|untested)\b|\bremains (?:intact|unbroken|untouched"
    r"|unreached"
    r"|untested)\b",
    re.I,
)
_LEVEL = re.compile(r"\b(?:level|levels|liquidation price|end of (?:the|that) sum|reach)\b", re.I)
_ORDINARY = re.compile(
    r"\b(?:without (?:any |an )?(?:unusual|exceptional|extraordinary|notable|remarkable|outsized?|heavy|large|elevated)"
    r"|no (?:unusual|exceptional|extraordinary|notable|remarkable)|nothing (?:unusual|exceptional|extraordinary"
    r"|remarkable|out of the ordinary)|not (?:unusual|exceptional|extraordinary|remarkable)|ordinary|unremarkable"
    r"|routine"
    r"|run of the mill|commonplace|an average|typical|as usual|normal|in line with)\b",
    re.I,
)
_OFTEN = 5
"""A rank up to here among ninety days is no ordinary one: one day in eighteen."""
_CONFINED = re.compile(
    r"\b(?:confined|limited|restricted) to (?:the )?(?P<one>longs?|shorts?)\b(?! and)|\b(?:only|solely|exclusively"
    r"|purely|nothing but)"
    r" (?:the )?(?P<two>longs?|shorts?)\b(?! and)|\b(?P<three>longs?|shorts?) (?:only|alone)\b",
    re.I,
)
_LEVELS = {"long": "long", "lower": "long", "short": "short", "upper": "short"}
_HIT = re.compile(
    r"\b(?P<one>both|all|each|every|long|short|lower|upper)(?: of the)? levels?\b[^.,;]{0,30}?\b(?:has|have|had|was"
    r"|were|got) (?:\w+ )?(?:been )?(?:hit"
    r"|reached|passed|broken|crossed|touched|taken out|breached|tagged)\b"
    r"|\b(?:passed|broke|broken|reached|crossed|fallen through|fell through|risen through|rose through|hit|touched"
    r"|breached) (?:the |its |CoinGlass's |map's )*"
    r"(?P<two>long|short|lower|upper) level\b",
    re.I,
)
_AGREE = re.compile(
    r"\b(?:agrees?|agreed|concurs?|concurred|coincide[sd]?|match(?:es|ed)?|tall(?:y|ies|ied)|are at one|see eye to eye"
    r"|the same (?:size|count|figure|number|total|open interest|amount)|identical|are equal|(?:are )?in agreement"
    r"|(?:are )?in accord|in unison|(?:are )?unanimous|no (?:gap|difference|discrepancy|disagreement|dispute"
    r"|conflict|quarrel)|one (?:figure|number|count)|line up|lines up|(?:is|are|was|were) the same)\b",
    re.I,
)
_DIFFER = re.compile(r"(?:\b(?:not|never|fail(?:s|ed)? to|hardly|disagree\w*|differ\w*|do(?:es)? not)|n['’]t)\b", re.I)
_FRESH = re.compile(
    r"\b(?:no(?:ne|thing| figure| value)?\b[^.;]{0,40}?\b(?:dates? from|is|are|be"
    r"|comes? from)\b[^.;]{0,12}?\b(?:more than|older"
    r" than|over|above)|all[^.;]{0,30}? (?:(?:is|are) )?(?:less than|under|within|fresher than|younger than"
    r"|no more than"
    r"|no older than)) (?P<hours>an|one|two|three|four|five|six|[0-9]+)(?: full)? (?P<unit>hours?|days?|minutes?)\b"
    r"|\b(?:everything|all (?:the |of the |its )?(?:data|figures)|(?:the )?(?:whole|entire) (?:data|snapshot"
    r"|data set))\b"
    r"[^.;]{0,20}? (?P<fresh>fresh|current|up to date|up to the minute|recent|new|live|in date)\b",
    re.I,
)
_NUMBERS = {"an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_UNITS = {"minute": Decimal(1) / 60, "hour": Decimal(1), "day": Decimal(24)}


def denials(document: Document, statement: Statement) -> Iterator[Finding]:
    """Yield denials of what a fact says."""
    if statement.asks or supposes(statement.scene) or statement.scene.said("ruled"):
        return
    yield from _lacking(document, statement)
    yield from _unpaid(document, statement)
    yield from _unhurt(document, statement)
    yield from _unreached(document, statement)
    yield from _ordinary(document, statement)
    yield from _agreed(document, statement)
    yield from _confined(document, statement)
    yield from _alike(document, statement)
    yield from _reached(document, statement)
    yield from _fresh(document, statement)


def _found(
    document: Document, statement: Statement, code: str, match: re.Match[str], why: str, facts: list[Fact]
) -> Finding:
    span = (statement.start + match.start(), statement.start + match.end())
    return document.finding(code, "error", statement.field, span, why, tuple(fact.id for fact in facts))


def _lacking(document: Document, statement: Statement) -> Iterator[Finding]:
    """The data does not lack what a fact at hand is of."""
    for nouns, metrics, at in _NOUNS:
        held = [fact for metric in metrics for fact in document.sheet.all(metric)]
        held = [fact for fact in held if at is None or (fact.subject.at or "").startswith(at)]
        if not held:
            continue
        lack = re.search(rf"\b{_HOLDER} (?:\w+ )?{_LACK} {_FILL}(?:\w+ )?(?:{nouns}){_REST}", statement.text, re.I)
        gone = re.search(
            rf"(?:^|, |\band )(?:the |a |any )?(?:\w+ )?(?:{nouns}) {_ABSENT.pattern}", statement.text, re.I
        )
        none = re.search(
            rf"\bno {_FILL}(?:\w+ )?(?:{nouns})(?: \w+){{0,2}}? (?:is|are|was|were) (?:available|at hand|given|held"
            rf"|in the data|known|to hand"
            r"|supplied|provided|there|listed|shown|included)\b",
            statement.text,
            re.I,
        )
        mute = re.search(
            rf"\b{_HOLDER} (?:is|are|stays?|remains?|keeps?) (?:silent|mum|quiet|mute) (?:on"
            rf"|about) (?:\w+['’]s )?{_FILL}(?:{nouns}){_REST}",
            statement.text,
            re.I,
        )
        bare = re.search(
            rf"\b(?:there is no (?:record|trace|count|figure|data|word|mention|sign) (?:of|on|for)|nothing (?:in"
            rf"|on) the \w+ (?:tells|speaks|says"
            rf"|is known|bears|shows?|informs?)(?: \w+)? ?(?:of|on|about)?) (?:\w+['’]s )?{_FILL}(?:{nouns}"
            rf"|liquidations){_REST}",
            statement.text,
            re.I,
        )
        plain = re.search(rf"\bthere (?:is|are) no {_FILL}(?:{nouns}){_REST}", statement.text, re.I)
        match = plain or lack or gone or none or mute or bare
        if match and not _of_another(document, statement, held, match):
            why = f"{held[0].id} is at hand; take the denial out, or say what is missing of it"
            yield _found(document, statement, "roles.denied", match, why, held[:1])
            return


def _of_another(document: Document, statement: Statement, held: list[Fact], match: re.Match[str]) -> bool:
    """Say whether what is said to be missing is another exchange's, asset's or time's than what is at hand."""
    scene = statement.scene
    named = {mark.name.partition(":")[2] for mark in scene.said(("giver:", "asset:"))}
    own = {name for fact in held for name in (*fact.source, fact.subject.venue, fact.subject.asset)}
    words = re.search(
        r"\b(?:current|recent|fresh|live|new|second|earlier|previous|past|history|change|window|by (?:side"
        r"|exchange)|each|per)\b",
        match[0],
        re.I,
    )
    return bool(words) or bool(named - own - {document.sheet.asset})


def _unpaid(document: Document, statement: Statement) -> Iterator[Finding]:
    """The side that pays funding has not escaped it."""
    scene = statement.scene
    if not scene.said("kind:funding"):
        return
    for match in _ESCAPED.finditer(statement.text):
        before = scene.said("side:", (statement.start, statement.start + match.start()))
        sides, rates = payers(document.sheet, scene, [told.fact for told in statement.figures()])
        if before and len(sides) == 1 and before[-1].name.removeprefix("side:") in sides:
            why = f"by {rates[0].id} that side pays; turn the sides about, or take the denial out"
            yield _found(document, statement, "roles.payer", match, why, rates)


def _unhurt(document: Document, statement: Statement) -> Iterator[Finding]:
    """A side of which positions were closed by force has not gone free."""
    scene = statement.scene
    for match in _UNHURT.finditer(statement.text):
        start = statement.start + match.start()
        low, high = scene.clause(start)
        closed = scene.said("kind:liquidations", (start, high))
        alone = _UNHURT_ALONE.fullmatch(match[0])
        if not alone and (not closed or len(scene.text[start + len(match[0]) : closed[0].start].split()) > 3):
            continue
        sides = scene.said("side:", (low, start)) or scene.said("side:", (start, high))
        side = sides[-1].name.removeprefix("side:") if sides else None
        named = {mark.name.removeprefix("asset:") for mark in scene.said("asset:")}
        sized = [
            fact
            for fact in document.sheet.all("liq_size")
            if fact.subject.side == side and fact.number > 0 and fact.subject.asset in (named or {document.sheet.asset})
        ]
        between = scene.text[start + len(match[0]) : closed[0].start] if closed else ""
        if side and sized and not re.search(r"\b(?:record|count|history|map|more|other|further|split)\b", between):
            why = f"{sized[0].id} is {sized[0].number:f}; take the denial out"
            yield _found(document, statement, "roles.denied", match, why, sized[:1])
            return


def _unreached(document: Document, statement: Statement) -> Iterator[Finding]:
    """A level that price has passed is not told as one that it has yet to reach."""
    passed = [fact for fact in document.sheet.all("level_passed") if fact.text == "passed"]
    scene = statement.scene
    if not passed:
        return
    answers = re.match(r"(?:No|Not yet|Not so far)\b,?", statement.text) and statement.start
    asked = answers and _LEVEL.search(statement.field.text[: statement.start].rsplit(".", 1)[-1])
    figures = [told.fact for told in statement.figures() if told.metric == "reach_price"]
    if not _LEVEL.search(statement.text) and not asked and not figures:
        return
    match = _YET.search(statement.text) or _HELD.search(statement.text)
    if match is None or (scene.said("conditional") and not asked):
        return
    upper = re.search(r"\b(?:upper|short|higher)\b", statement.text, re.I)
    lower = re.search(
        r"\b(?:lower|long)\b", f"{statement.field.text[: statement.end] if asked else statement.text}", re.I
    )
    side = "short" if upper and not lower else "long" if lower and not upper else None
    sides = {fact.subject.side for fact in document.sheet.all("reach_price")}
    hit = [fact for fact in passed if fact.subject.side == side or (side is None and len(sides) == 1)]
    if figures:
        hit = [fact for fact in passed if any(fact.subject.at == one.subject.at for one in figures)]
    if hit:
        why = f"{hit[0].id} is {hit[0].text!r}; write that it was passed"
        yield _found(document, statement, "direction.crossed", match, why, hit[:1])


def _ordinary(document: Document, statement: Statement) -> Iterator[Finding]:
    """What ranks among the first of the days held is not told as ordinary."""
    scene = statement.scene
    kinds = (("kind:liquidations", "liq_rank"), ("kind:open_interest", "oi_change_rank"))
    match = _ORDINARY.search(statement.text)
    if match is None or scene.said("kind:map"):
        return
    for kind, metric in kinds:
        ranks = [fact for fact in document.sheet.all(metric) if fact.number <= _OFTEN]
        near = scene.said(kind, scene.clause(statement.start + match.start()))
        if near and ranks and not any(told.metric.endswith(("median", "rank")) for told in statement.told):
            why = f"{ranks[0].id} is {ranks[0].number:f}; give the rank"
            yield _found(document, statement, "roles.denied", match, why, ranks[:1])
            return


def _alike(document: Document, statement: Statement) -> Iterator[Finding]:
    """Two exchanges' rates are said to be the same only where they are."""
    scene = statement.scene
    match = _AGREE.search(statement.text)
    if match is None or not scene.said("kind:funding") or _DIFFER.search(statement.text[: match.start()]):
        return
    if re.search(r"\b(?:side|sign|way|direction|time|hour|payer|interval)\b", statement.text[match.end() :]):
        return
    named = {mark.name.removeprefix("giver:") for mark in scene.said("giver:")}
    rates = [fact for fact in document.sheet.all("funding_rate", at="settled") if fact.subject.venue in named]
    if len({fact.subject.venue for fact in rates}) > 1 and len({fact.number for fact in rates}) > 1:
        why = f"{rates[0].id} and {rates[1].id} differ; say which is the higher"
        yield _found(document, statement, "roles.denied", match, why, rates)


def _reached(document: Document, statement: Statement) -> Iterator[Finding]:
    """A level of the map is told as passed only where price has been there."""
    match = _HIT.search(statement.text)
    scene = statement.scene
    if match is None or scene.said(("denial", "unknown", "band")) or any(document.sheet.all("band_low")):
        return
    passed = {fact.subject.side for fact in document.sheet.all("level_passed") if fact.text == "passed"}
    named = next((match[name].casefold() for name in ("one", "two") if match[name]), "")
    sides: set[str | None] = {_LEVELS[named]} if named in _LEVELS else {"long", "short"} if named else set()
    held = {fact.subject.side for fact in document.sheet.all("reach_price")}
    missed = [fact for fact in document.sheet.all("reach_price") if fact.subject.side in sides - passed]
    if missed and sides <= held and not document.sheet.get("cluster_size"):
        why = f"price has not been at {missed[0].id}; say what would happen there"
        yield _found(document, statement, "direction.crossed", match, why, missed[:1])


def _confined(document: Document, statement: Statement) -> Iterator[Finding]:
    """Liquidations of both sides are not told as of one alone."""
    scene = statement.scene
    match = _CONFINED.search(statement.text)
    if match is None or not scene.said("kind:liquidations") or scene.said(("kind:map", "denial")):
        return
    side = (match["one"] or match["two"] or match["three"]).casefold().rstrip("s")
    named = {mark.name.removeprefix("asset:") for mark in scene.said("asset:")} or {document.sheet.asset}
    rest = [
        f
        for f in document.sheet.all("liq_size")
        if f.subject.side != side and f.subject.asset in named and f.number > 0
    ]
    if rest and not statement.figures():
        why = f"{rest[0].id} is {rest[0].number:f}; say how much of each side it was"
        yield _found(document, statement, "roles.denied", match, why, rest[:1])


def _agreed(document: Document, statement: Statement) -> Iterator[Finding]:
    """Two sources that differ by more than they may are not said to agree."""
    scene = statement.scene
    for gap in document.sheet.all("conflict_gap"):
        named = {mark.name.removeprefix("giver:") for mark in scene.said("giver:")}
        kind = "kind:price" if "price" in (gap.subject.at or "") else "kind:open_interest"
        two = set(gap.source) <= named or re.search(
            r"\b(?:both|two) (?:sources|vendors|counts)\b", statement.text, re.I
        )
        match = _AGREE.search(statement.text)
        if two and match and scene.said(kind) and not _DIFFER.search(statement.text[: match.start()]):
            why = f"{gap.id} is {gap.number:.1f}%; say that they differ"
            yield _found(document, statement, "roles.denied", match, why, [gap])


def _fresh(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is older than it may be is not told as fresh."""
    match = _FRESH.search(statement.text)
    if match is None:
        return
    hours = Decimal(0)
    if match["hours"]:
        word = match["hours"].casefold()
        hours = (_NUMBERS.get(word) or Decimal(word)) * _UNITS[match["unit"].casefold().rstrip("s")]
    old = [fact for fact in document.sheet.all("stale_age") if fact.number > hours]
    if old:
        why = f"{old[0].id} is {old[0].number:.1f} hours; say which is older"
        yield _found(document, statement, "roles.denied", match, why, old[:1])
