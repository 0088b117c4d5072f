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


class Altered(NamedTuple):
    """A stretch of a sentence where it differs from the approved one that it was made of."""

    start: int
    end: int
    """The same as `start` where words were only left out."""
    approved: str
    """The approved sentence."""
    was: tuple[int, int]
    """The stretch of it that stood here; empty where words were only put in."""
    facts: tuple[str, ...]
    """Ids of the facts that the stretch spelled."""
    whole: tuple[int, int] = (0, 0)
    """All that stands now for the approved sentence."""
    told: tuple[Mention, ...] = ()
    """The mentions of the approved sentence."""


class Before(NamedTuple):
    """A sentence that another stands behind."""

    text: str
    facts: frozenset[str]
    """Ids of the facts that it tells in figures."""
    opens: bool = False
    """True where the other one opens a paragraph."""


class Recognised(NamedTuple):
    """A sentence that is an approved one, as it was approved or altered."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    """Those that stand as they were approved."""
    altered: tuple[Altered, ...]
    sides: frozenset[str]
    """The sides of which a story that puts it first would say this; none where any story would."""


class Reading(NamedTuple):
    """One way to understand a written figure: a style and the interval of values that it can stand for."""

    style: str
    unit: str
    low: Decimal
    high: Decimal
    """Inclusive ends, in the unit's own scale."""
    sign: Literal[-1, 0, 1] = 0
    """What a direction word in the spelling says; 0 where there is none."""


class Shown(NamedTuple):
    """What a reader takes a written figure for, whether or not any fact is written so."""

    digits: str
    """Its digits, without the signs between them."""
    value: Decimal
    step: Decimal
    """The unit in its last place."""
    scale: str
    """The word or letter that it is counted in, such as "billion"; or nothing."""
    unit: str
    """What stands around the number: "$", "%", "BTC"."""
