"""Lines about facts that our own pages carry: the title of a marked figure, the rows of the table of facts.

They write facts as an editor reads them, with every digit, and not as a text spells them. Each is held against the
facts at hand; one that is not exactly as we write it is read like any other text.
"""

from functools import cached_property

from commentary.records.fact import Fact, MissingFact
from commentary.records.fact_file import FactRecord
from commentary.records.labels import label, origin_of, value_of
from commentary.records.sheet import FactSheet


class OwnLines:
    """What we write about the facts of a sheet beside a text."""

    def __init__(self, sheet: FactSheet) -> None:
        self._sheet = sheet

    @cached_property
    def _records(self) -> dict[str, FactRecord]:
        held: tuple[Fact | MissingFact, ...] = (*self._sheet.facts, *self._sheet.missing)
        return {record.id: record for record in map(FactRecord.of, held)}

    @cached_property
    def _titles(self) -> frozenset[str]:
        records = self._records.values()
        return frozenset(_plain(f"{label(one.subject)}: {value_of(one)} {origin_of(one)}") for one in records)

    def has_title(self, text: str) -> bool:
        """Say whether a text is the title of a fact at hand."""
        return _plain(text) in self._titles

    def has_row(self, cells: tuple[str, ...]) -> bool:
        """Say whether cells are the row of a fact at hand: label, formula, id, value, origin."""
        record = next((self._records[cell] for cell in cells if cell in self._records), None)
        if record is None:
            return not any(character.isdigit() for cell in cells for character in cell)
        formula = (_plain(f"= {record.formula}"),) if record.formula else ()
        for subject in {label(record.subject), label(record.subject, self._sheet.asset)}:
            head = (_plain(subject), *formula, record.id)
            if record.value is not None and cells == (*head, _plain(value_of(record)), _plain(origin_of(record))):
                return True
            if record.value is None and cells[:-1] == head and cells[-1].endswith(_plain(record.reason or "")):
                return True
        return False


def _plain(text: str) -> str:
    return " ".join(text.split())
