"""A draft gets its findings and its seal: text, facts, mentions and findings, bound by their hashes."""

from commentary.config import Settings
from commentary.pipeline.checking import check_fields
from commentary.records.draft import Checks, Draft
from commentary.records.hashes import checks_sha256, content_sha256


def seal(draft: Draft, settings: Settings | None = None) -> Draft:
    """Return a composed draft with what the check says of its text by the newsroom's settings, sealed."""
    content = content_sha256(draft)
    found = check_fields(draft, settings=settings)
    checks = Checks(ok=found.ok, findings=found.findings, sha256=checks_sha256(found.findings, content))
    return draft.model_copy(update={"sha256": content, "checks": checks})
