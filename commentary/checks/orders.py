"""Orders of two things that are not written "larger than": nearer, older, the lower of two counts, a place in a range.

These are rules of roles. Both ends are looked up, and where both are at hand the order is computed.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from commentary.checks.base import Document, Statement
from commentary.checks.compared import sizes_of
from commentary.checks.supposed import supposes
from commentary.records.fact import Fact, Side
from commentary.records.finding import Finding

_OTHER: dict[Side, Side] = {"long": "short", "short": "long"}
_SIDES: dict[str, Side] = {
    "long": "long",
    "short": "short",
    "lower": "long",
    "upper": "short",
    "downside": "long",
    "upside": "short",
}
_SIDE = re.compile(r"\b(longs?|shorts?|lower|upper|downside|upside)['’]?\b(?! (?:than|of|sum|total|by)\b)", re.I)
_NEAR = re.compile(
    r"\b(nearer|closer|nearest|closest|less distant|less far|less remote|farther|further|more distant|more remote"
    r"|farthest|furthest|most distant|remoter)\b(?! (?:cluster|clusters|bucket|fall|rise|drop|gain|decline"
    r"|than one)\b)",
    re.I,
)
_FAR = re.compile(r"(?:farther|further|more|farthest|furthest|most|remoter)", re.I)
_ALONE = re.compile(r" (?:to (?:the |its )?(?:\w+ )?(?:price|mark|market)|of the two|level|one)\b")
"""Behind "nearest", where it is said of one of two: "the nearest cluster of longs" is said of longs' own."""
_PLACES = re.compile(r"\b(?:level|levels|end|ends|cluster|clusters|reach|sum|one|map|threshold|price|mark)\b", re.I)
_LOW = "lower|smaller|lesser|lowest|smallest|fewer|less|lighter|cheaper|milder|gentler|slighter|thinner|lower-end"
_HIGH = (
    "higher|larger|bigger|greater|highest|largest|biggest|steeper|more|heavier|dearer|costlier|stiffer|taller|fuller"
)
_NOUN = (
    r"(?:one|exchange|venue|figure|count|reading|number|total|value|estimate|sum|tally|funding rate|funding|rate"
    r"|of the two"
    r"|open interest"
    r"|charge|cost|fee|settlement|amount|stock|tab)"
)
_ONE = re.compile(
    rf"\b(?P<word>{_LOW}|{_HIGH}) {_NOUN}\b(?! than\b)|\b(?:is|was|are|were) the (?P<alone>{_LOW}|{_HIGH})(?=[.,;:]"
    rf"| of\b)"
    r"|\b(?P<place>above|below|over|under|beneath) (?:where|what|that of|the (?:figure|count|number) of)\b",
    re.I,
)
_BELOW = frozenset({"below", "under", "beneath"})
_THAN = re.compile(
    rf"\b(?P<word>{_LOW}|{_HIGH})\b(?: (?!than\b)[\w'-]+){{0,5}}? than (?:it does )?(?:on |at |in |to |for "
    rf"|from )?(?:the )?",
    re.I,
)
_NOT = re.compile(r"\b(?:not|rather than|unlike|instead of|than)(?: (?:on|at|in|from|by))? $", re.I)
_UNITS = re.compile(
    rf"\b(?P<word>{_LOW}|{_HIGH}|faster|deeper|further|harder|sharper|slower"
    rf"|shallower)\b[^.;,]*?\bin (?P<one>coins?|dollars?|dollar terms"
    r"|coin terms)\b[^.;,]*?\bthan in (?P<two>coins?|dollars?|dollar terms|coin terms)\b",
    re.I,
)
_UNITS_BEFORE = re.compile(
    rf"\bin (?P<one>coins?|dollars?|dollar terms|coin terms)\b[^.;]*?\b(?P<word>{_LOW}|{_HIGH}|faster|deeper"
    rf"|further|harder|sharper|slower|shallower)"
    r" than in (?P<two>coins?|dollars?|dollar terms|coin terms)\b",
    re.I,
)
_LESSER = re.compile(rf"(?:{_LOW}|slower|shallower)", re.I)
_AGES = re.compile(
    r"\b(?P<same>(?:is|was|are|were|dates?) (?:of|from) the (?:same|very same) (?:hour|time|moment|minute|day) as"
    r"|(?:is|are|was|were) (?:just )?as (?:recent|old|new|fresh|current) as)"
    r"|\b(?:was|were|is|are) (?:drawn|made|taken|read|dated|stamped|computed|captured|recorded|counted"
    r"|struck) (?:\w+ )?(?:(?P<after>after|later"
    r" than)|(?P<before>before|earlier than|ahead of))|"
    r"\b(?P<later>postdates?|post-dates?|(?:is|was|are) (?:newer|fresher|younger|later|more recent) than|came after"
    r"|comes after|is of a later time than)"
    r"|\b(?P<earlier>predates?|pre-dates?|(?:is|was|are) (?:older|staler|earlier|less recent) than|came before"
    r"|comes before)\b",
    re.I,
)
_SAME = timedelta(hours=1)
_KINDS = {
    "kind:price": ("price",),
    "kind:open_interest": ("oi_coin", "oi_usd"),
    "kind:map": ("reach_size", "cluster_size", "map_window"),
    "kind:funding": ("funding_rate",),
    "kind:liquidations": ("liq_total",),
    "kind:depth": ("depth",),
    "kind:band": ("band_marked",),
}
_RANGE = re.compile(
    r"\b(?:near|at|close to|towards?|by|not far from|just off|just under|just below|around) (?:the "
    r"|its )?(?:very )?(?P<end>top|"
    r"upper end|high|ceiling|peak|bottom|lower end|low|floor|foot|middle|mid-?point|centre"
    r"|center)\b[^.;]{0,25}?\brange\b"
    r"|\b(?:closer|nearer) to (?:the |its )?(?:[\w-]+ ){0,2}?(?P<end3>top|high|upper end|peak|bottom|low"
    r"|lower end)\b[^.;]{0,12}? than"
    r"|\b(?P<end4>upper|lower|top|bottom|middle) (?:half|third|quarter|fifth|part|end"
    r"|reaches)(?: \w+)? of [^.;]{0,20}?\brange\b"
    r"|\brange\b[^.;]{0,25}?\b(?:near|at|close to|towards?) (?:the |its )?(?P<end2>top|upper end|high|bottom|lower end"
    r"|low|middle|mid-?point)\b",
    re.I,
)
_TOPS = frozenset({"upper", "top", "upper end", "high", "ceiling", "peak"})
_MIDDLES = ("mid", "cent")
_THIRD = Decimal(1) / 3


