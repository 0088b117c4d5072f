"""What a checker says about a text."""

from collections.abc import Iterable
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

Severity = Literal["error", "warning", "note"]


class Finding(BaseModel):
    """One thing a checker found, at a place in a text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    """checker.rule, such as "numbers.untraced"."""
    severity: Severity
    path: str
    """JSON Pointer into the draft; "/text" for plain text."""
    span: tuple[int, int]
    """Start and end in code points of the text at `path`."""
    text: str
    message: str
    """What is wrong and what to do, for the editor."""
    facts: tuple[str, ...] = ()
    suggest: tuple[str, ...] = ()
    """Legal wordings, likeliest first; each can stand in the place of `text`."""
    mend: SkipJsonSchema[str] = Field(default="", exclude=True)
    """The one of them of which `text` is a slip beyond doubt; or nothing. It is no part of the format."""


class Findings(BaseModel):
    """The result of a check: commentary.findings/1."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    format: Literal["commentary.findings/1"] = "commentary.findings/1"
    ok: bool
    """No finding is an error."""
    findings: tuple[Finding, ...] = Field(default=())

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Self:
        """Return findings with what they decide: the one place that says when a text passes."""
        found = tuple(findings)
        return cls(ok=not _has_error(found), findings=found)

    @model_validator(mode="after")
    def _no_error_passes(self) -> Self:
        if self.ok and _has_error(self.findings):
            raise ValueError("a finding is an error, so that the text cannot be ok")
        return self


def _has_error(findings: tuple[Finding, ...]) -> bool:
    return any(finding.severity == "error" for finding in findings)
