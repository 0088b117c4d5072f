"""What will come, told as if it were known."""

from random import Random

from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import follow, tail
from commentary.runs.check_bench.target import Target

_SENTENCES = (
    "{Asset} will retest its low this week.", "A rebound is likely within days.", "Expect more selling.",
    "The next stop is lower.", "{Asset} is heading for a new high.", "A squeeze is coming.",
    "The rally has further to go.", "More pain lies ahead.", "Price should recover by the weekend.",
    "The odds favour a fall.", "A move to the upper level looks probable.", "This sets up a breakout.",
    "{Asset} is poised for a bounce.", "Another leg down appears on the cards.", "The trend is set to continue.",
    "Look for a reversal soon.", "A correction is due.", "That points to a stronger month.",
    "Volatility is about to return.",
    "We expect {asset} to drift higher.", "The worst is yet to come.", "The bottom is in.",
)  # fmt: skip
_CLAUSES = (
    ", and more is to come", ", paving the way for a rebound", ", which will push price lower",
    ", so a retest is likely", ", pointing to further losses", ", setting the stage for a rally",
    ", a sign that the fall will continue", ", with a bounce expected soon", ", and the next move should be up",
    ", opening the door to lower prices", ", which bodes well for the coming weeks",
    ", and {asset} is likely to follow",
    ", ahead of what looks like a squeeze", ", foreshadowing a sharper drop", ", with the low set to be tested again",
    ", and it is going to get worse",
)  # fmt: skip


@operator("prediction in a sentence")
def sentence(target: Target, chance: Random) -> Edit | None:
    """Put a forecast behind a sentence."""
    return follow(target, chance, _SENTENCES)


@operator("prediction in a clause")
def clause(target: Target, chance: Random) -> Edit | None:
    """Lengthen a sentence by a forecast."""
    return tail(target, chance, _CLAUSES)
