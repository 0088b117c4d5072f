"""Formats: the short forms of a story say what the story says, in as much room as they have.

formats.headline: a figure of a candidate for the headline that the body never states (agreement.unborne has the
headline itself).
formats.unborne: a figure of a push line, a post, a blurb or a title that neither body nor digest states.
formats.unlike: a figure that a short form writes otherwise than body and digest do: "$1.1B" beside "$1.07 billion".
formats.length: a form that is too long, or too short, for its place.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from commentary.checks import checks
from commentary.checks.base import Document, Field, Told
from commentary.records import limits
from commentary.records.finding import Finding, Severity

_AT_MOST = {
    "/variants/push": limits.PUSH,
    "/variants/social/": limits.SOCIAL,
    "/variants/search_title": limits.SEARCH_TITLE,
    "/variants/mail_subject": limits.MAIL_SUBJECT,
}
"""Characters of the fields whose paths begin so."""
_CANDIDATES = "/headlines/"
_VARIANTS = "/variants/"
_BLURB = "/variants/blurb"

Written = dict[tuple[str, str], set[Decimal]]
"""By a fact and what stands around its number, the numbers that it is written as."""


@checks.add("formats")
def formats(document: Document) -> Iterator[Finding]:
    """Compare the short forms of a story with its body and its digest, and measure them."""
    if document.scope != "article":
        return
    body = [(field, told) for field, told in document.mentioned() if field.part == "body"]
    digest = [(field, told) for field, told in document.mentioned() if field.part == "digest"]
    yield from _unborne(document, _facts(document, body), _facts(document, [*body, *digest]))
    yield from _unlike(document, _written(document, [*body, *digest]))
    yield from _lengths(document)


def _facts(document: Document, mentioned: Iterable[tuple[Field, Told]]) -> set[object]:
    """Return the facts that are stated, and their values: two facts may be of one value."""
    stated = [told.fact for field, told in mentioned if told.is_figure(field)]
    return {fact.id for fact in stated} | {(fact.value, fact.unit) for fact in stated}


def _unborne(document: Document, body: set[object], apart: set[object]) -> Iterator[Finding]:
    edited = any(field.altered for field in document.fields)
    for statement in document.statements:
        field = statement.field
        is_headline = field.path.startswith(_CANDIDATES)
        if statement.asks or not (is_headline or field.path.startswith(_VARIANTS)):
            continue
        # Where an editor has cut what it rests on, a form that stands elsewhere waits; a candidate is no headline yet.
        waits = edited and not field.altered
        if waits and is_headline:
            continue
        for told in statement.figures():
            fact = told.fact
            borne = body if is_headline else apart
            if fact.id in borne or (fact.value, fact.unit) in borne:
                continue
            if is_headline:
                message = f"the body never states {fact.id}; state it there, or head the story by what it does state"
            else:
                message = f"neither body nor digest states {fact.id}; state it there, or leave it out here"
            code = "formats.headline" if is_headline else "formats.unborne"
            span = (told.mention.start, told.mention.end)
            yield document.finding(code, "warning" if waits else "error", field, span, message, (fact.id,))


def _numbers(document: Document, field: Field, told: Told) -> Iterator[tuple[str, Decimal]]:
    """Yield what a reader takes the figures of a mention for."""
    text = field.text[told.mention.start : told.mention.end]
    for figure in document.language.figures(text):
        shown = document.language.shown(figure)
        if shown is not None:
            yield shown.unit, abs(shown.value)


def _written(document: Document, mentioned: Iterable[tuple[Field, Told]]) -> Written:
    written: Written = {}
    for field, told in mentioned:
        if told.is_figure(field):
            for unit, number in _numbers(document, field, told):
                written.setdefault((told.fact.id, unit), set()).add(number)
    return written


def _unlike(document: Document, written: Written) -> Iterator[Finding]:
    for field, told in document.mentioned():
        is_short = field.part == "headline" or field.path.startswith(_VARIANTS)
        if not is_short or not told.is_figure(field):
            continue
        for unit, number in _numbers(document, field, told):
            known = written.get((told.fact.id, unit))
            if known and number not in known:
                message = f"{told.fact.id} is written otherwise in the body and the digest; write the same figure"
                span = (told.mention.start, told.mention.end)
                yield document.finding("formats.unlike", _severity(document), field, span, message, (told.fact.id,))


def _severity(document: Document) -> Severity:
    """Return how grave it is: our own forms are made to fit, somebody else's house has rules of its own."""
    return "error" if document.written else "warning"


def _lengths(document: Document) -> Iterator[Finding]:
    for field in document.fields:
        span = (0, len(field.text))
        most = next((most for beginning, most in _AT_MOST.items() if field.path.startswith(beginning)), None)
        most = limits.HEADLINE if field.part == "headline" else most
        if most is not None and len(field.text) > most:
            message = f"it has {len(field.text)} characters; {most} is the most that fits there"
            yield document.finding("formats.length", _severity(document), field, span, message)
        words = limits.count_words(field.text)
        if field.path == _BLURB and not limits.BLURB.least <= words <= limits.BLURB.most:
            message = f"it has {words} words; write {limits.BLURB.least} to {limits.BLURB.most}"
            yield document.finding("formats.length", "error", field, span, message)
