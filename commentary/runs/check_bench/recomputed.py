"""What a snapshot says, worked out once more in plain Python: by a second hand, so that an error of the first shows.

It reads the snapshot as JSON holds it and knows neither the metrics of the program nor its records.
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

Row = dict[str, Any]
_NEAR = timedelta(hours=12)
"""Older rows than this, against the newest of their kind, are history and no reading of now."""


class Observation(NamedTuple):
    """One thing that a snapshot says, or that follows from it by a line of arithmetic."""

    metric: str
    value: Decimal
    asset: str
    time: datetime
    side: str | None = None
    venue: str | None = None
    source: str | None = None
    window: Decimal | None = None


def decimals(snapshot: Row) -> Row:
    """Return a snapshot with its numbers as decimals, as they are written."""
    read: Row = json.loads(json.dumps(snapshot), parse_float=Decimal, parse_int=Decimal)
    return read


def observations(snapshot: Row) -> list[Observation]:
    """Return everything that a snapshot says now, of the measures that a line of arithmetic gives."""
    read = decimals(snapshot)
    return [found for section, told in _TOLD.items() for found in told(_Rows(read, section))] + list(_mapped(read))


class _Rows:
    """The rows of one section, each with its asset and time; of one thing only those about as new as the newest."""

    def __init__(self, snapshot: Row, section: str) -> None:
        self._snapshot = snapshot
        self._rows: list[Row] = snapshot.get(section, [])

    def __iter__(self) -> Iterator[tuple[Row, Row]]:
        """Yield each row with what an observation of it has besides metric and value."""
        newest: dict[object, datetime] = {}
        for row in self._rows:
            key = self._key(row)
            newest[key] = max(newest.get(key, self._time(row)), self._time(row))
        for row in self._rows:
            if newest[self._key(row)] - self._time(row) < _NEAR:
                yield row, self.about(row)

    def about(self, row: Row) -> Row:
        """Return of whom, where, when, by whom and over how long a row is."""
        hours = row.get("window_hours", row.get("interval_hours"))
        return {
            "asset": row.get("asset", self._snapshot["asset"]),
            "time": self._time(row),
            "venue": row.get("venue"),
            "source": row.get("source"),
            "window": hours,
        }

    def _key(self, row: Row) -> object:
        asset = row.get("asset", self._snapshot["asset"])
        return asset, row.get("venue"), row.get("source"), row.get("window_hours"), row.get("kind")

    def _time(self, row: Row) -> datetime:
        return datetime.fromisoformat(str(row.get("time") or self._snapshot["as_of"]))


def _prices(rows: _Rows) -> Iterator[Observation]:
    for row, about in rows:
        yield Observation("price", row["value"], **about)


def _price_changes(rows: _Rows) -> Iterator[Observation]:
    for row, about in rows:
        yield Observation("price_change", row["percent"], **about)


def _funding(rows: _Rows) -> Iterator[Observation]:
    for row, about in rows:
        rate = row["rate"] * 100
        yield Observation("funding_rate", rate, **about)
        yield Observation("funding_money", abs(rate) * 1000, **about)
        if about["window"]:
            yield Observation("funding_8h", rate * 8 / about["window"], **about)


def _open_interest(rows: _Rows) -> Iterator[Observation]:
    for row, about in rows:
        for field, metric in (("value_coin", "oi_coin"), ("value_usd", "oi_usd")):
            if field in row:
                yield Observation(metric, row[field], **about)


def _open_interest_changes(rows: _Rows) -> Iterator[Observation]:
    for row, about in rows:
        if "percent" in row:
            yield Observation("oi_change_coin" if row.get("of") == "coin" else "oi_change_usd", row["percent"], **about)


def _liquidations(rows: _Rows) -> Iterator[Observation]:
    for row, about in rows:
        longs, shorts, total = row.get("long_usd"), row.get("short_usd"), row.get("total_usd")
        if total is None and longs is not None and shorts is not None:
            total = longs + shorts
        if total is not None:
            yield Observation("liq_total", total, **about)
        for side, size in (("long", longs), ("short", shorts)):
            if size is not None:
                yield Observation("liq_size", size, side=side, **about)
                if total:
                    yield Observation("liq_share", size / total * 100, side=side, **about)


def _orders(rows: _Rows) -> Iterator[Observation]:
    for row, about in rows:
        yield Observation("order_size", row["notional_usd"], side=row.get("side"), **about)


def _bands(rows: _Rows) -> Iterator[Observation]:
    for row, about in rows:
        for field in ("low", "high"):
            if field in row:
                yield Observation(f"band_{field}", row[field], **about)


_TOLD: dict[str, Callable[[_Rows], Iterator[Observation]]] = {
    "prices": _prices,
    "price_changes": _price_changes,
    "funding": _funding,
    "open_interest": _open_interest,
    "open_interest_changes": _open_interest_changes,
    "liquidations": _liquidations,
    "liquidation_orders": _orders,
    "price_levels": _bands,
}


def _mapped(snapshot: Row) -> Iterator[Observation]:
    """Yield what the maps say: sums, the prices that they run to, how far those are, and sums about the price."""
    prices = [row["value"] for row in snapshot.get("prices", [])]
    rows = _Rows(snapshot, "liquidation_maps")
    for drawn, about in rows:
        for each in drawn.get("cumulative", []):
            of = {**about, "side": each["side"]}
            yield Observation("reach_size", each["notional_usd"], **of)
            yield Observation("reach_price", each["price"], **of)
            for price in prices:
                distance = (each["price"] / price - 1) * 100
                yield Observation("reach_distance", distance, **of)
                if distance:
                    yield Observation("reach_per_percent", each["notional_usd"] / abs(distance), **of)
        for price in prices:
            for side in ("long", "short"):
                near = [
                    each["notional_usd"]
                    for each in drawn.get("levels", [])
                    if each["side"] == side and abs(each["price"] / price - 1) * 100 <= 5
                ]
                if near:
                    yield Observation("within_size", sum(near, Decimal(0)), **{**about, "side": side})
