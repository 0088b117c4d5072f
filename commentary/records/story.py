"""A story: a kind of news that fits the facts, with the reasons it does."""

from typing import Literal, NamedTuple

Emphasis = Literal["long", "short", "two-sided", "none"]


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


class NoStory(NamedTuple):
    """A story that does not fire, and why not."""

    name: str
    reasons: tuple[str, ...]