def orders(document: Document, statement: Statement) -> Iterator[Finding]:
    """Yield orders that the facts have the other way about."""
    if statement.asks or supposes(statement.scene) or statement.scene.said("ruled"):
        return
    yield from _nearer(document, statement)
    yield from _of_two(document, statement)
    yield from _units(document, statement)
    yield from _ages(document, statement)
    yield from _range(document, statement)
    yield from _together(document, statement)
    yield from _mostly(document, statement)
    yield from _rank(document, statement)
    yield from _assets(document, statement)


def _turned(
    document: Document, statement: Statement, match: re.Match[str], facts: tuple[Fact, ...], code: str = "larger"
) -> Finding:
    span = (statement.start + match.start(), statement.start + match.end())
    ids = tuple(fact.id for fact in facts)
    message = f"by {ids[0]} and {ids[-1]} it is the other way about; turn it"
    return document.finding(f"roles.{code}", "error", statement.field, span, message, ids)


def _nearer(document: Document, statement: Statement) -> Iterator[Finding]:
    """The side whose level is called the nearer to price has the nearer one."""
    text = statement.text
    if not statement.scene.said("kind:map") and not re.search(r"\blevels?\b", text, re.I):
        return
    if statement.scene.said(("denial", "band")):
        return
    if way := _WAY.search(text):
        own, other = (
            _distances(document, statement, side)
            for side in (_SIDES[way["side"].casefold()], _OTHER[_SIDES[way["side"].casefold()]])
        )
        if own and other and (abs(own[0].number) < abs(other[0].number)) != (way["less"] is not None):
            yield _turned(document, statement, way, (own[0], other[0]))
        return
    if even := _EVEN.search(text):
        longs, shorts = _distances(document, statement, "long"), _distances(document, statement, "short")
        apart = [abs(abs(one.number) - abs(two.number)) for one in longs[:1] for two in shorts[:1]]
        if apart and apart[0] > _TENTH:
            yield _turned(document, statement, even, (longs[0], shorts[0]))
        return
    for match in _NEAR.finditer(text):
        start, end = statement.clause(statement.start + match.start())
        start, end = start - statement.start, end - statement.start
        before = list(_SIDE.finditer(text, start, match.start()))
        behind = list(_SIDE.finditer(text, match.end(), end))
        if match[0].casefold().endswith("est") and not _ALONE.match(text, match.end()):
            continue
        owner = before[-1] if before else (behind[0] if behind else None)
        if owner is None or not _PLACES.search(text):
            continue
        side = _SIDES[owner[1].casefold().rstrip("s")]
        own = _distances(document, statement, side)
        other = _distances(document, statement, _OTHER[side])
        if not own or not other:
            continue
        farther = _FAR.match(match[0]) is not None
        one, two = (min(found, key=lambda fact: abs(fact.number)) for found in (own, other))
        wrong = abs(one.number) < abs(two.number) if farther else abs(one.number) > abs(two.number)
        if wrong and not _any(own, other, farther):
            yield _turned(document, statement, match, (one, two))
            return


