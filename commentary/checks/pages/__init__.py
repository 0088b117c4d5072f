"""Pages: HTML and Markdown read as a reader, a search engine and a screen reader get them, place by place."""

import re
from pathlib import Path

from commentary.checks.pages.builder import Builder
from commentary.checks.pages.chars import whole
from commentary.checks.pages.html_page import read_html
from commentary.checks.pages.markdown_page import read_markdown
from commentary.checks.pages.page import Page as Page

_COMMENTS = r"\s*(?:<!--.*?-->\s*)*"
_HTML = re.compile(
    rf"{_COMMENTS}<(?:!doctype\s+html|\?xml|html|head|body|article|main|section|header|table|ul|ol|dl|figure|h[1-6]|div|p)\b",
    re.I | re.S,
)
"""How a page of HTML begins, whole or a piece of one; it can be saved under any ending."""
_HTML_ENDINGS = (".html", ".htm", ".xhtml")
_MARKDOWN_ENDINGS = (".md", ".markdown")
_MARKDOWN = re.compile(rf"{_COMMENTS}(?:---\n.*?\n---\n|#{{1,6}} \S)", re.DOTALL)


def read_page(content: str, name: str) -> Page | None:
    """Return a file as a page, told apart by the ending of its name, else by how it begins; None for plain text."""
    ending = Path(name).suffix.lower()
    if is_html(content, name):
        return _read(content, html=True)
    # What comes through a pipe has no ending.
    if ending in _MARKDOWN_ENDINGS or (not ending and _MARKDOWN.match(content)):
        return _read(content, html=False)
    return None


def is_html(content: str, name: str) -> bool:
    """Say whether a file is a page of HTML, by the ending of its name, else by how it begins."""
    ending = Path(name).suffix.lower()
    return ending in _HTML_ENDINGS or (ending not in _MARKDOWN_ENDINGS and _HTML.match(content) is not None)


def _read(content: str, *, html: bool) -> Page:
    builder = Builder(content)
    if html:
        read_html(whole(content), builder)
    else:
        read_markdown(content, builder)
    return builder.page()
