"""Which facts a figure of plain text can be, by its spelling alone."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from commentary.errors import SpellingError
from commentary.languages.base import Figure, Language
from commentary.records.edition import Edition
from commentary.records.fact import Fact
from commentary.records.sheet import FactSheet

TIMES = ("moment", "date", "length")
"""Kinds of figures that give a time, not a value."""


class Option(NamedTuple):
    """A fact that is written as a figure is, or as the figure is without its hedge."""

    fact: Fact
    style: str
    bare: bool
    """True where the hedge is left out of the spelling."""
    shorter: int = 0
    """How many characters at the end are left out."""


class Spelled:
    """Finds the facts of one sheet by how they are written."""

    def __init__(self, sheet: FactSheet, language: Language, edition: Edition) -> None:
        self._sheet = sheet
        self._language = language
        self._edition = edition

    def figures(self, text: str) -> tuple[Figure, ...]:
        """Return the figures of a text."""
        return self._language.figures(text)

    def options(self, figure: Figure) -> Iterator[Option]:
        """Yield every fact of the sheet that a figure can be."""
        yield from (Option(fact, style, False) for fact, style in self._of(figure))
        if figure.hedge:
            alone = figure._replace(hedge="", led="", start=figure.core)
            yield from (Option(fact, style, True) for fact, style in self._of(alone))
        coins = " coins"
        if figure.kind == "coin" and figure.text.endswith(coins):
            counted = figure._replace(kind="count", text=figure.text.removesuffix(coins))
            yield from (Option(fact, style, False, len(coins)) for fact, style in self._of(counted))

    def among(self, figure: Figure, facts: list[Fact]) -> Iterator[Option]:
        """Yield which of some facts a figure can be."""
        yield from (Option(fact, style, False) for fact, style in self._numbers(figure, facts))
        if figure.hedge:
            alone = figure._replace(hedge="", led="", start=figure.core)
            yield from (Option(fact, style, True) for fact, style in self._numbers(alone, facts))

    def spells(self, fact: Fact, style: str, written: str) -> bool:
        """Say whether a fact is written so."""
        try:
            return self._language.spell(fact, style, self._edition) == written
        except SpellingError:
            return False

    def _of(self, figure: Figure) -> Iterator[tuple[Fact, str]]:
        if figure.kind in ("moment", "date"):
            yield from self._times(figure)
        elif figure.kind in ("rank", "contract"):
            yield from self._language.candidates(figure.text, self._sheet.facts, self._edition)
        else:
            if figure.kind == "length" and not figure.hedge:
                yield from self._windows(figure)
            yield from self._numbers(figure)

    def _numbers(self, figure: Figure, facts: Iterable[Fact] | None = None) -> Iterator[tuple[Fact, str]]:
        written = f"{figure.led}{figure.written_sign}{figure.text}"
        known: set[str] = set()
        for reading in self._language.readings(figure):
            near = self._sheet.within(reading.unit, reading.low, reading.high) if facts is None else facts
            for fact in near:
                fits = facts is None or (fact.unit == reading.unit and reading.low <= fact.number <= reading.high)
                if fits and fact.id not in known and self.spells(fact, reading.style, written):
                    known.add(fact.id)
                    yield fact, reading.style

    def _times(self, figure: Figure) -> Iterator[tuple[Fact, str]]:
        styles = ("when", "clock", "moment", "began") if figure.clock else ("day", "moment_day")
        form = f"~{figure.form}" if figure.form else ""
        for fact in self._sheet:
            if figure.clock and (signature := self._sheet.signature(fact.id)) is not None and signature.only_day:
                continue
            for style in styles:
                told = fact.value if style.startswith("moment") else fact.as_of
                if style == "began" and fact.subject.window_hours is not None:
                    told = fact.as_of - timedelta(hours=float(fact.subject.window_hours))
                if isinstance(told, datetime) and _is_at(told, figure) and self.spells(fact, style + form, figure.text):
                    yield fact, style + form
                    break

    def _windows(self, figure: Figure) -> Iterator[tuple[Fact, str]]:
        hours = self._language.hours_of(figure)
        style = "window_adj" if "-" in figure.text else "window"
        for fact in self._sheet if isinstance(hours, Decimal) else ():
            if fact.subject.window_hours == hours:
                for form in (style, f"{style}~9"):
                    if self.spells(fact, form, figure.text):
                        yield fact, form
                        break


def _is_at(moment: datetime, figure: Figure) -> bool:
    """Say whether a time has the date and the time of day that a figure gives."""
    moment = moment.astimezone(UTC)
    if figure.clock is not None and (moment.hour, moment.minute) != (figure.clock.hour, figure.clock.minute):
        return False
    return figure.day is None or (moment.month, moment.day) == figure.day[1:]
