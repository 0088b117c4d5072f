"""No more rows than were asked for: a reply with more does not answer the question, and none of it is used.

It may be of another question, or made to keep us busy: eight megabytes are a hundred thousand rows, each of them read,
compared and stored. What a list of a reply may hold is what its call asks for, under one of the names by which servers
take it, or what `Call.most` says where a call asks for a window of time. Documentation of these names: Binance, Bybit
and CoinGlass `limit`, OKX `limit` and `sz`, Deribit `count` and `depth` (read 2026-11-22).
"""

from collections.abc import Iterator

from commentary.sources.json_text import pointer
from commentary.sources.live.base import Call, Json, ReplyError

NAMES = ("limit", "sz", "count", "depth")


def hold_rows(payload: Json, call: Call) -> None:
    """Refuse a reply that has a list with more rows than its call asks for.

    Looked at are the reply, what stands in it under a name, and what stands so in the objects of its list: [rows],
    {"list": rows} and [{"bids": rows}]. What a row itself consists of is not counted.

    Args:
        payload: the reply without its envelope.
        call: that it is the answer to.

    Raises:
        ReplyError: there are more.
    """
    most = asked_rows(call)
    if most is None:
        return
    for path, rows in _lists(payload):
        if len(rows) > most:
            raise ReplyError(pointer(path), f"{len(rows)} rows", f"the {most} or fewer that were asked for")


def asked_rows(call: Call) -> int | None:
    """Return how many rows a call asks for at most; None where it sets no number."""
    if call.most is not None:
        return call.most
    return next((int(call.params[name]) for name in NAMES if name in call.params), None)


def _lists(payload: Json) -> Iterator[tuple[tuple[str | int, ...], list[Json]]]:
    if isinstance(payload, dict):
        yield from _named(payload, ())
    elif isinstance(payload, list):
        yield (), payload
        for place, item in enumerate(payload):
            if isinstance(item, dict):
                yield from _named(item, (place,))


def _named(held: dict[str, Json], path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], list[Json]]]:
    for name, item in held.items():
        if isinstance(item, list):
            yield (*path, name), item
