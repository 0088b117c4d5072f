"""A draft: commentary.draft/1, the text with its facts, mentions, findings and hashes."""

import re
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from commentary.records.editor_fact import EditorFact
from commentary.records.fact_file import FactRecord, Record
from commentary.records.finding import Finding
from commentary.records.plan import Length
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Kind, Mention
from commentary.records.story import Emphasis
from commentary.records.worded import Reworded, Writer, is_empty

REMAKE = "make the draft again with commentary draft --format json"
"""What to do about a draft that cannot be read, or is no longer the one that was made."""


class Tool(Record):
    """The program that made a draft."""

    name: str
    version: str


class Section(Record):
    """A heading, or none for the opening, and its paragraphs."""

    heading: str | None
    paragraphs: tuple[str, ...]


class QuestionAnswer(Record):
    """A question and its answer, readable on its own."""

    question: str
    answer: str


class Digest(Record):
    """The news in a paragraph, readable on its own."""

    title: str
    summary: str


class Variants(Record):
    """The same news in other sizes; empty where a story has no form for one."""

    push: str = ""
    social: tuple[str, ...] = ()
    blurb: str = ""
    search_title: str = ""
    mail_subject: str = ""


class ConditionRecord(Record):
    """What would confirm or undo the reading: an observable, a threshold, an end."""

    metric: str
    relation: Literal["below", "above"]
    threshold: str
    """Id of the fact that holds the threshold."""
    window_hours: int
    text: str
    deadline: AwareDatetime | None = None
    closes: str | None = None
    """Id of the fact that says how many closes, of bars of its window, have to lie beyond the threshold."""
    level: str | None = None
    """Id of the price that has to be reached first."""
    measure: str | None = None
    """Id of the figure whose series is measured."""
    beside: str | None = None
    """Id of a second bound that has to hold at the same time."""
    beside_relation: Literal["below", "above"] | None = None


class Contribution(Record):
    """One rule's part in the label."""

    rule: str
    points: float
    why: str


class Sentiment(Record):
    """A reading of positioning, not of price."""

    label: Literal["bullish", "bearish", "neutral", "none"]
    strength: Literal["slight", "clear", "none"]
    coverage: Literal["low", "medium", "high"]
    risk_skew: Literal["upside", "downside", "two-sided", "none"]
    short_term: str
    """1-3 days."""
    long_term: str
    """1-4 weeks."""
    rationale: str
    flips: tuple[str, ...]
    contributions: tuple[Contribution, ...]


class MentionRecord(Record):
    """Where a fact is spelled; the offsets count code points of the text at `path`."""

    path: str
    start: int
    end: int
    fact: str
    style: str
    role: str

    @property
    def mention(self) -> Mention:
        """The light form, without its path."""
        return Mention(self.start, self.end, self.fact, self.style, self.role)


class SentenceRecord(Record):
    """Where a sentence stands, and who wrote it."""

    path: str
    start: int
    end: int
    origin: str
    kind: Kind
    claim: str


class Input(Record):
    """A snapshot that went in."""

    sha256: str
    as_of: AwareDatetime


class Checks(Record):
    """What the checkers found, bound to the text."""

    ok: bool
    findings: tuple[Finding, ...]
    sha256: str


