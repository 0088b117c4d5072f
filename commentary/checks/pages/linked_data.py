"""JSON-LD: every text value that a search engine may show, with the place of each of its characters.

The JSON is not loaded but read sign by sign, so that a broken end hides nothing that stands before it.
"""

import re
from collections.abc import Iterator

from commentary.checks.pages.chars import Chars, Wide, joined
from commentary.checks.pages.words import names

_SIGN = re.compile(r"\"(?P<text>(?:[^\"\\]|\\.)*+)\"?|(?P<number>-?[0-9][0-9.eE+-]*+)|(?P<mark>[{}\[\]:,])", re.DOTALL)
_ESCAPE = re.compile(r"(?:\\u[0-9A-Fa-f]{4})+|\\.", re.DOTALL)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def linked_data(chars: Chars, wide: Wide) -> Iterator[tuple[str, Chars]]:
    """Yield each text or number with the name it stands under; what is only for machines is left out."""
    machine = names("linked_data", "machine")
    name, above = "", [""]
    awaits_name = [False]
    for sign in _SIGN.finditer(chars.text):
        if mark := sign["mark"]:
            if mark in "{[":
                above.append(name)
                awaits_name.append(mark == "{")
            elif mark in "}]" and len(above) > 1:
                name = above.pop()
                awaits_name.pop()
            elif mark == ",":
                name = above[-1] if not _in_object(awaits_name) else ""
                awaits_name[-1] = _in_object(awaits_name)
            continue
        part = "text" if sign["text"] is not None else "number"
        value = chars.cut(*sign.span(part))
        if part == "text" and awaits_name[-1] and chars.text[sign.end() : sign.end() + 80].lstrip()[:1] == ":":
            name = sign["text"]
        elif not name.startswith("@") and name.casefold() not in machine:
            yield name or above[-1], _unescaped(value, wide) if part == "text" else value


def _in_object(awaits_name: list[bool]) -> bool:
    return awaits_name[-1]


def _unescaped(chars: Chars, wide: Wide) -> Chars:
    if "\\" not in chars.text:
        return chars
    pieces: list[Chars] = []
    at = 0
    for match in _ESCAPE.finditer(chars.text):
        start, end = match.span()
        pieces.append(chars.cut(at, start))
        for meant, low, high in _meant(match[0]):
            place, last = chars.places[start + low], chars.places[start + high - 1]
            wide[place] = wide.get(last, last + 1)
            pieces.append(Chars(meant, [place] * len(meant)))
        at = end
    return joined([*pieces, chars.cut(at, len(chars.text))])


def _meant(written: str) -> Iterator[tuple[str, int, int]]:
    """Yield the characters of an escape, or of several that follow each other, with where each is written."""
    if written[1] != "u" or len(written) < 6:
        yield _SIMPLE.get(written[1], written[1]), 0, 2
        return
    units = [int(written[i + 2 : i + 6], 16) for i in range(0, len(written), 6)]
    i = 0
    while i < len(units):
        paired = i + 1 < len(units) and 0xD800 <= units[i] < 0xDC00 <= units[i + 1] < 0xE000
        width = 2 if paired else 1
        if paired:
            meant = chr(0x10000 + ((units[i] - 0xD800) << 10) + (units[i + 1] - 0xDC00))
        else:
            meant = "\ufffd" if 0xD800 <= units[i] < 0xE000 else chr(units[i])
        yield meant, i * 6, (i + width) * 6
        i += width
