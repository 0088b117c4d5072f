"""How a written figure can have come about from another: the slips of a hand that copies figures.

Only digits, value and unit are compared. Whether the other figure may stand where the first does is not known here.
"""

from decimal import Decimal
from enum import IntEnum

from commentary.records.spelled import Shown


class Slip(IntEnum):
    """What went wrong, likeliest first."""

    PRECISION = 0
    """The value is right, and has more or fewer digits than it is written with: 2.49% for 2.5%."""
    EXCHANGED = 1
    """Two digits changed places: 62,410 for 62,140."""
    DIGIT = 2
    """One digit is wrong, left out or put in: 62,141 for 62,140."""
    SCALE = 3
    """The digits are right, and the point, the word of scale or the unit is not: $1.07 million for $1.07 billion."""
    NEAR = 4
    """No slip of the hand; another figure of about that value was meant, if any."""


_APART = Decimal("0.5")
"""A figure further from another than half of itself is not near it."""
_EXCHANGED = 2
"""Digits that change places stand side by side, or with one between them."""
_ONE_OF = 3
"""Of fewer digits any two figures differ in one."""
_SAME = 2
"""Fewer digits are the same by chance."""

_MOVED = 2
"""Places that a point moves by a slip; a word of scale moves it by more."""


def slip(written: Shown, meant: Shown, value: Decimal) -> Slip | None:
    """Return how `written` can have come about where `meant` should stand; None where it cannot.

    Args:
        written: the figure that stands there.
        meant: a legal figure.
        value: the exact magnitude that `meant` is rounded from.
    """
    if written.unit == meant.unit:
        # With as many decimals, the last digit is wrong.
        if written.value == meant.value or (written.step != meant.step and _is_rounded(written, value)):
            return Slip.PRECISION
        # A point that moved too makes two slips.
        if written.scale == meant.scale and (written.step == meant.step or len(written.digits) != len(meant.digits)):
            if _is_exchanged(written.digits, meant.digits):
                return Slip.EXCHANGED
            if _is_one_apart(written.digits, meant.digits):
                return Slip.DIGIT
    if _is_moved(written, meant):
        return Slip.SCALE
    return Slip.NEAR if written.unit == meant.unit and apart(written, value) <= _APART else None


def apart(written: Shown, value: Decimal) -> Decimal:
    """Return how far a value is from what is written, in parts of it."""
    return abs(value / written.value - 1) if written.value else Decimal(1)


def significant(digits: str) -> int:
    """Return how many digits there are behind the zeros of the beginning."""
    return len(digits.lstrip("0"))


def _is_rounded(written: Shown, value: Decimal) -> bool:
    """Say whether a value is what is written when it is rounded to its step."""
    return abs(value - written.value) * 2 <= written.step


def _is_moved(one: Shown, other: Shown) -> bool:
    """Say whether the digits are the same, and scale, unit or point are not."""
    same = one.digits.strip("0") == other.digits.strip("0") and significant(other.digits.rstrip("0")) >= _SAME
    return same and (one.scale != other.scale or abs(one.value.adjusted() - other.value.adjusted()) <= _MOVED)


def _is_exchanged(one: str, other: str) -> bool:
    differ = [i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]]
    if len(one) != len(other) or len(differ) != 2:
        return False
    a, b = differ
    return b - a <= _EXCHANGED and one[a] == other[b] and one[b] == other[a]


def _is_one_apart(one: str, other: str) -> bool:
    """Say whether one digit makes the difference: another one, or one more."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or one == other or max(significant(one), significant(other)) < _ONE_OF:
        return False
    at = next((i for i, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]
