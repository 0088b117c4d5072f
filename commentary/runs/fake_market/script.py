"""What happens in the generated market, and when: moves laid over the series, quiet weeks, outages, levels.

    volatility = 0.3                        # of everything that is not scripted; 1 is an ordinary market

    [[move]]                                # a long flush
    asset = "BTC"                           # or "*"
    from = 2026-12-02T06:00:00Z             # or "+30h" after the start of the clock
    to = 2026-12-02T08:00:00Z
    price_percent = -7.0                    # ramps over the window and stays
    open_interest_percent = -12.0           # of coins; ramps over the window and stays
    funding = -0.0001                       # fraction for eight hours; goes there over the window and stays until
                                            # another move of this asset has a funding of its own
    long_liquidations_usd = 640e6           # all venues together, evenly over the window, beside the ordinary ones
    short_liquidations_usd = 90e6
    venue = "Bybit"                         # only with funding and open_interest_percent: at this venue alone

    [[calm]]                                # what is not scripted moves by this share of itself
    asset = "ETH"
    from = "+1d"
    to = "+8d"
    share = 0.1

    [[cluster]]                             # a level in every liquidation map, while it lies on its side of the price
    asset = "BTC"
    side = "long"
    price = 71500
    notional_usd = 400e6

    [[outage]]                              # a venue that fails; `fault` is a kind of faults.py, by default status_503
    venue = "coinglass"
    from = "+50h"
    to = "+56h"

    [[fault]]                               # see faults.py

Effects at one time multiply (price, open interest) or add up (liquidations). A ramp is a straight line. Prices are made
by the minute, so windows had best begin and end with one.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from commentary.errors import BadInputError
from commentary.runs.fake_market.faults import Fault, fault_of

Json = dict[str, Any]
T = TypeVar("T")
ALL = "*"
_AFTER = re.compile(r"\+(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
_UNITS = (86400, 3600, 60, 1)


class Move(NamedTuple):
    """A scripted event of one asset. Times in seconds since 1970."""

    asset: str
    start: float
    end: float
    price_percent: float = 0.0
    open_interest_percent: float = 0.0
    funding: float | None = None
    """Fraction for eight hours."""
    long_liquidations_usd: float = 0.0
    short_liquidations_usd: float = 0.0
    venue: str = ALL
    """As CoinGlass names it; only for funding and open interest."""

    def of(self, asset: str) -> bool:
        """Whether it happens to this asset."""
        return self.asset in (asset, ALL)

    def ramp(self, at: float) -> float:
        """Return how much of it has happened: 0 before, 1 after."""
        return min(1.0, max(0.0, (at - self.start) / (self.end - self.start)))

    def share(self, start: float, end: float) -> float:
        """Return which part of its window lies between two times."""
        return max(0.0, min(end, self.end) - max(start, self.start)) / (self.end - self.start)


class Calm(NamedTuple):
    """A time in which an asset's own movements shrink to a share of themselves."""

    asset: str
    start: float
    end: float
    share: float = 0.1


class Cluster(NamedTuple):
    """A level that every map of liquidations shows."""

    asset: str
    side: str
    price: float
    notional_usd: float


