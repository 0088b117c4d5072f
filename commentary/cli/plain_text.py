"""The words of an edited draft without Markdown's signs, so that they can be laid beside the draft's fields."""

import re
from pathlib import Path

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_EMPHASIS = re.compile(r"(?<!\\)(?:\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=[^\s_])_{1,3}(?!\w)|`+|~~)")
_QUOTE = re.compile(r"^> ?", re.MULTILINE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKDOWN = re.compile(r"\s*(?:<!--.*?-->\s*)*(?:---\n.*?\n---\n|#{1,6} \S)", re.DOTALL)
_ENDINGS = (".md", ".markdown")


def plain_text(content: str, name: str) -> str:
    """Return a text without Markdown's signs, where by its name or its beginning it has some.

    Line breaks stay where they are; comments, front matter and addresses of links go.
    """
    ending = Path(name).suffix.lower()
    if ending not in _ENDINGS and (ending or not _MARKDOWN.match(content)):
        return content
    for pattern in (_FRONT_MATTER, _COMMENT):
        content = pattern.sub(_breaks, content)
    content = _LINK.sub(r"\1", content)
    for pattern in (_QUOTE, _EMPHASIS):
        content = pattern.sub("", content)
    return _ESCAPED.sub(r"\1", content)


def _breaks(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")
