"""Lists of words and phrases found in a text in one pass over its words.

A space in a phrase is a space or a hyphen in the text; upper and lower case are alike.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’.](?!s\b)[^\W_]+)*")
"""A possessive's "s" is a word of its own, so that "Binance's" holds the name."""
_GAP = (" ", "-", "'")


class Mark(NamedTuple):
    """A place where a phrase of a list stands."""

    start: int
    end: int
    name: str
    """The list's name."""


class Phrases:
    """Named lists of phrases.

    Args:
        lists: phrases by the name of their list.
    """

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        rest: dict[str, dict[tuple[str, ...], list[str]]] = {}
        for name, phrases in lists.items():
            for phrase in phrases:
                first, *others = words_of(phrase)
                rest.setdefault(first, {}).setdefault(tuple(others), []).append(name)
        # The longest phrase of a list is the one that stands there.
        self._rest = {
            first: tuple(
                sorted(((others, tuple(names)) for others, names in found.items()), key=lambda it: -len(it[0]))
            )
            for first, found in rest.items()
        }

    def find(self, text: str) -> list[Mark]:
        """Return where the phrases of every list stand, in the order of their beginnings.

        Within one list the longest phrase at a place wins, and no two overlap; phrases of two lists may.
        """
        low = text.casefold() if text.isascii() else _folded(text)
        spans = [match.span() for match in _WORD.finditer(low)]
        words = [low[start:end] for start, end in spans]
        known = self._rest
        ends: dict[str, int] = {}
        found: list[Mark] = []
        for i, word in enumerate(words):
            options = known.get(word)
            if options is None:
                continue
            start = spans[i][0]
            done: tuple[str, ...] = ()
            for others, names in options:
                last = i + len(others)
                if others and (tuple(words[i + 1 : last + 1]) != others or not _joined(low, spans, i, last)):
                    continue
                end = spans[last][1]
                for name in names:
                    if name not in done and ends.get(name, 0) <= start:
                        found.append(Mark(start, end, name))
                        ends[name] = end
                done += names
        return found


def words_of(phrase: str) -> list[str]:
    """Return the words of a phrase as they are compared."""
    words = [match[0] for match in _WORD.finditer(phrase.casefold().replace("’", "'"))]
    if not words:
        raise ValueError(f"{phrase!r} holds no word to look for")
    return words


def _folded(text: str) -> str:
    """Fold case without moving a character: one that folds to several stays as it is."""
    return "".join(low if len(low := one.casefold()) == 1 else one for one in text).replace("’", "'")


def _joined(text: str, spans: list[tuple[int, int]], first: int, last: int) -> bool:
    """Say whether nothing but single spaces or hyphens stands between the words."""
    return all(text[spans[i][1] : spans[i + 1][0]] in _GAP for i in range(first, last))


def named(name: str, text: str) -> bool:
    """Say whether a name, or any run of words, stands in a text whole and letter by letter."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
