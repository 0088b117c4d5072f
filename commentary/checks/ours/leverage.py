"""What the ranges of our own map are for: the leverage of positions, which nobody at hand knows, and nothing else."""

import re
from collections.abc import Iterator
from functools import cache

from commentary.checks.base import Document, Statement
from commentary.checks.numerals import NUMERALS
from commentary.checks.ours.subject import is_about, is_denied, phrase, ranges, words
from commentary.checks.shapes.saying import absolute, error
from commentary.records.finding import Finding

_STOP = re.compile(r"[,;:.]|$")
_LEVERAGE = re.compile(r"\bleverag\w*", re.I)
_NOT = re.compile(r"\b(?:not|nor|never|\w+n['’]t)\b", re.I)
_OWN = re.compile(r"\b(?:map|model|estimate|margin rules?)\b", re.I)


def depends(document: Document, statement: Statement) -> Iterator[Finding]:
    """A range depends on the leverage assumed, and on nothing else that a sentence could name."""
    own = ranges(statement)
    for match in words("leverage", "depends").finditer(statement.text) if own else ():
        stop = _STOP.search(statement.text, match.end())
        of = statement.text[match.end() : stop.start() if stop else None]
        if (
            words("leverage", "of_it").search(of)
            or _OWN.search(of)
            or is_denied(statement, statement.start + match.end())
        ):
            continue
        why = f"{own[0].fact.id} is an end of a range for the leverage assumed, and for nothing else; write that"
        span = (statement.start + match.start(), statement.start + match.end() + len(of))
        yield error(document, statement, "roles.leverage", span, why, own[0].fact)
        return


@cache
def _whatever() -> re.Pattern[str]:
    return re.compile(rf"\b{phrase('leverage', 'whatever')}(?: [\w'’-]+){{0,4}}? \w*leverag\w*", re.I)


def whatever(document: Document, statement: Statement) -> Iterator[Finding]:
    """No sum of ours is said to hold whatever the leverage."""
    match = _whatever().search(statement.text)
    # "No matter" denies nothing.
    if match is None or not is_about(document, statement) or _NOT.search(statement.text, 0, match.start()):
        return
    why = "the sums of our own map depend on the leverage assumed; write that"
    yield error(document, statement, "roles.leverage", absolute(statement, match), why)


@cache
def _known() -> tuple[re.Pattern[str], ...]:
    knows = phrase("leverage", "known")
    return (
        re.compile(rf"\b{knows}(?: [\w'’-]+){{0,5}}? leverag\w*(?! (?:assumed|that is assumed|mix))", re.I),
        re.compile(rf"\bleverage\b[^,;.]{{0,40}}? (?:is|are|was|were|has been) (?:\w+ )?{knows}", re.I),
    )


def known(document: Document, statement: Statement) -> Iterator[Finding]:
    """The leverage of positions is assumed, and not known, given or measured."""
    if not is_about(document, statement) or statement.scene.said(("conditional", "unknown")):
        return
    for pattern in _known():
        for match in pattern.finditer(statement.text):
            if not is_denied(statement, statement.start + match.start()):
                why = "our own map assumes leverage; no exchange gives it, and nobody at hand knows it"
                yield error(document, statement, "roles.leverage", absolute(statement, match), why)
                return


@cache
def _mixes() -> re.Pattern[str]:
    return re.compile(
        rf"\b{phrase('leverage', 'assumes')}(?: (?:that|up|on|for|with|all|every|each|its|the|positions|run|worked out)"
        rf")*? (?P<mix>{phrase('leverage', 'one_mix')})\b(?! or\b| after\b| by\b)",
        re.I,
    )


def mixes(document: Document, statement: Statement) -> Iterator[Finding]:
    """It is run on as many mixes of leverage as it is, and on no single one."""
    count = document.sheet.get("map_mixes")
    match = _mixes().search(statement.text)
    if count is None or match is None or not is_about(document, statement):
        return
    number = NUMERALS.get(match["mix"].split()[0].casefold(), 1)
    if number != count.number and not is_denied(statement, statement.start + match.start()):
        why = f"{count.id} is {count.number:f}: it is run on so many mixes of leverage; write that"
        yield error(document, statement, "roles.leverage", absolute(statement, match, "mix"), why, count)
