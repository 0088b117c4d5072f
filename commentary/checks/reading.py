"""Plain text read as a document: blocks with the mentions that its figures and names turn out to be.

What fits no fact is left for the checkers to find; what fits several that the words around it cannot tell
apart is numbers.ambiguous.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from commentary.checks.base import Document, Field, Part, Scope
from commentary.checks.binding import Binder, Bound
from commentary.checks.blocks import Block, blocks
from commentary.checks.sentences import sentence_spans
from commentary.checks.vocabulary import Vocabulary
from commentary.languages.base import Language
from commentary.records.edition import Edition
from commentary.records.finding import Finding
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Altered, Recognised, Sentence

PATH = "/text"
_OURS = 5
"""Approved sentences, at least, that make a text ours."""

Recognise = Callable[[str, Iterable[tuple[int, int]]], Iterable[Recognised]]
"""Finds the approved sentences of a text among those whose places are given."""


def read_text(
    text: str,
    sheet: FactSheet,
    language: Language,
    edition: Edition,
    scope: Scope | None,
    vocabulary: Vocabulary,
    recognise: Recognise,
) -> tuple[Document, tuple[Finding, ...]]:
    """Return plain text as a document, and what could not be told apart."""
    binder = Binder(sheet, language, edition, vocabulary)
    fields: list[Field] = []
    others: list[list[tuple[int, int]]] = []
    unsure: list[tuple[Field, Bound]] = []
    said = vocabulary.cues
    heading = ""
    headed = False
    for block in blocks(text):
        frames = tuple(_frames(block.text, language))
        spans = tuple(_unframed(block.text, frames))
        known = {one.sentence.end: one for one in recognise(block.text, spans)}
        mentions = [mention for one in known.values() for mention in one.mentions]
        found: list[Bound] = []
        for start, end in spans:
            if end not in known or known[end].altered:
                taken = known[end].mentions if end in known else ()
                found.extend(
                    bound
                    for bound in binder.figures(block.text, start, end, heading, frames)
                    if not any(bound.mention.start < one.end and one.start < bound.mention.end for one in taken)
                )
        mentions += [bound.mention for bound in found]
        mentions += binder.names(block.text, mentions)
        lacking = said.said("denial", heading) or said.said("absent", heading) or said.said("unknown", heading)
        field = Field(
            PATH,
            block.text,
            tuple(sorted(mentions)),
            (*frames, *(one.sentence for one in known.values())),
            _part(block),
            block.places,
            lacking,
            tuple(change for one in known.values() for change in one.altered),
        )
        fields.append(field)
        others.append([span for span in spans if span[1] not in known and _is_sentence(block, span)])
        unsure.extend((field, bound) for bound in found if bound.rivals or bound.hedge)
        if block.level:
            heading, headed = block.text, True
    if _is_ours(fields, others):
        fields = [_with_others(field, spans) for field, spans in zip(fields, others, strict=True)]
    document = Document(
        tuple(fields),
        sheet.with_facts(binder.made.values()),
        language,
        edition,
        scope or ("article" if headed else "passage"),
        sum(1 for field in fields if said.said("unknown", field.text)),
        any(said.said("disclaimer", field.text) for field in fields),
        written=False,
        vocabulary=vocabulary,
    )
    findings = [_ambiguous(document, field, bound) for field, bound in unsure if bound.rivals]
    findings += [_qualified(document, field, bound) for field, bound in unsure if bound.hedge]
    return document, tuple(findings)


def _unframed(text: str, frames: tuple[Sentence, ...]) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a text, each without the approved frame that it begins with."""
    for start, end in sentence_spans(text):
        for frame in frames:
            if frame.start <= start < frame.end:
                start = frame.end
                while start < end and text[start].isspace():
                    start += 1
        if start < end:
            yield start, end


def _is_ours(fields: list[Field], others: list[list[tuple[int, int]]]) -> bool:
    """Say whether a text is made of approved sentences, so that any other one was put in."""
    foreign = sum(end - start for spans in others for start, end in spans)
    known = sum(one.end - one.start for field in fields for one in field.sentences)
    return sum(len(field.sentences) for field in fields) >= _OURS and known > foreign


def _is_sentence(block: Block, span: tuple[int, int]) -> bool:
    """Say whether words are a sentence, and no heading or label."""
    return not block.level and block.text[: span[1]].rstrip("\"')”’ ").endswith((".", "!", "?"))


def _with_others(field: Field, spans: list[tuple[int, int]]) -> Field:
    put_in = tuple(Altered(start, end, "", (0, 0), ()) for start, end in spans)
    return field._replace(altered=(*field.altered, *put_in))


def _part(block: Block) -> Part:
    if block.level == 1:
        return "headline"
    return "heading" if block.level else "body"


def _frames(text: str, language: Language) -> Iterator[Sentence]:
    """Yield approved wording that stands in a text as it was approved."""
    for name, frame in language.frames.items():
        for match in re.finditer(re.escape(frame), text):
            yield Sentence(match.start(), match.end(), f"frame@{name}", "definition", "")


def _ambiguous(document: Document, field: Field, bound: Bound) -> Finding:
    mention = bound.mention
    written = field.text[mention.start : mention.end]
    message = f"{written!r} can be {len(bound.rivals)} facts; name the side, source or window that is meant"
    return document.finding("numbers.ambiguous", "warning", field, (mention.start, mention.end), message, bound.rivals)


def _qualified(document: Document, field: Field, bound: Bound) -> Finding:
    start, end = bound.hedge or (bound.mention.start, bound.mention.end)
    message = (
        f"{field.text[start:end]!r} changes what the figure beside it says, and no fact is written so; take it out"
    )
    return document.finding("numbers.qualified", "error", field, (start, end), message)
