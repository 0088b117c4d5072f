"""Plain text read as a document: blocks with the mentions that its figures and names turn out to be.

What fits no fact is left for the checkers to find; what fits several that the words around it cannot tell
apart is numbers.ambiguous.
"""

import re
from collections.abc import Iterable, Iterator

from commentary.checks.approved import Approved, Recognise, approved
from commentary.checks.base import Document, Field, Part, Scope
from commentary.checks.binding import Binder, Bound
from commentary.checks.blocks import Block, blocks
from commentary.checks.sentences import sentence_spans
from commentary.checks.vocabulary import Vocabulary
from commentary.languages.base import Language
from commentary.records.edition import Edition
from commentary.records.finding import Finding
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Mention

PATH = "/text"

_LONGEST = 1500
"""In characters: five times the longest sentence of a careful writer. What judging one costs grows with its square."""
_DIGITS = re.compile(r"\d+")
_MOST_FIGURES = 100
"""A sentence of more is a table, and a table has cells."""
_SHOWN = 60
"""As many characters of it stand in the finding."""


def read_text(
    text: str | Iterable[Block],
    sheet: FactSheet,
    language: Language,
    edition: Edition,
    scope: Scope | None,
    vocabulary: Vocabulary,
    recognise: Recognise,
    heading: str = "",
) -> tuple[Document, tuple[Finding, ...]]:
    """Return plain text, or the blocks of a page, as a document, and what could not be told apart.

    `heading` is what stands above a text that is part of another.
    """
    binder = Binder(sheet, language, edition, vocabulary)
    fields: list[Field] = []
    unsure: list[tuple[Field, Bound]] = []
    said = vocabulary.cues
    headed = False
    endless: list[Block] = []
    read = _readable(blocks(text) if isinstance(text, str) else text, endless)
    for one in approved(read, language, recognise):
        words = one.block.text
        mentions = [mention for known in one.known.values() for mention in known.mentions]
        above = f"{heading} {one.block.context}".rstrip()
        found = list(_bound(one, binder, above))
        mentions += [bound.mention for bound in found if not _overlaps(bound.mention, mentions)]
        if not one.is_proved:
            mentions += binder.names(words, mentions)
        field = Field(
            PATH,
            words,
            tuple(sorted(mentions)),
            (*one.frames, *(known.sentence for known in one.known.values())),
            _part(one.block),
            one.block.places,
            said.said("denial", heading) or said.said("absent", heading) or said.said("unknown", heading),
            tuple((known.sentence.start, known.sentence.end) for known in one.known.values() if not known.altered),
            one.altered,
            above,
        )
        fields.append(field)
        new = frozenset(mentions)
        unsure.extend((field, bound) for bound in found if (bound.rivals and bound.mention in new) or bound.hedge)
        if one.block.level:
            heading, headed = words, True
    document = Document(
        tuple(fields),
        sheet.with_facts(binder.made.values()),
        language,
        edition,
        scope or ("article" if headed else "passage"),
        sum(1 for field in fields if said.said("unknown", field.text)),
        any(said.said("disclaimer", field.text) for field in fields if field.part != "aside"),
        written=False,
        vocabulary=vocabulary,
        recognise=recognise,
    )
    findings = [_ambiguous(document, field, bound) for field, bound in unsure if bound.rivals and not bound.hedge]
    findings += [_unread(document, block) for block in endless]
    findings += [_qualified(document, field, bound) for field, bound in unsure if bound.hedge]
    return document, tuple(findings)


def _readable(read: Iterable[Block], endless: list[Block]) -> Iterator[Block]:
    """Yield blocks without the stretches that are too long for a sentence; those are put to `endless`."""
    for block in read:
        spans = [(a, b) for a, b in sentence_spans(block.text) if _is_endless(block.text[a:b])]
        endless += [block._replace(text=block.text[a:b], places=block.places[a:b]) for a, b in spans]
        text, places = block.text, block.places
        for a, b in reversed(spans):
            text, places = text[:a] + text[b:], places[:a] + places[b:]
        if text.strip() or not spans:
            yield block._replace(text=text, places=places)


def _is_endless(sentence: str) -> bool:
    return len(sentence) > _LONGEST or sum(1 for _ in _DIGITS.finditer(sentence)) > _MOST_FIGURES


def _unread(document: Document, block: Block) -> Finding:
    field = Field(PATH, block.text, (), (), _part(block), block.places)
    message = f"{len(block.text):,} characters without an end of a sentence were not read; write sentences"
    return document.finding("completeness.unread", "error", field, (0, min(len(block.text), _SHOWN)), message)


def _bound(one: Approved, binder: Binder, heading: str) -> Iterator[Bound]:
    """Yield the figures of the sentences that are not approved as they stand."""
    for start, end in one.spans:
        if end not in one.known or one.known[end].altered:
            yield from binder.figures(one.block.text, start, end, heading, one.frames)


def _overlaps(mention: Mention, others: list[Mention]) -> bool:
    return any(mention.start < one.end and one.start < mention.end for one in others)


def _part(block: Block) -> Part:
    if block.kind:
        return "aside"
    if block.level == 1:
        return "headline"
    return "heading" if block.level else "body"


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
