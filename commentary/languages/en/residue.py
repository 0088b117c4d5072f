"""What running text may say only through a fact: quantities and watched words. Fails closed.

`quantities` does not try to understand a figure. It finds everything that could be one, in any script
and any spelling of lexicon.toml; what is no legal spelling of a fact is then an error.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

LEXICON: dict[str, Any] = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern of the words, longest first; a space stands for space or hyphen."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word).replace(chr(92) + ' ', '[ -]') for word in ordered)})"


def _quantity_pattern() -> re.Pattern[str]:
    lexicon = LEXICON["quantities"]
    small = _any_of(lexicon["numbers"])
    scale = _any_of(lexicon["scales"])
    month = f"{_any_of(lexicon['months'])}\\b\\.?"
    units = _any_of(lexicon["units"])
    digits = r"[0-9](?:[0-9.,:/'’ ]*[0-9])?" .replace(" ", "")
    date = rf"(?:{month} ?[0-9]{{1,2}}\b(?:st|nd|rd|th)?(?:, [0-9]{{4}})?|[0-9]{{1,2}}(?:st|nd|rd|th)? {month}(?: [0-9]{{4}})?)"
    clock = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?(?:[ap]\.?m\b\.?|UTC|GMT|[A-Z]{2,4}T)\b)?"
    time = rf"{clock}(?: on {date})?"
    words = rf"\b(?:{small}|{scale})(?:(?:[ -]|[ -]and[ -])(?:{small}|{scale}))*\b"
    number = rf"(?:[+-]?[$] ?{digits}|(?<![0-9])[+-]{digits}|{digits}|{words})"
    scaled = rf"{number}(?:[ -]?(?:{scale}|tn|bn|mn|[TBMKtbmk])\b)?"
    ratio = _any_of(lexicon["fractions"])
    multiple = _any_of(lexicon["multiples"])
    fraction = rf"(?:\b(?:an? |{small}[ -]))?\b{ratio}\b"
    unit = rf"(?: ?%|[ -]?{units}\b| (?!UTC|GMT)[A-Z][A-Z0-9]{{1,9}}\b|[a-z]{{1,3}}\b)"
    span = rf"(?:{scaled}|{fraction})(?:{unit}){{0,2}}"
    per = rf"(?: (?:per|an?|each|every) (?:{span}|hour|day|week|month|year)\b(?: of price)?)"
    before = rf"(?:(?:{_any_of(lexicon['before'])}) )"
    after = rf"(?: {_any_of(lexicon['after'])}\b)"
    window = rf"\bin the (?:{span}|hour|day) to {time}"
    article = r"(?:\ban? )"
    return re.compile(
        rf"{window}|{time}|{date}"
        rf"|(?:\b{before}){{0,2}}{article}?(?:{span}){per}?{after}?"
        rf"|\b{multiple}\b|[$%]|[0-9]+",
        re.IGNORECASE,
    )


def _watched_pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of(words)})(?!\w)", re.IGNORECASE)


_QUANTITY = _quantity_pattern()
_WATCHED = {category: _watched_pattern(words) for category, words in LEXICON["watched"].items()}
_EXEMPT = _watched_pattern(LEXICON["exemptions"]["phrases"])


def quantities(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of everything that looks like a quantity, exempt phrases apart."""
    plain = _plain(text)
    exempt = _exempt(plain)
    return tuple(
        match.span() for match in _QUANTITY.finditer(plain) if match.group() and not _inside(match.span(), exempt)
    )


def watched(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return the spans of watched words with their category, in the order of the text."""
    plain = _plain(text)
    exempt = _exempt(plain)
    found = [
        (*match.span(), category)
        for category, pattern in _WATCHED.items()
        for match in pattern.finditer(plain)
        if not _inside(match.span(), exempt)
    ]
    return tuple(sorted(found))


def _exempt(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _EXEMPT.finditer(text)]


def _inside(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _plain(text: str) -> str:
    """Map look-alikes to ASCII, one character for one, so that offsets stay."""
    return text if text.isascii() else "".join(map(_ascii, text))


@cache
def _ascii(character: str) -> str:
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if character.isnumeric() or category == "Cf":
        return "0"  # an invisible character could hide a figure, so it counts as one
    if category == "Sc":
        return "$"
    if category == "Zs":
        return " "
    if category == "Pd" or character == "−":
        return "-"
    if character in "٪‰‱﹪％":
        return "%"
    if character in "’‘":
        return "'"
    simple = unicodedata.normalize("NFKC", character)
    return simple if len(simple) == 1 and simple.isascii() else character
