"""Ways to turn a bundled snapshot into a rarer one: a part left out, sides made alike, values at a threshold.

Each changes a snapshot in place, leaves alone what the snapshot does not hold, and takes its chances from the
random numbers that it is given.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
Twist = Callable[[Json, random.Random], None]

_CHANCES = (0.0, 0.0001, 0.000099, 0.00006)
"""Rates at no, at the usual, just beside it and below it."""
_KEYS = ("source", "venue", "time", "interval_hours", "value_coin")
_FEW = 4
_FLOOR_USD = 1_000_000
"""Below it a day's liquidations are no reading of anything."""


def _digits(value: float, digits: int = 6) -> float:
    return float(f"{value:.{digits}g}")


def _sections(snapshot: Json) -> list[str]:
    return [name for name, rows in snapshot.items() if isinstance(rows, list) and rows]


def _without_section(snapshot: Json, chance: random.Random) -> None:
    """Leave out one section."""
    if sections := _sections(snapshot):
        del snapshot[chance.choice(sections)]


def _without_key(snapshot: Json, chance: random.Random) -> None:
    """Leave out one key of the rows of a section that has it."""
    held = [(name, key) for name in _sections(snapshot) for key in _KEYS if key in snapshot[name][0]]
    if held:
        name, key = chance.choice(held)
        for row in snapshot[name]:
            row.pop(key, None)


def _without_row(snapshot: Json, chance: random.Random) -> None:
    """Leave out one row of a section that has few: a coin, an exchange, a side."""
    few = [name for name in _sections(snapshot) if 1 < len(snapshot[name]) <= _FEW]
    if few:
        rows = snapshot[chance.choice(few)]
        rows.remove(chance.choice(rows))


def _without_price(snapshot: Json, _: random.Random) -> None:
    """Leave out the prices."""
    snapshot.pop("prices", None)


def _without_history(snapshot: Json, _: random.Random) -> None:
    """Leave out all but the newest row of each series, and the candles."""
    for name in ("liquidations", "funding", "open_interest"):
        rows = snapshot.get(name, [])
        newest = {(row.get("asset"), row.get("venue"), row.get("source")): row for row in rows}
        if rows:
            snapshot[name] = list(newest.values())
    snapshot.pop("candles", None)


def _one_side(snapshot: Json, chance: random.Random) -> None:
    """Leave out a side of the maps."""
    side = chance.choice(("long", "short"))
    for row in snapshot.get("liquidation_maps", ()):
        for part in ("levels", "cumulative"):
            if part in row:
                row[part] = [level for level in row[part] if level["side"] != side] or row[part]


def _no_window(snapshot: Json, _: random.Random) -> None:
    """Leave open how far back the maps count."""
    for row in snapshot.get("liquidation_maps", ()):
        row.pop("window_hours", None)


def _even(snapshot: Json, chance: random.Random) -> None:
    """Make the sides of a map alike: as far from the price and with the same sums, or nearly."""
    price = snapshot["prices"][0]["value"] if snapshot.get("prices") else None
    for row in snapshot.get("liquidation_maps", ()):
        if price and "cumulative" in row:
            size, away = row["cumulative"][0]["notional_usd"], chance.uniform(0.02, 0.06)
            more, nearer = (chance.choice((1.0, chance.uniform(*bounds))) for bounds in ((1.0, 1.5), (0.6, 1.0)))
            row["cumulative"] = [
                {"price": _digits(price * (1 - away)), "side": "long", "notional_usd": size},
                {"price": _digits(price * (1 + nearer * away)), "side": "short", "notional_usd": _digits(size * more)},
            ]


def _rates(snapshot: Json, chance: random.Random) -> None:
    """Give every settlement a rare rate, or one far above or below nought."""
    rate = chance.choice((*_CHANCES, _digits(chance.uniform(0.0003, 0.0009), 3), -_digits(chance.random() / 1000, 3)))
    for row in snapshot.get("funding", ()):
        row["rate"] = rate


def _no_interval(snapshot: Json, _: random.Random) -> None:
    """Leave open for how long the rates are."""
    for row in snapshot.get("funding", ()):
        row["interval_hours"] = None


def _predicted(snapshot: Json, _: random.Random) -> None:
    """Give the newest rates alone, before they are settled."""
    rows = snapshot.get("funding", [])
    for row in rows:
        row["kind"] = "predicted"


def _in_dollars(snapshot: Json, _: random.Random) -> None:
    """Give the changes of open interest in dollars alone, and no history in coin."""
    for row in snapshot.get("open_interest_changes", ()):
        row["of"] = "usd"
        row.pop("change_coin", None)
    if "open_interest" in snapshot:
        snapshot["open_interest"] = snapshot["open_interest"][-1:]


def _changed(snapshot: Json, chance: random.Random) -> None:
    """Give open interest another change in the last day."""
    percent = chance.uniform(-7, 7)
    for row in snapshot.get("open_interest_changes", ()):
        row["percent"] = round(percent, 2)
    rows = snapshot.get("open_interest", [])
    if len(rows) > 1 and "value_coin" in rows[-1]:
        rows[-1]["value_coin"] = _digits(rows[-1]["value_coin"] * (1 + percent / 100))


