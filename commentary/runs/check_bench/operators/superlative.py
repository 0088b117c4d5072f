"""A record that no history at hand can show."""

import re
from random import Random

from commentary.runs.check_bench.claims import Never
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import follow, pick, put, tail
from commentary.runs.check_bench.target import Target

_CLAUSES = (
    ", the most ever", ", a record", ", the highest on record", ", an all-time high", ", the largest since 2021",
    ", the biggest in its history", ", the steepest of the year", ", a level never seen before",
    ", the worst since the collapse of FTX", ", unmatched in this cycle", ", the strongest reading in years",
    ", the lowest since the bear market", ", unprecedented for {asset}", ", the first time that has happened",
    ", the heaviest of any exchange", ", more than at any time this decade", ", a multi-year extreme",
)  # fmt: skip
_SENTENCES = (
    "It is the largest ever.", "That is a record.", "Nothing like it has been seen.", "It is the highest in years.",
    "No day this year was bigger.", "This has never happened before.", "It is the sharpest of the cycle.",
    "That marks a new all-time low.", "It has not been this high since 2021.", "It tops every earlier reading.",
    "It was the busiest day on record.", "History holds no parallel.", "It beat the previous peak.",
)  # fmt: skip
_BEFORE = (
    "a record ", "an unprecedented ", "a massive ", "an all-time high of ", "a whopping ", "the highest-ever ",
    "a staggering ", "a historic ", "an extraordinary ", "an enormous ", "a never-before-seen ", "a huge ",
    "an exceptional ", "a mere ",
)  # fmt: skip


@operator("superlative in a clause")
def clause(target: Target, chance: Random) -> Edit | None:
    """Lengthen a sentence by a record."""
    return tail(target, chance, _CLAUSES)


@operator("superlative in a sentence")
def sentence(target: Target, chance: Random) -> Edit | None:
    """Put a record behind a sentence."""
    return follow(target, chance, _SENTENCES)


@operator("superlative before a figure")
def before(target: Target, chance: Random) -> Edit | None:
    """Put a word of size before a figure."""
    told = pick([each for each in target.figures if re.match(r"[$€\d]", each.text)], chance)
    if told is None or target.text[: told.start].endswith("-"):
        return None
    return put(told.start, told.start, chance.choice(_BEFORE), Never("no history shows it"))
