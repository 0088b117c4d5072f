"""Look-alikes: characters that are not what a reader takes them for, each named by its number and its Unicode name.

lookalikes.digit: a digit of another script or form in a figure, or a letter that stands for a digit.
lookalikes.sign: a percent, currency, decimal or group sign of another form beside digits.
lookalikes.hidden: a character that takes no room or turns the order of the text.
lookalikes.letter: a letter of another script in a word, as in a name.
lookalikes.space: a space of another kind within a figure, or within a name.
lookalikes.dash: a minus sign as a hyphen, or a hyphen as a minus sign.

No figure hides behind them: what they are part of is read as a figure all the same, and traces to no fact unless a
typesetter's space or dash is all that sets it apart.
"""

import re
import tomllib
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from commentary.checks import checks
from commentary.checks.base import Document, Field
from commentary.records.finding import Finding, Severity

Found = tuple[str, Severity, tuple[int, int], str]
_FILE = Path(__file__).with_name("lookalikes.toml")
_WORD = re.compile(r"[^\W_]+")
_OTHER = re.compile(r"[^\x00-\x7f]")
_AROUND = 20
_FOR_DIGITS = re.compile(
    r"(?<=[0-9])[.,]?(?P<letter>[OolI])(?=[.,]?[0-9])|(?<=[$€£])(?P<first>[OolI])(?=[.,0-9])"
    r"|(?<![\w.,])(?P<led>[OolI])(?=[.,][0-9])"
)
_DIGIT_OF = {"O": "0", "o": "0", "l": "1", "I": "1"}
_HYPHENS = "‐‑﹣－˗⁃➖"
"""Dashes that are used as a minus sign or a hyphen and are neither's usual sign."""
_MINUS = "−"
_SIGNS = frozenset("$%.,+-:/")
_OTHER_SIGNS = dict(zip("٪⁒٫․·ꓸ٬‚∶⁄∕", "%%....,,://", strict=True))
_JOINER = "\u200d"
_PICTURE_FORMS = "\ufe0e\ufe0f"
_NO_BREAK = "\u00a0"
TYPESET = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "−": "-", "‑": "-", "‐": "-"})
"""What a typesetter writes for a space, a minus sign and a hyphen: flagged, and the figure is still the figure."""


@checks.add("lookalikes")
def lookalikes(document: Document) -> Iterator[Finding]:
    """Find characters that are not what they look like."""
    for field in document.fields:
        for rule, severity, span, message in _found(document, field):
            yield document.finding(f"lookalikes.{rule}", severity, field, span, message)


