"""The words that may stand between slots, from data/rewording."""

import tomllib
from functools import cache
from typing import NamedTuple

from commentary.errors import ConfigError
from commentary.resources import folder


class Lexicon(NamedTuple):
    """One language's words."""

    free: frozenset[str]
    """Grammar, which may come and go."""
    leading: frozenset[str]
    """What leads to the next word or slot, such as "of"."""
    light: frozenset[str]
    """What says that there is a figure, and nothing of it."""
    reversible: frozenset[str]
    """Verbs of which the passive says the reverse."""
    placing: frozenset[str]
    """What leads to a time or a place that may move."""
    joining: frozenset[str]
    """What joins two statements to one sentence."""
    articles: frozenset[str]
    """What a noun begins with."""
    forms: dict[str, frozenset[int]]
    """By free word, the numbers of those that it may stand for."""
    same: dict[str, str]
    """Word to the name of those that say the same."""

    def unit(self, word: str) -> str:
        """Return what a word counts as: the name of its group, or itself."""
        return self.same.get(word, word)


@cache
def lexicon(code: str) -> Lexicon:
    """Return the words of a language.

    Raises:
        ConfigError: a word stands in two lists.
    """
    table = tomllib.loads((folder("data") / "rewording" / f"{code}.toml").read_text(encoding="utf-8"))
    lists: dict[str, list[str]] = {name: table["words"][name] for name in ("free", "leading", "light")}
    same = {word: name for name, words in table["same"].items() for word in words}
    seen: dict[str, str] = {}
    for name, words in (*lists.items(), *((f"same.{name}", words) for name, words in table["same"].items())):
        for word in words:
            if word in seen:
                raise ConfigError(
                    f"data/rewording/{code}.toml: {word!r} stands in {seen[word]} and in {name}; take it out of one"
                )
            seen[word] = name
    free, leading, light = (frozenset(words) for words in lists.values())
    names = ("reversible", "placing", "joining", "articles")
    reversible, placing, joining, articles = (frozenset(table["words"][name]) for name in names)
    return Lexicon(free, leading, light, reversible, placing, joining, articles, _forms(table["words"]["forms"]), same)


def _forms(groups: list[list[str]]) -> dict[str, frozenset[int]]:
    words = {word for group in groups for word in group}
    return {word: frozenset(i for i, group in enumerate(groups) if word in group) for word in words}
