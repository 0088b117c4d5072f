"""The document a checker sees: fields of text with their mentions, and the facts they may state."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Literal, NamedTuple

from commentary.checks.approved import Recognise, Span
from commentary.checks.cues import Cues
from commentary.checks.in_words import in_words
from commentary.checks.scene import Scene
from commentary.checks.sentences import clause_span, sentence_spans
from commentary.checks.vocabulary import Vocabulary
from commentary.config.packs import FLOOR
from commentary.config.style_rules import HouseRules
from commentary.languages.base import Language
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.finding import Finding, Severity
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Altered, Before, Mention, Recognised, Sentence

Scope = Literal["passage", "article"]
Part = Literal["headline", "standfirst", "heading", "body", "unknowns", "faq", "digest", "sentiment", "aside", "other"]

TIMES = frozenset({"clock", "when", "day", "to_when", "to_clock", "moment", "moment_day", "began"})
"""Styles that give a time."""
ATTRIBUTES = TIMES | {"window", "window_adj", "window_model", "interval"}
"""Styles that spell a time or a window: with a digit, yet no figure."""
WORDS = frozenset({"quoted", "topic", "topic_alone"})
"""Styles that spell words which a fact has: what a notice is of, and how it puts it."""
_NO_RULES = HouseRules()
FIGURES = frozenset({"usd", "price", "percent", "coin", "ratio", "points", "sigma"})
"""Units of what a reader takes as a figure."""


def _none(text: str, spans: Iterable[Span], side: str | None = None) -> Iterable[Recognised]:
    return ()


@cache
def base_style(style: str) -> str:
    """Return the style that a composed one is made of."""
    return style.rstrip("^").partition("~")[0].rpartition(":")[2]


def hedge_of(style: str) -> str:
    """Return the hedge of a composed style, or nothing."""
    hedged, colon, _ = style.partition(":")
    return hedged.rpartition(".")[0] if colon else ""


class Field(NamedTuple):
    """One text field, or one block of a plain text."""

    path: str
    text: str
    mentions: tuple[Mention, ...]
    sentences: tuple[Sentence, ...]
    part: Part
    places: tuple[int, ...] = ()
    """Where each character stands in the source text; empty where the field is the source."""
    heading_says_absent: bool = False
    """True under a heading of what the data does not show."""
    proved: tuple[tuple[int, int], ...] = ()
    """Its sentences that an approved claim of the facts is written by, character for character."""
    altered: tuple[Altered, ...] = ()
    """Where its sentences differ from the approved ones that they were made of."""
    heading: str = ""
    """The words above or beside it that say what it is of."""

    @property
    def is_body(self) -> bool:
        """True for what a reader takes as the article itself."""
        return self.part in ("headline", "standfirst", "heading", "body")


class LabelLine(NamedTuple):
    """The line in which a page gives label, skew and coverage."""

    form: re.Pattern[str]
    """Every such line."""
    line: str
    """That of the facts at hand."""


class Told(NamedTuple):
    """A mention with the fact it spells."""

    mention: Mention
    fact: Fact

    @property
    def style(self) -> str:
        """The style without its hedge, its house form and its mark for a capital."""
        return base_style(self.mention.style)

    @property
    def hedge(self) -> str:
        """The word that bounds the figure, or nothing."""
        return hedge_of(self.mention.style)

    @property
    def metric(self) -> str:
        """What the fact measures."""
        return self.fact.subject.metric

    def is_figure(self, field: Field) -> bool:
        """Return whether a reader takes the mention as a figure: digits that state the fact's value."""
        if self.fact.unit not in FIGURES or self.style in ATTRIBUTES:
            return False
        written = field.text[self.mention.start : self.mention.end]
        in_words = "fraction" in self.style or self.style == "half" or written.endswith("one percent")
        return in_words or any(character.isdigit() for character in written)


