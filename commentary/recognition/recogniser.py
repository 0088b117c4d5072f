"""Reads sentences as wordings of ours: exactly, or as one that was altered.

A sentence is known again only if a claim that the facts carry is written so, character for character. One that
shares most of its words with such a wording is that wording, altered; the rest was written by somebody else.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from commentary.errors import SpellingError
from commentary.languages.base import Language
from commentary.recognition.casting import Cast, Casting, Choice, Telling
from commentary.recognition.differences import Differences, differences, words
from commentary.recognition.wordings import Piece, Wordings
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.spelled import Altered, Kind, Mention, Recognised, Sentence
from commentary.writing.templates import Slot

_DIGIT = re.compile(r"\d")

_LIKE = 0.3
"""At least this share of a wording's own words, by weight, stands in a sentence that it is compared with."""
_TRIED = 32
"""So many wordings, the most alike, are compared word by word,"""
_CASTS = 40
_NEAREST = 3
"""each with so many of its casts."""
_KEPT = 0.5
"""A sentence that holds this share of a wording's words in their order is that wording, altered."""
_SURELY = 0.9
_STRETCHES = 3
_LONGER = 2
"""Where less is left, it was altered at few places, and little was put in; a sentence that differs at many, or is
longer by so much, was written by somebody else."""
_LEAST = 2
"""Words that have to be left; fewer say too little to know a sentence by."""


class Likeness(NamedTuple):
    """How alike a sentence is to a wording: the greater, the more."""

    share: float
    """Of the words of both that they share: a short wording within a long sentence is another sentence."""
    words: int
    """Less the stretches that are no figures: of two wordings as near, a figure was rather changed than a word."""


class Written(NamedTuple):
    """A wording filled with facts."""

    text: str
    mentions: tuple[Mention, ...]
    piece: Piece
    frame: str
    side: str | None


def carried(text: str, mentions: tuple[Mention, ...], origin: str, kind: Kind, frame: str) -> Written:
    """Return a sentence that a draft carries and no template words, known as it stands."""
    return Written(text, mentions, Piece(origin, kind, (text,), (), frozenset(), fixed=text), frame, None)


