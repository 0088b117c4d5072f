"""Which fact a figure of a plain text is: by its spelling, then by the words around it.

Every stretch of words around a figure is tried, longest first, against the spellings of the facts. Where
several facts are spelled alike, side, asset, source, window and metric are weighed as the clause, the
sentence and the heading name them; the fact with most of them named is meant.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from commentary.checks.base import ATTRIBUTES
from commentary.checks.cues import cues
from commentary.checks.sentences import clause_span
from commentary.languages.base import Language
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Mention, Sentence

_TOKEN = re.compile(r"\S+")
_RULED = 6
_BESIDE = 25
_NEAR = 40
_LEFT, _RIGHT = 4, 9
_EDGES = ".,;:!?)”\"’'"
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
        self._cues = cues(language.code)
        names = dict(edition.names)
        self._assets = {
            ticker: re.compile(rf"(?<!\w)(?:{re.escape(ticker)}|(?i:{re.escape(names.get(ticker, ticker))}))(?!\w)")
            for ticker in {fact.subject.asset for fact in sheet.facts} - {"market"}
        }

    def figures(self, text: str, start: int, end: int, heading: str, frames: Iterable[Sentence]) -> Iterator[Bound]:
        """Yield the figures of one sentence."""
        frames = tuple(frames)
        at = start
        for low, high in self._language.quantities(text[start:end]):
            low, high = max(at, start + low), start + high
            if any(frame.start <= low and high <= frame.end for frame in frames):
                continue
            # What stands behind a figure in the same stretch may be another one.
            while low < high:
                bound = self._first(text, (start, end), (low, high), at, heading)
                if bound is None:
                    break
                yield bound
                low = at = bound.mention.end
                if text[low:high].startswith(" on "):
                    # The date of a time is no time of its own.
                    break

    def _first(
        self, text: str, sentence: tuple[int, int], figure: tuple[int, int], at: int, heading: str
    ) -> Bound | None:
        for a, b in _stretches(text, *sentence, *figure, at):
            if not self._language.quantities(text[a:b]):
                continue
            found = self._language.candidates(text[a:b], self._facts, self._edition)
            if found:
                return self._choose(found, text, sentence, (a, b), heading)
        return None

    def names(self, text: str, taken: list[Mention]) -> list[Mention]:
        """Return mentions of sources, exchanges and superlatives, each bound to a fact that carries it."""
        spans = [(mention.start, mention.end) for mention in taken]
        told = {mention.fact for mention in taken}
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
            for begin, stop in _phrases(text, start, end) if category == "superlative" else ():
                if fitting := self._language.candidates(text[begin:stop], self._facts, self._edition):
                    fact, style = next((pair for pair in fitting if pair[0].id in told), fitting[0])
                    add(begin, stop, fact, style, "figure")
                    break
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
            (
                self._score(
                    fact, whole[a:b], whole[: span[0] - start], whole[span[1] - start :][:_BESIDE], whole, heading
                ),
                -i,
            )
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
        if not rivals or style.rstrip("^") in ATTRIBUTES:
            return Bound(mention, ())
        return Bound(mention, (fact.id, *rivals))

    def _score(self, fact: Fact, clause: str, before: str, behind: str, sentence: str, heading: str) -> int:
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
        kind = (fact.subject.at or "").partition(";")[0]
        if kind and kind in before[-_NEAR:]:
            score += 4
        if fact.subject.window_hours and self._window(fact) in sentence:
            score += 2
        supposed = self._cues.said("ruled", sentence) or self._cues.said("conditional", sentence)
        if fact.evidence == "asserted" and supposed:
            score += _RULED
        pattern = self._words_of(fact.subject.metric)
        if pattern is not None:
            score += sum(
                weight
                for words, weight in ((clause, 4), (before, 4), (behind, 4), (sentence, 2), (heading, 1))
                if pattern.search(words)
            )
        return score

    def _window(self, fact: Fact) -> str:
        return self._language.spell(fact, "window", self._edition)

    def _words_of(self, metric: str) -> re.Pattern[str] | None:
        fitting = [(name, pattern) for name, pattern in self._cues.metrics if metric.startswith(name)]
        return max(fitting, key=lambda item: len(item[0]))[1] if fitting else None


def _phrases(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the wordings around a superlative that may be a fact's, longest first."""
    noun = re.match(r" [a-z]+", text[end:])
    if noun:
        yield start, end + noun.end()
    article = re.search(r"\bthe \Z", text[:start], re.IGNORECASE)
    if article:
        yield article.start(), end
    yield start, end


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
    # A figure inside a longer token, such as one end of a range; then what begins or lies within a longer span.
    spans.add((low, high))
    inner = [(max(a, low), min(b, high)) for a, b in tokens if a < high and low < b]
    spans |= {(inner[i][0], inner[j][1]) for i in range(len(inner)) for j in range(i, len(inner))}
    whole = [span for span in spans if span[0] >= at]
    return iter(sorted(whole, key=lambda span: (_rank(span, low, high), span[0] - span[1])))


def _rank(span: tuple[int, int], low: int, high: int) -> int:
    """Return 0 for a stretch that holds the whole figure, 1 for one that begins it, 2 for one within it."""
    if span[0] <= low:
        return 0 if span[1] >= high else 1
    return 2
