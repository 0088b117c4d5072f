"""What a language is: styles that spell facts, and their inverse.

Text is legal if and only if `spell(fact, style, edition) == text`. `read` and `candidates` only find
what to compare with; they never accept a text that `spell` would not write.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import time
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, get_args, get_type_hints

from commentary.errors import ConfigError, SpellingError
from commentary.languages.index import Index
from commentary.records.edition import Edition, HouseStyle
from commentary.records.fact import Fact, Side
from commentary.records.spelled import Reading, Shown

CAPITAL = "^"
"""After a style's name: the first letter is upper case, for the start of a sentence."""
FORM = "~"
"""After a style's name: a house form by its own example, as in "usd~$1.07bn"; it goes before the edition's."""
_RANKS = frozenset({"superlative", "most", "ordinal"})
_FORMS = {form: name for name, hint in get_type_hints(HouseStyle).items() for form in get_args(hint)}


class UnfitError(ValueError):
    """A style's own reason why it cannot spell a fact; `Language.spell` says which fact and style."""


class Style(NamedTuple):
    """One way to write a fact."""

    name: str
    doc: str
    """An example of the text, and what it stands for."""
    numeric: bool
    """`read` understands it: the text states the fact's value within an interval."""
    figure: bool
    """The text holds a digit or a number word."""
    write: Callable[[Fact, Edition], str]
    accepts: Callable[[Fact], bool]
    """Whether unit and quantity of a fact fit; the value itself may still not."""
    read: Callable[[str], Iterable[Reading]] | None = None


class Figure(NamedTuple):
    """A figure of running text, found but not yet believed."""

    start: int
    end: int
    """Of all of it, with its hedge and its sign."""
    core: int
    """Where the figure itself begins."""
    kind: str
    """money, percent, coin, length, moment…: what it is a figure of, by its form."""
    hedge: str
    """The word that bounds it, in lower case: "about", "nearly", "more than"; or nothing."""
    sign: Literal[-1, 0, 1]
    text: str
    """The core, mapped to plain characters."""
    written_sign: str = ""
    led: str = ""
    """What stands before the figure where it is hedged: "about " or "~"."""
    day: tuple[int | None, int, int] | None = None
    """Of a moment: its year, if it has one, month and day."""
    clock: time | None = None
    """Of a moment: the time of day, UTC."""
    form: str = ""
    """Of a date: the house form that it is written in."""


class Scanner(NamedTuple):
    """How a language finds in running text what only a fact may say, and what such a word means."""

    quantities: Callable[[str], tuple[tuple[int, int], ...]]
    watched: Callable[[str], tuple[tuple[int, int, str], ...]]
    exempt: Callable[[str], tuple[tuple[int, int], ...]]
    side_of: Callable[[str], Side | None]
    sign_of: Callable[[str], Literal[-1, 0, 1]]
    figures: Callable[[str], Iterable[Figure]]
    readings: Callable[[Figure], Iterable[Reading]]
    forms: Callable[[Figure], Iterable[str]]
    shown: Callable[[Figure], Shown | None]
    hours_of: Callable[[Figure], Decimal | None]
    direction_words: Mapping[str, list[str]]
    """Words of rise ("up") and of fall ("down")."""
    side_words: Mapping[str, list[str]]
    """Words of the two sides: "long", "short"."""


class Composed(NamedTuple):
    """How a language writes a style whose name is made of others': a hedge before it, a house's form behind it."""

    parse: Callable[[str], tuple[Any, str] | None]
    """Take the hedge off a style's name; None where there is none."""
    write: Callable[[Any, Fact, Callable[[Fact], str]], str]
    """Write a fact behind a hedge, given how its rounded self is written."""
    house: Callable[[str, HouseStyle], str]
    """Give a whole text the house's form."""
    reads: Callable[[str], bool] = bool
    """Say whether the words of a wording go with what its figures came out as."""


