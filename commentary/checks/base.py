"""The document a checker sees: fields of text with their mentions, and the facts they may state."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from commentary.languages.base import Language
from commentary.records.draft import Draft, texts
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.finding import Finding, Severity
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Mention, Sentence

Scope = Literal["passage", "article"]

_BODY = ("/headline", "/standfirst", "/sections", "/text")


class Field(NamedTuple):
    """One text field."""

    path: str
    text: str
    mentions: tuple[Mention, ...]
    sentences: tuple[Sentence, ...]

    @property
    def is_body(self) -> bool:
        """True for what a reader takes as the article itself."""
        return self.path.startswith(_BODY)


class Document(NamedTuple):
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

    def mentioned(self) -> Iterator[tuple[Field, Mention, Fact]]:
        """Yield every mention with its field and fact; unknown facts are another checker's business."""
        for field in self.fields:
            for mention in field.mentions:
                if mention.fact in self.sheet:
                    yield field, mention, self.sheet[mention.fact]

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
        return Finding(
            code=code,
            severity=severity,
            path=field.path,
            span=span,
            text=field.text[span[0] : span[1]],
            message=message,
            facts=facts,
            suggest=suggest,
        )


def document_of(draft: Draft, sheet: FactSheet, language: Language, edition: Edition) -> Document:
    """Return a draft as the checkers see it."""
    mentions: dict[str, list[Mention]] = {}
    for record in draft.mentions:
        mentions.setdefault(record.path, []).append(record.mention)
    sentences: dict[str, list[Sentence]] = {}
    for entry in draft.sentences:
        sentences.setdefault(entry.path, []).append(
            Sentence(entry.start, entry.end, entry.origin, entry.kind, entry.claim)
        )
    fields = tuple(
        Field(path, text, tuple(sorted(mentions.get(path, ()))), tuple(sentences.get(path, ())))
        for path, text in texts(draft)
    )
    return Document(
        fields,
        sheet,
        language,
        edition,
        "article",
        len(draft.unknowns),
        bool(draft.disclaimer.strip()),
        written=True,
    )


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of sentences: a stop, question or exclamation mark, then space and a capital or figure."""
    start = 0
    for i, character in enumerate(text):
        if character in ".?!" and _ends(text, i):
            yield start, i + 1
            start = i + 1
            while start < len(text) and text[start].isspace():
                start += 1
        elif character == "\n":
            if text[start:i].strip():
                yield start, i
            start = i + 1
    if text[start:].strip():
        yield start, len(text)


_SHORT_FORMS = ("Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec", "U.S", "vs", "a.m", "p.m", "approx", "No")


def _ends(text: str, i: int) -> bool:
    rest = text[i + 1 : i + 3]
    if rest and not rest[0].isspace() and rest[0] not in "\"')”’":
        return False
    before = text[:i]
    if any(before.endswith(short) and not before[: -len(short)][-1:].isalpha() for short in _SHORT_FORMS):
        # A month's short form before a figure is a date, not an end.
        return not rest.strip()
    return True
