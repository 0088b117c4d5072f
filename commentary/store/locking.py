"""One watch at a time on a feed: a lock on a file beside the store.

The system holds it for the process and frees it however the process ends, so that none is left behind by a kill.
A watch that ends removes the file while it still holds it. So who gets a lock looks whether its file is still the one
of that name, and else begins again: two processes never hold two files of one name. What stands in it is for people.
"""

import hashlib
import os
import platform
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from commentary.errors import BadInputError, ConflictError
from commentary.plain_files import refuse_special

_LOCKED_AT = 1 << 20
"""The byte that is locked where a lock keeps others from reading: behind all that is written in the file."""
_LONGEST = 200


@contextmanager
def only_watch(store: Path, feed: str) -> Iterator[Path]:
    """Hold the lock of a feed for the block, and yield its file.

    Raises:
        ConflictError: another process holds it; the message says which.
        BadInputError: the file cannot be made or written.
    """
    path = lock_path(store, feed)
    try:
        file = _held(path)
    except OSError as error:
        raise _unwritable(store, path, error) from error
    if file is None:
        raise ConflictError(
            f"{store}: {feed} is watched already, by {_holder(path)}; end that watch, or name another feed"
        )
    with file:
        try:
            file.truncate(0)
            file.write(
                f"process {os.getpid()} on {platform.node()} since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n".encode()
            )
        except OSError as error:
            raise _unwritable(store, path, error) from error
        try:
            yield path
        finally:
            # Not where a system keeps a file that is open; there it stays, and is locked again next time.
            with suppress(OSError):
                path.unlink()


def lock_path(store: Path, feed: str) -> Path:
    """Return the file that is locked: its name tells the store and the feed; a link to the store has the store's."""
    name = re.sub(r"[^\w-]+", "-", feed)
    if name != feed:
        # Two feeds whose names differ in such characters only have two files.
        name = f"{name}-{hashlib.sha256(feed.encode()).hexdigest()[:8]}"
    whole = Path(os.path.realpath(store))
    return whole.with_name(f"{whole.name}.watch-{name}.lock")


def _held(path: Path) -> IO[bytes] | None:
    """Return the file of that name, locked; None where another process holds it.

    Raises:
        OSError: it cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        refuse_special(path)
        # Without a buffer: what cannot be written is told where it is written, and not when the file is closed.
        file = path.open("ab+", buffering=0)
        try:
            if not _lock(file):
                file.close()
                return None
            if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        except OSError:
            file.close()
            raise
        file.close()


def _holder(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST).decode(errors="replace").strip() or "another process"
    except OSError:
        return "another process"


def _unwritable(store: Path, path: Path, error: OSError) -> BadInputError:
    return BadInputError("--store", store, f"{path} cannot be written ({error.strerror}); name another, or make room")


if sys.platform == "win32":

    def _lock(file: IO[bytes]) -> bool:
        import msvcrt

        file.seek(_LOCKED_AT)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _lock(file: IO[bytes]) -> bool:
        import fcntl

        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
