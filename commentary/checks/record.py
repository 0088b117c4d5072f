"""A draft's record: whether it is still what was sealed, and what it says beside its text.

draft.altered: the text, facts, mentions or findings are not those of the seal.
draft.beside: the record says of the market, or of how it was made, what its facts and its text do not.

What only the newsroom's settings decide (why a story was told and how it scored, what was left out, which sentences
a text must have) is held by writing the draft again (commentary/pipeline/rewriting.py), where they are at hand; what
only the snapshot decides (most flags, the values of its rows) by commentary/pipeline/tracing.py.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

from commentary.config.packs import FLOOR, pack_names
from commentary.config.storybook import family_of
from commentary.records.draft import REMAKE, Contribution, Draft, slug_of
from commentary.records.finding import Finding
from commentary.records.hashes import checks_sha256, content_sha256
from commentary.records.sheet import FactSheet


def broken_seals(draft: Draft) -> Iterator[Finding]:
    """Yield what shows that a draft is no longer what was sealed."""
    content = content_sha256(draft)
    if draft.sha256 != content:
        said = "its text, facts or mentions do not match its sha256"
        yield _broken("/sha256", said)
    if draft.checks is None or draft.checks.sha256 != checks_sha256(draft.checks.findings, draft.sha256):
        said = "its findings are not those that its checks.sha256 was made of"
        yield _broken("/checks/sha256", said)


_READINGS = (
    ("label", "sentiment_label"),
    ("strength", "sentiment_strength"),
    ("coverage", "sentiment_coverage"),
    ("risk_skew", "risk_skew"),
)
"""What a draft's record says of the market outside of its text, and the metrics that bear it."""


_PLACE = r"(?:/[^/]+)?"
"""What may stand in the key of a new event between its family and its day: a level, a side or an exchange."""
_MARGIN = timedelta(minutes=2)
_FLAGGED = {
    "contract_multiplier": "contract_multiplier",
    "non_usd_quote": "usd_rate",
    "stale_data": "stale_age",
    "trigger_already_passed": "level_passed",
}
"""Flags that are set where there is a fact of a metric, and nowhere else."""
_INVOLVED = {"template": {"template"}, "model": {"model_drafted", "model_drafted_human_edited"}}
"""What may be said of a draft, by who worded it."""


def unborne(draft: Draft, sheet: FactSheet, contributions: tuple[Contribution, ...]) -> Iterator[Finding]:
    """Yield what stands beside the text and no fact says: a page prints it as label line, address and data.

    Args:
        draft: the draft.
        sheet: its facts.
        contributions: what the rules of the label say of them.
    """
    for name, metric in _READINGS:
        said, fact = getattr(draft.sentiment, name), sheet.get(metric)
        if fact is None or fact.value != said:
            borne = f"{fact.id} is {fact.value!r}" if fact else f"no fact is of {metric}"
            yield beside(f"/sentiment/{name}", said, borne)
    given = {name for fact in sheet for name in fact.source}
    for i, name in enumerate(draft.sources):
        if name not in given:
            yield beside(f"/sources/{i}", name, "it gave no fact")
    for i, asset in enumerate(draft.assets):
        if asset not in {fact.subject.asset for fact in sheet} | {gap.subject.asset for gap in sheet.missing}:
            yield beside(f"/assets/{i}", asset, "no fact is of it")
    slug = slug_of(sheet, draft.story)
    if draft.slug != slug:
        yield beside("/slug", draft.slug, f"asset, story and day are {slug}")
    if draft.sentiment.contributions != contributions:
        yield beside("/sentiment/contributions", "points", "the rules of the label give others by its facts")
    yield from _of_the_facts(draft, sheet)
    yield from _of_its_making(draft)
    key = sheet.get("told_key")
    if key is not None and draft.story_key != key.value:
        yield beside("/story_key", draft.story_key, f"it was told as {key.value}")
    of, day = "/".join((sheet.asset, family_of(draft.story))), f"{draft.as_of:%Y-%m-%d}"
    if key is None and not re.fullmatch(f"{re.escape(of)}{_PLACE}/{day}", draft.story_key):
        yield beside("/story_key", draft.story_key, f"the key of a new event of this story is {of}/…/{day}")


def _of_the_facts(draft: Draft, sheet: FactSheet) -> Iterator[Finding]:
    for flag, metric in _FLAGGED.items():
        if (flag in draft.flags) != (sheet.get(metric) is not None):
            said = flag if flag in draft.flags else f"no {flag}"
            yield beside("/flags", said, f"{metric} is {'a' if sheet.get(metric) else 'no'} fact of it")
    told = {(one.path, one.fact) for one in draft.mentions}
    for i, condition in enumerate(draft.conditions):
        path = f"/conditions/{i}/threshold"
        if condition.threshold not in sheet:
            yield beside(path, condition.threshold, "it is no fact of it")
        elif (f"/conditions/{i}/text", condition.threshold) not in told:
            yield beside(path, condition.threshold, "the condition's text is of another fact")


def _of_its_making(draft: Draft) -> Iterator[Finding]:
    if draft.ai_involvement not in _INVOLVED[draft.writer.kind]:
        yield beside("/ai_involvement", draft.ai_involvement, f"a {draft.writer.kind} worded it")
    if draft.generated_at < draft.as_of - _MARGIN:
        yield beside("/generated_at", f"{draft.generated_at:%Y-%m-%d %H:%M} UTC", "its facts are of a later time")
    if draft.headlines[:1] != (draft.headline,):
        yield beside("/headlines", "another headline first", "the first is the one that stands above the text")
    for i, name in enumerate(draft.packs):
        if name not in pack_names():
            yield beside(f"/packs/{i}", name, f"the disclosure packs are {', '.join(pack_names())}")
    if FLOOR not in draft.packs:
        yield beside("/packs", ", ".join(draft.packs) or "nothing", f"{FLOOR!r} is the floor of every pack")


def beside(path: str, said: str, borne: str) -> Finding:
    """Return that a draft says at a path what nothing bears."""
    message = f"the draft says {said!r} beside its text, and {borne}; {REMAKE}"
    return Finding(code="draft.beside", severity="error", path=path, span=(0, 0), text="", message=message)


def _broken(path: str, said: str) -> Finding:
    message = f"the draft was changed after it was made: {said}; make it again"
    return Finding(code="draft.altered", severity="error", path=path, span=(0, 0), text="", message=message)
