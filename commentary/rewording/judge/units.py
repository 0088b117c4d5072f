"""A slotted text as the units that carry its meaning: slots, heavy words, what leads to them, and where it stops."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from commentary.rewording.judge.lexicon import Lexicon, lexicon
from commentary.rewording.slots import SLOT, OpenSentence, Place

TOKEN = re.compile(r"\[[A-Z]+_[A-Z]+\]|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\w\s]")
_FULL_STOPS = frozenset(".?!")


Kind = Literal["slot", "heavy", "leading", "free", "light", "stop"]


class Unit(NamedTuple):
    """One token of a text."""

    kind: Kind
    key: str
    """What it is compared by: of a slot its role and concept, of a word its group or itself."""
    text: str
    name: str = ""
    """Of a slot its own name."""


def units_of(text: str, sentence: OpenSentence, code: str) -> tuple[Unit, ...]:
    """Return the units of a text of a sentence's slots."""
    return units({place.name: _key(place) for place in sentence.places}, text, lexicon(code))


def units(keys: Mapping[str, str], text: str, words: Lexicon) -> tuple[Unit, ...]:
    """Return the units of a slotted text.

    Args:
        keys: by a slot's name, what it is compared by.
        text: the text.
        words: the language's.
    """
    return tuple(_unit(token, keys, words) for token in TOKEN.findall(text))


def key_of(role: str, concept: str) -> str:
    """Return what a slot is compared by, in whichever wording it stands."""
    return f"[{role} {concept}]"


def plain(word: str) -> str:
    """Return a word as the lists have it."""
    return word.casefold().replace("’", "'")


def _key(place: Place) -> str:
    return key_of(place.role, place.concept)


def _unit(token: str, keys: Mapping[str, str], words: Lexicon) -> Unit:
    slot = SLOT.fullmatch(token)
    if slot:
        return Unit("slot", keys[slot[1]], token, slot[1])
    if not token[0].isalpha():
        return Unit("stop", "." if token in _FULL_STOPS else token, token)
    word = plain(token)
    kinds: tuple[tuple[Kind, frozenset[str]], ...] = (
        ("free", words.free), ("leading", words.leading), ("light", words.light),
    )  # fmt: skip
    for kind, listed in kinds:
        if word in listed:
            return Unit(kind, word, token)
    return Unit("heavy", words.unit(word), token)
