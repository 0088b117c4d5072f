"""Whether a fact fits what the words around a figure say of it.

A figure of plain text may be several facts; the one that fits is meant. Of a figure that is known to be one fact,
each objection is an error. So one definition serves both, and a sentence is refused only when under no reading of
its figures all that it says is so.
"""

from collections.abc import Iterator

from commentary.checks.fit.distances import distance
from commentary.checks.fit.extremes import day_end
from commentary.checks.fit.givers import source
from commentary.checks.fit.held import held
from commentary.checks.fit.kinds import called, kind, median, per_percent
from commentary.checks.fit.moves import edge, ends, moved_by, place, ranked, sign
from commentary.checks.fit.nouns import nouns
from commentary.checks.fit.options import max_pain, put_call, put_or_call
from commentary.checks.fit.owners import asset, unit
from commentary.checks.fit.paths import timed
from commentary.checks.fit.reading import Objection, Reading, Rule
from commentary.checks.fit.sides import book, of_both, side, side_unnamed, totalled
from commentary.checks.fit.signed import signed
from commentary.checks.fit.spans import price_alone, took
from commentary.checks.fit.standing import evidence, example, ruled
from commentary.checks.fit.sums import ended
from commentary.checks.fit.venues import venue
from commentary.checks.fit.windows import window

_BESIDE = 30
"""As far from a figure, in characters, a word is shown together with it."""
_RULES: tuple[Rule, ...] = (
    kind,
    per_percent,
    side,
    of_both,
    side_unnamed,
    held,
    max_pain,
    put_call,
    put_or_call,
    nouns,
    totalled,
    source,
    venue,
    distance,
    asset,
    window,
    took,
    timed,
    price_alone,
    unit,
    book,
    sign,
    ends,
    moved_by,
    evidence,
    example,
    ruled,
    ranked,
    edge,
    place,
    called,
    median,
    ended,
    day_end,
    signed,
)


def objections(reading: Reading) -> Iterator[Objection]:
    """Yield what speaks against a fact being what a figure states.

    A word beside the figure is shown with it, as either may be the wrong one.
    """
    start, end = reading.span
    for rule in _RULES:
        for code, (low, high), message in rule(reading):
            if low - end <= _BESIDE and start - high <= _BESIDE:
                low, high = min(low, start), max(high, end)
            yield Objection(code, (low, high), message)
