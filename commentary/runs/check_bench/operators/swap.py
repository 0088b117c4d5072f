"""Two true figures, each in the place of the other."""

from itertools import combinations
from random import Random

from commentary.runs.check_bench.mutant import Edit
from commentary.runs.check_bench.operators import operator
from commentary.runs.check_bench.operators.base import amount, put
from commentary.runs.check_bench.target import Target, Told
from commentary.runs.check_bench.written import figure_in


@operator("figures of a sentence")
def figures(target: Target, chance: Random) -> Edit | None:
    """Exchange two figures of one unit in one sentence."""
    pairs = [
        (one, two)
        for one, two in combinations(target.figures, 2)
        if one.fact.unit == two.fact.unit and one.style == two.style and one.text != two.text
    ]
    return _swapped(target, *chance.choice(pairs)) if pairs else None


@operator("figures of a fact and its parts")
def other_styles(target: Target, chance: Random) -> Edit | None:
    """Exchange the digits of two figures that are written in different ways, such as a rise and a distance."""
    pairs = [
        (one, two)
        for one, two in combinations(target.figures, 2)
        if one.fact.unit == two.fact.unit and one.style != two.style
    ]
    if not pairs:
        return None
    one, two = chance.choice(pairs)
    first, second = figure_in(one.text), figure_in(two.text)
    if first is None or second is None or first.digits == second.digits or first.scale != second.scale:
        return None
    left = one.text[: first.start] + second.digits + one.text[first.end :]
    right = two.text[: second.start] + first.digits + two.text[second.end :]
    between = target.text[one.end : two.start]
    return put(one.start, two.end, left + between + right, amount(one, second), amount(two, first))


def _swapped(target: Target, one: Told, two: Told) -> Edit | None:
    first, second = figure_in(one.text), figure_in(two.text)
    if first is None or second is None:
        return None
    # The words about a figure, such as "fell" or "above", stay where they are.
    left, right = one.text[slice(*first.whole)], two.text[slice(*second.whole)]
    start, end = one.start + first.whole[0], two.start + second.whole[1]
    between = target.text[one.start + first.whole[1] : two.start + second.whole[0]]
    return put(start, end, right + between + left, amount(one, second), amount(two, first))
