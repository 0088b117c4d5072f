"""The ends of a range exchanged."""

import re
from random import Random

from commentary.runs.check_bench.claims import Claim, Never
from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import amount, put
from commentary.runs.check_bench.target import Target, Told
from commentary.runs.check_bench.written import figure_in

_LINK = re.compile(r"(?:-|–| to | and |, up to | up to | down to |, down to | and up to )")
_ENDS = (
    ("cluster_near", "cluster_far"), ("price_low", "price_high"), ("band_low", "band_high"),
    ("oi_from_coin", "oi_coin"), ("price_from", "price"), ("cluster_distance", "cluster_far_distance"),
)  # fmt: skip
_OPEN = (
    " or more", " and beyond", " or less", " at most", " at least", " and more", " and above", " and counting",
    " as a floor", " or lower", " and up", " at the very least",
)  # fmt: skip


@operator("ends exchanged")
def ends(target: Target, chance: Random) -> Edit | None:
    """Exchange the two ends of a range."""
    found = _ranges(target)
    if not found:
        return None
    one, two = chance.choice(found)
    first, second = figure_in(one.text), figure_in(two.text)
    if first is None or second is None or first.scale != second.scale or first.digits == second.digits:
        return None
    left = one.text[: first.start] + second.digits + one.text[first.end :]
    right = two.text[: second.start] + first.digits + two.text[second.end :]
    between = target.text[one.end : two.start]
    return put(one.start, two.end, left + between + right, amount(one, second), amount(two, first))


@operator("ends apart")
def apart(target: Target, chance: Random) -> Edit | None:
    """Write a range out of the two figures of which one range is not made."""
    figures = target.figures
    found = [
        (one, two)
        for i, one in enumerate(figures)
        for two in figures[i + 1 :]
        if one.style == two.style == "price" and one.text != two.text and (one, two) not in _ranges(target)
        if two.start - one.end < 60
    ]
    if not found:
        return None
    one, two = chance.choice(found)
    words = chance.choice(
        ("{}-{}", "{} to {}", "between {} and {}", "from {} to {}", "{}–{}", "anywhere from {} to {}")
    )
    claim: Claim = Never("the two are not the ends of one range")
    return put(one.start, one.end, words.format(one.text, two.text), claim)


@operator("end left open")
def open_end(target: Target, chance: Random) -> Edit | None:
    """Leave a figure open to one side."""
    plain = [
        each
        for each in target.figures
        if each.style in ("usd", "price", "coin", "percent", "percent_whole")
        # A rule's threshold is open, and a count known to be incomplete is at least what it says.
        if each.fact.evidence != "asserted" and not each.metric.startswith("liq")
    ]
    if not plain:
        return None
    told = chance.choice(plain)
    return put(told.end, told.end, chance.choice(_OPEN), Never("the figure is no bound"))


def _ranges(target: Target) -> list[tuple[Told, Told]]:
    figures = target.figures
    return [
        (one, two)
        for i, one in enumerate(figures)
        for two in figures[i + 1 :]
        if (one.metric, two.metric) in _ENDS
        and (_LINK.fullmatch(target.text[one.end : two.start]) or "to" in target.text[one.end : two.start].split())
    ]
