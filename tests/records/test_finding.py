"""Whether a text passes is decided by its findings, and in one place."""

import pytest
from pydantic import ValidationError

from commentary.records.finding import Finding, Findings, Severity


def _one(severity: Severity) -> Finding:
    return Finding(code="a.b", severity=severity, path="/text", span=(0, 0), text="", message="")


def test_an_error_among_others_makes_findings_not_ok() -> None:
    assert not Findings.of((_one("note"), _one("error"), _one("warning"))).ok
    assert Findings.of((_one("note"), _one("warning"))).ok
    assert Findings.of(()).ok


def test_findings_with_an_error_cannot_be_called_ok() -> None:
    with pytest.raises(ValidationError, match="cannot be ok"):
        Findings(ok=True, findings=(_one("error"),))
