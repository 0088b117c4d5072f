"""A minus that came or went."""

from random import Random

from commentary.runs.check_bench.claims import Sign
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import over, pick
from commentary.runs.check_bench.target import Target

_MINUS = ("minus ", "-", "−", "negative ", "–")
_SIGNED = frozenset({"rate", "rate_per"})
_UNSIGNED = frozenset({"percent", "percent_whole", "ratio", "usd", "usd_compact", "price", "coin", "money"})


@operator("minus put in")
def minus_in(target: Target, chance: Random) -> Edit | None:
    """Write a rate, or another figure, as a negative one."""
    fitting = [
        told
        for told in target.figures
        if (told.style in _SIGNED and not told.text.startswith("minus"))
        or (told.style in _UNSIGNED and told.text[:1] in "$€0123456789")
    ]
    # A rate is where a sign is read most, so it is not left to the share that rates have of the figures.
    rates = [told for told in fitting if told.style in _SIGNED]
    told = pick(rates or fitting, chance)
    if told is None:
        return None
    return over(told, chance.choice(_MINUS) + told.text, Sign(told.fact.id, -1))


@operator("minus left out")
def minus_out(target: Target, chance: Random) -> Edit | None:
    """Write a negative rate without its sign, or with a plus."""
    told = pick([each for each in target.told if each.style in _SIGNED and each.text.startswith("minus ")], chance)
    if told is None:
        return None
    return over(told, chance.choice(("", "plus ", "+", "positive ")) + told.text[6:], Sign(told.fact.id, 1))
