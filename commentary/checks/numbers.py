"""Figures: every one is a mention, and every mention is spelled as its fact is.

numbers.misspelled: a mention's text is not how its fact is written in its style.
numbers.unknown_fact: a mention points to a fact that the document does not carry.
numbers.untraced: something that looks like a quantity and is no mention.
"""

from collections.abc import Iterator

from commentary.checks import checks
from commentary.checks.base import Document, Field
from commentary.errors import SpellingError
from commentary.records.finding import Finding


@checks.add("numbers")
def numbers(document: Document) -> Iterator[Finding]:
    """Find figures that no fact carries."""
    for field in document.fields:
        yield from _mentions(document, field)
        yield from _residue(document, field)


def _mentions(document: Document, field: Field) -> Iterator[Finding]:
    last = 0
    for mention in field.mentions:
        span = (mention.start, mention.end)
        if not 0 <= mention.start < mention.end <= len(field.text) or mention.start < last:
            yield document.finding(
                "numbers.misplaced",
                "error",
                field,
                (0, 0),
                f"a mention of {mention.fact} lies outside the text",
            )
            continue
        last = mention.end
        if mention.fact not in document.sheet:
            yield document.finding(
                "numbers.unknown_fact",
                "error",
                field,
                span,
                f"no fact has the id {mention.fact}; name one that does",
            )
            continue
        fact = document.sheet[mention.fact]
        try:
            legal = document.language.spell(fact, mention.style, document.edition)
        except SpellingError as error:
            yield document.finding("numbers.misspelled", "error", field, span, str(error), (fact.id,))
            continue
        written = field.text[mention.start : mention.end]
        if written != legal:
            yield document.finding(
                "numbers.misspelled",
                "error",
                field,
                span,
                f"{written!r} is not how {fact.id} is written; write {legal!r}",
                (fact.id,),
                (legal,),
            )


def _residue(document: Document, field: Field) -> Iterator[Finding]:
    covered = [(mention.start, mention.end) for mention in field.mentions]
    frames = [
        (sentence.start, sentence.end)
        for sentence in field.sentences
        if sentence.origin.startswith("frame@")
        and document.language.frames.get(sentence.origin.removeprefix("frame@"))
        == field.text[sentence.start : sentence.end]
    ]
    for start, end in document.language.quantities(field.text):
        if any(a <= start and end <= b for a, b in (*covered, *frames)):
            continue
        pieces = _uncovered(field.text, start, end, covered)
        for a, b in pieces:
            if document.language.quantities(field.text[a:b]):
                text = field.text[a:b]
                yield document.finding(
                    "numbers.untraced",
                    "error",
                    field,
                    (a, b),
                    f"{text!r} traces to no fact; write it as a fact is written, or take it out",
                )


def _uncovered(text: str, start: int, end: int, covered: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the parts of a span that no mention covers."""
    pieces = []
    at = start
    for a, b in sorted(covered):
        if b <= at or a >= end:
            continue
        if a > at:
            pieces.append((at, a))
        at = max(at, b)
    if at < end:
        pieces.append((at, end))
    return [(a, b) for a, b in pieces if text[a:b].strip()]
