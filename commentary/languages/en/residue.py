"""What running text may say only through a fact: quantities and watched words. Fails closed.

`quantities` does not try to understand a figure. It finds everything that could be one, in any script
and any spelling of lexicon.toml; what is no legal spelling of a fact is then an error. A span takes in
the words beside a figure that change what it says ("minus", "about", "more than", "lower"), so that a
reader of plain text cannot bind the figure and leave its sign or its hedge behind.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from commentary.languages.phrases import Phrases
from commentary.records.fact import Side

LEXICON: dict[str, Any] = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))

_FRACTION_FROM = 2
"""The ordinals from "third" on also name fractions."""


def quantities(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of everything that looks like a quantity, exempt phrases apart."""
    text = plain(text)
    exempt = _exempt(text)
    return tuple(match.span() for match in _QUANTITY.finditer(text) if match[0] and not _inside(match.span(), exempt))


def watched(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return the spans of watched words with their category, in the order of the text."""
    text = plain(text)
    exempt = _exempt(text)
    found = [(mark.start, mark.end, mark.name) for mark in _WATCHED.find(text)]
    return tuple(one for one in found if not _inside(one[:2], exempt))


def exempt(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of innocent phrases, in which no word says what it says elsewhere."""
    return _exempt(plain(text))


def side_of(word: str) -> Side | None:
    """Return the side of the market that a word names."""
    plain = _folded(word)
    if plain in LEXICON["side"]["long"]:
        return "long"
    return "short" if plain in LEXICON["side"]["short"] else None


def sign_of(word: str) -> Literal[-1, 0, 1]:
    """Return 1 for a word of rise, -1 for a word of fall, 0 for any other."""
    plain = _folded(word)
    if plain in LEXICON["direction"]["up"]:
        return 1
    return -1 if plain in LEXICON["direction"]["down"] else 0


def _folded(word: str) -> str:
    return plain(word).casefold().replace("-", " ")


# Patterns ---------------------------------------------------------------------------------------------


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern of the words, longest first; a space is a space or hyphen, a star any word."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    escaped = (re.escape(word).replace(r"\ ", "[ -]").replace(r"\*", "[a-z]+") for word in ordered)
    return f"(?:{'|'.join(escaped)})"


def _quantity_pattern() -> re.Pattern[str]:
    lexicon = LEXICON["quantities"]
    small, scale, units = (_any_of(lexicon[name]) for name in ("numbers", "scales", "units"))
    ranked, spells = (_any_of(lexicon[name]) for name in ("ranked", "spells"))
    digits = r"[0-9](?:[0-9.,:/']*[0-9])?"
    words = rf"\b(?:{small}|{scale})(?:(?:[ -]|[ -]and[ -])(?:{small}|{scale}))*\b"
    number = rf"(?:(?:(?<![0-9A-Z%])[+-])?[$] ?{digits}|(?<![0-9A-Z%])[+-]{digits}|{digits}|{words})"
    scaled = rf"{number}(?:[ -]?(?:{scale}|tn|bn|mn|[TBMK])\b)?"
    code = r"(?-i: (?!UTC|GMT)[A-Z][A-Z0-9]{1,9}\b)"
    unit = rf"(?: ?%|[ -]?{units}\b|{code}|[a-z]{{1,3}}\b)"
    span = rf"(?:{_fraction(lexicon, small)}|{scaled})(?:{unit}){{0,2}}"
    moment, date = _time_patterns(lexicon)
    before = rf"(?:\b{_any_of(lexicon['before'])} ){{0,2}}"
    # "a day before" dates a figure; "a day" alone is part of a rate.
    dated = r"(?! (?:before|earlier|ago|later|after)\b)"
    rate = rf" (?:per|an?|each|every) (?:(?:{digits}|{small})[ -])?{spells}\b{dated}"
    each = rf"(?:{rate}| for (?:each|every) {span}(?: of price)?)"
    # Only a percent has a spelling with its direction behind it.
    after = rf"(?<=%) {_any_of(lexicon['after'])}\b"
    ordinal = rf"\b{_any_of(lexicon['ordinals'])}"
    in_a_row, settled = r"(?:in a row|running|in succession|straight)\b", r"(?:settlement|print|payment|fixing)"
    successive = r"(?:straight|consecutive|successive)"
    row = rf"{successive} (?:{spells}|{settled})|{settled} {in_a_row}"
    ordered = rf"{ordinal}(?:[ -]{ranked}\b| (?:{row}|{spells})\b| {span})"
    month = rf"\b{_any_of(lexicon['months'])}\b"
    verb_month = _any_of(lexicon["months_or_verbs"])
    bare_month = rf"{month}\.?|\b{_any_of(lexicon['before_month'])}[ -](?-i:{verb_month})\b"
    return re.compile(
        rf"\bin the (?:{span}|hour|day|minute) to {moment}|{moment}|{date}|{ordered}"
        rf"|\ban? {span}{after}|{before}{span}{each}?(?:{after})?"
        # The last ones also find what is left of a figure when the rest of it traces to a fact.
        rf"|\b{_any_of(lexicon['multiples'])}\b|{bare_month}|[$%]|[0-9]+|\A[+-]\Z",
        re.IGNORECASE,
    )


def _fraction(lexicon: dict[str, list[str]], small: str) -> str:
    thirds = _any_of(lexicon["ordinals"][_FRACTION_FROM:])
    counted = rf"\b(?:an?|{small})[ -]"
    return rf"(?:(?:{counted})?\b{_any_of(lexicon['fractions'])}\b|{counted}{thirds}\b|\b{thirds} of\b)"


def _time_patterns(lexicon: dict[str, list[str]]) -> tuple[str, str]:
    """Return the patterns of a time of day, with its date if there is one, and of a date."""
    month = rf"(?:{_any_of(lexicon['months'])}|(?-i:{_any_of(lexicon['months_or_verbs'])}))\b\.?"
    day = r"[0-9]{1,2}(?:st|nd|rd|th)?\b"
    date = rf"(?:\b{month} ?{day}(?:, [0-9]{{4}}\b)?|\b{day} (?:of )?{month}(?:,? [0-9]{{4}}\b)?)"
    zone = r"(?: ?(?:[ap]\.?m\b\.?|UTC\b|GMT\b|[A-Z]{2,4}T\b))"
    return rf"[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?{zone}?(?: on {date})?", date


_QUANTITY = _quantity_pattern()
_EXEMPT = re.compile(rf"(?<!\w)(?:an? )?{_any_of(LEXICON['exemptions']['phrases'])}(?!\w)", re.IGNORECASE)
_WATCHED = Phrases(
    {
        "direction": [word for words in LEXICON["direction"].values() for word in words],
        "side": [word for words in LEXICON["side"].values() for word in words],
        **LEXICON["watched"],
    }
)


@lru_cache(maxsize=512)
def _exempt(text: str) -> tuple[tuple[int, int], ...]:
    """Return where innocent phrases stand; a field is asked for quantities and for words, one after the other."""
    return tuple(match.span() for match in _EXEMPT.finditer(text))


def _inside(span: tuple[int, int], spans: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


# Look-alikes ------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Map look-alikes to ASCII, one character for one, so that offsets stay."""
    return "".join(map(_ascii, text)) if not text.isascii() or _BREAK.search(text) else text


_BREAK = re.compile(r"[\t\n\r]")
_FIGURE = "0"
"""Stands for whatever is a figure of another script, or could hide one."""


@cache
def _ascii(character: str) -> str:
    if character.isascii():
        # A line broken inside a spelling does not end it; an empty line does, being two spaces.
        return " " if character in "\t\n\r" else character
    category = unicodedata.category(character)
    if character.isnumeric() or category in ("Cf", "Mn", "Me"):
        return _FIGURE
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
    if len(simple) == 1 and simple.isascii():
        return simple
    return character
