"""What could be written in place of a figure that traces to no fact: legal wordings, likeliest first.

A wording is offered only if its sentence passes with it. Of those, a fact that the sentence speaks of goes first, then
the slip by which the figure can have come about, then nearness of value, then the form of the figure.
"""

from typing import NamedTuple

from commentary.checks.base import Document, Field
from commentary.checks.candidates import Candidate, candidates, is_sure
from commentary.checks.slips import Slip
from commentary.checks.trial import Trial

_MOST = 3
_TRIALS = 8
"""More wordings than that are not tried: what was meant stands among the first."""


class Offer(NamedTuple):
    """What can be written in the place of a stretch."""

    wordings: tuple[str, ...] = ()
    mend: str = ""
    """The one of them that was meant beyond doubt; or nothing."""


def suggestions(document: Document, field: Field, span: tuple[int, int]) -> Offer:
    """Return at most three ways to write what a figure was probably meant to be; none where nothing fits."""
    if document.on_trial:
        return Offer()
    trial = Trial(document, field, span)
    fitting: list[Candidate] = []
    for one in candidates(document, field, span)[:_TRIALS]:
        if fitting and _is_enough(fitting, one):
            break
        # Of a figure with and without its hedge, the first that passes.
        if all(other.shown.value != one.shown.value for other in fitting) and trial.passes(one.wording):
            fitting.append(one)
    return Offer(
        tuple(one.wording for one in fitting[:_MOST]), _mend(document, field.text[slice(*span)], fitting, trial)
    )


def _is_enough(fitting: list[Candidate], further: Candidate) -> bool:
    """Say whether a further candidate, and those behind it, are much less likely than what was found."""
    first = fitting[0]
    if first.slip is Slip.PRECISION and further.slip is not Slip.PRECISION:
        return True
    if first.is_slip:
        # Two digits are soon exchanged by chance: what is nearer may be meant.
        fits_as_well = further.is_slip or (first.is_short and further.apart < first.apart)
        return further.is_unspoken > first.is_unspoken or not fits_as_well
    return len(fitting) == _MOST


def _mend(document: Document, text: str, fitting: list[Candidate], trial: Trial) -> str:
    """Return the first wording if it is a slip, no other fits as well, and nothing is wrong with its sentence."""
    sure = len(fitting) == 1 and is_sure(document, text, fitting[0]) and trial.is_right(fitting[0].wording)
    return fitting[0].wording if sure else ""
