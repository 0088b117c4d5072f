"""Front matter: the values between the lines --- that a page, a search engine or a feed shows.

Read line by line, as sites write it: names with values, texts in quotes or folded, lists. A name that is not known
is read where its value is prose.
"""

import re
from collections.abc import Iterator
from typing import Literal

from commentary.checks.pages.chars import Chars, joined
from commentary.checks.pages.words import names

_FENCED = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(.*?)^(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"(?P<indent>[ \t]*(?:- +)?)(?P<name>\"?[A-Za-z_][\w.:-]*?\"?)[ \t]*[:=](?:[ \t]+(?P<value>.*))?$")
_ITEM = re.compile(r"[ \t]*- +(?P<value>.*)$")
_FOLDED = re.compile(r"[|>][+-]?[0-9]?[ \t]*(?:#.*)?$")
_WORD = re.compile(r"[A-Za-z]{2,}")
_COMMENT = re.compile(r"(?:^|[ \t]+)#.*$")

Use = Literal["read", "address", "machine", "prose"]


def front_matter(chars: Chars) -> int:
    """Return where the front matter of a file ends; 0 where there is none."""
    found = _FENCED.match(chars.text)
    return found.end() if found else 0


def values(chars: Chars, end: int) -> Iterator[tuple[str, Use, Chars]]:
    """Yield the values of the front matter that ends at `end`, each with its name and how it is to be read."""
    above: list[tuple[int, str]] = []
    name, at = "", 0
    use: Use = "prose"
    held: list[Chars] = []
    for line in chars.text[:end].splitlines(keepends=True):
        start, at = at, at + len(line)
        line = line.rstrip("\r\n")
        if not line.strip() or line.strip() in ("---", "+++", "...") or line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip(" \t-"))
        entry, item = _ENTRY.match(line), _ITEM.match(line)
        if (entry or item) and held:
            yield name, use, joined(held, " ")
            held = []
        if entry:
            while above and above[-1][0] >= indent:
                above.pop()
            name = entry["name"].strip('"')
            above.append((indent, name))
            use = _use(tuple(each for _, each in above))
            low, high = entry.span("value") if entry["value"] is not None else (len(line), len(line))
        elif item:
            low, high = item.span("value")
        else:
            low, high = len(line) - len(line.lstrip()), len(line)
        low, high = _trimmed(line, low, high)
        if low < high and not (entry and _FOLDED.match(line, low)):
            value = chars.cut(start + low, start + high)
            if use != "prose" or not entry or len(_WORD.findall(value.text)) > 1:
                use = "read" if use == "prose" else use
                # A text goes on in the lines below its name.
                held.append(value)
    if held:
        yield name, use, joined(held, " ")


def _use(path: tuple[str, ...]) -> Use:
    """Return how a value is read: by its own name, else by the nearest name above it that is known."""
    for name in reversed(path):
        small = name.casefold()
        words = set(re.split(r"[._:-]", small)) | {small}
        if words & names("front_matter", "read"):
            return "read"
        if words & names("front_matter", "addresses"):
            return "address"
        if words & names("front_matter", "machine"):
            return "machine"
    return "prose"


def _trimmed(line: str, low: int, high: int) -> tuple[int, int]:
    """Return where a value stands without its quotes, the comment behind it and the space around it."""
    while low < high and line[low] in " \t[,":
        low += 1
    while low < high and line[high - 1] in " \t],":
        high -= 1
    if low < high and line[low] in "\"'":
        closing = line.rfind(line[low], low + 1, high)
        return low + 1, closing if closing > low else high
    if comment := _COMMENT.search(line, low, high):
        high = comment.start()
    return low, high
