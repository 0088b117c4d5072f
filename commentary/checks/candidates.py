"""The facts that a figure can have been meant to be, each in the wording that is most like the figure."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from commentary.checks.arithmetic import asked
from commentary.checks.base import Document, Field, Told, base_style
from commentary.checks.binding import is_spoken_of, scene_of
from commentary.checks.fit import objections
from commentary.checks.fit.reading import Reading
from commentary.checks.sentences import sentence_spans
from commentary.checks.slips import Slip, apart, significant, slip
from commentary.errors import SpellingError
from commentary.languages.base import Figure
from commentary.records.fact import Fact
from commentary.records.spelled import Shown

_ALONE = 4
"""Of so many digits a slip is told without a word that speaks of the fact."""
_ROUND = 3
"""A figure of fewer digits, zeros at its end apart, may be a round one that was meant."""
_BARE = ("count", "length")
"""Kinds of figures that have many neighbours, and no unit that says what they are of."""


class Candidate(NamedTuple):
    """A wording in the place of a figure; the likeliest is the smallest."""

    is_unspoken: bool
    """No word of the sentence speaks of what the fact measures."""
    slip: Slip
    apart: Decimal
    """How far the value is from what is written, in parts of it."""
    is_unlike: tuple[bool, bool, bool, int]
    """How unlike the two are: in unit, in scale, in hedge, in number of digits."""
    wording: str
    """Of the whole stretch that the figure stands in."""
    shown: Shown

    @property
    def is_slip(self) -> bool:
        """True if a slip of the hand makes the one of the other."""
        return self.slip is not Slip.NEAR

    @property
    def is_short(self) -> bool:
        """True if its digits are so few that they can be another figure's by chance."""
        return self.slip is not Slip.PRECISION and significant(self.shown.digits.rstrip("0")) < _ROUND


def candidates(document: Document, field: Field, span: tuple[int, int]) -> list[Candidate]:
    """Return a candidate for each wording that no word around the figure objects to, likeliest first.

    Args:
        document: what the field belongs to.
        field: the field.
        span: the stretch of it in which the figure stands.
    """
    text = field.text[slice(*span)]
    found: dict[str, Candidate] = {}
    if (read := _figure(document, text)) is None:
        return []
    figure, written = read
    start, end = next((a, b) for a, b in sentence_spans(field.text) if a <= span[0] < b)
    every = document.language.figures(field.text[start:end])
    scene = scene_of(field.text, start, end, every, document.vocabulary)
    # What a figure is of may be said in it: "$430 million for each 1% of price".
    words = scene_of(field.text, start, end, (), document.vocabulary)
    # What the sentence gives already, it does not give again.
    told = {one.fact.value for one in _told(document, field) if start <= one.mention.start < end}
    asked_for = (fact for fact in asked(document.sheet, scene, figure) if fact.id not in document.sheet)
    for fact, alike in _alike(document, figure, written, (*document.sheet, *asked_for)).items():
        best = min(alike, key=lambda one: _likeness(one, written))
        low = figure.core if best.is_unlike[2] else figure.start
        reading = Reading(scene, (span[0] + low, span[0] + figure.end), fact, document.vocabulary)
        is_unspoken = best.is_unspoken or not is_spoken_of(reading._replace(scene=words))
        if (is_unspoken and not best.is_slip) or fact.value in told or any(True for _ in objections(reading)):
            continue
        for one in _in_place(text, figure, best._replace(is_unspoken=is_unspoken)):
            found[one.wording] = min(one, found.get(one.wording, one))
    return sorted(found.values())


def _likeness(one: Candidate, written: Shown) -> tuple[object, ...]:
    """Return by what the wordings of one fact are ordered, the most like what is written first."""
    unit, scale, hedge, length = one.is_unlike
    return unit, scale, not one.is_slip, length, one.slip, hedge, abs(one.shown.value - written.value)


def _in_place(text: str, figure: Figure, one: Candidate) -> Iterator[Candidate]:
    """Yield a candidate with its wording in the place of a figure; one that has no hedge, behind the figure's first."""
    unit, scale, is_bare, length = one.is_unlike
    if is_bare:
        kept = f"{text[: figure.core]}{one.wording}{text[figure.end :]}"
        yield one._replace(wording=kept, is_unlike=(unit, scale, False, length))
    # What begins a sentence begins it still.
    wording = f"{one.wording[0].upper()}{one.wording[1:]}" if text[figure.start].isupper() else one.wording
    yield one._replace(wording=f"{text[: figure.start]}{wording}{text[figure.end :]}")


def _told(document: Document, field: Field) -> Iterator[Told]:
    """Yield the figures of a field that are facts."""
    told = (Told(one, document.sheet[one.fact]) for one in field.mentions if one.fact in document.sheet)
    yield from (one for one in told if one.is_figure(field))


def is_sure(document: Document, text: str, candidate: Candidate) -> bool:
    """Say whether a figure is a slip of a candidate, if there is no other."""
    if (read := _figure(document, text)) is None or not candidate.is_slip:
        return False
    figure, written = read
    if candidate.slip is Slip.PRECISION and (figure.hedge or written.step > candidate.shown.step):
        # A round figure may be meant as one: "it surpasses $17 billion".
        return False
    if candidate.slip is Slip.DIGIT and significant(written.digits.rstrip("0")) < _ROUND:
        return False
    is_told = not candidate.is_unspoken and figure.kind not in _BARE
    return is_told or significant(candidate.shown.digits) >= _ALONE


def _figure(document: Document, text: str) -> tuple[Figure, Shown] | None:
    """Return the one figure of a stretch, and what it shows; None where it holds several, or none."""
    figures = document.language.figures(text)
    written = document.language.shown(figures[0]) if len(figures) == 1 else None
    return (figures[0], written) if written else None


def _alike(document: Document, figure: Figure, written: Shown, facts: tuple[Fact, ...]) -> dict[Fact, list[Candidate]]:
    """Return by fact the wordings of which a figure can be a slip, or that it is near."""
    found: dict[Fact, list[Candidate]] = {}
    for fact, wording in _spelled(document, figure, facts):
        meant = next(iter(document.language.figures(wording)), None)
        shown = document.language.shown(meant) if meant and meant.written_sign == figure.written_sign else None
        if meant is None or shown is None:
            continue
        value = abs(fact.number)
        # A ratio that is written as a percent is another number than its fact.
        is_other = not value / 2 <= shown.value <= value * 2
        value = shown.value if is_other else value
        how = slip(written, shown, value)
        if how is None or (how is Slip.NEAR and figure.kind in _BARE) or (how is Slip.SCALE and is_other):
            continue
        unlike = (written.unit != shown.unit, written.scale != shown.scale, meant.hedge != figure.hedge)
        form = (*unlike, abs(len(written.digits) - len(shown.digits)))
        found.setdefault(fact, []).append(Candidate(is_other, how, apart(written, value), form, wording, shown))
    return found


def _spelled(document: Document, figure: Figure, facts: tuple[Fact, ...]) -> Iterator[tuple[Fact, str]]:
    """Yield facts with each of its wordings that have the form of a figure."""
    language = document.language
    for style in language.forms(figure):
        accepts = language.styles[base_style(style)].accepts
        for fact in facts:
            if accepts(fact):
                try:
                    yield fact, language.spell(fact, style, document.edition)
                except SpellingError:
                    continue
