"""What could be written in place of a figure that traces to no fact: legal wordings, nearest first."""

from collections.abc import Iterator
from decimal import Decimal

from commentary.checks.base import Document
from commentary.errors import SpellingError
from commentary.languages.base import Figure
from commentary.records.fact import Fact

_MOST = 3
_APART = Decimal("0.5")
"""A figure further from a fact than half of itself is no slip of it."""


def suggestions(document: Document, text: str) -> tuple[str, ...]:
    """Return at most three ways to write what a figure was probably meant to be; none where nothing is near."""
    found: dict[str, Decimal] = {}
    for figure in document.language.figures(text):
        for fact, style, apart in _near(document, figure):
            try:
                written = document.language.spell(fact, style, document.edition)
            except SpellingError:
                continue
            if written != text:
                found[written] = min(apart, found.get(written, apart))
    return tuple(sorted(found, key=lambda written: (found[written], written))[:_MOST])


def _near(document: Document, figure: Figure) -> Iterator[tuple[Fact, str, Decimal]]:
    """Yield facts of a figure's unit with the style it is written in and how far they are from it, in parts of it."""
    for reading in document.language.readings(figure):
        middle = (reading.low + reading.high) / 2
        if not middle:
            continue
        low, high = sorted((middle * (1 - _APART), middle * (1 + _APART)))
        for fact in document.sheet.within(reading.unit, low, high):
            yield fact, reading.style, abs(fact.number / middle - 1)
