"""The marks within a line of Markdown: emphasis, code, links, pictures, HTML, notes."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from commentary.checks.pages.builder import Builder
from commentary.checks.pages.chars import EMPTY, Chars, decoded
from commentary.checks.pages.html_page import attributes_of, read_mark
from commentary.checks.pages.html_tokens import token_at

_MARK = re.compile(r"\\[!-/:-@\[-`{-~\n]|`+|\*+|_+|~+|<|!?\[|\]|(?<![A-Za-z0-9/])https?://[^\s<>\[\]*`\"]+")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
_TARGET = re.compile(
    r"\(\s*+(?:<(?P<angled>[^<>\n]{0,2000})>|(?P<bare>(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.){0,500}+\)){0,2000}+))"
    r"(?:\s++(?:\"(?P<double>(?:[^\"\\]|\\.){0,2000}+)\"|'(?P<single>(?:[^'\\]|\\.){0,2000}+)'"
    r"|\((?P<round>(?:[^()\\]|\\.){0,2000}+)\)))?\s*+\)",
    re.DOTALL,
)
_PARTS = {"angled": "href", "bare": "href", "double": "title", "single": "title", "round": "title"}
_REFERENCE = re.compile(r"\[([^\[\]]{0,999})\]")
_SIGNS = re.compile(r"[*_`~\[\]\\]")
_STROKE = 2
"""More signs in a row strike nothing out."""
_AT_END = ".,;:!?)'’”"


def label_of(written: str) -> str:
    """Return the label of a reference as it is compared."""
    return " ".join(written.split()).casefold()


class Inline:
    """Hands the words of one block of Markdown to a builder, without their marks.

    Args:
        chars: the block.
        builder: what takes the words.
        known: labels of references and notes that the file defines.
    """

    def __init__(self, chars: Chars, builder: Builder, known: frozenset[str]) -> None:
        self._chars = chars
        self._builder = builder
        self._known = known
        self._marks = [match.span() for match in _MARK.finditer(chars.text)]
        self._broken_tag = False
        self._struck = False

    def read(self) -> None:
        """Read the block."""
        text = self._chars.text
        if not self._marks:
            self._builder.text(self._chars)
            return
        dropped = self._emphasis()
        ticks = self._ticks()
        closing = self._brackets()
        ends: dict[int, int] = {}
        at = i = 0
        while i < len(self._marks):
            start, end = self._marks[i]
            i += 1
            if start < at:
                continue
            mark = text[start:end]
            after = at
            if mark[0] == "\\":
                self._words(at, start)
                at = start + 1 if mark[1] != "\n" else end
                continue
            if mark[0] in "*_~":
                if cut := dropped.get(start, 0):
                    # What is left of a longer run is read as it stands.
                    self._words(at, end - cut)
                    at = end
                    if mark[0] == "~":
                        self._strike()
                continue
            if start in ends:
                self._words(at, start)
                self._builder.close("a")
                at = ends[start]
                continue
            if mark[0] == "`":
                after = self._code(at, start, end, ticks)
            elif mark == "<":
                after = self._angle(at, start)
            elif mark in ("[", "!["):
                after = self._link(at, start, end, closing, ends)
            elif mark.startswith("http"):
                stop = start + len(mark.rstrip(_AT_END))
                self._words(at, start)
                self._builder.address(self._chars.cut(start, stop))
                after = stop
            at = max(at, after)
        self._words(at, len(text))

    def _strike(self) -> None:
        self._struck = not self._struck
        if self._struck:
            self._builder.open("del", {})
        else:
            self._builder.close("del")

    def _words(self, start: int, end: int) -> None:
        if end > start:
            self._builder.text(self._chars.cut(start, end))

    # Emphasis ------------------------------------------------------------------------------------------

    def _emphasis(self) -> dict[int, int]:
        """Return how many characters of each run of marks are marks; of a run without its other end none are."""
        found: dict[int, int] = {}
        opened: dict[str, list[tuple[int, int]]] = {"*": [], "_": [], "~": []}
        for start, end in self._marks:
            sign = self._chars.text[start]
            if sign not in opened:
                continue
            opens, closes = self._flanks(start, end, sign)
            left = end - start
            if sign == "~":
                # A stroke ends where as many signs stand as it began with.
                same = next((one for one in reversed(opened[sign]) if one[1] == left), None) if closes else None
                if same is not None:
                    found[same[0]] = found[start] = left
                    opened[sign].clear()
                elif opens and left <= _STROKE:
                    opened[sign].append((start, left))
                continue
            while closes and left and opened[sign]:
                place, length = opened[sign].pop()
                used = min(left, length)
                found[place] = found.get(place, 0) + used
                found[start] = found.get(start, 0) + used
                left -= used
                if used < length:
                    opened[sign].append((place, length - used))
            if opens and left:
                opened[sign].append((start, left))
        return found

    def _flanks(self, start: int, end: int, sign: str) -> tuple[bool, bool]:
        text = self._chars.text
        before, behind = text[start - 1 : start] or " ", text[end : end + 1] or " "
        opens, closes = not behind.isspace(), not before.isspace()
        if sign == "_":
            return opens and not before.isalnum(), closes and not behind.isalnum()
        return opens, closes

    # Code ----------------------------------------------------------------------------------------------

    def _ticks(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for start, end in self._marks:
            if self._chars.text[start] == "`":
                found.setdefault(end - start, []).append(start)
        return found

    def _code(self, at: int, start: int, end: int, ticks: dict[int, list[int]]) -> int:
        same = ticks[end - start]
        i = bisect_right(same, start)
        if i == len(same):
            return at
        self._words(at, start)
        self._builder.text(self._chars.cut(end, same[i]), plain=True)
        return same[i] + end - start

    # HTML ----------------------------------------------------------------------------------------------

    def _angle(self, at: int, start: int) -> int:
        text = self._chars.text
        if found := _AUTOLINK.match(text, start):
            self._words(at, start)
            self._builder.address(self._chars.cut(*found.span(1)))
            return found.end()
        first = text[start + 1 : start + 2]
        if self._broken_tag or not (first.isalpha() or first in ("/", "!", "?")):
            return at
        token = token_at(text, start)
        if token is None:
            self._broken_tag = True
            return at
        self._words(at, start)
        if token.kind == "open":
            self._builder.open(token.name, attributes_of(self._chars, token, self._builder))
        else:
            read_mark(self._chars, token, self._builder)
        return token.end

    # Links ---------------------------------------------------------------------------------------------

    def _brackets(self) -> dict[int, int]:
        """Return where each bracket that is closed is closed."""
        found: dict[int, int] = {}
        opened: list[int] = []
        for start, end in self._marks:
            mark = self._chars.text[start:end]
            if mark in ("[", "!["):
                opened.append(start)
            elif mark == "]" and opened:
                found[opened.pop()] = start
        return found

    def _link(self, at: int, start: int, end: int, closing: dict[int, int], ends: dict[int, int]) -> int:
        text = self._chars.text
        closed = closing.get(start)
        if closed is None:
            return at
        inside = text[end:closed]
        if inside.startswith("^") and label_of(inside) in self._known:
            self._words(at, start)
            return closed + 1
        target = _TARGET.match(text, closed + 1)
        reference = _REFERENCE.match(text, closed + 1)
        if target is not None:
            after = target.end()
        elif reference is not None and label_of(reference[1] or inside) in self._known:
            after = reference.end()
        elif label_of(inside) in self._known:
            after = closed + 1
        else:
            return at
        self._words(at, start)
        picture = text[start] == "!"
        attributes = dict(self._attributes(target, picture)) if target else {}
        if picture:
            self._builder.aside("alt text", self._plain(end, closed))
            if "title" in attributes:
                self._builder.aside("link title", attributes["title"])
            return after
        if "title" in attributes:
            self._builder.aside("link title", attributes.pop("title"))
        self._builder.open("a", attributes)
        ends[closed] = after
        return end

    def _attributes(self, target: re.Match[str], picture: bool) -> Iterator[tuple[str, Chars]]:
        wide = self._builder.wide
        for group, name in _PARTS.items():
            if target[group] and not (picture and name == "href"):
                yield name, decoded(self._chars.cut(*target.span(group)), wide)

    def _plain(self, start: int, end: int) -> Chars:
        """Return the words of a picture without the marks among them."""
        chars = self._chars.cut(start, end)
        kept = [i for i, character in enumerate(chars.text) if not _SIGNS.match(character)]
        if not kept:
            return EMPTY
        plain = Chars("".join(chars.text[i] for i in kept), [chars.places[i] for i in kept])
        return decoded(plain, self._builder.wide)
