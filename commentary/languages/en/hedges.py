"""Words that bound a figure: "about $430 million", "nearly $1.1 billion", "more than $510 million".

Each is true of an interval around what is written, and never by more than `TOLERANCE`: "more than $1 billion" of
$1.7 billion hides two fifths of it. Where the writing is exact, a bound says what is not so.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from types import MappingProxyType
from typing import Literal, NamedTuple

from commentary.languages.base import UnfitError
from commentary.records.fact import Fact

Way = Literal["near", "below", "above"]
"""Where the value lies: near what is written, below it ("nearly"), above it ("more than")."""

TILDE = "tilde"
"""The name of the hedge "~", which in a style's name begins a house form."""
TOLERANCE = Decimal("0.05")
PERCENT_TOLERANCE = Decimal("0.1")
"""Whole percents are as round as readers know them: about 5% may be 5.4%."""

HEDGES: MappingProxyType[str, Way] = MappingProxyType(
    {
        **dict.fromkeys(("about", "around", "roughly", "approximately", "some", "close to", "circa", TILDE), "near"),
        **dict.fromkeys(
            ("nearly", "almost", "just under", "just below", "just shy of", "not quite", "close on", "a little under",
             "under", "less than", "fewer than", "a shade under", "slightly less than", "slightly under",
             "a little less than", "a touch under"), "below"),
        **dict.fromkeys(
            ("more than", "over", "just over", "at least", "upwards of", "a little over", "a little more than",
             "slightly more than", "slightly over", "a shade over", "north of", "better than", "a touch over",
             "a touch more than", "in excess of"), "above"),
    }
)  # fmt: skip


def before(word: str) -> str:
    """Return what stands before a hedged figure."""
    return "~" if word == TILDE else f"{word} "


_ROUNDING = {"near": ROUND_HALF_UP, "below": ROUND_CEILING, "above": ROUND_FLOOR}
MOST_DIGITS = 3


class Hedged(NamedTuple):
    """A hedge as a style's name holds it: "nearly.2:usd" writes "nearly $1.1 billion"."""

    word: str
    digits: int

    def __str__(self) -> str:
        return f"{self.word}.{self.digits}:"


def parse(name: str) -> tuple[Hedged, str] | None:
    """Return the hedge at the beginning of a style's name, and the style behind it."""
    head, colon, base = name.partition(":")
    word, dot, digits = head.rpartition(".")
    if not (colon and dot) or word not in HEDGES or not digits.isdecimal():
        return None
    return Hedged(word, int(digits)), base


def write(hedge: Hedged, fact: Fact, base: Callable[[Fact], str]) -> str:
    """Return the hedged text of a fact.

    Raises:
        UnfitError: the rounded figure says more or less than the hedge may hide, or hides nothing.
    """
    if not 1 <= hedge.digits <= MOST_DIGITS:
        raise UnfitError(f"a figure behind {hedge.word!r} has one to {MOST_DIGITS} digits")
    value = fact.number.copy_abs()
    if not value:
        raise UnfitError("nothing is near zero, above or below it")
    way = HEDGES[hedge.word]
    shown = Context(prec=hedge.digits, rounding=_ROUNDING[way]).plus(value)
    apart = abs(shown - value)
    if way != "near" and not apart:
        raise UnfitError(f"it is exactly that, not {hedge.word} it")
    if apart > value * tolerance(fact.unit, way):
        raise UnfitError(f"{hedge.word!r} hides more than a reader would think")
    return f"{before(hedge.word)}{base(replace(fact, value=shown.copy_sign(fact.number)))}"


def tolerance(unit: str, way: Way) -> Decimal:
    """Return the largest part of a value that a hedge may hide."""
    return PERCENT_TOLERANCE if unit == "percent" and way == "near" else TOLERANCE


def interval(way: Way, unit: str, shown: Decimal) -> tuple[Decimal, Decimal]:
    """Return the magnitudes that a hedged figure can stand for, a little widely: writing it again decides."""
    spread = shown * tolerance(unit, way) / (1 - tolerance(unit, way))
    return (shown if way == "above" else shown - spread), (shown if way == "below" else shown + spread)


def significant_digits(shown: Decimal) -> int:
    """Return how many digits a written figure has, zeros at its end apart."""
    return len(shown.normalize().as_tuple().digits)