class Recogniser:
    """Knows the sentences that can be said of one sheet.

    Args:
        wordings: what the templates can say.
        tellings: the ways to tell the stories that the facts carry.
        language: the language of the wordings.
        edition: the names and house style that facts are spelled in.
        labels: words that a page adds; a sentence may stand behind one.
        own: sentences that are known besides, each as it stands.
    """

    def __init__(
        self,
        wordings: Wordings,
        tellings: Iterable[Telling],
        language: Language,
        edition: Edition,
        labels: frozenset[str] = frozenset(),
        own: Iterable[Written] = (),
    ) -> None:
        self._wordings = wordings
        self._casting = Casting(tellings)
        self._language = language
        self._edition = edition
        self._labels = labels
        self._own = {one.text: one for one in own}
        self._frames = frozenset(language.frames.values())
        self._spelled: dict[tuple[str, str], str | None] = {}

    def read(self, text: str, spans: Iterable[tuple[int, int]], side: str | None = None) -> Iterator[Recognised]:
        """Yield the sentences of a text that are wordings of ours; with a side, of a story that puts it first."""
        for start, end in spans:
            start = self._unlabelled(text, start, end)
            sentence = text[start:end]
            if sentence in self._labels or sentence in self._frames:
                yield Recognised(Sentence(start, end, "page", "boilerplate", ""), (), (), frozenset())
                continue
            found = self._exactly(sentence, side)
            if found:
                sides = frozenset() if any(one.side is None for one in found) else {one.side for one in found}
                yield _placed(found[0], start, end, differences(found[0].text, sentence), sides)
            elif altered := self._altered(sentence, side):
                yield _placed(altered[1], start, end, altered[2], ())

    def _unlabelled(self, text: str, start: int, end: int) -> int:
        """Return where a sentence begins behind a label."""
        colon = text.find(": ", start, end)
        return colon + 2 if colon >= 0 and text[start : colon + 1] in self._labels else start

    def _exactly(self, sentence: str, side: str | None) -> list[Written]:
        """Return the sentence as a wording, once for each side that a story could put first."""
        if (own := self._own.get(sentence)) is not None:
            return [own]
        found: dict[str | None, Written] = {}
        for piece in self._wordings.holding(sentence):

            def said(role: str, facts: list[Fact], styles: Mapping[str, tuple[str, ...]] = piece.styles) -> list[Fact]:
                return [fact for fact in facts if self._all_in(fact, styles.get(role, ()), sentence)]

            for written in self._written(piece, said, side, sentence):
                found.setdefault(written.side, written)
        return list(found.values())

    def _all_in(self, fact: Fact, styles: Iterable[str], sentence: str) -> bool:
        return all((spelled := self._spell(fact, style)) is not None and spelled in sentence for style in styles)

    def _altered(self, sentence: str, side: str | None) -> tuple[Likeness, Written, Differences] | None:
        best: tuple[Likeness, Written, Differences] | None = None
        said = Counter(words(sentence))
        for own in self._own.values():
            compared = self._compared(own, sentence)
            if compared is not None and (best is None or compared[0] > best[0]):
                best = compared[0], own, compared[1]
        tried = 0
        for piece in self._wordings.like(sentence, _LIKE):

            def likely(
                role: str, facts: list[Fact], styles: Mapping[str, tuple[str, ...]] = piece.styles
            ) -> list[Fact]:
                return sorted(facts, key=lambda fact: not self._all_in(fact, styles.get(role, ()), sentence))

            if piece.asks and not sentence.endswith("?"):
                # A label line, "skew two-sided", is no question about the skew that was changed.
                continue
            casts = {one.text: one for one in islice(self._written(piece, likely, side), _CASTS)}
            tried += bool(casts)
            for share, written in sorted(((_share(one.text, said), one) for one in casts.values()), key=_first)[
                :_NEAREST
            ]:
                if share < _KEPT or (best and _alike(share, written.text, said) < best[0].share):
                    continue
                compared = self._compared(written, sentence)
                if compared is not None and (best is None or compared[0] > best[0]):
                    best = compared[0], written, compared[1]
            if tried == _TRIED:
                break
        return best

    def _compared(self, written: Written, sentence: str) -> tuple[Likeness, Differences] | None:
        """Return how alike a sentence is to a wording, and where it differs; None where it is another."""
        changes = differences(written.text, sentence)
        kept = sum(len(words(written.text[one.start : one.end])) for one in changes.kept)
        own, other = len(words(written.text)), len(words(sentence))
        share = kept / max(1, own)
        surely = share >= _SURELY or (len(changes.changed) <= _STRETCHES and other <= _LONGER * own)
        if not surely or share < _KEPT or kept < _LEAST:
            return None
        figures = sum(_DIGIT.search(written.text, *one.old) is not None for one in changes.changed)
        alike = _alike(share, written.text, words(sentence))
        return Likeness(alike, figures - len(changes.changed)), changes

    def _written(self, piece: Piece, choice: Choice, side: str | None, exactly: str | None = None) -> Iterator[Written]:
        """Yield a wording of each cast that can be spelled in it; with a sentence, those that come out as it."""
        if piece.fixed and exactly in (None, piece.fixed):
            yield Written(piece.fixed, (), piece, "", None)
        for spec in piece.specs:
            for cast in self._casting.casts(spec, piece.roles, choice):
                if side is None or cast.side in (None, side):
                    written = self._fill(piece, spec.frame, cast, exactly)
                    if written is not None:
                        yield written

    def _fill(self, piece: Piece, frame: str, cast: Cast, exactly: str | None) -> Written | None:
        text = ""
        mentions: list[Mention] = []
        slots = iter(piece.slots)
        for part in piece.parts:
            if isinstance(part, Slot):
                slot = next(slots)
                fact = cast.roles[slot.role]
                spelled = self._spell(fact, slot.style)
                if spelled is None:
                    return None
                mentions.append(Mention(len(text), len(text) + len(spelled), fact.id, slot.style, slot.role))
                part = spelled
            if exactly is not None and not exactly.startswith(part, len(text)):
                return None
            text += part
        if exactly is not None and text != exactly:
            return None
        return Written(text, tuple(mentions), piece, frame, cast.side)

    def _spell(self, fact: Fact, style: str) -> str | None:
        key = (fact.id, style)
        if key not in self._spelled:
            try:
                self._spelled[key] = self._language.spell(fact, style, self._edition)
            except SpellingError:
                self._spelled[key] = None
        return self._spelled[key]


def _first(pair: tuple[float, Written]) -> float:
    return -pair[0]


def _share(text: str, said: Counter[str]) -> float:
    """Return the share of a text's words that are said, in any order."""
    own = Counter(words(text))
    return sum((own & said).values()) / max(1, sum(own.values()))


def _alike(share: float, text: str, said: Counter[str] | list[str]) -> float:
    """Return how much of two texts' words are shared, given the share of the first one's."""
    own = len(words(text))
    other = said.total() if isinstance(said, Counter) else len(said)
    return 2 * share * own / max(1, own + other)


def _placed(written: Written, start: int, end: int, changes: Differences, sides: Iterable[str | None]) -> Recognised:
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
            (start, end),
            written.mentions,
        )
        for change in changes.changed
    )
    sentence = Sentence(start, end, written.piece.origin, written.piece.kind, written.frame)
    return Recognised(sentence, tuple(mentions), altered, frozenset(side for side in sides if side))
