"""A plain text taken apart into blocks: headings, paragraphs and list items, each as one line of words.

A hard-wrapped line, an indented list and a Markdown sign read the same to a checker as to a reader; each
character keeps its place in the source, so that a finding points to where it stands.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_HEADING = re.compile(r"(#{1,6}) +")
_ITEM = re.compile(r"\s*(?:[-*•] +|(\d{1,2})[.)] +(?=[A-Z]))")
_RULE = re.compile(r"\s*(=+|-{3,})\s*$")
_QUOTE = re.compile(r"\s*> ?")
_SPACE = " \t\r\n\f\v"
_RUN = re.compile(rf"[{_SPACE}]+|[^{_SPACE}]+")
_LINE = re.compile(r"[^\n]*\n?")
_EMPHASIS = re.compile(
    r"(?<![^\s(\[“\"])[*_]{1,3}(?=[^\s*_])|(?<=[^\s*_\\])[*_]{1,3}(?=[\s.,;:!?)\]”\"]|$)|\\(?=[\\`*\[\]<~_#>+=.&)-])"
)
"""Markdown's signs around words, and the stroke before a sign that is none; within a figure none is dropped."""


class Block(NamedTuple):
    """One run of words."""

    text: str
    places: tuple[int, ...]
    """Where each character of the text stands in the source."""
    level: int
    """1 for a title, 2 to 6 for a heading, 0 for anything else."""
    context: str = ""
    """Words above or beside it that say what it is of: the headings of a table's column and row."""
    kind: str = ""
    """What the place is called where it is not in the running text: "alt text"."""


def blocks(source: str) -> Iterator[Block]:
    """Yield the blocks of a text in order."""
    held: list[tuple[int, int]] = []
    number = 0
    for match in _LINE.finditer(source):
        start, end = match.span()
        line = source[start:end]
        if rule := _RULE.match(line) if held else None:
            yield _block(source, held, 1 if rule[1].startswith("=") else 2)
            held = []
        elif not line.strip():
            if held:
                yield _block(source, held, 0)
            held = []
        elif heading := _HEADING.match(line):
            if held:
                yield _block(source, held, 0)
            yield _block(source, [(start + heading.end(), end)], len(heading[1]))
            held = []
        else:
            item = _ITEM.match(line)
            # A wrapped line can begin with the day of a date; a list counts on from one.
            if item and item[1] and held and int(item[1]) != number + 1:
                item = None
            if item and held:
                yield _block(source, held, 0)
                held = []
            number = int(item[1]) if item and item[1] else number if held else 0
            mark = item or _QUOTE.match(line)
            held.append((start + mark.end() if mark else start, end))
    if held:
        yield _block(source, held, 0)


def _block(source: str, lines: list[tuple[int, int]], level: int) -> Block:
    """Join lines to one without signs of emphasis, every run of white space a single space."""
    text: list[str] = []
    places: list[int] = []
    for start, end in lines:
        signs = [match.span() for match in _EMPHASIS.finditer(source, start, end)]
        for run in _RUN.finditer(source, start, end):
            low, high = run.span()
            if run[0].isspace() and run[0].strip(_SPACE) == "":
                if text and text[-1] != " ":
                    text.append(" ")
                    places.append(low)
                continue
            for a, b in signs:
                if low <= a < high:
                    text += [source[low:a]] if low < a else []
                    places.extend(range(low, a))
                    low = b
            text += [source[low:high]] if low < high else []
            places.extend(range(low, high))
    joined = "".join(text)
    trimmed = joined.rstrip(" ")
    return Block(trimmed, tuple(places[: len(trimmed)]), level)