@dataclass(frozen=True)
class Statement:
    """One sentence of a field; positions are those of the field's text."""

    field: Field
    start: int
    end: int
    told: tuple[Told, ...]
    vocabulary: Vocabulary
    stated: tuple[Told, ...]
    """The mentions that are figures."""

    @cached_property
    def scene(self) -> Scene:
        """Its figures, clauses and words."""
        spans = tuple((one.mention.start, one.mention.end) for one in self.stated)
        marks = self.vocabulary.marks(self.field.text)
        quoted = tuple((one.mention.start, one.mention.end) for one in self.told if one.style in WORDS)
        return Scene(self.field.text, self.start, self.end, marks, spans, self.vocabulary.cues.names, quoted)

    @cached_property
    def watched(self) -> tuple[tuple[int, int, str], ...]:
        """Watched words outside mentions, with their categories."""
        return tuple(
            (start, end, category)
            for start, end, category in self.vocabulary.watched(self.field.text)
            if self.start <= start < self.end
            and not any(one.mention.start <= start and end <= one.mention.end for one in self.told)
        )

    @property
    def text(self) -> str:
        """The sentence."""
        return self.field.text[self.start : self.end]

    @property
    def asks(self) -> bool:
        """True for a question, which states nothing."""
        return self.text.rstrip("\"')”’ ").endswith("?")

    @property
    def asks_or_denies(self) -> bool:
        """True for a question, and for a sentence with a denial."""
        return self.asks or bool(self.scene.said("denial"))

    def clause(self, at: int) -> tuple[int, int]:
        """Return the span of the clause that holds a place."""
        start, end = clause_span(self.text, at - self.start)
        return self.start + start, self.start + end

    def clause_text(self, at: int) -> str:
        """Return the words of the clause that holds a place."""
        start, end = self.clause(at)
        return self.field.text[start:end]

    def figures(self) -> tuple[Told, ...]:
        """Return the mentions that are figures."""
        return self.stated


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
    vocabulary: Vocabulary
    recognise: Recognise = _none
    """Finds the approved sentences of plain text."""
    on_trial: bool = False
    """True where another wording is tried: nothing is suggested for it."""
    packs: tuple[str, ...] = (FLOOR,)
    """The disclosure packs in force."""
    involvement: str = ""
    """How a draft was made; empty for somebody else's text."""
    before: Mapping[str, tuple[Before, ...]] = field(default_factory=dict)
    """By sentence of the draft whose facts these are, what it stands behind there; empty where there is no draft."""
    label_line: LabelLine | None = None
    """The line in which a page gives the label of these facts; None where a text is a draft, or has no label."""
    rules: HouseRules = _NO_RULES
    """The house's own rules of style."""

    @property
    def cues(self) -> Cues:
        """The words by which a sentence's kind is told."""
        return self.vocabulary.cues

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every sentence that is no approved frame, in reading order."""
        return tuple(statement for field in self.fields for statement in self._statements(field))

    @cached_property
    def judged(self) -> tuple[Statement, ...]:
        """The sentences that are judged by their words: all but those that are proved."""
        return tuple(
            statement
            for statement in self.statements
            if not is_covered(statement.field.text, statement.start, statement.end, self.vouched(statement.field))
        )

    def vouched(self, field: Field) -> list[tuple[int, int]]:
        """Return the spans of a field that are known: approved frames, and sentences that are proved."""
        return [*frame_spans(field, self.language), *field.proved]

    def _statements(self, field: Field) -> Iterator[Statement]:
        frames = frame_spans(field, self.language)
        for start, end in sentence_spans(field.text):
            if any(a <= start and end <= b for a, b in frames):
                continue
            told = tuple(
                Told(mention, self.sheet[mention.fact])
                for mention in field.mentions
                if start <= mention.start < end and mention.fact in self.sheet
            )
            yield Statement(
                field, start, end, told, self.vocabulary, tuple(one for one in told if one.is_figure(field))
            )

    @cached_property
    def _mentioned(self) -> tuple[tuple[Field, Told], ...]:
        return tuple(
            (field, Told(mention, self.sheet[mention.fact]))
            for field in self.fields
            for mention in field.mentions
            if mention.fact in self.sheet
        )

    def mentioned(self) -> tuple[tuple[Field, Told], ...]:
        """Return every mention with its field and fact; unknown facts are another checker's business."""
        return self._mentioned

    def finding(
        self,
        code: str,
        severity: Severity,
        field: Field,
        span: tuple[int, int],
        message: str,
        facts: tuple[str, ...] = (),
        suggest: tuple[str, ...] = (),
        mend: str = "",
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
            message=in_words(message, self.sheet, self.language, self.edition),
            facts=facts,
            suggest=suggest,
            mend=mend,
        )


def is_covered(text: str, start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Say whether nothing but white space of a stretch lies outside of some spans."""
    at = start
    for low, high in sorted(spans):
        if low >= end or text[at:low].strip():
            break
        at = max(at, high)
    return not text[at:end].strip()


def frame_spans(field: Field, language: Language) -> list[tuple[int, int]]:
    """Return where a field holds approved wording exactly as it was approved."""
    return [
        (sentence.start, sentence.end)
        for sentence in field.sentences
        if sentence.origin.startswith("frame@")
        and language.frames.get(sentence.origin.removeprefix("frame@")) == field.text[sentence.start : sentence.end]
    ]
