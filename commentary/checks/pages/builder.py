"""Puts a page together from its tags and texts: blocks as a reader sees them, and every other place of words."""

import re
from collections import Counter
from typing import NamedTuple

from commentary.checks.blocks import Block
from commentary.checks.pages.attributes import Attributes, asides, links
from commentary.checks.pages.chars import EMPTY, Chars, Wide, decoded, joined, settled
from commentary.checks.pages.encoded import contents, prefilled
from commentary.checks.pages.page import COMMENT, OwnRow, Page, Stamp
from commentary.checks.pages.runs import Run, flag_of, flags_in, seen, unseen
from commentary.checks.pages.tables import Cell, Table, labelled
from commentary.checks.pages.words import names

_BLOCKS = names("elements", "blocks")
_VOID = names("elements", "void")
_CLOSED_BY = {
    "p": _BLOCKS - {"br", "body", "html", "head", "button", "caption", "option", "optgroup"},
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option", "optgroup"}),
    "caption": frozenset({"tr", "thead", "tbody", "tfoot", "col", "colgroup"}),
}
"""Elements that end where one of others begins."""
_ENDED_BY = {tag: tuple(one for one, closers in _CLOSED_BY.items() if tag in closers) for tag in _BLOCKS | {"col"}}
_KEPT_BY = {"li": ("ul", "ol", "menu"), "dt": ("dl",), "dd": ("dl",)}
"""Elements that keep those around them open."""
_HEADING = re.compile(r"h[1-6]")
_FOOTNOTE = re.compile(r"[\[(]?(?:[0-9]{1,3}|[a-z*†‡])[\])]?")
_TABLE = frozenset({"table", "tr", "td", "th", "thead", "tbody", "tfoot"})
_DEEPEST_TABLE = 40
_DEEPEST = 512
"""Browsers stop here too; what is nested deeper is read as part of what is around it."""


class _Element(NamedTuple):
    tag: str
    flag: int
    run: int
    begun: int
    """Where its words begin in its run."""
    value: Chars = EMPTY
    """What it says to programs beside its words."""
    noted: bool = False
    """True for a link to a place on the page."""


class _Scope:
    """The elements that are open within one cell, or outside of all tables."""

    def __init__(self, cell: Cell | None = None) -> None:
        self.cell = cell
        self.elements: list[_Element] = []
        self.open: Counter[str] = Counter()


