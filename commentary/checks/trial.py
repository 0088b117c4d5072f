"""Another wording put into a sentence, and the sentence checked again."""

from collections import Counter
from dataclasses import replace
from functools import cached_property

from commentary.checks import run_checks
from commentary.checks.base import Document, Field
from commentary.checks.blocks import Block
from commentary.checks.reading import read_text
from commentary.checks.sentences import sentence_spans
from commentary.records.finding import Finding

_LEVELS = {"headline": 1, "heading": 2}
_OTHERS = "numbers.untraced"
"""Another figure that traces to nothing says nothing against this one."""


class Trial:
    """Tries wordings in the place of one stretch of a field.

    Args:
        document: what the field belongs to.
        field: the field.
        span: the stretch.
    """

    def __init__(self, document: Document, field: Field, span: tuple[int, int]) -> None:
        self._document = document
        self._field = field
        self._span = span
        self._found: dict[str, tuple[Finding, ...]] = {}

    def passes(self, wording: str) -> bool:
        """Say whether the sentence has fewer errors with a wording, and none that it had not before."""
        before, after = _errors(self._before), _errors(self._with(wording))
        return not after - before and after.total() < before.total()

    def is_right(self, wording: str) -> bool:
        """Say whether nothing is wrong with the sentence then but other figures, and it can be read in one way."""
        found = self._with(wording)
        start = self._stretch[0]
        low, high = self._span[0] - start, self._span[0] - start + len(wording)
        return not any(
            one.code == "numbers.ambiguous"
            or (one.severity == "error" and (one.code != _OTHERS or (one.span[0] < high and low < one.span[1])))
            for one in found
            if one.span[1] > self._own - start
        )

    @cached_property
    def _before(self) -> tuple[Finding, ...]:
        return self._with(self._field.text[slice(*self._span)])

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return list(sentence_spans(self._field.text))

    @cached_property
    def _own(self) -> int:
        """Where the sentence begins."""
        return max(start for start, _ in self._spans if start <= self._span[0])

    @cached_property
    def _stretch(self) -> tuple[int, int]:
        """The sentence with the one before it, to which it may refer."""
        start = max((start for start, _ in self._spans if start < self._own), default=self._own)
        return start, max(self._span[1], min(end for _, end in self._spans if end > self._span[0]))

    def _with(self, wording: str) -> tuple[Finding, ...]:
        """Return what the check says of the sentence with a wording in it."""
        if wording not in self._found:
            (start, end), (low, high) = self._stretch, self._span
            text = self._field.text
            self._found[wording] = self._checked(f"{text[start:low]}{wording}{text[high:end]}")
        return self._found[wording]

    def _checked(self, text: str) -> tuple[Finding, ...]:
        document, field = self._document, self._field
        block = Block(text, (), _LEVELS.get(field.part, 0), kind="" if field.part != "aside" else field.part)
        read, unsure = read_text(
            [block],
            document.sheet,
            document.language,
            document.edition,
            "passage",
            document.vocabulary,
            document.recognise,
            field.heading,
        )
        return (*run_checks(replace(read, on_trial=True)).findings, *unsure)


def _errors(found: tuple[Finding, ...]) -> Counter[tuple[str, str]]:
    return Counter((one.code, one.text) for one in found if one.severity == "error")
