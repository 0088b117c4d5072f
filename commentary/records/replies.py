"""Kept replies, commentary.replies/1: what was asked, what came of it, in which file; index.json of their folder.

    {"format": "commentary.replies/1",
     "collection": {...},
     "entries": [{"source": "binance", "name": "open_interest.BTC", "method": "GET", "url": "https://…",
                  "status": 200, "headers": {...}, "sent_at": "…", "received_at": "…", "tries": 1,
                  "sha256": "…", "bytes": 97, "file": "binance-open-interest-btc-1f0c9a2b.json"}]}

A failure is an entry with `kind` and `reason` in place of headers and times. Keys of requests stand in none of it.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from commentary.records.failure import Kind
from commentary.records.values import Time

FORMAT = "commentary.replies/1"
FILE = r"[a-z0-9][a-z0-9-]{0,99}\.(?:json|txt)"
"""Names that every file system takes, that differ in more than case, and that lead nowhere else."""
_SHA256 = r"^[0-9a-f]{64}$"


class KeptReply(BaseModel):
    """One question and what came of it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    source: str
    name: str
    method: Literal["GET", "POST"]
    url: str
    body: str | None = None
    """Of a POST."""
    status: Annotated[int, Field(ge=0, le=999)] | None = None
    tries: Annotated[int, Field(ge=0)] = 1
    kind: Kind | None = None
    """Why there is no reply; None of a reply."""
    reason: str | None = None
    headers: dict[str, str] | None = None
    sent_at: Time | None = None
    received_at: Time | None = None
    sha256: Annotated[str, Field(pattern=_SHA256)] | None = None
    """Of the file."""
    bytes: Annotated[int, Field(ge=0, le=2**30)] | None = None
    file: Annotated[str, Field(pattern=f"^{FILE}$")] | None = None
    """None where nothing came that could be kept."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        reply = (self.status, self.headers, self.sent_at, self.received_at, self.file)
        if self.kind is None and None in reply:
            raise ValueError("a reply has status, headers, sent_at, received_at and file")
        if self.kind is not None and self.reason is None:
            raise ValueError("a failure has a reason")
        if len({self.file is None, self.sha256 is None, self.bytes is None}) > 1:
            raise ValueError("file, sha256 and bytes stand together")
        return self


class RepliesFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    format: Literal["commentary.replies/1"]
    collection: dict[str, JsonValue]
    """What the collector says of the round: assets, sources, their addresses, and when it began and ended."""
    entries: tuple[KeptReply, ...]

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        for field in ("source and name", "file"):
            seen: set[object] = set()
            for at, entry in enumerate(self.entries):
                key = entry.file if field == "file" else (entry.source, entry.name)
                if key in seen:
                    raise ValueError(f"entry {at} has the {field} of an earlier one")
                if key is not None:
                    seen.add(key)
        return self
