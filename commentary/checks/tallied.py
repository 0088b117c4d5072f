"""Small numbers in words that count no figure of the market, but what the facts are of.

"Two vendors", "one exchange", "two clusters of shorts": how many there are the sheet itself says, so that such a word
needs no fact of its own. A wrong count is found, as what this does not know stays a figure that traces to no fact.
"""

import operator
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from commentary.checks.arithmetic import side_pairs
from commentary.checks.base import Document, Field, Statement
from commentary.checks.bygone import PAST
from commentary.checks.fit.kinds import STEP
from commentary.checks.scene import Scene
from commentary.checks.sentences import sentence_spans
from commentary.languages.en.numbers import ORDINALS
from commentary.records.fact import Fact
from commentary.records.finding import Finding
from commentary.records.sheet import FactSheet

_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_WORDS = r"(?: (?!and\b|of\b|in\b|to\b|or\b)[A-Za-z][\w'’-]*){0,2}?"
_UNITS = (
    r"percent|per ?cent|percentage|basis|point|times|fold|dollars?|cents?|hundred|thousand|million|billion|trillion|"
    r"minutes?|hours?|days?|weeks?|months?|years?|seconds?|sessions?|BTC|ETH|SOL|in (?:a |every )?[a-z]+\b(?! of)|"
    r"out of|to|or|half|third|quarter|tenth|and a|more|less|of every"
)
_NAMED_COIN = re.compile(
    r" (?:levels?|maps?|prices?|orders?|contracts?|positions?|clusters?|buckets?|reach(?:es)?|sums?)\b"
)
_OTHER_LEVEL = re.compile(
    r"\b(?:level|price|point|cluster|bucket)\b[^;]*\b(?:to|and|or|with|against|for|in|at) \Z", re.I
)
_PERCENT_OFF = re.compile(r" [0-9.,]+(?:%| per ?cent) (?:above|below|higher|lower|under|over|away|up|down|overhead)\b")
_MEASURED = re.compile(rf"[ -](?:{_UNITS})\b|[ -]?[0-9$€£%]", re.I)
"""Behind a "one" that measures: "one hour", "one in three", "one percent"."""
_HOW_MANY = ("only ", "by ", "just ")
_ADJECTIVE = re.compile(r" [0-9a-z]+-(?:hour|day|minute|week)\b", re.I)
_SETTLEMENTS = re.compile(
    r" (?:(?:most|more|recent|latest|last|previous|past|consecutive|straight|successive|earlier|newest|[A-Z]\w+|funding"
    r"|settled) ){0,4}(?:settlements|prints|payments|fixings)\b(?: (?:running|in a row|straight|in succession))?"
)
_ALIKE = re.compile(r"\b(?:same|alike|identical|unchanged|equal)\b", re.I)
_IN_A_ROW = re.compile(r"\b(?:running|in a row|straight|in succession|consecutive|successive)\b", re.I)
_NTH = re.compile(rf"({'|'.join(ORDINALS[2:])})(?: [a-z]+)? (?:settlement|print|payment|fixing)\b.*")
_DAYS_OF = re.compile(r" (\w+)[ -]hour (?:bars?|candles?)\b", re.I)
_BELOW = re.compile(
    r"\b(below|under|beneath|south of|less than|lower than|above|over|north of|more than)(?: the)? \Z", re.I
)
_UNDER = ("below", "under", "beneath", "south of", "less than", "lower than")
_CROSSED = re.compile(r"\b(?:through|crossed|around|near|than) \Z", re.I)
_ONCE = re.compile(r"\b(?:had|before|earlier|previous|ago)\b", re.I)
_NOT_EVERY = re.compile(r"\b(?:not|rather than|instead of)(?: every)? \Z", re.I)
_MULTIPLIER = re.compile(r"\b(?:1,000|a thousand|1000)")
_DAY = Decimal(24)
_ORDINAL = re.compile(rf"({'|'.join(ORDINALS[2:])}) of")
_NEITHER = re.compile(r"\bneither (?:side|of (?:the two|them))\b", re.I)
_THIRD = Decimal(1) / 3
_PARTS = {
    "half": Decimal("0.5"),
    "two thirds": 2 * _THIRD,
    "two-thirds": 2 * _THIRD,
    "three quarters": Decimal("0.75"),
    "three-quarters": Decimal("0.75"),
}
_TIMES = {"twice": 2, "double": 2, "three times": 3}
_NEITHER_AS = re.compile(rf"\bneither side\b[^,;:]*?\b({'|'.join((*_PARTS, *_TIMES))})\b", re.I)
_OF_SIDE = re.compile(r" (?:of|on the|for) (?:the )?(long|short)(?:s|-side| side)?\b", re.I)


