"""The lists of places.toml."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def listed(section: str) -> dict[str, Any]:
    """Return a section of places.toml."""
    lists = tomllib.loads((Path(__file__).parent / "places.toml").read_text(encoding="utf-8"))
    found: dict[str, Any] = lists[section]
    return found


@cache
def names(section: str, key: str) -> frozenset[str]:
    """Return one list of a section, in lower case."""
    return frozenset(name.casefold() for name in listed(section)[key])
