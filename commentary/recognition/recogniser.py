"""Reads sentences as wordings of ours: exactly, or as one that was altered.

A sentence is known again only if a claim that the facts carry is written so, character for character. One that
shares most of its words with such a wording is that wording, altered; the rest was written by somebody else.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from commentary.errors import SpellingError
from commentary.languages.base import Language
from commentary.recognition.casting import Cast, Casting, Choice
from commentary.recognition.differences import Differences, differences, words
from commentary.recognition.wordings import Piece, Wordings
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.query import Scope
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Altered, Mention, Recognised, Sentence
from commentary.writing.templates import Slot

_LIKE = 0.5
"""At least this share of a wording's own words, by weight, stands in a sentence that it is compared with."""
_TRIED = 5
"""So many of them, the most alike, are compared word by word."""
_CASTS = 40
_KEPT = 0.7
"""A sentence that holds this share of a wording's words in their order is that wording, altered."""
_SURELY = 0.9
_STRETCHES = 3
"""Where less is left, it was altered at few places; a sentence that differs at many was written by somebody else."""
_LEAST = 4
"""Words that have to be left; fewer say too little to know a sentence by."""


class Written(NamedTuple):
    """A wording filled with facts."""

    text: str
    mentions: tuple[Mention, ...]
    origin: Piece
    frame: str


class Recogniser:
    """Knows the sentences that can be said of one sheet.

    Args:
        wordings: what the templates can say.
        sheet: the facts.
        scopes: what the names in the claims' conditions can stand for.
        language: the language of the wordings.
        edition: the names and house style that facts are spelled in.
        labels: words that a page adds; a sentence may stand behind one.
    """

    def __init__(
        self,
        wordings: Wordings,
        sheet: FactSheet,
        scopes: Iterable[Scope],
        language: Language,
        edition: Edition,
        labels: frozenset[str] = frozenset(),
    ) -> None:
        self._wordings = wordings
        self._casting = Casting(sheet, scopes)
        self._language = language
        self._edition = edition
        self._labels = labels
        self._frames = frozenset(language.frames.values())
        self._spelled: dict[tuple[str, str], str | None] = {}

    def read(self, text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Recognised]:
        """Yield the sentences of a text that are wordings of ours."""
        for start, end in spans:
            start = self._unlabelled(text, start, end)
            sentence = text[start:end]
            if sentence in self._labels or sentence in self._frames:
                yield Recognised(Sentence(start, end, "page", "boilerplate", ""), (), ())
                continue
            known = self._exactly(sentence)
            if known is not None:
                yield _placed(known, start, end, differences(known.text, sentence))
                continue
            altered = self._altered(sentence)
            if altered is not None:
                yield _placed(altered[0], start, end, altered[1])

    def _unlabelled(self, text: str, start: int, end: int) -> int:
        """Return where a sentence begins behind a label."""
        colon = text.find(": ", start, end)
        return colon + 2 if colon >= 0 and text[start : colon + 1] in self._labels else start

    def _exactly(self, sentence: str) -> Written | None:
        for piece in self._wordings.holding(sentence):
            styles = _styles(piece)

            def said(role: str, facts: list[Fact], styles: Mapping[str, list[str]] = styles) -> list[Fact]:
                return [fact for fact in facts if self._all_in(fact, styles.get(role, ()), sentence)]

            for written in self._written(piece, said):
                if written.text == sentence:
                    return written
        return None

    def _all_in(self, fact: Fact, styles: Iterable[str], sentence: str) -> bool:
        return all((spelled := self._spell(fact, style)) is not None and spelled in sentence for style in styles)

    def _altered(self, sentence: str) -> tuple[Written, Differences] | None:
        best: tuple[float, Written, Differences] | None = None
        fitting = 0
        for piece in self._wordings.like(sentence, _LIKE):
            if fitting == _TRIED:
                break
            styles = _styles(piece)

            def likely(role: str, facts: list[Fact], styles: Mapping[str, list[str]] = styles) -> list[Fact]:
                return sorted(facts, key=lambda fact: not self._all_in(fact, styles.get(role, ()), sentence))

            tried = list(islice(self._written(piece, likely), _CASTS))
            fitting += bool(tried)
            tried.sort(key=lambda one: -sum(one.text[m.start : m.end] in sentence for m in one.mentions))
            for written in tried[:2]:
                changes = differences(written.text, sentence)
                kept = sum(len(words(written.text[one.start : one.end])) for one in changes.kept)
                share = kept / max(1, len(words(written.text)))
                surely = share >= _SURELY or len(changes.changed) <= _STRETCHES
                if surely and share >= _KEPT and kept >= _LEAST and (best is None or share > best[0]):
                    best = (share, written, changes)
        return best[1:] if best else None

    def _written(self, piece: Piece, choice: Choice) -> Iterator[Written]:
        roles = frozenset(slot.role for slot in piece.slots)
        for spec in piece.specs:
            for cast in self._casting.casts(spec, roles, choice):
                written = self._fill(piece, spec.frame, cast)
                if written is not None:
                    yield written

    def _fill(self, piece: Piece, frame: str, cast: Cast) -> Written | None:
        text = ""
        mentions: list[Mention] = []
        slots = piece.slots
        for part in piece.parts:
            if not isinstance(part, Slot):
                text += part
                continue
            slot = next(slots)
            fact = cast[slot.role]
            spelled = self._spell(fact, slot.style)
            if spelled is None:
                return None
            mentions.append(Mention(len(text), len(text) + len(spelled), fact.id, slot.style, slot.role))
            text += spelled
        return Written(text, tuple(mentions), piece, frame)

    def _spell(self, fact: Fact, style: str) -> str | None:
        key = (fact.id, style)
        if key not in self._spelled:
            try:
                self._spelled[key] = self._language.spell(fact, style, self._edition)
            except SpellingError:
                self._spelled[key] = None
        return self._spelled[key]


def _styles(piece: Piece) -> dict[str, list[str]]:
    styles: dict[str, list[str]] = {}
    for slot in piece.slots:
        styles.setdefault(slot.role, []).append(slot.style)
    return styles


def _placed(written: Written, start: int, end: int, changes: Differences) -> Recognised:
    """Return a wording where it stands: what was left of its mentions, and where it was altered."""
    mentions = []
    for mention in written.mentions:
        span = next((span for one in changes.kept if (span := one.moved(mention.start, mention.end))), None)
        if span is not None:
            mentions.append(mention._replace(start=start + span[0], end=start + span[1]))
    altered = tuple(
        Altered(
            start + change.new[0],
            start + change.new[1],
            written.text,
            change.old,
            tuple(one.fact for one in written.mentions if one.start < change.old[1] and change.old[0] < one.end),
        )
        for change in changes.changed
    )
    sentence = Sentence(start, end, written.origin.origin, written.origin.kind, written.frame)
    return Recognised(sentence, tuple(mentions), altered)
