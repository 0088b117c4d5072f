"""Recorded replies, read as the collector reads them: from bytes, without the envelope, with what a call needs."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from commentary.records.rows import Series
from commentary.records.snapshot import Bar, CandleSeries
from commentary.sources.json_text import load
from commentary.sources.live.base import Answer, Asked, Call, Json, ReplyError, Source, sources

RECORDED = Path(__file__).parent / "recorded"
_PAGE = re.compile(r"_[0-9]+$")


class Replies:
    """The recorded replies of one source, and rows made of them.

    Args:
        name: the source.
        asset: whose calls are made; default: the one that was recorded.
    """

    def __init__(self, name: str, asset: str | None = None) -> None:
        self.folder = RECORDED / name
        self.metadata: dict[str, Any] = json.loads((self.folder / "metadata.json").read_text(encoding="utf-8"))
        self.source: Source = sources[name]
        self.asset = asset or self.metadata["asset"]
        self.now = datetime.fromisoformat(self.metadata["now"])

    def calls(self, scope: str = "full") -> list[Call]:
        """Return what the source asks."""
        return list(self.source.calls(Asked(self.asset, self.now, scope)))  # type: ignore[arg-type]

    def call(self, name: str, scope: str = "full") -> Call:
        """Return one of the calls."""
        return next(call for call in self.calls(scope) if call.name == name)

    def file(self, name: str) -> Path:
        """Return where the reply to a call is; the pages of a history share one."""
        return self.folder / f"{_PAGE.sub('', name)}.json"

    def payload(self, name: str) -> Json:
        """Return a reply without its envelope."""
        return self.source.unwrap(load(self.file(name).read_bytes(), name))

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

    def read(self, call: Call, payload: Json, needed: dict[str, Json] | None = None) -> list[Series]:
        """Return the rows that a call makes of a payload."""
        held = {name: self.payload(name) for name in call.needs} | (needed or {})
        return list(call.read(Answer(Asked(self.asset, self.now), payload, self.now, held)))

    def bars(self, name: str, change: Callable[[Json], Json] | None = None) -> tuple[Bar, ...]:
        """Return the bars of the one series that a call gives."""
        (series,) = self.rows(name, change)
        assert isinstance(series, CandleSeries)
        return series.bars

    def missing(self, name: str, *place: str | int) -> str:
        """Return the place that is named when a name of an object, or a value of a list, is not there."""

        def take_out(payload: Json) -> None:
            for step in place[:-1]:
                payload = payload[step]
            if isinstance(payload, list):
                payload[int(place[-1])] = None
            else:
                del payload[place[-1]]

        with pytest.raises(ReplyError) as caught:
            self.rows(name, take_out)
        return caught.value.path


@pytest.fixture
def replies() -> type[Replies]:
    return Replies


@pytest.fixture
def say() -> Callable[[Series], dict[str, str]]:
    """Return what writes a row as an editor may read it: what it says beside its venue and its source."""

    def written(row: Series) -> dict[str, str]:
        fields = row.model_dump(exclude_none=True, exclude={"venue", "source", "bars"})
        return {name: f"{value:%d %H:%M:%S}" if name == "time" else f"{value}" for name, value in fields.items()}

    return written
