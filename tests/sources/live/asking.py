"""Asks a source in tests: its calls by name, and the rows it makes of a kept reply."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

from commentary.records.rows import Series
from commentary.sources.json_text import load
from commentary.sources.live.base import Answer, Asked, Json, sources

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
"""1795338000 seconds after 1970: 20779 days and 9 hours."""
RECEIVED = datetime(2026, 11, 22, 9, 0, 1, tzinfo=UTC)
RECORDED = Path(__file__).parent / "recorded"


def kept(source: str, name: str) -> Json:
    """Return a kept reply, as the collector reads it and with its envelope."""
    place = RECORDED / source / f"{name}.json"
    return load((place if place.exists() else place.parent / "more" / place.name).read_bytes(), name)


def rows(source: str, call: str, payload: Json, *, asset: str = "BTC", now: datetime = NOW) -> list[Series]:
    """Return what the source makes of a reply to one of its calls."""
    asked = Asked(asset, now)
    found = {each.name: each for each in sources[source].calls(asked)}
    return list(found[call].read(Answer(asked, sources[source].unwrap(payload), RECEIVED)))


def changed(payload: Json, place: str, edit: Callable[[Json, str | int], None]) -> Json:
    """Return a copy of a reply after `edit` at a JSON Pointer: it gets what holds the value, and its key."""
    copy = deepcopy(payload)
    *way, last = (int(step) if step.isdigit() else step for step in place.strip("/").split("/"))
    holder = copy
    for step in way:
        holder = holder[step]
    edit(holder, last)
    return copy


def without(payload: Json, place: str) -> Json:
    """Return a copy of a reply that lacks what stands at a JSON Pointer."""

    def drop(holder: Json, key: str | int) -> None:
        del holder[key]

    return changed(payload, place, drop)


def with_value(payload: Json, place: str, value: Json) -> Json:
    """Return a copy of a reply with another value at a JSON Pointer; a new name is added."""

    def put(holder: Json, key: str | int) -> None:
        holder[key] = value

    return changed(payload, place, put)
