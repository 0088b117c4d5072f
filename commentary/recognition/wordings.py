"""Every sentence that the templates can say, found by the words that it is made of."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from operator import ge

from commentary.languages.base import CAPITAL
from commentary.planning.claims import ClaimSpec
from commentary.records.spelled import Kind
from commentary.writing.templates import Alternative, Say, Slot

_WORD = re.compile(r"\w+")
_END = re.compile(r"(?<=[.?!])(?<!\bNo\.) ")
"""Where a sentence of a text ends; "No. 1" keeps one from ending there, and so an answer "No." leads its sentence."""


@dataclass(frozen=True)
class Piece:
    """One sentence of one wording."""

    origin: str
    kind: Kind
    parts: tuple[str | Slot, ...]
    specs: tuple[ClaimSpec, ...]
    """The claims that it words."""
    words: frozenset[str]
    """Those of its own, outside slots."""
    fixed: str = ""
    """Approved wording without facts, which needs no claim."""

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Its slots, each with the style that it is written in: one that begins the sentence has a capital."""
        return tuple(
            part if i else part._replace(style=f"{part.style}{CAPITAL}")
            for i, part in enumerate(self.parts)
            if isinstance(part, Slot)
        )

    @cached_property
    def styles(self) -> Mapping[str, tuple[str, ...]]:
        """By role, the styles that its fact is written in."""
        styles: dict[str, tuple[str, ...]] = {}
        for slot in self.slots:
            styles[slot.role] = (*styles.get(slot.role, ()), slot.style)
        return styles

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles that it prints."""
        return frozenset(self.styles)

    @property
    def asks(self) -> bool:
        """True for a question."""
        last = self.parts[-1] if self.parts else ""
        return isinstance(last, str) and last.endswith("?")


class Wordings:
    """The sentences of all templates of one language.

    Args:
        sayings: the templates by name.
        specs: the claims, each of which names the template that words it.
        frames: approved wording without facts, by name.
    """

    def __init__(self, sayings: Mapping[str, Say], specs: Iterable[ClaimSpec], frames: Mapping[str, str]) -> None:
        worded: dict[str, list[ClaimSpec]] = {}
        for spec in specs:
            worded.setdefault(spec.say, []).append(spec)
        self._pieces = (
            *(piece for say in sayings.values() for piece in _pieces(say, tuple(worded.get(say.name, ())))),
            *(piece for name, text in frames.items() for piece in _fixed(name, text)),
        )
        counts = Counter(word for piece in self._pieces for word in piece.words)
        self._weight = {word: math.log(1 + len(self._pieces) / count) for word, count in counts.items()}
        # Rounded once, whatever order a set of words comes in: ties depend on it.
        self._whole = [math.fsum(self._weight[word] for word in piece.words) for piece in self._pieces]
        self._least: dict[float, list[float]] = {}
        """By share, the scores from which a piece is alike."""
        self._by_rarest: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        for i, piece in enumerate(self._pieces):
            self._by_rarest.setdefault(min(sorted(piece.words), key=counts.__getitem__, default=""), []).append(i)
            for word in piece.words:
                self._by_word.setdefault(word, []).append(i)

    def holding(self, sentence: str) -> Iterator[Piece]:
        """Yield the pieces all of whose own words stand in a sentence, in their order."""
        said = _words(sentence)
        for word in (*sorted(said), ""):
            for i in self._by_rarest.get(word, ()):
                piece = self._pieces[i]
                if piece.words <= said and _in_order(piece.parts, sentence):
                    yield piece

    def like(self, sentence: str, share: float) -> Iterator[Piece]:
        """Yield the pieces of whose words at least a share stand in a sentence, the most alike first.

        Rare words weigh more; words of a piece that the sentence lacks count against it.
        """
        said = _words(sentence)
        scores = [0.0] * len(self._pieces)
        # In order, as sums of fractions and ties depend on it.
        for word in sorted(said & self._by_word.keys()):
            weight = self._weight[word]
            for i in self._by_word[word]:
                scores[i] += weight
        # One that is all slots has no words of its own to be told by.
        wordless = self._by_rarest.get("", [])
        if share not in self._least:
            self._least[share] = [share * whole or math.inf for whole in self._whole]
        enough = compress(range(len(scores)), map(ge, scores, self._least[share]))
        alike = {i: 2 * scores[i] - self._whole[i] for i in enough}
        for i in (*wordless, *sorted(alike, key=alike.__getitem__, reverse=True)):
            yield self._pieces[i]


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _in_order(parts: tuple[str | Slot, ...], sentence: str) -> bool:
    place = 0
    for part in parts:
        if isinstance(part, str):
            place = sentence.find(part, place)
            if place < 0:
                return False
            place += len(part)
    return True


def _pieces(say: Say, specs: tuple[ClaimSpec, ...]) -> Iterator[Piece]:
    for i, alternative in enumerate(say.alternatives):
        for parts in _sentences(alternative):
            text = " ".join(part for part in parts if isinstance(part, str))
            yield Piece(f"template@{say.name}#{i + 1}", say.kind, parts, specs, _words(text))


def _fixed(name: str, text: str) -> Iterator[Piece]:
    for sentence in _END.split(text):
        yield Piece(f"frame@{name}", "definition", (sentence,), (), _words(sentence), fixed=sentence)


def _sentences(alternative: Alternative) -> Iterator[tuple[str | Slot, ...]]:
    parts: list[str | Slot] = []
    for part in alternative.parts:
        if isinstance(part, Slot):
            parts.append(part)
            continue
        first, *others = _END.split(part)
        parts.append(first)
        for other in others:
            yield tuple(piece for piece in parts if piece)
            parts = [other]
    yield tuple(piece for piece in parts if piece)
