"""Causes, motives, forecasts, ranks, actors and events that no fact is about, in whatever words a list has for them."""

import re
from collections.abc import Iterable, Iterator

from commentary.checks.announced import OVER, told_of
from commentary.checks.base import Document, Statement
from commentary.checks.contrast import contrasted
from commentary.checks.ranked import denied_rank, is_first, wrong_place
from commentary.checks.signed import vouched
from commentary.checks.supposed import supposes
from commentary.checks.watched_words import MESSAGES, disclaimed, of_leverage
from commentary.languages.phrases import Mark, named
from commentary.records.finding import Finding

_FROM_WHEN = re.compile(
    r" (?:about |around |the |this |that )*(?:[$€£]?[0-9]|morning|afternoon|evening|night|day before|midnight|noon"
    r"|same (?:hour|day|minute))",
    re.I,
)
_ITS = re.compile(r"\b(?:the|its|this|that) \Z", re.I)
_A_ROW = re.compile(r"\b(?:sole|only|single|each|this|every|the snapshot['’]s) record\Z", re.I)
"""A record that is a row of data."""


def beyond_facts(document: Document, statement: Statement) -> Iterator[Finding]:
    """Causes, motives, forecasts, actors and events that no fact is about."""
    scene = statement.scene
    if statement.asks:
        return
    for mark in scene.longest("other_labels"):
        message = "no rule reads the market so; write the label that the rules give, or take it out"
        yield document.finding("wording.label", "error", statement.field, (mark.start, mark.end), message)
    for mark in scene.longest("taken_back"):
        message = "this takes back what a fact says; take it out"
        yield document.finding("wording.negation", "error", statement.field, (mark.start, mark.end), message)
    if (span := denied_rank(document.sheet, scene) or wrong_place(document.sheet, scene)) is not None:
        message = "the computed ranks say otherwise; give the rank with its history"
        yield document.finding("wording.record", "error", statement.field, span, message)
    known = {(start, end) for start, end, category in statement.watched if category in MESSAGES}
    for mark in scene.longest("beyond_facts:"):
        rule = mark.name.removeprefix("beyond_facts:")
        if (mark.start, mark.end) in known or disclaimed(document, statement, mark.start):
            continue
        if any(
            told.mention.start <= mark.start < told.mention.end
            for told in statement.told
            if told.metric == "event_name"
        ):
            # "Consumer sentiment is due": the name of a date, as its source gives it.
            continue
        if rule in ("record", "intent") and scene.said(("denial", "lacks_data")):
            continue
        if rule == "record" and is_first(document.sheet, scene, mark):
            continue
        given = scene.said(("giver:", "asset:"), (mark.end, scene.end))
        from_whom = bool(given) and not scene.text[mark.end : given[0].start].strip() and "from" in scene.word(mark)
        if rule == "cause" and (from_whom or _FROM_WHEN.match(scene.text, mark.end)):
            # "Stems from 04:10 UTC", "is down to 266,200 BTC": a time, or a level.
            continue
        if rule == "record" and _A_ROW.search(scene.text[: mark.end]):
            continue
        if rule == "certainty" and contrasted(scene, mark.start):
            # "A loss beyond it would fit, not prove it".
            continue
        if rule == "cause" and of_leverage(statement):
            # "Which is why our own estimate is a range".
            continue
        if rule == "cause" and scene.said("conditional", scene.clause(mark.start)):
            # "Unless contracts fixed in dollars explain it": left open.
            continue
        message = MESSAGES.get(rule, "no computed rank says so; give the rank with its history, or take it out")
        yield document.finding(f"wording.{rule}", "error", statement.field, (mark.start, mark.end), message)
    if any(scene.said(name) for name in ("denial", "unknown", "absent")):
        return
    own = vouched(document, statement)
    metrics = {fact.subject.metric for fact in document.sheet}
    for mark in scene.longest(("unmeasured:", "other_assets:")):
        if named(scene.word(mark).casefold(), own) or _is_at_hand(document, statement, mark, metrics):
            continue
        if scene.word(mark).casefold() in ("token", "coin") and _ITS.search(scene.text[: mark.start]):
            # "The token's price": of the one that is spoken of.
            continue
        code = "roles.held" if mark.name.startswith("unmeasured") else "roles.asset"
        message = f"no fact at hand is of {scene.word(mark)!r}; take it out"
        yield document.finding(code, "error", statement.field, (mark.start, mark.end), message)
    if supposes(scene):
        return
    paying = scene.said("payers:")
    told = told_of(document.sheet)
    for mark in scene.longest("foreign:"):
        if any(one.start <= mark.start and mark.end < one.end for one in paying):
            # "Longs fork out": no fork of a chain.
            continue
        if (
            named(scene.word(mark).casefold(), own)
            or scene.word(mark).casefold() in told
            or _is_at_hand(document, statement, mark, metrics)
            or _is_in_name(statement, mark)
        ):
            continue
        message = f"no fact at hand is of {scene.word(mark)!r}; take it out, or give an editor's fact with its source"
        yield document.finding("wording.foreign", "error", statement.field, (mark.start, mark.end), message)
    if (ended := OVER.search(statement.text)) and "outage" in told:
        span = (statement.start + ended.start(), statement.start + ended.end())
        message = "no fact at hand tells of its end; take it out, or give an editor's fact with its source"
        yield document.finding("wording.foreign", "error", statement.field, span, message)


def _is_at_hand(document: Document, statement: Statement, mark: Mark, metrics: Iterable[str]) -> bool:
    """Say whether a fact is about what a word of the lists speaks of, or prints the word itself."""
    word = statement.scene.word(mark)
    dates = " ".join(fact.text for fact in document.sheet.all("event_name"))
    return named(word.casefold(), dates.casefold()) or document.cues.is_at_hand(word, metrics)


def _is_in_name(statement: Statement, mark: Mark) -> bool:
    """Say whether a word is of a name that a fact is: "U.S. Nonfarm Payrolls" of a calendar."""
    return any(
        told.fact.unit == "name" and told.mention.start <= mark.start and mark.end <= told.mention.end
        for told in statement.told
    )
