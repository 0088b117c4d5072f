"""How a figure's style is made: a figure, and the words around it that may tell its sign.

A style without words for a fall writes a magnitude. It takes a negative change, whose direction the
sentence has to say, and no other negative value, which would lose its sign unnoticed.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Literal, NamedTuple

from commentary.languages.base import Style, UnfitError
from commentary.languages.en.grammar import ReadBody, price_reader, reader, symbol_reader
from commentary.languages.en.numbers import Notation, article, rounded
from commentary.records.edition import Edition, HouseStyle
from commentary.records.fact import Fact, Quantity, Unit
from commentary.records.spelled import Reading

Sign = Literal[-1, 0, 1]
CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
"""Every other currency is written as a code behind the figure."""


class Body(NamedTuple):
    """A figure without the words around it."""

    write: Callable[[Fact, HouseStyle], str]
    read: ReadBody


def plain(notation: Notation, short: Notation | None = None, digits: Notation | None = None) -> Body:
    """Return a figure by itself.

    `short` is its form in a house that writes $1.07bn, `digits` in one that writes 9 for nine.
    """
    short, digits = short or notation, digits or notation

    def write(fact: Fact, house: HouseStyle) -> str:
        chosen = digits if house.counts == "9" else notation
        return _magnitude(fact, (chosen, short if short is not notation else chosen), house)

    return Body(write, reader(notation, short, digits))


def of_coin(notation: Notation, short: Notation) -> Body:
    """Return a figure with the ticker of its coin behind it."""
    notations = (notation, short)

    def write(fact: Fact, house: HouseStyle) -> str:
        if fact.subject.asset == "market":
            raise UnfitError("coins of the whole market cannot be added up")
        return f"{_magnitude(fact, notations, house)} {fact.subject.asset}"

    return Body(write, symbol_reader(*notations))


def of_price(notation: Notation) -> Body:
    """Return a figure with its currency: a sign before it or a code behind it."""

    def write(fact: Fact, house: HouseStyle) -> str:
        figure = _magnitude(fact, (notation, notation), house)
        sign = CURRENCY_SIGNS.get(fact.currency)
        return f"{sign}{figure}" if sign else f"{figure} {fact.currency}"

    return Body(write, price_reader(notation, "".join(CURRENCY_SIGNS.values())))


def _magnitude(fact: Fact, notations: tuple[Notation, Notation], house: HouseStyle) -> str:
    notation = notations[house.billions == "$1.07bn"]
    if fact.number and not rounded(fact.number, notation.step):
        raise UnfitError("it is so small that it would be written as zero")
    return notation.write(fact.number)


def phrase(
    name: str,
    doc: str,
    body: Body,
    units: tuple[Unit, ...],
    words: str = "{}",
    down: str | None = None,
    *,
    quantity: Quantity | None = None,
    where: Callable[[Fact], bool] | None = None,
    zero: bool = True,
    at_zero: str | None = None,
) -> Style:
    """Return the style that writes `body` inside `words`, or inside `down` where the value is negative.

    Args:
        name: the style's name.
        doc: an example of its text.
        body: the figure; "{}" in the words stands for it and "{a}" for its article.
        units: the units it writes.
        words: the words around a positive value, or around any magnitude where `down` is None.
        down: the words around a negative value.
        quantity: the only quantity it writes, where there is one.
        where: what else a fact must be.
        zero: whether zero can be written; words of rise and fall have no place for it.
        at_zero: the whole text where the value is exactly zero.
    """
    around: list[tuple[str, str, Sign]] = [(*ends, 1) for ends in _ends(words)]
    around += [(*ends, -1) for ends in _ends(words if down is None else down)]

    def accepts(fact: Fact) -> bool:
        return (
            fact.unit in units
            and isinstance(fact.value, Decimal)
            and quantity in (None, fact.quantity)
            and (where is None or where(fact))
        )

    def write(fact: Fact, edition: Edition) -> str:
        value = fact.number
        if not value and at_zero is not None:
            return at_zero
        if not value and not zero:
            raise UnfitError("it is neither a rise nor a fall")
        if value < 0 and down is None and fact.quantity != "delta":
            raise UnfitError("it is negative, and this style writes no sign")
        text = body.write(fact, edition.house)
        chosen = down if down is not None and value < 0 else words
        return chosen.replace("{a}", article(text)).replace("{}", text)

    def read(text: str) -> Iterable[Reading]:
        if text == at_zero:
            yield from (Reading(name, unit, Decimal(0), Decimal(0)) for unit in units)
        for before, after, sign in around:
            if not (text.startswith(before) and text.endswith(after)):
                continue
            interval = body.read(text[len(before) : len(text) - len(after)])
            if interval is None:
                continue
            low, high = max(interval[0], Decimal(0)), interval[1]
            said: Sign = sign if down is not None and (sign < 0 or not zero) else 0
            for unit in units:
                yield Reading(name, unit, *((low, high) if sign > 0 else (-high, -low)), said)

    return Style(name, doc, True, True, write, accepts, read)


def _ends(words: str) -> list[tuple[str, str]]:
    """Return what can stand before and after the figure."""
    before, _, after = words.partition("{}")
    return [(before.replace("{a}", one), after) for one in (("a", "an") if "{a}" in before else ("",))]
