"""What no market has shown: data/bounds.toml, by table and name."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from commentary.errors import ConfigError
from commentary.resources import folder


def bound(table: str, name: str) -> Decimal:
    """Return a bound.

    Raises:
        ConfigError: data/bounds.toml does not have it.
    """
    try:
        return _bounds()[table][name]
    except KeyError:
        raise ConfigError(f"data/bounds.toml has no {name} under [{table}]") from None


@cache
def _bounds() -> Mapping[str, Mapping[str, Decimal]]:
    path = folder("data") / "bounds.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        return {table: {name: Decimal(value) for name, value in held.items()} for table, held in tables.items()}
    except (OSError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
