"""data/verbs.toml: which verb a day's move may be told in, by its size."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from commentary.errors import ConfigError
from commentary.resources import folder

_BOUNDS = ("sigmas_from", "percent_from", "sigmas_to", "percent_to")


class Verb(NamedTuple):
    """A pair of verbs and the bounds within which they are true."""

    up: str
    down: str
    bounds: Mapping[str, Decimal]

    def fits(self, percent: Decimal, sigmas: Decimal) -> bool:
        """Say whether a move may be told so.

        Args:
            percent: the move, signed.
            sigmas: its size in usual daily moves.
        """
        sizes = {"sigmas": sigmas, "percent": abs(percent)}
        return all(
            sizes[name.partition("_")[0]] >= bound if name.endswith("_from") else sizes[name.partition("_")[0]] < bound
            for name, bound in self.bounds.items()
        )


def verb_of(percent: Decimal, sigmas: Decimal) -> str | None:
    """Return the verb in the past tense; None where the plain one, rose or fell, is right, or nothing moved."""
    if not percent:
        return None
    for verb in verbs():
        if verb.fits(percent, sigmas):
            return verb.up if percent > 0 else verb.down
    return None


@cache
def verbs() -> tuple[Verb, ...]:
    """Return the verbs in the order in which they are tried.

    Raises:
        ConfigError: a verb lacks a word, or a bound its reason.
    """
    path = folder("data") / "verbs.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["verb"]
    return tuple(_verb(entry) for entry in entries)


def _verb(entry: Mapping[str, Any]) -> Verb:
    bounds: dict[str, Decimal] = {}
    for name in _BOUNDS:
        if name in entry:
            if set(entry[name]) != {"value", "why"}:
                raise ConfigError(f"data/verbs.toml: {name} of {entry.get('down')!r} needs a value and a sentence why")
            bounds[name] = Decimal(entry[name]["value"])
    if not bounds or not set(entry) <= {"up", "down", *_BOUNDS}:
        raise ConfigError(f"data/verbs.toml: {entry!r} needs up, down and some of {', '.join(_BOUNDS)}")
    return Verb(entry["up"], entry["down"], bounds)
