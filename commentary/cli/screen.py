"""Lines for a reader at a terminal: wrapped with a hanging indent, bold and dim where the terminal shows them."""

import sys
from collections.abc import Iterator
from textwrap import wrap
from typing import NamedTuple

from commentary.cli.output import shows_colour, width_of

WIDEST = 100
"""Longer lines of words are hard to read."""
NARROWEST = 40
_BOLD, _DIM, _PLAIN = "\033[1m", "\033[2m", "\033[0m"


class Screen(NamedTuple):
    """What the lines are made for."""

    width: int = 78
    colour: bool = False

    @classmethod
    def of_output(cls) -> "Screen":
        """Return the screen that standard output is, or the plain one for a file or a pipe."""
        return cls(max(NARROWEST, min(width_of(sys.stdout), WIDEST)), shows_colour(sys.stdout))

    def bold(self, words: str) -> str:
        """Return words to be seen first."""
        return f"{_BOLD}{words}{_PLAIN}" if self.colour and words else words

    def dim(self, words: str) -> str:
        """Return words to be seen last."""
        return f"{_DIM}{words}{_PLAIN}" if self.colour and words else words

    def wrapped(self, words: str, first: str = "", rest: str | None = None) -> Iterator[str]:
        """Yield lines of words; an identifier longer than a line is not broken, so that it can be copied."""
        indent = " " * len(first) if rest is None else rest
        yield from wrap(
            words,
            self.width,
            initial_indent=first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [first]

    def sides(self, left: str, right: str, indent: str = "") -> Iterator[str]:
        """Yield left and right on one line, the right one at its end; on two where they do not fit.

        The left one is bold.
        """
        gap = self.width - len(indent) - len(left) - len(right)
        if gap >= 2:
            yield f"{indent}{self.bold(left)}{' ' * gap}{right}"
        else:
            yield from (self.bold(line) for line in self.wrapped(left, indent, indent + "  "))
            yield right.rjust(self.width)