class Language:
    """One language's spellings, frames and watched words.

    Args:
        code: its name, such as "en"; also the name of its folder.
        styles: every style it has.
        scanner: how it finds quantities and watched words, and what they mean.
        composed: how it writes styles with a hedge or a house's form.
        folder: where frames.toml lies.
    """

    def __init__(self, code: str, styles: Iterable[Style], scanner: Scanner, composed: Composed, folder: Path) -> None:
        self.code = code
        self._styles: dict[str, Style] = {}
        for style in styles:
            if style.name in self._styles:
                raise ConfigError(f"languages/{code}: the style {style.name!r} is registered twice")
            self._styles[style.name] = style
        self._readers = tuple(style.read for style in self._styles.values() if style.read is not None)
        self._scanner = scanner
        self._composed = composed
        self._folder = folder
        self._index: Index | None = None

    def __repr__(self) -> str:
        return f"Language({self.code!r})"

    @property
    def styles(self) -> Mapping[str, Style]:
        """All styles by name."""
        return MappingProxyType(self._styles)

    @cached_property
    def frames(self) -> Mapping[str, str]:
        """Approved wording without facts, from frames.toml."""
        path = self._folder / "frames.toml"
        frames = tomllib.loads(path.read_text(encoding="utf-8")).get("frames", {})
        for name, text in frames.items():
            if not isinstance(text, str):
                raise ConfigError(f"{path}: the frame {name!r} is no text; put its name in quotes if it has a dot")
        return MappingProxyType(frames)

    def spell(self, fact: Fact, style: str, edition: Edition) -> str:
        """Write `fact` in `style`; a style followed by "^" begins with a capital letter.

        Raises:
            SpellingError: the style is unknown or cannot spell this fact.
        """
        name, capital = (style[:-1], True) if style.endswith(CAPITAL) else (style, False)
        if FORM in name:
            name, *forms = name.split(FORM)
            if unknown := [form for form in forms if form not in _FORMS]:
                raise SpellingError(f"no house form is {unknown[0]!r} in {style!r}; there are {', '.join(_FORMS)}")
            chosen: dict[str, Any] = {_FORMS[form]: form for form in forms}
            edition = edition._replace(house=edition.house._replace(**chosen))
        hedged = self._composed.parse(name) if ":" in name else None
        base = hedged[1] if hedged else name
        entry = self._styles.get(base)
        if entry is None:
            raise SpellingError(f"{self.code} has no style {style!r} to spell {fact.id}; {self._fitting(fact)}")
        if not entry.accepts(fact):
            raise SpellingError(
                f"{fact.id} ({fact.unit}, {fact.quantity}) cannot be spelled as {style!r}, which writes"
                f" {entry.doc}; {self._fitting(fact)}"
            )
        try:
            if hedged:
                text = self._composed.write(hedged[0], fact, lambda rounded: entry.write(rounded, edition))
            else:
                text = entry.write(fact, edition)
        except UnfitError as reason:
            raise SpellingError(
                f"{fact.id} = {fact.value} cannot be spelled as {style!r}: {reason}; {self._fitting(fact, entry)}"
            ) from None
        text = self._composed.house(text, edition.house)
        return text[:1].upper() + text[1:] if capital else text

    def reads(self, text: str) -> bool:
        """Say whether a filled wording can be said: "was unchanged, to $5" cannot."""
        return self._composed.reads(text)

    def states(self, style: str) -> bool:
        """Return whether a style, with what it is composed of, writes the value of a fact in figures, or a rank."""
        name = style.removesuffix(CAPITAL).partition(FORM)[0].rpartition(":")[2]
        return self._styles[name].numeric or name in _RANKS

    def _fitting(self, fact: Fact, refused: Style | None = None) -> str:
        names = [
            style.name
            for style in self._styles.values()
            if style is not refused
            and " " not in style.name
            and style.accepts(fact)
            and (style.numeric or not style.figure)
        ]
        return f"styles that fit: {', '.join(names)}"

    def read(self, text: str) -> tuple[Reading, ...]:
        """Return every way to understand the whole of `text` as a figure."""
        found = [reading for reader in self._readers for reading in reader(text)]
        small = _uncapitalised(text)
        if small:
            found += [
                reading._replace(style=reading.style + CAPITAL) for reader in self._readers for reading in reader(small)
            ]
        return tuple(found)

    def candidates(self, text: str, facts: tuple[Fact, ...], edition: Edition) -> tuple[tuple[Fact, str], ...]:
        """Return the facts and styles that spell exactly `text`, in the order of `facts`."""
        index = self._index
        if index is None or index.facts is not facts or index.edition != edition:
            index = self._index = Index(facts, edition, self._in_words(facts, edition))
        found = {(position, style): None for position, style in index.words.get(text, ())}
        small = _uncapitalised(text)
        if small:
            found |= {(position, style + CAPITAL): None for position, style in index.words.get(small, ())}
        for reading in self.read(text):
            for position in index.within(reading):
                if (position, reading.style) in found:
                    continue
                try:
                    spelled = self.spell(facts[position], reading.style, edition)
                except SpellingError:
                    continue
                if spelled == text:
                    found[position, reading.style] = None
        return tuple((facts[position], style) for position, style in sorted(found, key=lambda pair: pair[0]))

    def _in_words(self, facts: tuple[Fact, ...], edition: Edition) -> Iterator[tuple[int, str, str]]:
        """Yield the places of facts with each style without a reading that writes them, and what it writes."""
        wordy = [style for style in self._styles.values() if style.read is None]
        for position, fact in enumerate(facts):
            for style in wordy:
                if style.accepts(fact):
                    try:
                        yield position, style.name, style.write(fact, edition)
                    except UnfitError:
                        continue

    def figures(self, text: str) -> tuple[Figure, ...]:
        """Return the figures of running text that have a form of ours, in their order."""
        return tuple(self._scanner.figures(text))

    def readings(self, figure: Figure) -> tuple[Reading, ...]:
        """Return every way to understand a figure with its hedge and sign; times are no readings."""
        return tuple(self._scanner.readings(figure))

    def forms(self, figure: Figure) -> tuple[str, ...]:
        """Return the styles that a figure of this form can have, whatever its value; those of its own unit first."""
        return tuple(self._scanner.forms(figure))

    def shown(self, figure: Figure) -> Shown | None:
        """Return what a reader takes a figure for, legal or not; None for a time, and for words."""
        return self._scanner.shown(figure)

    def hours_of(self, figure: Figure) -> Decimal | None:
        """Return how many hours a length of time has; None where it has no fixed number."""
        return self._scanner.hours_of(figure)

    def quantities(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the spans of everything in running text that looks like a quantity."""
        return self._scanner.quantities(text)

    def exempt(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the spans of innocent phrases, in which no word says what it says elsewhere."""
        return self._scanner.exempt(text)

    def watched(self, text: str) -> tuple[tuple[int, int, str], ...]:
        """Return the spans of watched words (direction, comparison, cause…), each with its category."""
        return self._scanner.watched(text)

    @property
    def direction_words(self) -> Mapping[str, list[str]]:
        """Words of rise, as "up", and of fall, as "down"."""
        return self._scanner.direction_words

    @property
    def side_words(self) -> Mapping[str, list[str]]:
        """Words of the sides of the market, as "long" and "short"."""
        return self._scanner.side_words

    def side_of(self, word: str) -> Side | None:
        """Return the side of the market that a word names, if it names one."""
        return self._scanner.side_of(word)

    def sign_of(self, word: str) -> Literal[-1, 0, 1]:
        """Return 1 for a word of rise, -1 for a word of fall, 0 for any other."""
        return self._scanner.sign_of(word)


def _uncapitalised(text: str) -> str:
    """Return `text` with its first letter in lower case, or nothing where it already is."""
    return text[0].lower() + text[1:] if text[:1].isupper() else ""
