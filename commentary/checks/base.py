"""The document a checker sees: fields of text with their mentions, and the facts they may state."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple

from commentary.checks.cues import Cues, cues
from commentary.checks.sentences import clause_span, sentence_spans
from commentary.languages.base import Language
from commentary.records.draft import Draft, texts
from commentary.records.edition import Edition
from commentary.records.fact import Fact, Subject
from commentary.records.finding import Finding, Severity
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Mention, Sentence

Scope = Literal["passage", "article"]
Part = Literal["headline", "standfirst", "heading", "body", "unknowns", "faq", "digest", "sentiment", "other"]

_PARTS: tuple[tuple[str, Part], ...] = (
    ("/headline", "headline"),
    ("/standfirst", "standfirst"),
    ("/sections", "body"),
    ("/unknowns", "unknowns"),
    ("/faq", "faq"),
    ("/digest", "digest"),
    ("/sentiment", "sentiment"),
)
TIMES = frozenset({"clock", "when", "day", "to_when", "to_clock", "moment", "moment_day"})
"""Styles that give a time."""
ATTRIBUTES = TIMES | {"window", "window_adj", "window_model", "interval"}
"""Styles that spell a time or a window: with a digit, yet no figure."""
FIGURES = frozenset({"usd", "price", "percent", "coin", "ratio", "points", "sigma"})
"""Units of what a reader takes as a figure."""


class Field(NamedTuple):
    """One text field, or one block of a plain text."""

    path: str
    text: str
    mentions: tuple[Mention, ...]
    sentences: tuple[Sentence, ...]
    part: Part
    places: tuple[int, ...] = ()
    """Where each character stands in the source text; empty where the field is the source."""

    @property
    def is_body(self) -> bool:
        """True for what a reader takes as the article itself."""
        return self.part in ("headline", "standfirst", "heading", "body")


class Told(NamedTuple):
    """A mention with the fact it spells."""

    mention: Mention
    fact: Fact

    @property
    def style(self) -> str:
        """The style without its mark for a capital."""
        return self.mention.style.rstrip("^")

    @property
    def metric(self) -> str:
        """What the fact measures."""
        return self.fact.subject.metric

    def is_figure(self, field: Field) -> bool:
        """Return whether a reader takes the mention as a figure: digits that state the fact's value."""
        if self.fact.unit not in FIGURES or self.style in ATTRIBUTES:
            return False
        return any(character.isdigit() for character in field.text[self.mention.start : self.mention.end])


class Statement(NamedTuple):
    """One sentence of a field; positions are those of the field's text."""

    field: Field
    start: int
    end: int
    told: tuple[Told, ...]
    watched: tuple[tuple[int, int, str], ...]
    """Watched words outside mentions."""

    @property
    def text(self) -> str:
        """The sentence."""
        return self.field.text[self.start : self.end]

    @property
    def asks(self) -> bool:
        """True for a question, which states nothing."""
        return self.text.rstrip("\"')”’ ").endswith("?")

    def clause(self, at: int) -> tuple[int, int]:
        """Return the span of the clause that holds a place."""
        start, end = clause_span(self.text, at - self.start)
        return self.start + start, self.start + end

    def clause_text(self, at: int) -> str:
        """Return the words of the clause that holds a place."""
        start, end = self.clause(at)
        return self.field.text[start:end]

    def figures(self) -> Iterator[Told]:
        """Yield the mentions that are figures."""
        for told in self.told:
            if told.is_figure(self.field):
                yield told


class Known(NamedTuple):
    """Names that mean something to a reader whether or not a fact is of them."""

    assets: Mapping[str, str] = MappingProxyType({})
    """Ticker to name."""
    venues: frozenset[str] = frozenset()
    """Exchanges."""


