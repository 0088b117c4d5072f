"""Places among the days held: the largest, more than most, all but so many, ordinary."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.numerals import NUMERALS
from commentary.checks.shapes.saying import absolute, error, turned
from commentary.checks.shapes.words import BELOW, HIGH, LESSER, LOW
from commentary.records.finding import Finding

_AMONG = re.compile(
    r"\b(?:one of|among) (?:the )?(?:(?P<high>largest|biggest|highest|heaviest|worst|steepest|busiest)"
    r"|(?P<low>lowest|smallest|fewest|lightest|calmest"
    r"|quietest))\b",
    re.I,
)
_THAN_MOST = re.compile(
    rf"\b(?P<word>{LOW}|{HIGH}|above|below) (?:\w+ ){{0,2}}?(?:than )?(?:on |in |of )?(?:most|the majority"
    rf"|nearly all|almost all)\b"
    r"[^.;]{0,25}?\b(?:days|history)\b",
    re.I,
)
_DAYS = re.compile(
    r"(?<!the )(?<!those )(?<!every )\b(?P<n>one|two|three|four|five|six|seven|eight|nine|[0-9]+)(?: of (?:the|those"
    r"|our) (?:[0-9]+ )?)?(?: (?:the )?)?(?:earlier|past|previous|preceding"
    r"|prior|other) days?\b[^.;,]{0,25}?\b(?:(?P<more>more|larger|higher|bigger|greater|heavier)|(?P<less>fewer"
    r"|less|lower|smaller|lighter))\b",
    re.I,
)
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


def all_but(document: Document, statement: Statement) -> Iterator[Finding]:
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
            yield error(document, statement, "roles.order", span, message, told.fact)


def rank(document: Document, statement: Statement) -> Iterator[Finding]:
    """A day among the largest, or larger than most, of the days held is so; for the first of them see held_days."""
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
            yield turned(document, statement, match, (ranks[0],), "order")
        return
    if (match := _DAYS.search(statement.text)) and not re.search(r"\bbut $", statement.text[: match.start()]):
        said = NUMERALS.get(match["n"].casefold()) or int(match["n"])
        if said != (rank - 1 if match["more"] else count - rank + 1):
            yield turned(document, statement, match, (ranks[0],), "order")
    if match := _THAN_MOST.search(statement.text):
        lower = LESSER.fullmatch(match["word"]) is not None or match["word"].casefold() in BELOW
        if (rank > count / 2) is not lower:
            yield turned(document, statement, match, (ranks[0],), "order")


_EVERY_DAY = re.compile(
    r"\b(?:beats?|topp?(?:ed|s)|exceed(?:ed|s)|outstripp?(?:ed|s)|surpass(?:ed|es)|outdid|outrank(?:ed|s)|dwarf(?:ed|s)"
    r"|eclips(?:ed|es)|(?:was|is|were|are|came in) (?:larger|higher|bigger|greater|more|heavier) than)"
    r"(?: those of| that of| on)? (?:every|each|all|any)(?: single)?(?: one)?(?: of)?(?: the)?(?: [0-9]+)? "
    r"(?:past |earlier |previous |preceding |other )?days?\b",
    re.I,
)


def every_day(document: Document, statement: Statement) -> Iterator[Finding]:
    """A day's liquidations beat every day held only where their rank is the first."""
    match = _EVERY_DAY.search(statement.text)
    ranks = document.sheet.all("liq_rank")
    begun = statement.start + statement.text.rfind(", ", 0, match.start()) + 1 if match else 0
    sided = match and statement.scene.said("side:", (begun, statement.start + match.start()))
    if (
        match
        and ranks
        and not sided
        and not statement.scene.said(("denial", "kind:open_interest"))
        and ranks[0].number > 1
    ):
        yield turned(document, statement, match, (ranks[0],), "order")


_BIGGER_DAY = re.compile(
    r"\b(?:bigger|larger|heavier|busier|worse|costlier) day\b[^.;]{0,40}? than (?:the latest|this one|that)\b", re.I
)


def bigger_day(document: Document, statement: Statement) -> Iterator[Finding]:
    """An earlier day was bigger only where the latest is not the first of those held."""
    match = _BIGGER_DAY.search(statement.text)
    ranks = document.sheet.all("liq_rank")
    unsure = statement.scene.said(("denial", "conditional", "side:", "kind:open_interest"))
    if match and ranks and not unsure and all(fact.number == 1 for fact in ranks):
        yield turned(document, statement, match, (ranks[0],), "order")


def ordinary(document: Document, statement: Statement) -> Iterator[Finding]:
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
            yield error(document, statement, "roles.denied", absolute(statement, match), why, *ranks[:1])
            return