_TIMES_A_DAY = re.compile(
    r"(?:once|twice|thrice|(?:one|two|three|four|six|eight|twelve) times) (?:a|per|each|every) day\b", re.I
)


def counts_no_figure(document: Document, field: Field, start: int, end: int) -> bool:
    """Say whether a number word of a text counts what the sheet holds so many of, or nothing at all."""
    text = field.text
    word = text[start:end].casefold()
    scene = _scene(document, field, start)
    if scene is None:
        return False
    step = STEP.search(text, max(0, start - len("every ")), end)
    if step is not None and step.start() <= start and end <= step.end() + len(" of price"):
        return True
    if word == "zero" or word.endswith(" zero"):
        return _below_zero(document.sheet, scene, end - len("zero"))
    if word.startswith("thousand"):
        return _multiplies(document.sheet, text[:start])
    if place := _NTH.fullmatch(word):
        return ORDINALS.index(place[1]) in _settled(document.sheet, scene, text[start:end])
    if place := _ORDINAL.fullmatch(word):
        ranks = {int(fact.number) for fact in document.sheet if fact.subject.metric.endswith("_rank")}
        return ORDINALS.index(place[1]) in ranks
    if _NEITHER.search(text, scene.start, start) and {word, word.split(" ", 1)[-1]} & (_PARTS | _TIMES).keys():
        return _denied(document.sheet, scene, word)
    if word.endswith((" coins", " assets")):
        coins = {mark.name for mark in scene.said("asset:")}
        return word.split(" ")[0] in _SMALL and len(coins) == _SMALL.index(word.split(" ")[0]) + 1
    if _TIMES_A_DAY.match(text, start):
        # "Three times a day": held against the interval by shapes.units.
        return bool(scene.said(("kind:funding", "payers:")))
    number = next((i for i, name in enumerate(_SMALL, 1) if word.split(" ")[0] == name), None)
    if (
        number is not None
        and _NAMED_COIN.match(text, end)
        and f"asset:{text[start:end].split(' ')[-1]}" in {mark.name for mark in scene.said("asset:")}
    ):
        # "One BTC level": the coin belongs to the noun behind it.
        word = word.split(" ")[0]
    if number is None or (" " in word and not word.endswith((" contract", " contracts"))):
        return False
    if word == "one" and _OTHER_LEVEL.search(text, scene.start, start) and _PERCENT_OFF.match(text, start + len("one")):
        # "A level 2.9% below and one 3.3% above": a pronoun.
        return True
    if " contract" in word and not _MULTIPLIER.search(text, scene.start, scene.end):
        # What a contract holds is told with it, or the word says nothing that can be held against the sheet.
        return False
    known = list(_numbers(document, scene, start, start + len(word.split(" ")[0])))
    if known:
        return number in known
    return word.split(" ")[0] == "one" and not _measures(text, start, start + len("one"))


def denied_amounts(document: Document, statement: Statement) -> Iterator[Finding]:
    """What neither side is said to come to, neither does: "neither side made up half"."""
    for match in _NEITHER_AS.finditer(statement.field.text, statement.start, statement.end):
        if not _denied(document.sheet, statement.scene, match[1].casefold()):
            message = "one of the sides comes to as much; give its share"
            yield document.finding("roles.larger", "error", statement.field, match.span(1), message)


