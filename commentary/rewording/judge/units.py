"""A slotted text as the units that carry its meaning: slots, heavy words, what leads to them, and where it stops."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from commentary.rewording.judge.lexicon import Lexicon
from commentary.rewording.slots import SLOT

TOKEN = re.compile(r"\[[A-Z]+_[A-Z]+\]|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\w\s]")
_FULL_STOPS = frozenset(".?!;")
"""Behind them a sentence begins, or what could be one."""
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})


Kind = Literal["slot", "heavy", "leading", "free", "light", "stop"]


class Unit(NamedTuple):
    """One token of a text."""

    kind: Kind
    key: str
    """What it is compared by: of a slot its role and concept, of a word its group or itself."""
    text: str
    name: str = ""
    """Of a slot its own name."""


def units(text: str, keys: Mapping[str, str], words: Lexicon) -> tuple[Unit, ...]:
    """Return the units of a slotted text.

    Args:
        text: the text.
        keys: by a slot's name, what it is compared by.
        words: the language's.
    """
    found: list[Unit] = []
    for token in TOKEN.findall(text):
        unit = _unit(token, keys, words)
        if unit.key in words.reversible and found and found[-1].key in _BE:
            unit = unit._replace(key=f"be {unit.key}")
        found.append(unit)
    return tuple(found)


def plain(word: str) -> str:
    """Return a word as the lists have it."""
    return word.casefold().replace("’", "'")


def _unit(token: str, keys: Mapping[str, str], words: Lexicon) -> Unit:
    slot = SLOT.fullmatch(token)
    if slot:
        return Unit("slot", keys[slot[1]], token, slot[1])
    if not token[0].isalpha():
        return Unit("stop", "." if token in _FULL_STOPS else token, token)
    word = words.unit(plain(token))
    kinds: tuple[tuple[Kind, frozenset[str]], ...] = (
        ("free", words.free), ("leading", words.leading), ("light", words.light),
    )  # fmt: skip
    for kind, listed in kinds:
        if word in listed:
            return Unit(kind, word, token)
    return Unit("heavy", word, token)
