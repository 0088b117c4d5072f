"""A story: a kind of news that fits the facts, with the reasons it does."""

from decimal import Decimal
from typing import Literal, NamedTuple

Emphasis = Literal["long", "short", "two-sided", "none"]


class Score(NamedTuple):
    """How newsworthy a kind of data is."""

    kind: str
    """Its table in data/tolerances.toml, such as "open_interest"."""
    value: Decimal
    """0 to 1, against its own history."""
    why: str


class Story(NamedTuple):
    """A story that fires."""

    name: str
    emphasis: Emphasis
    score: float
    """0 to 1; stories of one snapshot are ranked by it."""
    why: tuple[str, ...]
    """The conditions that held, in words and values."""
    ranked: bool
    """True if history shows how unusual it is; False if it fired by its floor."""
    scores: tuple[Score, ...] = ()
    """Of the kinds of data at hand, the highest first; a kind without a history has none."""


class NoStory(NamedTuple):
    """A story that does not fire, and why not."""

    name: str
    reasons: tuple[str, ...]
    near: float = 1.0
    """The share of the figures that its conditions ask for which are at hand; all, where something else stopped it."""
    fires: bool = False
    """It does fire, and is no news all the same: told already, left out, or not to be told whole."""
