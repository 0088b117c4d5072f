"""Advice to a reader."""

from random import Random

from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import follow, lead, tail
from commentary.runs.check_bench.target import Target

_SENTENCES = (
    "Traders should cut leverage.", "Now is a good time to buy.", "Take profits here.", "Stay away until it settles.",
    "It pays to wait.", "Investors would do well to hedge.", "Buy the dip.", "Set a stop below the level.",
    "We recommend {asset} at this price.", "Holders may want to reduce exposure.", "A long position looks attractive.",
    "Keep some cash ready.", "Do not chase this move.", "Consider closing shorts.", "{Asset} is a buy.",
    "The safest course is to sell.", "Readers should rebalance.", "It is worth adding here.", "Avoid {asset} for now.",
    "One could start building a position.", "Best to sit this one out.", "Lock in gains while you can.",
)  # fmt: skip
_CLAUSES = (
    ", so traders should be careful", ", which makes it a buy", ", a good entry for patient buyers",
    ", and it is time to take profit", ", a reason to stay short", ", so keep stops tight",
    ", an opportunity not to be missed", ", and investors ought to hedge", ", so do not add leverage here",
    ", making {asset} worth a look", ", a level to buy", ", and holders are better off waiting",
    ", so reduce positions", ", a place to get out",
)  # fmt: skip
_OPENINGS = (
    "Sell:", "Buy now:", "For those who want to go long,", "If you hold {asset}, act:", "Cut your leverage, as",
    "Keep an eye on your margin:", "Traders are advised to note that", "Before you add,", "Be prepared:",
    "Take note and hedge:", "Investors should know that", "Use this:",
)  # fmt: skip


@operator("advice in a sentence")
def sentence(target: Target, chance: Random) -> Edit | None:
    """Put advice behind a sentence."""
    return follow(target, chance, _SENTENCES)


@operator("advice in a clause")
def clause(target: Target, chance: Random) -> Edit | None:
    """Lengthen a sentence by advice."""
    return tail(target, chance, _CLAUSES)


@operator("advice before")
def opening(target: Target, chance: Random) -> Edit | None:
    """Open a sentence with advice."""
    return lead(target, chance, _OPENINGS)
