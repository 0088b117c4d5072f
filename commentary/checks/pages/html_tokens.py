"""HTML cut into tags, comments and text, as a browser cuts it, in one pass and with the place of every part.

html.parser gives no place within a text or for an attribute, and in the Pythons we support it takes a time that
grows with the square of the file where tags are left open.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_OPENS = re.compile(r"<(?:!--|!|\?|/?[A-Za-z]|/)")
_NAME = re.compile(r"/?[A-Za-z][^\s/>]*+")
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)"
    r"(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)(?P<closed>\")?|'(?P<single>[^']*+)(?P<ended>')?|(?P<bare>[^\s>\"'][^\s>]*+)|(?=>)))?+"
)
_ENDS = re.compile(r"[\s/]*+>")
_COMMENT_ENDS = re.compile(r"--!?>")
RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose content is no markup and has no character references."""
_TEXT_ONLY = frozenset({"title", "textarea"})
"""Elements whose content is no markup."""
_CLOSINGS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW | _TEXT_ONLY}

Kind = Literal["text", "raw", "open", "close", "comment", "declaration"]


class Token(NamedTuple):
    """One part of the file; places count in the text that was given."""

    kind: Kind
    start: int
    end: int
    name: str = ""
    """Of a tag, or of the element that raw text stands in."""
    attributes: tuple[tuple[str, int, int], ...] = ()
    """Each attribute's name, in lower case, and where its value stands; of two of a name the first counts."""


def tokens(text: str) -> Iterator[Token]:
    """Yield the parts of a piece of HTML in order; text that is left over at a broken end is text."""
    at = 0
    size = len(text)
    while at < size:
        found = _OPENS.search(text, at)
        if found is None:
            break
        if found.start() > at:
            yield Token("text", at, found.start())
        token = token_at(text, found.start())
        if token is None:
            at = found.start()
            break
        yield token
        at = token.end
        if token.kind == "open" and token.name in _CLOSINGS:
            closing = _CLOSINGS[token.name].search(text, at)
            end = closing.start() if closing else size
            if end > at:
                yield Token("raw" if token.name in RAW else "text", at, end, token.name)
            at = end
    if at < size:
        yield Token("text", at, size)


def token_at(text: str, start: int) -> Token | None:
    """Return the tag, comment or declaration that begins at a "<"; None where the file ends before it does."""
    if text.startswith("<!--", start):
        return _comment(text, start)
    if text[start + 1 : start + 2] in ("!", "?") or (
        text.startswith("</", start) and not text[start + 2 : start + 3].isalpha()
    ):
        end = text.find(">", start)
        doctype = text[start + 2 : start + 9].casefold() == "doctype"
        return Token("declaration" if doctype else "comment", start, end + 1) if end >= 0 else None
    named = _NAME.match(text, start + 1)
    if named is None:
        return None
    at = named.end()
    found: dict[str, tuple[int, int]] = {}
    while (closed := _ENDS.match(text, at)) is None:
        attribute = _ATTRIBUTE.match(text, at)
        if attribute is None:
            return None
        part = next((part for part in ("double", "single", "bare") if attribute[part] is not None), None)
        if part and part != "bare" and attribute["closed" if part == "double" else "ended"] is None:
            return None
        found.setdefault(attribute["name"].lower(), attribute.span(part) if part else (at, at))
        at = attribute.end()
    name = named[0].lower()
    kind: Kind = "close" if name.startswith("/") else "open"
    attributes = tuple((one, *span) for one, span in found.items()) if kind == "open" else ()
    return Token(kind, start, closed.end(), name.lstrip("/"), attributes)


def comment_text(text: str, token: Token) -> tuple[int, int]:
    """Return where the words of a comment stand."""
    inner = re.compile(r"<(?:!--|!\[CDATA\[|[!?/])(.*?)(?:--!?|\]\])?>?\Z", re.DOTALL)
    found = inner.match(text[token.start : token.end])
    return (token.start + found.start(1), token.start + found.end(1)) if found else (token.end, token.end)


def _comment(text: str, start: int) -> Token:
    at = start + 4
    for empty in (">", "->"):
        if text.startswith(empty, at):
            return Token("comment", start, at + len(empty))
    closed = _COMMENT_ENDS.search(text, at)
    # One that is left open hides the rest of the page from a reader.
    return Token("comment", start, closed.end() if closed else len(text))
