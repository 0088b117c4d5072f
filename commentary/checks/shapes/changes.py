"""Two changes set beside each other: in coin and in dollars, of price and of open interest."""

import re
from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import turned
from commentary.checks.shapes.words import HIGH, LESSER, LOW
from commentary.records.finding import Finding

_UNITS = re.compile(
    rf"\b(?P<word>{LOW}|{HIGH}|faster|deeper|further|harder|sharper|slower"
    rf"|shallower)\b[^.;,]*?\bin (?P<one>coins?|dollars?|dollar terms"
    r"|coin terms)\b[^.;,]*?\bthan in (?P<two>coins?|dollars?|dollar terms|coin terms)\b",
    re.I,
)
_MEASURES = re.compile(
    rf"\b(?P<word>{LOW}|{HIGH}|faster|deeper|further|harder|sharper|slower|shallower|steeply|sharply|more|less)\b"
    r"[^.;,]*? (?:by|on|in) the (?P<one>coin|dollar) (?:measure|figure|count|side|reading|basis)\b[^.;,]*?"
    r"\bthan (?:by|on|in) the (?P<two>coin|dollar) (?:one|measure|figure|count|side|reading|basis)\b"
    rf"|\bthe (?P<one2>coin|dollar) (?:measure|figure|count|reading)\b[^.;,]*? (?P<word2>{LOW}|{HIGH}|more|less|faster"
    r"|further|harder) than the (?P<two2>coin|dollar) (?:one|measure|figure|count|reading)\b",
    re.I,
)
_EITHER = re.compile(
    r"\bin coins?(?: terms)? (?:or|and|as well as) (?:in )?dollars?\b"
    r"|\bin dollars?(?: terms)? (?:or|and|as well as) (?:in )?coin\b"
    r"|\b(?:on|by) (?:either|both) (?:counts?|measures?|readings?)\b",
    re.I,
)
_UNITS_BEFORE = re.compile(
    rf"\bin (?P<one>coins?|dollars?|dollar terms|coin terms)\b[^.;]*?\b(?P<word>{LOW}|{HIGH}|faster|deeper"
    rf"|further|harder|sharper|slower|shallower|more|less)"
    r"(?: \w+)?(?: (?:over|in|within|during) [^.;,]{0,30}?)? than (?:it (?:did|has|was) )?in (?P<two>coins?"
    r"|dollars?|dollar terms|coin terms)\b",
    re.I,
)
_BY_A = re.compile(
    r"\bin (?P<two>coins?|dollars?|dollar terms|coin terms)\b,? (?:and|but),? by an? (?:\w+ )?(?P<word>smaller"
    r"|larger|lesser"
    r"|greater|bigger|wider|narrower) (?:percentage|margin|share|amount|extent|figure),? in (?P<one>coins?|dollars?"
    r"|dollar terms|coin terms)\b",
    re.I,
)
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
_GAINED = re.compile(
    r"\b(?P<own>price|open interest)\b(?: in coin|, counted in coin,)?,? (?:has |had )?(?:(?P<more>outgained"
    r"|outpaced|outran"
    r"|outstripped|outrun|outdid|rose more than|grew faster than)|(?P<less>lagged(?: behind)?|trailed|fell behind))"
    r" (?:the "
    r"|its )*(?:\w+ )?(?:price|open interest)\b|\b(?:the )?(?P<own2>price|open interest) (?:(?P<more2>faster|more"
    r"|further"
    r"|harder)|(?P<less2>less|slower|more slowly))(?=[.,;]|$)",
    re.I,
)
_PERCENTAGE = re.compile(
    r"\b(?P<own>price|open interest)\b[^.;]{0,60}? by a (?P<word>smaller|larger) percentage[^.;]{0,40}? than (?:its "
    r"|the )?"
    r"(?:\w+ )?(?:price|open interest)\b",
    re.I,
)
_LATTER = re.compile(r"\bthe (?P<which>latter|former) (?:by |the )?(?P<word>less|more|smaller|larger|faster)\b", re.I)
_TYPICAL = re.compile(
    r"\b(?P<word>less|smaller|more|larger|greater|bigger) than (?:a |one |the |its )?(?:typical|usual|ordinary|normal)"
    r"(?: day['’]s| daily)? move\b",
    re.I,
)


def typical(document: Document, statement: Statement) -> Iterator[Finding]:
    """A move of price is more, or less, than a typical day's only where it is."""
    match = _TYPICAL.search(statement.text)
    moves = document.sheet.all("price_sigma")
    if match is None or not moves or statement.scene.said(("denial", "conditional", "kind:map")):
        return
    less = match["word"].casefold() in ("less", "smaller")
    if not any((abs(fact.number) < 1) == less for fact in moves):
        yield turned(document, statement, match, (moves[0],))


_FALLS = re.compile(
    r"\b(?:more|further|faster|harder|(?P<less>less|held(?: up)? better|fared better|less sharply|more slowly"
    r"|by less)) than (?:the )?(?:coin )?(?:open interest|price)\b",
    re.I,
)


