"""Two figures that stand in the order of what was named before them: "longs outweigh shorts, $846m against $521m"."""

import re

from commentary.checks.scene import Scene, Span
from commentary.languages.phrases import Mark

AGAINST = re.compile(
    r",? (?:against|versus|vs\.?|to|and|compared (?:with|to)|as against|set against) (?:only |just )?", re.I
)
_ORDERED = re.compile(
    r"(?:['’]s)?(?: in \w+| side| sum| one| level| reach| positions?| liquidations?)*[,:;]? ?(?:at |by |with )?", re.I
)
_STATED = re.compile(r"[^,;:.0-9]{0,45}")
"""Between two names and their figures: "longs and shorts on the map are almost level at"."""


def respective(scene: Scene, span: Span, group: str) -> Mark | None:
    """Return the mark of a group, such as "side:", that a figure has by the order of two pairs."""
    figures = scene.figures
    at = next((i for i, one in enumerate(figures) if one[0] <= span[0] < one[1]), None)
    if at is None:
        return None
    for first in (at, at - 1):
        if first < 0 or first + 1 >= len(figures):
            continue
        one, other = figures[first], figures[first + 1]
        if not AGAINST.fullmatch(scene.text, one[1], other[0]) or scene.said(group, scene.behind(other)):
            continue
        marks = scene.said(group, (scene.start, one[0]))[-2:]
        if len({mark.name for mark in marks}) == 2 and _in_order(scene, marks, one[0]):
            return marks[at - first]
    return None


def _in_order(scene: Scene, marks: list[Mark], at: int) -> bool:
    """Say whether figures follow right behind two names."""
    if _ORDERED.fullmatch(scene.text, marks[1].end, at):
        return True
    joined = scene.text[marks[0].end : marks[1].start] in (" and ", " to ", " or ")
    return joined and _STATED.fullmatch(scene.text, marks[1].end, at) is not None
