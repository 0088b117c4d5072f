"""Leverage tiers: what margin a position must keep, and the highest leverage, by its size: data/leverage_tiers.toml.

Maintenance margin is notional * rate - cum, in dollars. Tiers are continuous: cum_n = cum_{n-1} + floor_n * (rate_n -
rate_{n-1}), so that a position that grows past a floor owes no more at once. Definition: Binance, "Leverage and Margin
of USD-M Futures" (read in quotation 2026-11-22).
"""

import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from commentary.errors import ConfigError
from commentary.resources import folder

FILE = "leverage_tiers.toml"
NO_EXCHANGE = "no exchange"
"""Whose tiers they are, in the assumptions of a map, where a default of ours stands in."""


class Tier(NamedTuple):
    """From one notional to the next."""

    floor: Decimal
    """US dollars of notional from which it holds."""
    rate: Decimal
    """Maintenance margin as a fraction of notional."""
    leverage: Decimal
    """The highest."""
    cum: Decimal
    """US dollars that are taken off notional * rate."""


class TierTable(NamedTuple):
    """The tiers of a contract, and where they were read."""

    tiers: tuple[Tier, ...]
    read: str
    """A date, or the month where no day is known."""
    source: str
    taker: Decimal = Decimal(0)
    """The fee, a fraction, that counts into the margin that must be kept."""
    venue: str | None = None
    """The exchange whose rules they are; None: they are a default of ours."""

    @property
    def most(self) -> Decimal:
        """The highest leverage of the contract."""
        return self.tiers[0].leverage


def continuous(rows: Iterable[tuple[Decimal, Decimal, Decimal]]) -> tuple[Tier, ...]:
    """Return tiers with their deductions.

    Args:
        rows: floor in US dollars, rate and highest leverage of each, rising; the first floor is 0.

    Raises:
        ValueError: rows that do not rise, or a leverage whose initial margin is below the margin to be kept.
    """
    tiers: list[Tier] = []
    for floor, rate, leverage in rows:
        last = tiers[-1] if tiers else Tier(Decimal(-1), Decimal(0), leverage, Decimal(0))
        if not (floor > last.floor and last.rate < rate < 1 <= leverage <= last.leverage) or leverage * rate >= 1:
            raise ValueError(
                f"tier from {floor} with rate {rate} and leverage {leverage}: floors and rates rise, leverage falls, "
                "and the initial margin is above what must be kept"
            )
        tiers.append(Tier(floor, rate, leverage, last.cum + floor * (rate - last.rate) if tiers else Decimal(0)))
    if not tiers or tiers[0].floor:
        raise ValueError("the first tier begins at 0")
    return tuple(tiers)


def tier_table(venue: str | None, asset: str) -> TierTable:
    """Return the tiers of a coin on an exchange: its own, else the exchange's, else the default.

    Raises:
        ConfigError: data/leverage_tiers.toml holds something else.
    """
    tables = _tables()
    return next(tables[key] for key in ((venue, asset), (venue, None), (None, None)) if key in tables)


@cache
def _tables() -> dict[tuple[str | None, str | None], TierTable]:
    path = folder("data") / FILE
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["table"]
        tables = {(row.get("venue"), row.get("asset")): _table(row) for row in rows}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    if (None, None) not in tables or len(tables) < len(rows):
        raise ConfigError(f"{path} needs one table for each exchange and coin, and one without both, the default")
    return tables


def _table(row: dict[str, Any]) -> TierTable:
    rows = [(Decimal(floor), Decimal(rate), Decimal(leverage)) for floor, rate, leverage in row["tiers"]]
    return TierTable(continuous(rows), row["read"], row["source"], Decimal(row.get("taker", 0)), row.get("venue"))
