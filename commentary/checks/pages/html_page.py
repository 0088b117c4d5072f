"""Reads HTML: hands a builder its tags, its texts and what stands in its scripts of linked data."""

from commentary.checks.pages.builder import Builder
from commentary.checks.pages.chars import Chars, decoded
from commentary.checks.pages.html_tokens import Token, comment_text, tokens
from commentary.checks.pages.linked_data import linked_data

_LINKED_DATA = "application/ld+json"


def read_html(chars: Chars, builder: Builder) -> None:
    """Read a piece of HTML."""
    script = ""
    for token in tokens(chars.text):
        if token.kind == "text" and token.name == "title":
            builder.aside("title", decoded(chars.cut(token.start, token.end), builder.wide))
        elif token.kind == "text":
            builder.text(chars.cut(token.start, token.end))
        elif token.kind == "raw":
            if token.name == "script" and script == _LINKED_DATA:
                read_linked_data(chars.cut(token.start, token.end), builder)
            elif token.name == "style":
                builder.style(chars.cut(token.start, token.end))
        elif token.kind == "open":
            attributes = attributes_of(chars, token, builder)
            script = attributes["type"].text.strip().casefold() if "type" in attributes else ""
            builder.open(token.name, attributes)
        else:
            read_mark(chars, token, builder)


def read_mark(chars: Chars, token: Token, builder: Builder) -> None:
    """Read the end of an element, or a comment."""
    if token.kind == "close":
        builder.close(token.name)
    elif token.kind == "comment":
        builder.comment(chars.cut(*comment_text(chars.text, token)))


def attributes_of(chars: Chars, token: Token, builder: Builder) -> dict[str, Chars]:
    """Return a tag's attributes, with their character references read."""
    return {name: decoded(chars.cut(start, end), builder.wide, attribute=True) for name, start, end in token.attributes}


def read_linked_data(chars: Chars, builder: Builder) -> None:
    """Read the texts of a script of linked data; one that holds markup is read as a page of its own."""
    for name, value in linked_data(chars, builder.wide):
        builder.aside(f"JSON-LD {name}", _words(value, builder))


def _words(value: Chars, builder: Builder) -> Chars:
    """Return a text of linked data without the markup that an answer or a description may hold."""
    if "<" not in value.text and "&" not in value.text:
        return value
    inner = Builder("")
    inner.wide = builder.wide
    read_html(value, inner)
    return builder.absorb(inner)
