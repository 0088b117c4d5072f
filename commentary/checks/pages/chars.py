"""A stretch of text whose characters know where they stand in the file, and character references taken out of it."""

import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import NamedTuple

Wide = dict[int, int]
"""Where a character ends in the file that is written with several: an entity, an escape."""

_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9A-Fa-f]+;?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_LONGEST_NUMBER = 7
_LOST = "\ufffd"
_SPACE = " \t\r\n\f\v"
_WORDS = re.compile(rf"[^{_SPACE}]+")


class Chars(NamedTuple):
    """Text with the place of each of its characters in the file."""

    text: str
    places: Sequence[int]

    def cut(self, start: int, end: int) -> "Chars":
        """Return a stretch of it."""
        return Chars(self.text[start:end], self.places[start:end])

    def span(self, wide: Wide) -> tuple[int, int]:
        """Return where it begins and ends in the file."""
        last = self.places[-1]
        return self.places[0], wide.get(last, last + 1)


EMPTY = Chars("", ())


def whole(content: str) -> Chars:
    """Return the characters of a whole file."""
    return Chars(content, range(len(content)))


def joined(pieces: Iterable[Chars], between: str = "") -> Chars:
    """Return pieces as one; what is put between them stands where the next begins."""
    text: list[str] = []
    places: list[int] = []
    for piece in pieces:
        if text and between and piece.text:
            text.append(between)
            places += [piece.places[0]] * len(between)
        text.append(piece.text)
        places += piece.places
    return Chars("".join(text), places)


def settled(chars: Chars) -> Chars:
    """Return a text with every run of white space a single space, and none at its ends; no-break spaces stay."""
    words = [match.span() for match in _WORDS.finditer(chars.text)]
    if len(words) == 1:
        return chars.cut(*words[0])
    text: list[str] = []
    places: list[int] = []
    for i, (start, end) in enumerate(words):
        if i:
            text.append(" ")
            places.append(chars.places[start - 1])
        text.append(chars.text[start:end])
        places += chars.places[start:end]
    return Chars("".join(text), places)


def decoded(chars: Chars, wide: Wide, *, attribute: bool = False) -> Chars:
    """Return a text with its character references read; in an attribute one without a semicolon is none."""
    if "&" not in chars.text:
        return chars
    pieces: list[Chars] = []
    at = 0
    for match in _REFERENCE.finditer(chars.text):
        written = match[0]
        if attribute and not written.endswith(";"):
            continue
        meant = _meant(written)
        if meant == written:
            continue
        start, end = match.span()
        place, last = chars.places[start], chars.places[end - 1]
        wide[place] = wide.get(last, last + 1)
        pieces += [chars.cut(at, start), Chars(meant, [place] * len(meant))]
        at = end
    return joined([*pieces, chars.cut(at, len(chars.text))])


def _meant(written: str) -> str:
    number = written.strip("&#xX;").lstrip("0")
    if written[1] == "#" and len(number) > _LONGEST_NUMBER:
        return _LOST
    return unescape(written)
