"""Plain text for a terminal, a mail or a pipe.

Headings are underlined where bold cannot be shown, so that a reader, and the checker, still sees them.
"""

from textwrap import TextWrapper

from commentary.publishing.base import Block, View, blocks, formats, marked
from commentary.records.draft import Draft

WIDEST = 88
"""Longer lines are hard to read."""
NARROWEST = 40
_SHORT = 16
_HELD = "\ue000"
"""A private character that stands for a space within a mention while lines are broken."""
_BOLD, _DIM, _ITALIC, _PLAIN = "\033[1m", "\033[2m", "\033[3m", "\033[0m"
_LOOKS = {
    "standfirst": _ITALIC,
    "byline": _DIM,
    "notice": _DIM,
    "question": _BOLD,
    "label": _BOLD,
    "small": _DIM,
}
_RULES = {"headline": "=", "heading": "-"}


@formats.add("text")
def text(draft: Draft, view: View) -> str:
    """Return the draft wrapped to the view's width."""
    width = max(NARROWEST, min(view.width, WIDEST))
    shown: list[str] = []
    listing = False
    for block in blocks(draft, view):
        held = block._replace(text=_hold(draft, block)) if block.path else block
        paragraphs = _paragraph(held, width, colour=view.colour)
        if listing and block.kind == "item" and not block.lead:
            shown[-1] += "\n" + paragraphs.pop()
        shown.extend(paragraphs)
        listing = block.kind == "item"
    return "\n\n".join(shown).replace(_HELD, " ") + "\n"


def _hold(draft: Draft, block: Block) -> str:
    """Return the text with short mentions held together, so that no line ends in "$1.07"."""
    return "".join(
        piece.replace(" ", _HELD) if mention and len(piece) <= _SHORT else piece
        for piece, mention in marked(draft, block.path, block.text)
    )


def _paragraph(block: Block, width: int, *, colour: bool) -> list[str]:
    if block.kind == "item":
        lead = [_look(_wrap(block.lead, width), _BOLD, colour=colour)] if block.lead else []
        return [*lead, _wrap(block.text, width, "- ", "  ")]
    if block.kind in _RULES:
        wrapped = _wrap(block.text, width)
        if colour:
            space = "" if block.kind == "headline" else "\n"
            return [space + _look(wrapped, _BOLD, colour=True)]
        longest = max(map(len, wrapped.splitlines()))
        return [f"{wrapped}\n{_RULES[block.kind] * longest}"]
    wrapped = _wrap(f"{block.lead} {block.text}" if block.lead else block.text, width)
    if block.lead and colour:
        return [wrapped.replace(block.lead, _look(block.lead, _BOLD, colour=True), 1)]
    return [_look(wrapped, _LOOKS.get(block.kind, ""), colour=colour)]


def _wrap(words: str, width: int, first: str = "", rest: str = "") -> str:
    wrapper = TextWrapper(
        width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.fill(words)


def _look(shown: str, code: str, *, colour: bool) -> str:
    if not colour or not code:
        return shown
    return "\n".join(f"{code}{line}{_PLAIN}" for line in shown.splitlines())