class Draft(Record):
    """commentary.draft/1. Text fields are plain text; mentions and sentences point into them."""

    format: Literal["commentary.draft/1"] = "commentary.draft/1"
    id: str
    tool: Tool
    assets: tuple[str, ...]
    story: str
    emphasis: Emphasis
    length: Length
    slug: str
    story_key: str
    as_of: AwareDatetime
    generated_at: AwareDatetime
    language: str
    seed: int
    headline: str
    headlines: tuple[str, ...]
    standfirst: str
    sections: tuple[Section, ...]
    faq: tuple[QuestionAnswer, ...]
    digest: Digest
    variants: Variants
    conditions: tuple[ConditionRecord, ...]
    charts: tuple[dict[str, str], ...] = ()
    packs: tuple[str, ...]
    sentiment: Sentiment
    unknowns: tuple[str, ...]
    ai_disclosure: str = ""
    """How the text was made, for a reader: it stands above the body; empty where no program had a part in it."""
    disclosures: tuple[str, ...]
    disclaimer: str
    flags: tuple[str, ...]
    facts: tuple[FactRecord, ...]
    mentions: tuple[MentionRecord, ...]
    sentences: tuple[SentenceRecord, ...]
    reworded: tuple[Reworded, ...] = Field(default=(), exclude_if=is_empty)
    """The sentences that are in a model's words."""
    sources: tuple[str, ...]
    inputs: tuple[Input, ...]
    plan: dict[str, Any]
    writer: Writer
    ai_involvement: Literal[
        "none", "template", "model_drafted", "model_drafted_human_edited", "human_written_ai_assisted"
    ]
    editor_facts: tuple[EditorFact, ...] = ()
    """What editors signed for: figures and quotations with their source."""
    names: dict[str, str] = Field(default_factory=dict)
    """Ticker to name, as they are spelled in the text."""
    history_sha256: str | None = None
    config_sha256: str
    checks: Checks | None = None
    sha256: str = ""


def slug_of(sheet: FactSheet, story: str) -> str:
    """Return the address of a draft: an event keeps the one that it was first told under, its follow-up has its own."""
    known = sheet.get("told_slug")
    if known is not None and sheet.get("since_change") is not None:
        return known.text
    parts = (sheet.asset.lower(), story.replace("_", "-"), apart_of(sheet), f"{sheet.as_of:%Y-%m-%d}")
    return "-".join(filter(None, parts))


def apart_of(sheet: FactSheet) -> str:
    """Return what tells an event from one that was told with figures of another source or model; mostly nothing."""
    gap = next((one for one in sheet.missing if one.subject.metric == "since_change" and one.subject.at), None)
    if gap is None:
        return ""
    return re.sub(r"[^a-z0-9]+", "-", str(gap.subject.at).lower()).strip("-") or "other"


def fact_records(draft: Draft) -> tuple[FactRecord, ...]:
    """Return every fact that a mention of the draft can name: its own, and those that editors signed for."""
    asset = draft.assets[0] if draft.assets else "market"
    return (*draft.facts, *(FactRecord.of(one.fact(asset)) for one in draft.editor_facts))


def texts(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield JSON Pointer and text of every field a reader can see, in reading order."""
    yield "/headline", draft.headline
    for i, headline in enumerate(draft.headlines):
        yield f"/headlines/{i}", headline
    yield "/standfirst", draft.standfirst
    if draft.ai_disclosure:
        yield "/ai_disclosure", draft.ai_disclosure
    for i, section in enumerate(draft.sections):
        if section.heading is not None:
            yield f"/sections/{i}/heading", section.heading
        for j, paragraph in enumerate(section.paragraphs):
            yield f"/sections/{i}/paragraphs/{j}", paragraph
    for i, unknown in enumerate(draft.unknowns):
        yield f"/unknowns/{i}", unknown
    for i, item in enumerate(draft.faq):
        yield f"/faq/{i}/question", item.question
        yield f"/faq/{i}/answer", item.answer
    yield "/digest/title", draft.digest.title
    yield "/digest/summary", draft.digest.summary
    yield "/sentiment/short_term", draft.sentiment.short_term
    yield "/sentiment/long_term", draft.sentiment.long_term
    yield "/sentiment/rationale", draft.sentiment.rationale
    for i, flip in enumerate(draft.sentiment.flips):
        yield f"/sentiment/flips/{i}", flip
    for i, condition in enumerate(draft.conditions):
        yield f"/conditions/{i}/text", condition.text
    for name, text in _variants(draft.variants):
        if text:
            yield f"/variants/{name}", text
    for i, chart in enumerate(draft.charts):
        for name, text in chart.items():
            yield f"/charts/{i}/{name}", text
    for i, disclosure in enumerate(draft.disclosures):
        yield f"/disclosures/{i}", disclosure
    yield "/disclaimer", draft.disclaimer


def _variants(variants: Variants) -> Iterator[tuple[str, str]]:
    yield "push", variants.push
    yield from ((f"social/{i}", text) for i, text in enumerate(variants.social))
    yield "blurb", variants.blurb
    yield "search_title", variants.search_title
    yield "mail_subject", variants.mail_subject
