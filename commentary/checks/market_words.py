"""The words in which a market is told, and those that come from elsewhere.

Facts bear figures, sides, directions, orders, times and names. A word from outside the list speaks of something
else, of savers, lessons or outages, and no fact can bear that. market_words-<language>.toml holds the words, for an
editor to extend.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from commentary.errors import ConfigError

_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ier", "y"), ("iest", "y"), ("ily", "y"), ("ing", ""), ("ing", "e"), ("ed", ""),
    ("ed", "e"), ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("es", ""), ("s", ""), ("ly", ""), ("ly", "le"),
    ("lier", "ly"), ("like", ""),
)  # fmt: skip
_DOUBLED = re.compile(r"([bdfglmnprt])\1$")
_GENITIVE = re.compile(r"['’]s?$")
_VOWELS = "aeiou"


@cache
def _tables(language: str) -> dict[str, dict[str, str]]:
    path = Path(__file__).parent / f"market_words-{language}.toml"
    if not path.is_file():
        raise ConfigError(f"commentary/checks has no {path.name}, so a text in {language!r} cannot be checked")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def inflected(word: str) -> tuple[str, ...]:
    """Return the regular forms of a plain verb: "dip" as dips, dipped and dipping too; a wrong form does no harm."""
    if word.endswith("e"):
        return word, f"{word}s", f"{word}d", f"{word[:-1]}ing"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"
    # "Dip" and "trim" double their last letter, "ebb", "sink" and "droop" do not.
    is_short = len(word) > 2 and word[-1] not in "aeiouwxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS
    stem = word + word[-1] if is_short and sum(letter in _VOWELS for letter in word) == 1 else word
    plural = f"{word}es" if word.endswith(("s", "sh", "ch", "x", "z")) else f"{word}s"
    return word, plural, f"{stem}ed", f"{stem}ing"


def verbs(language: str, name: str) -> tuple[str, ...]:
    """Return a class of verbs, such as "rise", in all of their forms."""
    return tuple(form for word in _tables(language)["verbs"][name].split() for form in inflected(word))


_SUBJECTS = {
    "options_and_funds": ("options_", "etf_", "week_expiry"),
    "futures": ("basis_",),
    "covering": ("options_", "etf_", "basis_"),
    "scarcity": ("options_", "etf_", "basis_", "funding_spread", "venue_", "together_"),
}
"""Lists of words of one subject, and beginnings of the metrics that can bear them."""


def borne(metrics: Iterable[str]) -> frozenset[str]:
    """Return the names of the lists of one subject whose words some metrics can bear."""
    held = tuple(metrics)
    return frozenset(name for name, starts in _SUBJECTS.items() if any(metric.startswith(starts) for metric in held))


@cache
def market_words(language: str, subjects: frozenset[str] = frozenset(_SUBJECTS)) -> frozenset[str]:
    """Return the plain forms of the words of a language in which figures of a market are told.

    Args:
        language: its code.
        subjects: the lists of one subject that count.

    Raises:
        ConfigError: there is no such file.
    """
    return frozenset(
        word
        for table in _tables(language).values()
        for name, words in table.items()
        if name not in _SUBJECTS or name in subjects
        for word in words.split()
    )


@cache
def is_known(word: str, language: str, subjects: frozenset[str] = frozenset(_SUBJECTS)) -> bool:
    """Say whether a word, in small letters, is a form of one of these."""
    words = market_words(language, subjects)
    return any(form in words for form in _plain_forms(word.replace("’", "'"))) or (
        "-" in word and all(is_known(part, language, subjects) for part in word.split("-") if part)
    )


def _plain_forms(word: str) -> Iterator[str]:
    """Yield what a word may be a form of: "stopped" is one of "stopped", "stopp", "stop" and "stoppe"."""
    yield word
    if bare := _GENITIVE.sub("", word):
        yield bare
        word = bare
    for ending, own in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word.removesuffix(ending)
            yield stem + own
            if not own and _DOUBLED.search(stem):
                yield stem[:-1]


@cache
def in_list(word: str, name: str, language: str) -> bool:
    """Say whether a word, in small letters, is a form of one of a table of the file, or of one of its lists."""
    forms = frozenset(_plain_forms(word.replace("’", "'")))
    tables = _tables(language)
    lists = [*tables.get(name, {}).values(), *(words[name] for words in tables.values() if name in words)]
    return any(form in words.split() for words in lists for form in forms)
