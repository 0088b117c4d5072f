"""Reading what a person names, without waiting for what never comes and without reading what never ends."""

import os
import stat
import sys
import time
from contextlib import suppress
from select import select
from typing import IO

from commentary.errors import BadInputError

STANDARD_INPUT = "-"
LARGEST_TEXT = 16 * 1024 * 1024
"""Bytes of a text or a page; a long article has a thousandth of it."""
LARGEST = 64 * 1024 * 1024
"""Bytes of any other file: what a snapshot may have."""
_CHUNK = 1 << 20
_NO_WRITER_SECONDS = 5
_SILENT_SECONDS = 30


def read_bytes(place: str, role: str, largest: int = LARGEST) -> bytes:
    """Return the bytes of a file, a pipe or standard input.

    Raises:
        BadInputError: there is no such file, it is too large or never ends, or nothing comes out of it.
    """
    if place == STANDARD_INPUT:
        return _bounded(sys.stdin.buffer.read(largest + 1), role, "standard input", largest)
    try:
        return _read(place, role, largest)
    except OSError as error:
        raise unreadable(role, place, error) from error
    except ValueError as error:
        raise unreadable(role, place, error) from error


def opened_pipe(place: str, role: str) -> IO[bytes]:
    """Return a pipe with a name, to be read as it is written, once somebody writes to it.

    Raises:
        BadInputError: nobody does.
        OSError: it cannot be read.
    """
    from select import POLLIN, poll  # not on every system, and neither are pipes with names

    descriptor = os.open(place, os.O_RDONLY | os.O_NONBLOCK)
    waiting = poll()
    waiting.register(descriptor, POLLIN)
    if not waiting.poll(_NO_WRITER_SECONDS * 1000):
        os.close(descriptor)
        raise _no_writer(place, role)
    os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "rb")


def unreadable(role: str, place: str, error: OSError | ValueError) -> BadInputError:
    """Return that a file cannot be read, and why."""
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return BadInputError(role, None, f"{place!a} cannot be read ({why}); name a file that can")


def text_of(content: bytes, name: str) -> str:
    """Return the text of a file.

    Raises:
        BadInputError: it is not UTF-8; the message says where.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInputError(name, None, "the file begins as UTF-16 text; save it as UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start
        line = content.count(b"\n", 0, start) + 1
        begun = content.rfind(b"\n", 0, start) + 1
        column = len(content[begun:start].decode("utf-8", "replace")) + 1
        where = f"{name}, line {line}, column {column}"
        remedy = f"byte {start} of the file, {content[start]:#04x}, is no UTF-8; save the text as UTF-8"
        raise BadInputError(where, None, remedy) from None


def _bounded(content: bytes, role: str, place: str, largest: int) -> bytes:
    if len(content) > largest:
        raise _too_large(role, place, f"more than {largest:,} bytes", largest)
    return content


def _too_large(role: str, place: str, size: str, largest: int) -> BadInputError:
    remedy = f"{place!r} has {size}, and the limit is {largest // 1024**2} MiB; give a smaller file"
    return BadInputError(role, None, remedy)


def _read(place: str, role: str, largest: int) -> bytes:
    # Without waiting: a pipe that nobody writes to would hold us here.
    descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        status = os.fstat(descriptor)
        if stat.S_ISREG(status.st_mode) and status.st_size > largest:
            raise _too_large(role, place, f"{status.st_size:,} bytes", largest)
        if os.isatty(descriptor):
            os.set_blocking(descriptor, True)
        return _bounded(_drained(descriptor, place, role, largest), role, place, largest)
    finally:
        with suppress(OSError):
            os.close(descriptor)


def _drained(descriptor: int, place: str, role: str, largest: int) -> bytes:
    """Return what a file holds, up to one byte more than the limit."""
    parts: list[bytes] = []
    size = 0
    is_pipe = stat.S_ISFIFO(os.fstat(descriptor).st_mode)
    written_to = not is_pipe
    deadline = time.monotonic() + _NO_WRITER_SECONDS
    while size <= largest:
        try:
            part = os.read(descriptor, min(_CHUNK, largest + 1 - size))
        except BlockingIOError:
            written_to = True
            if not select([descriptor], [], [], _SILENT_SECONDS)[0]:
                remedy = f"nothing came out of this pipe for {_SILENT_SECONDS} seconds; save it to a file first"
                raise BadInputError(f"{role} {place}", None, remedy) from None
            continue
        if part:
            parts.append(part)
            size += len(part)
        elif written_to or parts:
            break
        elif time.monotonic() > deadline:
            raise _no_writer(place, role)
        else:
            time.sleep(0.02)
    return b"".join(parts)


def _no_writer(place: str, role: str) -> BadInputError:
    remedy = f"nobody wrote to this pipe within {_NO_WRITER_SECONDS} seconds; name a file, or start the writer"
    return BadInputError(f"{role} {place}", None, remedy)
