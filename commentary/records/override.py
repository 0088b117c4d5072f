"""A signature under a soft finding: commentary.overrides/1.

It holds for one wording in one sentence, and lapses when either changes. What a figure is, or whose, nobody can sign
away.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, model_validator

from commentary.records.editor_fact import worded
from commentary.records.fact_file import Record
from commentary.records.values import Line, Name, Time, refusal

UNVOUCHED = "altered.words"
"""Words that no rule can judge."""
MOVED = "draft.moved"
"""A paragraph of a draft that stands elsewhere in its edit."""
SIGNABLE = frozenset({UNVOUCHED, MOVED})
"""The errors that a signature answers."""
HARD = ("numbers", "roles", "direction", "agreement", "names")
"""Checkers of figures and of who gave them: no signature makes those true."""


def _code(value: str) -> str:
    checker, dot, rule = value.partition(".")
    if not dot or not rule:
        raise refusal("write the code of a finding, such as altered.words")
    if checker in HARD:
        raise refusal(
            "a figure, a direction or a name cannot be signed away: correct the text, or give the figure "
            "as an editor's fact with its source (--editor-facts)"
        )
    return value


class Override(Record):
    """One soft finding that somebody signs for."""

    code: Annotated[str, AfterValidator(_code)]
    path: str = "/text"
    """JSON Pointer to the field, as the finding gives it; "/text" for plain text."""
    text: str
    """The words of the finding, exactly; empty where it is of none."""
    sentence: str
    """The whole sentence that they stand in: another sentence needs another signature."""
    reason: Annotated[Line, BeforeValidator(worded("say in words why it may stand"))]
    name: Annotated[Name, BeforeValidator(worded("an override is signed: write the name of who answers for it"))]
    time: Time

    @model_validator(mode="after")
    def _bound(self) -> "Override":
        if self.text and " ".join(self.text.split()) not in " ".join(self.sentence.split()):
            raise refusal("the text does not stand in the sentence; copy both from what was checked", "text")
        return self


class Overrides(Record):
    """Signatures under soft findings: commentary.overrides/1."""

    format: Literal["commentary.overrides/1"] = "commentary.overrides/1"
    overrides: tuple[Override, ...]
