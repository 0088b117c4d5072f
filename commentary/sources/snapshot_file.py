"""Reads commentary.snapshot/1 from a file: strictly, exactly, with one plain sentence for what is wrong."""

import difflib
import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, get_args

from pydantic import BaseModel, ValidationError

from commentary.errors import BadInputError
from commentary.records.snapshot import Cumulative, Price, ReadSnapshot, Snapshot
from commentary.sources.amounts import refuse_too_many
from commentary.sources.bounds import refuse_absurd
from commentary.sources.conflicts import conflicts
from commentary.sources.json_text import load, pointer, read_bytes, shown
from commentary.sources.names import refuse_sayings
from commentary.sources.price_moves import refuse_contrary
from commentary.sources.settle import Settled, normal_form, observation_times, settle
from commentary.sources.settle import normalised as normalised

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

CLOCK_MARGIN = timedelta(minutes=2)
"""Clocks of venues and ours may part by this much."""
LEVEL_TO_PRICE = (Decimal("0.3"), Decimal(3))
"""A map whose median level lies outside this share of the price is in another unit or of another coin."""
ONE_TIME = timedelta(minutes=1)
"""A map and a price no further apart are of one time."""
PRICE_KINDS = ("index", "mark", "spot", "last", None)
"""Best first for judging a map: an index cannot be moved by one venue's thin trade."""

_WRONG_TYPE = {
    "string_type": "write text in quotes",
    "tuple_type": "write a list in [ ]",
    "model_type": "write an object in { }",
    "model_attributes_type": "write an object in { }",
    "dict_type": "write an object in { }",
}


def read_snapshot(path_or_bytes: str | Path | bytes, *, now: datetime | None = None, name: str = "") -> ReadSnapshot:
    """Return the snapshot in a file or in its bytes.

    Args:
        path_or_bytes: a path, or the content.
        now: no observation may be later than 2 minutes after it; default: the snapshot's as_of.
        name: what errors call the file; it stands before their JSON Pointer.

    Raises:
        BadInputError: it breaks the format; the message names path, value and remedy.
    """
    if not isinstance(path_or_bytes, bytes):
        path_or_bytes = read_bytes(path_or_bytes, name or str(path_or_bytes))
    document = load(path_or_bytes, name or "snapshot")
    if not isinstance(document, dict):
        raise BadInputError(name or "snapshot", shown(document), "a snapshot is one JSON object in { }")
    refuse_too_many(document, name)
    try:
        snapshot = Snapshot.model_validate(document)
    except ValidationError as error:
        raise _refused(error, name) from None
    return judged(snapshot, now=now, name=name)


def judged(snapshot: Snapshot, *, now: datetime | None = None, name: str = "") -> ReadSnapshot:
    """Return a snapshot as read: held against what no market shows, its rows filled in, sorted and compared.

    Args:
        snapshot: of rows that each have the form of their type.
        now: no observation may be later than 2 minutes after it; default: the snapshot's as_of.
        name: what errors call the file; it stands before their JSON Pointer.

    Raises:
        BadInputError: its rows contradict each other or the market; the message names path, value and remedy.
    """
    refuse_sayings(snapshot, name)
    _not_ahead(snapshot, now, name)
    refuse_absurd(snapshot, name, _best_price(snapshot, snapshot.asset))
    _scale(snapshot, name)
    _right_side(snapshot, name)
    _growing(snapshot, name)
    refuse_contrary(snapshot, name)
    return sealed(settle(snapshot, name))


def sealed(settled: Settled) -> ReadSnapshot:
    """Return a snapshot that is settled with its hash, and with where its sources disagree."""
    sha256 = hashlib.sha256(normal_form(settled)).hexdigest()
    return ReadSnapshot(settled.snapshot, sha256, settled.notes, conflicts(settled.snapshot))


def _refused(error: ValidationError, name: str) -> BadInputError:
    """Return the first of pydantic's errors in our words, with the others behind it."""
    found = error.errors(include_url=False)
    first = found[0]
    if first["type"] == "missing":
        # A misspelt name is the likelier cause of a missing one in the same object.
        parent = first["loc"][:-1]
        unknown = (each for each in found if each["type"] == "extra_forbidden" and each["loc"][:-1] == parent)
        first = next(unknown, first)
    return _in_words(first, name, [_in_words(each, name) for each in found if each is not first])


def _in_words(first: "ErrorDetails", name: str, others: Sequence[BadInputError] = ()) -> BadInputError:
    path = tuple(first["loc"])
    kind = first["type"]
    value: object = first.get("input")
    if kind == "missing":
        value, remedy = None, f"{path[-1]!r} is missing, which is required here; add it"
    elif kind == "extra_forbidden":
        value, remedy = path[-1], _unknown(path)
    elif kind == "literal_error":
        remedy = f"write {first['ctx']['expected']}"
    elif kind == "refused":
        remedy = first["ctx"]["remedy"]
        if field := first["ctx"]["field"]:
            value = value.get(field) if isinstance(value, dict) else value
            path = (*path, field)
    else:
        remedy = _WRONG_TYPE.get(kind, "write a value of the type the format asks for")
    return BadInputError(name + pointer(path), None if kind == "missing" else shown(value), remedy, others)


