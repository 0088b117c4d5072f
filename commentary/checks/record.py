"""A draft's record: whether it is still what was sealed, and what it says beside its text.

draft.altered: the text, facts, mentions or findings are not those of the seal.
draft.beside: the record says of the market what no fact says.
"""

import re
from collections.abc import Iterator

from commentary.records.draft import REMAKE, Draft
from commentary.records.finding import Finding
from commentary.records.hashes import checks_sha256, content_sha256
from commentary.records.sheet import FactSheet


def broken_seals(draft: Draft) -> Iterator[Finding]:
    """Yield what shows that a sealed draft is no longer what was sealed; one that is being made has no seal yet."""
    if not draft.sha256 and draft.checks is None:
        return
    content = content_sha256(draft)
    if draft.sha256 != content:
        said = "its text, facts or mentions do not match its sha256"
        yield _sealbroken_seals("/sha256", said)
    if draft.checks is None or draft.checks.sha256 != checks_sha256(draft.checks.findings, draft.sha256):
        said = "its findings are not those that its checks.sha256 was made of"
        yield _sealbroken_seals("/checks/sha256", said)


_READINGS = (
    ("label", "sentiment_label"),
    ("strength", "sentiment_strength"),
    ("coverage", "sentiment_coverage"),
    ("risk_skew", "risk_skew"),
)
"""What a draft's record says of the market outside of its text, and the metrics that bear it."""


def unborne(draft: Draft, sheet: FactSheet) -> Iterator[Finding]:
    """Yield what stands beside the text and no fact says: a page prints it as label line, address and data."""
    for name, metric in _READINGS:
        said, fact = getattr(draft.sentiment, name), sheet.get(metric)
        if fact is None or fact.value != said:
            borne = f"{fact.id} is {fact.value!r}" if fact else f"no fact is of {metric}"
            yield _beside(f"/sentiment/{name}", said, borne)
    given = {name for fact in sheet for name in fact.source}
    for i, name in enumerate(draft.sources):
        if name not in given:
            yield _beside(f"/sources/{i}", name, "it gave no fact")
    for i, asset in enumerate(draft.assets):
        if asset not in {fact.subject.asset for fact in sheet} | {gap.subject.asset for gap in sheet.missing}:
            yield _beside(f"/assets/{i}", asset, "no fact is of it")
    begun = f"{draft.assets[0].lower()}-{draft.story.replace('_', '-')}-"
    if not re.fullmatch(rf"{re.escape(begun)}[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}", draft.slug):
        yield _beside("/slug", draft.slug, f"a slug is {begun} and a day")


def _beside(path: str, said: str, borne: str) -> Finding:
    message = f"the draft says {said!r} beside its text, and {borne}; {REMAKE}"
    return Finding(code="draft.beside", severity="error", path=path, span=(0, 0), text="", message=message)


def _sealbroken_seals(path: str, said: str) -> Finding:
    message = f"the draft was changed after it was made: {said}; make it again"
    return Finding(code="draft.altered", severity="error", path=path, span=(0, 0), text="", message=message)