def _any(own: list[Fact], other: list[Fact], farther: bool) -> bool:
    """Say whether any pair alike in kind stands as said: the largest cluster's distance is one too."""
    return any(
        (abs(one.number) > abs(two.number)) == farther
        for one in own
        for two in other
        if one.subject.metric == two.subject.metric and one.subject.at == two.subject.at and one.subject.at == "1"
    )


def _distances(document: Document, statement: Statement, side: Side) -> list[Fact]:
    clusters = document.sheet.all("cluster_distance", side=side)
    reaches = document.sheet.all("reach_distance", side=side)
    return clusters if clusters and (statement.scene.said("kind:map") or not reaches) else reaches


def _of_two(document: Document, statement: Statement) -> Iterator[Finding]:
    """Of two sources or exchanges, the one that has the lower or the steeper figure has it."""
    scene, text = statement.scene, statement.text
    if scene.said(("kind:funding", "payers:pays")) and not scene.said("kind:open_interest"):
        every = [fact for fact in document.sheet.all("funding_rate") if fact.subject.at != "predicted"]
    elif scene.said("kind:open_interest"):
        every = document.sheet.all("oi_coin")
    else:
        return
    named = [mark for mark in scene.said("giver:") if any(_is_of(fact, mark.name) for fact in every)]
    if len({_owner(fact) for fact in every}) < 2 or not named or scene.said("payers:receives"):
        return
    for match in (*_THAN.finditer(text), *_ONE.finditer(text)):
        if match.re is _THAN and not any(mark.start >= statement.start + match.end() - 1 for mark in named):
            continue
        clause = scene.clause(statement.start + match.start())
        before = [m for m in named if m.end <= statement.start + match.start()]
        before = [m for m in before if not _NOT.search(scene.text, statement.start, m.start)]
        behind = [m for m in named if m.start >= statement.start + match.start() and m.end <= clause[1]]
        behind = [m for m in behind if not _NOT.search(scene.text, statement.start, m.start)]
        owner = next(iter(before[-1:] or behind), None)
        if owner is None:
            continue
        own = [fact for fact in every if _is_of(fact, owner.name)]
        rest = [fact for fact in every if fact not in own]
        found = match.groupdict()
        word = found.get("word") or found.get("alone") or found.get("place") or ""
        lower = _LESSER.fullmatch(word) is not None or word.casefold() in _BELOW
        if (
            own
            and rest
            and not any((one.number < two.number) == lower and one.number != two.number for one in own for two in rest)
        ):
            yield _turned(document, statement, match, (own[0], rest[0]))
            return


def _owner(fact: Fact) -> str:
    return fact.subject.venue if fact.subject.metric.startswith("funding") else " ".join(fact.source)  # type: ignore[return-value]


