"""What an element says to programs agrees with what it says to readers: `<time datetime>`, `<data value>`.

numbers.stamp: the attribute says another time or value than the words do, or one that no fact has.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from commentary.checks.pages.page import Stamp
from commentary.checks.spelled import TIMES
from commentary.languages.base import Figure, Language
from commentary.records.finding import Finding
from commentary.records.sheet import FactSheet

_TIME = re.compile(
    r"(?:(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]|$))?"
    r"(?:(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r" ?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?$"
)
_LENGTH = re.compile(r"P(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?)?$", re.IGNORECASE)
_COMPOUND = re.compile(r"-[a-z]")
_MOST_DIGITS = 40


class _Said(NamedTuple):
    day: date | None = None
    clock: time | None = None
    hours: Decimal | None = None


def stamp_findings(
    stamps: Iterable[Stamp], wide: Mapping[int, int], sheet: FactSheet, language: Language
) -> Iterator[Finding]:
    """Yield the attributes that do not say what their words say."""
    for stamp in stamps:
        check = _time if stamp.element == "time" else _value
        if check is _value and stamp.value.text.strip() == stamp.words.strip():
            continue  # The words are judged where they stand, and the attribute says no more.
        if message := check(stamp.value.text.strip(), stamp.words, sheet, language):
            yield Finding(
                code="numbers.stamp",
                severity="error",
                path="/text",
                span=stamp.value.span(dict(wide)),
                text=stamp.value.text,
                message=message,
            )


def _time(value: str, words: str, sheet: FactSheet, language: Language) -> str | None:
    said = _read(value)
    if said is None:
        return f"datetime is {value!r}, which is no time in the form 2026-05-22T09:00Z; write the time of the words"
    figures = [figure for figure in language.figures(words) if figure.kind in ("moment", "date", "length")]
    for figure in figures:
        if not _agrees(said, figure, language):
            return f"datetime is {value!r}, and the words say {figure.text!r}; make them agree"
    # A figure in another form is not read here: it traces to no fact, and is found as such.
    if figures or any(character.isdigit() for character in words) or _is_a_facts_time(said, sheet):
        return None
    return f"datetime is {value!r}, and no fact is of that time; write the time of a fact, or take it out"


def _read(value: str) -> _Said | None:
    if (length := _LENGTH.match(value)) and any(length.groups()):
        weeks, days, hours, minutes = (Decimal(part or 0) for part in length.groups())
        return _Said(hours=weeks * 168 + days * 24 + hours + minutes / 60)
    found = _TIME.match(value)
    if found is None or not value:
        return None
    try:
        day = date.fromisoformat(found["date"]) if found["date"] else None
        clock = time(int(found["hour"]), int(found["minute"])) if found["hour"] else None
        zone = found["zone"]
        if day and clock and zone and zone != "Z":
            moment = datetime.fromisoformat(f"{day}T{clock:%H:%M}{zone[:3]}:{zone[-2:]}").astimezone(UTC)
            day, clock = moment.date(), moment.time()
    except (ValueError, OverflowError):
        return None
    return _Said(day, clock)


def _agrees(said: _Said, figure: Figure, language: Language) -> bool:
    if figure.kind == "length":
        return said.hours is None or said.hours == language.hours_of(figure)
    if said.hours is not None:
        return False
    if figure.day is not None and said.day is not None:
        year, month, day = figure.day
        if (said.day.month, said.day.day) != (month, day) or year not in (None, said.day.year):
            return False
    return figure.clock is None or said.clock is None or figure.clock == said.clock


def _is_a_facts_time(said: _Said, sheet: FactSheet) -> bool:
    if said.hours is not None:
        return any(said.hours in (fact.subject.window_hours, fact.value) for fact in sheet)
    moments = [sheet.as_of, *(fact.as_of for fact in sheet)]
    moments += [fact.value for fact in sheet if isinstance(fact.value, datetime)]
    for moment in moments:
        utc = moment.astimezone(UTC)
        if said.day in (None, utc.date()) and said.clock in (None, utc.time().replace(second=0, microsecond=0)):
            return True
    return False


def _value(value: str, words: str, sheet: FactSheet, language: Language) -> str | None:
    if not any(character.isdigit() for character in value):
        return None
    if (said := _read(value)) and said.day is not None:
        message = _time(value, words, sheet, language)
        return message.replace("datetime", "value", 1) if message else None
    number = _number(value)
    facts = [fact for fact in sheet if isinstance(fact.value, Decimal) and fact.value == number]
    # A number word can be part of a name, and a number too: "25-delta calls".
    figures = [
        figure
        for figure in language.figures(words)
        if any(one.isdigit() for one in figure.text) and not _COMPOUND.match(words, figure.end)
    ]
    if number is None or not facts:
        is_plain = not figures or value in words
        if number is None and is_plain and any(value in (fact.value, fact.subject.at) for fact in sheet):
            return None
        return f"value is {value!r}, which is no fact's; write the fact's value, or take it out"
    for figure in figures:
        # A window is told of a figure, and its element carries the figure's value.
        # The bound of a rule is rounded behind its "over".
        alone = figure._replace(hedge="", led="", start=figure.core)
        readings = [*language.readings(figure), *language.readings(alone)] if figure.kind not in TIMES else []
        if readings and not any(one.low <= each <= one.high for one in readings for each in (number, -number)):
            return f"value is {value!r}, and the words say {figure.text!r}; make them agree"
    return None


def _number(value: str) -> Decimal | None:
    if len(value) > _MOST_DIGITS:
        return None
    try:
        number = Decimal(value.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