def _denied(sheet: FactSheet, scene: Scene, word: str) -> bool:
    """Say whether neither side comes to so much: "neither side made up two thirds"."""
    part = _PARTS.get(word) or _PARTS.get(word.split(" ", 1)[-1])
    for one, other in side_pairs(sheet, scene):
        large, small = max(one.number, other.number), min(one.number, other.number)
        if part is not None and large >= part * (one.number + other.number):
            return False
        if part is None and large >= _TIMES[word] * small:
            return False
    return True


def _scene(document: Document, field: Field, at: int) -> Scene | None:
    for start, end in sentence_spans(field.text):
        if start <= at < end:
            marks = document.vocabulary.marks(field.text)
            return Scene(field.text, start, end, marks, (), document.cues.names)
    return None


def _measures(text: str, start: int, end: int) -> bool:
    """Say whether a "one" is a figure: of a unit, of a whole, or the digit of a larger number."""
    if text[:start].endswith("-") or text[:start].casefold().endswith(_HOW_MANY):
        # "Only one of them": how many, and no pronoun.
        return True
    return bool(_MEASURED.match(text, end)) and not _ADJECTIVE.match(text, end)


def _multiplies(sheet: FactSheet, before: str) -> bool:
    """Say whether "a thousand coins" is what one contract holds."""
    holds = any(fact.number == 1000 for fact in sheet.all("contract_multiplier"))
    return holds and before.casefold().endswith((" a ", " one "))


def _below_zero(sheet: FactSheet, scene: Scene, at: int) -> bool:
    """Say whether a rate is on the side of zero that it is put on."""
    place = _BELOW.search(scene.text, scene.start, at)
    if not scene.said("kind:funding"):
        return False
    if place is None:
        return _CROSSED.search(scene.text, scene.start, at) is not None
    sign = -1 if place[1].casefold() in _UNDER else 1
    rates = sheet.all("funding_rate")
    if _ONCE.search(scene.text, scene.start, scene.end):
        rates = [*rates, *sheet.all("funding_before"), *sheet.all("funding_previous")]
    return any(fact.number * sign > 0 for fact in rates)


def _numbers(document: Document, scene: Scene, start: int, end: int) -> Iterator[int]:
    """Yield how many there are of what a number stands before; nothing where it stands before something else."""
    text, sheet = scene.text, document.sheet
    if _NOT_EVERY.search(text, scene.start, start) and "hour" in text[scene.start : scene.end]:
        intervals = {fact.subject.window_hours for fact in sheet.all("funding_rate")}
        yield from (n for n in range(1, 10) if Decimal(n) not in intervals)
        return
    if settled := _SETTLEMENTS.match(text, end):
        yield from _settled(sheet, scene, settled[0])
        return
    if match := _DAYS_OF.match(text, end):
        hours = _SMALL.index(match[1].casefold()) + 1 if match[1].casefold() in _SMALL else 0
        if hours and not _DAY % hours:
            yield int(_DAY / hours)
        return
    if match := _OF_SIDE.match(text, end):
        for name, count in (("things:clusters", _clusters), ("things:levels", _levels)):
            if scene.said(name):
                yield from count(sheet, {match[1].casefold()})
                return
    for name in ("things:sources", "things:venues", "things:clusters", "things:levels", "things:sides"):
        for mark in scene.said(name):
            if re.fullmatch(_WORDS + " ", text[end : mark.start]):
                stop = re.search(r"[,;:]", text[mark.end : scene.end])
                near = (scene.clause(start)[0], mark.end + stop.start() if stop else scene.end)
                sides = {one.name.removeprefix("side:") for one in scene.said("side:", near)}
                # "Shorts are most of what the map would liquidate at its two levels": of the map, and not of shorts.
                whole = _OWN.search(text, scene.start, start) is not None
                yield from _COUNTS[name](sheet, set() if whole else sides)
                return


