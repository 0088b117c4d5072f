"""Replies kept as they came, so that a collection can be read again without the network, byte for byte.

A folder holds index.json and one file a reply. It is written whole or not at all, and never over another one; what
is read is held against its sha256.
"""

import os
import secrets
import shutil
import stat
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from commentary.errors import BadInputError
from commentary.net.kept_index import INDEX, LARGEST_INDEX, body_of, entry_of, index_of, outcome_of, read_index
from commentary.net.messages import Failure, Outcome, Request
from commentary.net.scrub import Scrubber, scrubber_of
from commentary.records.replies import KeptReply

Json = object


def keep(folder: Path, info: Mapping[str, Json], outcomes: Iterable[Outcome]) -> None:
    """Write a collection: the folder is complete, or it is not there.

    Args:
        folder: where it goes; what leads there is made.
        info: what the collector says of the round, as JSON has it.
        outcomes: what came; those of one source have names of their own.

    Raises:
        BadInputError: something is there already, or it cannot be written.
    """
    each = sorted(outcomes, key=lambda one: (one.request.source, one.request.name))
    scrubber = scrubber_of(one.request for one in each)
    entries = [(entry_of(one), one.content) for one in (_scrubbed(one, scrubber) for one in each)]
    _refuse_doubles([entry for entry, _ in entries])
    index = index_of(
        {name: _without_keys(part, scrubber) for name, part in info.items()}, [entry for entry, _ in entries]
    )
    _refuse_full(folder)
    partial = folder.absolute().parent / f".{folder.absolute().name}.{secrets.token_hex(4)}.partial"
    try:
        partial.mkdir(parents=True)
        for entry, content in entries:
            if entry.file is not None:
                (partial / entry.file).write_bytes(content)
        (partial / INDEX).write_bytes(index)
        # An empty folder is replaced; one with anything in it, made in the meantime, is not.
        partial.rename(folder)
    except OSError as error:
        _refuse_full(folder)
        raise BadInputError(
            str(folder), None, f"it cannot be written ({error.strerror}); name another folder"
        ) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)


class Kept:
    """A folder of kept replies.

    Args:
        folder: as `keep` wrote it.

    Raises:
        BadInputError: it is none, or a file of it is not as it was written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.place = str(folder / INDEX)
        """The index, for errors about what it says."""
        index = read_index(_read(folder / INDEX, LARGEST_INDEX), self.place)
        self.info: Mapping[str, Json] = index.collection
        """What the collector said of the round."""
        self._entries = {(entry.source, entry.name): (at, entry) for at, entry in enumerate(index.entries)}
        # All are read once now: half a collection is told before anything is made of it.
        for at, entry in self._entries.values():
            self._content(at, entry)

    def __call__(self, requests: Sequence[Request], deadlines: Mapping[str, float] | None = None) -> list[Outcome]:
        """Return what came of each request, in their order, as the network did; deadlines are of no matter."""
        return [self.outcome(request) for request in requests]

    def outcome(self, request: Request) -> Outcome:
        """Return what came of a request; a Failure "offline" where it was not asked, or something else was.

        Raises:
            BadInputError: its file is not as it was written.
        """
        at, entry = self._entries.get((request.source, request.name), (0, None))
        if entry is None:
            return Failure(request, "offline", "is not in the kept replies", tries=0)
        if (entry.method, entry.url, entry.body) != (request.method, request.url, body_of(request)):
            return Failure(request, "offline", "was asked something else in the kept replies", tries=0)
        return outcome_of(entry, request, self._content(at, entry))

    def _content(self, at: int, entry: KeptReply) -> bytes:
        if entry.file is None:
            return b""
        assert entry.bytes is not None
        content = _read(self._folder / entry.file, entry.bytes)
        if len(content) != entry.bytes or sha256(content).hexdigest() != entry.sha256:
            path = f"{self._folder / INDEX}/entries/{at}/sha256"
            raise BadInputError(path, entry.file, "its content is not what came; collect again")
        return content


def _scrubbed(outcome: Outcome, scrubber: Scrubber) -> Outcome:
    """Return it without keys, for one that the network did not make: it takes them out itself."""
    request = outcome.request
    request = request._replace(url=scrubber.text(request.url), body=scrubber.content(request.body))
    content = scrubber.content(outcome.content)
    if isinstance(outcome, Failure):
        return outcome._replace(request=request, content=content, reason=scrubber.text(outcome.reason))
    headers = {name: scrubber.text(value) for name, value in outcome.headers.items()}
    return outcome._replace(request=request, content=content, headers=headers)


def _without_keys(value: Json, scrubber: Scrubber) -> Json:
    if isinstance(value, str):
        return scrubber.text(value)
    if isinstance(value, Mapping):
        return {name: _without_keys(part, scrubber) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_without_keys(part, scrubber) for part in value]
    return value


def _read(path: Path, largest: int) -> bytes:
    """Return a file's bytes.

    Raises:
        BadInputError: it is no plain file of the folder, or has more bytes than the largest may have.
    """
    try:
        # Neither a link, which may lead out of the folder, nor a pipe, which may never end.
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        why = "it is a link" if path.is_symlink() else (error.strerror or "it cannot be read").lower()
        raise BadInputError(str(path), None, f"{why}; name a folder that a collection was kept in") from None
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise BadInputError(str(path), None, "it is no file; name a folder that a collection was kept in")
    with os.fdopen(number, "rb") as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise BadInputError(str(path), None, f"it has more than {largest:,} bytes; collect again")
    return content


def _refuse_full(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise BadInputError(str(folder), None, "it is no folder; name one that is not there yet")
    if folder.is_dir() and any(folder.iterdir()):
        raise BadInputError(str(folder), None, "there is something in it; name a folder that is not there yet")


def _refuse_doubles(entries: Sequence[KeptReply]) -> None:
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        if (entry.source, entry.name) in seen:
            raise BadInputError(f"{entry.source}/{entry.name}", None, "it was asked twice; give each question its name")
        seen.add((entry.source, entry.name))
