"""Recorded replies, read as the collector reads them: from bytes, without the envelope, with what a call needs."""

import json
import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from commentary.records.rows import Series
from commentary.records.snapshot import Bar, CandleSeries
from commentary.sources.json_text import load
from commentary.sources.live.base import Answer, Asked, Call, Json, ReplyError, Source, sources

RECORDED = Path(__file__).parent / "recorded"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
"""1795338000 seconds after 1970: 20779 days and 9 hours."""
TRAVEL = timedelta(seconds=1)
"""From the time of a collection to a reply."""
RECEIVED = NOW + TRAVEL
_PAGE = re.compile(r"_[0-9]+$")


class Replies:
    """The recorded replies of one source, and rows made of them.

    Args:
        name: the source.
        asset: whose calls are made; default: the one that was recorded.
        now: the time of the collection; default: that of the recorded replies.
    """

    def __init__(self, name: str, asset: str | None = None, now: datetime | None = None) -> None:
        self.folder = RECORDED / name
        self.metadata: dict[str, Any] = json.loads((self.folder / "metadata.json").read_text(encoding="utf-8"))
        self.source: Source = sources[name]
        self.asset = asset or self.metadata["asset"]
        self.now = now or datetime.fromisoformat(self.metadata["now"])
        self.received_at = self.now + TRAVEL

    def calls(self, scope: str = "full") -> list[Call]:
        """Return what the source asks."""
        return list(self.source.calls(Asked(self.asset, self.now, scope)))  # type: ignore[arg-type]

    def call(self, name: str, scope: str = "full") -> Call:
        """Return one of the calls."""
        return next(call for call in self.calls(scope) if call.name == name)

    def file(self, name: str) -> Path:
        """Return where a reply is: that to a call, of which the pages of a history share one, or another one."""
        place = self.folder / f"{_PAGE.sub('', name)}.json"
        return place if place.exists() else self.folder / "more" / f"{name}.json"

    def whole(self, name: str) -> Json:
        """Return a reply with its envelope, a new one each time."""
        return load(self.file(name).read_bytes(), name)

    def payload(self, name: str) -> Json:
        """Return a reply without its envelope."""
        return self.source.unwrap(self.whole(name))

    def rows(self, name: str, change: Callable[[Json], Json] | None = None, **needed: Json) -> list[Series]:
        """Return the rows of a call's reply.

        Args:
            name: of the call.
            change: what is done to the reply before it is read, in place or by returning another.
            needed: other replies of calls that it needs, by name.
        """
        payload = self.payload(name)
        if change is not None:
            changed = change(payload)
            payload = payload if changed is None else changed
        return self.read(self.call(name), payload, needed)

    def read(self, call: Call, payload: Json, needed: Mapping[str, Json] | None = None) -> list[Series]:
        """Return the rows that a call makes of a payload."""
        held = {name: self.payload(name) for name in call.needs} | dict(needed or {})
        return list(call.read(Answer(Asked(self.asset, self.now), payload, self.received_at, held)))

    def bars(self, name: str, change: Callable[[Json], Json] | None = None) -> tuple[Bar, ...]:
        """Return the bars of the one series that a call gives."""
        (series,) = self.rows(name, change)
        assert isinstance(series, CandleSeries)
        return series.bars

    def error(self, name: str, place: str, edit: Callable[[Json, str | int], None]) -> str:
        """Return the place that is named when a reply is read after an edit at a place of its payload."""
        with pytest.raises(ReplyError) as caught:
            self.rows(name, lambda payload: changed(payload, place, edit))
        return caught.value.path


def kept(source: str, name: str) -> Json:
    """Return a recorded reply with its envelope."""
    return Replies(source).whole(name)


def rows(source: str, call: str, payload: Json, *, asset: str = "BTC", now: datetime = NOW) -> list[Series]:
    """Return what the source makes of a reply, with its envelope, to one of its calls."""
    held = Replies(source, asset, now)
    return held.read(held.call(call), held.source.unwrap(payload))


def changed(payload: Json, place: str, edit: Callable[[Json, str | int], None]) -> Json:
    """Return a copy of a reply after `edit` at a JSON Pointer: it gets what holds the value, and its key."""
    copy = deepcopy(payload)
    *way, last = place.strip("/").split("/")
    holder = copy
    for step in way:
        holder = holder[_key(holder, step)]
    edit(holder, _key(holder, last))
    return copy


def without(payload: Json, place: str) -> Json:
    """Return a copy of a reply that lacks what stands at a JSON Pointer."""
    return changed(payload, place, take_out)


def take_out(holder: Json, key: str | int) -> None:
    """Take a value away; in a list null stands for it, so that the others keep their places."""
    if isinstance(holder, list):
        holder[int(key)] = None
    else:
        del holder[key]


def with_value(payload: Json, place: str, value: Json) -> Json:
    """Return a copy of a reply with another value at a JSON Pointer; a new name is added."""

    def put(holder: Json, key: str | int) -> None:
        holder[key] = value

    return changed(payload, place, put)


def _key(holder: Json, step: str) -> str | int:
    return int(step) if isinstance(holder, list) else step
