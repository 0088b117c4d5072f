"""What says how a fact is made: its formula in words, its inputs, and the sum itself.

A formula is a text for the reader; what is computed stands here once more, so that the value of a fact can be held
to its inputs, and its formula to what we compute. In a formula "{0}" is the id of the first input, "{hours}" its
interval, "{rate}" and "{quote}" the rate of another currency, "#" a number, and "~" words.
"""

import math
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from commentary.records.fact import three_digits

HUNDRED = Decimal(100)
DAYS_A_YEAR = 365

Sum = Callable[..., Decimal | float | str]


class Form(NamedTuple):
    """One way in which a metric's facts come to be."""

    says: str = ""
    """The formula; empty where a row gives the value itself."""
    of: str = ""
    """The metrics of its inputs, in order; "a|b" is either, "*" any, and "..." any number of any."""
    value: Sum | None = None
    """Of the numbers of the inputs, then of those in `says`, then of `more`; None where rows that are gone decide."""
    more: tuple[str, ...] = ()
    """What else the value is made of: hours, rate, side, or at, the number that the subject stands at."""


def percent_change(now: Decimal, then: Decimal) -> Decimal:
    """Return a change in percent."""
    return (now / then - 1) * HUNDRED


def difference(one: Decimal, other: Decimal) -> Decimal:
    """Return the first less the second."""
    return one - other


def product(one: Decimal, other: Decimal) -> Decimal:
    """Return the first times the second."""
    return one * other


def ratio(part: Decimal, whole: Decimal) -> Decimal:
    """Return the first over the second."""
    return part / whole


def share(part: Decimal, whole: Decimal) -> Decimal:
    """Return the first as percent of the second."""
    return part / whole * HUNDRED


def total(*parts: Decimal) -> Decimal:
    """Return the sum."""
    return sum(parts, Decimal(0))


def half(whole: Decimal) -> Decimal:
    """Return the half."""
    return whole / 2


def half_as_told(whole: Decimal) -> Decimal:
    """Return half of a number as a text tells it."""
    return three_digits(whole) / 2


def itself(value: Decimal) -> Decimal:
    """Return the number."""
    return value


def last(_: Decimal, number: Decimal) -> Decimal:
    """Return the second number."""
    return number


def up_to(whole: Decimal, beyond: Decimal, end: Decimal, at: Decimal) -> Decimal:
    """Return a sum less what lies beyond a price, which has to be the one the subject stands at."""
    if end != at:
        raise ValueError("the sum ends at another price than it says")
    return whole - beyond


def sigmas(level: Decimal, price: Decimal, daily: Decimal) -> float:
    """Return how many daily standard deviations a level is from a price."""
    return abs(math.log(level / price)) / float(daily / HUNDRED)


def upon(one: Decimal, other: Decimal) -> Decimal:
    """Return two changes in percent, the one upon the other."""
    return ((1 + one / HUNDRED) * (1 + other / HUNDRED) - 1) * HUNDRED


def without(one: Decimal, other: Decimal) -> Decimal:
    """Return a change in percent without another that is part of it."""
    return ((1 + one / HUNDRED) / (1 + other / HUNDRED) - 1) * HUNDRED


def payer(rate: Decimal) -> str:
    """Return the side that pays a funding rate."""
    return "long" if rate > 0 else "short" if rate < 0 else "nobody"


def beyond(level: Decimal, price: Decimal, side: str) -> str:
    """Return whether price has passed a level that longs, or shorts, are liquidated at."""
    return "passed" if (price < level if side == "long" else price > level) else "not passed"


def words(*says: str, of: str = "") -> tuple[Form, ...]:
    """Return forms whose value the rows decide."""
    return tuple(Form(one, of) for one in says)