def _is_of(fact: Fact, mark: str) -> bool:
    name = mark.removeprefix("giver:")
    return fact.subject.venue == name if fact.subject.metric.startswith("funding") else name in fact.source


def _units(document: Document, statement: Statement) -> Iterator[Finding]:
    """A change said to be greater in coin than in dollars is so."""
    for match in (*_UNITS.finditer(statement.text), *_UNITS_BEFORE.finditer(statement.text)):
        hours = {Decimal(mark.name.removeprefix("window:")) for mark in statement.scene.said("window:")}
        hours |= {told.fact.subject.window_hours for told in statement.told if told.style.startswith("window")}  # type: ignore[misc]
        metrics = ["oi_change_coin" if match[end].startswith("coin") else "oi_change_usd" for end in ("one", "two")]
        for one in document.sheet.all(metrics[0]):
            wanted = hours or {Decimal(24)}
            other = next((f for f in document.sheet.all(metrics[1], window=one.subject.window_hours)), None)
            if other is None or one.subject.window_hours not in wanted or metrics[0] == metrics[1]:
                continue
            less = _LESSER.fullmatch(match["word"]) is not None
            if (abs(one.number) < abs(other.number)) != less:
                yield _turned(document, statement, match, (one, other))


def _ages(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is said to be older than another kind of data is so."""
    scene = statement.scene
    for match in _AGES.finditer(statement.text):
        at, end = statement.start + match.start(), statement.start + match.end()
        low, high = scene.clause(at)
        own = [mark for mark in scene.said("kind:", (low, at)) if mark.name in _KINDS]
        others = [mark for mark in scene.said("kind:", (end, high)) if mark.name in _KINDS]
        gap = scene.text[end : others[0].start] if others else ""
        if not own or not others or len(gap.split()) > 3 or scene.said("denial", (low, at)):
            continue
        if re.search(r"\b(?:drop|fall|rise|change|move|settlement before|next|last)\b", scene.text[end:high], re.I):
            continue
        one = _times(document, own[0].name)
        later = bool(match["later"] or match["after"])
        if match["same"]:
            two = _times(document, others[0].name)
            if one and two and all(abs(a - b) > _SAME for a, _ in one for b, _ in two):
                yield _turned(document, statement, match, (one[0][1], two[0][1]), "time")
            continue
        for mark in others:
            two = _times(document, mark.name)
            if one and two and not any((a > b) == later and a != b for a, _ in one for b, _ in two):
                yield _turned(document, statement, match, (one[0][1], two[0][1]), "time")
                return


def _times(document: Document, kind: str) -> list[tuple[datetime, Fact]]:
    facts = [fact for metric in _KINDS[kind] for fact in document.sheet.all(metric)]
    observed = [fact for fact in facts if not fact.inputs] or facts
    return [(fact.as_of, fact) for fact in observed]


def _range(document: Document, statement: Statement) -> Iterator[Finding]:
    """Price stands at the end of its range that it is said to stand at."""
    price, low, high = (document.sheet.get(name) for name in ("price", "price_low", "price_high"))
    match = _RANGE.search(statement.text)
    if match is None or price is None or low is None or high is None or high.number <= low.number:
        return
    if statement.scene.said("denial"):
        return
    end = next(match[name] for name in ("end", "end2", "end3", "end4") if match[name]).casefold()
    if statement.scene.said(("band", "kind:map", "kind:band")):
        return
    part = (price.number - low.number) / (high.number - low.number)
    middle = end.startswith(_MIDDLES)
    halves = bool(match["end3"]) or "half" in match[0]
    edge = Decimal(1) / 2 if halves else 1 - _THIRD
    right = _THIRD <= part <= 1 - _THIRD if middle else part >= edge if end in _TOPS else part <= 1 - edge
    if not right:
        yield _turned(document, statement, match, (price, low, high), "order")


_ALIKE = re.compile(
    r"\b(?:in the same direction|the same way|in step|in tandem|in lockstep|hand in hand|in parallel|in unison"
    r"|together|alike)\b",
    re.I,
)
_APART = re.compile(
    r"\b(?:parted (?:ways|company)|diverged|in opposite directions|opposite ways|in different directions"
    r"|went separate ways|apart"
    r"|at odds|the other way|counter to|against each other)\b",
    re.I,
)
_EVEN = re.compile(
    r"\bas (?:far|near|close|distant|remote) (?:away )?(?:from|to) [^.,;]{1,25}? as\b"
    r"|\b(?:equally far|equidistant|just as far)\b",
    re.I,
)
_WAY = re.compile(
    r"\b(?:distance|way|path|road|gap) (?:down |up )?to (?:the )?(?P<side>long|short|upper|lower) (?:level|one|end"
    r"|reach|sum)\b[^.,;]{0,12}?\b"
    r"(?:(?P<less>shorter|smaller|less)|longer|greater|larger|wider)\b",
    re.I,
)
_TENTH = Decimal("0.1")
_FALLS = re.compile(
    r"\b(?:more|further|faster|harder|(?P<less>less|held(?: up)? better|fared better|less sharply|more slowly"
    r"|by less)) than (?:the )?(?:coin )?(?:open interest|price)\b",
    re.I,
)


def _together(document: Document, statement: Statement) -> Iterator[Finding]:
    """Price and open interest went the same way, or apart, or one farther than the other, only where it is so."""
    scene, text = statement.scene, statement.text
    if (not scene.said("kind:price") and not scene.said("asset:")) or not scene.said("kind:open_interest"):
        return
    if scene.said("denial"):
        return
    hours = {told.fact.subject.window_hours for told in statement.told if told.style.startswith("window")} or {
        Decimal(24)
    }
    prices = [fact for fact in document.sheet.all("price_change") if fact.subject.window_hours in hours]
    names = ("oi_change_usd",) if scene.said("in_dollars") else ("oi_change_coin",)
    changes = [fact for name in names for fact in document.sheet.all(name) if fact.subject.window_hours in hours]
    if not prices or not changes:
        return
    same = prices[0].number * changes[0].number > 0
    for pattern, wanted in ((_ALIKE, True), (_APART, False)):
        match = pattern.search(text)
        if (
            match
            and same is not wanted
            and re.search(r"\b(?:moved|went|parted|diverged|fell|rose|ran|travelled|headed)\b", text)
        ):
            yield _turned(document, statement, match, (prices[0], changes[0]), "order")
    if match := _FALLS.search(text):
        own, other = (prices[0], changes[0]) if "open interest" in match[0] else (changes[0], prices[0])
        less = match["less"] is not None
        if (abs(own.number) < abs(other.number)) != less:
            yield _turned(document, statement, match, (own, other))


_MOST = re.compile(
    r"\b(?P<most>most|the bulk|the majority|the lion's share|the greater part|the larger part|the better part"
    r"|nearly all|almost all"
    r"|the vast majority)(?: of)? (?:what|those|the (?:dollars|positions|sum|total|money|liquidations|closures)"
    r"|liquidations|closures|that)\b"
    r"[^,.;]{0,50}?\b(?:was|were|is|are|came from|from|on|by|hit|fell on)(?: the)? (?P<side>longs?|shorts?)\b"
    r"|\b(?P<side2>longs?|shorts?)\b (?:were|was|are|bore|took|being|have been|as)(?: the)? (?:(?:main|chief"
    r"|principal|biggest|worst|primary)"
    r" (?:victims?|casualt(?:y|ies)|losers?)|hardest hit|worst hit|hit (?:the )?hardest|hit (?:the )?worst)",
    re.I,
)


def _mostly(document: Document, statement: Statement) -> Iterator[Finding]:
    """Most of what was closed was of the side that it is said of."""
    match = _MOST.search(statement.text)
    if match is None or statement.scene.said("denial"):
        return
    side = (match["side"] or match["side2"]).casefold().rstrip("s")
    own, other = sizes_of(document.sheet, statement.scene, side)
    if own and other and not any(one.number > two.number for one in own for two in other):
        yield _turned(document, statement, match, (own[0], other[0]))


_FIRST = re.compile(
    r"\b(?:(?P<high>largest|biggest|highest|most|heaviest|worst|steepest|busiest)|(?P<low>lowest|smallest|fewest"
    r"|least|lightest|calmest"
    r"|quietest))\b[^.;]{0,40}?\b(?:in|of|among|for|within|over) (?:the |all (?:the )?|our )?(?:past |last "
    r"|earlier )?(?:[0-9]+ )?"
    r"(?:\w+ )?(?:days|history|period|window)\b",
    re.I,
)
_AMONG = re.compile(
    r"\b(?:one of|among) (?:the )?(?:(?P<high>largest|biggest|highest|heaviest|worst|steepest|busiest)"
    r"|(?P<low>lowest|smallest|fewest|lightest|calmest"
    r"|quietest))\b",
    re.I,
)
_THAN_MOST = re.compile(
    rf"\b(?P<word>{_LOW}|{_HIGH}|above|below) (?:\w+ ){{0,2}}?(?:than )?(?:on |in |of )?(?:most|the majority"
    rf"|nearly all|almost all)\b"
    r"[^.;]{0,25}?\b(?:days|history)\b",
    re.I,
)


_DAYS = re.compile(
    r"(?<!the )(?<!those )\b(?P<n>one|two|three|four|five|six|seven|eight|nine|[0-9]+)(?: of (?:the|those"
    r"|our) (?:[0-9]+ )?)?(?: (?:the )?)?(?:earlier|past|previous|preceding"
    r"|prior|other) days?\b[^.;,]{0,25}?\b(?:(?P<more>more|larger|higher|bigger|greater|heavier)|(?P<less>fewer"
    r"|less|lower|smaller|lighter))\b",
    re.I,
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}


def _rank(document: Document, statement: Statement) -> Iterator[Finding]:
    """The largest, the least and the more than most of the days held are so by rank."""
    scene = statement.scene
    if not scene.said("kind:liquidations") or scene.said(("denial", "side:", "all_coins")):
        return
    ranks = document.sheet.all("liq_rank")
    days = document.sheet.all("history_days", at="liquidations")
    if not ranks or not days:
        return
    rank, count = ranks[0].number, days[0].number
    if match := _AMONG.search(statement.text):
        place = rank if match["high"] else count + 2 - rank
        if place * 10 > count:
            yield _turned(document, statement, match, (ranks[0],), "order")
        return
    if match := _FIRST.search(statement.text):
        ordered = re.search(
            r"\b(?:second|third|fourth|fifth|[0-9]+(?:st|nd|rd|th))[ -]$", statement.text[: match.start()], re.I
        )
        if not ordered and rank != (1 if match["high"] else count + 1):
            yield _turned(document, statement, match, (ranks[0],), "order")
    if (match := _DAYS.search(statement.text)) and not re.search(r"\bbut $", statement.text[: match.start()]):
        said = _NUMBERS.get(match["n"].casefold()) or int(match["n"])
        if said != (rank - 1 if match["more"] else count - rank + 1):
            yield _turned(document, statement, match, (ranks[0],), "order")
    if match := _THAN_MOST.search(statement.text):
        lower = _LESSER.fullmatch(match["word"]) is not None or match["word"].casefold() in _BELOW
        if (rank > count / 2) is not lower:
            yield _turned(document, statement, match, (ranks[0],), "order")


def _assets(document: Document, statement: Statement) -> Iterator[Finding]:
    """The asset that is said to have more liquidations than another has more."""
    scene = statement.scene
    if not scene.said("kind:liquidations"):
        return
    for match in _THAN.finditer(statement.text):
        at, end = statement.start + match.start(), statement.start + match.end()
        before, behind = scene.said("asset:", (statement.start, at)), scene.said("asset:", (end, statement.end))
        if not before or not behind or len(scene.text[end : behind[0].start].split()) > 1:
            continue
        names = [mark.name.removeprefix("asset:") for mark in (before[-1], behind[0])]
        sides = {mark.name.removeprefix("side:") for mark in scene.said("side:")}
        metric = "liq_size" if len(sides) == 1 else "liq_total"
        one, two = (
            [f for f in document.sheet.all(metric, asset=name) if not sides or f.subject.side in sides]
            for name in names
        )
        lower = _LESSER.fullmatch(match["word"]) is not None
        if one and two and len(sides) < 2 and (one[0].number < two[0].number) != lower:
            yield _turned(document, statement, match, (one[0], two[0]))
