"""What somebody is said to want, feel or plan."""

from random import Random

from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import follow, lead, tail
from commentary.runs.check_bench.target import Target

_SENTENCES = (
    "Whales are accumulating.", "Traders are betting on a fall.", "Smart money is positioning for a rebound.",
    "Bulls want that level back.", "Bears are in control.", "The market is nervous.",
    "Institutions are buying quietly.",
    "Speculators have lost their appetite.", "Investors fear a deeper slide.", "Buyers are trying to defend the level.",
    "Market makers are hunting stops.", "Greed has returned.", "Holders refuse to sell.",
    "Short sellers are getting nervous.", "Traders hope for relief.", "Panic has set in.", "Confidence is back.",
    "The crowd is leaning long.", "Large players are distributing into strength.",
)  # fmt: skip
_CLAUSES = (
    ", as traders bet on a rebound", ", a sign of nervous buyers", ", showing that whales want out",
    ", with bulls eager to defend the level", ", as investors seek safety",
    ", which suggests that speculators are greedy",
    ", as bears press their advantage", ", with the market in a cautious mood", ", as smart money exits",
    ", reflecting fear", ", with traders hoping for more", ", as institutions prepare to buy",
    ", a display of conviction by buyers", ", as panic spread",
)  # fmt: skip
_OPENINGS = (
    "Eager to buy, traders saw that", "With bulls determined,", "In a nervous market,", "As fear spread,",
    "With whales on the bid,", "Amid growing optimism,", "As speculators piled in,", "With buyers reluctant,",
    "In a bid to trap shorts,", "As sentiment soured,", "With greed back,", "To the bulls' delight,",
)  # fmt: skip


@operator("intent in a sentence")
def sentence(target: Target, chance: Random) -> Edit | None:
    """Put what somebody wants behind a sentence."""
    return follow(target, chance, _SENTENCES)


@operator("intent in a clause")
def clause(target: Target, chance: Random) -> Edit | None:
    """Lengthen a sentence by what somebody wants."""
    return tail(target, chance, _CLAUSES)


@operator("intent before")
def opening(target: Target, chance: Random) -> Edit | None:
    """Open a sentence with what somebody wants."""
    return lead(target, chance, _OPENINGS)
