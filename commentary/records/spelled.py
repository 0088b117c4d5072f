"""Text that knows what it says: segments, mentions, sentences."""

from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal["fact", "derived", "interpretation", "scenario", "definition", "boilerplate"]


class Mention(NamedTuple):
    """A span that spells a fact: spell(fact, style) == text[start:end]."""

    start: int
    end: int
    fact: str
    """The fact's id."""
    style: str
    role: str


class Sentence(NamedTuple):
    """A span that is one sentence (or heading), and where it came from."""

    start: int
    end: int
    origin: str
    """template@name#alternative, frame@name, model@…, editor@…"""
    kind: Kind
    claim: str


class Passage(NamedTuple):
    """One text field of a draft."""

    text: str
    mentions: tuple[Mention, ...] = ()
    sentences: tuple[Sentence, ...] = ()


class Reading(NamedTuple):
    """One way to understand a written figure: a style and the interval of values that it can stand for."""

    style: str
    unit: str
    low: Decimal
    high: Decimal
    """Inclusive ends, in the unit's own scale."""
    sign: Literal[-1, 0, 1] = 0
    """What a direction word in the spelling says; 0 where there is none."""
