"""Which sentences of a plain text are approved ones, as they were approved or altered.

A text that is made of approved sentences is an article of ours, told from one side. What else stands in it was put in,
and a sentence that only the other side's story would say was altered.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from commentary.checks.blocks import Block
from commentary.checks.sentences import sentence_spans
from commentary.languages.base import Language
from commentary.records.spelled import Altered, Recognised, Sentence

Span = tuple[int, int]

_FIGURE = re.compile(r"\d")

_OURS = 5
"""Sentences, at least, known as approved ones or altered from them, that make a text ours,"""
_NEAR = 1
"""if most of it stands as it was approved, but for one place in a sentence; what resembles an approved sentence no more
than that, somebody else may have written."""
_COMMON = 7
"""Words, at most, of a sentence without a fact that says nothing of whose text it is: a disclaimer, a greeting."""


class Recognise(Protocol):
    """Finds the approved sentences of a text among those whose places are given."""

    def __call__(self, text: str, spans: Iterable[Span], side: str | None = None) -> Iterable[Recognised]:
        """Return them; with a side, those of a story that puts it first."""


class Approved(NamedTuple):
    """A block with its approved sentences."""

    block: Block
    frames: tuple[Sentence, ...]
    """Approved wording without facts, as it was approved."""
    spans: tuple[Span, ...]
    """Its sentences, each without the frame that it begins with."""
    known: dict[int, Recognised]
    """By the place where each ends."""
    altered: tuple[Altered, ...] = ()

    @property
    def is_proved(self) -> bool:
        """True if every sentence is approved as it stands."""
        return all(span[1] in self.known and not self.known[span[1]].altered for span in self.spans)

    @property
    def others(self) -> list[Span]:
        """The sentences, and what stands beside approved ones, that are none."""
        return [span for span in self.spans if span[1] not in self.known and self._claims(span)]

    def _claims(self, span: Span) -> bool:
        """Say whether words can claim something: a sentence, a heading, or what stands beside a sentence of ours."""
        ended = self.block.text[: span[1]].rstrip("\"')”’ ").endswith((".", "!", "?"))
        return ended or self.block.level > 0 or bool(self.known)


def approved(blocks: Iterable[Block], language: Language, recognise: Recognise) -> list[Approved]:
    """Return blocks with their approved sentences, and where something was altered or put in."""
    read = [_read(block, language, recognise, None) for block in blocks]
    if not _is_ours(_article(read)):
        return [_other_figures(one) for one in read]
    sides = Counter(next(iter(known.sides)) for one in read for known in one.known.values() if len(known.sides) == 1)
    if sides and (len(sides) > 1 or any(known.altered for one in read for known in one.known.values())):
        side = sides.most_common(1)[0][0]
        read = [_read(one.block, language, recognise, side) for one in read]
    article = {id(one) for one in _article(read)}
    return [one._replace(altered=(*_changes(one), *(_put_in(one) if id(one) in article else ()))) for one in read]


def _article(read: list[Approved]) -> list[Approved]:
    """Return the blocks from the first approved sentence to the last; around them a page has words of its own."""
    ours = [i for i, one in enumerate(read) if one.known or one.frames]
    within = read[ours[0] : ours[-1] + 1] if ours else []
    return [one for one in within if not one.block.kind]


def _put_in(one: Approved) -> Iterator[Altered]:
    yield from (Altered(*span, "", (0, 0), ()) for span in one.others)


def _other_figures(one: Approved) -> Approved:
    """Return a block of somebody else's text, in which a sentence is ours only if it differs in nothing but figures."""
    known = {
        end: each
        for end, each in one.known.items()
        if all(change.facts and _FIGURE.search(one.block.text, change.start, change.end) for change in each.altered)
    }
    one = one._replace(known=known)
    return one._replace(altered=_changes(one))


def _changes(one: Approved) -> tuple[Altered, ...]:
    return tuple(change for known in one.known.values() for change in known.altered)


def _read(block: Block, language: Language, recognise: Recognise, side: str | None) -> Approved:
    frames = tuple(_frames(block.text, language))
    spans = tuple(_unframed(block.text, frames))
    return Approved(block, frames, spans, {one.sentence.end: one for one in recognise(block.text, spans, side)})


def _is_ours(read: list[Approved]) -> bool:
    """Say whether most of a text stands as it was approved; short sentences without a fact count neither way."""
    known = standing = 0
    foreign = sum(end - start for one in read for start, end in one.others)
    for sentence, changes in (each for one in read for each in _known(one)):
        known += 1
        length = sentence.end - sentence.start
        if changes > _NEAR:
            foreign += length
        else:
            standing += length
    return known >= _OURS and standing > foreign


def _known(one: Approved) -> Iterator[tuple[Sentence, int]]:
    """Yield the sentences that tell whose text it is, each with at how many places it was altered."""
    known = ((each.sentence, len(each.altered), bool(each.mentions)) for each in one.known.values())
    for sentence, changes, tells in (*((frame, 0, False) for frame in one.frames), *known):
        if tells or len(one.block.text[sentence.start : sentence.end].split()) > _COMMON:
            yield sentence, changes


def _frames(text: str, language: Language) -> Iterator[Sentence]:
    """Yield approved wording that stands in a text as it was approved."""
    for name, frame in language.frames.items():
        start = text.find(frame)
        while start >= 0:
            yield Sentence(start, start + len(frame), f"frame@{name}", "definition", "")
            start = text.find(frame, start + len(frame))


def _unframed(text: str, frames: tuple[Sentence, ...]) -> Iterator[Span]:
    """Yield the sentences of a text, each without the frame that it begins with."""
    for start, end in sentence_spans(text):
        for frame in frames:
            if frame.start <= start < frame.end:
                start = frame.end
                while start < end and text[start].isspace():
                    start += 1
        if start < end:
            yield start, end
