"""A run of words between two blocks: what a reader sees of it, and what else others make of it."""

import re
from collections.abc import Iterator

from commentary.checks.pages.attributes import Attributes
from commentary.checks.pages.chars import Chars, joined, settled
from commentary.checks.pages.page import JOINED, STRUCK

Run = list[tuple[Chars, int]]
"""Pieces of words, each with the flags of the elements around it."""

_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0?\.?0+(?![.\d])|font-size\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_STRIKES = frozenset({"del", "s", "strike"})
_STROKE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_HIDDEN, _UNHEARD, _STRUCK = 1, 2, 4


def flag_of(tag: str, attributes: Attributes) -> int:
    """Return how an element shows its words: hidden, kept from screen readers, struck out."""
    style = attributes["style"].text if "style" in attributes else ""
    flag = _HIDDEN if "hidden" in attributes or _UNSEEN.search(style) or tag in ("template", "noscript") else 0
    if "aria-hidden" in attributes and attributes["aria-hidden"].text.strip().casefold() == "true":
        flag |= _UNHEARD
    if tag in _STRIKES or _STROKE.search(style):
        flag |= _STRUCK
    return flag


def flags_in(flag: int) -> list[int]:
    """Return the single flags of a sum of them."""
    return [one for one in (_HIDDEN, _UNHEARD, _STRUCK) if flag & one]


def seen(run: Run) -> Chars:
    """Return what a reader sees of a run."""
    return settled(joined(chars for chars, flag in run if not flag & (_HIDDEN | _STRUCK)))


def unseen(run: Run) -> Iterator[tuple[str, Chars]]:
    """Yield what a search engine or a screen reader makes of a run, where it is not what is seen."""
    if any(flag & _STRUCK for _, flag in run):
        # What is struck out can still be read, and says nothing that the text could be held to.
        yield STRUCK, joined(chars for chars, flag in run if not flag & _HIDDEN)
    if any(flag & _HIDDEN for _, flag in run):
        yield from _hidden_parts(run)
    if any(flag & _UNHEARD for _, flag in run):
        heard = joined(chars for chars, flag in run if not flag)
        if settled(heard).text != seen(run).text:
            yield JOINED, heard


def _hidden_parts(run: Run) -> list[tuple[str, Chars]]:
    """Return the hidden parts of a run, each for itself where space is around it, else all of the run."""
    parts: list[list[Chars]] = []
    last, before, within = "", 0, False
    for chars, flag in run:
        if not chars.text:
            continue
        hidden = flag & _HIDDEN
        if hidden != before and last and not (last.isspace() or chars.text[0].isspace()):
            within = True
        if hidden and before and parts:
            parts[-1].append(chars)
        elif hidden:
            parts.append([chars])
        last, before = chars.text[-1], hidden
    if within:
        return [(JOINED, joined(chars for chars, _ in run))]
    return [("hidden", joined(pieces)) for pieces in parts]