def _counted(snapshot: Json, chance: random.Random) -> None:
    """Count the largest order and the traders of liquidations."""
    for row in snapshot.get("liquidations", ()):
        total = row.get("total_usd") or 1e8
        row |= {"largest_order_usd": _digits(total / chance.uniform(20, 50), 4), "traders": chance.randint(900, 99_000)}


def _few(snapshot: Json, chance: random.Random) -> None:
    """Make liquidations few."""
    rows = snapshot.get("liquidations", [])
    largest = max((row.get("total_usd") or 1 for row in rows), default=1)
    less = chance.uniform(0.1, 0.9) * _FLOOR_USD / largest
    for row in rows:
        row |= {key: _digits(value * less, 4) for key, value in row.items() if key.endswith("_usd")}


def _forced(snapshot: Json, chance: random.Random) -> None:
    """Let positions be added, or closed, with a move of the price in which one side was liquidated."""
    sign = chance.choice((-1, 1))
    # Where the move is not known the liquidations alone have to carry a label, so that they are of one side.
    alone = chance.random() < 0.3
    share = chance.uniform(0.92, 0.99) if alone else chance.uniform(0.75, 0.97)
    longs = 1 - share if sign > 0 else share
    size = chance.uniform(2e8, 9e8)
    when = snapshot["as_of"]
    snapshot["price_changes"] = [
        {"window_hours": 24, "percent": round(sign * chance.uniform(1.2, 8), 2), "venue": "Binance",
         "source": "Binance", "time": when}
    ]  # fmt: skip
    snapshot["open_interest_changes"] = [
        {"venue": "all", "window_hours": 24, "percent": round(chance.choice((-1, 1, 1)) * chance.uniform(2.6, 8), 2),
         "of": "coin", "time": when, "source": "CoinGlass"}
    ]  # fmt: skip
    snapshot["liquidations"] = [
        {"venue": "all", "window_hours": 24, "long_usd": round(size * longs), "short_usd": round(size * (1 - longs)),
         "total_usd": round(size * longs) + round(size * (1 - longs)), "time": when, "source": "CoinGlass"}
    ]  # fmt: skip
    if chance.random() < 0.7:
        snapshot.pop("open_interest", None)
    if alone:
        del snapshot["price_changes"]


def _elsewhere(snapshot: Json, chance: random.Random) -> None:
    """Put the price elsewhere: through a level of the map, or in the middle of a band."""
    moved = chance.uniform(0.93, 1.07)
    for row in snapshot.get("prices", ()):
        row["value"] = _digits(row["value"] * moved)


def _crossed(snapshot: Json, chance: random.Random) -> None:
    """Let the map be some hours older, and of sums of which the price has passed one."""
    if not snapshot.get("prices"):
        return
    price, moved = snapshot["prices"][0]["value"], chance.choice((-1, 1))
    for row in snapshot.get("price_changes", ()):
        moved = -1 if row["percent"] < 0 else 1
    passed, other = ("long", "short") if moved < 0 else ("short", "long")
    ends = {passed: chance.uniform(0.003, 0.03), other: chance.uniform(0.05, 0.08)}
    if chance.random() < 0.4:
        del ends[other]
    size = 10 ** chance.uniform(8.5, 10.3)
    snapshot["liquidation_maps"] = [
        {"source": "CoinGlass", "window_hours": 168, "time": _before(snapshot, chance.choice((4, 26, 30, 40))),
         "cumulative": [{"price": _digits(price * (1 - moved * away)), "side": side,
                         "notional_usd": _digits(size * chance.uniform(0.8, 1.2), 4)} for side, away in ends.items()]}
    ]  # fmt: skip


def _late(snapshot: Json, chance: random.Random) -> None:
    """Let the rows of one section be hours old."""
    hours = chance.uniform(2, 20)
    sections = _sections(snapshot)
    for row in snapshot[chance.choice(sections)] if sections else ():
        if "time" in row:
            row["time"] = _before(snapshot, hours, row["time"])


def _second(snapshot: Json, chance: random.Random) -> None:
    """Let a second source give other figures of the same thing."""
    for name in ("open_interest", "liquidations", "prices"):
        for row in snapshot.get(name, [])[-1:]:
            other = chance.uniform(1.01, 1.3)
            keys = [key for key in row if key.startswith("value") or key.endswith("_usd")]
            snapshot[name].append({**row, "source": "Second Count", **{key: _digits(row[key] * other) for key in keys}})


def _before(snapshot: Json, hours: float, time: str | None = None) -> str:
    """Return the moment so many hours before a time, or before the snapshot's."""
    at = datetime.fromisoformat(time or snapshot["as_of"]) - timedelta(minutes=round(hours * 60))
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


TWISTS: tuple[Twist, ...] = (
    _without_section,
    _without_key,
    _without_row,
    _without_price,
    _without_history,
    _one_side,
    _no_window,
    _even,
    _rates,
    _no_interval,
    _predicted,
    _in_dollars,
    _changed,
    _counted,
    _few,
    _forced,
    _elsewhere,
    _crossed,
    _late,
    _second,
)
