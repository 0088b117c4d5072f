"""Figures that stand as the ends of a range are bound to the ends of one range.

"Between 5.8% and 9%" is the lowest and the highest of one sum, though 5.8% may be the highest of another.
"""

from collections.abc import Sequence
from itertools import pairwise

from commentary.checks.fit.ranges import JOINED
from commentary.checks.spelled import Option
from commentary.languages.base import Figure
from commentary.records.fact import HIGH, LOW


def paired(text: str, figures: Sequence[Figure], options: Sequence[Sequence[Option]]) -> list[list[Option]]:
    """Return the options of each figure, of which two that are joined keep those of ranges that both are ends of.

    Args:
        text: the sentence.
        figures: its figures, in their order.
        options: what each of them spells.
    """
    kept = [list(own) for own in options]
    for i, (first, second) in enumerate(pairwise(figures)):
        if not JOINED.fullmatch(text, first.end, second.start):
            continue
        one, other = kept[i : i + 2]
        # The ends may be turned about; another rule says so.
        common = _ranges(one, LOW) & _ranges(other, HIGH) or _ranges(one, HIGH) & _ranges(other, LOW)
        if common:
            kept[i : i + 2] = [[end for end in own if _range(end, "") in common] for own in (one, other)]
    return kept


def _ranges(options: Sequence[Option], end: str) -> set[str]:
    """Return the ranges that some options are the lower or the upper ends of, by the ids of what they estimate."""
    return {_range(option, end) for option in options} - {""}


def _range(option: Option, end: str) -> str:
    subject = option.fact.subject
    if not option.fact.is_range_end or not subject.metric.endswith(end):
        return ""
    return subject._replace(metric=subject.metric.removesuffix(LOW).removesuffix(HIGH)).id
