"""One watch at a time on a feed: a lock on a file beside the store.

The system holds it for the process and frees it however the process ends, so that none is left behind by a kill.
The file stays: to remove it would let two processes lock two files of one name. What stands in it is for people.
"""

import hashlib
import os
import platform
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from commentary.errors import BadInputError, ConflictError

_LOCKED_AT = 1 << 20
"""The byte that is locked where a lock keeps others from reading: behind all that is written in the file."""
_LONGEST = 200


@contextmanager
def only_watch(store: Path, feed: str) -> Iterator[Path]:
    """Hold the lock of a feed for the block, and yield its file.

    Raises:
        ConflictError: another process holds it; the message says which.
        BadInputError: the file cannot be made.
    """
    path = lock_path(store, feed)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise BadInputError("--store", store, f"{path} cannot be written ({error.strerror}); name another") from error
    with file:
        if not _lock(file):
            file.seek(0)
            who = file.read(_LONGEST).strip() or "another process"
            raise ConflictError(f"{store}: {feed} is watched already, by {who}; end that watch, or name another feed")
        file.truncate(0)
        file.write(f"process {os.getpid()} on {platform.node()} since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n")
        file.flush()
        yield path


def lock_path(store: Path, feed: str) -> Path:
    """Return the file that is locked: its name tells the store and the feed."""
    name = re.sub(r"[^\w-]+", "-", feed)
    if name != feed:
        # Two feeds whose names differ in such characters only have two files.
        name = f"{name}-{hashlib.sha256(feed.encode()).hexdigest()[:8]}"
    return store.with_name(f"{store.name}.watch-{name}.lock")


if sys.platform == "win32":

    def _lock(file: IO[str]) -> bool:
        import msvcrt

        file.seek(_LOCKED_AT)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _lock(file: IO[str]) -> bool:
        import fcntl

        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
