"""index.json of a folder of kept replies (records.replies): written of outcomes, and read strictly."""

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from commentary.errors import BadInputError
from commentary.net.messages import Failure, Outcome, Reply, Request
from commentary.records.laid_out import laid_out
from commentary.records.replies import FORMAT, KeptReply, RepliesFile

INDEX = "index.json"
LARGEST_INDEX = 64 * 1024 * 1024
"""300 assets with 20 calls each make 4 MB."""


def outcome_of(entry: KeptReply, request: Request, content: bytes) -> Outcome:
    """Return what came of a request, as it was.

    Args:
        entry: what the index says of it.
        request: that asks for it now.
        content: of its file.
    """
    if entry.kind is not None:
        assert entry.reason is not None
        return Failure(request, entry.kind, entry.reason, entry.status, entry.tries, content)
    assert entry.status is not None
    assert entry.headers is not None
    assert entry.sent_at is not None
    assert entry.received_at is not None
    return Reply(request, entry.status, entry.headers, content, entry.sent_at, entry.received_at)


def entry_of(outcome: Outcome) -> KeptReply:
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
    return KeptReply(
        source=request.source,
        name=request.name,
        method=request.method,
        url=request.url,
        body=body_of(request),
        status=outcome.status,
        **told,
    )


def index_of(info: Mapping[str, object], entries: Iterable[KeptReply]) -> bytes:
    """Return the file: what the collector says of the round, and each question with what came of it."""
    told = [entry.model_dump(exclude_none=True) for entry in entries]
    return laid_out({"format": FORMAT, "collection": info, "entries": told})


def body_of(request: Request) -> str | None:
    """Return the body of a POST as text; None of a GET."""
    return request.body.decode(errors="backslashreplace") if request.method == "POST" else None


def file_of(request: Request, content: bytes) -> str:
    """Return the name of a reply's file: of source and name what every file system takes, and a hash of both."""
    plain = re.sub(r"[^a-z0-9]+", "-", f"{request.source} {request.name}".lower(), flags=re.ASCII).strip("-")[:60]
    digits = sha256(f"{request.source}\0{request.name}".encode()).hexdigest()[:16]
    ending = "json" if content[:1] in (b"{", b"[") else "txt"
    return f"{plain or 'reply'}-{digits}.{ending}"


def read_index(content: bytes, name: str) -> RepliesFile:
    """Return what an index says.

    Args:
        content: of the file.
        name: of the file, for errors.

    Raises:
        BadInputError: it breaks the format; the message names path, value and remedy.
    """
    twice = _repeated(content)
    if twice is not None:
        raise BadInputError(name + _pointer(twice), twice[-1], "the name stands twice in one object; collect again")
    try:
        return RepliesFile.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        value = first["input"] if isinstance(first["input"], str | int | float) else None
        message = first["msg"].removeprefix("Value error, ")
        remedy = f"{message[:1].lower()}{message[1:]}; collect again"
        raise BadInputError(name + _pointer(first["loc"]), value, remedy) from None


class _Object(tuple[tuple[str, object], ...]):
    """Names and values of a JSON object, as they stand."""


def _repeated(content: bytes) -> tuple[str | int, ...] | None:
    """Return the place of a name that stands twice in its object: two programs could read it otherwise."""
    try:
        document = json.loads(content, object_pairs_hook=_Object, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return None  # what is no JSON is told by who reads it
    waiting: list[tuple[object, tuple[str | int, ...]]] = [(document, ())]
    while waiting:
        value, path = waiting.pop()
        if isinstance(value, _Object):
            seen: set[str] = set()
            for key, part in value:
                if key in seen:
                    return (*path, key)
                seen.add(key)
                waiting.append((part, (*path, key)))
        elif isinstance(value, list):
            waiting.extend((part, (*path, at)) for at, part in enumerate(value))
    return None


def _pointer(path: tuple[str | int, ...]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
