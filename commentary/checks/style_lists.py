"""The rules of style of a language, as they stand in style-<language>.toml for an editor to extend."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from commentary.errors import ConfigError
from commentary.languages.phrases import Phrases

IDIOM = "idiom:"
"""How the names of the lists of idioms begin, before the trade."""
_TABLES = ("limits", "headlines", "hedges", "idioms", "cliches", "leftovers")


@dataclass(frozen=True, eq=False)
class StyleLists:
    """The limits and lists of one language."""

    limits: Mapping[str, int]
    phrases: Phrases
    """Stacked hedges ("hedges"), idioms by trade ("idiom:sport"), words that say nothing ("cliche"), "clickbait"."""
    cliches: Mapping[str, str]
    """Words that say nothing, and what to write; in lower case."""
    leftovers: re.Pattern[str]
    twice: frozenset[str]
    """Words that may stand twice in a row."""


@cache
def style_lists(language: str) -> StyleLists:
    """Return the rules of style of a language.

    Raises:
        ConfigError: there is no such file, or a limit has no sentence why.
    """
    path = Path(__file__).parent / f"style-{language}.toml"
    if not path.is_file():
        raise ConfigError(f"commentary/checks has no {path.name}, so the style of a text in {language!r} is not known")
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    if tables.keys() != set(_TABLES):
        raise ConfigError(f"commentary/checks/{path.name} needs the tables {', '.join(_TABLES)}, and no other")
    hedges, leftovers = tables["hedges"], tables["leftovers"]
    cliches = {words.casefold(): instead for words, instead in tables["cliches"].items()}
    gaps = [" ", *(f" {words} " for words in hedges["between"])]
    marked = {
        "hedges": [f"{one}{gap}{other}" for one, gap, other in product(hedges["first"], gaps, hedges["second"])],
        "clickbait": tables["headlines"]["clickbait"],
        "cliche": list(cliches),
        **{f"{IDIOM}{trade}": words for trade, words in tables["idioms"].items()},
    }
    return StyleLists(
        limits={name: _limit(name, entry, path.name) for name, entry in tables["limits"].items()},
        phrases=Phrases(marked),
        cliches=cliches,
        leftovers=_leftovers(leftovers["signs"], leftovers["words"], leftovers["inside"]),
        twice=frozenset(leftovers["twice"]),
    )


def _limit(name: str, entry: Any, file: str) -> int:  # noqa: ANN401 - TOML
    if not isinstance(entry, dict) or set(entry) != {"value", "why"} or not isinstance(entry["value"], int):
        raise ConfigError(f"commentary/checks/{file}: limit {name!r} needs a whole number and a sentence why")
    return entry["value"]


def _leftovers(signs: list[str], words: list[str], inside: list[str]) -> re.Pattern[str]:
    sign = "|".join(map(re.escape, signs))
    word = "|".join(map(re.escape, words))
    within = "|".join(map(re.escape, inside))
    return re.compile(
        rf"{sign}|(?<![\w-])(?:{word})(?![\w-])|(?<=[\w,;] )(?:{within})(?![\w-])"
        # Emphasis of Markdown that nobody will set.
        r"|(?<![\w*])\*{1,3}[^\s*][^*\n]*?(?<=\S)\*{1,3}(?![\w*])|(?<![\w_])__[^\s_][^_\n]*__(?![\w_])"
        r"|(?<=\S) {2,}(?=\S)"
        r"|(?P<twice>\b([^\W\d_]+)\s(?i:\2)\b(?!-))"
    )
