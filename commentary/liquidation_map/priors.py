"""Leverage priors: how leverage may be spread over the positions that are opened. From data/leverage_priors.toml.

No exchange publishes it, so three guesses are drawn, and a map of ours is told as a range.
"""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple, get_args

from commentary.errors import ConfigError
from commentary.resources import folder

PriorName = Literal["low", "base", "high"]
FILE = "leverage_priors.toml"


class Prior(NamedTuple):
    """One guess."""

    name: PriorName
    shares: Mapping[int, Decimal]
    """Of coins, by leverage; they sum to 1."""
    why: str


@cache
def priors() -> tuple[Prior, ...]:
    """Return the three priors, low first.

    Raises:
        ConfigError: data/leverage_priors.toml holds something else.
    """
    path = folder("data") / FILE
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        found = tuple(_prior(name, tables[name]) for name in get_args(PriorName))
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    for prior in found:
        if sum(prior.shares.values()) != 1 or min(prior.shares.values()) < 0 or min(prior.shares) < 2:
            raise ConfigError(f"{path}: [{prior.name}] shares are not negative, of leverage from 2, and sum to 1")
    return found


def leverages() -> tuple[int, ...]:
    """Return every leverage that a prior names, rising."""
    return tuple(sorted({leverage for prior in priors() for leverage in prior.shares}))


def _prior(name: PriorName, table: Mapping[str, object]) -> Prior:
    shares = table["shares"]
    if not isinstance(shares, dict) or not shares:
        raise TypeError(f"[{name}] shares is no table")
    return Prior(name, {int(leverage): Decimal(share) for leverage, share in shares.items()}, str(table["why"]))
