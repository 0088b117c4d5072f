"""The bundled snapshots with other figures, and now and then with a part left out or turned into a rare one.

Prices and sizes are scaled, so that what each is an example of stays so.
"""

import json
import random
from functools import cache
from typing import Any, cast

from commentary.resources import folder

Json = dict[str, Any]

_PRICES = frozenset({"price", "open", "high", "low", "close", "to_price", "entry_price", "liquidation_price"})
_PRICED = frozenset({"prices"})
"""Sections whose `value` is a price."""
_PRICE = (0.8, 1.3)
_SIZE = (0.9, 1.6)
_DIGITS = 6


def scaled(number: int) -> Json:
    """Return one of the bundled snapshots with its prices times one factor and its sizes times another."""
    chance = random.Random(f"scaled/{number}")
    names = _bundled()
    snapshot = json.loads((folder("data") / "snapshots" / f"{names[number % len(names)]}.json").read_bytes())
    made = _Scale(chance.uniform(*_PRICE), chance.uniform(*_SIZE)).of(snapshot)
    if number // len(names) % 2:
        chance.choice(_TWISTS)(made, chance)
    return made


def _without(snapshot: Json, chance: random.Random) -> None:
    """Leave out one section, or one key of its rows."""
    sections = [name for name, rows in snapshot.items() if isinstance(rows, list)]
    name = chance.choice(sections)
    key = chance.choice(("", "source", "venue", "time", "interval_hours", "value_coin"))
    for row in snapshot[name] if key else ():
        row.pop(key, None)
    if not key:
        del snapshot[name]


def _one_side(snapshot: Json, chance: random.Random) -> None:
    """Leave out a side of the maps."""
    side = chance.choice(("long", "short"))
    for row in snapshot.get("liquidation_maps", ()):
        for part in ("levels", "cumulative"):
            if part in row:
                row[part] = [level for level in row[part] if level["side"] != side] or row[part]


def _even(snapshot: Json, chance: random.Random) -> None:
    """Make the sides of a map alike: the same sums, as far from the price."""
    price = snapshot["prices"][0]["value"] if snapshot.get("prices") else None
    for row in snapshot.get("liquidation_maps", ()):
        if price and "cumulative" in row:
            size, away = row["cumulative"][0]["notional_usd"], chance.uniform(0.02, 0.06)
            row["cumulative"] = [
                {"price": float(f"{price * (1 + sign * away):.6g}"), "side": side, "notional_usd": size}
                for side, sign in (("long", -1), ("short", 1))
            ]


def _rates(snapshot: Json, chance: random.Random) -> None:
    """Give every settlement a rare rate, or leave its interval unknown."""
    rate = chance.choice((0.0, 0.0001, 0.000099, 0.00006, None))
    for row in snapshot.get("funding", ()):
        if rate is None:
            row["interval_hours"] = None
        else:
            row["rate"] = rate


def _in_dollars(snapshot: Json, _: random.Random) -> None:
    """Give the changes of open interest in dollars alone, and no history in coin."""
    for row in snapshot.get("open_interest_changes", ()):
        row["of"] = "usd"
        row.pop("change_coin", None)
    snapshot["open_interest"] = snapshot.get("open_interest", [])[-1:]


def _counted(snapshot: Json, chance: random.Random) -> None:
    """Count the largest order and the traders of the latest liquidations, or make them few."""
    for row in snapshot.get("liquidations", ())[-1:]:
        if chance.random() < 0.5:
            row |= {"largest_order_usd": float(f"{row.get('total_usd', 1e8) / 31:.4g}"), "traders": 61_427}
        else:
            row |= {key: float(f"{value / 40:.4g}") for key, value in row.items() if key.endswith("_usd")}


def _elsewhere(snapshot: Json, chance: random.Random) -> None:
    """Put the price elsewhere: through a level of the map, or in the middle of a band."""
    moved = chance.uniform(0.93, 1.07)
    for row in snapshot.get("prices", ()):
        row["value"] = float(f"{row['value'] * moved:.6g}")


_TWISTS = (_without, _one_side, _even, _rates, _in_dollars, _counted, _elsewhere)


@cache
def _bundled() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (folder("data") / "snapshots").glob("*.json")))


class _Scale:
    """Scales a snapshot; a size in dollars moves with both."""

    def __init__(self, price: float, size: float) -> None:
        self._price = price
        self._size = size

    def of(self, snapshot: Json) -> Json:
        """Return the snapshot scaled."""
        return cast(Json, {name: self._any(value, name, name) for name, value in snapshot.items()})

    def _any(self, value: object, key: str, section: str) -> object:
        if isinstance(value, dict):
            return {name: self._any(each, name, section) for name, each in value.items()}
        if isinstance(value, list):
            return [self._any(each, key, section) for each in value]
        if isinstance(value, bool) or not isinstance(value, int | float):
            return value
        return self._number(value, self._factor(key, section))

    def _factor(self, key: str, section: str) -> float:
        if key in _PRICES or (key == "value" and section in _PRICED):
            return self._price
        if key.endswith("_usd"):
            return self._price * self._size
        return self._size if key.endswith("_coin") else 1.0

    def _number(self, value: float, factor: float) -> float:
        return value if factor == 1.0 else float(f"{value * factor:.{_DIGITS}g}")
