"""The hashes that bind a draft: its content, and the findings to the content they were made on."""

from commentary.records.canonical import sha256_of
from commentary.records.draft import Draft
from commentary.records.finding import Finding


def content_sha256(draft: Draft) -> str:
    """Return the sha256 of the draft without its own hash and its checks."""
    return sha256_of(draft.model_dump(mode="json", exclude={"sha256", "checks"}))


def checks_sha256(findings: tuple[Finding, ...], content: str) -> str:
    """Return the sha256 that binds findings to the text they were made on."""
    listed = [finding.model_dump(mode="json") for finding in findings]
    return sha256_of({"findings": listed, "sha256": content})


def is_sealed(draft: Draft) -> bool:
    """Say whether a draft carries the seal of its content and of its findings, and both still fit."""
    return (
        draft.checks is not None
        and draft.sha256 == content_sha256(draft)
        and draft.checks.sha256 == checks_sha256(draft.checks.findings, draft.sha256)
    )