@dataclass(frozen=True)
class Document:
    """A whole text with the facts it is held against."""

    fields: tuple[Field, ...]
    sheet: FactSheet
    language: Language
    edition: Edition
    scope: Scope
    unknowns: int
    """How many unknowns it states in a place of their own."""
    disclaimer: bool
    written: bool
    """True if mentions were recorded by the writer, False if they were read back from plain text."""
    known: Known

    @cached_property
    def cues(self) -> Cues:
        """The words by which a sentence's kind is told."""
        return cues(self.language.code)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every sentence that is no approved frame, in reading order."""
        return tuple(statement for field in self.fields for statement in self._statements(field))

    @cached_property
    def givers(self) -> frozenset[str]:
        """Who gave a fact, or was asked for one: sources and exchanges."""
        sources = {name for fact in self.sheet for name in fact.source}
        return frozenset(sources | {subject.venue for subject in self._subjects() if subject.venue})

    @cached_property
    def listed_givers(self) -> frozenset[str]:
        """The exchanges and vendors that a reader knows by name."""
        return self.known.venues | self.cues.givers

    @cached_property
    def assets(self) -> frozenset[str]:
        """Tickers of the assets that a fact is of, or was asked for."""
        return frozenset({self.sheet.asset, *(subject.asset for subject in self._subjects())})

    def _subjects(self) -> Iterator[Subject]:
        yield from (fact.subject for fact in self.sheet.facts)
        yield from (gap.subject for gap in self.sheet.missing)

    def _statements(self, field: Field) -> Iterator[Statement]:
        frames = frame_spans(field, self.language)
        watched = self.language.watched(field.text)
        for start, end in sentence_spans(field.text):
            if any(a <= start and end <= b for a, b in frames):
                continue
            mentions = [mention for mention in field.mentions if start <= mention.start < end]
            told = tuple(Told(mention, self.sheet[mention.fact]) for mention in mentions if mention.fact in self.sheet)
            words = tuple(
                (a, b, category)
                for a, b, category in watched
                if start <= a < end and not any(m.start <= a and b <= m.end for m in mentions)
            )
            yield Statement(field, start, end, told, words)

    def mentioned(self) -> Iterator[tuple[Field, Told]]:
        """Yield every mention with its field and fact; unknown facts are another checker's business."""
        for field in self.fields:
            for mention in field.mentions:
                if mention.fact in self.sheet:
                    yield field, Told(mention, self.sheet[mention.fact])

    def finding(
        self,
        code: str,
        severity: Severity,
        field: Field,
        span: tuple[int, int],
        message: str,
        facts: tuple[str, ...] = (),
        suggest: tuple[str, ...] = (),
    ) -> Finding:
        """Return a finding at a span of a field."""
        start, end = span
        text = field.text[start:end]
        if field.places:
            last = len(field.places) - 1
            span = (field.places[min(start, last)], field.places[end - 1] + 1 if end > start else field.places[0])
        return Finding(
            code=code,
            severity=severity,
            path=field.path,
            span=span,
            text=text,
            message=message,
            facts=facts,
            suggest=suggest,
        )


def frame_spans(field: Field, language: Language) -> list[tuple[int, int]]:
    """Return where a field holds approved wording exactly as it was approved."""
    return [
        (sentence.start, sentence.end)
        for sentence in field.sentences
        if sentence.origin.startswith("frame@")
        and language.frames.get(sentence.origin.removeprefix("frame@")) == field.text[sentence.start : sentence.end]
    ]


def document_of(draft: Draft, sheet: FactSheet, language: Language, edition: Edition, known: Known) -> Document:
    """Return a draft as the checkers see it."""
    mentions: dict[str, list[Mention]] = {}
    for record in draft.mentions:
        mentions.setdefault(record.path, []).append(record.mention)
    sentences: dict[str, list[Sentence]] = {}
    for entry in draft.sentences:
        sentence = Sentence(entry.start, entry.end, entry.origin, entry.kind, entry.claim)
        sentences.setdefault(entry.path, []).append(sentence)
    fields = tuple(
        Field(path, text, tuple(sorted(mentions.get(path, ()))), tuple(sentences.get(path, ())), _part(path))
        for path, text in texts(draft)
    )
    disclaimer = bool(draft.disclaimer.strip())
    return Document(fields, sheet, language, edition, "article", len(draft.unknowns), disclaimer, True, known)


def _part(path: str) -> Part:
    if path.endswith("/heading"):
        return "heading"
    return next((part for beginning, part in _PARTS if path.startswith(beginning)), "other")
