"""What exchanges announced and what was reported of them, as the facts at hand have it: kind, exchange, times, sources.

occasions.toml holds the words of each kind. A sheet holds few of them, and what a sentence says of such a kind is
held against these alone (shapes.occasions).
"""

import re
from datetime import datetime
from functools import cache
from typing import NamedTuple

from commentary.checks.patterns import joined, pattern, tables
from commentary.records.fact import Fact
from commentary.records.sheet import FactSheet

Span = tuple[int, int]

_FILE, _KIND = "occasions", "kind: "
_ON, _ITS = re.compile(r" (?:on|at|of|by|from) "), re.compile(r"(?:['’]s?)? (?:\w+ )?")
_NEAR = 40
"""As far from the name of an exchange, in characters, its kind is looked for."""
_METRICS = ("outage", "notice")


class Occasion(NamedTuple):
    """One thing that was reported or announced."""

    kind: str
    fact: Fact
    in_force: datetime | None
    """From when it holds, if a notice says so."""

    @property
    def venue(self) -> str:
        """The exchange that it is of."""
        return self.fact.subject.venue or ""

    @property
    def first(self) -> datetime:
        """When it was reported or announced."""
        return self.fact.as_of

    @property
    def times(self) -> tuple[datetime, ...]:
        """Every time that is known of it."""
        return (self.first, self.in_force) if self.in_force else (self.first,)


class Named(NamedTuple):
    """Where a kind is named, and which."""

    span: Span
    kind: str


class Words(NamedTuple):
    """The words of a kind."""

    named: re.Pattern[str]
    unsaid: re.Pattern[str]


@cache
def kinds() -> dict[str, Words]:
    """Return the words of every kind."""
    names = [name.removeprefix(_KIND) for name in tables(_FILE) if name.startswith(_KIND)]
    return {
        name: Words(pattern(_FILE, _KIND + name, "words"), pattern(_FILE, _KIND + name, "unsaid")) for name in names
    }


def tells(name: str) -> str:
    """Return the words by which a sentence tells something of a kind, as part of a regular expression."""
    return joined(tables(_FILE)["tells"][name])


def telling(name: str) -> re.Pattern[str]:
    """Return the same as an expression of its own."""
    return pattern(_FILE, "tells", name)


def occasions(sheet: FactSheet) -> tuple[Occasion, ...]:
    """Return what the facts tell of, in their order."""
    return tuple(
        Occasion(fact.text, fact, _in_force(sheet, fact))
        for metric in _METRICS
        for fact in sheet.all(metric)
        if fact.text in kinds()
    )


def _in_force(sheet: FactSheet, fact: Fact) -> datetime | None:
    date = sheet.get(f"{fact.subject.metric}_in_force", venue=fact.subject.venue, at=fact.subject.at)
    return date.value if date is not None and isinstance(date.value, datetime) else None


def kinds_in(text: str, start: int, end: int, quoted: tuple[Span, ...] = ()) -> tuple[Named, ...]:
    """Return where kinds are named in a stretch, the longest name at each place, outside of what is quoted."""
    found = sorted(
        (match.start(), -match.end(), kind)
        for kind, words in kinds().items()
        for match in words.named.finditer(text, start, end)
        if not any(a <= match.start() < b for a, b in quoted)
    )
    kept: list[Named] = []
    for low, high, kind in found:
        if not kept or low >= kept[-1].span[1]:
            kept.append(Named((low, -high), kind))
    return tuple(kept)


def is_of_occasion(sheet: FactSheet, text: str, span: Span) -> bool:
    """Say whether a name stands there as the exchange of something at hand: "after the outage on Binance"."""
    name = text[slice(*span)].removesuffix("'s").removesuffix("’s")
    held = {one.kind for one in occasions(sheet) if one.venue == name}
    return any(
        one.kind in held and (_ON.fullmatch(text, one.span[1], span[0]) or _ITS.fullmatch(text, span[1], one.span[0]))
        for one in kinds_in(text, max(0, span[0] - _NEAR), min(len(text), span[1] + _NEAR))
    )