class Script(NamedTuple):
    """All that is scripted. Of no script, nothing is."""

    volatility: float = 1.0
    moves: tuple[Move, ...] = ()
    calms: tuple[Calm, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    faults: tuple[Fault, ...] = ()

    def price_factor(self, asset: str, at: float) -> float:
        """Return what the asset's own price is multiplied by."""
        factor = 1.0
        for move in self.moves:
            if move.price_percent and move.of(asset):
                factor *= 1.0 + move.price_percent / 100.0 * move.ramp(at)
        return factor

    def price_moves_in(self, asset: str, start: float, end: float) -> bool:
        """Whether a scripted price changes between two times."""
        return any(
            move.price_percent and move.of(asset) and move.start < end and start < move.end for move in self.moves
        )

    def open_interest_factor(self, asset: str, venue: str, at: float) -> float:
        """Return what a venue's open interest in coins is multiplied by."""
        factor = 1.0
        for move in self.moves:
            if move.open_interest_percent and move.of(asset) and move.venue in (venue, ALL):
                factor *= 1.0 + move.open_interest_percent / 100.0 * move.ramp(at)
        return factor

    def funding(self, asset: str, venue: str, at: float, own: float) -> float:
        """Return a venue's rate for eight hours, given what it would be of itself."""
        rate = own
        for move in self.moves:
            if move.funding is not None and move.of(asset) and move.venue in (venue, ALL):
                done = move.ramp(at)
                rate += (move.funding - rate) * done
        return rate

    def liquidations(self, asset: str, start: float, end: float) -> tuple[float, float]:
        """Return what is liquidated beside the ordinary, USD, longs then shorts."""
        longs = shorts = 0.0
        for move in self.moves:
            if move.of(asset) and (part := move.share(start, end)):
                longs += move.long_liquidations_usd * part
                shorts += move.short_liquidations_usd * part
        return longs, shorts

    def calmed(self, asset: str, at: float, own: Callable[[float], float]) -> float:
        """Return a line of chance with its quiet times: in those it moves by their share, and goes on from there."""
        height = own(at)
        for calm in self.calms:
            if calm.asset in (asset, ALL) and at > calm.start:
                height -= (1.0 - calm.share) * (own(min(at, calm.end)) - own(calm.start))
        return height


def read_script(path: Path, start: float) -> Script:
    """Read a TOML or JSON file.

    Args:
        path: the file; one that ends in .json is JSON.
        start: seconds since 1970 that "+6h" counts from.

    Raises:
        BadInputError: it cannot be read, or holds what is not known here.
    """
    try:
        text = path.read_text(encoding="utf-8")
        laid = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise BadInputError("--script", path, f"it cannot be read: {error}") from None
    return script_of(laid, start)


def script_of(laid: Mapping[str, Any], start: float) -> Script:
    """Return the script of an object as TOML or JSON holds it; errors as read_script."""
    known = {"volatility", "move", "calm", "cluster", "outage", "fault"}
    _only(laid, known, "")
    moves = sorted((_move(row, at, start) for row, at in _rows(laid, "move")), key=lambda move: move.start)
    calms = sorted((_window(Calm, row, at, start) for row, at in _rows(laid, "calm")), key=lambda calm: calm.start)
    outages = [_outage(row, at) for row, at in _rows(laid, "outage")]
    faults = [*outages, *_rows(laid, "fault")]
    return Script(
        float(laid.get("volatility", 1.0)),
        tuple(moves),
        tuple(calms),
        tuple(_made(Cluster, row, at) for row, at in _rows(laid, "cluster")),
        tuple(fault_of(_timed(row, at, start), at) for row, at in faults),
    )


def time_of(value: object, start: float, path: str) -> float:
    """Return seconds since 1970 of an aware time, RFC 3339 text, "+1d6h" after the start, or a number of ms."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value / 1000.0
    if isinstance(value, str) and value.startswith("+"):
        matched = _AFTER.fullmatch(value)
        if matched and any(matched.groups()):
            return start + sum(int(part or 0) * unit for part, unit in zip(matched.groups(), _UNITS, strict=True))
    elif isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise _no_time(path, value) from None
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.timestamp()
    raise _no_time(path, value)


def _no_time(path: str, value: object) -> BadInputError:
    return BadInputError(path, value, 'write a time with its zone, or "+6h" after the start')


def _rows(laid: Mapping[str, Any], name: str) -> list[tuple[Json, str]]:
    rows = laid.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadInputError(f"/{name}", None, f"write tables [[{name}]]")
    return [(row, f"/{name}/{place}") for place, row in enumerate(rows)]


def _timed(row: Json, at: str, start: float) -> Json:
    """Return the row with `start` and `end` in place of `from` and `to`."""
    timed = {name: value for name, value in row.items() if name not in ("from", "to")}
    for told, name in (("from", "start"), ("to", "end")):
        if told in row:
            timed[name] = time_of(row[told], start, f"{at}/{told}")
    if "start" in timed and "end" in timed and timed["end"] <= timed["start"]:
        raise BadInputError(f"{at}/to", row["to"], "write a time after `from`")
    return timed


def _window(kind: Callable[..., T], row: Json, at: str, start: float) -> T:
    for name in ("from", "to"):
        if name not in row:
            raise BadInputError(f"{at}/{name}", None, "write its time")
    return _made(kind, _timed(row, at, start), at)


def _move(row: Json, at: str, start: float) -> Move:
    move = _window(Move, row, at, start)
    if move.venue != ALL and (move.price_percent or move.long_liquidations_usd or move.short_liquidations_usd):
        raise BadInputError(f"{at}/venue", move.venue, "leave it out: only funding and open interest have one")
    return move


def _outage(row: Json, at: str) -> tuple[Json, str]:
    _only(row, {"venue", "from", "to", "fault"}, at)
    timed = {name: value for name, value in row.items() if name != "fault"}
    return {**timed, "kind": row.get("fault", "status_503")}, at


def _made(kind: Callable[..., T], row: Json, at: str) -> T:
    names = kind._fields  # type: ignore[attr-defined]  # NamedTuple classes all have it
    _only(row, set(names), at)
    try:
        return kind(**row)
    except TypeError:
        missing = sorted(set(names) - set(row) - set(kind._field_defaults))  # type: ignore[attr-defined]
        raise BadInputError(f"{at}/{missing[0]}", None, "write it") from None


def _only(row: Mapping[str, Any], known: set[str], at: str) -> None:
    for name in row:
        if name not in known:
            raise BadInputError(f"{at}/{name}", None, f"write one of {', '.join(sorted(known))}")
