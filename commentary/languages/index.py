"""The facts of one sheet, found by value and by the words that write them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from decimal import Decimal

from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.spelled import Reading


class Index:
    """The facts of one sheet, ordered by value for each unit, and by text for styles without a reading.

    Args:
        facts: the facts, in the sheet's order.
        edition: what they are written in.
        written: the place of a fact, a style without a reading, and the text that it writes.
    """

    def __init__(self, facts: tuple[Fact, ...], edition: Edition, written: Iterable[tuple[int, str, str]]) -> None:
        self.facts = facts
        self.edition = edition
        self.words: dict[str, list[tuple[int, str]]] = {}
        for position, style, text in written:
            self.words.setdefault(text, []).append((position, style))
        by_unit: dict[str, list[tuple[Decimal, int]]] = {}
        for position, fact in enumerate(facts):
            if isinstance(fact.value, Decimal):
                by_unit.setdefault(fact.unit, []).append((fact.value, position))
        self._values: dict[str, list[Decimal]] = {}
        self._positions: dict[str, list[int]] = {}
        for unit, pairs in by_unit.items():
            pairs.sort()
            self._values[unit] = [value for value, _ in pairs]
            self._positions[unit] = [position for _, position in pairs]

    def within(self, reading: Reading) -> list[int]:
        """Return the positions of the facts whose value the reading can stand for."""
        values = self._values.get(reading.unit, [])
        start, stop = bisect_left(values, reading.low), bisect_right(values, reading.high)
        return self._positions.get(reading.unit, [])[start:stop]