_OWN = re.compile(r"\b(?:its|both|all|the map['’]s) \Z", re.I)


def _settled(sheet: FactSheet, scene: Scene, written: str) -> Iterator[int]:
    """Yield how many settlements at hand a number can be of: those of one rate where they are said to be alike.

    In a row are those of one rate, those at which one side paid, or those of which each is lower, or higher, than the
    one before it, as the sentence has it; fewer than there are is no error.
    """
    row = _IN_A_ROW.search(scene.text, scene.start, scene.end) or _IN_A_ROW.search(written)
    alike = _ALIKE.search(scene.text, scene.start, scene.end)
    for newest in sheet.all("funding_rate"):
        past = [fact for name in PAST for fact in sheet.all(name, venue=newest.subject.venue)]
        series = sorted({newest.as_of: newest, **{one.as_of: one for one in past}}.values(), key=lambda one: one.as_of)
        rates = [fact.number for fact in reversed(series)]
        longest = len(rates)
        if alike:
            longest = _run(rates, lambda one, before: one == before)
        elif row and (moves := {mark.name for mark in scene.said("move:")}):
            rises, falls = (_run(rates, by) - 1 for by in (operator.gt, operator.lt))
            longest = max(rises if "move:up" in moves else 0, falls if "move:down" in moves else 0)
        elif row:
            longest = _run(rates, lambda one, before: (one > 0, one < 0) == (before > 0, before < 0))
        yield from range(2, longest + 1)


def _run(rates: list[Decimal], holds: Callable[[Decimal, Decimal], bool]) -> int:
    """Return of how many rates, the newest first, each holds against the one before it."""
    return 1 + next((i for i, pair in enumerate(pairwise(rates)) if not holds(*pair)), len(rates) - 1)


def _distinct(names: Iterator[tuple[str, str]]) -> Iterator[int]:
    """Yield how many names there are for any one metric, and in all."""
    by_metric: dict[str, set[str]] = {}
    for metric, name in names:
        by_metric.setdefault(metric, set()).add(name)
    yield from {len(found) for found in by_metric.values()}
    yield len({name for found in by_metric.values() for name in found})


def _sources(sheet: FactSheet, _: set[str]) -> Iterator[int]:
    yield from _distinct((fact.subject.metric, fact.source[0]) for fact in sheet if len(fact.source) == 1)


def _venues(sheet: FactSheet, _: set[str]) -> Iterator[int]:
    every = ((fact.subject.metric, fact.subject.venue) for fact in sheet if fact.subject.venue not in (None, "all"))
    yield from _distinct((metric, venue) for metric, venue in every if venue is not None)


def _sided(sheet: FactSheet, named: set[str], metric: str) -> Iterator[int]:
    """Yield how many there are of the sides that are named; of each and of both where none is."""
    facts = sheet.all(metric)
    for side in named or {"long", "short"}:
        if found := [fact for fact in facts if fact.subject.side == side]:
            yield len(found)
    if len(named) != 1:
        yield len(facts)


def _clusters(sheet: FactSheet, sides: set[str]) -> Iterator[int]:
    yield from _sided(sheet, sides, "cluster_size") if sheet.all("cluster_size") else iter((0,))


def _levels(sheet: FactSheet, sides: set[str]) -> Iterator[int]:
    yield from _sided(sheet, sides, "reach_size") if sheet.all("reach_size") else iter((0,))


def _sides(sheet: FactSheet, _: set[str]) -> Iterator[int]:
    def is_sided(fact: Fact) -> bool:
        return fact.subject.side is not None and fact.unit == "usd"

    yield len({fact.subject.side for fact in sheet if is_sided(fact)})


_COUNTS = {
    "things:sources": _sources,
    "things:venues": _venues,
    "things:clusters": _clusters,
    "things:levels": _levels,
    "things:sides": _sides,
}
