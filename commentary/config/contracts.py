"""Contracts that an exchange does not list under the coin's own ticker, or for one coin: data/contracts.toml."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from commentary.errors import ConfigError
from commentary.resources import folder


class Contract(NamedTuple):
    """What an exchange calls a coin's perpetual contract, and how many coins one unit of it stands for."""

    symbol: str
    coins: Decimal
    """A power of ten, so that a price or an amount in it is divided or multiplied without loss."""


def contract(venue: str, asset: str) -> Contract | None:
    """Return the contract of a coin that has an entry; None where an exchange lists it as it lists all others."""
    return _tables()[0].get((venue, asset))


def has_futures(venue: str, asset: str) -> bool:
    """Say whether an exchange lists quarterly futures of a coin."""
    return (venue, asset) in _tables()[1]


@cache
def _tables() -> tuple[Mapping[tuple[str, str], Contract], frozenset[tuple[str, str]]]:
    path = folder("data") / "contracts.toml"
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
        contracts = {
            (table["venue"], row["asset"]): Contract(row["symbol"], Decimal(row["coins"]))
            for table in held["perpetuals"]
            if _is_dated(table)
            for row in table["contracts"]
        }
        futures = frozenset(
            (table["venue"], asset) for table in held["futures"] if _is_dated(table) for asset in table["assets"]
        )
    except (OSError, ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise ConfigError(f"{path} cannot be read: {error!r}") from error
    for place, one in contracts.items():
        if one.coins.normalize().as_tuple().digits != (1,) or one.coins < 1:
            raise ConfigError(f"{path}: coins = {one.coins} of {place} is no power of ten")
    return contracts, futures


def _is_dated(table: Mapping[str, object]) -> bool:
    """Say that a table has its source and the day it was read; without them it would be hearsay.

    Raises:
        ValueError: it lacks one of them.
    """
    if not table.get("source") or not isinstance(table.get("read"), date):
        raise ValueError(f"the table of {table.get('venue')} needs source and read, the day it was read")
    return True
