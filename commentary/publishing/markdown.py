"""Markdown without front matter: a line per paragraph, escaped only where Markdown would read a sign."""

import re

from commentary.publishing.base import Block, View, blocks, formats
from commentary.records.draft import Draft

_ANYWHERE = re.compile(r"[\\`*\[\]<~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
"""Signs of emphasis, code, links, HTML, strike-through and entities; not an underscore within a word."""
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
"""Not the no-break space, which holds a figure together."""


@formats.add("markdown")
def markdown(draft: Draft, view: View) -> str:
    """Return the draft as CommonMark."""
    lines: list[str] = []
    for block in blocks(draft, view):
        if block.kind == "item" and not block.lead and lines and lines[-1].startswith("- "):
            lines[-1] += "\n" + _paragraph(block)
        else:
            lines.append(_paragraph(block))
    return "\n\n".join(lines) + "\n"


def _paragraph(block: Block) -> str:
    text = escape(block.text)
    if block.kind == "headline":
        return f"# {_closed(text)}"
    if block.kind == "heading":
        return f"## {_closed(text)}"
    if block.kind == "question":
        return f"### {_closed(text)}"
    if block.kind == "item":
        lead = f"**{escape(block.lead)}**\n\n" if block.lead else ""
        return f"{lead}- {text}"
    if block.kind == "label":
        return f"**{text}**"
    if block.kind in ("standfirst", "byline", "small"):
        return f"*{text}*"
    if block.kind == "notice":
        return f"> {text}"
    return f"**{escape(block.lead)}** {text}" if block.lead else text


def escape(text: str) -> str:
    """Return one line that Markdown shows as the text reads, with white space settled."""
    line = _ANYWHERE.sub(lambda sign: "\\" + sign[0], _SPACE.sub(" ", text).strip(" "))
    number = re.match(r"\d{1,9}(?=[.)](?:\s|$))", line)
    if number:
        return f"{number[0]}\\{line[number.end() :]}"
    return f"\\{line}" if re.match(r"[#>+=-]", line) else line


def _closed(heading: str) -> str:
    """Escape a run of # that would close the heading."""
    return re.sub(r"(?<=\s)(#+)$", r"\\\1", heading)
