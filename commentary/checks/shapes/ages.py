"""Older and newer: of two kinds of data, and of all of it."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from commentary.checks.base import Document, Statement
from commentary.checks.numerals import NUMERALS
from commentary.checks.shapes.saying import absolute, error, turned
from commentary.records.fact import Fact
from commentary.records.finding import Finding

_AGES = re.compile(
    r"\b(?P<same>(?:is|was|are|were|dates?) (?:of|from) the (?:same|very same) (?:hour|time|moment|minute|day) as"
    r"|(?:is|are|was|were) (?:just )?as (?:recent|old|new|fresh|current) as)"
    r"|\b(?:was|were|is|are) (?:drawn|made|taken|read|dated|stamped|computed|captured|recorded|counted"
    r"|struck) (?:\w+ )?(?:(?P<after>after|later"
    r" than)|(?P<before>before|earlier than|ahead of))|"
    r"\b(?P<later>postdates?|post-dates?|(?:fresher|newer|later|more recent) (?:timestamps?|times?|dates?|stamps?"
    r"|reading) than"
    r"|(?:is|was|are) (?:newer|fresher|younger|later|more recent) than|came after"
    r"|comes after|is of a later time than)"
    r"|\b(?P<earlier>(?:older|staler|earlier) (?:timestamps?|times?|dates?|stamps?|reading) than|predates?"
    r"|pre-dates?|(?:is|was|are) (?:older|staler|earlier|less recent) than|came before"
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
_UNITS = {"minute": Decimal(1) / 60, "hour": Decimal(1), "day": Decimal(24)}


def older(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is said to be older than another kind of data is so."""
    scene = statement.scene
    for match in _AGES.finditer(statement.text):
        at, end = statement.start + match.start(), statement.start + match.end()
        low, high = scene.clause(at)
        own = [mark for mark in scene.said("kind:", (low, at)) if mark.name in _KINDS and _times(document, mark.name)]
        others = [mark for mark in scene.said("kind:", (end, high)) if mark.name in _KINDS]
        gap = scene.text[end : others[0].start] if others else ""
        if not own and scene.text[low:at].strip().casefold() in ("which", "and", ""):
            # "At the latest settlement, which is less recent than the price": of what stands last before.
            own = [mark for mark in scene.said("kind:", (scene.start, low)) if mark.name in _KINDS][-1:]
        if not own or not others or len(gap.split()) > 3 or scene.said("denial", (low, at)):
            continue
        if re.search(r"\b(?:drop|fall|rise|change|move|settlement before|next|last)\b", scene.text[end:high], re.I):
            continue
        one = _times(document, own[0].name)
        later = bool(match["later"] or match["after"])
        if match["same"]:
            two = _times(document, others[0].name)
            if one and two and all(abs(a - b) > _SAME for a, _ in one for b, _ in two):
                yield turned(document, statement, match, (one[0][1], two[0][1]), "time")
            continue
        for mark in others:
            two = _times(document, mark.name)
            if one and two and not any((a > b) == later and a != b for a, _ in one for b, _ in two):
                yield turned(document, statement, match, (one[0][1], two[0][1]), "time")
                return


def _times(document: Document, kind: str) -> list[tuple[datetime, Fact]]:
    facts = [fact for metric in _KINDS[kind] for fact in document.sheet.all(metric)]
    observed = [fact for fact in facts if not fact.inputs] or facts
    return [(fact.as_of, fact) for fact in observed]


def fresh(document: Document, statement: Statement) -> Iterator[Finding]:
    """What is older than it may be is not told as fresh."""
    match = _FRESH.search(statement.text)
    if match is None:
        return
    hours = Decimal(0)
    if match["hours"]:
        word = match["hours"].casefold()
        hours = (NUMERALS.get(word) or Decimal(word)) * _UNITS[match["unit"].casefold().rstrip("s")]
    old = [fact for fact in document.sheet.all("stale_age") if fact.number > hours]
    if old:
        why = f"{old[0].id} is {old[0].number:.1f} hours; say which is older"
        yield error(document, statement, "roles.denied", absolute(statement, match), why, *old[:1])