def coin_or_dollars(document: Document, statement: Statement) -> Iterator[Finding]:
    """A change said to be greater in coin than in dollars is so."""
    patterns = (_UNITS, _UNITS_BEFORE, _BY_A, _MEASURES)
    for match in (match for pattern in patterns for match in pattern.finditer(statement.text)):
        named = {name.rstrip("2"): said for name, said in match.groupdict().items() if said}
        hours = {Decimal(mark.name.removeprefix("window:")) for mark in statement.scene.said("window:")}
        hours |= {told.fact.subject.window_hours for told in statement.told if told.style.startswith("window")}  # type: ignore[misc]
        metrics = ["oi_change_coin" if named[end].startswith("coin") else "oi_change_usd" for end in ("one", "two")]
        for one in document.sheet.all(metrics[0]):
            wanted = hours or {Decimal(24)}
            other = next((f for f in document.sheet.all(metrics[1], window=one.subject.window_hours)), None)
            if other is None or one.subject.window_hours not in wanted or metrics[0] == metrics[1]:
                continue
            less = LESSER.fullmatch(named["word"]) is not None
            if (abs(one.number) < abs(other.number)) != less:
                yield turned(document, statement, match, (one, other))


def together(document: Document, statement: Statement) -> Iterator[Finding]:
    """Price and open interest went the same way, or apart, or one farther than the other, only where it is so."""
    scene, text = statement.scene, statement.text
    if (not scene.said("kind:price") and not scene.said("asset:")) or not scene.said("kind:open_interest"):
        return
    # Which of two changes of open interest is set against the price nobody can tell.
    if scene.said("denial") or (scene.said("in_dollars") and scene.said("in_coin")):
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
            yield turned(document, statement, match, (prices[0], changes[0]), "order")
    if match := _GAINED.search(text):
        named = {name.rstrip("2"): said for name, said in match.groupdict().items() if said}
        of_price = named["own"].casefold() == "price"
        own, other = (prices[0], changes[0]) if of_price else (changes[0], prices[0])
        if (abs(own.number) < abs(other.number)) != ("less" in named):
            yield turned(document, statement, match, (own, other))
    if match := _PERCENTAGE.search(text):
        own, other = (prices[0], changes[0]) if match["own"].casefold() == "price" else (changes[0], prices[0])
        if (abs(own.number) < abs(other.number)) != (match["word"].casefold() == "smaller"):
            yield turned(document, statement, match, (own, other))
    if match := _LATTER.search(text):
        price_first = text.casefold().find("price") < text.casefold().find("open interest")
        latter = changes[0] if price_first else prices[0]
        former = prices[0] if price_first else changes[0]
        own, other = (latter, former) if match["which"].casefold() == "latter" else (former, latter)
        if (abs(own.number) < abs(other.number)) != (match["word"].casefold() in ("less", "smaller")):
            yield turned(document, statement, match, (own, other))
    if match := _FALLS.search(text):
        own, other = (prices[0], changes[0]) if "open interest" in match[0] else (changes[0], prices[0])
        less = match["less"] is not None
        if (abs(own.number) < abs(other.number)) != less:
            yield turned(document, statement, match, (own, other))


_EACH_UNIT = re.compile(r"\b(?P<word>higher|lower|up|down) in (?P<unit>coin|dollars)\b", re.I)


def each_unit(document: Document, statement: Statement) -> Iterator[Finding]:
    """Open interest is higher, or lower, in coin and in dollars as it is said to be of each."""
    scene = statement.scene
    named = list(_EACH_UNIT.finditer(statement.text))
    if (
        not scene.said("kind:open_interest")
        or scene.said(("denial", "conditional"))
        or len(named) != len(_UNIT_METRICS)
    ):
        return
    for match in named:
        changes = document.sheet.all(_UNIT_METRICS[match["unit"].casefold()], window=Decimal(24))
        up = match["word"].casefold() in ("higher", "up")
        if changes and not any((fact.number > 0) == up for fact in changes):
            yield turned(document, statement, match, (changes[0],), "order")
            return


_UNIT_METRICS = {"coin": "oi_change_coin", "dollars": "oi_change_usd"}


def either_way(document: Document, statement: Statement) -> Iterator[Finding]:
    """What open interest is said to have done in coin and in dollars it did in both."""
    scene = statement.scene
    match = _EITHER.search(statement.text)
    # "Whether in coin or in dollars" leaves nothing open.
    unsure = [mark for mark in scene.said(("denial", "conditional")) if scene.word(mark).casefold() != "whether"]
    if match is None or unsure or not scene.said("kind:open_interest") or statement.figures():
        return
    marks = scene.longest(("move:", "moving:"))
    day = Decimal(24)
    changes = [
        fact
        for name in ("oi_change_coin", "oi_change_usd")
        for fact in document.sheet.all(name)
        if fact.subject.window_hours == day
    ]
    if len({mark.name.partition(":")[2] for mark in marks}) != 1 or len(changes) != 2:
        return
    sign = 1 if marks[0].name.endswith("up") else -1
    wrong = [fact for fact in changes if fact.number * sign < 0]
    if wrong:
        yield turned(document, statement, match, (wrong[0],), "order")
