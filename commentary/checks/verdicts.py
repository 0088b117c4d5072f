"""What decides a test: how many closes break a band and where, and which way a count speaks against a model.

roles.terms: a band said to be broken by a close too few, or by one on its other side; a test told the wrong way.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from commentary.checks.base import Document, Statement
from commentary.checks.label_terms import WAY, is_up, lead_of
from commentary.checks.scene import Span
from commentary.records.finding import Finding

_PARTS = re.compile(r"[;:,] | (?:and|but|while|or|whereas) ")
_ONE = re.compile(
    r"\b(?:a single|only one|just one|one|an?|any|each|every|the next)(?: (?:single|more|further|such))?"
    r"(?: [\w.]+-(?:hour|minute)| hourly| daily)? close\b",
    re.I,
)
_CLOSE = re.compile(r"\bcloses?\b", re.I)
_BREAKS = re.compile(r"\b(?:breaks?|broke|(?:is|was|be|being|been) (?:broken|lost)|broken (?:by|on|if|once))\b", re.I)
_HOLDS = re.compile(r"\b(?:hold|holds|held|survives?)\b", re.I)
_AGAINST = re.compile(r"\b(?:against (?:the model|it)|refutes? )\b", re.I)
_FOR = re.compile(r"\b(?:confirms?|bears? out|supports?|for the model|in favour)\b", re.I)
_TESTS = ("reach_test", "cluster_test")


def bands(document: Document, statement: Statement) -> Iterator[Finding]:
    """A band is broken by as many closes as our rule asks for, on its own side."""
    scene, needed = statement.scene, document.sheet.get("band_break_closes")
    edges = [told for told in statement.figures() if told.metric in ("band_low", "band_high")]
    if statement.asks or scene.said("denial") or not (edges or scene.said("band")):
        return
    if needed is None or not _CLOSE.search(statement.text):
        return
    for start, end in _parts(statement):
        breaks, holds = _BREAKS.search(scene.text, start, end), _HOLDS.search(scene.text, start, end)
        if (breaks is None) == (holds is None):
            continue
        one = _ONE.search(scene.text, start, end)
        if breaks and one and needed.number > 1:
            message = f"our rule takes {needed.number.normalize():f} closes; write that"
            yield document.finding("roles.terms", "error", statement.field, one.span(), message, (needed.id,))
        for told in edges:
            way = WAY.search(lead_of(statement, told)[0])
            if way is None or not start <= told.mention.start < end:
                continue
            # Support is broken below and held above; resistance is broken above.
            if is_up(way) == ((breaks is not None) == (told.fact.subject.at != "resistance")):
                span = (statement.start + way.start(), told.mention.end)
                message = f"a close on that side of {told.fact.id} says the opposite; turn it about"
                yield document.finding("roles.terms", "error", statement.field, span, message, (told.fact.id,))


def model(document: Document, statement: Statement) -> Iterator[Finding]:
    """A count short of the test speaks against the model, and one that reaches it does not."""
    text = statement.field.text
    against = _AGAINST.search(text, statement.start, statement.end)
    confirms = _FOR.search(text, statement.start, statement.end)
    if statement.asks or statement.scene.said("denial") or (against is None) == (confirms is None):
        return
    for told in statement.figures():
        way = WAY.search(lead_of(statement, told)[0]) if told.metric in _TESTS else None
        if way is not None and is_up(way) == (against is not None):
            span = (statement.start + way.start(), told.mention.end)
            message = f"{told.fact.id} is a bound the other way; turn it about"
            yield document.finding("roles.terms", "error", statement.field, span, message, (told.fact.id,))


def _parts(statement: Statement) -> Iterator[Span]:
    cuts = [match.end() for match in _PARTS.finditer(statement.text)]
    for a, b in pairwise([0, *cuts, len(statement.text)]):
        yield statement.start + a, statement.start + b
