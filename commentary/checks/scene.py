"""A sentence as the rules see it: its figures, its clauses, and what its words name.

Every list of words of the cue file is looked for once; a rule then asks which of them stand in a stretch of the
sentence. Nothing here knows which fact a figure is.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence
from functools import cached_property

from commentary.errors import ConfigError
from commentary.languages.phrases import Mark

_JOINING = "when|where|while|but|whereas|although|though|as|and|which|that|so|yet|with|against|than|or"
_CLAUSE = re.compile(
    rf"[;:] | [–—-] |—| \(|\)|, (?=(?:{_JOINING})\b)| (?:while|whereas|but|although|though) |,"
    rf" (?=(?!funding\b)[a-z]+ing\b)"
    r"|(?<!not)(?<!as)(?<!has)(?<!have)(?<!nor) yet (?!to\b)"
)

Span = tuple[int, int]
_CLOSE = 4
"""As many words away something can still be joined to what stands beside it."""


class Scene:
    """One sentence of a field; every place is one of the field's text.

    Args:
        text: the field's text.
        start: where the sentence begins.
        end: where it ends.
        marks: what the words of the field name, in the order of their beginnings.
        figures: where the sentence's figures stand, in their order.
        lists: the names of the lists, and of groups of lists, that there are.
        quoted: where words stand that a fact has, such as those of a notice: they claim nothing themselves.
    """

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        marks: Sequence[Mark],
        figures: tuple[Span, ...],
        lists: Container[str],
        quoted: tuple[Span, ...] = (),
    ) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.figures = figures
        self._lists = lists
        self._marks: dict[str, list[Mark]] = {}
        for mark in marks[bisect_left(marks, (start,)) : bisect_left(marks, (end,))]:
            # A word inside a figure's own spelling says nothing of the sentence.
            if not any(a <= mark.start and mark.end <= b for a, b in (*figures, *quoted)):
                self._marks.setdefault(mark.name, []).append(mark)
                group, colon, _ = mark.name.partition(":")
                if colon:
                    self._marks.setdefault(f"{group}:", []).append(mark)

    def said(self, names: Iterable[str] | str, span: Span | None = None) -> list[Mark]:
        """Return the marks of the named lists, or of all lists of a group ("kind:"), in a stretch or in all of it.

        Raises:
            ConfigError: there is no list of that name; a rule without its words would find nothing.
        """
        found = self._of(names) if isinstance(names, str) else sorted(mark for name in names for mark in self._of(name))
        if span is None or not found:
            return list(found)
        low, high = span
        return [mark for mark in found if low <= mark.start and mark.end <= high]

    def _of(self, name: str) -> list[Mark]:
        found = self._marks.get(name)
        if found is None:
            if name not in self._lists and f"{name.partition(':')[0]}:" not in self._lists:
                raise ConfigError(f"no list of words is called {name!r}, which a rule asks for; add it to the cues")
            return []
        return found

    def longest(self, names: Iterable[str] | str, span: Span | None = None) -> list[Mark]:
        """Return the marks of lists that exclude each other: "paid by" is not "paid"."""
        found: list[Mark] = []
        for mark in self.said(names, span):
            if found and mark.start < found[-1].end:
                if mark.end - mark.start > found[-1].end - found[-1].start:
                    found[-1] = mark
            else:
                found.append(mark)
        return found

    def word(self, mark: Mark) -> str:
        """Return the words of a mark."""
        return self.text[mark.start : mark.end]

    def clause(self, at: int) -> Span:
        """Return the clause that holds a place."""
        start, end = self.start, self.end
        for low, high in self._breaks:
            if high <= at:
                start = high
            elif low >= at:
                end = low
                break
        return start, end

    @cached_property
    def _breaks(self) -> tuple[Span, ...]:
        return tuple(match.span() for match in _CLAUSE.finditer(self.text, self.start, self.end))

    def before(self, figure: Span) -> Span:
        """Return the stretch between the figure before this one, or the clause's beginning, and this one."""
        start = self.clause(figure[0])[0]
        return max([start, *(end for _, end in self.figures if end <= figure[0])]), figure[0]

    def behind(self, figure: Span) -> Span:
        """Return the stretch between this figure and the next, or the clause's end."""
        end = self.clause(figure[0])[1]
        return figure[1], max(figure[1], min([end, *(start for start, _ in self.figures if start >= figure[1])]))

    def joins(self, start: int, end: int) -> bool:
        """Say whether so few words stand between two places that one can still be joined to the other."""
        return len(self.text[start:end].split()) <= _CLOSE
