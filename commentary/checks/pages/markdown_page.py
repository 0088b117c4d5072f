"""Reads Markdown, CommonMark with tables and footnotes: hands a builder what each line is.

What is no mark of Markdown is text. No mark takes words away from a reader that are not handed over as something:
a picture's words, a link's title and address, a comment.
"""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from commentary.checks.pages.builder import Builder
from commentary.checks.pages.chars import Chars, decoded, joined
from commentary.checks.pages.front_matter import front_matter, values
from commentary.checks.pages.html_page import read_html
from commentary.checks.pages.markdown_inline import Inline, label_of

_LINE = re.compile(r"[^\n]*\n?")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^\n]*)$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r"([ \t]*)(?:([-*+•])|(\d{1,2})[.)])([ \t]+|$)")
_TASK = re.compile(r"\[[ xX]\] ")
_DIVIDER = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\n]+)\]:[ \t]*")
_DEFINITION = re.compile(
    r" {0,3}\[([^\]\n\[]{1,999})\]:[ \t]*(?:<([^<>\n]*)>|(\S+))"
    r"(?:[ \t]+(?:\"([^\"\n]*)\"|'([^'\n]*)'|\(([^()\n]*)\)))?[ \t]*$"
)
_HTML_RAW = re.compile(r" {0,3}<(script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_HTML_COMMENT = re.compile(r" {0,3}<!--")
_HTML_BLOCK = re.compile(
    r" {0,3}</?(?:address|article|aside|base|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl"
    r"|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main"
    r"|menu|menuitem|meta|nav|noscript|ol|optgroup|option|p|param|section|source|summary|table|tbody|td|template|tfoot"
    r"|th|thead|title|tr|track|ul)(?=[\s/>]|$)",
    re.IGNORECASE,
)
_DEEPEST = 40
_TAB = 4


class Line(NamedTuple):
    """One line without the marks of what it stands in; places count in the file."""

    start: int
    end: int


class _Reader:
    def __init__(self, content: str, builder: Builder) -> None:
        self._content = content
        self._builder = builder
        self._chars = Chars(content, range(len(content)))
        self._known: set[str] = set()

    def read(self) -> None:
        begun = front_matter(self._chars)
        for name, use, value in values(self._chars, begun):
            if use == "address":
                self._builder.address(value)
            elif use == "read":
                self._builder.aside(f"front matter {name}", self._unmarked(value))
        lines = [
            Line(match.start(), match.start() + len(match[0].rstrip("\r\n")))
            for match in _LINE.finditer(self._content, begun)
            if match[0]
        ]
        self._known = self._defined(lines)
        self._blocks(lines, 0)

    def _text(self, line: Line) -> str:
        return self._content[line.start : line.end]

    def _unmarked(self, value: Chars) -> Chars:
        inner = Builder("")
        inner.wide = self._builder.wide
        Inline(value, inner, frozenset()).read()
        return self._builder.absorb(inner)

    def _defined(self, lines: list[Line]) -> set[str]:
        found: set[str] = set()
        for line in lines:
            text = self._text(line).lstrip("> \t")
            if match := _FOOTNOTE.match(text):
                found.add(label_of(f"^{match[1]}"))
            elif match := _DEFINITION.match(text):
                found.add(label_of(match[1]))
        return found

    # Blocks ----------------------------------------------------------------------------------------------

    def _blocks(self, lines: list[Line], depth: int) -> None:
        i = 0
        readers: tuple[Callable[[list[Line], int, int], int], ...] = (
            self._fence,
            self._heading,
            self._rule,
            self._quote,
            self._item,
            self._html,
            self._table,
            self._footnote,
            self._definition,
        )
        while i < len(lines):
            if not self._text(lines[i]).strip():
                i += 1
                continue
            for reader in readers:
                if (after := reader(lines, i, depth)) > i:
                    i = after
                    break
            else:
                i = self._paragraph(lines, i)

    def _fence(self, lines: list[Line], i: int, _: int) -> int:
        opened = _FENCE.match(self._text(lines[i]))
        if opened is None or (opened[1][0] == "`" and "`" in opened[2]):
            return i
        closing = re.compile(rf" {{0,3}}{opened[1][0]}{{{len(opened[1])},}}[ \t]*$")
        self._builder.open("pre", {})
        after = i + 1
        while after < len(lines) and not closing.match(self._text(lines[after])):
            self._builder.text(self._cut(lines[after]), plain=True)
            self._builder.open("br", {})
            after += 1
        self._builder.close("pre")
        return min(after + 1, len(lines))

    def _heading(self, lines: list[Line], i: int, _: int) -> int:
        found = _HEADING.match(self._text(lines[i]))
        if found is None:
            return i
        start, end = found.span(2)
        self._inline(f"h{len(found[1])}", [Line(lines[i].start + start, lines[i].start + end)])
        return i + 1

    def _rule(self, lines: list[Line], i: int, _: int) -> int:
        return i + 1 if _RULE.match(self._text(lines[i])) else i

    def _quote(self, lines: list[Line], i: int, depth: int) -> int:
        if depth >= _DEEPEST or not _QUOTE.match(self._text(lines[i])):
            return i
        inner: list[Line] = []
        after = i
        while after < len(lines):
            text = self._text(lines[after])
            mark = _QUOTE.match(text)
            if mark is None and (not text.strip() or self._interrupts(lines, after)):
                break
            inner.append(Line(lines[after].start + (mark.end() if mark else 0), lines[after].end))
            after += 1
        self._builder.open("blockquote", {})
        self._blocks(inner, depth + 1)
        self._builder.close("blockquote")
        return after

    def _item(self, lines: list[Line], i: int, depth: int) -> int:
        """Read a list; a number in front of a line is a list's only where it counts on from one."""
        number = 0
        listed = False
        while depth < _DEEPEST and i < len(lines):
            text = self._text(lines[i])
            mark = _ITEM.match(text)
            if mark is None or _RULE.match(text) or (mark[3] and int(mark[3]) != number + 1):
                break
            number = int(mark[3]) if mark[3] else 0
            if not listed:
                self._builder.open("ul", {})
                listed = True
            begun = mark.end() if mark[4] else len(text)
            inner = [Line(lines[i].start + begun, lines[i].end)]
            if task := _TASK.match(self._text(inner[0])):
                inner[0] = Line(inner[0].start + task.end(), inner[0].end)
            i = self._continued(lines, i + 1, len(text[:begun].expandtabs(_TAB)), inner, number)
            self._builder.open("li", {})
            self._blocks(inner, depth + 1)
            self._builder.close("li")
        if listed:
            self._builder.close("ul")
        return i

    def _continued(self, lines: list[Line], i: int, width: int, inner: list[Line], number: int = 0) -> int:
        """Add to an item the lines that belong to it, and return where the next thing begins."""
        while i < len(lines):
            text = self._text(lines[i])
            if not text.strip():
                ahead = i
                while ahead < len(lines) and not self._text(lines[ahead]).strip():
                    ahead += 1
                if ahead == len(lines) or _indent(self._text(lines[ahead])) < width:
                    return ahead
                inner += [Line(lines[each].end, lines[each].end) for each in range(i, ahead)]
                i = ahead
                continue
            indent = _indent(text)
            if indent >= width:
                inner.append(Line(lines[i].start + _characters(text, width), lines[i].end))
            elif self._interrupts(lines, i, number + 1):
                return i
            else:
                inner.append(Line(lines[i].start + len(text) - len(text.lstrip()), lines[i].end))
            i += 1
        return i

    def _html(self, lines: list[Line], i: int, _: int) -> int:
        text = self._text(lines[i])
        after = i
        if raw := _HTML_RAW.match(text):
            closing = re.compile(rf"</{raw[1]}\s*>", re.IGNORECASE)
            while after < len(lines) and not closing.search(self._text(lines[after])):
                after += 1
            after += 1
        elif _HTML_COMMENT.match(text):
            while after < len(lines) and "-->" not in self._text(lines[after]):
                after += 1
            after += 1
        elif _HTML_BLOCK.match(text):
            while after < len(lines) and self._text(lines[after]).strip():
                after += 1
        after = min(after, len(lines))
        if after > i:
            read_html(self._joined(lines[i:after]), self._builder)
        return after

    def _table(self, lines: list[Line], i: int, _: int) -> int:
        if not self._begins_table(lines, i):
            return i
        self._builder.open("table", {})
        after = i
        while after < len(lines) and self._text(lines[after]).strip():
            if after > i + 1 and self._interrupts(lines, after):
                break
            if after != i + 1:
                self._builder.open("tr", {})
                for cell in self._cells(lines[after]):
                    self._inline("th" if after == i else "td", [cell])
            after += 1
        self._builder.close("table")
        return after

    def _begins_table(self, lines: list[Line], i: int) -> bool:
        if i + 1 >= len(lines) or "|" not in self._text(lines[i]):
            return False
        divider = self._text(lines[i + 1])
        if "-" not in divider or not _DIVIDER.match(divider):
            return False
        return len(self._cells(lines[i])) == len(self._cells(lines[i + 1]))

    def _cells(self, line: Line) -> list[Line]:
        text = self._text(line)
        bars = [match.start() for match in re.finditer(r"(?<!\\)\|", text)]
        ends = [-1, *bars, len(text)]
        cells = [Line(line.start + a + 1, line.start + b) for a, b in pairwise(ends)]
        if cells and not self._text(cells[0]).strip():
            cells = cells[1:]
        if cells and not self._text(cells[-1]).strip():
            cells = cells[:-1]
        return cells

    def _footnote(self, lines: list[Line], i: int, depth: int) -> int:
        found = _FOOTNOTE.match(self._text(lines[i]))
        if found is None or depth >= _DEEPEST:
            return i
        inner = [Line(lines[i].start + found.end(), lines[i].end)]
        after = self._continued(lines, i + 1, _TAB, inner)
        self._builder.open("div", {})
        self._blocks(inner, depth + 1)
        self._builder.close("div")
        return after

    def _definition(self, lines: list[Line], i: int, _: int) -> int:
        found = _DEFINITION.match(self._text(lines[i]))
        if found is None:
            return i
        for group in (2, 3):
            if found[group]:
                self._builder.address(decoded(self._part(lines[i], found, group), self._builder.wide))
        for group in (4, 5, 6):
            if found[group]:
                self._builder.aside("link title", decoded(self._part(lines[i], found, group), self._builder.wide))
        return i + 1

    def _paragraph(self, lines: list[Line], i: int) -> int:
        after = i + 1
        while after < len(lines) and self._text(lines[after]).strip():
            if under := _UNDERLINE.match(self._text(lines[after])):
                self._inline("h1" if under[1][0] == "=" else "h2", lines[i:after])
                return after + 1
            if self._interrupts(lines, after):
                break
            after += 1
        self._inline("p", lines[i:after])
        return after

    def _interrupts(self, lines: list[Line], i: int, number: int = 1) -> bool:
        """Say whether a line ends the paragraph before it; the next number of a list does, any other is a word."""
        text = self._text(lines[i])
        item = _ITEM.match(text)
        if item and (item[2] or int(item[3]) in (1, number)) and (number > 1 or text[item.end() :].strip()):
            return True
        if any(pattern.match(text) for pattern in (_FENCE, _HEADING, _RULE, _QUOTE, _HTML_RAW, _HTML_BLOCK, _FOOTNOTE)):
            return True
        return self._begins_table(lines, i)

    # Words -----------------------------------------------------------------------------------------------

    def _inline(self, tag: str, lines: list[Line]) -> None:
        self._builder.open(tag, {})
        Inline(self._joined(lines), self._builder, frozenset(self._known)).read()
        self._builder.close(tag)

    def _cut(self, line: Line) -> Chars:
        return self._chars.cut(line.start, line.end)

    def _part(self, line: Line, found: re.Match[str], group: int) -> Chars:
        start, end = found.span(group)
        return self._chars.cut(line.start + start, line.start + end)

    def _joined(self, lines: list[Line]) -> Chars:
        if len(lines) == 1:
            return self._cut(lines[0])
        pieces: list[Chars] = []
        for line in lines:
            pieces.append(self._cut(line))
            if line.end < len(self._content):
                pieces.append(Chars("\n", (line.end,)))
        return joined(pieces)


def read_markdown(content: str, builder: Builder) -> None:
    """Read a file of Markdown."""
    _Reader(content, builder).read()


def _indent(text: str) -> int:
    wide = text.expandtabs(_TAB)
    return len(wide) - len(wide.lstrip(" "))


def _characters(text: str, width: int) -> int:
    """Return how many characters of white space at most make up a width."""
    count, column = 0, 0
    while count < len(text) and text[count] in " \t" and column < width:
        column += _TAB - column % _TAB if text[count] == "\t" else 1
        count += 1
    return count
