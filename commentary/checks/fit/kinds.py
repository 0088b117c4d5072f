"""What a figure is a figure of, by the noun beside it."""

import re
from collections.abc import Iterator

from commentary.checks.fit.reading import BEING, SOME, Objection, Reading, joined, named_before


def kind(reading: Reading) -> Iterator[Objection]:
    """The noun beside a figure is one of its metric's; where none is beside it, one in its sentence is."""
    own = reading.vocabulary.cues.kinds_of(reading.metric)
    if not own or reading.fact.is_house or reading.said("denial"):
        return
    scene = reading.scene
    beside = joined(reading, "kind:") or named_before(reading, "kind:", _IS)
    # What stands behind a figure and is not joined to it belongs to something else.
    marks = scene.longest("kind:", (reading.clause[0], reading.span[0]))
    if beside is None and (
        not marks or {mark.name for mark in scene.longest("kind:")} & {f"kind:{name}" for name in own}
    ):
        return
    mark = beside or marks[-1]
    named = scene.said("asset:", (mark.end, reading.span[0])) if beside is None else []
    if named and "price" in own:
        # "After a fall in open interest, ether tests $2,170": a new subject, and the figure is its price.
        return
    if mark.name.removeprefix("kind:") not in own:
        words = scene.word(mark)
        yield Objection("roles.metric", reading.span, f"{reading.fact.id} is no figure of {words!r}; name what it is")


_IS = re.compile(rf"(?: (?:{BEING}|on \w+ was|on \w+ is))*[,:]? ?(?:{SOME})?", re.I)


def called(reading: Reading) -> Iterator[Objection]:
    """The words right beside a figure that call it something call it what it is."""
    text, (start, end) = reading.scene.text, reading.span
    before, behind = text[reading.scene.start : start], text[end : reading.scene.end]
    cues = reading.vocabulary.cues
    for words, allowed in cues.behind:
        if (match := words.match(behind)) and not any(part in reading.metric for part in allowed):
            yield Objection(
                "roles.metric", reading.span, f"{reading.fact.id} is not what {match[0].strip()!r} calls it"
            )
    for words, allowed in cues.before:
        if (match := words.search(before)) and not any(part in reading.metric for part in allowed):
            yield Objection(
                "roles.metric", reading.span, f"{reading.fact.id} is not what {match[0].strip()!r} calls it"
            )
