"""A mutant: one wrong edit of one field of a draft."""

from typing import NamedTuple

from commentary.runs.check_bench.claims import Claim


class Edit(NamedTuple):
    """A stretch of a field and what is written over it."""

    start: int
    end: int
    new: str
    claims: tuple[Claim, ...]
    """What the sentence now says; the mutant is spared where all of it holds."""
    markup: bool = False
    """The new words hold marks of Markdown that stay marks where the draft is printed."""


class Mutant(NamedTuple):
    """An edit with the operator that made it and the changed text."""

    kind: str
    """The class of error, such as "number"."""
    operator: str
    path: str
    """JSON Pointer to the field."""
    start: int
    end: int
    replacement: str
    text: str
    """The changed text of the field."""
    before: str
    """The text it was."""
    sentence: tuple[int, int]
    """The sentence that was changed, in the changed text."""
    claims: tuple[Claim, ...] = ()
    markup: bool = False
    left: int = 0
    right: int = 0
    """How far what was changed reaches beyond the new words: a figure is one with its sign, unit and window."""

    @property
    def changed(self) -> tuple[int, int]:
        """What a finding must overlap: the figure or the words that are new; where words went, those beside the gap."""
        return widened(self.text, self.start - self.left, self.start + len(self.replacement) + self.right)


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span of the text that is not empty: a gap reaches to the ends of the words beside it."""
    if end > start:
        return start, end
    while start > 0 and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end
