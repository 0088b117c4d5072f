"""Words that stand in another form than a reader gets them: escaped in an address, or put in by a style sheet."""

import re
from collections.abc import Iterator

from commentary.checks.pages.chars import Chars, Wide, joined

_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_MESSAGE = re.compile(r"\s*(?:mailto|sms|smsto):[^?#]*\?", re.IGNORECASE)
_PREFILLED = re.compile(r"(?:^|[?&;])(subject|body)=([^&#]*)", re.IGNORECASE)
_CONTENT = re.compile(
    r"(?<![\w-])content\s*:(?P<value>(?:[^;}\"']|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')*)", re.I | re.S
)
_STRING = re.compile(r"\"((?:\\.|[^\"\\])*)\"|'((?:\\.|[^'\\])*)'", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})\s?|(.))", re.DOTALL)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LAST = 0x10FFFF


def prefilled(address: Chars, wide: Wide) -> Iterator[tuple[str, Chars]]:
    """Yield subject and body of the message that a link begins, as its reader gets them."""
    begun = _MESSAGE.match(address.text)
    if begun is None:
        return
    for match in _PREFILLED.finditer(address.text, begun.end() - 1):
        yield match[1].casefold(), unescaped(address.cut(*match.span(2)), wide)


def unescaped(path: Chars, wide: Wide) -> Chars:
    """Return a part of an address without its escapes: "9%25" is 9%."""
    if "%" not in path.text:
        return path
    pieces: list[Chars] = []
    at = 0
    for match in _ENCODED.finditer(path.text):
        low, high = match.span()
        meant = bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace")
        pieces.append(path.cut(at, low))
        step = 3 if len(meant) * 3 == high - low else 0
        for i, character in enumerate(meant):
            first, last = (low + i * step, low + i * step + 2) if step else (low, high - 1)
            place, until = path.places[first], path.places[last]
            wide[place] = wide.get(until, until + 1)
            pieces.append(Chars(character, [place]))
        at = high
    return joined([*pieces, path.cut(at, len(path.text))])


def contents(sheet: Chars, wide: Wide) -> Iterator[Chars]:
    """Yield the words that a style sheet writes before or behind elements: `content: "…"`."""
    comments = [match.span() for match in _CSS_COMMENT.finditer(sheet.text)]
    for rule in _CONTENT.finditer(sheet.text):
        if any(start <= rule.start() < end for start, end in comments):
            continue
        strings = [
            _meant(sheet.cut(*match.span(1 if match[1] is not None else 2)), wide)
            for match in _STRING.finditer(sheet.text, *rule.span("value"))
        ]
        words = joined(strings)
        # Quotation marks, arrows and other ornaments are no words.
        if any(one.isalnum() for one in words.text):
            yield words


def _meant(string: Chars, wide: Wide) -> Chars:
    pieces: list[Chars] = []
    at = 0
    for match in _ESCAPE.finditer(string.text):
        start, end = match.span()
        code = int(match[1], 16) if match[1] else 0
        meant = (chr(code) if 0 < code <= _LAST and not 0xD800 <= code < 0xE000 else "\ufffd") if match[1] else match[2]
        place, last = string.places[start], string.places[end - 1]
        wide[place] = wide.get(last, last + 1)
        pieces += [string.cut(at, start), Chars("" if meant == "\n" else meant, [place] * (meant != "\n"))]
        at = end
    return joined([*pieces, string.cut(at, len(string.text))])
