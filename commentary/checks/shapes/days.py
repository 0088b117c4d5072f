"""How many of the days held had more liquidations than the latest, and how many had fewer."""

import re
from collections.abc import Iterator

from commentary.checks.base import Document, Statement
from commentary.checks.shapes.saying import absolute, error, turned
from commentary.checks.shapes.words import HIGH, LESSER, LOW
from commentary.records.finding import Finding

_MORE = rf"{HIGH}|above|over|topped|tops|exceed(?:ed|s)?|outdid|surpass(?:ed|es)?|outstripped|beat|busier|worse"
_LESS = rf"{LOW}|below|under|undercut|trailed|lagged|quieter|calmer|short of"
_WORD = re.compile(rf"\b(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\b", re.I)
_BEFORE = re.compile(
    rf"\b(?P<word>{HIGH}|{LOW}|above|below) (?:than )?(?:on |in |of |those of |that of |only |just |all )*\Z", re.I
)
_TOPPING = re.compile(
    r"\b(?:topp?(?:ed|s)|exceed(?:ed|s)?|beat|outdid|surpass(?:ed|es)?|outstripped) (?:those of |only )*\Z", re.I
)
_MAJORITY = re.compile(
    r"\b(?P<most>most|the majority|more than half|the bulk)"
    r"|\b(?P<few>few|a minority|fewer than half|less than half|a handful)",
    re.I,
)
_OF_DAYS = re.compile(
    r" of (?:the |those |our |all )*(?:last |past |previous |preceding |earlier |prior )?(?:\d+ )?"
    r"(?:last |past |previous |preceding |earlier |prior )?days?\b",
    re.I,
)


def days_told(document: Document, statement: Statement) -> Iterator[Finding]:
    """A count of days with more is not told as one with fewer, nor most of the days as what few of them were."""
    scene, text = statement.scene, statement.field.text
    if scene.said(("denial", "denies")) or re.search(r"\ball but\b", statement.text, re.I):
        return
    for told in statement.told:
        if told.metric not in ("days_larger", "days_smaller"):
            continue
        at, end = told.mention.start, told.mention.end
        if text[statement.start : at].endswith("every "):
            # "Every one of the 90 days": all of them.
            continue
        place = _BEFORE.search(text, statement.start, at)
        if (
            place
            and (LESSER.fullmatch(place["word"]) or place["word"].casefold() == "below")
            and told.metric[5:] == "smaller"
        ):
            message = f"{told.fact.id} is of the days that were lower; turn it about"
            yield error(document, statement, "roles.order", (place.start(), end), message, told.fact)
            return
        if _BEFORE.search(text, statement.start, at) or _TOPPING.search(text, statement.start, at):
            continue
        word = _WORD.search(text, end, statement.end)
        if word and (word["less"] is not None) == (told.metric == "days_larger"):
            message = f"{told.fact.id} is of the other days; turn it about"
            yield error(document, statement, "roles.order", (at, word.end()), message, told.fact)
            return
    yield from _most_days(document, statement)


def _most_days(document: Document, statement: Statement) -> Iterator[Finding]:
    ranks = document.sheet.all("liq_rank")
    days = document.sheet.all("history_days", at="liquidations")
    if not ranks or not days or not statement.scene.said("kind:liquidations"):
        return
    for match in _MAJORITY.finditer(statement.text):
        of_days = _OF_DAYS.match(statement.text, match.end())
        if of_days is None or _BEFORE.search(statement.text, 0, match.start()):
            continue
        word = _WORD.search(statement.text, of_days.end())
        if word is None:
            continue
        mostly_more = ranks[0].number - 1 > days[0].number / 2
        more = LESSER.fullmatch(word[0]) is None and word["more"] is not None
        if (mostly_more == more) != (match["most"] is not None):
            yield turned(document, statement, match, (ranks[0],), "order")
            return


_SMALLEST = re.compile(
    r"\b(?:smallest|tiniest|lightest|least|slightest|littlest|slimmest)(?: \w+){0,2}? (?P<what>orders?|prints?"
    r"|liquidation"
    r"|clusters?|buckets?|bunch|bunches)\b",
    re.I,
)


def smallest(document: Document, statement: Statement) -> Iterator[Finding]:
    """The largest order or cluster is not told as the smallest; how small others are the data does not say."""
    match = _SMALLEST.search(statement.text)
    if match is None or statement.scene.said("denial"):
        return
    for told in statement.figures():
        order = told.metric in ("order_size", "order_price", "liq_largest")
        cluster = told.metric.startswith("cluster_") and told.fact.subject.at == "1"
        if (order and match["what"].casefold().startswith(("order", "print", "liq"))) or (
            cluster and not match["what"].casefold().startswith(("order", "print", "liq"))
        ):
            message = f"{told.fact.id} is of the largest; write that"
            yield error(document, statement, "roles.order", absolute(statement, match), message, told.fact)
            return
    if match["what"].casefold().startswith(("order", "print")) and document.sheet.all("order_size"):
        first = document.sheet.all("order_size")[0]
        message = f"{first.id} is of the largest; how small others were the data does not say"
        yield error(document, statement, "roles.order", absolute(statement, match), message, first)