class Builder:
    """Takes tags and texts in order and makes a page of them.

    Args:
        content: the file.
    """

    def __init__(self, content: str) -> None:
        self.wide: Wide = {}
        self._content = content
        self._parts: list[Block | OwnRow] = []
        self._addresses: list[Chars] = []
        self._stamps: list[Stamp] = []
        self._scopes = [_Scope()]
        self._tables: list[Table] = []
        self._run: Run = []
        self._runs = 0
        self._flags: Counter[int] = Counter()
        self._own = 0
        self._level = 0
        self._raised = (-1, 0)
        self._term = EMPTY

    def words(self) -> Chars:
        """Return all words that were taken as one text."""
        blocks = (part for part in self.page().parts if isinstance(part, Block))
        return joined((Chars(block.text, block.places) for block in blocks), " ")

    def absorb(self, inner: "Builder") -> Chars:
        """Take the addresses of a text within this page, and return its words."""
        self._addresses += inner._addresses
        return inner.words()

    def page(self) -> Page:
        """Return what was put together; what is still open ends here."""
        self._flush()
        while self._tables:
            self._end_table()
        return Page(self._content, tuple(self._parts), tuple(self._addresses), tuple(self._stamps), self.wide)

    # What a reader of markup hands over -----------------------------------------------------------------

    def text(self, chars: Chars, *, plain: bool = False) -> None:
        """Take running text; `plain` text has no character references."""
        if chars.text:
            flag = sum(one for one, open_now in self._flags.items() if open_now)
            self._run.append((chars if plain else decoded(chars, self.wide), flag))

    def aside(self, kind: str, chars: Chars) -> None:
        """Take words that stand outside the running text."""
        words = settled(chars)
        if words.text:
            self._sink().append(Block(words.text, tuple(words.places), 0, kind=kind))

    def comment(self, chars: Chars) -> None:
        """Take the words of a comment."""
        if not chars.text.strip().casefold().startswith(tuple(names("comments", "machine"))):
            self.aside(COMMENT, chars)

    def address(self, chars: Chars) -> None:
        """Take the address of a link, and the words of a message that it begins."""
        if not chars.text.strip():
            return
        self._addresses.append(chars)
        for name, words in prefilled(chars, self.wide):
            self.aside(f"message {name}", words)

    def style(self, chars: Chars) -> None:
        """Take the words that a style sheet puts into the page."""
        for words in contents(chars, self.wide):
            self.aside("style content", words)

    def open(self, tag: str, attributes: Attributes) -> None:
        """Begin an element; one without content ends at once."""
        self._imply_ends(tag)
        if tag in _BLOCKS:
            self._flush()
        if attributes:
            for kind, chars in asides(tag, attributes):
                self.aside(kind, chars)
            for link in links(tag, attributes):
                self.address(link)
        if tag in _VOID:
            return
        if tag == "table" and len(self._tables) < _DEEPEST_TABLE:
            self._push("table", attributes)
            self._tables.append(Table(len(self._scopes)))
        elif tag in _TABLE - {"table"} and self._tables:
            self._begin_in_table(tag, attributes)
        else:
            if tag == "dl":
                self._term = EMPTY
            self._push(tag, attributes)

    def close(self, tag: str) -> None:
        """End an element, and those within it that were left open; an end without a beginning is nothing."""
        if tag in _BLOCKS:
            self._flush()
        if tag in _TABLE and self._tables:
            self._end_in_table(tag)
            return
        if self._scopes[-1].open[tag]:
            while self._pop().tag != tag:
                pass

    # Elements ------------------------------------------------------------------------------------------

    def _imply_ends(self, tag: str) -> None:
        for one in _ENDED_BY.get(tag, ()):
            if self._scopes[-1].open[one]:
                elements = self._scopes[-1].elements
                # A list within an item, or a block within a list, does not end what is around it.
                barrier = _KEPT_BY.get(one, ())
                inner = next((each.tag for each in reversed(elements) if each.tag == one or each.tag in barrier), "")
                if inner == one:
                    self.close(one)

    def _push(self, tag: str, attributes: Attributes) -> None:
        scope = self._scopes[-1]
        if len(scope.elements) >= _DEEPEST and tag not in _TABLE:
            return
        flag = flag_of(tag, attributes)
        value = attributes.get({"time": "datetime", "data": "value"}.get(tag, ""), EMPTY)
        noted = tag == "a" and "href" in attributes and attributes["href"].text.startswith("#")
        if tag == "details" and "class" in attributes and "facts" in attributes["class"].text.split():
            self._own += 1
        scope.elements.append(_Element(tag, flag, self._runs, len(self._run), value, noted))
        scope.open[tag] += 1
        self._flags.update(flags_in(flag))
        if _HEADING.fullmatch(tag):
            self._level = int(tag[1])

    def _pop(self) -> _Element:
        scope = self._scopes[-1]
        element = scope.elements.pop()
        scope.open[element.tag] -= 1
        if element.value.text.strip():
            self._stamps.append(Stamp(element.tag, element.value, settled(joined(self._within(element))).text))
        if element.tag == "sup":
            self._raised = (element.run, element.begun)
        if element.noted and (scope.open["sup"] or self._raised == (element.run, element.begun)):
            self._drop_note(element)
        self._flags.subtract(flags_in(element.flag))
        if element.tag == "details" and self._own and not scope.open["details"]:
            self._own = 0
        if _HEADING.fullmatch(element.tag):
            self._level = 0
        return element

    def _within(self, element: _Element) -> list[Chars]:
        """Return the words of an element that ends, as far as they are of one run."""
        return [chars for chars, _ in self._run[element.begun :]] if element.run == self._runs else []

    def _drop_note(self, element: _Element) -> None:
        """Take the raised number of a note out of the words, unless it stands behind a digit like a power of it."""
        before = self._run[element.begun - 1][0].text if element.begun else ""
        written = joined(self._within(element)).text.strip()
        if _FOOTNOTE.fullmatch(written) and not before[-1:].isdigit():
            del self._run[element.begun :]

    # Tables --------------------------------------------------------------------------------------------

    def _begin_in_table(self, tag: str, attributes: Attributes) -> None:
        table = self._tables[-1]
        if self._scopes[-1].cell is not None and len(self._scopes) > table.scope:
            self._end_cell()
        if tag in ("td", "th"):
            self._scopes.append(_Scope(table.cell(tag, attributes)))
            # What hides a cell hides its words; a row's own marks are those of its element.
            self._push(tag, attributes)
        else:
            ended = ("tr",) if tag == "tr" else ("tr", "thead", "tbody", "tfoot")
            for one in ended:
                while self._scopes[-1].open[one] and self._scopes[-1].elements[-1].tag != "table":
                    if self._pop().tag == one:
                        break
            if tag == "tr":
                table.row()
                self._push(tag, attributes)
            else:
                table.section = tag
                self._push(tag, attributes)

    def _end_in_table(self, tag: str) -> None:
        table = self._tables[-1]
        if len(self._scopes) > table.scope:
            self._end_cell()
        if tag == "table":
            self._end_table()
        elif tag in ("td", "th"):
            return
        else:
            table.section = table.section if tag == "tr" else ""
            while self._scopes[-1].open[tag] and self._scopes[-1].elements[-1].tag != "table":
                if self._pop().tag == tag:
                    break

    def _end_cell(self) -> None:
        self._flush()
        while self._scopes[-1].elements:
            self._pop()
        self._scopes.pop()

    def _end_table(self) -> None:
        table = self._tables[-1]
        while len(self._scopes) > table.scope:
            self._end_cell()
        while self._scopes[-1].open["table"] and self._pop().tag != "table":
            pass
        self._tables.pop()
        self._sink().extend(table.parts(own=bool(self._own)))

    def _sink(self) -> list[Block | OwnRow]:
        cell = self._scopes[-1].cell
        return self._parts if cell is None else cell.parts

    # Runs of words -------------------------------------------------------------------------------------

    def _flush(self) -> None:
        """End a run of words: what is seen, and once more what a search engine or a screen reader makes of it."""
        run, self._run = self._run, []
        self._runs += 1
        if not any(chars.text.strip() for chars, _ in run):
            return
        if (words := seen(run)).text:
            self._seen(words)
        for kind, chars in unseen(run):
            self.aside(kind, chars)

    def _seen(self, words: Chars) -> None:
        context = ""
        scope = self._scopes[-1]
        listed_in = ""
        if scope.open["dt"] or scope.open["dd"]:
            listed_in = next(one.tag for one in reversed(scope.elements) if one.tag in ("dt", "dd"))
        if listed_in == "dt":
            self._term = words
        elif listed_in == "dd" and self._term.text:
            words, context = labelled((self._term,), words)
        self._sink().append(Block(words.text, tuple(words.places), self._level, context))
