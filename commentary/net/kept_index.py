"""index.json of a folder of kept replies: what was asked, what came of it, in which file.

    {"format": "commentary.replies/1",
     "collection": {...},
     "entries": [{"source": "binance", "name": "open_interest.BTC", "method": "GET", "url": "https://…",
                  "status": 200, "headers": {...}, "sent_at": "…", "received_at": "…", "tries": 1,
                  "sha256": "…", "bytes": 97, "file": "binance-open-interest-btc-1f0c9a2b.json"}]}

A failure is an entry with `kind` and `reason` in place of headers and times. Keys of requests stand in none of it.
"""

import builtins
import re
from datetime import UTC
from hashlib import sha256
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

from commentary.errors import BadInputError
from commentary.net.messages import Failure, Kind, Outcome, Reply, Request

FORMAT = "commentary.replies/1"
INDEX = "index.json"
LARGEST_INDEX = 64 * 1024 * 1024
"""300 assets with 20 calls each make 4 MB."""
FILE = r"[a-z0-9][a-z0-9-]{0,99}\.(?:json|txt)"
"""Names that every file system takes, that differ in more than case, and that lead nowhere else."""
_SHA256 = r"^[0-9a-f]{64}$"


class Entry(BaseModel):
    """One question and what came of it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    source: str
    name: str
    method: Literal["GET", "POST"]
    url: str
    body: str | None = None
    """Of a POST."""
    status: int | None = None
    tries: Annotated[int, Field(ge=0)] = 1
    kind: Kind | None = None
    """Why there is no reply; None of a reply."""
    reason: str | None = None
    headers: dict[str, str] | None = None
    sent_at: AwareDatetime | None = None
    received_at: AwareDatetime | None = None
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

    def outcome(self, request: Request, content: builtins.bytes) -> Outcome:
        """Return what came of the request, as it was."""
        if self.kind is not None:
            assert self.reason is not None
            return Failure(request, self.kind, self.reason, self.status, self.tries, content)
        assert self.status is not None
        assert self.headers is not None
        assert self.sent_at is not None
        assert self.received_at is not None
        times = (self.sent_at.astimezone(UTC), self.received_at.astimezone(UTC))
        return Reply(request, self.status, self.headers, content, *times)


class Index(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    format: Literal["commentary.replies/1"]
    collection: dict[str, JsonValue]
    """What the collector says of the round."""
    entries: tuple[Entry, ...]

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


def entry_of(outcome: Outcome) -> Entry:
    """Return what the index says of an outcome."""
    request = outcome.request
    told: dict[str, Any] = {}
    if isinstance(outcome, Reply):
        told = {"headers": dict(outcome.headers), "sent_at": outcome.sent_at, "received_at": outcome.received_at}
    else:
        told = {"tries": outcome.tries, "kind": outcome.kind, "reason": outcome.reason}
    if isinstance(outcome, Reply) or outcome.content:
        told["sha256"] = sha256(outcome.content).hexdigest()
        told["bytes"] = len(outcome.content)
        told["file"] = file_of(request, outcome.content)
    return Entry(
        source=request.source,
        name=request.name,
        method=request.method,
        url=request.url,
        body=body_of(request),
        status=outcome.status,
        **told,
    )


def body_of(request: Request) -> str | None:
    """Return the body of a POST as text; None of a GET."""
    return request.body.decode(errors="backslashreplace") if request.method == "POST" else None


def file_of(request: Request, content: bytes) -> str:
    """Return the name of a reply's file: of source and name what every file system takes, and a hash of both."""
    plain = re.sub(r"[^a-z0-9]+", "-", f"{request.source} {request.name}".lower(), flags=re.ASCII).strip("-")[:60]
    digits = sha256(f"{request.source}\0{request.name}".encode()).hexdigest()[:16]
    ending = "json" if content[:1] in (b"{", b"[") else "txt"
    return f"{plain or 'reply'}-{digits}.{ending}"


def read_index(content: bytes, name: str) -> Index:
    """Return what an index says.

    Args:
        content: of the file.
        name: of the file, for errors.

    Raises:
        BadInputError: it breaks the format; the message names path, value and remedy.
    """
    try:
        return Index.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = "".join(f"/{part}" for part in first["loc"])
        value = first["input"] if isinstance(first["input"], str | int | float) else None
        message = first["msg"].removeprefix("Value error, ")
        raise BadInputError(name + path, value, f"{message[:1].lower()}{message[1:]}; collect again") from None