def named(character: str) -> str:
    """Return a character's number and name: "U+200B ZERO WIDTH SPACE"."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'without a name')}"


def only_hidden(text: str) -> bool:
    """Say whether a text is made of nothing but characters that this checker finds, or has no need to."""
    return bool(text) and all(unicodedata.category(each) in ("Cf", "Mn", "Me") for each in text)


def _found(document: Document, field: Field) -> Iterator[Found]:
    text = field.text
    for match in _FOR_DIGITS.finditer(text):
        place = next(match.start(name) for name in ("letter", "first", "led") if match[name])
        letter = text[place]
        yield "digit", "error", (place, place + 1), f"{named(letter)} stands for a digit; write {_DIGIT_OF[letter]}"
    if text.isascii():
        return
    figures = document.language.quantities(text)
    known = document.vocabulary.givers | document.vocabulary.listed_givers | _assets(document)
    for match in _OTHER.finditer(text):
        if unicodedata.category(match[0]) == "Zs":
            yield from _space(text, match.start(), figures, known)
        else:
            yield from _one(text, match.start(), match[0])
    for word in _WORD.finditer(text):
        yield from _word(word, known)


def _one(text: str, i: int, character: str) -> Iterator[Found]:
    category = unicodedata.category(character)
    before, behind = text[i - 1 : i], text[i + 1 : i + 2]
    span = (i, i + 1)
    if category == "Cf" or character in _lists()["hidden"]["characters"]:
        if not (character == _JOINER and _is_picture(before) and _is_picture(behind)):
            around = _around(text, i)
            within = f" within {around!r}" if around else ""
            yield "hidden", "error", span, f"{named(character)} is not seen{within}; take it out"
    elif category in ("Mn", "Me"):
        accent = before and len(unicodedata.normalize("NFC", before + character)) == 1
        if not accent and character not in _PICTURE_FORMS:
            yield "hidden", "error", span, f"{named(character)} lies over the character before it; take it out"
    elif category in ("Nd", "No", "Nl"):
        yield "digit", "error", span, f"{named(character)} is no digit of ours; {_in_digits(character)}"
    elif character == _MINUS or character in _HYPHENS:
        yield from _dash(text, i, character)
    elif before.isnumeric() or behind.isnumeric():
        sign = _OTHER_SIGNS.get(character) or unicodedata.normalize("NFKC", character)
        if sign in _SIGNS:
            yield "sign", "error", span, f"{named(character)} stands for {sign!r} in a figure; write that"


def _in_digits(character: str) -> str:
    value = unicodedata.digit(character, None)
    return f"write {value}" if value is not None else "write it in digits"


def _space(text: str, i: int, figures: tuple[tuple[int, int], ...], known: frozenset[str]) -> Iterator[Found]:
    character, before, behind = text[i], text[i - 1 : i], text[i + 1 : i + 2]
    span = (i, i + 1)
    last = bisect_left(figures, (i, 0)) - 1
    if before.isnumeric() and (behind.isnumeric() or behind in (".", ",")):
        yield "space", "error", span, f"{named(character)} stands among the digits of a figure; take it out"
    elif last >= 0 and i < figures[last][1] - 1:
        yield "space", "warning", span, f"{named(character)} stands within a figure; write a plain space or none"
    elif before.isalpha() and behind.isalpha():
        left, right = _beside(text, i)
        word = "".join(_WORD.findall(left)[-1:] + _WORD.findall(right)[:1])
        if word in known:
            yield "space", "error", span, f"{named(character)} stands within the name {word}; take it out"
        elif character != _NO_BREAK:
            yield "space", "warning", span, f"{named(character)} stands between letters; write a plain space or none"


def _assets(document: Document) -> frozenset[str]:
    return frozenset(word for pair in document.vocabulary.known.assets.items() for word in pair)


def _dash(text: str, i: int, character: str) -> Iterator[Found]:
    before, behind = text[i - 1 : i], text[i + 1 : i + 2]
    span = (i, i + 1)
    if before.isalnum() and behind.isalnum() and not (before.isdigit() and behind.isdigit()):
        yield "dash", "warning", span, f"{named(character)} is used as a hyphen; write '-'"
    elif character != _MINUS and not before.isalnum() and (behind.isdigit() or behind in "$€£"):
        yield "dash", "warning", span, f"{named(character)} is used as a minus sign; write '-'"


def _word(match: re.Match[str], known: frozenset[str]) -> Iterator[Found]:
    """A word with a letter that passes for a Latin one, among Latin letters or in a word of nothing else."""
    word = match[0]
    if word.isascii():
        return
    latin = [as_latin(character) for character in word]
    odd = [one for one, meant in zip(word, latin, strict=True) if meant and not one.isascii()]
    if not odd or (len(word) == 1 and word.islower() and unicodedata.name(word, "").startswith("GREEK")):
        return
    mixed = any(one.isascii() for one in word)
    if not mixed and any(meant is None for meant in latin):
        return
    plain = "".join(meant or one for one, meant in zip(word, latin, strict=True))
    # Other Latin alphabets have such letters too, in people's names.
    if all(unicodedata.name(one, "").startswith("LATIN") for one in odd) and plain not in known:
        return
    said = ", ".join(f"{named(one)} for {as_latin(one)!r}" for one in dict.fromkeys(odd))
    yield "letter", "error", match.span(), f"{word!r} is not {plain!r}: it has {said}; write {plain!r}"


def as_latin(character: str) -> str | None:
    """Return the Latin letter or digit that a character is or passes for."""
    if character.isascii():
        return character
    letters = _lists()["letters"]
    if character in letters:
        return letters[character]
    simple = unicodedata.normalize("NFKC", character)
    # Letters of Latin alphabets with a mark of their own are what they look like.
    return simple if len(simple) == 1 and simple.isascii() and simple.isalpha() else None


def _around(text: str, i: int) -> str:
    left, right = _beside(text, i)
    return f"{left.split(' ')[-1]}{right.split(' ')[0]}"


def _beside(text: str, i: int) -> tuple[str, str]:
    return text[max(0, i - _AROUND) : i], text[i + 1 : i + 1 + _AROUND]


def _is_picture(character: str) -> bool:
    return bool(character) and (unicodedata.category(character) in ("So", "Sk") or character in _PICTURE_FORMS)


@cache
def _lists() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return found
