"""What a checker reads of a text file: its visible words, line by line, with headings as "## ".

Markup, comments, front matter and link addresses go; line breaks stay where they are.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

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


def plain_text(content: str, name: str) -> str:
    """Return the visible text of a file, told apart by the ending of its name, else by how it begins."""
    ending = Path(name).suffix.lower()
    if ending in (".html", ".htm"):
        return _html(content)
    if ending in (".md", ".markdown"):
        return _markdown(content)
    # What comes through a pipe has no ending, and a page can be saved under any.
    if _PAGE.match(content):
        return _html(content)
    return _markdown(content) if not ending and _MARKDOWN_PAGE.match(content) else content


def has_heading(text: str) -> bool:
    """Say whether a text is laid out as an article."""
    return _HEADING.search(text) is not None


def _markdown(content: str) -> str:
    text = _FRONT_MATTER.sub(_blank, content)
    text = _COMMENT.sub(_blank, text)
    text = _LINK.sub(r"\1", text)
    text = _QUOTE.sub("", text)
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub("", text))


def _blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


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
