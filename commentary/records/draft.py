"""A draft: commentary.draft/1, the text with its facts, mentions, findings and hashes."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer, StrictStr, WithJsonSchema

from commentary.records.fact import Evidence, Fact, MissingFact, Quantity, Subject, Unit
from commentary.records.finding import Finding
from commentary.records.plan import Length
from commentary.records.spelled import Kind, Mention
from commentary.records.story import Emphasis


def plain_number(value: Decimal) -> int | float | str:
    """Return a decimal as a JSON number without losing a digit that a reader could see."""
    if value == value.to_integral_value():
        return int(value)
    return float(value)


Number = Annotated[Decimal, PlainSerializer(plain_number, when_used="json"), WithJsonSchema({"type": "number"})]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class SubjectRecord(_Record):
    """What a fact is about."""

    asset: str
    metric: str
    side: Literal["long", "short"] | None = None
    venue: str | None = None
    window_hours: Number | None = None
    at: str | None = None


class FactRecord(_Record):
    """A fact as it stands in a file; `value` is null in a missing fact, which has a `reason`."""

    id: str
    subject: SubjectRecord
    value: Annotated[StrictStr | Number | None, Field(union_mode="left_to_right")]
    """A time is written in RFC 3339; `unit` tells it from a name."""
    unit: Unit
    quantity: Quantity | None = None
    evidence: Evidence | None = None
    source: tuple[str, ...] = ()
    as_of: AwareDatetime | None = None
    formula: str = ""
    inputs: tuple[str, ...] = ()
    currency: str = "USD"
    reason: str | None = None

    @classmethod
    def of(cls, fact: Fact | MissingFact) -> "FactRecord":
        """Return the file form of a fact."""
        subject = SubjectRecord(**fact.subject._asdict())
        if isinstance(fact, MissingFact):
            return cls(id=fact.id, subject=subject, value=None, unit=fact.unit, reason=fact.reason)
        return cls(
            id=fact.id,
            subject=subject,
            value=fact.value.isoformat() if isinstance(fact.value, datetime) else fact.value,
            unit=fact.unit,
            quantity=fact.quantity,
            evidence=fact.evidence,
            source=fact.source,
            as_of=fact.as_of,
            formula=fact.formula,
            inputs=fact.inputs,
            currency=fact.currency,
        )

    def fact(self) -> Fact | MissingFact:
        """Return the light form used inside the program.

        Raises:
            ValueError: the record's id is not the id of its subject.
        """
        subject = Subject(**{name: getattr(self.subject, name) for name in Subject._fields})
        if subject.id != self.id:
            raise ValueError(f"fact {self.id!r} does not match its subject, whose id is {subject.id!r}")
        if self.value is None:
            return MissingFact(subject, self.unit, self.reason or "no reason given")
        if self.quantity is None or self.evidence is None or self.as_of is None:
            raise ValueError(f"fact {self.id!r} has a value but no quantity, evidence or time")
        return Fact(
            subject=subject,
            value=self._value(),
            unit=self.unit,
            quantity=self.quantity,
            evidence=self.evidence,
            source=self.source,
            as_of=self.as_of,
            formula=self.formula,
            inputs=self.inputs,
            currency=self.currency,
        )

    def _value(self) -> Decimal | datetime | str:
        if self.unit == "time":
            return datetime.fromisoformat(str(self.value))
        if self.unit == "name":
            return str(self.value)
        return Decimal(str(self.value))


class FactsFile(_Record):
    """All facts of a snapshot: commentary.facts/1."""

    format: Literal["commentary.facts/1"] = "commentary.facts/1"
    asset: str
    as_of: AwareDatetime
    facts: tuple[FactRecord, ...]


class Tool(_Record):
    """The program that made a draft."""

    name: str
    version: str


class Section(_Record):
    """A heading, or none for the opening, and its paragraphs."""

    heading: str | None
    paragraphs: tuple[str, ...]


class QuestionAnswer(_Record):
    """A question and its answer, readable on its own."""

    question: str
    answer: str


class Digest(_Record):
    """The news in a paragraph, readable on its own."""

    title: str
    summary: str


class Variants(_Record):
    """The same news in other sizes; empty where a story has no form for one."""

    push: str = ""
    social: tuple[str, ...] = ()
    blurb: str = ""
    search_title: str = ""
    mail_subject: str = ""


class ConditionRecord(_Record):
    """What would confirm or undo the reading: an observable, a threshold, an end."""

    metric: str
    relation: Literal["below", "above"]
    threshold: str
    """Id of the fact that holds the threshold."""
    window_hours: int
    text: str


class Contribution(_Record):
    """One rule's part in the label."""

    rule: str
    points: float
    why: str


class Sentiment(_Record):
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


class MentionRecord(_Record):
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


class SentenceRecord(_Record):
    """Where a sentence stands, and who wrote it."""

    path: str
    start: int
    end: int
    origin: str
    kind: Kind
    claim: str


class Input(_Record):
    """A snapshot that went in."""

    sha256: str
    as_of: AwareDatetime


class Writer(_Record):
    """Who worded the text."""

    kind: Literal["template", "model"]
    name: str
    version: str


class Checks(_Record):
    """What the checkers found, bound to the text."""

    ok: bool
    findings: tuple[Finding, ...]
    sha256: str


class Draft(_Record):
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
    disclosures: tuple[str, ...]
    disclaimer: str
    flags: tuple[str, ...]
    facts: tuple[FactRecord, ...]
    mentions: tuple[MentionRecord, ...]
    sentences: tuple[SentenceRecord, ...]
    sources: tuple[str, ...]
    inputs: tuple[Input, ...]
    plan: dict[str, Any]
    writer: Writer
    ai_involvement: Literal[
        "none", "template", "model_drafted", "model_drafted_human_edited", "human_written_ai_assisted"
    ]
    editor_facts: tuple[FactRecord, ...] = ()
    names: dict[str, str] = Field(default_factory=dict)
    """Ticker to name, as they are spelled in the text."""
    history_sha256: str | None = None
    config_sha256: str
    checks: Checks | None = None
    sha256: str = ""


def texts(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield JSON Pointer and text of every field a reader can see, in reading order."""
    yield "/headline", draft.headline
    for i, headline in enumerate(draft.headlines):
        yield f"/headlines/{i}", headline
    yield "/standfirst", draft.standfirst
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
    if draft.variants.push:
        yield "/variants/push", draft.variants.push
    for i, disclosure in enumerate(draft.disclosures):
        yield f"/disclosures/{i}", disclosure
    yield "/disclaimer", draft.disclaimer


def canonical(value: object) -> bytes:
    """Return JSON with sorted keys, no white space and normalised decimals, for hashing."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def content_sha256(draft: Draft) -> str:
    """Return the sha256 of the draft without its own hash and its checks."""
    content = draft.model_dump(mode="json", exclude={"sha256", "checks"})
    return hashlib.sha256(canonical(content)).hexdigest()


def checks_sha256(findings: tuple[Finding, ...], content: str) -> str:
    """Return the sha256 that binds findings to the text they were made on."""
    listed = [finding.model_dump(mode="json") for finding in findings]
    return hashlib.sha256(canonical({"findings": listed, "sha256": content})).hexdigest()
