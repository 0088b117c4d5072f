"""The inverse of English spellings: from a figure to the values that it can stand for.

A number is understood first and written again; where the same text does not come back, it is no
spelling of ours. So nothing is accepted that the writer would not write ("$999.6 million", "2.50%").
"""

import re
from collections.abc import Callable
from decimal import Decimal

from commentary.languages.en.numbers import BILLION, MILLION, SMALL, THOUSAND, TRILLION, Notation

Interval = tuple[Decimal, Decimal]
"""Lowest and highest magnitude, inclusive."""
ReadBody = Callable[[str], Interval | None]

_MAGNITUDE = re.compile(
    r"\$?(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)"
    r"(?P<scale> trillion| billion| million|tn|bn|m|T|B|M|K)?"
    r"(?:%| percentage points?| basis points?| days?| hours?| sessions?)?"
)
_SCALES = {
    "K": THOUSAND,
    "m": MILLION,
    "M": MILLION,
    " million": MILLION,
    "bn": BILLION,
    "B": BILLION,
    " billion": BILLION,
    "tn": TRILLION,
    "T": TRILLION,
    " trillion": TRILLION,
}
_SMALL = {word: Decimal(number) for number, word in enumerate(SMALL)}
_JUST_UNDER = Decimal("0.999")
_SYMBOL = re.compile(r"\S+")


def magnitude(text: str) -> Decimal | None:
    """Return the number that a figure shows, or None where it is no figure."""
    word = text.removesuffix("s").removesuffix(" day").removesuffix(" hour").removesuffix(" session")
    if word in _SMALL:
        return _SMALL[word]
    match = _MAGNITUDE.fullmatch(text)
    if match is None:
        return None
    number = Decimal(match["number"].replace(",", ""))
    if " basis point" in text:
        return number / 100
    return number * _SCALES[match["scale"]] if match["scale"] else number


def reader(*notations: Notation) -> ReadBody:
    """Return a function that understands a figure in any of the notations."""

    def read(text: str) -> Interval | None:
        number = magnitude(text)
        if number is None:
            return None
        for notation in notations:
            # Just below a border a value can be shown as the border while the border itself is not.
            if text in (notation.write(number), notation.write(number * _JUST_UNDER)):
                half = notation.step(number) / 2
                return number - half, number + half
        return None

    return read


def symbol_reader(*notations: Notation) -> ReadBody:
    """Return a function that understands a figure with a ticker or currency code behind it."""
    plain = reader(*notations)

    def read(text: str) -> Interval | None:
        number, space, symbol = text.rpartition(" ")
        return plain(number) if space and _SYMBOL.fullmatch(symbol) else None

    return read


def price_reader(notation: Notation, signs: str) -> ReadBody:
    """Return a function that understands a price: with a currency sign before or a code behind."""
    plain, coded = reader(notation), symbol_reader(notation)

    def read(text: str) -> Interval | None:
        return plain(text[1:]) if text[:1] in signs and text else coded(text)

    return read
