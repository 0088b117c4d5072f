"""A figure of a sentence taken for a fact, and what can be said against it."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from commentary.checks.scene import Scene, Span
from commentary.checks.vocabulary import Vocabulary
from commentary.languages.phrases import Mark
from commentary.records.fact import Fact


class Objection(NamedTuple):
    """Why a fact cannot be what a figure states."""

    code: str
    span: Span
    message: str


class Reading(NamedTuple):
    """A figure of a sentence, taken for a fact."""

    scene: Scene
    span: Span
    fact: Fact
    vocabulary: Vocabulary
    told: frozenset[str] = frozenset()
    """Metrics that the other figures of the sentence are sure to be of."""

    @property
    def metric(self) -> str:
        """What the fact measures."""
        return self.fact.subject.metric

    @property
    def clause(self) -> Span:
        """Where the figure's clause stands."""
        return self.scene.clause(self.span[0])

    def said(self, *names: str) -> bool:
        """Say whether words of a list stand in the figure's clause."""
        return bool(self.scene.said(names, self.clause))


Rule = Callable[[Reading], Iterator[Objection]]

_JOINING = "and|or|between|above|below|under|over|to|from|at|near|down|up|against"
_ATTACHED = re.compile(
    rf"\s*(?:(?:worth )?of (?:(?!(?:{_JOINING}) )[\w'’-]+ ){{0,3}}|(?:from|in|on) (?:the |its )?(?:[A-Z][\w'’-]+ )?)?",
    re.I,
)

BEING = "was|is|of|at|stood at|stands at|came to|comes to|totalled|totals|settled at|amounted to|amounts to|to"

SOME = "about |roughly |around |some |only |just |now |an estimated "


_GIVEN = re.compile(r" (?:to|for|among|in|on) (?:the |its )?(?:modelled |modeled |recorded )?", re.I)
"""Between a sum and the side that it is given to: "$430 million to the longs"."""


def named_before(reading: Reading, name: str, link: re.Pattern[str]) -> Mark | None:
    """Return the mark that names a figure right before it."""
    scene = reading.scene
    marks = scene.longest(name, scene.before(reading.span))
    if marks and link.fullmatch(scene.text[marks[-1].end : reading.span[0]]):
        return marks[-1]
    return None


def joined(reading: Reading, name: str) -> Mark | None:
    """Return the mark that a figure is joined to by "of", or that follows it directly."""
    scene = reading.scene
    behind = scene.behind(reading.span)
    for mark in scene.longest(name, behind):
        gap = scene.text[behind[0] : mark.start]
        # "of the 1.9% price alone explains": what follows bare is no noun of the figure's, but "funding rate" is.
        is_joined = _ATTACHED.fullmatch(gap) and (gap.strip() or mark.name != "kind:price")
        is_given = name == "side:" and _GIVEN.fullmatch(gap) and scene.text[mark.end : mark.end + 1] not in ("'", "’")
        return mark if is_joined or is_given else None
    return None
