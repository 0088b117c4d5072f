"""What a changed sentence says that the old one did not: what the oracle asks the snapshot about.

A mutant is spared where every one of its claims holds, so a claim names the fact that it is about and
what is now said of it; of words that no snapshot can bear out it is Never.
"""

from decimal import Decimal
from typing import Literal, NamedTuple


class Amount(NamedTuple):
    """What the fact measures is, in size, within an interval."""

    fact: str
    low: Decimal
    high: Decimal


class Sign(NamedTuple):
    """What the fact measures is more than nothing (1) or less (-1)."""

    fact: str
    sign: Literal[-1, 1]


class Other(NamedTuple):
    """What the fact measures has the same value for another asset, side, venue, source, window or clock."""

    fact: str
    field: Literal["asset", "side", "venue", "source", "window", "clock"]
    value: str
    """A ticker, a side, a name, hours, or HH:MM."""


class Order(NamedTuple):
    """Of two facts the first is larger in size."""

    larger: str
    smaller: str


class Recorded(NamedTuple):
    """What the fact tells was observed or reported, and not modelled."""

    fact: str


class Never(NamedTuple):
    """No snapshot can bear it out."""

    why: str


Claim = Amount | Sign | Other | Order | Recorded | Never
