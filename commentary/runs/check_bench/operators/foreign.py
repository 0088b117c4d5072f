"""A true figure of the draft in a place that is another's."""

from random import Random

from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import amount, over, pick
from commentary.runs.check_bench.target import Target, Told
from commentary.runs.check_bench.written import figure_in


@operator("figure of another measure")
def other_measure(target: Target, chance: Random) -> Edit | None:
    """Write a figure of another measure of the same unit: a distance where a change is told."""
    told = pick(target.figures, chance)
    if told is None:
        return None
    others = [each for each in target.elsewhere if each.metric != told.metric and each.fact.unit == told.fact.unit]
    return _put_in(told, others, chance)


@operator("figure of another subject")
def other_subject(target: Target, chance: Random) -> Edit | None:
    """Write the same measure's figure of another side, exchange, time or place."""
    told = pick(target.figures, chance)
    if told is None:
        return None
    others = [each for each in target.elsewhere if each.metric == told.metric and each.fact.id != told.fact.id]
    return _put_in(told, others, chance)


def _put_in(told: Told, others: list[Told], chance: Random) -> Edit | None:
    """Return the edit that writes another's digits and scale into a figure, whose words stay."""
    mine = figure_in(told.text)
    alike = [each for each in others if each.style == told.style and each.text != told.text]
    other = pick(alike or others, chance)
    read = figure_in(other.text) if other else None
    if mine is None or other is None or read is None or mine.currency != read.currency:
        return None
    scale = read.gap + read.scale if bool(read.scale) == bool(mine.scale) or not mine.scale else ""
    new = told.text[: mine.start] + read.digits + scale + told.text[mine.whole[1] :]
    return over(told, new, amount(told, read)) if new != told.text else None
