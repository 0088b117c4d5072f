"""Which fact a figure of a plain text is: by its spelling, then by the words around it.

The language finds the figures and says what each may state; a fact is meant only if it is spelled exactly so. Where
several facts are spelled alike, side, asset, source, window and metric are weighed as the clause, the
sentence and the heading name them; the fact with most of them named is meant.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from commentary.checks.arithmetic import asked
from commentary.checks.base import ATTRIBUTES, base_style
from commentary.checks.bygone import DAY_BEFORE as _DAY_BEFORE
from commentary.checks.bygone import EARLIER, TOLD
from commentary.checks.families import is_meant, meant
from commentary.checks.fit import objections
from commentary.checks.fit.kinds import STEP
from commentary.checks.fit.reading import Reading
from commentary.checks.paired import paired
from commentary.checks.scene import Scene
from commentary.checks.sentences import clause_span
from commentary.checks.spelled import TIMES, Option, Spelled
from commentary.checks.vocabulary import Vocabulary
from commentary.languages.base import CAPITAL, Figure, Language
from commentary.records.edition import Edition
from commentary.records.fact import BOUNDS, OURS, Fact
from commentary.records.sheet import FactSheet
from commentary.records.spelled import Mention, Sentence

_RULED = 6
_PRESENT = 4
"""By so much a present value goes before one of before, where no word speaks of a time gone by."""
_BESIDE = 25
_NEAR = 40
_PLACING = ("over", "under")
_SIDES_OF_BOUND = ("less than", "fewer than", "more than")
_NAMED = {"source": "source", "own": "source", "venue": "venue", "contract": "name"}


class Bound(NamedTuple):
    """A figure with the fact it was taken for, and the ids of others it could as well be."""

    mention: Mention
    rivals: tuple[str, ...]
    hedge: tuple[int, int] | None = None
    """Where a word stands before it that no fact is written with."""


class Binder:
    """Binds the figures of one text to the facts of one sheet."""

    def __init__(self, sheet: FactSheet, language: Language, edition: Edition, vocabulary: Vocabulary) -> None:
        self._facts = sheet.facts
        self._sheet = sheet
        self._language = language
        self._edition = edition
        self._cues = vocabulary.cues
        self._vocabulary = vocabulary
        self._spelled = Spelled(sheet, language, edition)
        self._known: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self.made: dict[str, Fact] = {}
        """Facts worked out on request, by id."""
        names = dict(edition.names)
        self._assets = {
            ticker: re.compile(rf"(?<!\w)(?:{re.escape(ticker)}|(?i:{re.escape(names.get(ticker, ticker))}))(?!\w)")
            for ticker in {fact.subject.asset for fact in sheet.facts} - {"market"}
        }

    def figures(self, text: str, start: int, end: int, heading: str, frames: Iterable[Sentence]) -> Iterator[Bound]:
        """Yield the figures of one sentence that are legal spellings of facts."""
        frames = tuple(frames)
        innocent = self._language.exempt(text)
        found = [
            figure
            for figure in self._language.figures(text[start:end])
            if not any(one.start <= start + figure.start and start + figure.end <= one.end for one in frames)
            and not _is_step(text, start + figure.start, start + figure.end)
            and not any(a <= start + figure.start and start + figure.end <= b for a, b in innocent)
        ]
        scene = scene_of(text, start, end, found, self._vocabulary)
        chosen: set[str] = set()
        spelled = [meant([*self._spelled.options(one), *self._worked_out(one, scene)], text) for one in found]
        spelled = paired(text[start:end], found, spelled)
        # A time or a window is that of a figure beside it, so the figures come first.
        for figure, options in sorted(zip(found, spelled, strict=True), key=lambda one: one[0].kind in TIMES):
            if figure.kind in TIMES:
                options = [option for option in options if option.fact.id in chosen] or options
            if options:
                bound = self._choose(options, scene, figure, heading)
                chosen.add(bound.mention.fact)
                yield bound

    def _worked_out(self, figure: Figure, scene: Scene) -> list[Option]:
        """Return what the sentence asks for that comes to what the figure states."""
        made = [fact for fact in asked(self._sheet, scene, figure) if fact.id not in self._sheet]
        fitting = list(self._spelled.among(figure, made)) if made else []
        self.made |= {option.fact.id: option.fact for option in fitting}
        return fitting

    def _unborne(self, figure: Figure, option: Option, scene: Scene) -> bool:
        """Say whether a hedge is left out that says how much; one may say where something lies, or bound by a rule."""
        fact = option.fact
        if not option.bare or figure.kind in TIMES or fact.unit in ("price", "days", "hours", "time") or fact.is_house:
            return False
        if fact.subject.metric.endswith((*BOUNDS, "_percent")) or scene.said("conditional"):
            return False
        before = scene.text[scene.start : scene.start + figure.start].rstrip()
        # "Over 5% each way", "still under 284,000 BTC".
        return not (figure.hedge in _PLACING and (not before or before.endswith((",", ":", ";", "(", " still"))))

    def names(self, text: str, taken: list[Mention]) -> list[Mention]:
        """Return mentions of sources, exchanges and superlatives, each bound to a fact that carries it."""
        spans = [(mention.start, mention.end) for mention in taken]
        told = {mention.fact for mention in taken}
        marks = self._vocabulary.marks(text)
        named = {mark.name.removeprefix("asset:") for mark in marks if mark.name.startswith("asset:")}
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
                spelled = self._language.candidates(text[begin:stop], self._facts, self._edition)
                if fitting := [pair for pair in spelled if is_meant(pair[0], text)]:
                    # A figure beside it says which is meant; else the asset that is named does.
                    near = [pair for pair in fitting if pair[0].id in told]
                    near += [pair for pair in fitting if pair[0].subject.asset in named]
                    fact, style = (near or fitting)[0]
                    add(begin, stop, fact, style, "figure")
                    break
        return found

    def _owners(self) -> dict[str, dict[str, Fact]]:
        sources = {name: fact for fact in self._sheet for name in fact.source if len(fact.source) == 1}
        # A tool's name is a word of the language, and no source: what it estimated is told as our own.
        sources.pop(OURS, None)
        own = next((fact for fact in self._sheet if fact.is_ours), None)
        ours = {} if own is None else {self._language.spell(own, "own", self._edition): own}
        contracts = {fact.subject.at: fact for fact in self._sheet.all("contract_price") if fact.subject.at}
        venues = {fact.subject.venue: fact for fact in self._sheet if fact.subject.venue not in (None, "all")}
        owners = {"source": sources, "own": ours, "venue": {name: fact for name, fact in venues.items() if name}}
        return {**owners, "contract": contracts}

    def _choose(self, options: list[Option], scene: Scene, figure: Figure, heading: str) -> Bound:
        """Return the figure with the fact that fits best: fewest objections, then most words that speak of it."""
        start = scene.start
        whole = scene.text[start : scene.end]
        low, high = figure.start, figure.end
        a, b = clause_span(whole, low)
        before, behind = whole[:low], whole[high:][:_BESIDE]
        scored = []
        for i, option in enumerate(options):
            span = (start + (figure.core if option.bare else low), start + high)
            against = int(self._unborne(figure, option, scene) or _is_rounded_bound(figure, option))
            if base_style(option.style) not in ATTRIBUTES:
                against += self._against(Reading(scene, span, option.fact, self._vocabulary))
            scored.append((-against, self._score(option.fact, whole[a:b], before, behind, whole, heading), -i))
        best = max(scored)
        fact, style, bare, shorter = options[-best[2]]
        span = (start + (figure.core if bare else low), start + high - shorter)
        rivals = dict.fromkeys(
            other.fact.id
            for other, (against, score, _) in zip(options, scored, strict=True)
            if (against, score) == best[:2] and (other.fact.value, other.fact.unit) != (fact.value, fact.unit)
        )
        if scene.text[span[0]].isupper() and not self._spelled.spells(fact, style, scene.text[span[0] : span[1]]):
            style += CAPITAL
        told = base_style(style) in ATTRIBUTES
        unborne = self._unborne(figure, options[-best[2]], scene)
        unborne = unborne and not self._cues["qualifiers"].fullmatch(figure.hedge)
        hedge = (start + low, start + low + len(figure.led.rstrip())) if unborne else None
        return Bound(Mention(*span, fact.id, style, "figure"), () if told or not rivals else (fact.id, *rivals), hedge)

    def _against(self, reading: Reading) -> int:
        """Return how much speaks against a reading: its objections, and that nothing in the sentence speaks of it."""
        weight = sum(2 if one.code == "roles.rule" else 1 for one in objections(reading))
        return weight + int(not is_spoken_of(reading) and not reading.fact.is_house)

    def _score(self, fact: Fact, clause: str, before: str, behind: str, sentence: str, heading: str) -> int:
        """Weigh how well the words around a figure speak of a fact."""
        score = 0
        for words, weight in ((clause, 4), (sentence, 2), (heading, 1)):
            sides, named = self._named(words)
            if len(sides) == 1 and fact.subject.side is not None:
                score += weight if fact.subject.side in sides else -weight
            if named:
                score += weight if fact.subject.asset in named else -weight
            if any(name and name in words for name in (*fact.source, fact.subject.venue or "")):
                score += weight
        kind = (fact.subject.at or "").partition(";")[0]
        if kind and kind in before[-_NEAR:]:
            score += 4
        if fact.subject.window_hours and self._window(fact) in sentence:
            score += 2
        if fact.subject.metric.startswith(EARLIER) and not self._gone(before[-_NEAR:], behind, sentence):
            score -= _PRESENT
        supposed = self._cues.said("ruled", sentence) or self._cues.said("conditional", sentence)
        if fact.is_house and supposed:
            score += _RULED
        pattern = self._words_of(fact.subject.metric)
        if pattern is not None:
            score += sum(
                weight
                for words, weight in ((clause, 4), (before, 4), (behind, 4), (sentence, 2), (heading, 1))
                if pattern.search(words)
            )
        return score

    def _gone(self, before: str, behind: str, sentence: str) -> bool:
        """Say whether the words around a figure speak of a time before: else the present value is meant."""
        if self._cues["came_from"].search(before) or self._cues["was_before"].search(behind):
            return True
        return (_DAY_BEFORE.search(sentence) or TOLD.search(sentence)) is not None

    def _named(self, words: str) -> tuple[frozenset[str], frozenset[str]]:
        """Return the sides and the assets of the sheet that some words name; every figure of a sentence asks again."""
        if words not in self._known:
            sides = {self._language.side_of(word) for word in re.findall(r"[A-Za-z]+", words)} - {None}
            assets = {ticker for ticker, pattern in self._assets.items() if pattern.search(words)}
            self._known[words] = (frozenset(side for side in sides if side), frozenset(assets))
        return self._known[words]

    def _window(self, fact: Fact) -> str:
        return self._language.spell(fact, "window", self._edition)

    def _words_of(self, metric: str) -> re.Pattern[str] | None:
        fitting = [(name, pattern) for name, pattern in self._cues.metrics if metric.startswith(name)]
        return max(fitting, key=lambda item: len(item[0]))[1] if fitting else None


def scene_of(text: str, start: int, end: int, figures: Iterable[Figure], vocabulary: Vocabulary) -> Scene:
    """Return a sentence as the rules see it before its figures are bound; they count from its beginning."""
    values = tuple((start + one.start, start + one.end) for one in figures if one.kind not in TIMES)
    return Scene(text, start, end, vocabulary.marks(text), values, vocabulary.cues.names)


def is_spoken_of(reading: Reading) -> bool:
    """Say whether a word of the sentence speaks of what the fact measures; of some anything may speak."""
    own = reading.vocabulary.cues.kinds_of(reading.metric)
    named = {mark.name.removeprefix("kind:") for mark in reading.scene.said("kind:")}
    if reading.metric.startswith("price_change") and reading.scene.said("asset:"):
        # What is said of a coin alone is said of its price.
        named.add("price")
    return not own or bool(own & named)


def _is_rounded_bound(figure: Figure, option: Option) -> bool:
    """Say whether "less than" is taken for the rounding of a bound, and not for the side of it on which a loss is."""
    return not option.bare and figure.hedge in _SIDES_OF_BOUND and option.fact.subject.metric.endswith(BOUNDS)


def _is_step(text: str, start: int, end: int) -> bool:
    """Say whether a percent is what a sum is divided by, and no figure: "per 1% of price"."""
    match = STEP.search(text, max(0, start - len("every ")), end)
    return match is not None and match.end() == end


def _phrases(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the wordings around a superlative that may be a fact's, longest first."""
    noun = re.match(r" [a-z]+", text[end:])
    if noun:
        yield start, end + noun.end()
    article = re.search(r"\bthe \Z", text[:start], re.IGNORECASE)
    if article:
        yield article.start(), end
    yield start, end
