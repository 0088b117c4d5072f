"""How far two sources may differ, and how old a figure may be: data/tolerances.toml, by metric."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from commentary.errors import ConfigError
from commentary.resources import folder


class Tolerance(NamedTuple):
    """The tolerances of one metric."""

    time_minutes: Decimal
    """Two times no further apart than this are the same time."""
    max_age_minutes: Decimal
    """An older observation is stale: flagged, and the sentence states both times."""
    relative: Decimal
    """Two values that differ by no more than this part of the larger are in agreement."""
    absolute: Decimal = Decimal(0)
    """So are two that differ by no more than this, in the field's own unit."""
    venues_relative: Decimal = Decimal(1)
    """Two exchanges that differ by more than this part of the larger value disagree; 1: they never do."""
    one_date_minutes: Decimal = Decimal(0)
    """Two dates of one name that are no further apart are of one event, and one of them is wrong."""
    facts: tuple[str, ...] = ()
    """The facts made of such rows: the metric `funding`, and all that begin with `funding_`."""

    def apart(self, a: Decimal, b: Decimal) -> bool:
        """Say whether two values disagree."""
        difference = abs(a - b)
        return difference > self.absolute and difference > self.relative * max(abs(a), abs(b))


@cache
def tolerances() -> Mapping[str, Tolerance]:
    """Return every metric's tolerances.

    Raises:
        ConfigError: data/tolerances.toml holds something else.
    """
    path = folder("data") / "tolerances.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    return {name: _tolerance(f"{path}: [{name}]", table) for name, table in tables.items()}


def tolerance(metric: str) -> Tolerance:
    """Return the tolerances of the rows whose METRIC is `metric`.

    Raises:
        ConfigError: it has none.
    """
    try:
        return tolerances()[metric]
    except KeyError:
        known = ", ".join(sorted(tolerances()))
        raise ConfigError(f"data/tolerances.toml has no [{metric}]; it has {known}") from None


def kind_of(metric: str) -> str | None:
    """Return the kind of rows that a fact is made of, by its metric's longest known beginning; None: not known.

    Raises:
        ConfigError: data/tolerances.toml holds something else.
    """
    words = metric.split("_")
    for end in range(len(words), 0, -1):
        beginning = "_".join(words[:end])
        for kind, limits in tolerances().items():
            if beginning in limits.facts:
                return kind
    return None


def age_limit_minutes(metric: str) -> float | None:
    """Return how old a fact may be; None: no limit is known.

    Raises:
        ConfigError: data/tolerances.toml holds something else.
    """
    kind = kind_of(metric)
    return None if kind is None else float(tolerance(kind).max_age_minutes)


def _tolerance(where: str, table: object) -> Tolerance:
    if not isinstance(table, dict) or not set(table) <= set(Tolerance._fields):
        raise ConfigError(f"{where} holds something other than {', '.join(Tolerance._fields)}")
    numbers = {name: value for name, value in table.items() if name != "facts"}
    for name, value in numbers.items():
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0:
            raise ConfigError(f"{where} {name} = {value!r} is not a number of 0 or more")
    try:
        exact = {name: Decimal(value) for name, value in numbers.items()}
        return Tolerance(**exact, facts=tuple(table.get("facts", ())))
    except TypeError:
        raise ConfigError(f"{where} needs time_minutes, max_age_minutes and relative") from None
