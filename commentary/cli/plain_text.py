"""What a checker reads of a text file: its visible words, line by line, with headings as "## ".

Markup, comments, front matter and link addresses go; line breaks stay where they are.
"""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=[^\s_])_{1,3}(?!\w)|`+|~~)")
_QUOTE = re.compile(r"^> ?", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PAGE = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|section|h[1-6]|div|p)\b", re.I | re.S
)
"""How a page of HTML begins, whole or a piece of one."""
_MARKDOWN_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*(?:---\n.*?\n---\n|#{1,6} \S)", re.DOTALL)
_HEADING = re.compile(r"^#{1,6} \S|^\S.*\n(?:=+|-{2,})\s*$", re.MULTILINE)

_BLOCKS = {
    "p",
    "li",
    "dt",
    "dd",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "aside",
    "td",
    "th",
    "tr",
    "br",
}
_HIDDEN = {"head", "title", "script", "style", "template", "noscript"}
_VOID = {"br", "hr", "img", "meta", "link", "input", "col", "wbr", "source"}


class Visible(NamedTuple):
    """What a reader sees of a file."""

    text: str
    places: tuple[int, ...] | None
    """Where each character of the text stands in the file; None for HTML, which is taken apart and put together."""


def plain_text(content: str, name: str) -> str:
    """Return the visible text of a file, told apart by the ending of its name, else by how it begins."""
    return visible(content, name).text


def visible(content: str, name: str) -> Visible:
    """Return the visible text of a file with the places of its characters."""
    ending = Path(name).suffix.lower()
    if ending in (".html", ".htm"):
        return Visible(_html(content), None)
    if ending in (".md", ".markdown"):
        return _markdown(content)
    # What comes through a pipe has no ending, and a page can be saved under any.
    if _PAGE.match(content):
        return Visible(_html(content), None)
    if not ending and _MARKDOWN_PAGE.match(content):
        return _markdown(content)
    return Visible(content, tuple(range(len(content))))


def has_heading(text: str) -> bool:
    """Say whether a text is laid out as an article."""
    return _HEADING.search(text) is not None


def _markdown(content: str) -> Visible:
    seen = Visible(content, tuple(range(len(content))))
    for pattern, kept in (
        (_FRONT_MATTER, _breaks),
        (_COMMENT, _breaks),
        (_LINK, _inner),
        (_QUOTE, _none),
        (_EMPHASIS, _none),
        (_ESCAPED, _inner),
    ):
        seen = _without(seen, pattern, kept)
    return seen


def _without(seen: Visible, pattern: re.Pattern[str], kept: Callable[[re.Match[str]], list[int]]) -> Visible:
    """Return a text of whose matches only some characters are kept, each with its place."""
    stay: list[int] = []
    at = 0
    for match in pattern.finditer(seen.text):
        stay.extend(range(at, match.start()))
        stay.extend(kept(match))
        at = match.end()
    if not at:
        return seen
    stay.extend(range(at, len(seen.text)))
    places = seen.places or ()
    return Visible("".join([seen.text[i] for i in stay]), tuple([places[i] for i in stay]))


def _breaks(found: re.Match[str]) -> list[int]:
    return [found.start() + i for i, character in enumerate(found[0]) if character == "\n"]


def _inner(found: re.Match[str]) -> list[int]:
    return list(range(*found.span(1)))


def _none(_: re.Match[str]) -> list[int]:
    return []


def _html(content: str) -> str:
    reader = _Visible()
    reader.feed(content)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.parts)).strip() + "\n"


class _Visible(HTMLParser):
    """Collects what a reader sees; our own table of facts is not part of the text."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self._break(tag)
            return
        table = tag == "details" and ("class", "facts") in attrs
        if self._hidden or tag in _HIDDEN or table or ("hidden", None) in attrs:
            self._hidden.append(tag)
            return
        self._break(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.parts.append(f"\n\n{'#' * int(tag[1])} ")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag in self._hidden:
                while self._hidden.pop() != tag:
                    pass
            return
        self._break(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"[ \t\r\n]+", " ", data) if data.strip() else (" " if data else ""))

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n")
