"""Styles of changes: the word for up or down comes from the sign, so the two cannot disagree."""

import re
from collections.abc import Callable
from decimal import Decimal

from commentary.languages.base import Style, UnfitError
from commentary.languages.en import numbers as n
from commentary.languages.en.phrase import phrase, plain
from commentary.records.edition import Edition
from commentary.records.fact import Fact

LITTLE = Decimal("0.5")
"""A change of less than this many percent may be called little, for any coin."""

_PERCENT = plain(n.PERCENT)
_MOVES = (
    # name, words up, words down, the examples
    ("gap", "{} above", "{} below", '"2.5% below" or "2.5% above"'),
    ("lower", "{} higher", "{} lower", '"2.5% lower" or "2.5% higher"'),
    ("a_fall", "{a} {} rise", "{a} {} fall", '"a 2.5% fall" or "an 8.1% rise"'),
    ("fall_of", "a rise of {}", "a fall of {}", '"a fall of 2.5%" or "a rise of 2.5%"'),
    ("moved", "rose {}", "fell {}", '"fell 9.2%" or "rose 9.2%"'),
    ("dropped", "climbed {}", "dropped {}", '"dropped 9.2%" or "climbed 9.2%"'),
    ("falls", "rises {}", "falls {}", '"falls 9.2%" or "rises 9.2%"'),
    ("up_down", "up {}", "down {}", '"down 1.1%" or "up 1.1%"'),
    ("less", "{} more", "{} less", '"1.1% less" or "1.1% more"'),
)
_AT_ZERO = {"moved": "was unchanged", "dropped": "was unchanged", "falls": "is unchanged", "up_down": "unchanged"}
_MOVING = r"(?:rose|fell|climbed|dropped|rises|falls|and|while|with|by)"
_TO_ITSELF = re.compile(rf"\bunchanged\b(?:(?!\b{_MOVING}\b|[;:] |\. [A-Z]).)*\bto [$€£¥]?(?!\d\d:\d\d)\d")
"""What did not move went nowhere: "was unchanged over those hours, to $66,212"."""
_WORDS = (
    # name, word up, word down
    ("fall_word", "rise", "fall"),
    ("fell_word", "rose", "fell"),
    ("fell_more", "rose by more", "fell by more"),
    ("lower_word", "higher", "lower"),
    ("below_word", "above", "below"),
    ("falls_word", "rises", "falls"),
    ("loss_word", "gain", "loss"),
    ("positions", "positions were added", "positions closed"),
    # What a move speaks for.
    ("lean", "bullish", "bearish"),
)


def _is_change(fact: Fact) -> bool:
    return fact.quantity == "delta" and isinstance(fact.value, Decimal)


def _is_percent_change(fact: Fact) -> bool:
    return _is_change(fact) and fact.unit == "percent"


def _word(up: str, down: str) -> Callable[[Fact, Edition], str]:
    def write(fact: Fact, _: Edition) -> str:
        if not fact.number:
            raise UnfitError("it is neither a rise nor a fall")
        return up if fact.number > 0 else down

    return write


def _little(fact: Fact, _: Edition) -> str:
    if abs(fact.number) >= LITTLE:
        raise UnfitError(f"a change of {LITTLE}% or more is not little")
    return "little changed"


def reads(text: str) -> bool:
    """Say whether a text tells of nothing unchanged that it went to a value."""
    return _TO_ITSELF.search(text) is None


CHANGES: tuple[Style, ...] = (
    *(
        phrase(
            name,
            f"{doc}, for a change in percent",
            _PERCENT,
            ("percent",),
            up,
            down,
            quantity="delta",
            zero=False,
            at_zero=_AT_ZERO.get(name),
        )
        for name, up, down, doc in _MOVES
    ),
    *(
        Style(
            name,
            f'"{down}" or "{up}", the word alone, for a change',
            False,
            False,
            _word(up, down),
            _is_change,
        )
        for name, up, down in _WORDS
    ),
    Style(
        "little",
        f'"little changed", for a change of less than {LITTLE}%',
        False,
        False,
        _little,
        _is_percent_change,
    ),
)
