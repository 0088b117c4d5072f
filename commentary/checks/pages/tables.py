"""Tables: each cell is read with the headings of its column and its row, as a reader reads it."""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Literal

from commentary.checks.blocks import Block
from commentary.checks.pages.chars import Chars, joined
from commentary.checks.pages.page import OwnRow

_LONGEST_LABEL = 80
_MOST_SPANNED = 1000
_MOST_HEADINGS = 5
_MOST_REACHING = 100
_MOST_LABELS = 3
"""Labels of a column, and of a row, that a cell is read with."""
_SENTENCE = re.compile(r"[.!?…][\"')”’]*$")
_FIGURE = re.compile(r"[$€£¥%]|[0-9][.,][0-9]")


class Cell:
    """One cell, with what stands in it."""

    def __init__(self, tag: Literal["td", "th"], attributes: Mapping[str, Chars], section: str) -> None:
        self.is_heading = tag == "th"
        self.of_row = "scope" in attributes and attributes["scope"].text.strip().casefold() in ("row", "rowgroup")
        self.section = section
        self.columns = _spanned(attributes, "colspan")
        self.rows = _spanned(attributes, "rowspan")
        self.parts: list[Block | OwnRow] = []

    def words(self) -> Chars | None:
        """Return what the cell says, where it is one run of words."""
        seen = [part for part in self.parts if isinstance(part, OwnRow) or not part.kind]
        if len(seen) != 1 or isinstance(seen[0], OwnRow) or seen[0].level:
            return None
        return Chars(seen[0].text, seen[0].places)


class Table:
    """Rows of cells, taken in as they come.

    Args:
        scope: how many scopes are open around it.
    """

    def __init__(self, scope: int) -> None:
        self.scope = scope
        self.section = ""
        self._rows: list[list[Cell]] = []

    def row(self) -> None:
        """Begin a row."""
        self._rows.append([])

    def cell(self, tag: str, attributes: Mapping[str, Chars]) -> Cell:
        """Begin a cell."""
        if not self._rows:
            self.row()
        made = Cell("th" if tag == "th" else "td", attributes, self.section)
        self._rows[-1].append(made)
        return made

    def parts(self, *, own: bool) -> Iterator[Block | OwnRow]:
        """Yield what stands in the table, in order."""
        rows = [row for row in self._rows if row]
        above: dict[int, tuple[Chars, ...]] = {}
        reaching: dict[int, tuple[int, Cell]] = {}
        headings = _heading_rows(rows)
        for i, row in enumerate(rows):
            placed = list(_placed(row, reaching))
            if i < headings:
                for column, cell in placed:
                    if (words := cell.words()) is not None:
                        for each in range(column, column + cell.columns):
                            above[each] = (*above.get(each, ()), words)
                yield from (part for cell in row for part in cell.parts)
            elif own:
                blocks = tuple(part for cell in row for part in cell.parts if isinstance(part, Block))
                yield OwnRow(tuple(part.text for part in blocks if not part.kind), blocks)
            else:
                yield from _told(row, placed, above)


def labelled(labels: tuple[Chars, ...], words: Chars) -> tuple[Chars, str]:
    """Return words with their labels before them, and what is left to be their context: a sentence stands alone."""
    told = tuple(label for label in labels if label.text and label.text != words.text)
    if _SENTENCE.search(words.text) or any(len(label.text) > _LONGEST_LABEL for label in told):
        return words, " ".join(label.text[:_LONGEST_LABEL] for label in told)
    bare = (one.cut(0, len(one.text.rstrip(" :"))) for one in told)
    return joined((*bare, words), ", "), ""


def _told(
    row: list[Cell], placed: list[tuple[int, Cell]], above: Mapping[int, tuple[Chars, ...]]
) -> Iterator[Block | OwnRow]:
    sides = [cell for _, cell in placed if cell.is_heading]
    first = placed[0][1]
    if not sides and len(placed) > 1 and (label := first.words()) and _is_label(label):
        sides = [first]
    named = tuple(words for cell in sides[:_MOST_LABELS] if (words := cell.words()) is not None)
    columns = {id(cell): column for column, cell in placed}
    for cell in row:
        words = cell.words()
        if words is None or cell in sides:
            yield from cell.parts
            continue
        text, context = labelled((*above.get(columns[id(cell)], ())[-_MOST_LABELS:], *named), words)
        for part in cell.parts:
            if isinstance(part, Block) and not part.kind:
                yield Block(text.text, tuple(text.places), 0, context)
            else:
                yield part


def _placed(row: list[Cell], reaching: dict[int, tuple[int, Cell]]) -> Iterator[tuple[int, Cell]]:
    """Yield the cells of a row with their columns, those that reach down from rows above among them."""
    column = 0
    waiting = deque(row)
    while waiting or column in reaching:
        if column in reaching:
            left, cell = reaching.pop(column)
            if left > 1:
                reaching[column] = (left - 1, cell)
            yield column, cell
            column += cell.columns
            continue
        cell = waiting.popleft()
        if cell.rows > 1 and len(reaching) < _MOST_REACHING:
            reaching[column] = (cell.rows - 1, cell)
        yield column, cell
        column += cell.columns


def _heading_rows(rows: list[list[Cell]]) -> int:
    """Return how many rows at the top hold the headings of columns."""
    count = 0
    for row in rows[: min(len(rows) - 1, _MOST_HEADINGS)]:
        if not (row[0].section == "thead" or all(cell.is_heading and not cell.of_row for cell in row)):
            break
        count += 1
    if count or len(rows) < 2 or len(rows[0]) < 2 or any(cell.is_heading for row in rows for cell in row):
        return count
    labels = [cell.words() for cell in rows[0]]
    return int(all(label is not None and _is_label(label) for label in labels))


def _is_label(words: Chars) -> bool:
    text = words.text
    if len(text) > _LONGEST_LABEL or _FIGURE.search(text) or _SENTENCE.search(text):
        return False
    return any(character.isalpha() for character in text)


def _spanned(attributes: Mapping[str, Chars], name: str) -> int:
    written = attributes[name].text.strip() if name in attributes else ""
    count = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 1
    return min(max(count, 1), _MOST_SPANNED)
