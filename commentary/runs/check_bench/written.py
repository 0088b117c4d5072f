"""A figure as it is written, read without the languages: which amounts its digits can stand for."""

import re
from decimal import Decimal
from typing import NamedTuple

_SCALES = {
    "trillion": 12, "billion": 9, "million": 6, "thousand": 3,
    "tn": 12, "bn": 9, "mn": 6, "T": 12, "B": 9, "M": 6, "K": 3,
}  # fmt: skip
FIGURE = re.compile(
    r"(?P<minus>minus |[-−](?=[$€£¥\d]))?(?P<currency>[$€£¥])?(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?:(?P<gap>[ \u00a0]?)(?P<scale>trillion|billion|million|thousand|tn|bn|mn|[TBMK]))?(?![A-Za-z])"
)
"""Digits with what makes one amount of them: sign, currency and word of magnitude."""


class Figure(NamedTuple):
    """The first figure of a stretch of text."""

    start: int
    """Where its digits begin, behind the sign and the currency."""
    end: int
    """Where its digits end, before the word of magnitude."""
    whole: tuple[int, int]
    """The span with sign, currency and word of magnitude."""
    digits: str
    currency: str
    gap: str
    scale: str
    negative: bool

    @property
    def size(self) -> Decimal:
        """The amount, without its sign."""
        return Decimal(self.digits.replace(",", "")).scaleb(_SCALES.get(self.scale, 0))

    @property
    def step(self) -> Decimal:
        """What one more in the last digit is."""
        _, _, decimals = self.digits.partition(".")
        return Decimal(1).scaleb(_SCALES.get(self.scale, 0) - len(decimals))

    @property
    def rounded(self) -> Decimal:
        """What one more in the last digit that is not a closing zero is: 270,300 is told to the hundred."""
        if "." in self.digits or self.size == 0:
            return self.step
        number = self.digits.replace(",", "")
        return self.step.scaleb(len(number) - len(number.rstrip("0")))

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """The sizes that round to what is written, taken narrowly: to the last digit."""
        return self.size - self.step / 2, self.size + self.step / 2


def figure_in(text: str) -> Figure | None:
    """Return the first figure of a text."""
    found = FIGURE.search(text)
    if found is None:
        return None
    start, end = found.span("number")
    return Figure(
        start,
        end,
        found.span(),
        found["number"],
        found["currency"] or "",
        found["gap"] or "",
        found["scale"] or "",
        found["minus"] is not None,
    )


def grouped(digits: str) -> str:
    """Return digits with a comma after each third, as they are printed from a thousand on."""
    whole, dot, decimals = digits.partition(".")
    return f"{int(whole):,}{dot}{decimals}"
