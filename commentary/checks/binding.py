"""Which fact a figure of a plain text is: by its spelling, then by the words around it.

Every stretch of words around a figure is tried, longest first, against the spellings of the facts. Where
several facts are spelled alike, side, asset, source, window and metric are weighed as the clause, the
sentence and the heading name them; the fact with most of them named is meant.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from commentary.checks.cues import cues
from commentary.checks.sentences import clause_span
from commentary.languages.base import Language
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Mention, Sentence

_TOKEN = re.compile(r"\S+")
_LEFT, _RIGHT = 4, 9
_EDGES = ".,;:!?)”\"’'"
_ATTRIBUTES = frozenset(
    {"clock", "when", "day", "to_when", "to_clock", "window", "window_adj", "window_model", "interval", "moment"}
)
"""Styles that spell a time or a window, which many facts share: no reader is misled by the choice."""
_NAMED = {"source": "source", "venue": "venue"}


class Bound(NamedTuple):
    """A figure with the fact it was taken for, and the ids of others it could as well be."""

    mention: Mention
    rivals: tuple[str, ...]


class Binder:
    """Binds the figures of one text to the facts of one sheet."""

    def __init__(self, sheet: FactSheet, language: Language, edition: Edition) -> None:
        self._facts = sheet.facts
        self._sheet = sheet
        self._language = language
        self._edition = edition
        self._metrics = cues(language.code).metrics
        names = dict(edition.names)
        self._assets = {
            ticker: re.compile(rf"(?<!\w)(?:{re.escape(ticker)}|(?i:{re.escape(names.get(ticker, ticker))}))(?!\w)")
            for ticker in {fact.subject.asset for fact in sheet.facts} - {"market"}
        }

    def figures(
        self, text: str, start: int, end: int, heading: str, frames: Iterable[Sentence]
    ) -> Iterator[Bound]:
        """Yield the figures of one sentence."""
        frames = tuple(frames)
        at = start
        for low, high in self._language.quantities(text[start:end]):
            low, high = start + low, start + high
            if low < at or any(frame.start <= low and high <= frame.end for frame in frames):
                continue
            for a, b in _stretches(text, start, end, low, high, at):
                found = self._language.candidates(text[a:b], self._facts, self._edition)
                if found:
                    yield self._choose(found, text, (start, end), (a, b), heading)
                    at = b
                    break

    def names(self, text: str, taken: list[Mention]) -> list[Mention]:
        """Return mentions of sources, exchanges and superlatives, each bound to a fact that carries it."""
        spans = [(mention.start, mention.end) for mention in taken]
        found: list[Mention] = []

        def add(start: int, end: int, fact: Fact, style: str, role: str) -> None:
            if not any(a < end and start < b for a, b in spans):
                found.append(Mention(start, end, fact.id, style, role))
                spans.append((start, end))

        for style, owners in self._owners().items():
            for name, fact in owners.items():
                for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
                    add(*match.span(), fact, style, _NAMED[style])
        for start, end, category in self._language.watched(text):
            if category == "superlative":
                for begin in (_article_before(text, start), start):
                    for fact, style in self._language.candidates(text[begin:end], self._facts, self._edition)[:1]:
                        add(begin, end, fact, style, "figure")
        return found

    def _owners(self) -> dict[str, dict[str, Fact]]:
        sources = {name: fact for fact in self._sheet for name in fact.source if len(fact.source) == 1}
        venues = {fact.subject.venue: fact for fact in self._sheet if fact.subject.venue not in (None, "all")}
        return {"source": sources, "venue": {name: fact for name, fact in venues.items() if name}}

    def _choose(
        self,
        found: Iterable[tuple[Fact, str]],
        text: str,
        sentence: tuple[int, int],
        span: tuple[int, int],
        heading: str,
    ) -> Bound:
        candidates = list(found)
        start, end = sentence
        whole = text[start:end]
        a, b = clause_span(whole, span[0] - start)
        scored = [
            (self._score(fact, whole[a:b], whole[: span[0] - start], whole, heading), -i)
            for i, (fact, _) in enumerate(candidates)
        ]
        best, place = max(scored)
        fact, style = candidates[-place]
        rivals = {
            other.id: other
            for (other, _), (score, _) in zip(candidates, scored, strict=True)
            if score == best and (other.value, other.unit) != (fact.value, fact.unit)
        }
        mention = Mention(*span, fact.id, style, "figure")
        if not rivals or style.rstrip("^") in _ATTRIBUTES:
            return Bound(mention, ())
        return Bound(mention, (fact.id, *rivals))

    def _score(self, fact: Fact, clause: str, before: str, sentence: str, heading: str) -> int:
        """Weigh how well the words around a figure speak of a fact."""
        score = 0
        for words, weight in ((clause, 4), (sentence, 2), (heading, 1)):
            sides = {self._language.side_of(word) for word in re.findall(r"[A-Za-z]+", words)} - {None}
            if len(sides) == 1 and fact.subject.side is not None:
                score += weight if fact.subject.side in sides else -weight
            named = {ticker for ticker, pattern in self._assets.items() if pattern.search(words)}
            if named:
                score += weight if fact.subject.asset in named else -weight
            if any(name and name in words for name in (*fact.source, fact.subject.venue or "")):
                score += weight
        pattern = self._words_of(fact.subject.metric)
        if pattern is not None:
            score += sum(
                weight for words, weight in ((clause, 4), (before, 4), (sentence, 2), (heading, 1))
                if pattern.search(words)
            )
        return score

    def _words_of(self, metric: str) -> re.Pattern[str] | None:
        fitting = [(name, pattern) for name, pattern in self._metrics if metric.startswith(name)]
        return max(fitting, key=lambda item: len(item[0]))[1] if fitting else None


def _article_before(text: str, start: int) -> int:
    for article in ("the ", "The "):
        if text[:start].endswith(article):
            return start - len(article)
    return start


def _stretches(text: str, start: int, end: int, low: int, high: int, at: int) -> Iterator[tuple[int, int]]:
    """Yield stretches of whole words around a figure, longest first."""
    tokens = [(match.start() + start, match.end() + start) for match in _TOKEN.finditer(text[start:end])]
    first = next((i for i, (_, b) in enumerate(tokens) if b > low), 0)
    last = next((i for i, (_, b) in enumerate(tokens) if b >= high), len(tokens) - 1)
    spans = set()
    for i in range(max(0, first - _LEFT), first + 1):
        for j in range(last, min(len(tokens), last + _RIGHT + 1)):
            a, b = tokens[i][0], tokens[j][1]
            for stop in (b, b - len(text[a:b]) + len(text[a:b].rstrip(_EDGES))):
                begin = a + len(text[a:stop]) - len(text[a:stop].lstrip("(“\"'"))
                if begin >= at and begin <= low and stop >= high:
                    spans.add((begin, stop))
    # A figure inside a longer token or a longer span, such as one end of a range, or one with words beside it.
    spans.add((low, high))
    inner = [(a, b) for a, b in tokens if low <= a and b <= high]
    for i in range(len(inner)):
        for j in range(i, len(inner)):
            spans.add((inner[i][0], inner[j][1]))
    return iter(sorted((span for span in spans if span[0] >= at), key=lambda span: span[0] - span[1]))
