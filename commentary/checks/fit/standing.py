"""Whether a figure was measured: a rule's bound, an example and a model's sum are told as what they are."""

import re
from collections.abc import Iterator

from commentary.checks.fit.moves import move_beside
from commentary.checks.fit.reading import Objection, Reading

_OF_RULES = ("ruled", "bounding", "terms")
_WORDS_OF_RULES = ("conditional", *_OF_RULES)

_TO_PRICE = re.compile(r"(?: \w+)? to [$€]", re.I)
_OF_THAT = re.compile(r" (?:of )?(?:this|that|it|those|the sum|the lowest)\b", re.I)
"""Behind a rule's half: what it is of stands before it."""
_FREE = ("example_notional", "history", "count_deadline", "test_deadline", "within")


def ruled(reading: Reading) -> Iterator[Objection]:
    """A bound of the desk's rules is told as one."""
    fact = reading.fact
    if not fact.is_house or fact.unit not in ("percent", "usd", "coin", "ratio") or reading.metric in _FREE:
        return
    of_that = _OF_THAT.match(reading.scene.text, reading.span[1])
    if (
        reading.metric == "test_share"
        and not of_that
        and not reading.said("denial")
        and not reading.scene.said(_WORDS_OF_RULES)
    ):
        yield Objection("roles.rule", reading.span, f"{fact.id} is a bound of a rule, and nothing measured; say so")
        return
    supposed = [mark for mark in reading.scene.said("conditional") if reading.scene.word(mark).casefold() != "would"]
    if fact.unit == "percent" and not supposed and not reading.scene.said(_OF_RULES):
        yield Objection("roles.rule", reading.span, f"{fact.id} is a bound of a rule, and nothing measured; say so")
        return
    beside = move_beside(reading.scene, reading.span)
    moved_to = beside is not None and _TO_PRICE.match(reading.scene.text, reading.span[1])
    if beside is not None and (moved_to or not reading.scene.said(_WORDS_OF_RULES)):
        yield Objection("roles.rule", reading.span, f"{fact.id} is a bound of a rule, and nothing measured; say so")


def evidence(reading: Reading) -> Iterator[Objection]:
    """A model's sum is not told as one that was counted."""
    if not reading.metric.removeprefix("told_").startswith(("reach_", "cluster_", "within_", "side_total")):
        return
    if reading.said("denial"):
        return
    # What is said beside another figure is said of that one.
    low, high = reading.scene.before(reading.span)
    before = any(end <= low for _, end in reading.scene.figures)
    # Behind another figure, what stands before the last comma is said of that one.
    low = (reading.scene.text.rfind(",", low, high) + 1 or low) if before else low
    around = (low, reading.scene.behind(reading.span)[1])
    for mark in reading.scene.longest("counted", around):
        message = f"{reading.fact.id} is a model's; nobody counted it"
        yield Objection("roles.evidence", (mark.start, mark.end), message)
        return


_EACH = re.compile(r"\b(?:each|per|every|(?:long |short )?positions? (?:of|worth)) \Z", re.I)


_HELD = re.compile(
    r" (?:(?:of |in |worth of )?(?:[\w'’]+ ){0,2}?(?:longs?|shorts?)|(?:[\w'’]+ ){0,2}?position)\b", re.I
)
"""Behind it: what is held, "$100,000 of longs"."""


def example(reading: Reading) -> Iterator[Objection]:
    """The size of position that payments are told for is no figure of the market."""
    before = _EACH.search(reading.scene.text, reading.scene.start, reading.span[0])
    before = before or _HELD.match(reading.scene.text, reading.span[1])
    if reading.metric == "example_notional" and before is None:
        message = f"{reading.fact.id} is the size of an example; write it after 'each'"
        yield Objection("roles.metric", reading.span, message)
