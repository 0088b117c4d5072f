"""A page as the checkers read it: its blocks in reading order, its addresses, and what stands beside words."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from commentary.checks.blocks import Block
from commentary.checks.pages.chars import Chars
from commentary.checks.pages.own import OwnLines
from commentary.records.finding import Finding
from commentary.records.sheet import FactSheet

COMMENT = "comment"
JOINED = "hidden within words"
"""A run of words read once more with what is hidden within it."""
STRUCK = "with words struck out"
"""A run of words read once more with what is struck out of it."""
TITLE = "title attribute"
_WITHIN = 64
"""The most places, of those that begin before a place, that are asked whether it lies in them."""


class Stamp(NamedTuple):
    """What an element says to programs beside its words: `<time datetime>`, `<data value>`."""

    element: str
    value: Chars
    words: str


class OwnRow(NamedTuple):
    """A row of the table of facts that our pages carry; where the facts at hand do not bear it out it is read."""

    cells: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Page:
    """A file of HTML or Markdown, read."""

    content: str
    """The file, in which every place counts."""
    parts: tuple[Block | OwnRow, ...]
    addresses: tuple[Chars, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    wide: Mapping[int, int] = field(default_factory=dict)
    """Where a character ends that the file writes with several."""

    @property
    def headed(self) -> bool:
        """True for what is laid out as an article."""
        return any(isinstance(part, Block) and part.level for part in self.parts)

    @property
    def is_empty(self) -> bool:
        """True for what has no word in it that anybody gets, such as an HTML page with an empty body."""
        return not (self.parts or self.addresses or self.stamps)

    def blocks(self, sheet: FactSheet) -> Iterator[Block]:
        """Yield what is to be read, without the lines about facts that are ours and true."""
        own = OwnLines(sheet)
        for part in self.parts:
            if isinstance(part, OwnRow):
                if not own.has_row(part.cells):
                    yield from part.blocks
            elif part.kind != TITLE or not own.has_title(part.text):
                yield part

    def beside(self) -> "Page":
        """Return what stands beside the running text, without it."""
        return replace(self, parts=tuple(part for part in self.parts if isinstance(part, Block) and part.kind))

    def kind_at(self, place: int) -> str:
        """Return what a place is called where it is not in the running text: "alt text"."""
        last = bisect_right(self._asides, (place, len(self.content), ""))
        for _, end, kind in islice(reversed(self._asides[max(0, last - _WITHIN) : last]), _WITHIN):
            if place <= end:
                return kind
        return ""

    @cached_property
    def _asides(self) -> tuple[tuple[int, int, str], ...]:
        """First and last place of everything beside the running text, in order."""
        return tuple(
            sorted(
                (part.places[0], part.places[-1], part.kind)
                for part in self.parts
                if isinstance(part, Block) and part.kind not in ("", JOINED, STRUCK)
            )
        )

    def settled(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return findings each once, with ends that take in whole entities; a figure in a comment is a note."""
        found: dict[tuple[str, tuple[int, int], str], Finding] = {}
        for finding in findings:
            start, end = sorted(finding.span)
            span = (start, self.wide.get(end - 1, end) if end > start else end)
            settled = finding.model_copy(update={"span": span})
            if self.kind_at(start) == COMMENT:
                if not finding.code.startswith("numbers."):
                    continue
                settled = settled.model_copy(update={"severity": "note"})
            found.setdefault((settled.code, span, settled.severity), settled)
        return tuple(found.values())
