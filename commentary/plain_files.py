"""Files that a person names are files: a pipe may never end, a device never does, and a socket says nothing."""

import os
import stat
from pathlib import Path

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read whole: what a snapshot may have."""
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class SpecialFileError(OSError):
    """What is named is no file; who tells why a file cannot be read tells this like any other reason."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(0, f"it is {what} and no file", str(path))


class LargeFileError(OSError):
    """A file has more bytes than it may have."""

    def __init__(self, path: Path, largest: int) -> None:
        super().__init__(0, f"it has more than {largest:,} bytes", str(path))


def read_plain(path: Path, largest: int = LARGEST) -> bytes:
    """Return the bytes of a file, also by a link to one.

    Raises:
        SpecialFileError: it is no file.
        LargeFileError: it has more bytes than the largest may have.
        OSError: it cannot be read.
        ValueError: its name cannot be one.
    """
    # Without waiting: to open a pipe that nobody writes to would hold us here.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        _refuse(path, os.fstat(number).st_mode)
    except SpecialFileError:
        os.close(number)
        raise
    with os.fdopen(number, "rb") as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise LargeFileError(path, largest)
    return content


def read_plain_text(path: Path, largest: int = LARGEST) -> str:
    """Return the text of a file in UTF-8, with or without a mark at its beginning.

    Raises:
        OSError: as `read_plain`.
        ValueError: it is no UTF-8, or its name cannot be one.
    """
    return read_plain(path, largest).decode("utf-8-sig").replace("\r\n", "\n")


def refuse_special(path: Path) -> None:
    """Refuse what is there and no file; what is not there may become one.

    Raises:
        SpecialFileError: it is.
        OSError: it cannot be looked at.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    _refuse(path, mode)


def _refuse(path: Path, mode: int) -> None:
    what = next((words for is_kind, words in _KINDS if is_kind(mode)), None)
    if what is not None:
        raise SpecialFileError(path, what)
