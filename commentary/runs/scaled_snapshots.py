"""The bundled snapshots with other figures, each as it is and in every twist.

Prices, sizes and rates are scaled, so that what each is an example of mostly stays so.
"""

import json
import random
import re
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from commentary.resources import folder
from commentary.runs.twists import TWISTS, Twist

Json = dict[str, Any]

_PRICES = frozenset(
    {"price", "open", "high", "low", "close", "to_price", "entry_price", "liquidation_price", "max_pain", "settlement"}
)
_PRICED = frozenset({"prices"})
"""Sections whose `value` is a price."""
_COUNTED = frozenset({"calls", "puts", "open_interest_removed"})
"""Fields in the unit that their row names."""
_SHARES = frozenset({"percent", "rate"})
_PRICE = (0.8, 1.3)
_SIZE = (0.9, 1.6)
_SHARE = (0.85, 1.2)
"""Changes and rates move less, and in one snapshot of two: some are what they are an example of only as they are."""
_DIGITS = 6
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_TWICE = 0.25


def kinds() -> int:
    """Return how many kinds there are: numbers that far apart are of one kind, each with figures of its own."""
    return len(_bundled()) * (1 + len(TWISTS))


def scaled(number: int) -> Json:
    """Return one of the bundled snapshots with its prices times one factor, its sizes and its rates times others."""
    chance = random.Random(f"scaled/{number}")
    name, twist = _chosen(number)
    snapshot = json.loads((folder("data") / "snapshots" / f"{name}.json").read_bytes())
    share = chance.choice((1.0, chance.uniform(*_SHARE)))
    made = _Scale(chance.uniform(*_PRICE), chance.uniform(*_SIZE), share).of(snapshot)
    if twist is not None:
        twist(made, chance)
        # Now and then two at once: a map without a price, and of one side.
        if chance.random() < _TWICE:
            chance.choice(TWISTS)(made, chance)
    return made


def variant(snapshot: Json, number: int) -> Json:
    """Return a snapshot with its prices times one factor, its sizes and its rates times others, and nothing else."""
    chance = random.Random(f"variant/{number}")
    return _Scale(chance.uniform(*_PRICE), chance.uniform(*_SIZE), chance.uniform(*_SHARE)).of(snapshot)


def later(snapshot: Json, days: int) -> Json:
    """Return a snapshot so many days later, with all that is dated in it."""
    return cast(Json, _later(snapshot, timedelta(days=days)))


def _later(value: object, by: timedelta) -> object:
    if isinstance(value, dict):
        return {name: _later(part, by) for name, part in value.items()}
    if isinstance(value, list):
        return [_later(part, by) for part in value]
    if isinstance(value, str) and _TIME.fullmatch(value):
        return (datetime.fromisoformat(value) + by).isoformat().replace("+00:00", "Z")
    return value


def _chosen(number: int) -> tuple[str, Twist | None]:
    """Return the bundled snapshot and the twist that a number stands for."""
    names, twists = _bundled(), (None, *TWISTS)
    return names[number % len(names)], twists[number // len(names) % len(twists)]


@cache
def _bundled() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (folder("data") / "snapshots").glob("*.json")))


class _Scale:
    """Scales a snapshot; a size in dollars moves with both."""

    def __init__(self, price: float, size: float, share: float) -> None:
        self._price = price
        self._size = size
        self._share = share

    def of(self, snapshot: Json) -> Json:
        """Return the snapshot scaled."""
        return cast(Json, {name: self._any(value, name, name) for name, value in snapshot.items()})

    def _any(self, value: object, key: str, section: str) -> object:
        if isinstance(value, dict):
            unit = value.get("unit")
            named = {name: f"{name}_{unit}" if name in _COUNTED else name for name in value}
            return {name: self._any(each, named[name], section) for name, each in value.items()}
        if isinstance(value, list):
            return [self._any(each, key, section) for each in value]
        if isinstance(value, bool) or not isinstance(value, int | float):
            return value
        return self._number(value, self._factor(key, section))

    def _factor(self, key: str, section: str) -> float:
        if key in _PRICES or (key == "value" and section in _PRICED):
            return self._price
        if key in _SHARES:
            return self._share
        if key.endswith("_usd"):
            return self._price * self._size
        return self._size if key.endswith("_coin") else 1.0

    def _number(self, value: float, factor: float) -> float:
        return value if factor == 1.0 else float(f"{value * factor:.{_DIGITS}g}")
