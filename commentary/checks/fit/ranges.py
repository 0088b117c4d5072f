"""A range of our own map in a sentence: two figures that are said as one, and what stands beside it beside both."""

import re
from collections.abc import Sequence

from commentary.checks.fit.reading import Reading
from commentary.checks.scene import Scene, Span

JOINED = re.compile(r" (?:and|to|up to) | ?[-–—] ?")
"""Between the ends of a range."""
SUM = re.compile(
    r"[$€£¥][0-9][0-9.,]*(?: (?:thousand|million|billion|trillion)\b|(?:tn|bn|[mkTBMK])\b)|[0-9][0-9.,]*(?:x| times)\b"
)


def range_of(reading: Reading) -> Span:
    """Return the stretch of the range that a figure is an end of; the figure's own where its fact ends no range."""
    return both_ends(reading.scene, reading.span) if reading.fact.is_range_end else reading.span


def both_ends(scene: Scene, span: Span) -> Span:
    """Return the stretch of two figures that are joined as a range, or that of a figure which is joined to none."""
    at = next((i for i, (start, end) in enumerate(scene.figures) if start < span[1] and span[0] < end), None)
    if at is None:
        return span
    for low, high in ((at, at + 1), (at - 1, at)):
        if low >= 0 and high < len(scene.figures):
            first, last = scene.figures[low], scene.figures[high]
            if JOINED.fullmatch(scene.text, first[1], last[0]):
                return min(first[0], span[0]), max(last[1], span[1])
    return span


def beside(scene: Scene, places: Sequence[Span], span: Span) -> list[Span]:
    """Return which of some places a range can be told with: the last before it, and all behind it to the next sum.

    Where there is none, as with the first of two sums that one place stands behind, it is the first behind both.
    """
    later = [match.start() for match in SUM.finditer(scene.text, span[1], scene.end)]
    stop = min(later, default=scene.end)
    before = [one for one in places if one[1] <= span[0]][-1:]
    behind = [one for one in places if span[1] <= one[0] < stop]
    return before + behind or [one for one in places if one[0] >= stop][:1]
