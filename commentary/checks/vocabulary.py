"""Every word that means something to the checks of one fact sheet: the cue lists, and the names at hand."""

import re
from collections.abc import Iterator
from functools import cached_property

from commentary.checks.cues import Cues, cues
from commentary.checks.gaps_held import held, is_of_gap
from commentary.languages.base import Figure, Language
from commentary.languages.phrases import Mark, Phrases
from commentary.records.edition import Edition
from commentary.records.editor_fact import Signature
from commentary.records.fact import OURS, Subject
from commentary.records.known import Known
from commentary.records.sheet import FactSheet

_ANSWER = re.compile(r"No[:,] ")
"""What answers a question denies that question, and nothing behind it."""
_NAMING = ("kind:", "asset:", "giver:", "window:", "references:", "left_open")
"""What a word names it names in an innocent phrase too; what it claims there it does not."""


_ONE_SHORT = re.compile(
    r"\b(?:(?i:an?|one|single)|largest|biggest|liquidated|lone|leveraged)(?: [A-Za-z]+)? short of [$€£]"
)


def _names_side(mark: Mark, text: str, start: int, end: int) -> bool:
    """Say whether a side is what an innocent phrase names: "the long one", "a Bitcoin short of $11.8 million"."""
    if not mark.name.startswith("side:"):
        return False
    single = any(one.end() >= end for one in _ONE_SHORT.finditer(text, max(0, start - 30), end + 2))
    return single or text[start:end].casefold().endswith(" one")


class Vocabulary:
    """The words by which the sentences about one sheet are understood."""

    def __init__(self, sheet: FactSheet, language: Language, edition: Edition, known: Known) -> None:
        self._sheet = sheet
        self._edition = edition
        self._language = language
        self._seen: dict[str, tuple[Mark, ...]] = {}
        self._watched: dict[str, tuple[tuple[int, int, str], ...]] = {}
        self.known = known
        self.cues: Cues = cues(language.code)

    @cached_property
    def givers(self) -> frozenset[str]:
        """Who gave a fact, or is asked for one: sources and exchanges."""
        # The name of the tool is a word of the language: its own estimate is told as ours.
        sources = {name for fact in self._sheet if not is_of_gap(fact) for name in fact.source} - {OURS}
        return frozenset(sources | {subject.venue for subject in self._subjects() if subject.venue})

    @cached_property
    def asked(self) -> frozenset[str]:
        """Who was asked and gave nothing of something; what it gave besides, its facts say."""
        return frozenset(held(self._sheet))

    @cached_property
    def listed_givers(self) -> frozenset[str]:
        """The exchanges and vendors that a reader knows by name."""
        return self.known.venues | self.cues.givers

    @cached_property
    def sources(self) -> dict[str, str]:
        """Every exchange and vendor that a text can name, by its name in small letters."""
        return {name.casefold(): name for name in (*self.listed_givers, *self.givers, *self.asked)}

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The words that may bear a capital: of names at hand, months, days, and abbreviations of the field."""
        pairs = (*self._edition.names, *self.known.assets.items(), *self.cues.aliases.items())
        dates = (fact.text for fact in self._sheet.all("event_name"))
        names = (*self.givers, *self.asked, *self.listed_givers, *dates, *(word for pair in pairs for word in pair))
        return frozenset(word for name in names for word in re.split(r"[^A-Za-z]+", name)) | self.cues.capitals

    @cached_property
    def name_words_folded(self) -> frozenset[str]:
        """The same in small letters."""
        return frozenset(word.casefold() for word in self.name_words)

    @cached_property
    def assets(self) -> frozenset[str]:
        """Tickers of the assets that a fact is of, or was asked for."""
        return frozenset({self._sheet.asset, *(subject.asset for subject in self._subjects())})

    def signature(self, fact_id: str) -> Signature | None:
        """Return what an editor signed for as a fact."""
        return self._sheet.signature(fact_id)

    def figures(self, text: str) -> tuple[Figure, ...]:
        """Return the figures of a text, such as the words of a source."""
        return self._language.figures(text)

    def _subjects(self) -> Iterator[Subject]:
        yield from (fact.subject for fact in self._sheet.facts)
        yield from (gap.subject for gap in self._sheet.missing)

    @cached_property
    def _spelled(self) -> dict[str, str]:
        """Each spelling of a name with the name of its mark."""
        named = {**self.known.assets, **dict(self._edition.names)}
        found: dict[str, str] = {}
        for spelled, ticker in (*((name, ticker) for ticker, name in named.items()), *self.cues.aliases.items()):
            found.setdefault(spelled, f"asset:{ticker}")
            # A name in capitals is written so everywhere; any other may stand in small letters.
            if not spelled.isupper():
                found.setdefault(spelled.lower(), f"asset:{ticker}")
        found |= {ticker: f"asset:{ticker}" for ticker in (*named, *(self.assets - {"market"}))}
        found |= {name: f"giver:{name}" for name in self.givers | self.asked | self.listed_givers if name != "all"}
        return found

    @cached_property
    def _names(self) -> Phrases:
        lists: dict[str, list[str]] = {}
        for spelled, name in self._spelled.items():
            # A name without a letter or a digit is no word to look for.
            if any(character.isalnum() for character in spelled):
                lists.setdefault(name, []).append(spelled)
        return Phrases(lists)

    def marks(self, text: str) -> tuple[Mark, ...]:
        """Return what the words of a text name, in the order of their beginnings."""
        # The figures of a field are bound sentence by sentence, and then its sentences are judged.
        if text not in self._seen:
            self._seen[text] = self._find(text)
        return self._seen[text]

    def watched(self, text: str) -> tuple[tuple[int, int, str], ...]:
        """Return the watched words of a text, with their categories."""
        if text not in self._watched:
            self._watched[text] = self._language.watched(text)
        return self._watched[text]

    def words(self, text: str) -> tuple[Mark, ...]:
        """Return the same of every word, also of those that stand in an innocent phrase."""
        return tuple(sorted(self._named(text)))

    def _named(self, text: str) -> list[Mark]:
        found = [
            mark
            for mark in self.cues.phrases.find(text)
            if not self._is_month(mark, text) and not (mark.name == "denial" and _ANSWER.match(text, mark.start))
        ]
        spelled = self._spelled
        # A name is told by its capitals: "near" is no coin.
        found += [mark for mark in self._names.find(text) if spelled.get(text[mark.start : mark.end]) == mark.name]
        return found

    def _is_month(self, mark: Mark, text: str) -> bool:
        """Say whether a word is a month by its capital: in "on May 8" nothing is supposed."""
        word = text[mark.start : mark.end]
        if word not in self.cues.months:
            return False
        before, behind = text[: mark.start].rstrip(), text[mark.end :].lstrip()
        return behind[:1].isdigit() or not (before == "" or before.endswith((".", "!", "?", ":", '"', "“")))

    def _find(self, text: str) -> tuple[Mark, ...]:
        found = self._named(text)
        exempt = self._language.exempt(text)
        if exempt:
            found = [
                mark
                for mark in found
                if mark.name.startswith(_NAMING)
                # "Bear the cost" is innocent of bears, and says who pays; "built up" is no "up", and a rise.
                or (mark.name.startswith(("payers:", "moving:")) and (mark.start, mark.end) in exempt)
                or not any(a <= mark.start and mark.end <= b and not _names_side(mark, text, a, b) for a, b in exempt)
            ]
        found.sort()
        return tuple(found)
