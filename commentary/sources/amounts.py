"""How much a snapshot may hold: data/limits.toml. What is compared with all of its kind is bounded, the rest is not."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from commentary.errors import BadInputError
from commentary.records.snapshot import SECTIONS
from commentary.resources import folder

_MAPS = "liquidation_maps"
_INNER = ("levels", "cumulative", "bars")


class Limit(NamedTuple):
    """The most of one kind, and why no feed comes near."""

    most: int
    why: str


def refuse_too_many(document: Mapping[str, Any], name: str) -> None:
    """Refuse a snapshot, as its file has it, that holds more than any feed gives.

    Raises:
        BadInputError: it does; the message has the section, how many there are and the limit.
    """
    venues: set[str] = set()
    for section in SECTIONS:
        rows = [row for row in _list(document.get(section)) if isinstance(row, dict)]
        if section == _MAPS:
            count = sum(len(_list(row.get(part))) for row in rows for part in _INNER)
            _hold(count, "levels", "levels", f"{name}/{section}")
        named = list(_named(rows))
        sources = {source for venue, source in named if source not in (None, venue)}
        _hold(len(sources), "sources", "sources besides the exchanges themselves", f"{name}/{section}")
        venues.update(venue for venue, _ in named if venue is not None)
        _hold(len(venues), "venues", "exchanges", f"{name}/{section}")


@cache
def limits() -> Mapping[str, Limit]:
    """Return the limits by what they are of."""
    tables = tomllib.loads((folder("data") / "limits.toml").read_text(encoding="utf-8"))
    return {name: Limit(**table) for name, table in tables.items()}


def _hold(count: int, kind: str, words: str, where: str) -> None:
    most = limits()[kind].most
    if count > most:
        remedy = f"there are {count:,} {words}, and the limit is {most:,}; give those that count most"
        raise BadInputError(where, None, remedy)


def _named(rows: list[dict[str, Any]]) -> Iterator[tuple[str | None, str | None]]:
    """Yield exchange and source of each row and of the rows within it, which inherit both."""
    for row in rows:
        venue, source = _text(row.get("venue")), _text(row.get("source"))
        yield venue, source
        for part in _INNER:
            for inner in _list(row.get(part)):
                if isinstance(inner, dict) and ("venue" in inner or "source" in inner):
                    yield _text(inner.get("venue")) or venue, _text(inner.get("source")) or source


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
