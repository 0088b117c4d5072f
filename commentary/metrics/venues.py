"""What is known about exchanges: data/venues.toml."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from commentary.errors import ConfigError
from commentary.resources import folder


class Venue(NamedTuple):
    """One exchange; what is not known is None."""

    funding_order: Decimal | None = None
    """Whose funding is told first: the lowest."""
    funding_baseline: Decimal | None = None
    """Percent per `funding_baseline_hours` at which the funding formula rests."""
    funding_baseline_hours: Decimal | None = None
    funding_baseline_except: tuple[str, ...] = ()
    """Coins for which the formula rests elsewhere."""
    liquidations_complete: bool | None = None
    """Whether the public feed carries every liquidation."""
    options_hour: Decimal | None = None
    """The hour of the day, UTC, at which its options expire."""

    def baseline(self, asset: str, interval_hours: Decimal) -> Decimal | None:
        """Return the resting rate of one interval in percent, or None where it is not known."""
        if self.funding_baseline is None or self.funding_baseline_hours is None:
            return None
        if asset in self.funding_baseline_except:
            return None
        return self.funding_baseline * interval_hours / self.funding_baseline_hours


UNKNOWN = Venue()


def venue(name: str | None) -> Venue:
    """Return what is known about an exchange; nothing where it is not listed."""
    return venues().get(name or "", UNKNOWN)


@cache
def venues() -> Mapping[str, Venue]:
    """Return every exchange of data/venues.toml by name.

    Raises:
        ConfigError: the file cannot be read or holds something else.
    """
    path = folder("data") / "venues.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    return {name: _venue(f"{path}: [{name}]", table) for name, table in tables.items()}


def _venue(where: str, table: object) -> Venue:
    if not isinstance(table, dict) or not set(table) <= set(Venue._fields):
        raise ConfigError(f"{where} holds something other than {', '.join(Venue._fields)}")
    if ("funding_baseline" in table) != ("funding_baseline_hours" in table):
        raise ConfigError(f"{where} needs funding_baseline and funding_baseline_hours together, or neither")
    numbers = ("funding_order", "funding_baseline", "funding_baseline_hours", "options_hour")
    for name in numbers:
        value = table.get(name, 1)
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or value <= 0:
            raise ConfigError(f"{where} {name} = {value!r} is not a number above 0")
    exact = {name: Decimal(table[name]) for name in numbers if name in table}
    return Venue(
        **exact,
        funding_baseline_except=tuple(table.get("funding_baseline_except", ())),
        liquidations_complete=table.get("liquidations_complete"),
    )
