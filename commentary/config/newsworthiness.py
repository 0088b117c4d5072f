"""data/newsworthiness.toml: what makes a figure news, and what gives way where a text grows too long."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from commentary.errors import ConfigError
from commentary.resources import folder

_TABLES = ("weights", "full", "plan")


class Newsworthiness(NamedTuple):
    """The numbers of the file, by table."""

    weights: Mapping[str, Decimal]
    """Of the parts of a score."""
    full: Mapping[str, Decimal]
    """At which size a part is whole."""
    plan: Mapping[str, Decimal]


@cache
def newsworthiness() -> Newsworthiness:
    """Return the numbers.

    Raises:
        ConfigError: a number has no value or no sentence why.
    """
    path = folder("data") / "newsworthiness.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    if set(tables) != set(_TABLES):
        raise ConfigError(f"{path} has {', '.join(tables)}; it needs {', '.join(_TABLES)}")
    return Newsworthiness(*({key: _number(key, entry) for key, entry in tables[name].items()} for name in _TABLES))


def _number(key: str, entry: object) -> Decimal:
    if not isinstance(entry, dict) or set(entry) != {"value", "why"}:
        raise ConfigError(f"data/newsworthiness.toml: {key!r} needs a value and a sentence why")
    return Decimal(entry["value"])