def _unknown(path: tuple[str | int, ...]) -> str:
    """Return what to do about a name that the format does not have."""
    known = sorted(_model_at(path[:-1]).model_fields)
    close = difflib.get_close_matches(str(path[-1])[:100], known, n=1)
    meant = f"write {close[0]!r} if you meant that, or " if close else ""
    return f"the format has no such name here; {meant}remove it (known: {', '.join(known)})"


def _model_at(path: tuple[str | int, ...]) -> type[BaseModel]:
    model: type[BaseModel] = Snapshot
    for part in path:
        if isinstance(part, str):
            model = get_args(model.model_fields[part].annotation)[0]
    return model


def _not_ahead(snapshot: Snapshot, now: datetime | None, name: str) -> None:
    if now is not None and now.tzinfo is None:
        raise BadInputError("--now", now, "write a time with its zone, such as 2026-05-22T09:00:00Z")
    latest = (now or snapshot.as_of) + CLOCK_MARGIN
    limit = f"now ({now:%Y-%m-%dT%H:%M:%S%z})" if now else "as_of; correct the time, or give a later as_of"
    for path, time in observation_times(snapshot):
        if time > latest:
            remedy = f"an observation cannot lie more than 2 minutes after {limit}"
            raise BadInputError(name + pointer(path), f"{time:%Y-%m-%dT%H:%M:%SZ}", remedy)


def _scale(snapshot: Snapshot, name: str) -> None:
    """Refuse a map in another unit than the price."""
    for i, liquidation_map in enumerate(snapshot.liquidation_maps):
        price = _best_price(snapshot, liquidation_map.asset or snapshot.asset)
        if price is None:
            continue
        part = "levels" if liquidation_map.levels else "cumulative"
        levels = [row.price for row in liquidation_map.levels]
        middle = median([*levels, *(row.price for row in liquidation_map.cumulative)])
        if not LEVEL_TO_PRICE[0] <= middle / price <= LEVEL_TO_PRICE[1]:
            remedy = (
                f"it is the median level of the map, and the price is {price}; give levels in the quote, "
                "for one coin, of the same asset"
            )
            raise BadInputError(f"{name}/liquidation_maps/{i}/{part}", middle, remedy)


def _right_side(snapshot: Snapshot, name: str) -> None:
    """Refuse a sum that ends on the far side of every price of the map's own time: it runs from spot outward.

    A sum of an older map may end there (the price has passed it), and so may a single level.
    """
    for i, liquidation_map in enumerate(snapshot.liquidation_maps):
        asset, at = liquidation_map.asset or snapshot.asset, liquidation_map.time or snapshot.as_of
        for j, reach in enumerate(liquidation_map.cumulative):
            same = [
                price.value
                for price in snapshot.prices
                if (price.asset or snapshot.asset) == (reach.asset or asset)
                and abs((price.time or snapshot.as_of) - (reach.time or at)) <= ONE_TIME
            ]
            longs = reach.side == "long"
            if same and (reach.price > max(same) if longs else reach.price < min(same)):
                remedy = (
                    f"it is the end of a sum of {reach.side}s {'above' if longs else 'below'} the price of the same "
                    f"time, {max(same) if longs else min(same)}, from which it cannot have been counted; correct price "
                    "or side, or give the map its own time if it is older"
                )
                raise BadInputError(f"{name}/liquidation_maps/{i}/cumulative/{j}/price", reach.price, remedy)


def _growing(snapshot: Snapshot, name: str) -> None:
    """Refuse a sum that is smaller than one of its side that ends nearer: what is counted on the way is in both."""
    counted: dict[tuple[object, ...], list[tuple[Cumulative, str]]] = {}
    for i, each in enumerate(snapshot.liquidation_maps):
        for j, reach in enumerate(each.cumulative):
            about, at = reach.asset or each.asset or snapshot.asset, reach.time or each.time or snapshot.as_of
            of_whom = (reach.venue or each.venue, reach.source or each.source)
            of_what = (each.model, each.prior, each.window_hours)
            path = f"{name}/liquidation_maps/{i}/cumulative/{j}/notional_usd"
            counted.setdefault((reach.side, about, at, *of_whom, *of_what), []).append((reach, path))
    for (side, *_), sums in counted.items():
        outwards = sorted(sums, key=lambda one: one[0].price, reverse=side == "long")
        for (near, _), (far, path) in pairwise(outwards):
            if far.price != near.price and far.notional_usd < near.notional_usd:
                remedy = (
                    f"the same map sums {near.notional_usd:f} of {side}s to {near.price:f} already, which lies on the "
                    f"way to {far.price:f}; correct one, or give sums of single prices as levels"
                )
                raise BadInputError(path, f"{far.notional_usd:f}", remedy)


def _best_price(snapshot: Snapshot, asset: str) -> Decimal | None:
    """Return the newest price of the best kind, else the last close."""
    prices = [price for price in snapshot.prices if (price.asset or snapshot.asset) == asset]
    if prices:

        def rank(price: Price) -> tuple[int, datetime, Decimal]:
            return (-PRICE_KINDS.index(price.kind), price.time or snapshot.as_of, price.value)

        return max(prices, key=rank).value
    candles = [series for series in snapshot.candles if (series.asset or snapshot.asset) == asset]
    bars = [bar for series in candles for bar in series.bars]
    return max(bars, key=lambda bar: (bar.time, bar.close)).close if bars else None
