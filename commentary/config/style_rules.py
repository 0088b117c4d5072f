"""A house's own rules of style: [style.rules] of commentary.toml.

    [style.rules]
    sentence_words = 30        # the most words of a sentence
    headline_characters = 90   # the most characters of a headline

    [style.rules.instead]      # words the house does not print, and what it writes for each
    utilise = "use"
    massive = ""               # no word for it: it is taken out

A limit stands in the place of ours, and the words beside those of commentary/checks/style-<language>.toml.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, NoReturn

Refuse = Callable[[str, object, str], NoReturn]
"""Raises the error of one value: where it stands, the value, what to write."""

_LIMITS = {"sentence_words": (8, 60), "headline_characters": (40, 200)}
"""The least and the most that a limit may be: beyond them every text breaks it, or none."""
_LONGEST = 60


class HouseRules(NamedTuple):
    """The house's own rules; None where it has no limit of its own."""

    sentence_words: int | None = None
    headline_characters: int | None = None
    instead: tuple[tuple[str, str], ...] = ()
    """Words that are not printed, and what is written for each; nothing where they are taken out."""

    def flat(self) -> Iterator[tuple[str, object]]:
        """Yield dotted names with their values, in the order of the file."""
        yield "style.rules.sentence_words", self.sentence_words
        yield "style.rules.headline_characters", self.headline_characters
        for words, other in self.instead:
            yield f"style.rules.instead.{words}", other

    @property
    def written(self) -> tuple[str, ...]:
        """The names that the file gives, without what they begin with."""
        limits = tuple(name for name in _LIMITS if getattr(self, name) is not None)
        return (*limits, *(f"instead.{words}" for words, _ in self.instead))


def read_house_rules(table: Mapping[str, Any], refuse: Refuse) -> HouseRules:
    """Return the rules of a table, each of which has to be one that can be held."""
    for name in table:
        if name not in HouseRules._fields:
            refuse(f"style.rules.{name}", table[name], f"there are {', '.join(HouseRules._fields)}")
    limits = {name: _limit(name, table[name], refuse) for name in _LIMITS if name in table}
    instead = table.get("instead", {})
    if not isinstance(instead, dict):
        refuse("style.rules.instead", instead, "write it as a table, [style.rules.instead]")
    for words, other in instead.items():
        where = f"style.rules.instead.{words}"
        if not isinstance(other, str):
            refuse(where, other, "write what is printed in its place in quotation marks, or nothing between them")
        for given in (words, other):
            if any(character.isdigit() for character in given) or len(given) > _LONGEST:
                refuse(where, given, "a rule of words holds no figure, and is short")
        if not any(character.isalpha() for character in words):
            refuse(where, words, "write the word that is not to be printed")
        if words.casefold() == other.casefold():
            refuse(where, other, "the word would stand in its own place")
    return HouseRules(**limits, instead=tuple(sorted(instead.items())))


def _limit(name: str, value: object, refuse: Refuse) -> int:
    least, most = _LIMITS[name]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        refuse(f"style.rules.{name}", value, f"write a whole number from {least} to {most}")
    return value
